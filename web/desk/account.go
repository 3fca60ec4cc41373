package desk

import (
	"errors"
	"net/http"
	"strings"

	"github.com/boombuler/barcode/qr"

	"guichet/takeup/people"
	"guichet/web/squares"
)

func (d *Desk) accountRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/compte", serve: (*visit).account},
		{method: http.MethodGet, pattern: "/compte/mot-de-passe", early: true, serve: (*visit).password},
		{method: http.MethodPost, pattern: "/compte/mot-de-passe", early: true, serve: (*visit).changePassword},
		{method: http.MethodPost, pattern: "/compte/second-facteur/debut", serve: (*visit).beginFactor},
		{method: http.MethodPost, pattern: "/compte/second-facteur", serve: (*visit).addFactor},
		{method: http.MethodPost, pattern: "/compte/second-facteur/retrait", serve: (*visit).removeFactor},
		{method: http.MethodPost, pattern: "/compte/deconnexion-partout", serve: (*visit).signOutEverywhere},
	}
}

// accountPage is what an agent may see to about themself.
type accountPage struct {
	frame
	Login      string
	Factor     bool
	Left       string // recovery codes left, in words
	HasFactors bool
	Mistake    string // of taking the second factor away
}

func (v *visit) account() { v.accountPage(http.StatusOK, "") }

func (v *visit) accountPage(status int, mistake string) {
	page := accountPage{
		frame: v.frame(v.L.T("compte.titre"), ""), Login: v.who.Login, Factor: v.who.SecondFactor, HasFactors: v.keep.People.HasFactors(),
		Mistake: mistake,
	}
	if page.Factor {
		left, err := v.keep.People.RecoveryLeft(v.ctx(), v.who.ID)
		if err != nil {
			v.broken(err)
			return
		}
		page.Left = v.L.N("compte.facteur.reste", left)
	}
	v.show(status, "compte", page)
}

// passwordPage is where an agent changes their password.
type passwordPage struct {
	frame
	Renew      bool
	Login      string
	OldMistake string
	Mistake    string
}

func (v *visit) password() { v.passwordPage(http.StatusOK, "", "") }

func (v *visit) passwordPage(status int, old, fresh string) {
	title := v.L.T("compte.mot_de_passe.titre")
	page := passwordPage{frame: v.frame(title, ""), Renew: v.who.Renew, Login: v.who.Login, OldMistake: old, Mistake: fresh}
	if old+fresh != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	v.show(status, "mot_de_passe", page)
}

func (v *visit) changePassword() {
	form := v.r.PostForm
	if form.Get("nouveau") != form.Get("encore") {
		v.passwordPage(http.StatusUnprocessableEntity, "", v.L.T("compte.mot_de_passe.autre"))
		return
	}
	err := v.keep.People.ChangePassword(v.ctx(), v.who, v.token, form.Get("ancien"), form.Get("nouveau"))
	if weak, ok := errors.AsType[people.WeakPassword](err); ok {
		v.passwordPage(http.StatusUnprocessableEntity, "", v.L.T("compte.mot_de_passe.refus."+string(weak)))
		return
	}
	if err != nil {
		v.notLetIn(err, func(status int, mistake string) { v.passwordPage(status, mistake, "") })
		return
	}
	v.goTo(v.room())
}

// enrolPage shows the secret of a second factor, or its recovery codes: both once.
type enrolPage struct {
	frame
	Secret   string // in groups, to be typed
	Squares  string // the code to be scanned, as a path
	Width    int
	Sealed   string
	Mistake  string
	Recovery []string // shown in the place of all that, once it is kept
}

func (v *visit) beginFactor() {
	secret, err := v.keep.People.NewFactor()
	if errors.Is(err, people.ErrNoKey) {
		v.accountPage(http.StatusConflict, "")
		return
	}
	if err != nil {
		v.broken(err)
		return
	}
	v.newFactorPage(http.StatusOK, secret, "")
}

func (v *visit) newFactorPage(status int, secret, mistake string) {
	path, width, err := squares.Draw(people.FactorURI(secret, v.who.Login), qr.M, qr.Auto)
	if err != nil {
		panic("drawing a second factor") // a fault of ours; its cause could hold the secret
	}
	title := v.L.T("compte.facteur.titre")
	page := enrolPage{
		frame: v.frame(title, ""), Secret: grouped(secret), Squares: path, Width: width,
		Sealed: v.d.factors.Seal([]byte(string(v.who.ID)+" "+secret), v.at), Mistake: mistake,
	}
	if mistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	v.show(status, "facteur", page)
}

// grouped writes a secret in groups of four.
func grouped(secret string) string {
	var b strings.Builder
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (v *visit) addFactor() {
	text, _, err := v.d.factors.Open(v.r.PostForm.Get("secret"))
	whose, secret, ok := strings.Cut(string(text), " ")
	if err != nil || !ok || whose != string(v.who.ID) {
		v.refused()
		return
	}
	recovery, err := v.keep.People.AddFactor(v.ctx(), v.session, secret, v.r.PostForm.Get("code"))
	if err != nil {
		v.notLetIn(err, func(status int, mistake string) { v.newFactorPage(status, secret, mistake) })
		return
	}
	v.show(http.StatusOK, "facteur", enrolPage{frame: v.frame(v.L.T("compte.facteur.secours.titre"), ""), Recovery: recovery})
}

func (v *visit) removeFactor() {
	err := v.keep.People.RemoveFactor(v.ctx(), v.who, v.r.PostForm.Get("mot_de_passe"))
	if err != nil {
		v.notLetIn(err, func(status int, mistake string) { v.accountPage(status, mistake) })
		return
	}
	v.goTo(Home + "/compte")
}

func (v *visit) signOutEverywhere() {
	if err := v.keep.People.SignOutEverywhere(v.ctx(), v.who.ID); err != nil {
		v.broken(err)
		return
	}
	v.takeToken()
	v.goTo(Home + "/connexion")
}
