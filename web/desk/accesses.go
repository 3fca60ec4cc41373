package desk

import (
	"net/http"
	"time"

	"guichet/takeup"
	"guichet/takeup/people"
)

// mostAccesses is how many lines of the log a page shows.
const mostAccesses = 200

// accessRow is one line of the log.
type accessRow struct{ At, Agent, What, About string }

// accessesPage is the log of who read what, for the data protection officer.
type accessesPage struct {
	frame
	Rows   []accessRow
	Agents []choice
	Code   string // the case asked for
	More   string // the moment before which the older lines stand; empty when there are none
	Chosen string // the agent asked for
}

// accesses answers GET /accueil/acces. The filter stands in the address: a case's code and an agent's identifier say nothing of anyone.
func (v *visit) accesses() {
	q := v.r.URL.Query()
	f := people.AccessFilter{Agent: takeup.Agent(q.Get("agent"))}
	page := accessesPage{frame: v.frame(v.L.T("administration.acces.titre"), "acces"), Chosen: q.Get("agent")}
	if text := q.Get("dossier"); text != "" {
		code, err := takeup.ReadCode(text)
		if err != nil {
			code = "-" // no case has it
		}
		f.Case, page.Code = code, string(code)
	}
	if at, err := time.Parse(time.RFC3339, q.Get("avant")); err == nil {
		f.Before = at
	}
	agents, err := v.keep.People.Agents(v.ctx(), v.who.CCAS)
	if err != nil {
		v.broken(err)
		return
	}
	names := map[string]string{}
	for _, a := range agents {
		names[string(a.ID)] = a.Name
		page.Agents = append(page.Agents, choice{string(a.ID), a.Name, a.ID == f.Agent})
	}
	all, err := v.keep.People.Accesses(v.ctx(), v.who.CCAS, f, mostAccesses)
	if err != nil {
		v.broken(err)
		return
	}
	for _, a := range all {
		row := accessRow{At: v.L.Date(a.At.In(v.at.Location())) + " " + a.At.In(v.at.Location()).Format("15:04"), What: v.L.T("administration.acces.quoi." + string(a.What)), About: string(a.Case)}
		if row.Agent = names[string(a.Agent)]; a.Agent == "" {
			row.Agent = v.L.T("administration.acces.programme")
		}
		if row.About == "" {
			if row.About = names[a.About]; row.About == "" {
				row.About = a.About
			}
		}
		page.Rows = append(page.Rows, row)
	}
	if len(all) == mostAccesses {
		page.More = all[len(all)-1].At.Format(time.RFC3339Nano)
	}
	v.show(http.StatusOK, "acces", page)
}
