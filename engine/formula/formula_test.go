package formula_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

var june = fact.MonthOf(2026, 6)

// universe has one barème of each shape and two quantities of an invented aid.
func universe() *formula.Universe {
	u := &formula.Universe{Tables: map[string]*formula.Table{}, Quantities: map[string]*formula.Quantity{}, Functions: map[string]map[string]*formula.Function{
		"essai": {"double": {Name: "double", Parameters: []string{"r"}, Body: "r + r"}},
	}}
	add := func(name string, s formula.Shape, domain []string, v ...formula.Value) {
		t := formula.NewTable(name, s, domain)
		for i, x := range v {
			t.From(fact.MonthOf(2025+i, 1), x)
			t.Since(fact.DayOf(2025+i, 1, 1), x)
		}
		u.Tables[name] = t
	}
	add("bareme.essai.base", formula.Scalar, nil, formula.Value{Number: 100}, formula.Value{Number: 110})
	add("bareme.essai.zone", formula.ByEnum, fact.Zones, formula.Value{Keyed: []float64{3, 2, 1}})
	add("bareme.essai.rangs", formula.ByRank, nil, formula.Value{Ranks: &formula.Ranks{Values: []float64{10, 15}, Beyond: 4}})
	add("bareme.essai.grille", formula.ByBoth, fact.Zones, formula.Value{Both: []formula.Ranks{{Values: []float64{1}, Beyond: 1}, {Values: []float64{2}, Beyond: 2}, {Values: []float64{3}}}})
	add("bareme.essai.tranches", formula.Brackets, nil, formula.Value{Brackets: []formula.Bracket{{From: 0, Rate: 0}, {From: 10, Rate: 0.5}, {From: 20, Rate: 1}}})
	add("bareme.essai.jour", formula.DateOf, nil, formula.Value{Number: float64(fact.DayOf(2012, 3, 1))})
	for name, values := range map[string][]formula.Value{
		"bareme.essai.jour_du_pret":    {{Number: 7}, {Number: 9}, {Number: 8}},
		"bareme.essai.rangs_du_pret":   {{Ranks: &formula.Ranks{Values: []float64{1, 2}, Beyond: 1}}, {Ranks: &formula.Ranks{Values: []float64{4, 5}, Beyond: 2}}, {Ends: true}},
		"bareme.essai.grilles_du_pret": {{Both: []formula.Ranks{{Values: []float64{1}, Beyond: 1}, {Values: []float64{2}, Beyond: 2}, {Values: []float64{3}}}}},
	} {
		shape, domain := formula.Scalar, []string(nil)
		switch {
		case values[0].Ranks != nil:
			shape = formula.ByRank
		case values[0].Both != nil:
			shape, domain = formula.ByBoth, fact.Zones
		}
		t := formula.NewTable(name, shape, domain)
		for i, d := range []fact.Day{fact.DayOf(1992, 7, 1), fact.DayOf(1994, 11, 28), fact.DayOf(2002, 1, 1)}[:len(values)] {
			t.Since(d, values[i])
		}
		u.Tables[name] = t
	}
	add("fenetre.trois_mois", formula.Window, nil, formula.Value{Window: &formula.Span{From: 3, To: 1}})
	add("arrondis.centime", formula.Rounding, nil, formula.Value{Round: &formula.Round{Step: 0.01}})
	add("arrondis.centaine_superieure", formula.Rounding, nil, formula.Value{Round: &formula.Round{Step: 100, Mode: formula.Up}})
	return u
}

// family is a claimant of 40 alone with children of 14 and 2, 1 000 EUR of salary that fell to 400 last month.
func family() *fact.Household {
	h := &fact.Household{Month: june, Adults: []int{0}, Children: []int{1, 2}, All: []int{0, 1, 2}}
	person := func(child bool, y, m, d int) fact.Person {
		p := fact.Person{Child: child, Least: 1, Most: 1}
		p.Nums[fact.Birth] = fact.Known(float64(fact.DayOf(y, m, d)))
		p.Nums[fact.StayFrom] = p.Nums[fact.Birth]
		for i := range p.Choices {
			p.Choices[i].Mask = 1
		}
		for i := range p.Flags {
			p.Flags[i] = fact.Is(false)
		}
		return p
	}
	h.People = []fact.Person{person(false, 1986, 1, 15), person(true, 2012, 3, 1), person(true, 2024, 6, 2)}
	s := &h.People[0].Incomes[0]
	s.Months = new(fact.Table)
	for b := range fact.History {
		s.Months[fact.Net][b], s.Months[fact.Taxable][b] = 1000, 1100
	}
	s.Months[fact.Net][1] = 400
	for i := range h.Choices {
		h.Choices[i].Mask = 1
	}
	h.Nums[fact.Rent] = fact.Known(500)
	return h
}

