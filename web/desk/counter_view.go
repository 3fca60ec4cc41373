package desk

import (
	"net/http"
	"strings"

	"guichet/engine/territory"
	"guichet/locales"
	"guichet/takeup"
	"guichet/web/desk/household"
)

// counterView is the page of the counter.
type counterView struct {
	frame
	V          locales.Printer // the visitor's words
	Sheet      string          // addresses of the page's own style sheet and script
	Script     string
	Address    string
	Sealed     string
	Number     string
	Began      string // when the visitor came, and how long ago
	Languages  []spoken
	Quick      bool
	Scan       string // what is wrong with the code of a sheet
	Notice     string
	Mistakes   []counterLink
	Next       *nextQuestion
	Sections   []counterSection
	Answered   string // how many rows have their answer
	Results    counterResults
	Target     string // id of where to go on
	HandoverTo string
	Handover   string
	Draft      string // the visitor's language has texts that nobody has read again
}

type spoken struct {
	locales.Language
	Chosen bool
}

type counterLink struct{ ID, Text string }

// counterSection is a part of the page, named on both sides.
type counterSection struct {
	ID, Title, Other string
	Blocks           []counterBlock
	Child            bool // it has the button for one more child
}

// counterBlock is rows that stand together; folded ones open on demand.
type counterBlock struct {
	NSP      string // "ne sait pas", and its short form
	Short    string
	PerMonth string
	Choose   string // one of several communes
	ID       string
	Folded   string // what opens them
	Open     bool
	Rows     []counterRow
}

// counterRow is one row: French, the control, the visitor's language.
type counterRow struct {
	V            locales.Printer
	ID, Name     string
	Shape        string // the control is another when it changes
	Label, Other string
	Said         string // the answer, in the visitor's words
	Missing      bool
	Wrong        string
	Kind         household.Kind
	Select       bool
	Text         string
	Options      []counterOption
	DontKnow     bool
	Hint         string // what is typed
	Unit         string
	Amount       string // of an aid received
	Places       []counterOption
	Remove       string // the button that takes a child away
	RemoveWords  string
	Focus        bool
	words        string // what the summary of mistakes calls it
}

type counterOption struct {
	ID, Value, Label, Long string
	Checked                bool
}

// counterPage shows the page.
func (v *visit) counterPage(s *counterState, p posted) {
	questions, useful, err := v.ranked(s)
	if err != nil {
		v.faulty(err)
		return
	}
	sim, err := v.d.engine.Simulate(v.dated(s))
	if err != nil {
		v.faulty(err)
		return
	}
	words, _ := v.d.texts.Printer(s.Language)
	c := &counterMaker{visit: v, s: s, posted: p, V: words.Marked(), rows: v.rowsOf(s, useful), said: map[string]string{}}
	page := counterView{
		frame: v.frame(v.L.T("comptoir.visiteur", "Numero", s.Number), "comptoir"), V: c.V, Sheet: v.d.static.Path("comptoir.css"), Script: v.d.static.Path("comptoir.js"),
		Address: counterAddress, Sealed: v.sealCounter(s), Number: v.L.T("comptoir.visiteur", "Numero", s.Number),
		Began: v.L.N("comptoir.depuis", max(0, int(v.at.Sub(s.Since).Minutes())), "Heure", s.Since.In(v.at.Location()).Format("15:04")),
		Quick: s.Quick, Scan: p.scan, Notice: p.notice, Target: p.target, HandoverTo: HandoverAddress,
		Handover: v.d.counter.handovers.seal(v.session, s.Profile, s.Unsaid, v.at),
	}
	page.FormID = "comptoir"
	for _, l := range v.d.texts.Languages() {
		page.Languages = append(page.Languages, spoken{l, l.Tag == s.Language})
	}
	if words.Draft() {
		page.Draft = c.V.T("site.brouillon")
	}
	page.Sections, page.Answered = c.sections()
	page.Mistakes = c.mistakes(page.Sections)
	page.Next = c.next(questions, sim)
	if page.Results, err = c.results(sim); err != nil {
		v.faulty(err)
		return
	}
	status := http.StatusOK
	if len(page.Mistakes) > 0 {
		status = http.StatusUnprocessableEntity
		page.Title = v.L.T("site.titre_erreur", "Page", page.Title)
	}
	v.showCounter(status, page)
}

