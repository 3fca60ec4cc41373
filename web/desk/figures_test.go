package desk_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/indicators"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/web/desk/desktest"
)

// receive counts persons received in a month, each with one right found, and opened in another month when one is given.
func receive(t *testing.T, s *desktest.Site, ccas takeup.CCAS, n int, month, opened takeup.Month, aid string) {
	t.Helper()
	days := 40
	for range n {
		right := indicators.Right{
			Aid: aid, Type: takeup.NotKnown, Reason: takeup.Information, Channel: takeup.WalkIn, Language: "ta", Found: month,
			Estimated: &takeup.Amount{Cents: 50_000, Per: takeup.PerMonth},
		}
		if opened.Known() {
			right.Filed, right.Opened, right.DaysToFile, right.DaysToOpen, right.DaysAnswer = month, opened, &days, &days, &days
			right.Declared = &takeup.Amount{Cents: 40_000, Per: takeup.PerMonth}
		}
		person := indicators.Passing(month, takeup.Reception{Channel: takeup.WalkIn, Language: "ta"}, true, true)
		for _, l := range []indicators.Line{person, {Right: &right}} {
			require.NoError(t, s.Keep.Cases.AddLine(t.Context(), ccas, l))
		}
	}
}

// TestFigures reads the page, its file and a publication as a manager does.
func TestFigures(t *testing.T) {
	s := desktest.New(t)
	year := s.Clock.Now().Year()
	month := takeup.MonthOf(year, time.January)
	receive(t, s, peopletest.Here, 14, month, month+1, "rsa")
	receive(t, s, peopletest.Here, 3, month, 0, "aspa")
	receive(t, s, peopletest.Elsewhere, 50, month, month+1, "rsa")
	b := s.SignedIn(t, people.Manager)

	address := "/accueil/indicateurs?annee=" + strconv.Itoa(year)
	page := b.Get(address)
	require.Equal(t, http.StatusOK, page.Code)
	body := page.Body.String()
	assert.Contains(t, body, "masqué", "three people who found the ASPA are too few to be shown")
	assert.NotContains(t, body, ">50<", "another CCAS's figures do not exist")
	assert.Contains(t, body, "5\u202f600\u00a0€", "fourteen openings of 400 EUR a month, as declared")

	file := b.Get("/accueil/indicateurs.csv?" + strings.SplitN(address, "?", 2)[1])
	require.Equal(t, "text/csv; charset=utf-8", file.Header().Get("Content-Type"))
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body.String(), "\ufeff")))
	r.Comma = ';'
	lines, err := r.ReadAll()
	require.NoError(t, err)
	require.Contains(t, lines, []string{"Ouverts", "", "", "", "", "14"})
	require.Contains(t, lines, []string{"Repérés", "Aide", "aspa", "", "", "masqué"})

	s.Clock.Pass(365 * 24 * time.Hour) // a year in which nothing happened yet, and then one right was opened
	b = s.SignedIn(t, people.Manager)
	require.Contains(t, b.Get("/accueil/indicateurs").Body.String(), "Rien n’a été compté")
	require.Contains(t, b.Get(address).Body.String(), "5\u202f600\u00a0€", "the year before is there to choose")
	receive(t, s, peopletest.Here, 6, month+1, takeup.MonthOf(year+1, time.January), "rsa")
	require.NotContains(t, b.Get("/accueil/indicateurs").Body.String(), "Rien n’a été compté")
	year++
	for _, wrong := range []string{"", "x", "2025", strconv.Itoa(year + 1)} {
		require.Equal(t, http.StatusNotFound, b.Get("/accueil/indicateurs?annee="+wrong).Code, wrong)
		require.Equal(t, http.StatusNotFound, b.Get("/accueil/indicateurs.csv?annee="+wrong).Code, wrong)
	}
}

