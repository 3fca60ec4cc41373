package pages

import (
	"guichet/web/templates"
)

// cataloguePage lists the aids.
type cataloguePage struct {
	frame
	Start string
	Count string
	Aids  []aidLine
}

type aidLine struct {
	aidName
	Address, Summary string
	Closed           string // when the aid has ended
}

// catalogue answers GET /{lang}/aides.
func (p *Pages) catalogue(v *visit) {
	aids := p.engine.Set().Aids()
	page := cataloguePage{frame: v.frame(v.L.T("aides.titre")), Start: "/" + v.L.Tag + "/simulation", Count: v.L.N("aides.nombre", len(aids))}
	for _, aid := range aids {
		page.Aids = append(page.Aids, aidLine{nameOf(aid), v.aidAddress(aid.ID), v.optional("aide." + aid.ID + ".resume"), v.closed(aid)})
	}
	v.cache(cachePublic)
	v.show(200, templates.Aids, page)
}

func (v *visit) aidAddress(id string) string { return "/" + v.L.Tag + "/aides/" + id }
