package pages

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
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
}

// catalogue answers GET /{lang}/aides.
func (p *Pages) catalogue(v *visit) {
	aids := p.engine.Set().Aids()
	page := cataloguePage{frame: v.frame(v.L.T("aides.titre")), Start: "/" + v.L.Tag + "/simulation", Count: v.L.N("aides.nombre", len(aids))}
	for _, aid := range aids {
		page.Aids = append(page.Aids, aidLine{nameOf(aid), "/" + v.L.Tag + "/aides/" + aid.ID, v.optional("aide." + aid.ID + ".resume")})
	}
	v.cache(cachePublic)
	v.show(200, templates.Aids, page)
}

// aidPage tells about one aid.
type aidPage struct {
	frame
	Start, List, Name, Acronym, Summary string
	Payers, Whom, Period                string
	Conditions, Documents               []string
	DocumentsTitle                      string
	claiming
	Versions []aidVersion
}

type aidVersion struct {
	From       string
	References []ruleset.Reference
}

// aid answers GET /{lang}/aides/{aide}.
func (p *Pages) aid(v *visit) {
	aid, ok := p.engine.Set().Aid(chi.URLParam(v.r, "aide"))
	if !ok {
		p.Error(v.w, v.r, http.StatusNotFound, "")
		return
	}
	whom := "foyer"
	if aid.PerAdult {
		whom = "adulte"
	}
	page := aidPage{
		frame: v.frame(typeset(aid.Name)), Start: "/" + v.L.Tag + "/simulation", List: "/" + v.L.Tag + "/aides", Name: typeset(aid.Name), Acronym: aid.Acronym,
		Summary: v.optional("aide." + aid.ID + ".resume"), Whom: v.L.T("pour_qui." + whom), Period: v.L.T("periode." + aid.Period),
		claiming: v.claiming(aid), Documents: documents(v.L, aid), DocumentsTitle: v.L.T("aides.pieces"),
	}
	var bodies []string
	for _, id := range aid.Payers {
		bodies = append(bodies, v.L.T("organisme."+id))
	}
	page.Payers = v.L.Either(bodies)
	month := fact.Day(v.today()).Month()
	for _, k := range aid.Conditions {
		if _, _, ok := k.InForce(month); ok {
			page.Conditions = append(page.Conditions, v.L.T("condition."+aid.ID+"."+k.ID))
		}
	}
	for _, version := range slices.Backward(aid.Versions) {
		page.Versions = append(page.Versions, aidVersion{v.L.T("aides.depuis", "Date", v.L.Date(timeOf(profile.Date(version.From)))), version.References})
	}
	v.cache(cachePublic)
	v.show(200, templates.Aid, page)
}
