package pages

import "guichet/web/templates"

// homePage is where a visitor starts.
type homePage struct {
	frame
	Start  string // address of the first question
	Groups []aidGroup
}

// home answers GET /{lang}/.
func (p *Pages) home(v *visit) {
	page := homePage{frame: v.frame(v.L.T("accueil.titre")), Start: "/" + v.L.Tag + "/simulation"}
	page.Groups = v.grouped()
	v.aloud(&page.frame)
	v.cache(cachePublic)
	v.show(200, templates.Home, page)
}
