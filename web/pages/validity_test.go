package pages_test

import (
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// publicPaths are the addresses below a language that need no answer.
var publicPaths = []string{
	"", "aides", "aides/rsa", "aides/aide_logement", "aides/prime_activite?date=2025-06-15", "aides/aspa/regle", "aides/rsa/valeurs",
	"accessibilite", "donnees-personnelles", "mentions-legales", "feuille", "nulle-part",
}

// sample gives the pages that a household meets in a language, by name: every public address, each question, a page with mistakes, the
// answers, the results and the sheet.
func (s *site) sample(t *testing.T, lang string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, path := range publicPaths {
		pages["page-"+strings.NewReplacer("/", "-", "?", "-").Replace(path)] = s.visitor(t).get("/" + lang + "/" + path).body
	}
	v := s.visitor(t)
	parent := loneParent()
	v.answerAll(lang, func(page *shown) url.Values {
		pages["question-"+page.key] = v.page.body
		if len(pages) == len(publicPaths)+2 {
			other := *v
			other.press("suite", nil)
			pages["question-mistaken"] = other.page.body
		}
		return parent.answer(t, page)
	})
	pages["check"] = v.page.body
	pages["results"] = v.press("resultats", nil).body
	pages["sheet"] = v.press("feuille", nil).body
	return pages
}

// validatorRules are those of the HTML standard; what is a matter of style is not held here.
const validatorRules = `{"root": true, "extends": ["html-validate:standard", "html-validate:a11y"], "rules": {
	"no-redundant-role": "off", "text-content": "off", "no-raw-characters": "off", "no-implicit-button-type": "off"
}}`

// TestPagesAreValidHTML holds every page to the HTML standard, as html-validate knows it; a page that is wrong on purpose shows that it
// does look.
func TestPagesAreValidHTML(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	validator := validatorOrSkip(t)
	s := newSite(t)
	folder := t.TempDir()
	keep := func(name, text string) {
		t.Helper()
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	keep(".htmlvalidate.json", validatorRules)
	keep("wrong.html", `<!doctype html><html lang="fr"><head><title>Faux</title></head><body><p><div></div></p></body></html>`)
	for _, lang := range []string{"fr", "ar", "zh-Hans"} {
		for name, body := range s.sample(t, lang) {
			keep(lang+"-"+name+".html", body)
		}
	}
	out, err := os.Create(filepath.Join(folder, "found.json")) // a pipe would be cut short when the program ends
	require.NoError(t, err)
	command := exec.Command("node", validator, "--formatter", "json", "--config", ".htmlvalidate.json", ".")
	command.Dir, command.Stdout = folder, out
	require.Error(t, command.Run(), "the wrong page was not found wrong")
	require.NoError(t, out.Close())
	text, err := os.ReadFile(out.Name())
	require.NoError(t, err)
	var reports []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line, Column    int
		}
	}
	require.NoError(t, json.Unmarshal(text, &reports))
	for _, r := range reports {
		for _, m := range r.Messages {
			if filepath.Base(r.FilePath) != "wrong.html" {
				t.Errorf("%s:%d:%d: %s: %s", filepath.Base(r.FilePath), m.Line, m.Column, m.RuleID, m.Message)
			}
		}
	}
}

// validatorOrSkip gives the program of html-validate, which stands beside axe-core; and skips as [browsertest.Open] does.
func validatorOrSkip(t *testing.T) string {
	t.Helper()
	path := filepath.Join(filepath.Dir(os.Getenv("GUICHET_AXE")), "..", "html-validate", "bin", "html-validate.mjs")
	path, err := filepath.Abs(path)
	require.NoError(t, err)
	_, missing := os.Stat(path)
	_, node := exec.LookPath("node")
	switch {
	case missing == nil && node == nil && os.Getenv("GUICHET_AXE") != "":
	case os.Getenv("CI") == "true":
		require.Fail(t, "no html-validate: npm ci --prefix .ci, and set GUICHET_AXE to its axe.min.js")
	default:
		t.Skip("no html-validate: npm ci --prefix .ci, and set GUICHET_AXE to its axe.min.js")
	}
	return path
}
