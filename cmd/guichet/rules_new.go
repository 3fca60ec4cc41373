package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/ruleset"
	"guichet/engine/territory"
	"guichet/rules"
)

var rulesNewCommand = command{
	name:  "new",
	takes: "-archetype NAME (-commune CODE | -departement CODE) -aid ID [-name TEXT] [-format text|json] DIR, or -list",
	does:  "begin a local aid from one of the models",
	explains: `
It copies a model into the folder DIR, which it makes if there is none, under the commune or the
département and the name of the aid: rules check and rules test pass at once, and the author changes
the copy. Nothing that is there is overwritten. -list says which models there are.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var o newOptions
		f.StringVar(&o.archetype, "archetype", "", "the `NAME` of the model, as -list has it")
		f.StringVar(&o.where.Commune, "commune", "", "INSEE `CODE` of the commune that gives the aid")
		f.StringVar(&o.where.Departement, "departement", "", "`CODE` of the département that gives it")
		f.StringVar(&o.aid, "aid", "", "`ID` of the aid: small letters without accents, digits and _")
		f.StringVar(&o.name, "name", "", "what people call the aid, in French (default the model's name)")
		f.BoolVar(&o.list, "list", false, "list the models")
		f.StringVar(&o.format, "format", "text", "`FORMAT` of what is told, text or json")
		return func(_ context.Context, operands []string) int {
			err := o.check(operands)
			switch {
			case err != nil:
			case o.list:
				err = p.listModels(o.format)
			default:
				err = p.newAid(o)
			}
			if err != nil {
				return p.fail("rules new", err)
			}
			return done
		}
	},
}

type newOptions struct {
	archetype, aid, name, format, dir string
	where                             ruleset.Locality
	list                              bool
}

func (o *newOptions) check(operands []string) error {
	switch {
	case o.format != "json" && o.format != "text":
		return inputError{errors.New("-format is text or json")}
	case o.list:
		return none(operands)
	case o.archetype == "" || o.aid == "":
		return inputError{errors.New("it takes -archetype and -aid; -list says which models there are")}
	case (o.where.Commune == "") == (o.where.Departement == ""):
		return inputError{errors.New("it takes -commune or -departement, one of them")}
	case len(operands) != 1:
		return inputError{errors.New("it takes one folder, where your rules are or shall be")}
	case !ruleset.IsName(o.aid):
		return inputError{fmt.Errorf("-aid %q: a name is small letters without accents, digits and _", o.aid)}
	case strings.ContainsAny(o.where.Commune+o.where.Departement, `/\.`):
		return inputError{errors.New("-commune and -departement take a code")}
	case strings.ContainsAny(o.name, "\"\\\n"):
		return inputError{errors.New("-name is one line without quotation marks")}
	}
	o.dir = operands[0]
	return nil
}

// begun is what the command tells of the aid that it wrote.
type begun struct {
	Aid       string   `json:"aide"`
	Archetype string   `json:"archetype"`
	Folder    string   `json:"dossier"`
	Files     []string `json:"fichiers"`
}

// newAid writes an aid from its model, once the rules with it are known to be sound.
func (p *program) newAid(o newOptions) error {
	files, err := p.copyOf(o)
	if err != nil {
		return err
	}
	folder := filepath.Join(o.dir, filepath.FromSlash(o.folder()))
	if _, err := os.Stat(folder); err == nil {
		return inputError{fmt.Errorf("%s is there already: nothing is overwritten", folder)}
	}
	law := p.law
	if info, err := os.Stat(o.dir); err == nil && info.IsDir() {
		law = rules.Overlay(p.law, os.DirFS(o.dir))
	}
	if err := tried(law, files); err != nil {
		if _, before := ruleset.Load(law); before != nil {
			return invalidError{fmt.Errorf("the rules of %s are invalid:\n%w", o.dir, before)}
		}
		return err
	}
	if err := writeFiles(o.dir, files); err != nil {
		return err
	}
	told := begun{Aid: o.aid, Archetype: o.archetype, Folder: folder}
	for _, f := range files {
		told.Files = append(told.Files, path.Base(f.name))
	}
	if o.format == "json" {
		return p.tell(told)
	}
	return p.tellBegun(told, o.dir)
}

// folder gives where the aid is written, under the author's own folder.
func (o *newOptions) folder() string {
	if o.where.Commune != "" {
		return path.Join("commune", o.where.Commune, o.aid)
	}
	return path.Join("departement", o.where.Departement, o.aid)
}

type file struct {
	name string // under the author's folder, with slashes
	text string
}

// checkedOn finds the day on which the values of a model were last checked.
var checkedOn = regexp.MustCompile(`verifie_le: \d{4}-\d{2}-\d{2}`)

// copyOf gives the files of the model as those of the author's aid.
func (p *program) copyOf(o newOptions) ([]file, error) {
	from := path.Join(modelFolder, modelPrefix+o.archetype)
	entries, err := fs.ReadDir(rules.Fictive(), from)
	if err != nil {
		return nil, noModel(o.archetype)
	}
	lives := o.where.Commune
	if c, ok := territory.Largest(o.where.Departement); ok {
		lives = c.Code // of the households of the examples
	}
	change := strings.NewReplacer(
		modelPrefix+o.archetype, o.aid, `commune: "`+territory.Fictitious+`"`, `commune: "`+lives+`"`,
	)
	today := "verifie_le: " + fact.Day(p.today()).String() // the author has the deliberation at hand
	var out []file
	for _, e := range entries {
		text, err := fs.ReadFile(rules.Fictive(), path.Join(from, e.Name()))
		if err != nil {
			return nil, err
		}
		lines := strings.Split(ours.Replace(checkedOn.ReplaceAllString(change.Replace(string(text)), today)), "\n")
		if i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "nom: ") }); o.name != "" && e.Name() == "aide.yaml" && i >= 0 {
			lines[i] = `nom: "` + o.name + `"`
		}
		out = append(out, file{path.Join(o.folder(), e.Name()), strings.Join(lines, "\n")})
	}
	return out, nil
}

// tried loads the rules with the new files, written where nobody looks: what is wrong with the name or the place of an aid is
// the loader's to say.
func tried(law fs.FS, files []file) (err error) {
	dir, err := os.MkdirTemp("", "guichet-rules-new-")
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, os.RemoveAll(dir)) }()
	if err := writeFiles(dir, files); err != nil {
		return err
	}
	if _, err := ruleset.Load(rules.Overlay(law, os.DirFS(dir))); err != nil {
		return inputError{fmt.Errorf("there can be no such aid:\n%w", err)}
	}
	return nil
}

// writeFiles writes files that are not there yet.
func writeFiles(dir string, files []file) error {
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = out.WriteString(f.text)
		if err = cmp.Or(err, out.Close()); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	return nil
}

// nextOf says what an author does with each file of a new aid.
var nextOf = map[string]string{
	"aide.yaml":     "son nom, son rythme, qui décide, les pièces à apporter",
	"baremes.yaml":  "ses montants et ses seuils : mettez les vôtres, et la référence de votre délibération",
	"textes.yaml":   "ce que lit l'habitant, en français et en anglais",
	"exemples.yaml": "des foyers calculés à la main : refaites-les avec vos montants",
}

func (p *program) tellBegun(b begun, dir string) error {
	var out strings.Builder
	fmt.Fprintf(&out, "L'aide « %s » est écrite dans %s, d'après le modèle « %s ». À relire, dans cet ordre :\n", b.Aid, b.Folder, b.Archetype)
	order := []string{"aide.yaml", "baremes.yaml", "", "textes.yaml", "exemples.yaml"}
	for _, name := range order {
		next := nextOf[name]
		if name == "" { // the version, called after its first day
			name = b.Files[slices.IndexFunc(b.Files, func(f string) bool { return f[0] >= '0' && f[0] <= '9' })]
			next = "les conditions et le calcul ; le nom du fichier est le premier jour, « valable_jusqu_au: » le dernier"
		}
		fmt.Fprintf(&out, "  %-16s %s\n", name, next)
	}
	fmt.Fprintf(&out, "Puis : guichet rules check -rules %s, et guichet rules test -rules %s -aid %s\n", dir, dir, b.Aid)
	if _, err := fmt.Fprint(p.stdout, out.String()); err != nil {
		return fmt.Errorf("telling what was written: %w", err)
	}
	return nil
}
