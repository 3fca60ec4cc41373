package desk

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5/middleware"

	"guichet/takeup/people"
)

// Cookie is the name of the cookie that holds the token of a session: of this host alone, over TLS alone, and of no script.
const Cookie = "__Host-guichet"

// signedInPolicy is that of the server, and lets our own scripts run: the one that goes to the lock.
const signedInPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// visited makes a visit of a request, and lets it in by the session and the role that the route wants.
func (d *Desk) visited(one route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{d: d, w: w, r: r, L: d.words, at: d.clock()}
		w.Header().Set("Cache-Control", "no-store")
		if r.Method == http.MethodPost && r.ParseForm() != nil {
			v.refused()
			return
		}
		var err error
		if v.keep, err = d.open(r.Context()); err != nil {
			v.broken(err)
			return
		}
		if v.token = tokenOf(r); v.token != "" {
			v.session, err = v.keep.People.Session(r.Context(), v.token)
			if err != nil && !errors.Is(err, people.ErrNoSession) {
				v.broken(err)
				return
			}
		}
		switch {
		case one.public:
			one.serve(v)
		case v.session.Stage == people.Open:
			v.enter(one)
		case v.session.Stage == people.Locked:
			v.behindLock(one)
		default:
			v.signInAgain()
		}
	}
}

// enter serves a route to an agent whose session is open.
func (v *visit) enter(one route) {
	v.w.Header().Set("Content-Security-Policy", signedInPolicy)
	v.who, v.centre = v.session.Agent, v.session.Centre
	if err := v.keep.People.Touch(v.ctx(), v.session); err != nil {
		v.broken(err)
		return
	}
	if v.r.Method == http.MethodPost && v.r.PostForm.Has(waitingField) && !v.takeUp(v.r.PostForm.Get(waitingField)) {
		v.goTo(v.room())
		return
	}
	switch {
	case v.r.Method == http.MethodPost && v.r.PostForm.Get("verrou") == "fermer":
		v.lock()
	case v.who.Renew && v.session.Proof == people.ByPassword && !one.early:
		v.goTo(Home + "/compte/mot-de-passe")
	case v.who.Role.May(one.right):
		one.serve(v)
	case one.pattern == "":
		v.start()
	default:
		v.missing()
	}
}

func tokenOf(r *http.Request) string {
	c, err := r.Cookie(Cookie)
	if err != nil {
		return ""
	}
	return c.Value
}

// giveToken has the browser keep the token of a session until it is closed.
func (v *visit) giveToken(token string) {
	http.SetCookie(v.w, &http.Cookie{Name: Cookie, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	v.token = token
}

func (v *visit) takeToken() {
	http.SetCookie(v.w, &http.Cookie{Name: Cookie, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode})
}

// address is the network address of the request, as the server found it.
func (v *visit) address() string { return middleware.GetClientIP(v.ctx()) }
