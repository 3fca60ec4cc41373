package desk

import (
	"encoding/json"
	"errors"
	"net/http"

	"guichet/takeup/people"
)

// A form that comes when its session has ended is not lost: it waits in the form of the sign-in, sealed, for the agent whose session it
// was, who sends it again with one button once they are back. The lock keeps a form in the same way.

// waitingField is where a sealed form waits.
const waitingField = "attend"

// signInAgain answers a request without a session.
func (v *visit) signInAgain() {
	if v.r.Method != http.MethodPost || v.token == "" {
		v.goTo(Home + "/connexion")
		return
	}
	ended, err := v.keep.People.Ended(v.ctx(), v.token)
	if errors.Is(err, people.ErrNoSession) {
		v.goTo(Home + "/connexion")
		return
	}
	if err != nil {
		v.broken(err)
		return
	}
	waiting := v.r.PostForm.Get(waitingField) // from behind a lock
	if waiting == "" && v.r.URL.Path != lockAddress {
		waiting = v.sealForm(ended)
	}
	v.r.PostForm.Set(waitingField, waiting)
	v.gatePage(http.StatusOK, "")
}

// resumePage offers the form that waited to the agent who is back.
type resumePage struct {
	frame
	Target, Waiting string
}

// welcome goes on after a sign-in: to the form that waited, when it is this agent's, else to the desk.
func (v *visit) welcome() {
	session, err := v.keep.People.Session(v.ctx(), v.token)
	if err != nil {
		v.broken(err)
		return
	}
	waiting := v.r.PostForm.Get(waitingField)
	k, ok := v.waited(waiting, session)
	if !ok {
		v.goTo(Home)
		return
	}
	v.session, v.who, v.centre, v.resumed = session, session.Agent, session.Centre, k.Session
	if _, err := v.r.Cookie(visitorsCookie); err == nil {
		v.keepVisitors(v.visitors()) // those who have left have left, whatever is opened before the form goes on
	}
	v.show(http.StatusOK, "reprise", resumePage{frame: v.frame(v.L.T("reprise.titre"), ""), Target: k.Path, Waiting: waiting})
}

// waited opens a form that waited; false when it is of another agent, too old, or none of ours.
func (v *visit) waited(waiting string, session people.Session) (k kept, ok bool) {
	if waiting == "" {
		return kept{}, false
	}
	text, _, err := v.d.locked.Open(waiting)
	if err == nil {
		err = json.Unmarshal(text, &k)
	}
	return k, err == nil && k.Agent == session.Agent.ID
}

// takeUp puts the form that waited in the place of the one that brought it; false when it is not for this agent and this address.
func (v *visit) takeUp(waiting string) bool {
	k, ok := v.waited(waiting, v.session)
	if !ok || k.Path != v.r.URL.Path {
		return false
	}
	v.r.PostForm, v.r.Form, v.resumed = k.Form, k.Form, k.Session
	return true
}

// sessionTags are those of the sessions whose forms are taken: this one's, and of an ended one whose form is gone on with.
func (v *visit) sessionTags() []string {
	tags := []string{sessionTag(v.session)}
	if v.resumed != "" {
		tags = append(tags, v.resumed)
	}
	return tags
}
