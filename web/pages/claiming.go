package pages

import (
	"slices"

	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/usefulness"
	"guichet/locales"
	"guichet/web/telling"
)

// claiming is where and how to ask for an aid, and what follows.
type claiming struct {
	Ask, Paper          string
	Unasked             string // said of an aid that comes without a claim
	Here                string // the offices of the household's own département
	Online, OnlineWords string
	Sheet               string   // the official page about the aid
	Delays              []string // what time changes
	Backdating          []ruleset.Reference
	Follows             []string // silence, appeal, renewal
	Keep                string   // what it takes to keep the right, when it takes something
	FollowsTexts        []ruleset.Reference
}

// claiming tells of an aid to those who live in a commune; "" when it is not known.
func (v *visit) claiming(aid *ruleset.Aid, commune string) claiming {
	k := claiming{Online: aid.Online, OnlineWords: v.L.T("demarche.en_ligne"), Sheet: aid.Sheet, Backdating: aid.Backdating}
	if len(aid.Unasked) > 0 {
		k.Unasked = v.L.T("demarche.sans_demande")
	}
	if k.Unasked == "" || aid.Online != "" || aid.Form != "" {
		k.Ask = v.L.T("demarche.demander", "Organismes", v.bodies(aid.AskAt))
	}
	if aid.Form != "" {
		k.Paper = v.L.T("demarche.formulaire", "Formulaire", aid.Form)
	}
	k.Here = v.here(aid, commune)
	switch {
	case aid.BackMonths > 0:
		k.Delays = append(k.Delays, v.L.N("demarche.retour", aid.BackMonths))
	case len(aid.Backdating) > 0 && k.Unasked == "":
		k.Delays = append(k.Delays, v.L.T("demarche.sans_retour"))
	}
	if aid.AnswerIn > 0 {
		k.Delays = append(k.Delays, v.L.N("demarche.delai", aid.AnswerIn))
	}
	v.follow(&k, aid.Procedure)
	return k
}

// askThere says in one sentence whom to ask, by the names of the offices of a commune where they are known.
func (v *visit) askThere(aid *ruleset.Aid, commune string) string {
	var names []string
	for _, body := range aid.AskAt {
		name := v.L.T("organisme." + body)
		if office := telling.Office(body, commune); office != "" {
			name = v.L.French(typeset(office))
		}
		names = append(names, name)
	}
	return v.L.T("demarche.demander", "Organismes", v.L.Either(names))
}

// here names the offices that serve a commune, in French as their letters do; "" when the commune does not tell them.
func (v *visit) here(aid *ruleset.Aid, commune string) string {
	var names []string
	for _, body := range aid.AskAt {
		if name := telling.Office(body, commune); name != "" {
			names = append(names, v.L.French(typeset(name)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return v.L.T("demarche.ici", "Noms", v.L.Either(names))
}

// year is a year, in months: people count in years from two on.
const year = 12

// follow tells what comes after a claim.
func (v *visit) follow(k *claiming, p ruleset.Procedure) {
	cite := func(words string, refs []ruleset.Reference) {
		k.Follows = append(k.Follows, words)
		for _, r := range refs {
			if !slices.Contains(k.FollowsTexts, r) {
				k.FollowsTexts = append(k.FollowsTexts, r)
			}
		}
	}
	months := func(n int) string {
		if n > year && n%year == 0 {
			return v.L.Unit(float64(n/year), "annees")
		}
		return v.L.Unit(float64(n), "mois")
	}
	if s := p.Silence; s != nil {
		key := "suite.silence_rejet"
		if s.Accepts {
			key = "suite.silence_acceptation"
		}
		cite(v.L.T(key, "Duree", months(s.Months)), s.References)
	}
	if a := p.Appeal; a != nil {
		cite(v.L.T("suite.recours", "Duree", months(a.Months), "Aupres", v.L.T("recours_aupres."+a.Before)), a.References)
	}
	switch r := p.Renewal; {
	case r == nil:
	case r.Months == 0:
		cite(v.L.T("suite.sans_terme"), r.References)
	case r.Step == "demande" && r.Opens > 0 && r.Closes > 0:
		cite(v.L.T("suite.demande_entre", "Duree", months(r.Months), "De", months(r.Opens), "A", months(r.Closes)), r.References)
	case r.Step == "demande" && r.AtMost > r.Months:
		cite(v.L.T("suite.demande_variable", "Min", months(r.Months), "Max", months(r.AtMost)), r.References)
	default:
		cite(v.L.T("suite."+r.Step, "Duree", months(r.Months)), r.References)
	}
	if r := p.Renewal; r != nil && r.Months > 0 && r.Step != "aucune" {
		k.Keep = k.Follows[len(k.Follows)-1]
	}
}

// traits says in a few words what makes an aid urgent, and how it is asked for; that it comes by itself is on its chip.
func (v *visit) traits(s usefulness.Score) []string {
	var out []string
	if s.Losing {
		out = append(out, v.L.T("effort.presse"))
	}
	if s.Effort == usefulness.Automatic {
		return out
	}
	return append(out, v.L.T("effort."+string(s.Effort)))
}

// brought gives which documents of an aid a household brings: no residence title where everyone is French, no lease where there is none.
func brought(aid *ruleset.Aid, p *profile.Profile) []string {
	french := func(q *profile.Person) bool { return q == nil || q.Nationality == "francaise" }
	allFrench := french(&p.Claimant) && french(p.Spouse)
	for i := range p.Children.Value {
		allFrench = allFrench && french(&p.Children.Value[i])
	}
	noLease := slices.Contains([]string{"sans_domicile", "heberge_gratuitement", "proprietaire"}, p.Housing.Status)
	return slices.DeleteFunc(slices.Clone(aid.Documents), func(id string) bool {
		return id == "titre_sejour" && allFrench || id == "bail_ou_quittance" && noLease
	})
}

func documents(L locales.Printer, ids []string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, L.T("document."+id))
	}
	return out
}