// value compiles and evaluates one text.
func value(t *testing.T, u *formula.Universe, q *formula.Quantity, text string, h *fact.Household) any {
	t.Helper()
	f, err := u.Compile(q, text)
	require.NoError(t, err, text)
	q.Add(formula.First, f)
	plan, err := formula.NewPlan([]*formula.Quantity{q}, []*formula.Quantity{q})
	require.NoError(t, err)
	k := plan.NewContext()
	k.Begin(h)
	defer func() { require.NoError(t, k.Err()) }()
	if q.Bool {
		return k.Truth(q, 0)
	}
	return k.Number(q, 0)
}

func TestNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want float64
	}{
		"precedence":               {"1 + 2 * 2", 5},
		"a barème of its month":    {"bareme.essai.base", 110},
		"a barème of another year": {"annee(-1, bareme.essai.base)", 100},
		"months ago":               {"il_y_a(1, demandeur.revenus.salaire.net)", 400},
		"mean over a window":       {"moyenne(fenetre.trois_mois, demandeur.revenus.salaire.net)", 800},
		"sum over a window":        {"somme(fenetre.trois_mois, demandeur.revenus.salaire.net)", 2400},
		"least over a window":      {"minimum(fenetre.trois_mois, demandeur.revenus.salaire.net)", 400},
		"steady income":            {"somme(fenetre.trois_mois, demandeur.revenus.chomage.net)", 0},
		"a year's sum":             {"annee(-2, sur_annee(demandeur.revenus.salaire.imposable))", 13200},
		"count":                    {"count(enfants, .age < 2 + 1)", 1},
		"sum of persons":           {"sum(personnes, .age)", 40 + 14 + 1},
		"eldest":                   {"max(0, map(enfants, .age))", 14},
		"nested predicate":         {"count(enfants, .age_mois < 12 * 2 and any(parents, .age > 12))", 1},
		"by enumeration":           {"bareme.essai.zone[zone_apl]", 3},
		"by written key":           {"bareme.essai.zone.zone_2", 2},
		"by rank":                  {"rang(bareme.essai.rangs, 2)", 15},
		"by rank past the last":    {"rang(bareme.essai.rangs, 2 + 2)", 23},
		"below the first rank":     {"rang(bareme.essai.rangs, 0)", 0},
		"by both":                  {"rang(bareme.essai.grille[zone_apl], 2)", 2},
		"marginal rates":           {"tranches(bareme.essai.tranches, 12 + 12)", 9},
		"rounding":                 {"arrondi(arrondis.centime, 2 / (1 + 2))", 0.67},
		"rounding up to hundreds":  {"arrondi(arrondis.centaine_superieure, bareme.essai.base)", 200},
		"months since":             {"mois_depuis(demandeur.naissance)", 484},
		"calendar months since":    {"mois_civils_depuis(demandeur.naissance)", 485},
		"si":                       {"si(logement.loyer > 12, 2)", 2},
		"ternary":                  {"couple == \"non\" ? 1 : 2", 1},
		"author's function":        {"double(double(logement.loyer))", 2000},
	} {
		t.Run(name, func(t *testing.T) {
			q := &formula.Quantity{Namespace: "essai", Name: "x"}
			require.Equal(t, fact.Known(c.want), value(t, universe(), q, c.text, family()))
		})
	}
}

