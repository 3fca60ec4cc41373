package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/web/pages"
	"guichet/web/webtest"
)

// corpus is what an attacker types.
var corpus = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `"autofocus onfocus=alert(1) x="`,
	`</textarea><svg/onload=alert(1)>`, `javascript:alert(1)`, `{{.L}}{{printf "%s" .}}`, `<!--<script>`, `]]><script>alert(1)</script>`,
	`&lt;script&gt;`, "\x00<b>", "\u2028alert(1)", `<style>*{background:url(//x)}</style>`, `=HYPERLINK("http://x")`, strings.Repeat("<i>", 300),
}

// Property 30: what a visitor types stays text, in every field, page and language.
func TestProperty30NothingTypedRuns(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		t.Run(lang, func(t *testing.T) {
			s := newSite(t)
			v := s.visitor(t)
			v.get("/" + lang + "/simulation")
			for v.page.key != "" {
				asked := v.page
				clean := asked.tags
				for _, evil := range corpus {
					in := url.Values{}
					for name := range asked.fields {
						if name != "reponses" && name != "page" {
							in.Set(name, evil)
						}
					}
					for name := range asked.choices {
						in.Set(name, evil)
					}
					v.page = asked
					page := v.press("suite", in)
					require.Empty(t, page.strange, "%s on %s", evil, asked.key)
					require.Equal(t, 2, page.tags["script"], "our own")
					for _, tag := range []string{"img", "style", "iframe", "i", "b", "textarea", "object"} {
						require.Zero(t, page.tags[tag], "%s on %s: a %s", evil, asked.key, tag)
					}
					require.LessOrEqual(t, page.tags["svg"], clean["svg"]+60)
					for _, link := range page.links {
						require.Regexp(t, `^(/|#|https://)`, link)
					}
				}
				v.page = asked
				v.continueWith(loneParent().answer(t, asked))
				require.Empty(t, v.page.errors)
			}
			for _, evil := range corpus {
				for _, field := range []string{"reponses", "vers", "page"} {
					in := url.Values{"reponses": {v.page.fields.Get("reponses")}, "vers": {"suite"}, "page": {"couple"}}
					in.Set(field, evil)
					page := v.post("/"+lang+"/simulation", in)
					require.Empty(t, page.strange)
					require.Zero(t, page.tags["img"])
					require.LessOrEqual(t, page.tags["script"], 1)
				}
			}
		})
	}
}

// Every page is sound HTML for a browser: well formed, each id once, each label's field there, one heading, no script.
func TestPagesAreSound(t *testing.T) {
	check := func(t *testing.T, p *shown) {
		ids := slices.Clone(p.ids)
		slices.Sort(ids)
		for i := 1; i < len(ids); i++ {
			require.NotEqual(t, ids[i-1], ids[i], "an id stands twice on %s", p.heading)
		}
		for _, attribute := range []string{` for="`, ` aria-labelledby="`, ` aria-describedby="`, ` form="`, `href="#`} {
			for _, rest := range strings.Split(p.body, attribute)[1:] {
				id, _, _ := strings.Cut(rest, `"`)
				require.Contains(t, p.ids, id, "%s on %s", attribute, p.heading)
			}
		}
		require.Equal(t, 1, p.tags["h1"])
		require.Equal(t, 1, p.tags["main"])
		require.NotEmpty(t, p.title)
		require.Equal(t, strings.Count(p.body, `<script src="/static/`), p.tags["script"], "our own scripts only")
		require.LessOrEqual(t, p.tags["script"], 2)
		require.Empty(t, p.strange)
	}
	for _, lang := range []string{"fr", "en"} {
		v := newSite(t).visitor(t)
		for _, path := range []string{"", "aides", "aides/rsa", "accessibilite", "donnees-personnelles", "mentions-legales"} {
			check(t, v.get("/"+lang+"/"+path))
			require.Equal(t, 200, v.page.status, path)
			require.Equal(t, lang, v.page.lang)
			require.LessOrEqual(t, len(v.page.body), 60<<10)
		}
		for name, who := range people {
			t.Run(name+" "+lang, func(t *testing.T) {
				p := who()
				v.answerAll(lang, func(page *shown) url.Values {
					check(t, page)
					asked := v.page
					check(t, v.press("suite", url.Values{"commune": {""}})) // mistakes, or the next page
					v.page = asked
					return p.answer(t, page)
				})
				check(t, v.page)
				check(t, v.press("resultats", nil))
			})
		}
	}
}

