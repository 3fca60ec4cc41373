package ruleset

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/nearest"
)

// Load reads a whole rule set. The error, when it is one of the rules, is an [Errors] with every fault found.
//
// The tree is: ensemble.yaml (the aids, in the order shown), revalorisations.yaml (what changes on a fixed day; may be
// absent), baremes/*.yaml, commun/**/YYYY-MM-DD.yaml, and for each aid a
// folder national/<aid>, departement/<code>/<aid> or commune/<code>/<aid> with aide.yaml, YYYY-MM-DD.yaml for each
// version, exemples.yaml, equivalents.yaml (what no example can notice; may be absent) and textes.yaml (what people read of an
// aid that the program has no words for; may be absent).
// A local aid is whole in its folder: baremes.yaml there holds its own values, and ensemble.yaml need not name it.
func Load(fsys fs.FS) (*Set, error) {
	l, err := load(fsys)
	if err != nil {
		return nil, err
	}
	return l.set, nil
}

// load gives the loader that read a set without a fault.
func load(fsys fs.FS) (*loader, error) {
	l := &loader{
		set:       &Set{byID: map[string]*Aid{}, baremes: map[string]*Bareme{}, equivalents: map[string][]Equivalent{}},
		drafts:    map[string]*draft{},
		folder:    map[string]*folder{},
		documents: map[string]*document{},
		groups:    map[string]bool{}, unreadable: map[string]bool{},
		uni: &formula.Universe{
			Tables: map[string]*formula.Table{}, Quantities: map[string]*formula.Quantity{}, Functions: map[string]map[string]*formula.Function{},
		},
	}
	if err := l.read(fsys); err != nil {
		return nil, err
	}
	l.declare()
	if len(l.errs) > 0 { // formulas that name what could not be read would only add noise
		return nil, l.errs.sorted()
	}
	l.compile()
	if len(l.errs) == 0 {
		l.finish()
	}
	if len(l.errs) > 0 {
		return nil, l.errs.sorted()
	}
	return l, nil
}

type loader struct {
	set       *Set
	errs      Errors
	order     []string // of the aids, as ensemble.yaml gives it
	orderN    node
	calendar  node // of revalorisations.yaml
	folder    map[string]*folder
	drafts    map[string]*draft // quantities by qualified name
	uni       *formula.Universe
	documents map[string]*document
	groups    map[string]bool // of the barèmes that all share

	unreadable map[string]bool // folders that have a file that is not YAML: what it says is not known to be missing
}

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
	waiting  []waiting // version files, read once aide.yaml is
	words    node      // of textes.yaml
}

type waiting struct {
	from    fact.Day
	subject string // "" for the file that bears the day alone
	top     node
}

// draft is one quantity and everything that the files say of it.
type draft struct {
	q       *formula.Quantity
	aid     string
	section section
	states  []state
}

