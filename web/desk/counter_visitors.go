package desk

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/takeup/people"
)

// The visitors of one agent's session, as a cookie of the counter holds them: how many there were, and which of them are over. It holds
// nothing of any household, and another session's cookie counts for nothing.
//
// A household lives in its own form and nowhere else, so that two visitors in two tabs cannot be mixed: each form goes on with its
// own. What the cookie adds is that « Visiteur suivant » is final: a form of that visitor that comes back, by the browser's Back
// button or from a second tab, is refused. Closed visitors are listed rather than open ones, for two tabs that write the cookie at once
// may lose an entry: losing one must not cost an agent what they typed.
type visitors struct {
	session string
	last    int
	closed  []string
}

const (
	visitorsCookie = "__Host-guichet-visiteurs"
	maxClosed      = 150 // more than a counter sees in a day
)

// sessionTag tells sessions apart: it stays the same behind a lock, where the token does not.
func sessionTag(s people.Session) string {
	sum := sha256.Sum256([]byte("guichet comptoir " + string(s.Agent.ID) + " " + s.MadeAt.UTC().Format(time.RFC3339Nano)))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// visitors reads the cookie of this session.
func (v *visit) visitors() visitors {
	own := visitors{session: sessionTag(v.session)}
	c, err := v.r.Cookie(visitorsCookie)
	if err != nil {
		return own
	}
	parts := strings.Split(c.Value, ".")
	if len(parts) < 2 || !slices.Contains(v.sessionTags(), parts[0]) {
		return own
	}
	if n, err := strconv.Atoi(parts[1]); err == nil && n > 0 && n < 1e6 {
		own.last, own.closed = n, parts[2:]
	}
	return own
}

// keepVisitors gives the cookie back to the browser, until it closes.
func (v *visit) keepVisitors(all visitors) {
	closed := all.closed[max(0, len(all.closed)-maxClosed):]
	http.SetCookie(v.w, &http.Cookie{
		Name: visitorsCookie, Value: strings.Join(append([]string{all.session, strconv.Itoa(all.last)}, closed...), "."),
		Path: "/", HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode,
	})
}

// begin numbers a new visitor.
func (all *visitors) begin() (id string, number int) {
	raw := make([]byte, 6)
	_, _ = rand.Read(raw) // never fails
	all.last++
	return base64.RawURLEncoding.EncodeToString(raw), all.last
}

// close ends a visitor: no form of theirs is taken any more.
func (all *visitors) close(id string) {
	if !all.over(id) {
		all.closed = append(all.closed, id)
	}
}

func (all *visitors) over(id string) bool { return slices.Contains(all.closed, id) }
