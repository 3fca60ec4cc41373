package pages_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// asked gives a visitor who stands before the page called key.
func asked(t *testing.T, who person, key string) *visitor {
	t.Helper()
	v := newSite(t).visitor(t)
	v.get("/fr/simulation")
	for v.page.key != key {
		require.NotEmpty(t, v.page.key, "%s is not asked", key)
		v.continueWith(who.answer(t, v.page))
	}
	return v
}

func TestChildrenAreAddedAndTakenAway(t *testing.T) {
	v := asked(t, loneParent(), "enfants")
	require.Equal(t, "3", v.page.fields.Get("lignes"), "several at once")
	typed := with(one("enfants", "oui"), day("enfant1", "1", "2", "2012"), day("enfant2", "3", "4", "2013"), day("enfant3", "5", "6", "2014"), one("garde", "oui"), one("garde.qui", "1", "2"))
	v.press("ajouter", typed)
	require.Equal(t, "enfants", v.page.key)
	require.Empty(t, v.page.errors, "nothing is checked before the end")
	require.Equal(t, "4", v.page.fields.Get("lignes"))
	require.Regexp(t, `name="enfant4.jour"[^>]* autofocus`, v.page.body, "the page opens at the new row")
	require.Equal(t, "2014", v.page.fields.Get("enfant3.annee"), "what was typed stays")

	v.press("retirer:1", day("enfant4", "7", "8", "2016"))
	require.Equal(t, "3", v.page.fields.Get("lignes"))
	require.Regexp(t, `aria-labelledby="c-lignes-l"[^>]* autofocus`, v.page.body, "the page opens at what is left")
	require.NotRegexp(t, `name="enfant[^>]* autofocus`, v.page.body)
	require.Equal(t, []string{"2012", "2014", "2016"}, []string{v.page.fields.Get("enfant1.annee"), v.page.fields.Get("enfant2.annee"), v.page.fields.Get("enfant3.annee")})
	require.Equal(t, []string{"1"}, v.page.fields["garde.qui"], "who lives in turn with the other parent follows")
	v.continueWith(nil)
	require.Empty(t, v.page.errors)
	for v.page.key != "" {
		v.continueWith(loneParent().answer(t, v.page))
		require.Empty(t, v.page.errors, v.page.heading)
	}
	for _, words := range []string{"3 enfants", "Enfant 1\u00a0: 1er février 2012\n", "Enfant 2\u00a0: 5 juin 2014 (garde alternée)", "Enfant 3\u00a0: 7 août 2016\n"} {
		require.Contains(t, v.page.text, words)
	}
}

// parentOfPupils has two children of sixteen, of whom the school is asked.
func parentOfPupils() person {
	p := loneParent()
	p["enfants"] = with(one("enfants", "oui"), day("enfant1", "3", "2", "2010"), day("enfant2", "9", "11", "2009"), one("garde", "aucun"))
	p["enfants_scolarite"] = url.Values{"personne.enfants[0]": {"college"}, "personne.enfants[1]": {"lycee"}}
	return p
}

// TestFactsFollowTheirChild: what was said of the second child is said of the first once the first is gone.
func TestFactsFollowTheirChild(t *testing.T) {
	schools := func(v *visitor) []string {
		v.press("modifier:enfants_scolarite", nil)
		return []string{v.page.fields.Get("personne.enfants[0]"), v.page.fields.Get("personne.enfants[1]")}
	}
	v := newSite(t).visitor(t)
	v.answerAs("fr", parentOfPupils())
	require.Equal(t, []string{"college", "lycee"}, schools(v))
	v.press("retour", nil)
	v.press("modifier:enfants", nil)
	require.Equal(t, "2", v.page.fields.Get("lignes"), "a row for each child")
	v.press("retirer:0", nil)
	v.press("ajouter", nil)
	v.continueWith(day("enfant2", "9", "1", "2010"))
	require.Empty(t, v.page.errors)
	opened := []string{}
	for v.page.key != "" {
		opened = append(opened, v.page.key)
		in := parentOfPupils().answer(t, v.page)
		if v.page.key == "enfants_scolarite" {
			require.Equal(t, "lycee", v.page.fields.Get("personne.enfants[0]"), "the school of who was the second")
			require.Empty(t, v.page.fields.Get("personne.enfants[1]"), "nothing was said of the new one")
			in = one("personne.enfants[1]", "maternelle")
		}
		v.continueWith(in)
		require.Empty(t, v.page.errors)
	}
	require.Contains(t, opened, "enfants_scolarite")
	require.Contains(t, v.page.text, "Enfant 1\u00a0: 9 novembre 2009\nEnfant 2\u00a0: 9 janvier 2010\n")
	require.Equal(t, []string{"lycee", "maternelle"}, schools(v))
}

