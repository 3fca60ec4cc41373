package desk

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/web/seal"
)

// The lock closes the page that an agent left, and gives the same page back to their password. Nothing of what was on it is shown
// meanwhile: what the browser had sent when it found the door shut waits in the lock's own form, sealed, for this agent alone.

// lockedBefore stands in a form that the agent left by locking it, not by sending it: it comes back to be gone on with.
const lockedBefore = "repris"

// wasLocked says whether the form comes back from behind a lock without having been sent.
func (v *visit) wasLocked() bool { return v.r.PostForm.Get("verrou") == lockedBefore }

// kept is the form that waits behind a lock.
type kept struct {
	Agent   takeup.Agent `json:"a"`
	Session string       `json:"s"` // tag of the session that it was sent in
	Path    string       `json:"p"`
	Form    url.Values   `json:"f"`
}

// lockPage asks for the password.
type lockPage struct {
	frame
	Target  string // where the password is sent: the address that a form waits for, or the lock's own
	Back    string // the page that waits, when no form does
	Name    string // of whom it waits for
	Waiting string // a sealed form; empty when a page waits
	Mistake string

	Provider string // what the button of the provider says, for who came by it; empty for the others
}

// lock closes the session of an agent who goes away.
func (v *visit) lock() {
	token, err := v.keep.People.Lock(v.ctx(), v.session)
	if errors.Is(err, people.ErrNoSession) { // it ended, or another request has locked it
		v.goTo(Home)
		return
	}
	if err != nil {
		v.broken(err)
		return
	}
	v.giveToken(token)
	waiting := ""
	if v.r.URL.Path != lockAddress {
		v.r.PostForm.Set("verrou", lockedBefore)
		waiting = v.sealForm(v.session)
	}
	v.session.Stage = people.Locked
	v.lockPage(http.StatusOK, waiting, "")
}

const lockAddress = Home + "/verrou"

// back is the page that a lock leads to when no form waits: the one that was asked for.
func (v *visit) back() string {
	at := v.r.URL.Path
	if at == lockAddress {
		at = v.r.PostForm.Get("ici")
	}
	if !isOurs(at) || at == lockAddress {
		return Home
	}
	return at
}

// isOurs says whether an address is one of the desk's, and nothing else.
func isOurs(address string) bool {
	return address == Home || strings.HasPrefix(address, Home+"/") && !strings.ContainsAny(address, "?#\\\r\n") && !strings.Contains(address, "//")
}

// sealForm locks what was posted to the address of the request, for the agent of a session; "" when it is too much to come back.
func (v *visit) sealForm(s people.Session) string {
	text, err := json.Marshal(kept{s.Agent.ID, sessionTag(s), v.r.URL.Path, v.r.PostForm})
	if err != nil {
		return ""
	}
	if sealed := v.d.locked.Seal(text, v.at); len(sealed) <= seal.MaxText {
		return sealed
	}
	return ""
}

func (v *visit) lockPage(status int, waiting, mistake string) {
	title := v.L.T("verrou.titre")
	page := lockPage{frame: v.frame(title, ""), Target: lockAddress, Back: v.back(), Name: v.session.Agent.Name, Waiting: waiting, Mistake: mistake}
	if waiting != "" {
		page.Target = v.r.URL.Path
	}
	if mistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	if v.d.provider != nil && v.session.Proof == people.ByProvider {
		page.Provider = v.L.T("connexion.fournisseur", "Nom", v.d.provider.Name())
	}
	v.show(status, "verrou", page)
}

// behindLock answers a request of a locked session: the lock, or what it kept when the password is given.
func (v *visit) behindLock(one route) {
	form := v.r.PostForm
	if v.r.Method != http.MethodPost {
		v.lockPage(http.StatusOK, "", "")
		return
	}
	if !form.Has("verrou_mot_de_passe") {
		waiting := ""
		if v.r.URL.Path != lockAddress {
			form.Del("verrou")
			waiting = v.sealForm(v.session)
		}
		v.lockPage(http.StatusOK, waiting, "")
		return
	}
	waiting := form.Get(waitingField)
	token, err := v.keep.People.Unlock(v.ctx(), v.session, form.Get("verrou_mot_de_passe"), v.address())
	if err != nil {
		v.notLetIn(err, func(status int, mistake string) { v.lockPage(status, waiting, mistake) })
		return
	}
	v.who = v.session.Agent
	v.giveToken(token)
	v.reopen(one, waiting)
}

// reopen goes on where the lock fell: with the form that waited, or else with the page itself.
func (v *visit) reopen(one route, waiting string) {
	if waiting == "" {
		v.goTo(v.back())
		return
	}
	if !v.takeUp(waiting) {
		v.goTo(v.room())
		return
	}
	session, err := v.keep.People.Session(v.ctx(), v.token)
	if err != nil {
		v.broken(err)
		return
	}
	v.session = session
	v.enter(one)
}

// seconds writes a waiting for Retry-After: whole seconds, one at least.
func seconds(d time.Duration) string {
	return strconv.Itoa(max(1, int(math.Ceil(d.Seconds()))))
}

// waitWords says how long to wait.
func (v *visit) waitWords(w *people.Wait) string {
	return v.L.N("connexion.attendre", max(1, int(math.Ceil(w.Until.Sub(v.at).Minutes()))))
}
