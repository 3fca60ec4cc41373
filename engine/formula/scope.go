package formula

import (
	"fmt"
	"maps"
	"reflect"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/types"

	"guichet/engine/fact"
)

// The checker's own types: no operator applies to them, only the functions that name them.
type (
	dateType     struct{}
	windowType   struct{}
	roundingType struct{}
	ranksType    struct{}
	scaleType    struct{}
)

// A Function is an author's own: numbers in, a number out, inlined wherever its namespace calls it.
type Function struct {
	Name       string
	Parameters []string
	Body       string
}

// Universe is everything that a formula may name: the barèmes, the quantities and the functions of each namespace, beside
// the facts of the profile, which are fixed.
type Universe struct {
	Tables     map[string]*Table               // by full name: bareme.…, fenetre.…, arrondis.…
	Quantities map[string]*Quantity            // by qualified name
	Functions  map[string]map[string]*Function // by namespace, then name

	scopes map[scopeKey]*scope
	bodies map[bodyKey]*scope
}

// bodyKey is a function and where it is called.
type bodyKey struct {
	scopeKey
	fn *Function
}

type scopeKey struct {
	namespace string
	person    bool
}

// scope is what one namespace sees, in formulas of the household or of a person.
type scope struct {
	scopeKey
	config *conf.Config
	env    types.Map
}

// The roots of the barèmes' names.
var tableRoots = []string{"bareme", "fenetre", "arrondis"}

// reserved lists the names that the language itself gives a meaning.
var reserved = map[string]bool{
	"bareme": true, "fenetre": true, "arrondis": true, "demandeur": true, "personne": true,
	"parents": true, "enfants": true, "personnes": true, "age": true, "age_mois": true, "est_enfant": true, "revenus": true,
	"true": true, "false": true, "nil": true, "and": true, "or": true, "not": true, "in": true, "let": true, "if": true, "else": true,
}

// Reserved says whether name already means something to every formula: a keyword, a function or a fact.
func Reserved(name string) bool {
	if reserved[name] || allowedBuiltins[name] {
		return true
	}
	if _, ok := signatures[name]; ok {
		return true
	}
	for _, facts := range [][]fact.Fact{fact.HouseholdFacts, fact.PersonFacts} {
		for _, f := range facts {
			if head, _, _ := strings.Cut(f.Name, "."); head == name {
				return true
			}
		}
	}
	return false
}

var number = reflect.TypeFor[float64]()

// signatures are the functions of the language, typed for expr's checker. Their meaning is in the compiler.
var signatures = map[string][]reflect.Type{
	"il_y_a":             {reflect.TypeFor[func(float64, float64) float64](), reflect.TypeFor[func(float64, bool) bool]()},
	"annee":              {reflect.TypeFor[func(float64, float64) float64](), reflect.TypeFor[func(float64, bool) bool]()},
	"sur_annee":          {reflect.TypeFor[func(float64) float64]()},
	"somme":              {reflect.TypeFor[func(windowType, float64) float64]()},
	"moyenne":            {reflect.TypeFor[func(windowType, float64) float64]()},
	"minimum":            {reflect.TypeFor[func(windowType, float64) float64]()},
	"un_mois":            {reflect.TypeFor[func(windowType, bool) bool]()},
	"rang":               {reflect.TypeFor[func(ranksType, float64) float64]()},
	"tranches":           {reflect.TypeFor[func(scaleType, float64) float64]()},
	"arrondi":            {reflect.TypeFor[func(roundingType, float64) float64]()},
	"mois_depuis":        {reflect.TypeFor[func(dateType) float64]()},
	"mois_civils_depuis": {reflect.TypeFor[func(dateType) float64]()},
	"au":                 {reflect.TypeFor[func(dateType, float64) float64](), reflect.TypeFor[func(dateType, ranksType) ranksType]()},
	"avant":              {reflect.TypeFor[func(dateType, dateType) bool]()},
	"si":                 {reflect.TypeFor[func(bool, float64) float64]()},
}

// allowedBuiltins are the functions of expr that the language keeps.
var allowedBuiltins = map[string]bool{"count": true, "sum": true, "any": true, "all": true, "none": true, "min": true, "max": true, "map": true}

// scope gives, and builds at first, what a namespace sees.
func (u *Universe) scope(namespace string, person bool) *scope {
	key := scopeKey{namespace, person}
	if s := u.scopes[key]; s != nil {
		return s
	}
	s := &scope{scopeKey: key, env: u.env(namespace, person)}
	s.config = newConfig(s.env)
	for name, f := range u.Functions[namespace] {
		in := make([]reflect.Type, len(f.Parameters))
		for i := range in {
			in[i] = number
		}
		declare(s.config, name, reflect.FuncOf(in, []reflect.Type{number}, false))
	}
	if u.scopes == nil {
		u.scopes = map[scopeKey]*scope{}
	}
	u.scopes[key] = s
	return s
}

// inside gives, and builds at first, what the body of a function that s calls sees: what s does, and its parameters.
func (u *Universe) inside(s *scope, fn *Function) *scope {
	key := bodyKey{s.scopeKey, fn}
	if own := u.bodies[key]; own != nil {
		return own
	}
	env := maps.Clone(s.env)
	for _, p := range fn.Parameters {
		env[p] = types.Float64
	}
	own := &scope{scopeKey: s.scopeKey, env: env, config: newConfig(env)}
	maps.Copy(own.config.Functions, s.config.Functions)
	if u.bodies == nil {
		u.bodies = map[bodyKey]*scope{}
	}
	u.bodies[key] = own
	return own
}

