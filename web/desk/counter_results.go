package desk

import (
	"slices"

	"guichet/engine"
	"guichet/locales"
	"guichet/web/desk/household"
	"guichet/web/pages"
)

// counterResults is what the household of the page is entitled to.
type counterResults struct {
	Total, ToClaim string
	Certain        bool // whether there is an amount at all
	Aids           []counterAid
	Not            []counterAid // no right this time
	NotWords       string
	Tell           []toldChange
	Date           string
	Hash           string // of the rules
}

// counterAid is one aid in the table.
type counterAid struct {
	pages.Told
	WhyWords    string
	ID, Address string
	State       string // in one word
	Why         string // in one line
	Missing     []counterLink
	More        string // how many other answers are missing
	order       int
}

// toldChange is something to say to the visitor, in French and in their words.
type toldChange struct {
	When, Other   string
	Lines, Others []string
	Dir, Lang     string
}

// missingShown is how many missing answers an aid names before it counts the others.
const missingShown = 3

// changesTold is how many changes ahead are told at the counter.
const changesTold = 4

func (c *counterMaker) results(sim *engine.Simulation) (counterResults, error) {
	out := counterResults{Date: c.L.Date(c.at), Hash: sim.Rules}
	var lost []string
	for i := range sim.Aids {
		x := &sim.Aids[i]
		aid, ok := c.d.engine.Set().Aid(x.Aid)
		told, known := c.d.counter.pages.Tell(c.L, c.s.Profile, x)
		if !ok || !known {
			continue
		}
		received := isReceived(x)
		if x.Status == engine.Eligible && !received && aid.BackMonths == 0 && len(aid.Backdating) > 0 {
			lost = append(lost, aidShort(aid))
		}
		made := c.aid(x, told, received)
		if x.Status == engine.NotEligible && !received {
			out.Not = append(out.Not, made)
			continue
		}
		out.Aids = append(out.Aids, made)
	}
	slices.SortStableFunc(out.Aids, func(a, b counterAid) int { return a.order - b.order })
	total, left, err := c.sums(sim)
	if err != nil {
		return out, err
	}
	out.Total, out.Certain = c.span(total)
	out.ToClaim, _ = c.span(left)
	out.NotWords = c.L.N("comptoir.sans_droit", len(out.Not))
	if len(lost) > 0 {
		now := func(L locales.Printer) string {
			return L.T("erreur.pour", "Qui", L.French(c.L.List(lost)), "Message", L.T("demarche.sans_retour"))
		}
		out.Tell = append(out.Tell, toldChange{When: c.L.T("comptoir.maintenant"), Lines: []string{now(c.L)}, Others: c.theirs([]string{now(c.L)}, []string{now(c.V)}), Lang: c.V.Tag, Dir: c.V.Dir})
	}
	ahead, err := c.ahead(sim)
	out.Tell = append(out.Tell, ahead...)
	return out, err
}

// aid makes the row of one aid.
func (c *counterMaker) aid(x *engine.Aid, told pages.Told, received bool) counterAid {
	made := counterAid{Told: told, WhyWords: c.say("comptoir.pourquoi"), ID: "a-" + x.Aid + "-" + x.Amount.For, Address: pages.AidAddress(locales.Source, x.Aid), State: told.Chip.Words}
	switch {
	case received:
		made.order = 2
		if told.Chip.Class == "yes" {
			made.State = c.L.T("comptoir.etat.recue")
		}
	case x.Status == engine.Eligible:
		made.order = 0
		made.Why = c.L.N("comptoir.remplies", len(told.Conditions))
	case x.Status == engine.Undecided:
		made.order = 1
		c.missing(x, &made)
	default:
		made.State = c.L.T("comptoir.etat.non")
		for _, k := range told.Conditions {
			if k.Class == "no" {
				made.Why = k.Label
				break
			}
		}
	}
	return made
}

// missing names the rows whose answers could decide an aid.
func (c *counterMaker) missing(x *engine.Aid, made *counterAid) {
	for _, path := range x.Missing {
		r := household.Find(c.rows, path)
		if r == nil {
			continue
		}
		link := counterLink{fieldID(r.Name), c.label(c.L, r)}
		if !slices.Contains(made.Missing, link) {
			made.Missing = append(made.Missing, link)
		}
	}
	if more := len(made.Missing) - missingShown; more > 0 {
		made.Missing, made.More = made.Missing[:missingShown], c.L.N("resultats.manque_autres", more)
	}
}

// theirs gives the visitor's lines, nothing when they are the French ones.
func (c *counterMaker) theirs(french, theirs []string) []string {
	if slices.Equal(french, theirs) {
		return nil
	}
	return theirs
}

// ahead says what changes in the coming months, in both languages.
func (c *counterMaker) ahead(sim *engine.Simulation) ([]toldChange, error) {
	told, err := c.d.counter.pages.Ahead(c.dated(c.s), sim, c.L, c.V)
	if err != nil {
		return nil, err
	}
	french, theirs := told[0], told[1]
	var out []toldChange
	for i := range french[:min(len(french), changesTold)] {
		all := func(x pages.Change) []string { return append(append(slices.Clone(x.Why), x.Ends...), x.Opens...) }
		change := toldChange{When: french[i].When, Lines: all(french[i]), Others: c.theirs(all(french[i]), all(theirs[i])), Lang: c.V.Tag, Dir: c.V.Dir}
		if change.Others != nil {
			change.Other = theirs[i].When
		}
		out = append(out, change)
	}
	return out, nil
}
