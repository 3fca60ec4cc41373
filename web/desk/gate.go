package desk

import (
	"errors"
	"net/http"

	"guichet/takeup/people"
)

func (d *Desk) gateRoutes() []route {
	var byProvider []route
	if d.provider != nil {
		byProvider = []route{
			{method: http.MethodGet, pattern: "/connexion/fournisseur", public: true, serve: (*visit).leave},
			{method: http.MethodGet, pattern: "/connexion/retour", public: true, serve: (*visit).comeBack},
		}
	}
	return append(byProvider, []route{
		{method: http.MethodGet, pattern: "/connexion", public: true, serve: (*visit).gate},
		{method: http.MethodPost, pattern: "/connexion", public: true, serve: (*visit).signIn},
		{method: http.MethodPost, pattern: "/connexion/code", public: true, serve: (*visit).giveFactor},
		{method: http.MethodPost, pattern: "/deconnexion", public: true, serve: (*visit).signOut},
		{method: http.MethodPost, pattern: "/verrou", early: true, serve: (*visit).lock},
	}...)
}

// gatePage is the sign-in.
type gatePage struct {
	frame
	Empty    bool   // there is no agent yet
	Login    string // never shown back: the field is for the browser to fill
	Mistake  string
	Provider string // what the button of the provider says; empty when there is none
	Second   bool   // the second factor is awaited
	Waiting  string // a sealed form that comes back after the sign-in; empty when none waits
}

func (v *visit) gatePage(status int, mistake string) {
	has, err := v.keep.People.HasAgents(v.ctx())
	if err != nil {
		v.broken(err)
		return
	}
	page := gatePage{frame: v.frame(v.L.T("connexion.titre"), ""), Empty: !has, Mistake: mistake, Waiting: v.r.PostForm.Get(waitingField)}
	if mistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", v.L.T("connexion.titre"))
	}
	if v.d.provider != nil {
		page.Provider = v.L.T("connexion.fournisseur", "Nom", v.d.provider.Name())
	}
	v.show(status, "connexion", page)
}

// gate answers GET /accueil/connexion.
func (v *visit) gate() {
	switch v.session.Stage {
	case people.Open, people.Locked:
		v.goTo(Home)
	case people.Second:
		v.factorPage(http.StatusOK, "")
	default:
		v.gatePage(http.StatusOK, "")
	}
}

// signIn answers the form of the sign-in.
func (v *visit) signIn() {
	form := v.r.PostForm
	token, stage, err := v.keep.People.SignIn(v.ctx(), form.Get("identifiant"), form.Get("mot_de_passe"), v.address())
	if err != nil {
		v.notLetIn(err, v.gatePage)
		return
	}
	if v.token != "" && v.session.Stage != "" { // the one that the browser came with ends here
		if err := v.keep.People.SignOut(v.ctx(), v.session); err != nil {
			v.broken(err)
			return
		}
	}
	v.giveToken(token)
	if stage == people.Second {
		if v.r.PostForm.Get(waitingField) != "" {
			v.factorPage(http.StatusOK, "")
			return
		}
		v.goTo(Home + "/connexion")
		return
	}
	v.welcome()
}

// notLetIn shows a page again with what was wrong with a secret.
func (v *visit) notLetIn(err error, page func(status int, mistake string)) {
	var wait *people.Wait
	switch {
	case errors.As(err, &wait):
		v.w.Header().Set("Retry-After", seconds(wait.Until.Sub(v.at)))
		page(http.StatusTooManyRequests, v.waitWords(wait))
	case errors.Is(err, people.ErrRefused):
		page(http.StatusUnprocessableEntity, v.L.T("connexion.refus"))
	case errors.Is(err, people.ErrNoSession):
		v.takeToken()
		v.goTo(Home + "/connexion")
	default:
		v.broken(err)
	}
}

func (v *visit) factorPage(status int, mistake string) {
	page := gatePage{frame: v.frame(v.L.T("connexion.code.titre"), ""), Second: true, Mistake: mistake, Waiting: v.r.PostForm.Get(waitingField)}
	if mistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", v.L.T("connexion.code.titre"))
	}
	v.show(status, "connexion", page)
}

// giveFactor answers the form of the second factor.
func (v *visit) giveFactor() {
	if v.session.Stage != people.Second {
		v.goTo(Home + "/connexion")
		return
	}
	token, err := v.keep.People.GiveFactor(v.ctx(), v.session, v.r.PostForm.Get("code"))
	if err != nil {
		v.notLetIn(err, v.factorPage)
		return
	}
	v.giveToken(token)
	v.welcome()
}

// signOut ends the session, locked or not.
func (v *visit) signOut() {
	if v.session.Stage != "" {
		if err := v.keep.People.SignOut(v.ctx(), v.session); err != nil {
			v.broken(err)
			return
		}
	}
	v.takeToken()
	v.w.Header().Set("Clear-Site-Data", `"cache"`)
	v.goTo(Home + "/connexion")
}
