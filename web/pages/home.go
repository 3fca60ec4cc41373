package pages

import "guichet/web/templates"

// homePage is where a visitor starts.
type homePage struct {
	frame
	Start string // address of the first question
	Aids  []aidName
}

// home answers GET /{lang}/.
func (p *Pages) home(v *visit) {
	page := homePage{frame: v.frame(v.L.T("accueil.titre")), Start: "/" + v.L.Tag + "/simulation"}
	for _, aid := range p.engine.Set().Aids() {
		page.Aids = append(page.Aids, nameOf(aid))
	}
	v.aloud(&page.frame)
	v.cache(cachePublic)
	v.show(200, templates.Home, page)
}
