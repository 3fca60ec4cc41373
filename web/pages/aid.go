package pages

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"guichet/engine/fact"
	"guichet/engine/nearest"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/web/telling"
	"guichet/web/templates"
)

// aidPage tells about one aid as it is on one day: what its rules say, its texts, and the picture of its amounts.
type aidPage struct {
	frame
	claiming
	Start, List, Name, Acronym, Summary string
	Payers, Whom, Period                string
	Closed                              string // when the aid has ended
	On                                  string // the day of which the page speaks, in words
	Asked                               string // what is to be said of the day asked for
	Today                               string // address of the page of today, on that of another day
	WordForWord, AllValues              string // addresses of the whole rule and of all values that it reads
	OutOfScope, Conditions, Steps, Due  []toldLine
	Documents                           []string
	DocumentsTitle                      string
	Uses, UsedBy                        []aidLink
	Chart                               *chartView
	History                             []historyRow
	Checked                             string // since when the values have been held against their texts
}

// toldLine is a line of the rule, and what its exact words are opened by.
type toldLine struct {
	telling.Line
	Detail string
}

func (v *visit) told(lines []telling.Line) []toldLine {
	out := make([]toldLine, len(lines))
	for i, l := range lines {
		out[i] = toldLine{l, v.L.T("aides.exactement")}
	}
	return out
}

type aidLink struct{ Address, Name string }

// aid answers GET /{lang}/aides/{aide}?date=.
func (p *Pages) aid(v *visit) {
	aid, on, asked, ok := v.aidAsked()
	if !ok {
		return
	}
	set := p.engine.Set()
	rule := trace.Of(set, aid, on, nil)
	told := telling.RuleOf(rule, set, v.L)
	page := aidPage{
		frame: v.datedFrame(typeset(aid.Name), on), Start: "/" + v.L.Tag + "/simulation", List: "/" + v.L.Tag + "/aides",
		Name: typeset(aid.Name), Acronym: aid.Acronym, Summary: v.optional("aide." + aid.ID + ".resume"),
		Payers: v.bodies(aid.Payers), Whom: v.L.T("pour_qui." + rule.For), Period: v.L.T("periode." + aid.Period),
		Closed: v.closed(aid), On: v.L.Date(telling.Day(on)), Asked: asked,
		WordForWord: v.aidAddress(aid.ID) + "/regle" + v.dated(on), AllValues: v.aidAddress(aid.ID) + "/valeurs" + v.dated(on),
		OutOfScope: v.told(told.Of(telling.OutOfScope)), Conditions: v.told(told.Of(telling.Conditions)),
		Steps: v.told(told.Of(telling.Steps)), Due: v.told(told.Of(telling.Amount)),
		claiming: v.claiming(aid, ""), Documents: documents(v.L, aid.Documents), DocumentsTitle: v.L.T("aides.pieces"),
		History: v.history(aid, rule, on), Checked: v.checked(rule),
	}
	if v.dated(on) != "" && page.Closed == "" {
		page.Today = v.aidAddress(aid.ID)
	}
	page.Uses, page.UsedBy = v.relations(aid, rule, on)
	page.Chart = v.chart(aid, on, page.History)
	v.cache(cachePublic)
	v.show(200, templates.Aid, page)
}

// aidAsked gives the aid and the day that the address names, and what is to be said when it is not the day asked for. When
// there is no such aid it answers itself.
func (v *visit) aidAsked() (aid *ruleset.Aid, on fact.Day, asked string, ok bool) {
	set := v.p.engine.Set()
	id := chi.URLParam(v.r, "aide")
	if aid, ok = set.Aid(id); !ok {
		v.noSuchAid(id)
		return nil, 0, "", false
	}
	on = v.today().Day()
	if text := v.r.URL.Query().Get("date"); text != "" {
		if d, err := profile.ParseDate(text); err != nil {
			asked = v.L.T("aides.date_fausse")
		} else {
			on = d.Day()
			if on < aid.From || on > aid.Until {
				asked = v.L.T("aides.date_hors", "De", v.L.Date(telling.Day(aid.From)), "A", v.L.Date(telling.Day(aid.Until)))
			}
		}
	}
	return aid, min(max(on, aid.From), aid.Until), asked, true
}

