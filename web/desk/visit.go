package desk

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"guichet/locales"
	"guichet/takeup/people"
)

// A visit is one request of an agent.
type visit struct {
	d  *Desk
	w  http.ResponseWriter
	r  *http.Request
	L  locales.Printer // the agents' words and everybody's dates and amounts, in French
	at time.Time

	keep    *Keep
	session people.Session // the zero one before the sign-in
	token   string
	resumed string        // tag of the ended session whose form is gone on with; empty for most
	who     people.Agent  // who is signed in
	centre  people.Centre // their CCAS: the only one that exists for them
}

// frame is what every page has around its own part.
type frame struct {
	L         locales.Printer
	Title     string // of the window
	Style     string // addresses of the style sheets
	DeskStyle string
	Icon      string
	Home      string
	Centre    string    // name of the CCAS; empty before the sign-in
	Me        string    // name of the agent; empty before the sign-in
	Role      string    // in words
	Tabs      []tabLink // that the agent may open
	FormID    string    // id of the page's form that a lock has to keep; empty when there is none
	Here      string    // the page's own address, that it comes back to from behind a lock

	LockScript string // address of the script that goes to the lock
	LockAfter  int    // seconds without a sign of the agent after which it does
}

// tabLink is a tab in the head of a page.
type tabLink struct {
	Words, Address string
	Current        bool
	Late           int // how many things are late there; 0 says nothing
}

// frame makes the frame of a page whose own name is title, in the room of a tab ("" for none).
func (v *visit) frame(title, room string) frame {
	f := frame{
		L: v.L, Title: v.L.T("site.titre", "Page", title), Style: v.d.static.Path("guichet.css"), DeskStyle: v.d.static.Path("desk.css"),
		Icon: v.d.static.Path("icon.svg"), Home: Home, Here: v.r.URL.Path,
		LockScript: v.d.static.Path("verrou.js"), LockAfter: int(people.LockAfter.Seconds()),
	}
	if v.session.Stage != people.Open {
		return f
	}
	f.Centre, f.Me, f.Role = v.centre.Name, v.who.Name, v.L.T("cadre.role."+string(v.who.Role))
	if v.who.Renew && v.session.Proof == people.ByPassword {
		return f
	}
	for _, t := range v.d.tabs {
		if v.who.Role.May(t.right) {
			link := tabLink{Words: v.L.T("cadre.onglet." + t.key), Address: t.address, Current: t.key == room}
			if t.key == "a_faire" {
				link.Late = v.late()
			}
			f.Tabs = append(f.Tabs, link)
		}
	}
	return f
}

// show writes a page. It is made whole before the first byte leaves, so that a fault gives a clean error page. Nothing of the desk is
// ever kept by a browser.
func (v *visit) show(status int, name string, page any) {
	var b bytes.Buffer
	if err := v.d.templates[name].ExecuteTemplate(&b, "layout", page); err != nil {
		panic("rendering " + name + ": " + err.Error()) // a fault of ours: the server's last resort answers
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.L.Tag)
	h.Set("Cache-Control", "no-store")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b.Bytes())
}

// goTo ends an action: the browser asks for another page.
func (v *visit) goTo(address string) {
	v.w.Header().Set("Cache-Control", "no-store")
	http.Redirect(v.w, v.r, address, http.StatusSeeOther)
}

// ctx is the context of the request.
func (v *visit) ctx() context.Context { return v.r.Context() }