func TestConditions(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"and binds tighter than or": {"true or false and false", true},
		"in a list":                 {`demandeur.activite in ["salarie", "retraite"]`, true},
		"not in a list":             {`demandeur.activite not in ["retraite"]`, true},
		"before a date of the law":  {"any(enfants, avant(.naissance, bareme.essai.jour))", false},
		"some month":                {"un_mois(fenetre.trois_mois, demandeur.revenus.salaire.net < bareme.essai.base * (2 + 2))", true},
		"all":                       {"all(enfants, .age < 12 + 2 + 1)", true},
		"none":                      {"none(enfants, .enceinte)", true},
		"equality of conditions":    {"demandeur.enceinte == demandeur.inapte_travail", true},
		"months ago":                {"il_y_a(1, demandeur.revenus.salaire.net > bareme.essai.base)", true},
	} {
		t.Run(name, func(t *testing.T) {
			q := &formula.Quantity{Namespace: "essai", Name: "x", Bool: true}
			require.Equal(t, fact.Is(c.want), value(t, universe(), q, c.text, family()))
		})
	}
}

// TestUnknown: what is not known widens a value only where it matters, and says so.
func TestUnknown(t *testing.T) {
	h := family()
	h.Questions = []string{"logement.loyer", "couple"}
	h.Nums[fact.Rent] = fact.Between(0, 20_000, fact.Bit(0))
	h.Choices[fact.Couple] = fact.Choice{Mask: 15, Miss: fact.Bit(1)}
	for name, c := range map[string]struct {
		text string
		want fact.Num
	}{
		"interval":               {"min(logement.loyer, bareme.essai.base)", fact.Between(0, 110, fact.Bit(0))},
		"a side that dominates":  {"max(logement.loyer, bareme.essai.base * bareme.essai.base * 2)", fact.Known(24_200)},
		"both branches":          {`couple == "non" ? 1 : 2`, fact.Between(1, 2, fact.Bit(1))},
		"a branch not reached":   {`couple in ["non", "marie", "pacse", "concubinage"] ? 1 : logement.loyer`, fact.Known(1)},
		"nothing left to answer": {"0 * 1 + logement.loyer * 0", fact.Known(0)},
	} {
		t.Run(name, func(t *testing.T) {
			q := &formula.Quantity{Namespace: "essai", Name: "x"}
			require.Equal(t, c.want, value(t, universe(), q, c.text, h))
		})
	}
}

