package desk

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"guichet/takeup/people"
)

// Home is where the agents' pages begin.
const Home = "/accueil"

// A route is one thing that the desk answers. Without public it wants an agent who is signed in, whose role has the right.
type route struct {
	method  string
	pattern string // under Home
	right   people.Right
	public  bool // before the sign-in
	early   bool // also while the password has to be changed
	serve   func(*visit)
}

// list is all that the desk answers.
func (d *Desk) list() []route {
	return slices.Concat(
		[]route{{method: http.MethodGet, pattern: "", serve: (*visit).start}},
		d.gateRoutes(),
		d.counterRoutes(),
		d.accountRoutes(),
		d.caseRoutes(),
		d.figureRoutes(),
		d.administrationRoutes(),
	)
}

// Routes adds the pages to r.
func (d *Desk) Routes(r chi.Router) {
	for _, one := range d.list() {
		r.Method(one.method, Home+one.pattern, d.visited(one))
	}
}

// A tab is one of the desk's rooms, as the head of each page offers it.
type tab struct {
	key     string // of its words, and of the pages that are in it
	address string
	right   people.Right
}

// allTabs are the rooms in the order of the head.
var allTabs = []tab{
	{"comptoir", Home + "/comptoir", people.Counter},
	{"a_faire", Home + "/a-faire", people.Cases},
	{"dossiers", Home + "/dossiers", people.Cases},
	{"acces", Home + "/acces", people.Oversight},
	{"indicateurs", Home + "/indicateurs", people.Figures},
	{"administration", Home + "/administration/agents", people.Staff},
	{"personnes", Home + "/personnes", people.PersonData},
}

// tabsOf gives the rooms that there are pages for.
func (d *Desk) tabsOf(routes []route) []tab {
	var out []tab
	for _, t := range allTabs {
		if slices.ContainsFunc(routes, func(r route) bool {
			return r.method == http.MethodGet && Home+r.pattern == t.address && r.right == t.right
		}) {
			out = append(out, t)
		}
	}
	return out
}

// room is the address of the first room that is the agent's.
func (v *visit) room() string {
	for _, t := range v.d.tabs {
		if v.who.Role.May(t.right) {
			return t.address
		}
	}
	return Home + "/compte"
}

// start sends an agent to the first room that is theirs.
func (v *visit) start() { v.goTo(v.room()) }
