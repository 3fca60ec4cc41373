package desk

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"guichet/locales"
	"guichet/takeup"
	"guichet/takeup/people"
)

func (d *Desk) administrationRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/administration/agents", right: people.Staff, serve: (*visit).agents},
		{method: http.MethodPost, pattern: "/administration/agents", right: people.Staff, serve: (*visit).addAgent},
		{method: http.MethodGet, pattern: "/administration/agents/{agent}", right: people.Staff, serve: (*visit).agent},
		{method: http.MethodPost, pattern: "/administration/agents/{agent}/fonction", right: people.Staff, serve: (*visit).setRole},
		{method: http.MethodPost, pattern: "/administration/agents/{agent}/etat", right: people.Staff, serve: (*visit).setState},
		{method: http.MethodPost, pattern: "/administration/agents/{agent}/mot-de-passe", right: people.Staff, serve: (*visit).resetAgent},
		{method: http.MethodGet, pattern: "/administration/cles", right: people.Staff, serve: (*visit).keys},
		{method: http.MethodPost, pattern: "/administration/cles", right: people.Staff, serve: (*visit).addKey},
		{method: http.MethodPost, pattern: "/administration/cles/{cle}/retrait", right: people.Staff, serve: (*visit).revokeKey},
		{method: http.MethodGet, pattern: "/acces", right: people.Oversight, serve: (*visit).accesses},
	}
}

// choice is one of a list.
type choice struct {
	Value, Words string
	Chosen       bool
}

func roleChoices(l locales.Printer, chosen people.Role) []choice {
	var out []choice
	for _, role := range people.Roles() {
		out = append(out, choice{string(role), l.T("cadre.role." + string(role)), role == chosen})
	}
	return out
}

// agentRow is an agent in a list.
type agentRow struct {
	people.Agent
	RoleWords string
}

// agentsPage lists the agents of the CCAS, and adds one.
type agentsPage struct {
	frame
	Agents       []agentRow
	Roles        []choice
	Login, Name  string // as they were typed
	LoginMistake string
	Secret       string // the password of an agent just added: shown once
	For          string // whose it is
	NoFactors    bool   // nobody here can have a second factor, for want of a key
}

func (v *visit) agents() {
	v.agentsPage(http.StatusOK, agentsPage{Roles: roleChoices(v.L, people.Reception)})
}

func (v *visit) agentsPage(status int, page agentsPage) {
	title := v.L.T("administration.agents.titre")
	page.frame, page.NoFactors = v.frame(title, "administration"), !v.keep.People.HasFactors()
	if page.LoginMistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	all, err := v.keep.People.Agents(v.ctx(), v.who.CCAS)
	if err != nil {
		v.broken(err)
		return
	}
	for _, a := range all {
		page.Agents = append(page.Agents, agentRow{a, v.L.T("cadre.role." + string(a.Role))})
	}
	v.show(status, "agents", page)
}

func (v *visit) addAgent() {
	form := v.r.PostForm
	n := people.NewAgent{CCAS: v.who.CCAS, Login: form.Get("identifiant"), Name: form.Get("nom"), Role: people.Role(form.Get("fonction"))}
	a, password, err := v.keep.People.AddAgent(v.ctx(), v.who.ID, n)
	page := agentsPage{Login: shownAgain(n.Login), Name: shownAgain(n.Name), Roles: roleChoices(v.L, n.Role)}
	switch {
	case errors.Is(err, people.ErrTaken):
		page.LoginMistake = v.L.T("administration.agents.pris")
	case errors.Is(err, people.ErrShape):
		page.LoginMistake = v.L.T("administration.agents.forme")
	case err != nil:
		v.broken(err)
		return
	default:
		v.agentsPage(http.StatusOK, agentsPage{Roles: roleChoices(v.L, people.Reception), Secret: password, For: a.Login})
		return
	}
	v.agentsPage(http.StatusUnprocessableEntity, page)
}

// agentPage is one agent, and what can be done about them.
type agentPage struct {
	frame
	agentRow
	Since  string
	Roles  []choice
	Own    bool // it is the administrator themself: no door is shut from the inside
	Secret string
}

// found gives the agent that the address names; false when the answer is given: there is none in this CCAS.
func (v *visit) found() (people.Agent, bool) {
	a, err := v.keep.People.Agent(v.ctx(), v.who.CCAS, takeup.Agent(chi.URLParam(v.r, "agent")))
	if err != nil {
		v.broken(err)
		return people.Agent{}, false
	}
	return a, true
}

// foundOther gives the agent that the address names, who is not the one who asks.
func (v *visit) foundOther() (people.Agent, bool) {
	a, ok := v.found()
	if ok && a.ID == v.who.ID {
		v.refused()
		return people.Agent{}, false
	}
	return a, ok
}

func (v *visit) agent() {
	if a, ok := v.found(); ok {
		v.agentPage(a, "")
	}
}

func (v *visit) agentPage(a people.Agent, secret string) {
	v.show(http.StatusOK, "agent", agentPage{
		frame: v.frame(a.Name, "administration"), agentRow: agentRow{a, v.L.T("cadre.role." + string(a.Role))}, Since: v.L.Date(a.MadeAt.In(v.at.Location())),
		Roles: roleChoices(v.L, a.Role), Own: a.ID == v.who.ID, Secret: secret,
	})
}

func (v *visit) setRole() {
	a, ok := v.foundOther()
	if !ok {
		return
	}
	v.changed(v.keep.People.SetRole(v.ctx(), v.who.ID, a, people.Role(v.r.PostForm.Get("fonction"))), a)
}

func (v *visit) setState() {
	a, ok := v.foundOther()
	if !ok {
		return
	}
	state := v.r.PostForm.Get("etat")
	if state != "actif" && state != "inactif" {
		v.refused()
		return
	}
	v.changed(v.keep.People.SetDisabled(v.ctx(), v.who.ID, a, state == "inactif"), a)
}

// changed ends a change of an agent: their page again.
func (v *visit) changed(err error, a people.Agent) {
	switch {
	case errors.Is(err, people.ErrShape):
		v.refused()
	case err != nil:
		v.broken(err)
	default:
		v.goTo(Home + "/administration/agents/" + string(a.ID))
	}
}

func (v *visit) resetAgent() {
	a, ok := v.foundOther()
	if !ok {
		return
	}
	password, err := v.keep.People.Reset(v.ctx(), v.who.ID, a)
	if err != nil {
		v.broken(err)
		return
	}
	if a, ok = v.found(); ok {
		v.agentPage(a, password)
	}
}
