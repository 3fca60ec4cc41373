package pages_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBackShowsWhatWasAnswered(t *testing.T) {
	v := newSite(t).visitor(t)
	parent := loneParent()
	var asked []string
	v.get("/fr/simulation")
	for range 8 {
		asked = append(asked, v.page.key)
		v.continueWith(parent.answer(t, v.page))
	}
	for _, key := range slices.Backward(asked) {
		v.press("retour", nil)
		require.Equal(t, key, v.page.key)
		for name, want := range parent.answer(t, v.page) {
			got := v.page.fields[name]
			if name == "cherche" || name == "recherche" {
				continue // a commune is shown by its name
			}
			require.Equal(t, want, []string{strings.ReplaceAll(strings.Join(got, ","), "\u202f", " ")}, "%s on %s", name, v.page.key)
		}
	}
	require.NotContains(t, v.page.buttons, pressable{"retour", ""}, "the first page leads back to the home page")
	require.Contains(t, v.page.links, "/fr/")
}

// The browser's own Back button shows an older page with its older answers: going on from there must work.
func TestBrowsersOwnBack(t *testing.T) {
	v := newSite(t).visitor(t)
	first := v.get("/fr/simulation")
	v.continueWith(loneParent().answer(t, v.page))
	v.page = first
	v.continueWith(dunno(first))
	require.Equal(t, 200, v.page.status)
	require.Empty(t, v.page.errors)
	require.NotEqual(t, first.key, v.page.key)
}

func TestModify(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	require.Contains(t, v.page.text, "452,62")
	v.press("modifier:loyer", nil)
	require.Equal(t, "loyer", v.page.key)
	require.Equal(t, "452,62", v.page.fields.Get("loyer"))
	require.Contains(t, v.page.text, "Vous modifiez une réponse")
	v.continueWith(one("loyer", "500"))
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	require.Contains(t, v.page.text, "500\u00a0€ par mois")
	require.NotContains(t, v.page.text, "452,62")
	require.Contains(t, v.page.text, "25 avril 1988", "the other answers stay")
}

func TestModifyAsksWhatTheChangeOpens(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("modifier:couple", nil)
	v.continueWith(one("couple", "marie"))
	var opened []string
	for v.page.key != "" {
		opened = append(opened, v.page.key)
		require.Less(t, len(opened), 15)
		v.continueWith(youngCouple().answer(t, v.page))
		require.Empty(t, v.page.errors)
	}
	require.Contains(t, opened, "revenus.conjoint")
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	require.Contains(t, v.page.text, "Oui, mariage")
	require.NotContains(t, v.page.text, "Sans conjoint depuis")

	v.press("modifier:couple", nil)
	v.continueWith(one("couple", "non"))
	for v.page.key != "" {
		v.continueWith(loneParent().answer(t, v.page))
	}
	require.NotContains(t, v.page.text, "conjoint :", "what was said of the spouse is gone")
	require.NotContains(t, v.page.text, "720")
}

func TestBackOutOfAChangeKeepsTheAnswer(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("modifier:loyer", nil)
	v.press("retour", nil)
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	require.Contains(t, v.page.text, "452,62")
}

func TestMissingAnswerCanBeGivenFromTheResults(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAll("fr", func(page *shown) url.Values {
		if page.key == "loyer" {
			return dunno(page)
		}
		return loneParent().answer(t, page)
	})
	v.press("resultats", nil)
	require.Contains(t, v.page.text, "À préciser")
	require.Contains(t, v.page.buttons, pressable{"modifier:loyer", ""})
	before := v.page.text
	v.press("modifier:loyer", nil)
	require.Equal(t, "loyer", v.page.key)
	v.continueWith(one("loyer", "452,62"))
	require.Equal(t, "Vos aides, au 15 octobre 2026", v.page.heading, "back to the results")
	require.NotEqual(t, before, v.page.text)
}

func TestChangeOfLanguageKeepsAnswers(t *testing.T) {
	v := newSite(t).visitor(t)
	v.get("/fr/simulation")
	for v.page.key != "loyer" {
		v.continueWith(loneParent().answer(t, v.page))
	}
	v.turnTo("en", one("loyer", "777"))
	require.Equal(t, "en", v.page.lang)
	require.Equal(t, "loyer", v.page.key)
	require.Equal(t, "777", v.page.fields.Get("loyer"), "what was typed and not sent yet stays")
	require.Contains(t, v.page.text, "Combien payez\u2011vous de loyer par mois", "the question in French, for who helps")
	require.Empty(t, v.page.errors)
	v.continueWith(nil)
	for v.page.key != "" {
		v.continueWith(loneParent().answer(t, v.page))
		require.Empty(t, v.page.errors)
	}
	require.Equal(t, "Check your answers", v.page.heading)
	require.Contains(t, v.page.text, "€777 a month")
	v.turnTo("fr", nil)
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	v.press("resultats", nil)
	v.turnTo("en", nil)
	require.Equal(t, "Your benefits, on 15 October 2026", v.page.heading)
	require.Equal(t, "en", v.page.lang)
	v.press("feuille", nil)
	v.turnTo("ar", nil)
	require.Equal(t, "ar", v.page.lang)
	require.Contains(t, v.page.text, "Montrez cette feuille au guichet", "the sheet is still there, in French and the new language")
	v.press("resultats", nil)
	v.press("verifier", nil)
	v.press("retour", nil)
	require.Contains(t, v.page.heading, "15", "the results are before the answers, not the sheet that was left")
}