// noSuchAid answers for an aid that is not, and proposes the one that was perhaps meant.
func (v *visit) noSuchAid(id string) {
	var ids []string
	for _, a := range v.p.engine.Set().Aids() {
		ids = append(ids, a.ID)
	}
	heading := v.L.T("page.introuvable.titre")
	page := messagePage{
		frame: v.frame(heading), Heading: heading, Text: v.L.T("aides.inconnue"), Picture: statusPictures["introuvable"], Target: "/" + v.L.Tag + "/aides", Button: v.L.T("lien.aides"),
	}
	if near := nearest.Of(id, ids); near != "" {
		aid, _ := v.p.engine.Set().Aid(near)
		page.Near = &aidLink{v.aidAddress(near), typeset(aid.Name)}
	}
	page.Languages = nil // their addresses would repeat what was asked for
	v.cache(cacheNever)
	v.show(http.StatusNotFound, templates.Message, page)
}

// closed says when an aid ended, "" while it has not.
func (v *visit) closed(aid *ruleset.Aid) string {
	if v.today().Day() <= aid.Until {
		return ""
	}
	return v.L.T("aides.terminee", "Date", v.L.Date(telling.Day(aid.Until)))
}

// dated gives the part of an address that asks for a day, nothing for today.
func (v *visit) dated(on fact.Day) string {
	if on == v.today().Day() {
		return ""
	}
	return "?date=" + on.String()
}

// datedFrame makes a frame whose other languages show the same day.
func (v *visit) datedFrame(title string, on fact.Day) frame {
	f := v.frame(title)
	for i := range f.Languages {
		f.Languages[i].Address += v.dated(on)
	}
	return f
}

func (v *visit) bodies(ids []string) string {
	var bodies []string
	for _, id := range ids {
		bodies = append(bodies, v.L.T("organisme."+id))
	}
	return v.L.Either(bodies)
}

// relations gives the aids that the rule of an aid reads, and those whose rules read it.
func (v *visit) relations(aid *ruleset.Aid, rule *trace.Trace, on fact.Day) (uses, usedBy []aidLink) {
	set := v.p.engine.Set()
	read := rule.Aids()
	for _, other := range set.Aids() {
		if other == aid {
			continue
		}
		link := aidLink{v.aidAddress(other.ID) + v.dated(on), typeset(other.Name)}
		if slices.Contains(read, other.ID) {
			uses = append(uses, link)
		}
		if on >= other.From && on <= other.Until && slices.Contains(trace.Of(set, other, on, nil).Aids(), aid.ID) {
			usedBy = append(usedBy, link)
		}
	}
	return uses, usedBy
}

// rulePage is the whole rule of an aid, word for word.
type rulePage struct {
	frame
	Rule *telling.Rule
	Back string
}

// rule answers GET /{lang}/aides/{aide}/regle?date=.
func (p *Pages) rule(v *visit) {
	aid, on, _, ok := v.aidAsked()
	if !ok {
		return
	}
	told := telling.RuleOf(trace.Of(p.engine.Set(), aid, on, nil), p.engine.Set(), v.L)
	v.cache(cachePublic)
	v.show(200, templates.Rule, rulePage{frame: v.datedFrame(told.Title, on), Rule: told, Back: v.aidAddress(aid.ID) + v.dated(on)})
}

// valuesPage lists the values of the law that the rule of an aid reads, each with all that it was.
type valuesPage struct {
	frame
	Back, Name, On, Checked string
	Values                  []valueHistory
}

// values answers GET /{lang}/aides/{aide}/valeurs?date=.
func (p *Pages) values(v *visit) {
	aid, on, _, ok := v.aidAsked()
	if !ok {
		return
	}
	rule := trace.Of(p.engine.Set(), aid, on, nil)
	v.cache(cachePublic)
	v.show(200, templates.Values, valuesPage{
		frame: v.datedFrame(v.L.Row([]string{v.L.T("aides.valeurs"), typeset(aid.Name)}), on), Back: v.aidAddress(aid.ID) + v.dated(on), Name: typeset(aid.Name),
		On: v.L.Date(telling.Day(on)), Checked: v.checked(rule), Values: v.valueHistories(rule, on),
	})
}