func TestHouseholdIsChangedFromTheAnswers(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	require.Contains(t, v.page.text, "Ajouter ou retirer un enfant")
	require.Contains(t, v.page.text, "Ajouter un conjoint")
	check := v.page
	v.press("modifier:enfants", nil)
	require.Equal(t, "enfants", v.page.key)
	v.page = check
	v.press("modifier:couple", nil)
	v.continueWith(one("couple", "marie"))
	for v.page.key != "" {
		v.continueWith(youngCouple().answer(t, v.page))
	}
	require.Contains(t, v.page.text, "Retirer le conjoint")
}

func TestRemovingIsNotSettledBeforeTheEnd(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("modifier:enfants", nil)
	v.press("retirer:0", nil)
	v.press("retour", nil)
	require.Contains(t, v.page.text, "2 enfants")
	v.press("modifier:enfants", nil)
	v.press("retirer:1", nil)
	v.press("retirer:0", nil)
	require.Equal(t, "aucun", v.page.fields.Get("enfants"), "the last one gone, there is none")
	v.continueWith(nil)
	for v.page.key != "" {
		v.continueWith(loneParent().answer(t, v.page))
	}
	require.Contains(t, v.page.text, "Aucun enfant")
	require.NotContains(t, v.page.text, "Scolarité")
}

func TestRowsTakeWhatIsTyped(t *testing.T) {
	for name, c := range map[string]struct {
		in   url.Values
		want string // in the summary; "" when the page is taken
	}{
		"an empty line between two":    {with(day("enfant1", "1", "2", "2010"), day("enfant3", "5", "6", "2014")), ""},
		"two children of one place":    {with(day("enfant1", "1", "2", "2010"), day("enfant2", "5", "6", "2014"), one("enfant1.de", "0"), one("enfant2.de", "0")), ""},
		"a place nobody has":           {with(day("enfant1", "1", "2", "2010"), one("enfant1.de", "7")), ""},
		"a place that is no number":    {with(day("enfant1", "1", "2", "2010"), one("enfant1.de", "x")), ""},
		"lines beyond all":             {with(day("enfant1", "1", "2", "2010"), one("lignes", "99999999")), ""},
		"lines below none":             {with(day("enfant1", "1", "2", "2010"), one("lignes", "-4")), ""},
		"half a date on the last line": {with(day("enfant1", "1", "2", "2010"), one("enfant3.annee", "2014")), "Enfant 3"},
	} {
		t.Run(name, func(t *testing.T) {
			v := asked(t, loneParent(), "enfants")
			v.continueWith(with(one("enfants", "oui"), one("garde", "aucun"), c.in))
			require.Equal(t, 200, v.page.status)
			if c.want == "" {
				require.Empty(t, v.page.errors)
				require.NotEqual(t, "enfants", v.page.key)
				return
			}
			require.Len(t, v.page.errors, 1)
			require.Contains(t, v.page.errors[0], c.want)
		})
	}
	t.Run("a child of before, emptied", func(t *testing.T) {
		v := newSite(t).visitor(t)
		v.answerAs("fr", loneParent())
		v.press("modifier:enfants", nil)
		v.continueWith(day("enfant2", "", "", ""))
		require.Len(t, v.page.errors, 1)
		require.Contains(t, v.page.errors[0], "Retirer")
	})
	t.Run("buttons of nothing", func(t *testing.T) {
		v := asked(t, loneParent(), "enfants")
		here := v.page
		for _, button := range []string{"retirer:9", "retirer:-1", "retirer:", "retirer:x"} {
			page := v.post("/fr/simulation", url.Values{"reponses": {here.fields.Get("reponses")}, "page": {"enfants"}, "vers": {button}})
			require.Equal(t, "enfants", page.key, button)
		}
		page := v.post("/fr/simulation", url.Values{"reponses": {here.fields.Get("reponses")}, "page": {"couple"}, "vers": {"ajouter"}})
		require.Equal(t, "enfants", page.key, "a form of another page changes nothing")
		require.Equal(t, "3", page.fields.Get("lignes"))
	})
	t.Run("no more than a household may have", func(t *testing.T) {
		v := asked(t, loneParent(), "enfants")
		for strings.Contains(v.page.body, `value="ajouter"`) {
			v.press("ajouter", nil)
		}
		require.Equal(t, "18", v.page.fields.Get("lignes"))
	})
}
