package pages

import (
	"strconv"

	"guichet/web/conformity"
	"guichet/web/templates"
)

// accessibilityPage is the accessibility statement, made from what the tests hold.
type accessibilityPage struct {
	aboutPage
	Table  string // its name
	Theme  string // what a group of criteria is called
	States []string
	Rows   []conformityRow
}

// A conformityRow is one theme of the standard: the criteria in each state, as numbers.
type conformityRow struct {
	Theme string // in French, as the standard has it
	Cells [][]string
}

// accessibility answers GET /{lang}/accessibilite.
func (p *Pages) accessibility(v *visit) {
	criteria, err := conformity.Criteria()
	if err != nil {
		panic(err) // part of the program; tests read it
	}
	count := map[conformity.State]int{}
	page := accessibilityPage{Table: v.L.T("accessibilite.tableau"), Theme: v.L.T("accessibilite.theme")}
	for i, theme := range conformity.Themes {
		page.Rows = append(page.Rows, conformityRow{strconv.Itoa(i+1) + ". " + theme, make([][]string, len(conformity.States))})
	}
	for _, c := range criteria {
		count[c.State]++
		for i, s := range conformity.States {
			if s == c.State {
				cells := page.Rows[c.Theme-1].Cells
				cells[i] = append(cells[i], c.String())
			}
		}
	}
	for _, s := range conformity.States {
		page.States = append(page.States, v.L.T("accessibilite.etat_de."+string(s)))
	}
	page.aboutPage = v.aboutPage("accessibilite", "etat", "fait", "pas", "aide")
	page.Sections[1].Text = v.L.T("accessibilite.fait.texte",
		"Total", v.L.Number(float64(len(criteria))), "Testes", v.L.Number(float64(count[conformity.Tested])), "Partiels", v.L.Number(float64(count[conformity.Partly])))
	page.Sections[2].Text = v.L.T("accessibilite.pas.texte", "Nombre", v.L.Number(float64(count[conformity.Untested])))
	v.cache(cachePublic)
	v.show(200, templates.Accessibility, page)
}