// TestRefused: what is outside the language is an error at load, at its place.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		from    int
		message string
	}{
		"a figure of the law":        {"logement.loyer * 0.995", 17, "barème"},
		"an unknown name":            {"1 + loyer_reel", 4, "nom inconnu : loyer_reel"},
		"an unknown name, far off":   {"logement.loier", 9, "vouliez-vous dire loyer"},
		"an unknown barème":          {"bareme.essai.bas", 13, "vouliez-vous dire base"},
		"a value no one has":         {`couple == "celibataire" ? 1 : 0`, 10, "n'est pas une valeur possible"},
		"a misspelt value":           {`couple == "marié" ? 1 : 0`, 10, "vouliez-vous dire « marie »"},
		"branches of two kinds":      {`couple == "non" ? 1 : "x"`, 22, "un nombre est attendu"},
		"a function of expr":         {"len(enfants)", 0, "n'est pas dans le langage"},
		"now":                        {"now().Year()", 0, ""},
		"a closure over a map":       {"sum(map(enfants, .age))", 0, "sum demande"},
		"count without a condition":  {"count(enfants)", 0, "count demande"},
		"a slice":                    {"sum(enfants[0:1], .age)", 0, ""},
		"a let":                      {"let x = 1; x", 0, ""},
		"an optional member":         {"demandeur?.age", 11, "un nom est attendu"},
		"a power":                    {"2 ** 2", 2, "n'est pas une opération des formules"},
		"a string":                   {`"abc"`, 0, "un nombre est attendu"},
		"a table without its key":    {"bareme.essai.zone", 13, "plusieurs valeurs"},
		"a table by the wrong key":   {"bareme.essai.zone[couple]", 18, "se lit par"},
		"looking ahead":              {"il_y_a(0, 1)", 7, "regarde en arrière"},
		"a sum of dates":             {"demandeur.naissance + 1", 20, ""},
		"a window that is none":      {"moyenne(bareme.essai.base, 1)", 8, ""},
		"a person where none stands": {"personne.age", 0, "nom inconnu : personne"},
		"a min over persons":         {"min(0, map(enfants, .age))", 7, "min sur une liste"},
		"a formula cut short":        {"1 +", 2, "s'arrête trop tôt"},
		"one equal sign":             {`couple = "non" ? 1 : 0`, 7, "écrivez « == »"},
		"a bracket too many":         {"1 + 2)", 5, "une parenthèse fermante est de trop"},
		"a bracket too few":          {"max(1, (1 + 2", 12, "une parenthèse ouverte n'est pas refermée"},
		"one comparison of another":  {"1 <= loyer_fictif <= 2 ? 1 : 0", 18, "écrivez « 1 <= loyer_fictif and loyer_fictif <= 2 »"},
		"a side against itself":      {"logement.loyer > logement.loyer ? 1 : 0", 15, "les mêmes"},
		"numbers alone compared":     {"1 < 2 ? 1 : 0", 2, "toujours la même"},
		"a division by zero":         {"logement.loyer / 0", 17, "division par zéro"},
		"not before a comparison":    {"(not logement.loyer > 1) ? 1 : 0", 1, "not (… > …)"},
		"a French word":              {"logement.loyer > 1 et true ? 1 : 0", 19, "écrivez « and »"},
		"a sign of a word processor": {"logement.loyer × 2", 15, "écrivez « * »"},
		"a percentage":               {"logement.loyer * 2 %", 19, "s'écrit 0.052"},
		"another name of a function": {"MAX(1, 2)", 0, "vouliez-vous dire max"},
		"a date with a sign":         {"demandeur.naissance < 1 ? 1 : 0", 20, "avant(date"},
		"a list read as a person":    {"enfants.age", 8, "sum(enfants, .age)"},
		"a number and a word":        {`1 + "deux"`, 2, "« + » entre un nombre et un mot entre guillemets"},
		"a list function misspelt":   {"compte(enfants, .age < 2)", 16, "count(enfants, .age < …)"},
		"an answer without quotes":   {"couple == non ? 1 : 0", 10, `entre guillemets, "non"`},
		"too long":                   {strings.Repeat("1 + ", 2_000) + "1", 0, "trop longue"},
		"too deep":                   {strings.Repeat("(", 200) + "1" + strings.Repeat(")", 200), 0, "trop imbriquée"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := universe().Compile(&formula.Quantity{Namespace: "essai", Name: "x"}, c.text)
			var fe *formula.Error
			require.ErrorAs(t, err, &fe)
			require.Contains(t, fe.Message, c.message)
			if c.message != "" {
				require.Equal(t, c.from, fe.From, fe.Message)
			}
		})
	}
}

// TestProperty10Limits: a text made to be slow is refused before any parser sees it.
func TestProperty10Limits(t *testing.T) {
	u := universe()
	_, err := u.Compile(&formula.Quantity{Namespace: "essai", Name: "x"}, "1") // builds the scope
	require.NoError(t, err)
	for name, text := range map[string]string{
		"a megabyte":       strings.Repeat("1+", 500_000) + "1",
		"10 000 brackets":  strings.Repeat("(", 10_000) + "1",
		"10 000 negations": strings.Repeat("-", 10_000) + "1",
	} {
		t.Run(name, func(t *testing.T) {
			quickest := time.Hour // of many tries: what it costs, not what else the machine does
			for tries := 0; tries < 100 && quickest >= 50*time.Millisecond; tries++ {
				began := time.Now()
				_, err := u.Compile(&formula.Quantity{Namespace: "essai", Name: "x"}, text)
				quickest = min(quickest, time.Since(began))
				require.Error(t, err)
			}
			require.Less(t, quickest, 50*time.Millisecond)
		})
	}
}

func TestDivisionByZero(t *testing.T) {
	u := universe()
	q := &formula.Quantity{Namespace: "essai", Name: "x"}
	f, err := u.Compile(q, "1 / demandeur.revenus.chomage.net")
	require.NoError(t, err)
	q.Add(formula.First, f)
	plan, err := formula.NewPlan([]*formula.Quantity{q}, []*formula.Quantity{q})
	require.NoError(t, err)
	k := plan.NewContext()
	k.Begin(family())
	k.Number(q, 0)
	require.ErrorContains(t, k.Err(), "division par zéro, caractère 3")
}

