package pages

import (
	"slices"
	"strings"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/engine/usefulness"
)

// card is what the page says about one aid.
type card struct {
	claiming
	Anchor, Name, Acronym, Kind string
	For                         string // for whom, when it is one person
	Chip                        chip
	Amount, Per                 string
	Got                         string // what the household says it receives, by the month
	Beside                      string // our estimate beside it, where the note does not tell it
	Gross                       string
	Summary                     string // what the aid is, in a sentence
	Note                        string
	Documents                   []string
	DocumentsTitle              string
	Conditions                  []conditionLine
	Failing                     []conditionLine
	Missing                     []missingAnswer
	More                        string // how many further answers are missing
	Steps                       []stepLine
	StepsTitle                  string
	Texts                       []ruleset.Reference // of the conditions
	TextsTitle                  string
	AllWords                    string   // "all the conditions"
	Traits                      []string // what makes it urgent, and how it is asked for
	close                       bool     // an amount alone is missing
	counted                     bool     // in what is left to claim by the month
	score                       usefulness.Score
}

// chip is the state of an aid: a colour, an icon and a word.
type chip struct{ Class, Icon, Words string }

type conditionLine struct {
	Class, Icon, State, Label, Figures, Gap string
	money                                   bool // it is about an amount
	follows                                 bool // it fails because another does: nothing is due, which is under the least that is paid
}

type missingAnswer struct{ Target, Name string }

type stepLine struct {
	Label, Value string
	References   []ruleset.Reference
}

func (v *visit) card(c *asking, x *engine.Aid, aid *ruleset.Aid) card {
	k := card{
		Anchor: x.Aid + "-" + fieldID(x.Amount.For), Name: typeset(aid.Name), Acronym: aid.Acronym,
		Summary: v.optional("aide." + x.Aid + ".resume"), StepsTitle: v.L.T("resultats.calcul_de", "Aide", aid.Name),
	}
	for _, e := range x.Extra {
		if text := v.optional("precision." + x.Aid + "." + e.Field + "." + e.Value); text != "" {
			k.Kind = text
		}
	}
	if aid.PerAdult && len(c.adults()) > 1 {
		k.For = v.L.T("pour." + x.Amount.For)
	}
	k.Conditions = v.conditions(x)
	for _, line := range k.Conditions {
		if line.Class == "no" {
			k.Failing = append(k.Failing, line)
		}
	}
	if slices.ContainsFunc(k.Failing, func(l conditionLine) bool { return !l.follows }) {
		k.Failing = slices.DeleteFunc(k.Failing, func(l conditionLine) bool { return l.follows })
	}
	k.close = slices.ContainsFunc(k.Failing, func(l conditionLine) bool { return l.Gap != "" }) &&
		!slices.ContainsFunc(k.Failing, func(l conditionLine) bool { return !l.money })
	k.TextsTitle, k.AllWords = v.L.T("resultats.textes"), v.L.T("resultats.toutes_conditions")
	for _, c := range x.Conditions {
		for _, r := range c.Reference {
			if !slices.Contains(k.Texts, r) {
				k.Texts = append(k.Texts, r)
			}
		}
	}
	for _, s := range x.Steps {
		k.Steps = append(k.Steps, stepLine{v.L.T("etape." + x.Aid + "." + s.ID), v.teller().Figure(s.Value, s.Unit), s.Reference})
	}
	k.Chip, k.Note = v.state(c, x)
	if k.Chip.Class == "todo" && len(aid.Unasked) > 0 {
		k.Chip.Words = v.L.T("recours.d_office")
	}
	k.score = usefulness.Of(x, aid)
	k.Amount, k.Per = v.amount(x, aid)
	if got, known := c.receives(x.Aid); known && aid.Period == "mois" && aid.Share == nil {
		k.Got = v.L.Money(got)
		if k.Amount != "" && !strings.Contains(k.Note, k.Amount) {
			k.Beside = v.L.T("erreur.pour", "Qui", v.L.T("resultats.estime"), "Message", strings.TrimSpace(k.Amount+" "+k.Per))
		}
	}
	if x.Amount.Decided && x.Amount.Gross-x.Amount.Net >= 0.005 {
		k.Gross = v.L.T("resultats.brut", "Montant", v.L.Money(x.Amount.Gross))
	}
	if x.Status != engine.NotEligible {
		k.claiming = v.claiming(aid, c.Profile.Commune)
		papers := brought(aid, c.Profile)
		k.Documents, k.DocumentsTitle = documents(v.L, papers), v.L.N("resultats.pieces", len(papers))
		k.Traits = v.traits(k.score)
		if k.Keep != "" && k.Note == v.L.T("resultats.percu") {
			k.Note = "" // there is something to do
		}
	}
	if x.Status == engine.Undecided {
		k.Missing = v.missing(c, x.Missing)
		if more := len(k.Missing) - missingShown; more > 0 {
			k.Missing, k.More = k.Missing[:missingShown], v.L.N("resultats.manque_autres", more)
		}
	}
	return k
}