// counterMaker makes the parts of one page.
type counterMaker struct {
	*visit
	s *counterState
	posted
	V    locales.Printer
	rows []household.Row
	said map[string]string // messages without placeholders, which the page repeats
}

// say gives a French message without placeholders, looked up once a page.
func (c *counterMaker) say(key string) string {
	words, ok := c.said[key]
	if !ok {
		words = c.L.T(key)
		c.said[key] = words
	}
	return words
}

// sections makes the rows, and says how many of them have their answer.
func (c *counterMaker) sections() ([]counterSection, string) {
	var out []counterSection
	known, all := 0, 0
	for _, id := range household.Sections {
		section := counterSection{ID: id, Title: c.L.T("comptoir.section." + id), Child: id == household.SectionHome}
		if !c.V.IsFrench() {
			section.Other = c.V.T(sectionKeys[id])
		}
		who := ""
		for i := range c.rows {
			r := &c.rows[i]
			if r.Section != id {
				continue
			}
			made := c.row(r)
			if !r.Folded {
				all++
				if !made.Missing {
					known++
				}
			}
			last := len(section.Blocks) - 1
			if last < 0 || (section.Blocks[last].Folded != "") != r.Folded || r.Income != "" && r.Who != who {
				block := counterBlock{NSP: c.say("comptoir.nsp"), Short: c.say("comptoir.nsp_court"), PerMonth: c.say("comptoir.par_mois"), Choose: c.say("question.commune.choix"), ID: id + "-" + fieldID(r.Name)}
				if r.Folded {
					block.Folded = c.L.T("comptoir.autres_revenus")
				}
				section.Blocks = append(section.Blocks, block)
				last++
			}
			who = r.Who
			block := &section.Blocks[last]
			block.Open = block.Open || made.Text != "" && made.Text != "0" || made.DontKnow || made.Wrong != ""
			block.Rows = append(block.Rows, made)
		}
		if len(section.Blocks) > 0 {
			out = append(out, section)
		}
	}
	return out, c.L.T("comptoir.reponses", "N", known, "Total", all)
}

// sectionKeys are what the visitor reads over a section.
var sectionKeys = map[string]string{
	household.SectionHome: "verifier.foyer", household.SectionStay: "question.nationalite.nom", household.SectionHousing: "question.logement.nom",
	household.SectionMoney: "verifier.argent", household.SectionHealth: "question.sante.nom", household.SectionAids: "question.prestations.nom",
}

// row makes one row.
func (c *counterMaker) row(r *household.Row) counterRow {
	out := counterRow{
		V:  c.V,
		ID: fieldID(r.Name), Name: r.Name, Label: c.label(c.L, r), Other: c.label(c.V, r), Kind: r.Kind, Text: r.Text(c.s.State), DontKnow: r.DontKnow(c.s.State),
		Missing: !r.Known(c.s.State),
	}
	out.Focus = out.ID == c.target
	out.words = out.Label
	if out.Other == out.Label {
		out.Other = "" // plain French has often the same word
	}
	if problem, wrong := c.wrong[r.Name]; wrong {
		out.Wrong, out.Missing, out.Text = c.problem(problem), false, shownAgain(strings.TrimSpace(c.in.Get(r.Name)))
		if takeup.HoldsLongNumber(c.in.Get(r.Name)) || takeup.HoldsLongNumber(c.in.Get(r.Name+household.AmountField)) {
			out.Wrong = c.L.T("dossier.refus.numero_interdit")
		}
	}
	if r.Unit != "" {
		out.Unit = c.say(r.Unit)
	}
	if r.Income != "" && out.Text == "" && !out.Missing {
		out.Hint = "0" // nothing else, was said
	}
	out.Shape = string(r.Kind)
	switch r.Kind {
	case household.Choice, household.Aid:
		c.choices(r, &out)
	case household.Day:
		out.Hint = c.say("comptoir.format.jour")
	case household.Month:
		out.Hint = c.say("comptoir.format.mois")
	case household.Place:
		out.Hint = c.L.T("comptoir.format.commune")
		if c.wrong[r.Name].Key == "erreur.commune_choisir" {
			for _, place := range household.Places(out.Text) {
				out.Places = append(out.Places, counterOption{Value: place.Code, Label: place.Name + " (" + postal(place) + ")"})
			}
		}
		out.Shape += " " + c.s.Profile.Commune + " " + out.Text
	}
	if i, child := household.ChildIndex(r.Who); child && strings.HasSuffix(r.Name, ".naissance") {
		out.Remove, out.RemoveWords = doNoChild+strings.TrimSuffix(strings.TrimPrefix(r.Who, "enfants["), "]"), c.L.T("comptoir.retirer", "I", i+1)
	}
	return out
}