func TestStaticFiles(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	page := v.get("/fr/")
	_, rest, _ := strings.Cut(page.body, `rel="stylesheet" href="`)
	address, _, _ := strings.Cut(rest, `"`)
	require.Regexp(t, `^/static/guichet\.[0-9a-f]{12}\.css$`, address)
	sheet := v.get(address)
	require.Equal(t, 200, sheet.status)
	header := v.answers[len(v.answers)-1]
	require.Equal(t, "text/css; charset=utf-8", header.Get("Content-Type"))
	require.Contains(t, header.Get("Cache-Control"), "immutable")
	require.NotRegexp(t, `url\(|@import|https?:`, sheet.body, "the sheet asks nobody for anything")
	require.NotRegexp(t, `[{;](margin|padding|border|inset)-(left|right)|[{;](left|right|float):|text-align:(left|right)`, sheet.body, "logical properties only")
	require.Less(t, len(sheet.body)+len(page.body), 60<<10, "the first page is light")
	for _, other := range []string{"/static/guichet.css", "/static/guichet.000000000000.css", "/static/..%2fpages.go", "/static/"} {
		require.Equal(t, http.StatusNotFound, v.get(other).status, other)
	}
}

func TestErrorPages(t *testing.T) {
	s := newSite(t)
	for status, words := range map[int]string{404: "Page not found", 405: "does not open this way", 429: "One moment, please", 403: "refused", 413: "Too much", 500: "on our side", 503: "for the moment"} {
		w := httptest.NewRecorder()
		s.pages.Error(w, httptest.NewRequest(http.MethodGet, "/en/<script>", nil), status, "k7f3")
		page := read(t, w)
		require.Equal(t, status, page.status)
		require.Equal(t, "en", page.lang)
		require.Contains(t, page.text, words)
		require.Contains(t, page.text, "k7f3")
		require.NotContains(t, page.body, "<script>")
		require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	}
	for _, l := range []string{"fr", "en"} {
		for _, status := range []int{413, 429, 500, 503} {
			w := httptest.NewRecorder()
			s.pages.Error(w, httptest.NewRequest(http.MethodPost, "/"+l+"/simulation", nil), status, "")
			page := read(t, w)
			require.Contains(t, page.text, map[string]string{"fr": "Vos réponses ne sont pas perdues", "en": "Your answers are not lost"}[l])
			require.Contains(t, page.links, "https://meteofrance.com/", "one may still leave quickly")
			require.Equal(t, 1, strings.Count(page.body, `class="i pic"`))
		}
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Language", "en")
	s.pages.Error(w, r, 500, "")
	require.Equal(t, "en", read(t, w).lang, "outside a language, what the browser asks for")
	v := s.visitor(t)
	require.Equal(t, 404, v.get("/fr/aides/licorne").status)
	require.Equal(t, "Page introuvable", v.page.heading)
	require.Equal(t, 404, v.get("/xx/").status)
}

// After the last day for which the rules are written, visitors are told so, whatever they ask for and send, and not that they made a mistake.
func TestRulesThatHaveEnded(t *testing.T) {
	s := newSiteOn(t, webtest.Engine(t), 1)
	v := s.visitor(t)
	s.now = time.Date(2027, 12, 31, 23, 0, 0, 0, time.UTC)
	require.Equal(t, http.StatusOK, v.get("/fr/simulation").status)
	s.now = s.now.Add(2 * time.Hour)
	for name, ask := range map[string]func() *shown{
		"a new visitor":    func() *shown { return s.visitor(t).get("/fr/simulation") },
		"one under way":    func() *shown { return v.press("suite", nil) },
		"another language": func() *shown { return s.visitor(t).get("/en/simulation") },
	} {
		page := ask()
		require.Equal(t, http.StatusServiceUnavailable, page.status, name)
		require.Regexp(t, "31 décembre 2027|31 December 2027", page.body, name)
	}
	require.Contains(t, s.log.String(), `"until":"2027-12-31"`)
}

func TestAidPage(t *testing.T) {
	page := newSite(t).visitor(t).get("/en/aides/rsa")
	for _, words := range []string{"Revenu de solidarité active", "RSA", "Who pays it", "the CAF", "The conditions", "Identity document"} {
		require.Contains(t, page.text, words)
	}
	require.Empty(t, unnamed.FindAllString(page.text, -1))
}

func TestBadOptionsAreNamed(t *testing.T) {
	_, err := pages.New(pages.Options{})
	require.ErrorContains(t, err, "no engine")
}

// TestAnyAnswersEnd: whatever is answered, the questionnaire ends, never asks twice and gives results.
func TestAnyAnswersEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	s := newSite(t)
	rapid.Check(t, func(rt *rapid.T) {
		v := s.visitor(t)
		v.get("/fr/simulation")
		seen := map[string]bool{}
		for v.page.key != "" {
			if seen[v.page.key] {
				rt.Fatalf("%s is asked twice", v.page.key)
			}
			seen[v.page.key] = true
			asked := v.page
			v.continueWith(random(rt, asked))
			if len(v.page.errors) > 0 { // the draw was nonsense: not knowing is always taken
				v.page = asked
				v.continueWith(with(blank(asked), dunno(asked)))
			}
			if v.page.key == "commune" && asked.key == "commune" { // found: now choose
				v.continueWith(one("commune", v.page.choices["commune"][0]))
			}
			if v.page.status != 200 || len(v.page.errors) > 0 {
				rt.Fatalf("%s: %d %v", asked.key, v.page.status, v.page.errors)
			}
		}
		if v.press("resultats", nil); v.page.status != 200 {
			rt.Fatalf("results: %d", v.page.status)
		}
		v.press("reprendre", nil)
		for _, b := range v.page.buttons {
			if strings.HasPrefix(b.value, "modifier:") {
				here := v.page
				v.press(b.value, nil)
				if v.page.key == "" {
					rt.Fatalf("%s shows no question", b.value)
				}
				v.page = here
			}
		}
	})
}

