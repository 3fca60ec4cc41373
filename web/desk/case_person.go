package desk

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/retention"
	"guichet/takeup/store"
	"guichet/takeup/vault"
)

// What the log of accesses knows of the readings of this file, beside that of a case.
const (
	personRead   people.What = "personne.lue"
	personWrote  people.What = "personne.changee"
	personForgot people.What = "personne.oubliee"
)

// personPage is what could name the person of a case, shown when an agent asks for it.
type personPage struct {
	frame
	Code       takeup.Code
	Back       string
	Address    string
	Fields     []fieldView
	Mistakes   []counterLink
	HasContact bool
	HasAnswers bool
	Answers    []answerGroup
	None       bool // there is no vault
}

// person answers GET /accueil/dossiers/{code}/personne. The log says that it was read.
func (v *visit) person() {
	c, ok := v.foundCase(personRead)
	if !ok {
		return
	}
	v.personPage(http.StatusOK, c, nil, nil)
}

func (v *visit) personPage(status int, c *takeup.Case, in map[string][]string, wrong map[string]string) {
	title := v.L.T("dossier.personne.titre")
	page := personPage{frame: v.frame(title+" · "+string(c.Code), "dossiers"), Code: c.Code, Back: caseAddress(c.Code), Address: caseAddress(c.Code) + "/personne", None: v.keep.Vault == nil}
	if page.None {
		v.show(status, "personne", page)
		return
	}
	if len(wrong) > 0 {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	contact, err := v.keep.Vault.Contact(v.ctx(), v.who.CCAS, c.Code)
	if err != nil && !errors.Is(err, vault.ErrNothing) {
		v.broken(err)
		return
	}
	page.HasContact = err == nil
	if in == nil {
		in = map[string][]string{"nom": {contact.Name}, "telephone": {contact.Phone}, "courriel": {contact.Email}, "libre": {contact.Free}}
	}
	if c.IsOpen() {
		page.FormID = "personne"
		page.Fields = (&formMaker{visit: v, in: in, wrong: wrong}).contact()
	}
	for _, f := range page.Fields {
		if f.Mistake != "" {
			page.Mistakes = append(page.Mistakes, counterLink{f.ID, f.Words + " : " + f.Mistake})
		}
	}
	kept, err := v.keep.Vault.Answers(v.ctx(), v.who.CCAS, c.Code)
	switch {
	case errors.Is(err, vault.ErrNothing):
	case err != nil:
		v.broken(err)
		return
	default:
		page.HasAnswers = true
		page.Answers = v.answersTold(kept)
	}
	v.show(status, "personne", page)
}

// keepContact changes how to reach the person.
func (v *visit) keepContact() {
	c, ok := v.foundCase(personWrote)
	if !ok {
		return
	}
	if v.keep.Vault == nil {
		v.refused()
		return
	}
	in := v.r.PostForm
	if v.wasLocked() {
		v.personPage(http.StatusOK, c, in, nil)
		return
	}
	contact := vault.Contact{Name: strings.TrimSpace(in.Get("nom")), Phone: strings.TrimSpace(in.Get("telephone")), Email: strings.TrimSpace(in.Get("courriel")), Free: strings.TrimSpace(in.Get("libre"))}
	err := v.keep.Vault.PutContact(v.ctx(), v.who.CCAS, c.Code, contact, v.at)
	field, text, bad := v.refusal(err)
	switch {
	case bad:
		v.personPage(http.StatusUnprocessableEntity, c, in, map[string]string{field: text})
	case errors.Is(err, vault.ErrClosed):
		v.refused()
	case err != nil:
		v.broken(err)
	default:
		v.goTo(caseAddress(c.Code))
	}
}

// forget takes contact details or answers away.
func (v *visit) forget() {
	c, ok := v.foundCase(personForgot)
	if !ok {
		return
	}
	if v.keep.Vault == nil {
		v.refused()
		return
	}
	var err error
	switch v.r.PostForm.Get("quoi") {
	case "coordonnees":
		err = v.keep.Vault.ForgetContact(v.ctx(), v.who.CCAS, c.Code)
	case "reponses":
		err = v.keep.Vault.ForgetAnswers(v.ctx(), v.who.CCAS, c.Code)
	default:
		v.refused()
		return
	}
	if err != nil {
		v.broken(err)
		return
	}
	v.goTo(caseAddress(c.Code))
}

// personsPage lets the data protection officer give someone what is kept of them, or erase it.
type personsPage struct {
	frame
	Code, Mistake, Told string
}

// persons answers GET /accueil/personnes.
func (v *visit) persons() { v.personsPage(http.StatusOK, "", "", "") }

func (v *visit) personsPage(status int, code, mistake, told string) {
	title := v.L.T("dossier.droits.titre")
	page := personsPage{frame: v.frame(title, "personnes"), Code: code, Mistake: mistake, Told: told}
	if mistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	v.show(status, "personnes", page)
}

// named gives the case whose code was typed, and notes what is done with it; false when the page is shown again.
func (v *visit) named(what people.What) (takeup.Code, bool) {
	code, err := takeup.ReadCode(v.r.PostForm.Get("code"))
	if err == nil {
		if _, err = v.keep.Cases.Case(v.ctx(), v.who.CCAS, code); err == nil {
			return code, v.noteReading(code, what)
		}
	}
	if err != nil && !errors.Is(err, takeup.ErrCode) && !errors.Is(err, store.ErrNotFound) {
		v.broken(err)
		return "", false
	}
	v.personsPage(http.StatusUnprocessableEntity, "", v.L.T("dossier.liste.inconnu"), "")
	return "", false
}

// export answers with everything that is kept about a person, as JSON to save.
func (v *visit) export() {
	code, ok := v.named(people.PersonGiven)
	if !ok {
		return
	}
	if v.keep.Vault == nil || v.keep.DB == nil {
		v.fail(http.StatusServiceUnavailable, "")
		return
	}
	p, err := retention.Export(v.ctx(), v.keep.DB, v.keep.Vault, v.who.CCAS, code)
	if err != nil {
		v.broken(err)
		return
	}
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		panic("writing an export") // it is plain data; its words could hold some of it
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="dossier-`+string(code)+`.json"`)
	h.Set("Cache-Control", "no-store")
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(append(text, '\n'))
}

// erase takes everything away that is kept about a person.
func (v *visit) erase() {
	if v.r.PostForm.Get("accord") != "oui" {
		v.personsPage(http.StatusUnprocessableEntity, v.r.PostForm.Get("code"), v.L.T("dossier.droits.confirmer"), "")
		return
	}
	code, ok := v.named(people.PersonErased)
	if !ok {
		return
	}
	if v.keep.DB == nil {
		v.fail(http.StatusServiceUnavailable, "")
		return
	}
	if err := retention.Erase(v.ctx(), v.keep.DB, v.who.CCAS, code); err != nil {
		v.broken(err)
		return
	}
	v.personsPage(http.StatusOK, "", "", v.L.T("dossier.droits.efface", "Code", string(code)))
}
