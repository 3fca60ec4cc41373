package pages_test

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/web/pages"
	"guichet/web/webtest"
)

// today is the day of every test.
var today = time.Date(2026, 10, 15, 9, 0, 0, 0, time.UTC)

// policy is the strictest content policy under which the pages must stay whole.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// shippedEngine answers with the rules of the program.
var shippedEngine = sync.OnceValues(func() (*engine.Engine, error) {
	set, err := ruleset.Load(rules.FS)
	if err != nil {
		return nil, err
	}
	return engine.New(set)
})

// A site serves the pages as the program does, and remembers everything that left it.
type site struct {
	handler http.Handler
	pages   *pages.Pages
	now     time.Time
	log     bytes.Buffer
}

func newSite(t testing.TB) *site { return newSiteWithKey(t, 1) }

func newSiteWithKey(t testing.TB, key byte) *site {
	e, err := shippedEngine()
	require.NoError(t, err)
	return newSiteOn(t, e, key)
}

func newSiteOn(t testing.TB, e pages.Engine, key byte) *site {
	return newSiteWith(t, pages.Options{Engine: e}, key)
}

// newSiteWith makes a site of an engine and, if they are given, its words.
func newSiteWith(t testing.TB, o pages.Options, key byte) *site {
	s := &site{now: today}
	o.Texts = cmp.Or(o.Texts, webtest.Texts(t))
	o.Log = slog.New(slog.NewJSONHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.Key, o.Clock = bytes.Repeat([]byte{key}, 32), func() time.Time { return s.now }
	p, err := pages.New(o)
	require.NoError(t, err)
	r := chi.NewRouter()
	r.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", policy)
			next.ServeHTTP(w, r)
		})
	})
	r.NotFound(func(w http.ResponseWriter, r *http.Request) { p.Error(w, r, http.StatusNotFound, "") })
	p.Routes(r)
	s.handler, s.pages = r, p
	return s
}

// A visitor goes from page to page as a browser without JavaScript does.
type visitor struct {
	t       testing.TB
	site    *site
	page    *shown
	answers []http.Header // headers of every answer
	visited []string      // every address asked for
}

func (s *site) visitor(t testing.TB) *visitor { return &visitor{t: t, site: s} }

func (v *visitor) get(address string) *shown {
	return v.do(httptest.NewRequest(http.MethodGet, address, nil))
}

func (v *visitor) post(address string, in url.Values) *shown {
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(in.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

func (v *visitor) do(r *http.Request) *shown {
	v.t.Helper()
	w := httptest.NewRecorder()
	v.site.handler.ServeHTTP(w, r)
	v.answers, v.visited = append(v.answers, w.Header()), append(v.visited, r.URL.String())
	v.page = read(v.t, w)
	return v.page
}

// press fills the form of the page with answers, leaves the rest as it is shown, and presses a button.
func (v *visitor) press(button string, answers url.Values) *shown {
	v.t.Helper()
	in := url.Values{}
	for name, values := range v.page.fields {
		in[name] = slices.Clone(values)
	}
	maps.Copy(in, answers)
	i := slices.IndexFunc(v.page.buttons, func(b pressable) bool { return b.value == button })
	if i < 0 {
		require.Failf(v.t, "no such button", "%q on %q; there are %v", button, v.page.heading, v.page.buttons)
	}
	in.Set("vers", button)
	return v.post(cmp.Or(v.page.buttons[i].action, v.page.action), in)
}

// turnTo changes the language of the page, with what was typed on it.
func (v *visitor) turnTo(lang string, answers url.Values) *shown {
	v.t.Helper()
	i := slices.IndexFunc(v.page.buttons, func(b pressable) bool { return b.value == "reprendre" && strings.HasPrefix(b.action, "/"+lang+"/") })
	require.GreaterOrEqual(v.t, i, 0, "%s is not offered on %q", lang, v.page.heading)
	v.page.buttons = v.page.buttons[i:]
	return v.press("reprendre", answers)
}

// continueWith answers the question shown.
func (v *visitor) continueWith(answers url.Values) *shown {
	v.t.Helper()
	return v.press("suite", answers)
}

// shown is a page as a browser understands it.
type shown struct {
	status  int
	body    string
	lang    string
	title   string
	heading string
	key     string // of the question, "" elsewhere
	action  string
	fields  url.Values // what the form would send untouched
	choices url.Values // every value of every radio, box and list
	buttons []pressable
	links   []string
	errors  []string
	tags    map[string]int
	ids     []string
	strange []string // attributes that could run something
	text    string
}

type pressable struct{ value, action string }

// read parses a page; it fails when the page is not well formed.
func read(t testing.TB, w *httptest.ResponseRecorder) *shown {
	t.Helper()
	p := &shown{status: w.Code, body: w.Body.String(), fields: url.Values{}, choices: url.Values{}, tags: map[string]int{}}
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		return p
	}
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(p.body, "<!doctype html>")))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var text strings.Builder
	var inside []string
	list, inMistakes := "", false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, "page is not well formed: %s", p.body)
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			inside = append(inside, name)
			p.tags[name]++
			at := map[string]string{}
			for _, a := range token.Attr {
				at[a.Name.Local] = a.Value
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || a.Name.Local == "srcdoc" {
					p.strange = append(p.strange, name+" "+a.Name.Local)
				}
			}
			if at["id"] != "" {
				p.ids = append(p.ids, at["id"])
			}
			inMistakes = inMistakes || at["class"] == "mistakes"
			p.element(name, at, &list)
		case xml.EndElement:
			if token.Name.Local == "div" {
				inMistakes = false
			}
			for len(inside) > 0 {
				last := inside[len(inside)-1]
				inside = inside[:len(inside)-1]
				if last == token.Name.Local {
					break
				}
			}
		case xml.CharData:
			words := strings.TrimSpace(string(token))
			if words == "" || len(inside) == 0 {
				continue
			}
			switch inside[len(inside)-1] {
			case "title":
				p.title = words
			case "h1":
				p.heading += words
			case "a":
				if inMistakes {
					p.errors = append(p.errors, words)
				}
			}
			text.WriteString(words + "\n")
		}
	}
	p.text = text.String()
	return p
}

func (p *shown) element(name string, at map[string]string, list *string) {
	_, checked := at["checked"]
	_, selected := at["selected"]
	switch name {
	case "html":
		p.lang = at["lang"]
	case "form":
		p.action = at["action"]
	case "a":
		p.links = append(p.links, at["href"])
	case "button":
		p.buttons = append(p.buttons, pressable{at["value"], at["formaction"]})
	case "select":
		*list = at["name"]
	case "option":
		p.choices.Add(*list, at["value"])
		if selected || !p.fields.Has(*list) {
			p.fields.Set(*list, at["value"])
		}
	case "input":
		switch at["type"] {
		case "radio", "checkbox":
			p.choices.Add(at["name"], at["value"])
			if checked {
				p.fields.Add(at["name"], at["value"])
			}
		default:
			p.fields.Set(at["name"], at["value"])
		}
		if at["name"] == "page" {
			p.key = at["value"]
		}
	}
}
