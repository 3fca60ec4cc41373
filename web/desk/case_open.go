package desk

import (
	"bytes"
	"cmp"
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
	case "visite":
		v.comeBackTo(o, reception)
		return
	case "oui":
	default: // it comes back from behind a lock, before the choice
		v.openingPage(http.StatusOK, o, nil)
		return
	}
	opened := takeup.CaseOpened{Reception: reception, Notice: v.notice(reception.Language), Followed: true, Simulated: o.sim != nil, Referent: v.who.ID}
	events, wrong := v.openingEvents(o, takeup.New(codeOf(o.id)), opened)
	contact := v.contactTyped(wrong)
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
	if err := v.keepSealed(code, o, contact); err != nil {
		v.broken(err)
		return
	}
	v.goTo(caseAddress(code) + "/carte")
}

// contactTyped reads how to reach the person, and says what is wrong with it by field.
func (v *visit) contactTyped(wrong map[string]string) vault.Contact {
	in := v.r.PostForm
	contact := vault.Contact{Name: in.Get("nom"), Phone: in.Get("telephone"), Email: in.Get("courriel"), Free: in.Get("libre")}
	if field, text, bad := v.refusal(contact.Check()); bad {
		wrong[field] = text
	}
	return contact
}

// comeBackTo notes the visit of someone who has a case already: the visit, what the new answers give, and the answers in the place of
// those of before.
func (v *visit) comeBackTo(o *opening, reception takeup.Reception) {
	code, err := takeup.ReadCode(v.r.PostForm.Get("code"))
	var c *takeup.Case
	if err == nil {
		c, err = v.keep.Cases.Case(v.ctx(), v.who.CCAS, code)
	}
	switch {
	case errors.Is(err, takeup.ErrCode), errors.Is(err, store.ErrNotFound):
		v.openingPage(http.StatusUnprocessableEntity, o, map[string]string{"code": v.L.T("dossier.liste.inconnu")})
		return
	case err != nil:
		v.broken(err)
		return
	case !v.noteReading(code, people.CaseRead):
		return
	case holds(c, o.id+"-0"): // the form came twice
		v.goTo(caseAddress(code))
		return
	}
	after := len(c.Events())
	events, wrong := v.openingEvents(o, c, takeup.Visited{Reception: reception, Simulated: o.sim != nil})
	contact := v.contactTyped(wrong)
	if len(wrong) > 0 {
		v.openingPage(http.StatusUnprocessableEntity, o, wrong)
		return
	}
	_, err = v.keep.Cases.Append(v.ctx(), v.who.CCAS, code, after, events...)
	if errors.Is(err, store.ErrMoved) {
		v.openingPage(http.StatusConflict, o, map[string]string{"": v.L.T("dossier.a_change")})
		return
	}
	if err == nil {
		err = v.keepSealed(code, o, v.withKept(code, contact))
	}
	if err != nil {
		v.broken(err)
		return
	}
	v.goTo(caseAddress(code))
}

// withKept completes what was typed of how to reach the person with what is kept.
func (v *visit) withKept(code takeup.Code, typed vault.Contact) vault.Contact {
	if v.keep.Vault == nil || typed == (vault.Contact{}) {
		return typed
	}
	old, err := v.keep.Vault.Contact(v.ctx(), v.who.CCAS, code)
	if err != nil {
		return typed // nothing is kept; a fault is met again when this is
	}
	return vault.Contact{Name: cmp.Or(typed.Name, old.Name), Phone: cmp.Or(typed.Phone, old.Phone), Email: cmp.Or(typed.Email, old.Email), Free: cmp.Or(typed.Free, old.Free)}
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
	switch field {
	case "langue":
		return "langue_besoin"
	case "": // it is about the whole case: it is closed
		return "code"
	}
	return field
}

// openingEvents makes the events of a visit in a case, new or not: the visit, then the diagnosis of each right. It says what is wrong with
// them by field.
func (v *visit) openingEvents(o *opening, c *takeup.Case, first takeup.Fact) ([]takeup.Event, map[string]string) {
	wrong := map[string]string{}
	in := v.r.PostForm
	var events []takeup.Event
	add := func(f takeup.Fact, place func(field string) string) {
		err := c.Allow(f, v.at)
		var refused *takeup.Refusal
		if errors.As(err, &refused) && refused.Key == takeup.KeyDiagnosis {
			return // the right is under way
		}
		if field, text, bad := v.refusal(err); bad {
			wrong[place(field)] = text
			return
		}
		e := takeup.Event{ID: o.id + "-" + strconv.Itoa(len(events)), At: v.at, By: v.who.ID, Fact: f}
		if c.Apply(e) == nil {
			events = append(events, e)
		}
	}
	add(first, v.openingField)
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
			if known := c.Right(d.RightID); known != nil && d.Type == "" && known.Finding == d.Finding {
				d.Type, d.Reason = known.Type, known.Reason // as it was diagnosed before
			}
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