// optional gives the message of key, "" when there is none.
func (v *visit) optional(key string) string {
	if !v.L.Has(key) {
		return ""
	}
	return v.L.T(key)
}

// most is how far above the estimate an amount received may lie before the page says so, in EUR per month: bodies count with months
// that the household has forgotten, and a page that doubts a right for little does harm.
const most = 10

// receives gives what the household says it receives of an aid, in EUR; known is false when it says no amount.
func (c *asking) receives(aid string) (amount float64, known bool) {
	for _, b := range c.Profile.Received.Value {
		if b.Aid == aid && b.Amount.Known {
			return b.Amount.Value, true
		}
	}
	return 0, false
}

// state says in a word where the household stands with an aid, and in a sentence what that means.
func (v *visit) state(c *asking, x *engine.Aid) (chip, string) {
	switch x.TakeUp {
	case engine.Received:
		note := v.L.T("resultats.percu")
		if got, known := c.receives(x.Aid); known && x.Status == engine.Eligible && x.Amount.Period == "mois" && got > x.Amount.Net+most {
			note = v.L.T("resultats.percu_plus", "Recu", v.L.Money(got), "Estime", v.L.Money(x.Amount.Net))
		}
		return chip{"yes", "i-ok", v.L.T("recours.percu")}, note
	case engine.PartlyReceived:
		note := ""
		if got, known := c.receives(x.Aid); known {
			note = v.L.T("resultats.percu_partiel", "Recu", v.L.Money(got))
		}
		return chip{"maybe", "i-q", v.L.T("recours.percu_partiel")}, note
	case engine.ReceivedCheck:
		return chip{"maybe", "i-q", v.L.T("recours.percu_a_verifier")}, v.L.T("resultats.verifier_percu")
	}
	switch x.Status {
	case engine.Eligible:
		note := ""
		if x.TakeUp == engine.TakeUpUnknown {
			note = v.L.T("resultats.inconnu_percu")
		}
		return chip{"todo", "i-clock", v.L.T("statut.eligible")}, note
	case engine.Undecided:
		note := ""
		switch {
		case x.OutOfScope == engine.Expired:
			note = v.L.T("resultats.expiree")
		case x.OutOfScope == "" && x.Commission:
			note = v.L.T("resultats.commission")
		case x.OutOfScope != "":
			if note = v.optional("hors_champ." + x.Aid + "." + x.OutOfScope); note == "" {
				note = v.L.T("resultats.hors_champ")
			}
		}
		return chip{"maybe", "i-q", v.L.T("statut.a_preciser")}, note
	}
	if len(x.Conditions) > 0 && !slices.ContainsFunc(x.Conditions, func(k engine.Condition) bool { return k.Result != "oui" }) {
		return chip{"", "i-dash", v.L.T("resultats.pas_ce_mois", "Mois", v.L.Month(v.at))}, v.L.T("resultats.montant_nul")
	}
	return chip{"", "i-dash", v.L.T("resultats.pas_ce_mois", "Mois", v.L.Month(v.at))}, ""
}

// amount says what an aid is worth: an amount, or bounds that hold whatever is missing.
func (v *visit) amount(x *engine.Aid, aid *ruleset.Aid) (words, per string) {
	return v.teller().Worth(x, aid.Ceiling)
}

// missingShown is how many missing answers an aid names before it counts the others.
const missingShown = 4

// missing lists the questions whose answers could decide an aid, each once.
func (v *visit) missing(c *asking, paths []string) []missingAnswer {
	var out []missingAnswer
	for _, path := range paths {
		for _, q := range c.questions() {
			if !q.owns(c.answers, path) {
				continue
			}
			m := missingAnswer{actChange + q.key(), q.ask(c, q.fill(c)).Name}
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
			break
		}
	}
	return out
}
