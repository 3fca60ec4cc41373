package pages_test

import (
	"fmt"
	"html"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/trace"
	"guichet/locales"
	"guichet/web/curve"
	"guichet/web/telling"
	"guichet/web/webtest"
)

// TestEveryAidHasItsPages looks at the three pages of every aid, in every language, on a few days: whole, light, without an
// identifier, with every condition, step and text of law.
func TestEveryAidHasItsPages(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	s := newSite(t)
	v := s.visitor(t)
	e, err := shippedEngine()
	require.NoError(t, err)
	set := e.Set()
	for _, tag := range []string{"fr", "en"} {
		words := printer(t, tag)
		for _, aid := range set.Aids() {
			on := []fact.Day{fact.DayOf(2026, 10, 15)}
			if tag == locales.Source {
				on = append(on, aid.From, fact.DayOf(2025, 3, 15), aid.Until)
			}
			for _, on := range on {
				rule := trace.Of(set, aid, on, nil)
				told := telling.RuleOf(rule, set, words)
				for _, part := range []string{"", "/regle", "/valeurs"} {
					address := fmt.Sprintf("/%s/aides/%s%s?date=%s", tag, aid.ID, part, on)
					page := v.get(address)
					require.Equal(t, http.StatusOK, page.status, address)
					require.Equal(t, tag, page.lang, address)
					require.Empty(t, page.strange, address)
					require.Len(t, page.ids, len(slices.Compact(slices.Sorted(slices.Values(page.ids)))), "an id stands twice: %s", address)
					require.NotRegexp(t, `<no value>|%!|ZgotmplZ|NaN`, page.body, address)
					require.Contains(t, page.text, words.Date(telling.Day(on)), address)
					for _, link := range page.links {
						if inside, ok := strings.CutPrefix(link, "#"); ok {
							require.Contains(t, page.ids, inside, address)
						}
					}
					switch part {
					case "":
						require.LessOrEqual(t, len(page.body), 96<<10, address) // three ways of paying for a home, three formulas
						require.NotRegexp(t, `[a-z]_[a-z]`, page.text, address)
						shows(t, page, told.Of(telling.Conditions), address)
						shows(t, page, told.Of(telling.Steps), address)
					case "/regle":
						for _, m := range told.Sections {
							shows(t, page, m.Lines, address)
						}
					default:
						for _, b := range rule.Baremes {
							known, _ := set.Bareme(b.Name)
							for _, x := range known.Values {
								require.Contains(t, page.text, words.Date(telling.Day(x.From)), "%s in %s", b.Name, address)
								for _, ref := range x.Reference {
									require.Contains(t, page.links, ref.URL, "%s in %s", b.Name, address)
								}
							}
						}
					}
				}
			}
		}
	}
}

// shows asks a page for the words of lines of a rule, and for links to their texts.
func shows(t *testing.T, page *shown, lines []telling.Line, address string) {
	t.Helper()
	for _, l := range lines {
		require.Contains(t, html.UnescapeString(page.body), l.Label, address)
		require.Contains(t, html.UnescapeString(page.body), l.Words, address)
		for _, ref := range l.References {
			require.Contains(t, page.links, ref.URL, address)
		}
	}
}

func printer(t testing.TB, tag string) locales.Printer {
	texts := webtest.Texts(t)
	words, ok := texts.Printer(tag)
	require.True(t, ok)
	return words
}

var polylines = regexp.MustCompile(`<polyline class="(line was|line)" points="([^"]*)"`)

