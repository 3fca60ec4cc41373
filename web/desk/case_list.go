package desk

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"guichet/locales"
	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/store"
)

// caseRow is a case in a list.
type caseRow struct {
	Address, Code, Opened, Referent string
	Rights                          string // how many, and how far they are
	Next                            string
	Late                            bool
	due                             takeup.Day
}

// casesPage finds a case by its code, and lists those that are open.
type casesPage struct {
	frame
	Code    string // as it was typed
	Mistake string
	All     bool // everybody's, not only the agent's own
	Rows    []caseRow
}

// cases answers GET /accueil/dossiers.
func (v *visit) cases() {
	v.casesPage(http.StatusOK, casesPage{All: v.r.URL.Query().Get("liste") == "tous"})
}

// findCase answers POST /accueil/dossiers/recherche. A code may stand in an address, for it says nothing of anyone; but what is typed here
// may be a name.
func (v *visit) findCase() {
	text := strings.TrimSpace(v.r.PostForm.Get("code"))
	code, err := takeup.ReadCode(text)
	if err == nil {
		_, err = v.keep.Cases.Case(v.ctx(), v.who.CCAS, code)
	}
	switch {
	case err == nil:
		v.goTo(caseAddress(code))
	case errors.Is(err, takeup.ErrCode), errors.Is(err, store.ErrNotFound):
		v.casesPage(http.StatusUnprocessableEntity, casesPage{Code: shownAgain(text), Mistake: v.L.T("dossier.liste.inconnu")})
	default:
		v.broken(err)
	}
}

func (v *visit) casesPage(status int, page casesPage) {
	title := v.L.T("cadre.onglet.dossiers")
	page.frame = v.frame(title, "dossiers")
	if page.Mistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	names, err := v.agentNames()
	if err != nil {
		v.broken(err)
		return
	}
	all, err := v.d.digests.All(v.ctx(), v.keep.Cases, v.who.CCAS)
	if err != nil {
		v.broken(err)
		return
	}
	today := takeup.DayOf(v.at)
	for _, c := range all {
		if !c.open || !page.All && c.referent != v.who.ID {
			continue
		}
		row := caseRow{Address: caseAddress(c.code), Code: string(c.code), Opened: v.date(takeup.DayOf(c.openedAt.In(v.at.Location()))), Referent: names.of(v, c.referent), Rights: v.caseRights(c)}
		if len(c.tasks) > 0 {
			t := v.task(c.tasks[0], today)
			row.Next, row.Late, row.due = t.Day+" · "+t.What, t.Late, c.tasks[0].Due
		}
		page.Rows = append(page.Rows, row)
	}
	slices.SortStableFunc(page.Rows, func(a, b caseRow) int { // the most pressing first; those without a day last
		if (a.due == 0) != (b.due == 0) {
			return int(b.due - a.due)
		}
		return int(a.due - b.due)
	})
	v.show(status, "dossiers", page)
}

// caseRights says how many rights a case has at each stage.
func (v *visit) caseRights(c caseDigest) string {
	var out []string
	for _, s := range takeup.Stages() {
		if n := c.stages[s]; n > 0 && s != takeup.StageNoRight && s != takeup.StageReceived {
			out = append(out, v.L.N("dossier.liste.etape", n, "Etape", strings.ToLower(v.L.T("mot.etape."+string(s)))))
		}
	}
	return strings.Join(out, ", ")
}

// slipPage gives the code of a case, to take away.
type slipPage struct {
	frame
	Code    takeup.Code
	Address string
	Sides   []slipSide
}

// slipSide is the slip in one language.
type slipSide struct{ Lang, Dir, Title, Text, Date string }

// slip answers GET /accueil/dossiers/{code}/carte.
func (v *visit) slip() {
	c, ok := v.foundCase(people.CaseRead)
	if !ok {
		return
	}
	page := slipPage{frame: v.frame(v.L.T("dossier.carte.titre", "Code", string(c.Code)), "dossiers"), Code: c.Code, Address: caseAddress(c.Code)}
	other, _ := v.d.texts.Printer(publicTag(v.d, c.Reception.Language))
	page.Sides = []slipSide{{v.L.Tag, v.L.Dir, v.L.T("carte.titre"), v.L.T("carte.texte", "Ccas", v.centre.Name), v.L.Date(v.at)}}
	if other.Tag != v.L.Tag {
		page.Sides = append(page.Sides, slipSide{other.Tag, other.Dir, other.T("carte.titre"), other.T("carte.texte", "Ccas", v.centre.Name), other.Date(v.at)})
	}
	v.show(http.StatusOK, "carte", page)
}

// mandatePage is a mandate to sign: each row in French and in the visitor's language, and one place to sign.
type mandatePage struct {
	frame
	V          locales.Printer
	Code       takeup.Code
	Address    string
	Rows       []noticeRow
	Rights     []string
	Procedures noticeRow
	Signs      []noticeRow // the lines to fill in by hand
}

// mandate answers GET /accueil/dossiers/{code}/mandat. It bears no name: the person writes their own. It lists what is asked for, or may
// have to be: nothing else is covered.
func (v *visit) mandate() {
	c, ok := v.foundCase(people.CaseRead)
	if !ok {
		return
	}
	page := mandatePage{frame: v.frame(v.L.T("dossier.mandat"), "dossiers"), Code: c.Code, Address: caseAddress(c.Code)}
	for _, r := range c.Current() {
		if r.Stage.Live() || r.Stage == takeup.StageRefused || r.Stage == takeup.StageOpened {
			name := v.rightName(r.RightID)
			if aid, ok := v.d.engine.Set().Aid(r.Aid); ok && aid.Acronym != "" {
				name = aidName(aid)
			}
			page.Rights = append(page.Rights, name)
		}
	}
	page.V, _ = v.d.texts.Printer(publicTag(v.d, c.Reception.Language))
	until := v.at.AddDate(1, 0, -1)
	both := func(say func(locales.Printer) string) noticeRow {
		row := noticeRow{Text: say(v.L)}
		if page.V.Tag != v.L.Tag {
			row.OtherText = say(page.V)
		}
		return row
	}
	page.Rows = []noticeRow{
		both(func(l locales.Printer) string { return l.T("mandat.objet", "Ccas", v.centre.Name) }),
		both(func(l locales.Printer) string { return l.T("mandat.limites") }),
		both(func(l locales.Printer) string { return l.T("mandat.duree", "Du", l.Date(v.at), "Au", l.Date(until)) }),
		both(func(l locales.Printer) string { return l.T("mandat.fin") }),
	}
	page.Procedures = both(func(l locales.Printer) string { return l.T("mandat.demarches") })
	page.Signs = []noticeRow{
		both(func(l locales.Printer) string { return l.T("mandat.personne") }), both(func(l locales.Printer) string { return l.T("mandat.agent") }),
		both(func(l locales.Printer) string { return l.T("mandat.date") }),
	}
	v.show(http.StatusOK, "mandat", page)
}