func newConfig(env types.Map) *conf.Config {
	c := conf.New(env)
	c.Optimize = false
	c.MaxNodes = maxNodes
	for name, ts := range signatures {
		declare(c, name, ts...)
	}
	return c
}

func declare(c *conf.Config, name string, ts ...reflect.Type) {
	c.Functions[name] = &builtin.Function{Name: name, Func: func(...any) (any, error) { return nil, nil }, Types: ts}
}

// env lists the types of every name in sight.
func (u *Universe) env(namespace string, person bool) types.Map {
	p := types.Map{"age": types.Float64, "age_mois": types.Float64, "est_enfant": types.Bool}
	for _, f := range fact.PersonFacts {
		put(p, f.Name, kindType(f.Kind))
	}
	for _, k := range fact.Incomes {
		for _, f := range fact.Faces {
			put(p, "revenus."+k+"."+f, types.Float64)
		}
	}
	e := types.Map{}
	for _, f := range fact.HouseholdFacts {
		put(e, f.Name, kindType(f.Kind))
	}
	for _, root := range tableRoots {
		e[root] = types.Map{}
	}
	for name, t := range u.Tables {
		put(e, name, tableType(t))
	}
	for _, q := range u.Quantities {
		dst := e
		if q.Person {
			dst = p
		}
		t := types.Float64
		if q.Bool {
			t = types.Bool
		}
		if q.Namespace == "" || q.Namespace == namespace {
			put(dst, q.Name, t)
		}
		if q.Namespace != "" {
			put(dst, q.QualifiedName(), t)
		}
	}
	e["demandeur"] = p
	for _, list := range []string{"parents", "enfants", "personnes"} {
		e[list] = types.Array(p)
	}
	if person {
		e["personne"] = p
	}
	return e
}

func kindType(k fact.Kind) types.Type {
	switch k {
	case fact.Flag:
		return types.Bool
	case fact.Date:
		return types.TypeOf(dateType{})
	case fact.Enum:
		return types.String
	default:
		return types.Float64
	}
}

func tableType(t *Table) types.Type {
	switch t.Shape {
	case ByEnum:
		m := types.Map{types.Extra: types.Float64}
		for _, d := range t.Domain {
			m[d] = types.Float64
		}
		return m
	case ByBoth:
		return types.Map{types.Extra: types.TypeOf(ranksType{})}
	case ByRank:
		return types.TypeOf(ranksType{})
	case Brackets:
		return types.TypeOf(scaleType{})
	case Window:
		return types.TypeOf(windowType{})
	case Rounding:
		return types.TypeOf(roundingType{})
	case DateOf:
		return types.TypeOf(dateType{})
	default:
		return types.Float64
	}
}

// put sets the type at a dotted path, making the maps on the way.
func put(m types.Map, path string, t types.Type) {
	parts := strings.Split(path, ".")
	for _, x := range parts[:len(parts)-1] {
		n, ok := m[x].(types.Map)
		if !ok {
			n = types.Map{}
			m[x] = n
		}
		m = n
	}
	m[parts[len(parts)-1]] = t
}

// The limits of one formula: what a rule needs is far below, what an attack needs far above.
const (
	maxLength = 4_000 // bytes
	maxNodes  = 800
)

// parse reads and type-checks one text in a scope, with integers turned into the one numeric kind.
func (s *scope) parse(text string) (*parser.Tree, error) {
	if len(text) > maxLength {
		return nil, &Error{Message: fmt.Sprintf("la formule est trop longue : %d octets, %d au plus", len(text), maxLength)}
	}
	if depth(text) > maxDepth {
		return nil, &Error{Message: fmt.Sprintf("la formule est trop imbriquée : %d niveaux au plus", maxDepth)}
	}
	tree, err := parser.ParseWithConfig(text, s.config)
	if err != nil {
		return nil, s.complaint(err, text)
	}
	slip := &slips{}
	if ast.Walk(&tree.Node, slip); slip.err != nil {
		return nil, slip.err
	}
	ast.Walk(&tree.Node, toFloat{})
	if _, err := checker.Check(tree, s.config); err != nil {
		return nil, s.complaint(err, text)
	}
	return tree, nil
}

const maxDepth = 60

// depth gives how deep brackets nest and signs pile up, before any recursive parser sees the text.
func depth(text string) int {
	level, run, deepest := 0, 0, 0
	for i := range len(text) {
		switch text[i] {
		case '(', '[', '{':
			level++
			run = 0
		case ')', ']', '}':
			level--
			run = 0
		case '-', '+', '!', '?':
			run++
		case ' ', '\t', '\n':
		default:
			run = 0
		}
		deepest = max(deepest, level, run)
	}
	return deepest
}

// toFloat turns integer literals into floats: the language has one numeric kind.
type toFloat struct{}

func (toFloat) Visit(n *ast.Node) {
	if i, ok := (*n).(*ast.IntegerNode); ok {
		f := &ast.FloatNode{Value: float64(i.Value)}
		f.SetLocation(i.Location())
		*n = f
	}
}