// TestTheDrawingsAreWhatTheEngineSays reads the lines back from the page: each point is what the engine answers, and each
// income between two points lies on the line between them.
func TestTheDrawingsAreWhatTheEngineSays(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	s := newSite(t)
	v := s.visitor(t)
	e, err := shippedEngine()
	require.NoError(t, err)
	words := printer(t, "fr")
	for _, aid := range e.Set().Aids() {
		page := v.get("/fr/aides/" + aid.ID)
		require.Equal(t, 1, page.tags["h1"])
		lines := polylines.FindAllStringSubmatch(page.body, -1)
		require.NotEmpty(t, lines, aid.ID)
		on := profile.DateOfTime(today)
		if aid.ID == "prime_noel" { // its decree is awaited: what is drawn is the last day that is decided
			on = dayAfter(t, page, "la courbe est celle du")
		}
		for _, h := range drawn(page, words) {
			var before profile.Date
			if lines[0][1] == "line was" {
				before = dayAfter(t, page, "et avec celles du")
				follows(t, e, aid.ID, h, before, lines[0][2])
				lines = lines[1:]
			}
			require.Equal(t, "line", lines[0][1])
			follows(t, e, aid.ID, h, on, lines[0][2])
			lines = lines[1:]
		}
		require.Empty(t, lines, "every line belongs to a household that is named")
	}
}

// drawn gives the households that a page draws, in its order, by the words that it has for them.
func drawn(page *shown, words locales.Printer) []curve.Household {
	var out []curve.Household
	for _, m := range regexp.MustCompile(`<figcaption><h3>([^<]*)</h3>`).FindAllStringSubmatch(page.body, -1) {
		for _, h := range curve.Households {
			if words.T("courbe.foyer."+h.ID, "Loyer", words.Money(h.Rent)) == html.UnescapeString(m[1]) {
				out = append(out, h)
			}
		}
	}
	return out
}

// dayAfter reads from the page the day that some words introduce.
func dayAfter(t *testing.T, page *shown, words string) profile.Date {
	t.Helper()
	m := regexp.MustCompile(words + ` (\S+) (\S+) (\d{4})`).FindStringSubmatch(page.text)
	require.NotNil(t, m)
	day, err := strconv.Atoi(m[1])
	require.NoError(t, err)
	month := slices.Index([]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}, m[2])
	year, err := strconv.Atoi(m[3])
	require.NoError(t, err)
	return profile.DateOfTime(time.Date(year, time.Month(month+1), day, 0, 0, 0, 0, time.UTC))
}

func follows(t *testing.T, e *engine.Engine, aid string, h curve.Household, on profile.Date, points string) {
	t.Helper()
	answer := func(income float64) float64 {
		simulation, err := e.Simulate(h.Profile(curve.Commune, on, income))
		require.NoError(t, err)
		net := 0.0
		for _, a := range simulation.Aids {
			if a.Aid == aid {
				net += a.Amount.Net
				if a.Share != nil && a.Status == engine.Eligible { // what the household pays for it
					net += a.Share.Lo
				}
			}
		}
		return net
	}
	var x, y []float64
	for point := range strings.FieldsSeq(points) {
		income, amount, _ := strings.Cut(point, ",")
		at, err := strconv.ParseFloat(income, 64)
		require.NoError(t, err)
		net, err := strconv.ParseFloat(amount, 64)
		require.NoError(t, err)
		require.InDelta(t, answer(at), net, 0.005, "%s, %s on %s, %g", aid, h.ID, on, at)
		x, y = append(x, at), append(y, net)
	}
	require.Greater(t, len(x), 1)
	for i := range x[1:] {
		middle := math.Round((x[i]+x[i+1])/2/100) * 100 // a multiple of every step
		if middle <= x[i] || middle >= x[i+1] {
			continue
		}
		between := y[i] + (y[i+1]-y[i])*(middle-x[i])/(x[i+1]-x[i])
		require.InDelta(t, answer(middle), between, 0.03, "%s, %s on %s, %g", aid, h.ID, on, middle)
	}
}

