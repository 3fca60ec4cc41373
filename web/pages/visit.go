package pages

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/locales"
)

// A visit is one request for a page in one language.
type visit struct {
	p  *Pages
	w  http.ResponseWriter
	r  *http.Request
	L  locales.Printer
	at time.Time

	// One request asks the engine about the same household several times; it answers once.
	rankedFor string
	ranking   []engine.Question
}

func (p *Pages) visited(tag string, serve func(*visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		words, _ := p.texts.Printer(tag) // read when somebody first asks for the language
		serve(&visit{p: p, w: w, r: r, L: words.Marked(), at: p.clock()})
	}
}

// today is the day that rights are computed for.
func (v *visit) today() profile.Date { return profile.DateOfTime(v.at) }

// frame is what every page has around its own part.
type frame struct {
	L         locales.Printer
	Title     string // of the window
	Style     string // address of the style sheet
	Icon      string
	Home      string // address of the home page in this language
	Languages []otherLanguage
	Sealed    string   // the answers so far; empty outside the questionnaire
	FormID    string   // id of the form that carries the answers; empty when the page has none
	Quick     bool     // whether the page offers to leave quickly
	Scripts   []string // addresses of the scripts of the page, which lacks nothing without them
	Aloud     bool     // whether one of them reads the page
}

// otherLanguage is a language that the page could be read in, and the address that shows it so.
type otherLanguage struct {
	locales.Language
	Address string
}

// frame makes the frame of a page whose own name is title.
func (v *visit) frame(title string) frame {
	f := frame{
		L: v.L, Title: v.L.T("site.titre", "Page", title), Style: v.p.static.Path("guichet.css"), Icon: v.p.static.Path("icon.svg"),
		Home: "/" + v.L.Tag + "/",
	}
	rest, ours := strings.CutPrefix(v.r.URL.Path, f.Home)
	if !ours {
		rest = ""
	}
	for _, l := range v.p.texts.Languages() {
		if l.Tag != v.L.Tag {
			f.Languages = append(f.Languages, otherLanguage{l, "/" + l.Tag + "/" + rest})
		}
	}
	return f
}

// aloud gives the page the button that reads it.
func (v *visit) aloud(f *frame) {
	f.Aloud, f.Scripts = true, append(f.Scripts, v.p.static.Path("read-aloud.js"))
}

// carry makes it a page whose form carries the answers: it can be left quickly, and says when the next one is late.
func (v *visit) carry(f *frame, a *answers) {
	f.Sealed, f.FormID, f.Quick = v.p.seal(a), questionForm, true
	f.Scripts = append(f.Scripts, v.p.static.Path("waiting.js"))
}

func (f frame) scripted() bool { return len(f.Scripts) > 0 }

// allowScript lets the pages that have one run our own scripts: no other origin, nothing inline, and no text that becomes markup.
func allowScript(h http.Header) {
	const policy = "Content-Security-Policy"
	if strict := h.Get(policy); strict != "" {
		h.Set(policy, strict+"; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'")
	}
}

// show writes a page. It is made whole before the first byte leaves, so that a fault gives a clean error page.
func (v *visit) show(status int, name string, page any) {
	var b bytes.Buffer
	if err := v.p.templates[name].ExecuteTemplate(&b, "layout", page); err != nil {
		panic("rendering " + name + ": " + err.Error()) // a fault of ours: the server's last resort answers
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if page, ok := page.(interface{ scripted() bool }); ok && page.scripted() {
		allowScript(h)
	}
	h.Set("Content-Language", v.L.Tag)
	v.w.WriteHeader(status)
	_, _ = v.w.Write(resolve(b.Bytes()))
}

// cache says how long a page may be kept, by its Cache-Control.
func (v *visit) cache(control string) { v.w.Header().Set("Cache-Control", control) }

// How pages may be kept.
const (
	cachePublic  = "public, max-age=300"
	cacheAnswers = "private, no-cache" // the browser's own Back button shows it again
	cacheNever   = "no-store"
)
