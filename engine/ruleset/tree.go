package ruleset

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"guichet/engine/fact"
)

// folder is everything read from one folder of rules: the versions of one aid, or of one shared topic.
type folder struct {
	path     string
	aid      string // "" for what is shared
	where    Locality
	valued   bool // it has barèmes of its own
	identity *Identity
	refs     references
	versions []*version
	examples []Example
	waiting  []waiting // read once aide.yaml is
	words    node      // of textes.yaml
}

// waiting is the file of one version, or of one subject of it.
type waiting struct {
	from    fact.Day
	subject string // "" for the file that bears the day alone
	top     node
}

// A parsed is one file and what came of it.
type parsed struct {
	path string
	src  []byte
	top  node
	ok   bool
	errs Errors
}

func (l *loader) read(fsys fs.FS) error {
	sum := sha256.New()
	var files []*parsed
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".yaml") {
			return err
		}
		src, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s\x00%d\x00", p, len(src))
		sum.Write(src)
		files = append(files, &parsed{path: p, src: src})
		return nil
	})
	if err != nil {
		return fmt.Errorf("lecture des règles : %w", err)
	}
	parseAll(files)
	for _, f := range files {
		l.errs = append(l.errs, f.errs...)
		if !f.ok {
			l.unreadable[path.Dir(f.path)] = true
		}
		if f.ok {
			f.top.d.errs = &l.errs
			l.documents[f.path] = f.top.d
			l.file(f.path, f.top)
		}
	}
	l.set.hash = "sha256:" + hex.EncodeToString(sum.Sum(nil))
	l.checkPlaces()
	for _, f := range l.folders() {
		l.readFolder(f)
	}
	return nil
}

// parseAll parses files side by side: it is half of what reading a rule set takes.
func parseAll(files []*parsed) {
	var workers sync.WaitGroup
	next := make(chan *parsed)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for f := range next {
				f.top, f.ok = parse(f.path, f.src, &f.errs)
			}
		})
	}
	for _, f := range files {
		next <- f
	}
	close(next)
	workers.Wait()
}

// file puts one file where its path says it belongs.
func (l *loader) file(p string, top node) {
	parts := strings.Split(p, "/")
	base := strings.TrimSuffix(path.Base(p), ".yaml")
	switch {
	case p == "ensemble.yaml":
		l.orderN = top.fields("aides")["aides"]
		l.order = l.orderN.texts()
		return
	case p == "revalorisations.yaml":
		l.set.revaluations = readRevaluations(top)
		l.calendar = top
		return
	case parts[0] == "baremes" && len(parts) == 2:
		list := readBaremes(top, "")
		l.keep(top, list)
		for _, b := range list {
			group, _, _ := strings.Cut(strings.TrimPrefix(b.Name, "bareme."), ".")
			l.groups[group] = true
		}
		return
	}
	dir := path.Dir(p)
	aid := ""
	switch {
	case parts[0] == "commun" && len(parts) <= 3:
	case parts[0] == "national" && len(parts) == 3, (parts[0] == "departement" || parts[0] == "commune") && len(parts) == 4:
		aid = path.Base(dir)
	default:
		top.fault("ce fichier n'est pas à sa place : baremes/, commun/, national/<aide>/, departement/<code>/<aide>/ ou commune/<code>/<aide>/")
		return
	}
	f := l.folder[dir]
	if f == nil {
		f = &folder{path: dir, aid: aid, where: localityOf(dir), refs: references{}}
		l.folder[dir] = f
	}
	day, subject, several := strings.Cut(base, ".")
	switch from, dated := parseDay(day); {
	case dated && several && !identifier.MatchString(subject):
		top.fault("« %s » n'est pas un sujet : des lettres sans accent, AAAA-MM-JJ.sujet.yaml", subject)
	case dated:
		f.waiting = append(f.waiting, waiting{from, subject, top})
	case aid != "" && base == "aide":
		id := readIdentity(top, aid, f.where.Local(), f.refs)
		f.identity = &id
	case f.where.Local() && base == "baremes":
		f.valued = true
		l.keep(top, readBaremes(top, aid))
	case aid != "" && base == "exemples":
		f.examples = readExamples(top)
	case aid != "" && base == "textes":
		f.words = top
	case base == "equivalents":
		l.set.equivalents[aid] = append(l.set.equivalents[aid], readEquivalents(top)...)
	default:
		top.fault("le nom de ce fichier n'a pas de sens : aide.yaml, exemples.yaml, equivalents.yaml, textes.yaml, AAAA-MM-JJ.yaml ou AAAA-MM-JJ.sujet.yaml")
	}
}

// keep adds barèmes, each of which has one place.
func (l *loader) keep(top node, list []*Bareme) {
	for _, b := range list {
		if l.set.baremes[b.Name] != nil {
			top.fault("le barème %s est défini deux fois", b.Name)
		}
		l.set.baremes[b.Name] = b
	}
}

func (l *loader) folders() []*folder {
	out := make([]*folder, 0, len(l.folder))
	for _, p := range slices.Sorted(maps.Keys(l.folder)) {
		out = append(out, l.folder[p])
	}
	return out
}

// readFolder reads the versions of a folder, oldest first, once its identity is known.
func (l *loader) readFolder(f *folder) {
	if f.aid != "" && f.identity == nil {
		if !l.unreadable[f.path] {
			l.errs = append(l.errs, Problem{File: f.path, Message: "aide.yaml manque"})
		}
		f.identity = &Identity{}
	}
	if len(f.waiting) == 0 && !l.unreadable[f.path] {
		l.errs = append(l.errs, Problem{File: f.path, Message: "aucune version : un fichier AAAA-MM-JJ.yaml est attendu"})
	}
	person := f.identity != nil && f.identity.PerAdult
	slices.SortFunc(f.waiting, func(a, b waiting) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.subject, b.subject))
	})
	for _, w := range f.waiting {
		v := readVersion(w.top, w.from, f, person)
		if w.subject == "" {
			f.versions = append(f.versions, v)
			continue
		}
		if n := len(f.versions); n > 0 && f.versions[n-1].from == w.from {
			f.versions[n-1].join(v)
			continue
		}
		w.top.fault("%s.yaml manque : un fichier de sujet en est une partie", w.from)
	}
	if f.where.Local() {
		l.checkSpan(f)
	}
}
