package pages

import (
	"slices"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/locales"
)

// card is what the page says about one aid.
type card struct {
	claiming
	Anchor, Name, Acronym, Kind string
	For                         string // for whom, when it is one person
	Chip                        chip
	Amount, Per                 string
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
	AllWords                    string // "all the conditions"
	close                       bool   // an amount alone is missing
}

// chip is the state of an aid: a colour, an icon and a word.
type chip struct{ Class, Icon, Words string }

type conditionLine struct {
	Class, Icon, State, Label, Figures, Gap string
	money                                   bool // it is about an amount
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
		k.Steps = append(k.Steps, stepLine{v.L.T("etape." + x.Aid + "." + s.ID), v.figure(s.Value, s.Unit), s.Reference})
	}
	k.Chip, k.Note = v.state(c, x)
	k.Amount, k.Per = v.amount(x, aid)
	if x.Amount.Decided && x.Amount.Gross-x.Amount.Net >= 0.005 {
		k.Gross = v.L.T("resultats.brut", "Montant", v.L.Money(x.Amount.Gross))
	}
	if x.Status != engine.NotEligible {
		k.claiming = v.claiming(aid)
		k.Documents, k.DocumentsTitle = documents(v.L, aid), v.L.N("resultats.pieces", len(aid.Documents))
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

// state says in a word where the household stands with an aid, and in a sentence what that means.
func (v *visit) state(c *asking, x *engine.Aid) (chip, string) {
	switch x.TakeUp {
	case engine.Received:
		return chip{"yes", "i-ok", v.L.T("recours.percu")}, v.L.T("resultats.percu")
	case engine.PartlyReceived:
		note := ""
		for _, b := range c.Profile.Received.Value {
			if b.Aid == x.Aid {
				note = v.L.T("resultats.percu_partiel", "Recu", v.L.Money(b.Amount.Value))
			}
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
	per = v.L.T("periode." + x.Amount.Period)
	money := v.L.Money
	switch m := x.Amount; {
	case x.Status == engine.NotEligible:
		return "", ""
	case x.Share != nil:
		return v.share(x.Share, aid, per)
	case m.Decided:
		return money(m.Net), per
	case m.Max >= aid.Ceiling && m.Min <= 0:
		return v.L.T("resultats.non_chiffre"), ""
	case m.Max >= aid.Ceiling:
		return v.L.T("resultats.au_moins", "Min", money(m.Min)), per
	case m.Min <= 0:
		return v.L.T("resultats.bornes_sup", "Max", money(m.Max)), per
	default:
		return v.L.T("resultats.bornes", "Min", money(m.Min), "Max", money(m.Max)), per
	}
}

// share says what the household pays for an aid that pays nothing itself.
func (v *visit) share(s *engine.Figure, aid *ruleset.Aid, period string) (words, per string) {
	pay := func(amount string) (string, string) {
		return v.L.T("resultats.participation", "Montant", amount), period
	}
	switch {
	case s.Hi == 0:
		return v.L.T("resultats.gratuite"), ""
	case s.Lo == s.Hi:
		return pay(v.L.Money(s.Lo))
	case s.Hi >= aid.Ceiling:
		return v.L.T("resultats.non_chiffre"), ""
	case s.Lo <= 0:
		return pay(v.L.T("resultats.bornes_sup", "Max", v.L.Money(s.Hi)))
	default:
		return pay(v.L.T("resultats.bornes", "Min", v.L.Money(s.Lo), "Max", v.L.Money(s.Hi)))
	}
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

// claiming is where and how to ask for an aid.
type claiming struct {
	Ask, Paper          string
	Online, OnlineWords string
	Sheet               string   // the official page about the aid
	Delays              []string // what time changes
	Backdating          []ruleset.Reference
}

func (v *visit) claiming(aid *ruleset.Aid) claiming {
	k := claiming{Ask: toAsk(v.L, aid, v.bodies(aid)), Online: aid.Online, OnlineWords: v.L.T("demarche.en_ligne"), Sheet: aid.Sheet, Backdating: aid.Backdating}
	if aid.Form != "" {
		k.Paper = v.L.T("demarche.formulaire", "Formulaire", aid.Form)
	}
	switch {
	case aid.BackMonths > 0:
		k.Delays = append(k.Delays, v.L.N("demarche.retour", aid.BackMonths))
	case len(aid.Backdating) > 0:
		k.Delays = append(k.Delays, v.L.T("demarche.sans_retour"))
	}
	if aid.AnswerIn > 0 {
		k.Delays = append(k.Delays, v.L.N("demarche.delai", aid.AnswerIn))
	}
	return k
}

// toAsk says of whom an aid is to be asked, or that it comes by itself.
func toAsk(L locales.Printer, aid *ruleset.Aid, bodies string) string {
	if aid.Unasked {
		return L.T("demarche.d_office", "Organismes", bodies)
	}
	return L.T("demarche.demander", "Organismes", bodies)
}

func documents(L locales.Printer, aid *ruleset.Aid) []string {
	var out []string
	for _, id := range aid.Documents {
		out = append(out, L.T("document."+id))
	}
	return out
}
