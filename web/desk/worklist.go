package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"guichet/takeup"
)

// taskRow is a task in the worklist.
type taskRow struct {
	caseTask
	Code, Address, Right, Referent string
	When                           string // how late, or the day
	Tries                          string // how often someone was tried to be reached in vain
	Acts                           []rowAct
}

// taskGroup is one part of the worklist.
type taskGroup struct {
	ID, Name, Chip, Icon string
	Rows                 []taskRow
}

// worklistPage is what is to be done.
type worklistPage struct {
	frame
	Heading, Count string
	Agents, Aids   []choice
	Groups         []taskGroup
	Return         string // what a row's act comes back to: the filters
	Noted          string // that something was noted, in which case
	NotedAt, Undo  string // addresses of that case, and of taking it back
}

// worklist answers GET /accueil/a-faire: late, today, and in seven days. The filters stand in the address: they say nothing of anyone.
func (v *visit) worklist() {
	q := v.r.URL.Query()
	if !q.Has("agent") {
		q.Set("agent", string(v.who.ID))
	}
	keep := takeup.Filter{Agent: takeup.Agent(q.Get("agent")), Aid: q.Get("droit")}
	page := worklistPage{frame: v.frame(v.L.T("cadre.onglet.a_faire"), "a_faire"), Heading: v.L.T("a_faire.titre", "Date", v.L.Date(v.at))}
	names, err := v.agentNames()
	if err != nil {
		v.broken(err)
		return
	}
	all, err := v.d.tasks(v.ctx(), v.keep, v.who.CCAS)
	if err != nil {
		v.broken(err)
		return
	}
	today := takeup.DayOf(v.at)
	list := takeup.WorklistOf(slices.Values(all.tasks), today, keep)
	page.Return = url.Values{"agent": {string(keep.Agent)}, "droit": {keep.Aid}}.Encode()
	if code, err := takeup.ReadCode(q.Get(notedIn)); err == nil {
		page.Noted, page.NotedAt = v.L.T("a_faire.note", "Code", string(code)), caseAddress(code)
		page.Undo = backTo(page.NotedAt+"/noter/annulation", page.Return)
	}
	rows := func(tasks []takeup.Task) []taskRow { return v.taskRows(tasks, all.places, page.Return, names) }
	page.Count = v.L.T("a_faire.compte", "Retard", strconv.Itoa(len(list.Late)), "Jour", strconv.Itoa(len(list.Today)), "Semaine", strconv.Itoa(len(list.Week)))
	page.Groups = []taskGroup{
		{"retard", v.L.T("a_faire.retard"), "late", "alert", rows(list.Late)},
		{"jour", v.L.T("a_faire.jour"), "todo", "clock", rows(list.Today)},
		{"semaine", v.L.T("a_faire.semaine"), "maybe", "clock", rows(list.Week)},
	}
	page.Agents = []choice{{Value: "", Words: v.L.T("a_faire.equipe"), Chosen: keep.Agent == ""}}
	aids := map[string]bool{}
	referents := map[takeup.Agent]bool{v.who.ID: true}
	for _, t := range all.tasks {
		aids[t.Right.Aid] = t.Right.Aid != ""
		referents[t.Referent] = true
	}
	for id, name := range names {
		if referents[id] {
			page.Agents = append(page.Agents, choice{string(id), name, id == keep.Agent})
		}
	}
	page.Aids = []choice{{Value: "", Words: v.L.T("a_faire.tous"), Chosen: keep.Aid == ""}}
	for id, has := range aids {
		if has {
			page.Aids = append(page.Aids, choice{id, v.aidCalled(id), id == keep.Aid})
		}
	}
	for _, list := range [][]choice{page.Agents[1:], page.Aids[1:]} {
		slices.SortFunc(list, func(a, b choice) int {
			if a.Words < b.Words {
				return -1
			}
			return 1
		})
	}
	v.show(http.StatusOK, "a_faire", page)
}

func (v *visit) taskRows(tasks []takeup.Task, places map[takeup.Code]casePlace, back string, names agentNames) []taskRow {
	var out []taskRow
	today := takeup.DayOf(v.at)
	for _, t := range tasks {
		row := taskRow{caseTask: v.task(t, today), Code: string(t.Case), Address: caseAddress(t.Case), Right: v.rightName(t.Right), Referent: names.of(v, t.Referent)}
		row.What, row.Acts = v.taskWords(t), v.rowActs(t, places[t.Case], back)
		if t.Tries > 0 {
			row.Tries = v.L.N("a_faire.essais", t.Tries)
		}
		switch {
		case row.Late:
			row.When = v.L.N("indicateurs.jours", int(today-t.Due))
		case t.Due == today && t.Kind == takeup.TaskAppeal:
			row.When = v.L.T("a_faire.dernier_jour")
		case t.Due == today:
			row.When = v.L.T("a_faire.aujourdhui")
		default:
			row.When = row.Day
		}
		out = append(out, row)
	}
	return out
}

// late is how many things are late for the agent; nothing when that cannot be known now.
func (v *visit) late() int {
	if v.keep == nil || v.keep.Cases == nil {
		return 0
	}
	all, err := v.d.tasks(v.ctx(), v.keep, v.who.CCAS)
	if err != nil {
		return 0 // the page itself says what the database says
	}
	today, count := takeup.DayOf(v.at), 0
	for _, t := range all.tasks {
		if t.Due < today && t.Referent == v.who.ID {
			count++
		}
	}
	return count
}