func TestCircle(t *testing.T) {
	u := universe()
	a, b := &formula.Quantity{Namespace: "essai", Name: "a"}, &formula.Quantity{Namespace: "essai", Name: "b"}
	u.Quantities["essai.a"], u.Quantities["essai.b"] = a, b
	for q, text := range map[*formula.Quantity]string{a: "b + 1", b: "il_y_a(1, a)"} {
		f, err := u.Compile(q, text)
		require.NoError(t, err)
		q.Add(formula.First, f)
	}
	_, err := formula.NewPlan([]*formula.Quantity{a, b}, []*formula.Quantity{a})
	require.ErrorContains(t, err, "cercle : essai.a → essai.b → essai.a")
}

func TestFutureRefused(t *testing.T) {
	u := universe()
	q := &formula.Quantity{Namespace: "essai", Name: "x"}
	o := &formula.Quantity{Namespace: "essai", Name: "o"}
	u.Quantities["essai.o"] = o
	for x, text := range map[*formula.Quantity]string{q: "sur_annee(o)", o: "1"} {
		f, err := u.Compile(x, text)
		require.NoError(t, err)
		x.Add(formula.First, f)
	}
	_, err := formula.NewPlan([]*formula.Quantity{q, o}, []*formula.Quantity{q})
	require.ErrorContains(t, err, "mois à venir")
}

func TestRounding(t *testing.T) {
	cent, up, down := formula.Round{Step: 0.01}, formula.Round{Step: 100, Mode: formula.Up}, formula.Round{Step: 0.01, Mode: formula.Down}
	for name, c := range map[string]struct {
		r        formula.Round
		in, want float64
	}{
		"half up":                      {cent, 1.005, 1.01},
		"half away from zero":          {cent, -1.005, -1.01},
		"below half":                   {cent, 1.00499, 1},
		"what binary adds is no cent":  {up, 1300.0000000001, 1300},
		"a cent above":                 {up, 1300.01, 1400},
		"down":                         {down, 1.3799999, 1.37},
		"down, what binary takes away": {down, math.Nextafter(1.38, 0), 1.38},
	} {
		t.Run(name, func(t *testing.T) { require.InDelta(t, c.want, c.r.Of(c.in), 1e-12) })
	}
}

// FuzzCompile: no text makes the compiler panic, and what it refuses it refuses as an error of the formula.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{"1 + 2", "max(0, map(enfants, .age))", "moyenne(fenetre.trois_mois, demandeur.revenus.salaire.net)", "bareme.essai.zone[zone_apl]", "double(1)", "a?.b", "#", "let x = 1; x", `couple in ["non"] ? 1 : 0`} {
		f.Add(s, false)
		f.Add(s, true)
	}
	u := universe()
	f.Fuzz(func(t *testing.T, text string, condition bool) {
		_, err := u.Compile(&formula.Quantity{Namespace: "essai", Name: "x", Bool: condition}, text)
		if err != nil {
			var fe *formula.Error
			require.ErrorAs(t, err, &fe)
		}
	})
}

// TestProperty08Rounding holds every rounding against exact decimal arithmetic, halves and cents on both sides included.
func TestProperty08Rounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.SampledFrom([]int64{10_000, 100_000, 1_000_000, 100_000_000}).Draw(t, "step") // in millionths
		mode := rapid.SampledFrom([]formula.Mode{formula.Nearest, formula.Down, formula.Up}).Draw(t, "mode")
		n := rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "millionths")
		if rapid.Bool().Draw(t, "at a boundary") {
			n = n/step*step + rapid.SampledFrom([]int64{0, step / 2, step/2 - 100, step/2 + 100, step - 100, 100}).Draw(t, "beside it")
		}
		n -= n % 100 // the law's products have at most four decimals more than cents do
		want := n / step
		switch rest := n % step; {
		case mode == formula.Up && rest > 0, mode == formula.Nearest && 2*rest >= step:
			want++
		}
		exact, _ := new(big.Rat).SetFrac64(want*step, 1_000_000).Float64()
		got := formula.Round{Step: float64(step) / 1e6, Mode: mode}.Of(float64(n) / 1e6)
		require.InDelta(t, exact, got, 1e-9, "%d millionths to %d, mode %d", n, step, mode)
	})
}