type state struct {
	from  fact.Day
	entry entry
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

// declare names everything before any formula is compiled, and refuses names that hide others.
func (l *loader) declare() {
	for name, b := range l.set.baremes {
		l.uni.Tables[name] = b.Table
	}
	l.set.names = slices.Sorted(maps.Keys(l.set.baremes))
	for _, r := range l.set.revaluations {
		for _, name := range r.Baremes {
			if l.set.baremes[name] == nil {
				l.calendar.d.fault(r.Place.Line, r.Place.Column, "« %s » revalorise %s, qui n'est pas un barème", r.Name, name)
			}
		}
	}
	for i, n := range l.set.names {
		for _, o := range l.set.names[i+1:] {
			if strings.HasPrefix(o, n+".") {
				l.errs = append(l.errs, Problem{File: "baremes", Message: n + " est à la fois une valeur et un groupe (" + o + ")"})
			}
		}
	}
	for _, f := range l.folders() {
		for _, v := range f.versions {
			l.declareVersion(f, v)
		}
		if f.aid != "" {
			l.declareEligible(f)
		}
	}
	aids := map[string]bool{}
	for _, f := range l.folders() {
		aids[f.aid] = f.aid != ""
	}
	for _, d := range l.drafts {
		at := d.states[0].entry.at
		switch {
		case formula.Reserved(d.q.Name) || aids[d.q.Name]:
			at.fault("le nom « %s » a déjà un sens dans toute formule", d.q.Name)
		case d.aid != "" && l.drafts[d.q.Name] != nil:
			at.fault("le nom « %s » cache celui d'une quantité partagée (commun)", d.q.Name)
		}
	}
}

func (l *loader) declareVersion(f *folder, v *version) {
	for _, fn := range v.functions {
		if l.uni.Functions[f.aid] == nil {
			l.uni.Functions[f.aid] = map[string]*formula.Function{}
		}
		if formula.Reserved(fn.Name) || l.uni.Functions[f.aid][fn.Name] != nil {
			fn.at.fault("le nom « %s » a déjà un sens, ou la fonction est déjà définie : une fonction ne change pas d'une version à l'autre", fn.Name)
			continue
		}
		l.uni.Functions[f.aid][fn.Name] = &fn.Function
	}
	for _, e := range v.entries {
		if !identifier.MatchString(e.name) {
			e.at.fault("« %s » n'est pas un nom : lettres minuscules sans accent, chiffres et _", e.name)
			continue
		}
		l.declareEntry(f.aid, v.from, e)
	}
}

func (l *loader) declareEntry(aid string, from fact.Day, e entry) {
	key := e.name
	if aid != "" {
		key = aid + "." + e.name
	}
	d := l.drafts[key]
	if d == nil && e.ends {
		e.at.fault("« %s: ~ » ne met fin à rien : aucune version d'avant n'a cette condition%s", e.name, l.alike(aid, e.name))
		return
	}
	if d == nil {
		q := &formula.Quantity{Namespace: aid, Name: e.name, Bool: e.bool, Person: e.person, Yearly: e.yearly}
		q.Unit = e.unit
		d = &draft{q: q, aid: aid, section: e.section}
		l.drafts[key] = d
		l.uni.Quantities[key] = q
	}
	for _, s := range d.states {
		if s.from == from {
			e.at.fault("« %s » est défini deux fois pour la même date", e.name)
			return
		}
	}
	if d.q.Bool != e.bool || d.q.Person != e.person || (d.q.Yearly != e.yearly && !e.ends) || d.section != e.section {
		e.at.fault("« %s » change de genre (nombre ou condition, foyer ou personne, section) d'une version à l'autre", e.name)
		return
	}
	d.states = append(d.states, state{from, e})
}

// alike proposes the condition of an aid that a misspelt one is close to.
func (l *loader) alike(aid, name string) string {
	var names []string
	for _, d := range l.drafts {
		if d.aid == aid && (d.section == conditions || d.section == outOfScope) {
			names = append(names, d.q.Name)
		}
	}
	slices.Sort(names)
	if near := nearest.Of(name, names); near != "" {
		return " ; vouliez-vous dire « " + near + " » ?"
	}
	return ""
}

// compile compiles every text of every version.
func (l *loader) compile() {
	for _, f := range l.folders() {
		for _, v := range f.versions {
			for _, fn := range v.functions {
				if err := l.uni.CheckFunction(f.aid, &fn.Function); err != nil {
					l.faultIn(fn.body, err)
				}
			}
		}
	}
	if len(l.errs) > 0 {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(l.drafts)) {
		d := l.drafts[key]
		for _, s := range d.states {
			e := s.entry
			text := e.text()
			if e.ends {
				text = "true"
			}
			c, err := l.uni.Compile(d.q, text)
			if err != nil {
				if fe, ok := errors.AsType[*formula.Error](err); ok {
					e.fault(fe)
				} else {
					e.at.fault("%s", err)
				}
				continue
			}
			if d.section == conditions && !e.si.absent() {
				c.Concerning()
			}
			d.q.Add(inForce(s.from), c)
		}
	}
}

func (l *loader) faultIn(body node, err error) {
	var fe *formula.Error
	if errors.As(err, &fe) && !body.absent() {
		body.faultInside(fe.From, "%s", fe.Message)
		return
	}
	l.errs = append(l.errs, Problem{File: body.d.file, Message: err.Error()})
}

// declareEligible adds the condition that holds when all conditions of an aid do, at each of its versions.
func (l *loader) declareEligible(f *folder) {
	var names []string
	for _, v := range f.versions {
		for _, e := range v.entries {
			if e.section != conditions {
				continue
			}
			names = slices.DeleteFunc(names, func(n string) bool { return n == e.name })
			if !e.ends {
				names = append(names, e.name)
			}
		}
		person := f.identity.PerAdult
		l.declareEntry(f.aid, v.from, entry{
			section: all, name: "eligible", at: v.top, bool: true, person: person, before: allOf(names, person),
		})
	}
}
