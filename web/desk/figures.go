package desk

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"guichet/takeup"
	"guichet/takeup/indicators"
	"guichet/takeup/people"
	"guichet/takeup/store"
)

func (d *Desk) figureRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/indicateurs", right: people.Figures, serve: (*visit).figures},
		{method: http.MethodGet, pattern: "/indicateurs.csv", right: people.Figures, serve: (*visit).figuresCSV},
		{method: http.MethodPost, pattern: "/indicateurs/rapports", right: people.Publishing, serve: (*visit).publish},
		{method: http.MethodGet, pattern: "/indicateurs/rapports/{annee}", right: people.Figures, serve: (*visit).publication},
		{method: http.MethodGet, pattern: "/indicateurs/rapports/{annee}.csv", right: people.Figures, serve: (*visit).publicationCSV},
	}
}

// figuresPage shows a report: of some months to those who run the CCAS, or of a year as it was published.
type figuresPage struct {
	frame
	Heading, Note string
	CSV           string // address of the same figures as a file
	Summary       []keyFigure
	Drawn         []drawnTable
	Rates         *rateChart // nil when there is nothing to draw
	Delays        []delayRow
	Money         figureTable
	Tables        []figureTable
	Empty         bool
	Inside        bool // not a publication: another year can be chosen
	Chosen        []yearLink
	Years         []yearRow
	MayPublish    bool
}

// drawnTable is a table and its drawing, nil when there is nothing to draw.
type drawnTable struct {
	Chart *barChart
	Table figureTable
}

// keyFigure is one of the figures at the top.
type keyFigure struct{ Name, Value, More string }

// delayRow is one median.
type delayRow struct{ Name, Value, Aim string }

// yearLink leads to the figures of a year.
type yearLink struct {
	Year    int
	Address string
	Current bool
}

// yearRow is a year that was or can be published.
type yearRow struct {
	Year      int
	Address   string // of the publication; empty when it is not published
	Publish   bool   // it can be
	Available string // from when, when it cannot yet
}

// firstYear is the first that a case can be of: before it, there was no program.
const firstYear = 2026

// figures answers GET /accueil/indicateurs. The year stands in the address: it says nothing of anyone.
func (v *visit) figures() {
	year, ok := v.year()
	if !ok {
		v.missing()
		return
	}
	report, err := indicators.Within(v.keep.Cases.Lines(v.ctx(), v.who.CCAS), year, takeup.DayOf(v.at))
	if err != nil {
		v.broken(err)
		return
	}
	page := figuresPage{
		frame: v.frame(v.L.T("indicateurs.titre"), "indicateurs"), Inside: true, MayPublish: v.who.Role.May(people.Publishing),
		Heading: v.L.T("indicateurs.titre_annee", "Annee", strconv.Itoa(year)),
		Note:    v.L.T("indicateurs.note", "Seuil", strconv.Itoa(report.Threshold-1)),
		CSV:     Home + "/indicateurs.csv?annee=" + strconv.Itoa(year),
	}
	for other := v.at.Year(); other >= firstYear; other-- {
		page.Chosen = append(page.Chosen, yearLink{other, Home + "/indicateurs?annee=" + strconv.Itoa(other), other == year})
	}
	v.fill(&page, report)
	if page.Years, err = v.years(); err != nil {
		v.broken(err)
		return
	}
	v.show(http.StatusOK, "indicateurs", page)
}

// year reads the year asked for: this one when none is. It is false for one that there are no figures of.
func (v *visit) year() (int, bool) {
	q := v.r.URL.Query()
	if !q.Has("annee") {
		return v.at.Year(), true
	}
	year, err := strconv.Atoi(q.Get("annee"))
	return year, err == nil && year >= firstYear && year <= v.at.Year()
}

func (v *visit) month(m takeup.Month) string { return v.L.Month(m.First().Time()) }

// years tells which years were published, and which can be.
func (v *visit) years() ([]yearRow, error) {
	published, err := v.keep.Cases.Years(v.ctx(), v.who.CCAS)
	if err != nil {
		return nil, err
	}
	var out []yearRow
	for year := v.at.Year(); year >= firstYear; year-- {
		row := yearRow{Year: year}
		from := indicators.PublishedFrom(year)
		switch {
		case slices.Contains(published, year):
			row.Address = Home + "/indicateurs/rapports/" + strconv.Itoa(year)
		case takeup.DayOf(v.at) >= from:
			row.Publish = true
		default:
			row.Available = v.L.T("indicateurs.rapport.des", "Annee", strconv.Itoa(year), "Date", v.L.Date(from.Time()))
		}
		out = append(out, row)
	}
	return out, nil
}

// publish answers POST /accueil/indicateurs/rapports: the report of a year is made, once and for all.
func (v *visit) publish() {
	year, err := strconv.Atoi(v.r.PostForm.Get("annee"))
	if err != nil || year < firstYear {
		v.refused()
		return
	}
	report, err := indicators.Publish(v.keep.Cases.Lines(v.ctx(), v.who.CCAS), year, takeup.DayOf(v.at))
	if errors.Is(err, indicators.ErrTooEarly) {
		v.refused() // no button of ours asks for it
		return
	}
	if err == nil {
		_, err = v.keep.Cases.Publish(v.ctx(), v.who.CCAS, store.Publication{Year: year, At: v.at, By: v.who.ID, Report: report})
	}
	if err != nil {
		v.broken(err)
		return
	}
	v.goTo(Home + "/indicateurs/rapports/" + strconv.Itoa(year))
}

// published gives the publication that the address names; false when there is none, which is then answered.
func (v *visit) published() (store.Publication, bool) {
	year, err := strconv.Atoi(chi.URLParam(v.r, "annee"))
	if err != nil {
		v.missing()
		return store.Publication{}, false
	}
	p, err := v.keep.Cases.Publication(v.ctx(), v.who.CCAS, year)
	switch {
	case errors.Is(err, store.ErrNotFound):
		v.missing()
	case err != nil:
		v.broken(err)
	}
	return p, err == nil
}

// publication answers GET /accueil/indicateurs/rapports/{annee}: the activity report, made to print.
func (v *visit) publication() {
	p, ok := v.published()
	if !ok {
		return
	}
	title := v.L.T("indicateurs.rapport.titre", "Annee", strconv.Itoa(p.Year))
	page := figuresPage{
		frame: v.frame(title, "indicateurs"), Heading: title, CSV: Home + "/indicateurs/rapports/" + strconv.Itoa(p.Year) + ".csv",
		Note: v.L.T("indicateurs.rapport.note", "Ccas", v.centre.Name, "Date", v.L.Date(p.At.In(v.at.Location())), "Seuil", strconv.Itoa(p.Report.Threshold-1)),
	}
	v.fill(&page, p.Report)
	v.show(http.StatusOK, "indicateurs", page)
}
