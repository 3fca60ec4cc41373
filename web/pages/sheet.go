package pages

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/usefulness"
	"guichet/locales"
	"guichet/web/seal"
	"guichet/web/squares"
	"guichet/web/templates"
)

// sheetPage is the sheet to take away: each row says the same in French and in the reader's language, so that an agent's finger and a
// visitor's eye meet.
type sheetPage struct {
	frame
	Rows  []sheetRow
	Foot  []sheetSide
	Code  string // the path of the QR code
	Width int    // of it, with the quiet margin that scanners want
}

// A sheetRow is what one row says, in French first.
type sheetRow struct {
	Head  bool // the first row, whose title is that of the sheet
	Thick bool // a part begins here
	Sides []sheetSide
}

// A sheetSide is one language's half of a row.
type sheetSide struct {
	Lang, Dir  string
	Title      string
	Aid        string // the French name of the aid that the row is about
	Big, After string // an amount, and what follows it
	Text       string
	List       []string
	Ticks      bool // the list is to tick off
}

// quiet is the white margin of a QR code, in its own squares.
const quiet = 4

// sheet shows what to take away.
func (v *visit) sheet(a *answers) error {
	a.visit(takeAwayPage)
	p := *a.Profile
	p.Date = v.today()
	s, err := v.p.engine.Simulate(&p)
	if err != nil {
		return err
	}
	code, err := v.p.sheetCode(a, v.L.Tag)
	if err != nil {
		return err
	}
	french, _ := v.p.texts.Printer(locales.Source)
	sides := []locales.Printer{french}
	if v.L.Tag != locales.Source {
		sides = append(sides, v.L)
	}
	page := sheetPage{frame: v.frame(v.L.T("feuille.titre"))}
	if page.Code, page.Width, err = squares.Draw(code, qr.L, qr.AlphaNumeric); err != nil {
		return err
	}
	page.Width += 2 * quiet
	page.Rows = sheetRows(sides, v, s, &p)
	for _, L := range sides {
		page.Foot = append(page.Foot, sideOf(L, sheetSide{Text: L.T("feuille.pied", "Date", L.Date(v.at), "Jours", L.Number(SheetLife.Hours()/24))}))
	}
	v.carry(&page.frame, a)
	v.cache(cacheNever)
	v.show(200, templates.Sheet, page)
	return nil
}

func sideOf(L locales.Printer, s sheetSide) sheetSide {
	s.Lang, s.Dir = L.Tag, L.Dir
	return s
}

// sheetRows says what may be asked for, the most useful first, what is not decided, and what to bring.
func sheetRows(sides []locales.Printer, v *visit, s *engine.Simulation, p *profile.Profile) []sheetRow {
	row := func(thick bool, say func(L locales.Printer) sheetSide) sheetRow {
		r := sheetRow{Thick: thick}
		for _, L := range sides {
			r.Sides = append(r.Sides, sideOf(L, say(L)))
		}
		return r
	}
	type finding struct {
		score usefulness.Score
		say   func(locales.Printer) sheetSide
	}
	var found []finding
	var papers, open []string
	total := 0.0
	for i := range s.Aids {
		x := &s.Aids[i]
		aid, ok := v.p.engine.Set().Aid(x.Aid)
		if !ok {
			continue
		}
		name := typeset(aid.Name)
		if aid.Acronym != "" {
			name += " (" + aid.Acronym + ")"
		}
		switch {
		case x.TakeUp == engine.Received || x.TakeUp == engine.PartlyReceived || x.TakeUp == engine.ReceivedCheck:
			continue
		case x.Status == engine.Undecided:
			if !slices.Contains(open, name) {
				open = append(open, name)
			}
			continue
		case x.Status != engine.Eligible:
			continue
		}
		for _, id := range brought(aid, p) {
			if !slices.Contains(papers, id) {
				papers = append(papers, id)
			}
		}
		if x.Amount.Period == "mois" {
			total += x.Amount.Net
		}
		found = append(found, finding{usefulness.Of(x, aid), func(L locales.Printer) sheetSide {
			spoken := *v
			spoken.L = L
			side := sheetSide{Aid: name}
			side.Big, side.After = spoken.amount(x, aid)
			if aid.PerAdult && p.Spouse != nil {
				side.Text = L.T("pour."+x.Amount.For) + ". "
			}
			ask := spoken.askThere(aid, p.Commune)
			if len(aid.Unasked) > 0 {
				ask = L.T("demarche.sans_demande")
			}
			side.Text += strings.TrimSpace(spoken.optional("aide."+x.Aid+".resume") + " " + ask)
			return side
		}})
	}
	usefulness.Sort(found, func(f finding) usefulness.Score { return f.score })
	var rows []sheetRow
	for i, f := range found {
		number := strconv.Itoa(i + 1)
		rows = append(rows, row(i == 0, func(L locales.Printer) sheetSide {
			side := f.say(L)
			side.Title = L.Isolated(number + ".")
			return side
		}))
	}
	head := row(false, func(L locales.Printer) sheetSide {
		if len(rows) == 0 {
			return sheetSide{Title: L.T("feuille.titre"), Text: L.T("resultats.rien_reste")}
		}
		return sheetSide{Title: L.T("feuille.titre"), Text: L.N("feuille.nombre", len(rows))}
	})
	head.Head = true
	out := append([]sheetRow{head}, rows...)
	if total > 0 {
		out = append(out, row(true, func(L locales.Printer) sheetSide {
			return sheetSide{Title: L.T("resultats.total"), Big: L.Money(roundCents(total)), After: L.T("feuille.par_mois")}
		}))
	}
	if len(open) > 0 {
		out = append(out, row(true, func(L locales.Printer) sheetSide {
			var names []string
			for _, name := range open {
				names = append(names, L.French(name))
			}
			return sheetSide{Title: L.T("resultats.preciser"), List: names}
		}))
	}
	if len(papers) > 0 {
		out = append(out, row(true, func(L locales.Printer) sheetSide {
			var list []string
			for _, id := range papers {
				list = append(list, L.T("document."+id))
			}
			return sheetSide{Title: L.T("feuille.apporter"), List: list, Ticks: true}
		}))
	}
	return append(out, row(true, func(L locales.Printer) sheetSide {
		return sheetSide{Title: L.T("feuille.aller"), Text: L.T("feuille.aller_texte")}
	}))
}

// resumePage is where the code of a sheet is read.
type resumePage struct {
	frame
	Mistake string
}

// scan answers GET /{lang}/feuille: a field for the code of a sheet.
func (p *Pages) scan(v *visit) { v.scan(200, "") }

func (v *visit) scan(status int, mistake string) {
	page := resumePage{frame: v.frame(v.L.T("feuille.ouvrir.titre")), Mistake: mistake}
	if mistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", v.L.T("feuille.ouvrir.titre"))
	}
	v.cache(cacheNever)
	v.show(status, templates.Scan, page)
}

// scanned answers POST /{lang}/feuille: the household of the sheet, where its answers are checked.
func (p *Pages) scanned(v *visit) {
	in, ok := p.form(v)
	if !ok {
		return
	}
	a, err := p.openSheet(in.Get("code"))
	switch {
	case errors.Is(err, seal.ErrExpired):
		v.scan(422, v.L.T("feuille.ouvrir.vieille"))
	case err != nil:
		v.scan(422, v.L.T("feuille.ouvrir.illisible"))
	default:
		v.check(a)
	}
}