// blank empties every field of a page.
func blank(page *shown) url.Values {
	out := url.Values{}
	for name := range page.fields {
		if name != "reponses" && name != "page" {
			out.Set(name, "")
		}
	}
	return out
}

// random draws answers to a page.
func random(rt *rapid.T, page *shown) url.Values {
	out := url.Values{}
	for _, name := range sorted(page.choices) {
		values := page.choices[name]
		if strings.HasSuffix(name, ".nsp") {
			continue
		}
		out.Set(name, rapid.SampledFrom(values).Draw(rt, name))
	}
	for _, name := range sorted(page.fields) {
		switch {
		case name == "reponses" || name == "page" || page.choices.Has(name):
		case strings.HasSuffix(name, ".jour"):
			out.Set(name, rapid.StringMatching(`[1-9]|[12][0-9]`).Draw(rt, name))
		case strings.HasSuffix(name, ".mois"):
			out.Set(name, rapid.StringMatching(`[1-9]|1[0-2]`).Draw(rt, name))
		case strings.HasSuffix(name, ".annee"):
			out.Set(name, rapid.StringMatching(`19[4-9][0-9]|20[01][0-9]|202[0-6]`).Draw(rt, name))
		case name == "recherche":
			out.Set(name, rapid.SampledFrom([]string{"75056", "Aubagne", "Niort"}).Draw(rt, name))
		default:
			out.Set(name, rapid.StringMatching(`[0-9]{1,4}(,[0-9]{2})?`).Draw(rt, name))
		}
	}
	return out
}

func sorted(values url.Values) []string {
	var names []string
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
