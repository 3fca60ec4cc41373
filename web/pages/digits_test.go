package pages_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Numbers are taken as the keyboards of the sixteen languages write them, and with what a paste brings along.
func TestNumbersInOtherDigits(t *testing.T) {
	digits := func(zero rune) func(string) string {
		return func(text string) string {
			return strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return zero + r - '0'
				}
				return r
			}, text)
		}
	}
	scripts := map[string]func(string) string{
		"Arabic": digits('٠'), "Persian": digits('۰'), "Bengali": digits('০'), "Tamil": digits('௦'), "Chinese": digits('０'),
		"pasted": func(text string) string { return "\u200e\u00a0" + text + "\u200b " },
	}
	typed := map[string]func(write func(string) string) url.Values{
		"personne.demandeur": func(write func(string) string) url.Values {
			return with(day("date", write("25"), write("4"), write("1988")), one("activite", "salarie"))
		},
		"commune":           func(write func(string) string) url.Values { return one("recherche", write("93200")) },
		"loyer":             func(write func(string) string) url.Values { return one("loyer", write("452.62")) },
		"revenus.demandeur": func(write func(string) string) url.Values { return wage(write("1 449.62 €")) },
	}
	kept := map[string]string{"personne.demandeur": "25 avril 1988", "commune": "Saint-Denis", "loyer": "452,62\u00a0€ par mois", "revenus.demandeur": "1\u202f449,62\u00a0€ par mois"}
	v := newSite(t).visitor(t)
	v.answerAll("fr", func(page *shown) url.Values {
		if said := typed[page.key]; said != nil {
			for name, write := range scripts {
				other := *v
				other.press("suite", said(write))
				require.Empty(t, other.page.errors, "%s on %s", name, page.key)
				sealed := one("reponses", other.page.fields.Get("reponses"))
				require.Contains(t, other.post("/fr/simulation", with(sealed, one("vers", "verifier"))).text, kept[page.key], "%s on %s", name, page.key)
			}
			delete(typed, page.key)
		}
		return loneParent().answer(t, page)
	})
	require.Empty(t, typed, "all was asked")
}
