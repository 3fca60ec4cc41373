package pages

import (
	"guichet/web/templates"
)

// cataloguePage lists the aids.
type cataloguePage struct {
	frame
	Start  string
	Count  string
	Groups []aidGroup
}

// aidGroup holds the aids of one purpose.
type aidGroup struct {
	ID, Title, Picture string
	Aids               []aidLine
}

type aidLine struct {
	aidName
	Address, Summary string
	Closed           string // when the aid has ended
}

// catalogue answers GET /{lang}/aides.
func (p *Pages) catalogue(v *visit) {
	count := len(p.engine.Set().Aids())
	page := cataloguePage{frame: v.frame(v.L.T("aides.titre")), Start: "/" + v.L.Tag + "/simulation", Count: v.L.N("aides.nombre", count), Groups: v.grouped()}
	v.cache(cachePublic)
	v.show(200, templates.Aids, page)
}

// grouped gives the aids by what they are for.
func (v *visit) grouped() []aidGroup {
	var groups []aidGroup
	lines := map[string][]aidLine{}
	for _, aid := range v.p.engine.Set().Aids() {
		to := purposeOf(aid.ID).name
		lines[to] = append(lines[to], aidLine{nameOf(aid), v.aidAddress(aid.ID), v.optional("aide." + aid.ID + ".resume"), v.closed(aid)})
	}
	for _, g := range purposes {
		if len(lines[g.name]) > 0 {
			groups = append(groups, aidGroup{"g-" + g.name, v.L.T("aides.groupe." + g.name), g.picture, lines[g.name]})
		}
	}
	return groups
}

func (v *visit) aidAddress(id string) string { return "/" + v.L.Tag + "/aides/" + id }
