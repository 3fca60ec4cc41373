package pages

import (
	"strings"

	"guichet/web/templates"
)

// checkAnswers is the page where a visitor reads their answers again.
type checkAnswers struct {
	frame
	Sections []checkSection
	Missing  string // how many answers are "I don't know"
	Left     string // how many useful questions have not been asked
	Back     bool
}

type checkSection struct {
	Title, Picture string
	Rows           []checkRow
	Also           []checkLink // what is often changed here
}

type checkLink struct{ Text, Target string }

type checkRow struct {
	Name, Target string
	Lines        []string // empty when the answer is "I don't know"
}

// check shows the answers so far.
func (v *visit) check(a *answers) {
	a.Then, a.Opened = "", nil
	a.visit(checkPage)
	c, err := v.asking(a)
	if err != nil {
		v.fail(err)
		return
	}
	page := checkAnswers{frame: v.frame(v.L.T("verifier.titre")), Back: len(a.Trail) > 1}
	missing := 0
	for _, s := range []string{"foyer", "logement", "argent"} {
		section := checkSection{Title: v.L.T("verifier." + s), Picture: map[string]string{"foyer": "family", "logement": "home", "argent": "coin"}[s]}
		for _, q := range a.questions() {
			if sectionOf(q) != s {
				continue
			}
			words, said := q.recall(c)
			if !said {
				continue
			}
			row := checkRow{Name: q.ask(c, q.fill(c)).Name, Target: actChange + q.key()}
			if words == "" {
				missing++
			} else {
				row.Lines = strings.Split(words, "\n")
			}
			section.Rows = append(section.Rows, row)
		}
		if s == "foyer" {
			section.Also = v.comings(a)
		}
		if len(section.Rows) > 0 {
			page.Sections = append(page.Sections, section)
		}
	}
	if missing > 0 {
		page.Missing = v.L.N("verifier.manque", missing)
	}
	pages, err := v.pending(a)
	if err != nil {
		v.fail(err)
		return
	}
	if len(pages) > 0 {
		page.Left = v.L.N("verifier.reste", len(pages))
	}
	v.carry(&page.frame, a)
	v.aloud(&page.frame)
	v.cache(cacheAnswers)
	v.show(200, templates.Check, page)
}

// comings names the pages where someone is added to the household or taken away.
func (v *visit) comings(a *answers) []checkLink {
	var links []checkLink
	if a.Profile.Children.Known || a.unsaid(childrenPath) {
		links = append(links, checkLink{v.L.T("verifier.enfants"), actChange + dependants{}.key()})
	}
	switch {
	case a.Profile.Spouse != nil:
		links = append(links, checkLink{v.L.T("verifier.sans_conjoint"), actChange + couple{}.key()})
	case a.Profile.Couple != "" || a.unsaid("couple"):
		links = append(links, checkLink{v.L.T("verifier.avec_conjoint"), actChange + couple{}.key()})
	}
	return links
}

// sectionOf says under which title an answer is read again.
func sectionOf(q question) string {
	switch q := q.(type) {
	case commune, resident, housing, regime, loan, loanKind, rent:
		return "logement"
	case incomes, amounts, sum, received:
		return "argent"
	case joined:
		if q.name == wealth.name {
			return "argent"
		}
	case each:
		if q.name == childIncomes.name {
			return "argent"
		}
	}
	return "foyer"
}
