package desk

import (
	"bytes"
	"crypto/sha512"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"guichet/takeup"
	"guichet/takeup/indicators"
	"guichet/takeup/people"
	"guichet/takeup/recomputation"
	"guichet/takeup/store"
	"guichet/takeup/vault"
)

// codeOf gives the code that a form opens a case under: the same form gives the same code, so that sending it twice opens one case.
func codeOf(id string) takeup.Code {
	sum := sha512.Sum512([]byte("dossier " + id))
	code, err := takeup.NewCode(bytes.NewReader(sum[:]))
	if err != nil {
		return "" // sixty-four letters none of which serves: no code has no letters, and nothing is kept under it
	}
	return code
}

// openCase answers POST /accueil/dossiers/ouverture: the visitor's choice.
func (v *visit) openCase() {
	o, ok := v.opening()
	if !ok {
		return
	}
	in := v.r.PostForm
	reception := takeup.Reception{Channel: takeup.Channel(in.Get("canal")), Language: takeup.Language(in.Get("langue_besoin")), Interpreter: in.Get("interprete") == "oui"}
	switch in.Get("choix") {
	case "non":
		v.passBy(o, reception)
		return
	case "oui":
	default: // it comes back from behind a lock, before the choice
		v.openingPage(http.StatusOK, o, nil)
		return
	}
	events, wrong := v.openingEvents(o, reception)
	contact := vault.Contact{Name: in.Get("nom"), Phone: in.Get("telephone"), Email: in.Get("courriel"), Free: in.Get("libre")}
	if field, text, bad := v.refusal(contact.Check()); bad {
		wrong[field] = text
	}
	if len(wrong) > 0 {
		v.openingPage(http.StatusUnprocessableEntity, o, wrong)
		return
	}
	code := codeOf(o.id)
	_, err := v.keep.Cases.Append(v.ctx(), v.who.CCAS, code, 0, events...)
	switch {
	case errors.Is(err, store.ErrMoved), errors.Is(err, store.ErrTaken), errors.Is(err, store.ErrUsed):
		if v.isKept(code, events[0].ID) { // it was opened by this form, a moment ago, with something else typed
			v.goTo(caseAddress(code) + "/carte")
			return
		}
		v.openingPage(http.StatusConflict, &opening{id: newFormID(), sealed: o.sealed, language: o.language, handover: o.handover, sim: o.sim},
			map[string]string{"": v.L.T("dossier.ouverture.code_pris")})
		return
	case err != nil:
		v.broken(err)
		return
	}
	v.d.lates.forget(v.who.CCAS)
	if err := v.keepSealed(code, o, contact); err != nil {
		v.broken(err)
		return
	}
	v.goTo(caseAddress(code) + "/carte")
}

// isKept says whether the case of a code holds an event.
func (v *visit) isKept(code takeup.Code, id string) bool {
	c, err := v.keep.Cases.Case(v.ctx(), v.who.CCAS, code)
	return err == nil && holds(c, id)
}

// keepSealed puts what could name someone into the vault, when there is one.
func (v *visit) keepSealed(code takeup.Code, o *opening, contact vault.Contact) error {
	if v.keep.Vault == nil {
		return nil
	}
	if contact != (vault.Contact{}) {
		if err := v.keep.Vault.PutContact(v.ctx(), v.who.CCAS, code, contact, v.at); err != nil {
			return err
		}
	}
	if o.handover == nil {
		return nil
	}
	text, err := json.Marshal(recomputation.Hold(o.handover.Household, o.sim))
	if err != nil {
		return err
	}
	return v.keep.Vault.PutAnswers(v.ctx(), v.who.CCAS, code, text, v.at)
}

// passBy counts the visit of someone who does not want to be followed, and keeps nothing else.
func (v *visit) passBy(o *opening, reception takeup.Reception) {
	opened := takeup.CaseOpened{Reception: reception, Notice: v.notice(reception.Language), Followed: true}
	if field, text, bad := v.refusal(opened.Check()); bad {
		v.openingPage(http.StatusUnprocessableEntity, o, map[string]string{v.openingField(field): text})
		return
	}
	likely := false
	for _, r := range v.openingRights(o) {
		likely = likely || r.diagnosed.Finding == takeup.Likely
	}
	line := indicators.Passing(takeup.DayOf(v.at).Month(), reception, o.sim != nil, likely)
	if err := v.keep.Cases.AddLineOnce(v.ctx(), v.who.CCAS, o.id, line); err != nil {
		v.broken(err)
		return
	}
	heading := v.L.T("dossier.refuse.titre")
	v.show(http.StatusOK, "message", messagePage{
		frame: v.frame(heading, "dossiers"), Heading: heading, Text: v.L.T("dossier.refuse.texte"), Target: counterAddress, Button: v.L.T("comptoir.fini.bouton"),
	})
}

// openingField gives the field of the form for that of a fact: the language of the notice is that of the need.
func (v *visit) openingField(field string) string {
	if field == "langue" {
		return "langue_besoin"
	}
	return field
}

// openingEvents makes the events that a case begins with, and says what is wrong with them by field.
func (v *visit) openingEvents(o *opening, reception takeup.Reception) ([]takeup.Event, map[string]string) {
	wrong := map[string]string{}
	in := v.r.PostForm
	c := takeup.New(codeOf(o.id))
	var events []takeup.Event
	add := func(f takeup.Fact, place func(field string) string) {
		if err := c.Allow(f, v.at); err != nil {
			if field, text, bad := v.refusal(err); bad {
				wrong[place(field)] = text
			}
			return
		}
		e := takeup.Event{ID: o.id + "-" + strconv.Itoa(len(events)), At: v.at, By: v.who.ID, Fact: f}
		if c.Apply(e) == nil {
			events = append(events, e)
		}
	}
	add(takeup.CaseOpened{Reception: reception, Notice: v.notice(reception.Language), Followed: true, Simulated: o.sim != nil, Referent: v.who.ID}, v.openingField)
	if len(wrong) > 0 {
		return nil, wrong
	}
	for _, r := range v.openingRights(o) {
		d := r.diagnosed
		d.Finding = takeup.Finding(in.Get("constat." + r.ID))
		if d.Finding == "" {
			continue // the agent leaves it out
		}
		if d.Finding == takeup.Likely || d.Finding == takeup.ToVerify {
			d.Type, d.Reason = takeup.Type(in.Get("type."+r.ID)), takeup.Reason(in.Get("motif."+r.ID))
		}
		add(d, func(string) string { return "droit." + r.ID })
	}
	return events, wrong
}

// noteReading notes that a case is read. What cannot be noted is not shown: it is then answered, and false.
func (v *visit) noteReading(code takeup.Code, what people.What) bool {
	if err := v.keep.People.Note(v.ctx(), people.Access{CCAS: v.who.CCAS, Agent: v.who.ID, Case: code, What: what}); err != nil {
		v.broken(err)
		return false
	}
	return true
}