// TestTheHistoryOfARule: the row of the day that is shown is the one that is marked, and leads to the page as it was.
func TestTheHistoryOfARule(t *testing.T) {
	v := newSite(t).visitor(t)
	current := regexp.MustCompile(`(?s)<tr class="on-day">.*?</tr>`)
	for _, c := range []struct{ date, since, has string }{
		{"2026-05-15", "2026-04-01", "646,52 € par mois → <strong>651,69 € par mois"},
		{"2025-05-15", "2025-04-01", "635,71 € par mois → <strong>646,52 € par mois"},
	} {
		page := v.get("/fr/aides/rsa?date=" + c.date)
		rows := current.FindAllString(page.body, -1)
		require.Len(t, rows, 1, c.date)
		require.Contains(t, rows[0], `<a href="/fr/aides/rsa?date=`+c.since+`"><time datetime="`+c.since+`">`)
		require.Contains(t, plainSpaces(rows[0]), c.has)
		require.Contains(t, rows[0], "En vigueur")
		require.Contains(t, page.links, "/fr/aides/rsa", "the way to today")
		require.Contains(t, page.links, "/en/aides/rsa?date="+c.date, "the same day in another language")
	}
	page := v.get("/fr/aides/rsa?date=2024-01-01")
	require.Contains(t, page.text, "À venir")
	require.NotContains(t, v.get("/fr/aides/rsa").links, "/fr/aides/rsa", "today needs no way to today")
}

func plainSpaces(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(html.UnescapeString(s))
}

func TestDaysThatCannotBeShown(t *testing.T) {
	v := newSite(t).visitor(t)
	require.Contains(t, v.get("/fr/aides/rsa?date=2026-02-30").text, "n’existe pas")
	require.Contains(t, v.get("/en/aides/rsa?date=1999-01-01").text, "Here is the nearest day.")
	page := v.get("/fr/aides/rsa?date=%3Cscript%3E")
	require.Equal(t, http.StatusOK, page.status)
	require.NotContains(t, page.body, "<script")
}

func TestAnUnknownAidHasANearOne(t *testing.T) {
	v := newSite(t).visitor(t)
	page := v.get("/fr/aides/prime_activte")
	require.Equal(t, http.StatusNotFound, page.status)
	require.Contains(t, page.links, "/fr/aides/prime_activite")
	require.Contains(t, page.links, "/fr/aides")
	require.NotContains(t, page.body, "activte", "nothing of what was sent comes back")
	require.Equal(t, http.StatusNotFound, v.get("/fr/aides/xyz/regle").status)
}

// TestAnAidThatHasEnded keeps its page, and says so there and in the list.
func TestAnAidThatHasEnded(t *testing.T) {
	s := newSiteOn(t, webtest.Engine(t), 1)
	aid, ok := webtest.Engine(t).Set().Aid("aide_essai")
	require.True(t, ok)
	s.now = telling.Day(aid.Until).AddDate(0, 2, 0)
	v := s.visitor(t)
	ended := printer(t, "fr").Date(telling.Day(aid.Until))
	require.Contains(t, v.get("/fr/aides").text, ended)
	page := v.get("/fr/aides/aide_essai")
	require.Equal(t, http.StatusOK, page.status)
	require.Contains(t, page.text, "Cette aide n’existe plus")
	require.NotContains(t, page.links, "/fr/simulation", "it is not to be asked for")
	require.Contains(t, page.body, `class="chart"`, "what it was is shown")
}

// TestTheListLeadsToThePages and every page to those of the aids that it hangs together with.
func TestTheListLeadsToThePages(t *testing.T) {
	v := newSite(t).visitor(t)
	e, err := shippedEngine()
	require.NoError(t, err)
	list := v.get("/fr/aides")
	for _, aid := range e.Set().Aids() {
		require.Contains(t, list.links, "/fr/aides/"+aid.ID)
	}
	require.Contains(t, v.get("/fr/aides/rsa").links, "/fr/aides/aide_logement")
	require.Contains(t, v.get("/fr/aides/mva").links, "/fr/aides/aah")
	require.Contains(t, v.get("/fr/aides/aah").links, "/fr/aides/mva")
}
