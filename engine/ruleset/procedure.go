package ruleset

import (
	"slices"
	"strings"

	"guichet/engine/fact"
)

// Procedure is what the texts say of an aid once its conditions are met: whether it must be asked for, what silence means, how long
// and before whom a refusal may be contested, and when the right must be shown anew. What no text says is absent.
type Procedure struct {
	Unasked   []Reference // the texts that give it without a claim; none: it must be asked for
	Silence   *Silence
	Appeal    *Appeal
	Renewal   *Renewal
	CheckedOn fact.Day // the day on which all of this was last held against its texts; 0 when nothing is said
	Place     Place    // of that day
}

// Silence is what no answer to a claim amounts to.
type Silence struct {
	Months     int // after which it does
	Accepts    bool
	References []Reference
}

// Appeal is the first way to contest a decision.
type Appeal struct {
	Months     int    // from the day on which the decision is notified
	Before     string // one of AppealBodies
	References []Reference
}

// Renewal is how long a right is given for, and what it takes to keep it.
type Renewal struct {
	Months     int    // of one period, the shortest when they differ; 0: the right lasts as long as its conditions are met
	AtMost     int    // months of the longest period; Months when there is one length only
	Step       string // one of RenewalSteps; aucune when Months is 0
	Opens      int    // months before the end from which the renewal may be asked for; 0 when no text says
	Closes     int    // months before the end at which it must have been asked for; 0 when no text says
	References []Reference
}

// AppealBodies are the words for whom an appeal goes to: the amicable commission of the body that decided, the president of the
// departmental council, the MDPH, or the body itself.
var AppealBodies = []string{"commission_recours_amiable", "president_departement", "mdph", "organisme"}

// RenewalSteps are the words for what a renewal takes: nothing, a declaration of resources, or a claim.
var RenewalSteps = []string{"aucune", "declaration", "demande"}

// procedureFields are the entries of aide.yaml that a Procedure is read from.
var procedureFields = []string{"verifie_le", "sans_demande", "silence", "recours", "renouvellement"}

func readProcedure(f map[string]node, top node, refs references) Procedure {
	var p Procedure
	said := false
	for _, name := range procedureFields[1:] {
		said = said || !f[name].absent()
	}
	switch day := f["verifie_le"]; {
	case !day.absent():
		p.CheckedOn, p.Place = day.date(), day.begins()
	case said:
		top.fault("« verifie_le: AAAA-MM-JJ » manque : le jour où le silence, le recours et le renouvellement ont été relus dans leurs textes")
	}
	if !f["sans_demande"].absent() {
		p.Unasked = refs.cite(f["sans_demande"])
	}
	if n := f["silence"]; !n.absent() {
		e := n.fields("mois", "vaut", "reference")
		p.Silence = &Silence{Months: months(e, "mois", n, 1), Accepts: word(e["vaut"], n, "vaut", []string{"acceptation", "rejet"}) == "acceptation", References: sourced(e, n, refs)}
	}
	if n := f["recours"]; !n.absent() {
		e := n.fields("mois", "aupres", "reference")
		p.Appeal = &Appeal{Months: months(e, "mois", n, 1), Before: word(e["aupres"], n, "aupres", AppealBodies), References: sourced(e, n, refs)}
	}
	if n := f["renouvellement"]; !n.absent() {
		p.Renewal = readRenewal(n, refs)
	}
	return p
}

func readRenewal(n node, refs references) *Renewal {
	e := n.fields("mois", "mois_maximum", "demarche", "au_plus_tot", "au_plus_tard", "reference")
	r := &Renewal{Months: months(e, "mois", n, 0), Step: RenewalSteps[0], References: sourced(e, n, refs)}
	if r.AtMost = r.Months; !e["mois_maximum"].absent() {
		if r.AtMost = e["mois_maximum"].integer(); r.AtMost <= r.Months {
			e["mois_maximum"].fault("« mois_maximum: » dépasse « mois: », ou ne s'écrit pas")
		}
	}
	if r.Months == 0 {
		for _, name := range []string{"mois_maximum", "demarche", "au_plus_tot", "au_plus_tard"} {
			if !e[name].absent() {
				e[name].fault("un droit sans terme (« mois: 0 ») n'a ni démarche ni dates de renouvellement")
			}
		}
		return r
	}
	r.Step = word(e["demarche"], n, "demarche", RenewalSteps)
	for name, at := range map[string]*int{"au_plus_tot": &r.Opens, "au_plus_tard": &r.Closes} {
		if !e[name].absent() {
			if *at = e[name].integer(); *at < 1 || *at > r.Months {
				e[name].fault("des mois avant la fin du droit sont attendus ici, de 1 à %d", r.Months)
			}
		}
	}
	if r.Opens > 0 && r.Closes > r.Opens {
		e["au_plus_tard"].fault("« au_plus_tard: » vient après « au_plus_tot: », donc moins de mois avant la fin")
	}
	return r
}

// months reads a count of months that must be there, and at least least.
func months(e map[string]node, name string, within node, least int) int {
	if e[name].absent() {
		within.fault("« %s: » manque", name)
		return least
	}
	n := e[name].integer()
	if n < least {
		e[name].fault("« %s: » est au moins %d", name, least)
	}
	return n
}

// word reads one of some words, that must be there.
func word(n, within node, name string, words []string) string {
	text := ""
	if !n.absent() {
		text = n.text()
	}
	if !slices.Contains(words, text) {
		n.orTop(within).fault("« %s: » est %s", name, strings.Join(words[:len(words)-1], ", ")+" ou "+words[len(words)-1])
	}
	return text
}

// sourced reads the « reference: » that every rule of procedure must have.
func sourced(e map[string]node, within node, refs references) []Reference {
	if e["reference"].absent() {
		within.fault("« reference: » manque")
		return nil
	}
	return refs.cite(e["reference"])
}