// TestAYearIsPublishedOnce: what comes later changes nothing of it, and nobody but a manager publishes.
func TestAYearIsPublishedOnce(t *testing.T) {
	s := desktest.New(t)
	year := s.Clock.Now().Year()
	receive(t, s, peopletest.Here, 30, takeup.MonthOf(year, time.February), takeup.MonthOf(year, time.March), "rsa")
	asked := url.Values{"annee": {time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")}}
	report := "/accueil/indicateurs/rapports/" + asked.Get("annee")

	b := s.SignedIn(t, people.Manager)
	require.Equal(t, http.StatusBadRequest, b.Post("/accueil/indicateurs/rapports", asked).Code, "the year is not over")
	require.Equal(t, http.StatusNotFound, b.Get(report).Code)

	s.Clock.Pass(takeup.MonthOf(year+1, time.April).Last().Time().Sub(s.Clock.Now()))
	require.Equal(t, http.StatusNotFound, s.SignedIn(t, people.SocialWorker).Post("/accueil/indicateurs/rapports", asked).Code)
	b = s.SignedIn(t, people.Manager)
	require.Equal(t, http.StatusSeeOther, b.Post("/accueil/indicateurs/rapports", asked).Code)
	first := b.Get(report)
	require.Equal(t, http.StatusOK, first.Code)
	require.Contains(t, first.Body.String(), "Rapport d’activité "+asked.Get("annee"))

	receive(t, s, peopletest.Here, 20, takeup.MonthOf(year, time.March), 0, "aspa")
	require.Equal(t, http.StatusSeeOther, b.Post("/accueil/indicateurs/rapports", asked).Code)
	require.Equal(t, first.Body.String(), b.Get(report).Body.String())
	require.NotContains(t, b.Get(report+".csv").Body.String(), "aspa")
}

// TestEveryBreakdownIsOnThePage: what ended and why, what became of it after ninety days and the persons helped by an interpreter have their
// tables, refusals and abandonments their drawing; no word of the page or of its file is missing.
func TestEveryBreakdownIsOnThePage(t *testing.T) {
	s := desktest.New(t)
	s.Clock.Pass(24 * time.Hour * 300)
	month := takeup.MonthOf(s.Clock.Now().Year(), time.January)
	add := func(l indicators.Line) {
		require.NoError(t, s.Keep.Cases.AddLine(t.Context(), peopletest.Here, l))
	}
	for i := range 12 {
		add(indicators.Passing(month, takeup.Reception{Channel: takeup.WalkIn, Language: "ta", Interpreter: i < 6}, true, true))
		right := indicators.Right{Aid: "rsa", Type: takeup.NotKnown, Reason: takeup.Information, Channel: takeup.WalkIn, Language: "ta", Found: month}
		if i < 6 {
			right.Refused, right.Why = month+1, takeup.RefusedDocuments
		} else {
			right.Abandoned, right.Left = month+1, takeup.LeftTooHard
		}
		add(indicators.Line{Right: &right})
	}
	b := s.SignedIn(t, people.Manager)
	page := b.Get("/accueil/indicateurs").Body.String()
	for _, id := range []string{
		"droits-aide", "droits-type", "droits-motif", "droits-canal", "droits-langue", "droits-mois", "personnes-canal", "personnes-langue", "personnes-mois",
		"devenir-aide", "devenir-type", "devenir-motif", "devenir-canal", "devenir-langue", "devenir-mois", "refuses-issue", "abandonnes-issue",
	} {
		assert.Contains(t, page, `<h2 id="t-`+id+`">`)
	}
	for _, drawn := range []string{"parcours", "types", "refuses", "abandonnes"} {
		assert.Regexp(t, `(?s)<title id="g-`+drawn+`">.*?</figure>\s*<section`, page, "a drawing, and its table beside it")
	}
	for _, words := range []string{"Pièces manquantes", "Trop compliqué", "Avec interprète", "50\u202f%"} {
		assert.Contains(t, page, words)
	}
	file := b.Get("/accueil/indicateurs.csv").Body.String()
	assert.Contains(t, file, "Refusés;Raison;Pièces manquantes;;;6\n")
	assert.Contains(t, file, "Abandonnés;Aide;rsa;Raison;Trop compliqué;6\n")
	assert.Contains(t, file, "Avec interprète;Langue;Tamoul;;;6\n")
	for _, text := range []string{page, file} {
		assert.NotRegexp(t, `(^|[>;])(indicateurs|mot)\.[a-z]`, text, "a word is missing")
	}
}
