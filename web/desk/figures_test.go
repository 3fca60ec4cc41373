package desk_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
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

// receive counts persons received in a month, each with one right found, and opened when it says so.
func receive(t *testing.T, s *desktest.Site, ccas takeup.CCAS, n int, month takeup.Month, aid string, opened bool) {
	t.Helper()
	days := 40
	for range n {
		right := indicators.Right{
			Aid: aid, Type: takeup.NotKnown, Reason: takeup.Information, Channel: takeup.WalkIn, Language: "ta", Found: month,
			Estimated: &takeup.Amount{Cents: 50_000, Per: takeup.PerMonth},
		}
		if opened {
			right.Filed, right.Opened, right.DaysToFile, right.DaysToOpen, right.DaysAnswer = month, month+1, &days, &days, &days
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
	receive(t, s, peopletest.Here, 14, month, "rsa", true)
	receive(t, s, peopletest.Here, 3, month, "aspa", false)
	receive(t, s, peopletest.Elsewhere, 50, month, "rsa", true)
	b := s.SignedIn(t, people.Manager)

	address := "/accueil/indicateurs?de=" + month.String() + "&a=" + (month + 2).String()
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

	wrong := b.Get("/accueil/indicateurs?de=2026-13&a=x")
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Code)
	require.Contains(t, wrong.Body.String(), "Donnez deux mois")
}

// TestAYearIsPublishedOnce: what comes later changes nothing of it, and nobody but a manager publishes.
func TestAYearIsPublishedOnce(t *testing.T) {
	s := desktest.New(t)
	year := s.Clock.Now().Year()
	receive(t, s, peopletest.Here, 30, takeup.MonthOf(year, time.February), "rsa", true)
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

	receive(t, s, peopletest.Here, 20, takeup.MonthOf(year, time.March), "aspa", false)
	require.Equal(t, http.StatusSeeOther, b.Post("/accueil/indicateurs/rapports", asked).Code)
	require.Equal(t, first.Body.String(), b.Get(report).Body.String())
	require.NotContains(t, b.Get(report+".csv").Body.String(), "aspa")
}