// choices makes the answers of a row that is chosen from.
func (c *counterMaker) choices(r *household.Row, out *counterRow) {
	out.Select = !r.Buttons()
	for i, value := range r.Values {
		o := counterOption{ID: out.ID, Value: value, Checked: out.Text == value}
		if i > 0 {
			o.ID += "-" + value
		}
		if o.Long = c.say(valueKey(r, value)); out.Select {
			o.Label = o.Long
			if hint := r.Prefix + value + ".aide"; c.L.Has(hint) {
				o.Label += " (" + c.say(hint) + ")"
			}
		} else {
			o.Label = c.say("comptoir.court." + value)
		}
		out.Options = append(out.Options, o)
		if o.Checked && r.Kind == household.Choice {
			if out.Said = c.V.T(valueKey(r, value)); out.Said == o.Long {
				out.Said = "" // plain French, as the control itself
			}
		}
	}
	if r.Kind == household.Aid {
		if out.Amount = r.AmountText(c.s.State); out.Wrong != "" {
			out.Amount = shownAgain(strings.TrimSpace(c.in.Get(r.Name + household.AmountField)))
		}
	}
	if out.DontKnow {
		out.Said = c.V.T("question.nsp")
	}
}

// valueKey is the message that says a value of a row.
func valueKey(r *household.Row, value string) string {
	if value == household.None && r.Section == household.SectionAids {
		return "question.prestations.aucune"
	}
	return r.Prefix + value
}

// postal tells communes of one name apart.
func postal(place territory.Commune) string {
	if codes := place.PostalCodes(); len(codes) > 0 {
		return codes[0]
	}
	return place.Departement()
}

// label calls a row in the words of one side.
func (c *counterMaker) label(L locales.Printer, r *household.Row) string {
	if r.Aid != "" {
		aid, ok := c.d.engine.Set().Aid(r.Aid)
		if !ok {
			return r.Aid
		}
		if key := "aide." + r.Aid + ".resume"; !L.IsFrench() && L.Has(key) {
			return L.T(key)
		}
		return L.French(aidName(aid))
	}
	label := L.T(r.Label)
	if r.Who == "" || strings.HasSuffix(r.Label, "."+r.Who) || len(c.s.Adults())+len(c.s.Children()) == 1 {
		return label
	}
	return L.T("erreur.pour", "Qui", c.who(L, r.Who), "Message", label)
}

// who calls a person by what they are to the visitor.
func (c *counterMaker) who(L locales.Printer, who string) string {
	if i, child := household.ChildIndex(who); child {
		return L.T("personne.enfant", "I", i+1)
	}
	return L.T("personne." + who)
}

// problem says why an answer cannot be taken.
func (c *counterMaker) problem(p household.Problem) string {
	switch p.Key {
	case "erreur.montant_grand":
		return c.L.T(p.Key, "Max", c.L.Money(p.Max))
	case "erreur.plus_vieux":
		return c.L.T(p.Key, "Qui", c.who(c.L, p.Who))
	case "erreur.nombre_enfants":
		return c.L.T(p.Key, "Min", 0, "Max", int(p.Max))
	case "erreur.enfant_age":
		return c.L.T(p.Key, "Max", int(p.Max))
	}
	return c.L.T(p.Key)
}

// mistakes lists what is to correct, in the order of the page.
func (c *counterMaker) mistakes(sections []counterSection) []counterLink {
	var out []counterLink
	if c.posted.scan != "" {
		out = append(out, counterLink{"code", c.posted.scan})
	}
	for _, s := range sections {
		for _, b := range s.Blocks {
			for _, r := range b.Rows {
				if r.Wrong != "" {
					out = append(out, counterLink{r.ID, c.L.T("erreur.pour", "Qui", r.words, "Message", r.Wrong)})
				}
			}
		}
	}
	return out
}

// nextID is the id of the part of the page with the next question.
const nextID = "prochaine"
