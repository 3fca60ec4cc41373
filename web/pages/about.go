package pages

import "guichet/web/templates"

// aboutPage is a page about the site: a few titled paragraphs.
type aboutPage struct {
	frame
	Heading  string
	Sections []aboutSection
}

type aboutSection struct{ Title, Text string }

func (p *Pages) personalData(v *visit) {
	v.about("donnees", "rien", "cookie", "voix", "duree", "feuille", "appareil", "droits")
}
func (p *Pages) legalNotice(v *visit) { v.about("mentions", "nature", "valeur", "sources", "etat") }

func (v *visit) about(key string, sections ...string) {
	v.cache(cachePublic)
	v.show(200, templates.About, v.aboutPage(key, sections...))
}

func (v *visit) aboutPage(key string, sections ...string) aboutPage {
	page := aboutPage{frame: v.frame(v.L.T(key + ".titre")), Heading: v.L.T(key + ".titre")}
	for _, s := range sections {
		page.Sections = append(page.Sections, aboutSection{v.L.T(key + "." + s + ".titre"), v.L.T(key + "." + s + ".texte")})
	}
	return page
}
