package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/web/desk/desktest"
)

// rowForm gives the form of the worklist that posts to an action: its address and what it sends untouched.
func rowForm(t testing.TB, page, action string) (address string, in url.Values) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	for n := range doc.Descendants() {
		if n.Data != "form" || !strings.HasSuffix(attribute(n, "action"), "/"+action) {
			continue
		}
		in = url.Values{}
		for f := range n.Descendants() {
			switch {
			case f.Data == "input":
				in.Set(attribute(f, "name"), attribute(f, "value"))
			case f.Data == "option" && !in.Has(attribute(f.Parent, "name")):
				in.Set(attribute(f.Parent, "name"), attribute(f, "value"))
			}
		}
		return attribute(n, "action"), in
	}
	require.Fail(t, "no row can note it", action)
	return "", nil
}

// TestWhatIsDoneIsNotedFromTheWorklist: the row writes the event that the form of the case writes, and comes back to the same list.
func TestWhatIsDoneIsNotedFromTheWorklist(t *testing.T) {
	for _, tt := range []struct {
		name   string
		facts  func(id takeup.RightID, today takeup.Day) []takeup.Fact
		days   int
		action string
		send   []string
		want   func(id takeup.RightID, today takeup.Day) takeup.Fact
	}{
		{
			"a claim that is filed", nil, 6, "depot",
			[]string{"preuve", "n 4471"},
			func(id takeup.RightID, today takeup.Day) takeup.Fact {
				return takeup.Filed{RightID: id, On: today, Proof: "n 4471"}
			},
		},
		{
			"a body that does not answer", func(id takeup.RightID, today takeup.Day) []takeup.Fact {
				return []takeup.Fact{takeup.Filed{RightID: id, On: today}}
			}, 29, "contact",
			[]string{"joint", "non"},
			func(id takeup.RightID, _ takeup.Day) takeup.Fact {
				return takeup.Contacted{RightID: id, With: takeup.TheBody, By: takeup.Telephone}
			},
		},
		{
			"a person who is told that a refusal can be contested", func(id takeup.RightID, today takeup.Day) []takeup.Fact {
				return []takeup.Fact{takeup.Refused{RightID: id, Reason: takeup.RefusedResources, Notified: today}}
			}, 5, "contact",
			[]string{"par", "courrier", "joint", "oui"},
			func(id takeup.RightID, _ takeup.Day) takeup.Fact {
				return takeup.Contacted{RightID: id, With: takeup.ThePerson, By: takeup.Letter, Reached: true}
			},
		},
		{
			"an appointment that was kept", func(id takeup.RightID, today takeup.Day) []takeup.Fact {
				return []takeup.Fact{takeup.Oriented{RightID: id, Partner: "caf", Consent: true, Appointment: today + 3}}
			}, 4, "orientation_issue",
			[]string{"vu", "oui"},
			func(id takeup.RightID, _ takeup.Day) takeup.Fact {
				return takeup.OrientationEnded{RightID: id, Partner: "caf", Seen: true}
			},
		},
		{
			"a right that is renewed", func(id takeup.RightID, today takeup.Day) []takeup.Fact {
				return []takeup.Fact{takeup.Opened{RightID: id, Amount: takeup.Amount{Cents: 600_00, Per: takeup.PerMonth}, Since: today}}
			}, 85, "renouvellement", nil,
			func(id takeup.RightID, today takeup.Day) takeup.Fact {
				return takeup.Renewed{RightID: id, On: today}
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := ofTheLaw(t)
			code := aCase(t, s, peopletest.Here)
			me := s.Agents[peopletest.Here][people.SocialWorker].ID
			id := takeup.RightID{Aid: "rsa", For: takeup.Household}
			before := []takeup.Fact{takeup.Diagnosed{RightID: id, Finding: takeup.Likely, Type: takeup.NotKnown}}
			if tt.facts != nil {
				before = append(before, tt.facts(id, takeup.DayOf(s.Clock.Now()))...)
			}
			for i, f := range before {
				_, err := s.Keep.Cases.Append(t.Context(), peopletest.Here, code, 2+i, takeup.Event{ID: fmt.Sprint("avant-", i), At: s.Clock.Now(), By: me, Fact: f})
				require.NoError(t, err)
			}
			s.Clock.At = s.Clock.At.AddDate(0, 0, tt.days)
			b := s.SignedIn(t, people.SocialWorker)
			address, in := rowForm(t, b.Get("/accueil/a-faire?agent="+string(me)+"&droit=rsa").Body.String(), tt.action)
			for i := 0; i < len(tt.send); i += 2 {
				in.Set(tt.send[i], tt.send[i+1])
			}
			w := b.Post(address, in)
			require.Equal(t, http.StatusSeeOther, w.Code, w.Body)
			require.Equal(t, "/accueil/a-faire?agent="+string(me)+"&droit=rsa&note="+string(code), w.Header().Get("Location"))
			events := caseOf(t, s, code).Events()
			require.Len(t, events, 3+len(before))
			require.Equal(t, tt.want(id, takeup.DayOf(s.Clock.Now())), events[len(events)-1].Fact)
			require.Equal(t, me, events[len(events)-1].By)
			require.Equal(t, w.Header().Get("Location"), b.Post(address, in).Header().Get("Location"), "sent twice, it is noted once")
			require.Len(t, caseOf(t, s, code).Events(), 3+len(before))

			// what was a mistake is taken back by another event, from the list too
			page := b.Get(w.Header().Get("Location")).Body.String()
			require.Contains(t, page, "C’est noté dans le dossier "+string(code))
			undo := regexp.MustCompile(`href="(/accueil/dossiers/[^"]+/noter/annulation[^"]*)"`).FindStringSubmatch(page)
			require.NotNil(t, undo)
			a := note(t, b, html.UnescapeString(undo[1]))
			require.Equal(t, http.StatusSeeOther, a.code, a.body)
			require.Equal(t, w.Header().Get("Location"), a.location)
			c := caseOf(t, s, code)
			require.Len(t, c.Events(), 4+len(before))
			require.True(t, c.IsCancelled(3+len(before)))
		})
	}
}

// TestARowThatIsRefused goes on in the form of the case, with what was typed, and comes back to the list from there.
func TestARowThatIsRefused(t *testing.T) {
	s := desktest.New(t)
	code := aCase(t, s, peopletest.Here)
	b := s.SignedIn(t, people.SocialWorker)
	s.Clock.At = s.Clock.At.AddDate(0, 0, 6)
	b.SignIn(t, string(people.SocialWorker))
	address, in := rowForm(t, b.Get("/accueil/a-faire").Body.String(), "depot")
	in.Set("preuve", socialSecurity)
	w := b.Post(address, in)
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	require.Contains(t, w.Body.String(), "Un numéro de 13 chiffres ou plus")
	require.NotContains(t, w.Body.String(), socialSecurity)
	again := formOf(t, w.Body.String())
	again.Set("preuve", "4471")
	w = b.Post(address, again)
	require.Equal(t, http.StatusSeeOther, w.Code)
	require.Contains(t, w.Header().Get("Location"), "/accueil/a-faire?agent=")
	require.Equal(t, "/accueil/a-faire", b.Post(address, url.Values{"id": again["id"], "retour": {"%zz"}}).Header().Get("Location"), "filters that make no sense lead nowhere else")
	require.Len(t, caseOf(t, s, code).Events(), 3)
}
