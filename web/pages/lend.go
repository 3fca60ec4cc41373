package pages

import (
	"net/http"
	"strings"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/locales"
)

// What the pages lend to the agents' counter, so that an amount, a condition or a coming month reads the same to both sides of it.

// ParseAmount reads an amount in EUR as people write it, rounded to the cent; see the field of an amount in the questionnaire.
func ParseAmount(text string) (float64, bool) { return parseAmount(text) }

// Resolve turns the marks that a [locales.Printer.Marked] left in a page into markup.
func Resolve(page []byte) []byte { return resolve(page) }

// A SheetHousehold is what the code of a sheet holds.
type SheetHousehold struct {
	Profile  *profile.Profile
	Unsaid   []string // paths answered "I don't know"
	Language string   // tag of the language that the sheet was made in; "" on a sheet of before it said so
}

// Household opens the code of a resident's sheet, as it was scanned or copied. The error is [seal.ErrForged] or [seal.ErrExpired].
func (p *Pages) Household(code string) (*SheetHousehold, error) {
	a, err := p.openSheet(code)
	if err != nil {
		return nil, err
	}
	return &SheetHousehold{Profile: a.Profile, Unsaid: a.Unsaid, Language: a.Language}, nil
}

// SheetCode gives the code that the square of a household's sheet holds, in the language of tag.
func (p *Pages) SheetCode(household *profile.Profile, unsaid []string, tag string) (string, error) {
	return p.sheetCode(&answers{Profile: household, Unsaid: unsaid}, tag)
}

// ServeSheet answers with the sheet to take away for a household, bilingual in French and the language of tag. It is false, and
// nothing is written, when that language is not offered.
func (p *Pages) ServeSheet(w http.ResponseWriter, r *http.Request, tag string, household *profile.Profile, unsaid []string) bool {
	words, ok := p.texts.Printer(tag)
	if !ok {
		return false
	}
	v := &visit{p: p, w: w, r: r, L: words.Marked(), at: p.clock()}
	if err := v.sheet(&answers{Profile: household, Unsaid: unsaid, Since: v.at}); err != nil {
		v.fail(err)
	}
	return true
}

// A Told is what one aid is to a household, in words.
type Told struct {
	Name, Acronym string
	For           string // whom it is for, when several adults may have it
	Chip          Chip
	Amount, Per   string // "" when there is no right
	Kind          string // what is precised of it: free, or a participation
	Note          string
	Conditions    []ToldCondition
}

// A Chip is a state in a word, with its class and its icon.
type Chip struct{ Class, Icon, Words string }

// A ToldCondition is one condition of an aid with its figures.
type ToldCondition struct {
	Class, Icon, State, Label, Figures, Gap string
}

// Tell says in the words of L what the i-th answer of a simulation is to the household p.
func (p *Pages) Tell(L locales.Printer, household *profile.Profile, x *engine.Aid) (Told, bool) {
	aid, ok := p.engine.Set().Aid(x.Aid)
	if !ok {
		return Told{}, false
	}
	v := &visit{p: p, L: L, at: p.clock()}
	c := &asking{answers: &answers{Profile: household}, L: L, Today: v.today()}
	t := Told{Name: typeset(aid.Name), Acronym: aid.Acronym}
	if aid.PerAdult && (household.Spouse != nil || x.Amount.For == spouse) {
		t.For = L.T("pour." + x.Amount.For)
	}
	for _, e := range x.Extra {
		if text := v.optional("precision." + x.Aid + "." + e.Field + "." + e.Value); text != "" {
			t.Kind = text
		}
	}
	state, note := v.state(c, x)
	t.Chip, t.Note = Chip(state), note
	t.Amount, t.Per = v.amount(x, aid)
	for _, k := range v.conditions(x) {
		t.Conditions = append(t.Conditions, ToldCondition{k.Class, k.Icon, k.State, k.Label, k.Figures, k.Gap})
	}
	return t, true
}

// A Change is a month in which rights of a household begin, end or change, if nothing else does.
type Change struct {
	When        string
	Why         []string // what makes it so
	Ends, Opens []string
}

// Ahead says what changes within a year for the household of which now is the simulation, once in the words of each printer, month by
// month. The household states its date.
func (p *Pages) Ahead(household *profile.Profile, now *engine.Simulation, in ...locales.Printer) ([][]Change, error) {
	own := *p
	own.engine = &remembering{Engine: p.engine, kept: map[string]*engine.Simulation{}}
	out := make([][]Change, len(in))
	for i, L := range in {
		v := &visit{p: &own, L: L, at: p.clock()}
		c := &asking{answers: &answers{Profile: household}, L: L, Today: v.today()}
		turns, err := v.ahead(c, *household, now)
		if err != nil {
			return nil, err
		}
		for _, t := range turns {
			out[i] = append(out[i], Change(t))
		}
	}
	return out, nil
}

// remembering answers about each household once and without what explains: the months ahead are the same in every language.
type remembering struct {
	Engine
	kept map[string]*engine.Simulation
}

func (r *remembering) Simulate(p *profile.Profile) (*engine.Simulation, error) {
	household := string(p.AppendJSON(nil))
	if s := r.kept[household]; s != nil {
		return s, nil
	}
	simulate := r.Engine.Simulate
	if whole, ok := r.Engine.(*engine.Engine); ok {
		simulate = engine.Brief{Engine: whole}.Simulate
	}
	s, err := simulate(p)
	if err == nil {
		r.kept[household] = s
	}
	return s, err
}

// AidAddress is the page of an aid in the language of tag.
func AidAddress(tag, aid string) string { return strings.Join([]string{"", tag, "aides", aid}, "/") }
