package desk

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"

	"guichet/engine"
	"guichet/locales"
	"guichet/takeup"
	"guichet/web/seal"
)

// noticeParts are the parts of the information notice, in the order in which they are read. Their texts are the public ones: notice.*.
var noticeParts = []string{"qui", "pourquoi", "base", "gardons", "destinataires", "duree", "droits", "contact", "cnil", "choix"}

// A noticeRow is a part of the notice, in French and in the visitor's language.
type noticeRow struct{ Title, Text, OtherTitle, OtherText string }

// noticeVersion names the text that a person was given: what is hashed is its French, which the others translate.
func noticeVersion(french locales.Printer, centre string) string {
	h := sha256.New()
	for _, row := range noticeRows(french, french, centre) {
		h.Write([]byte(row.Title + "\n" + row.Text + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func noticeRows(french, other locales.Printer, centre string) []noticeRow {
	var out []noticeRow
	for _, part := range noticeParts {
		row := noticeRow{Title: french.T("notice." + part + ".titre"), Text: french.T("notice."+part, "Ccas", centre)}
		if text := other.T("notice."+part, "Ccas", centre); text != row.Text { // what is not translated is not said twice
			row.OtherTitle, row.OtherText = other.T("notice."+part+".titre"), text
		}
		out = append(out, row)
	}
	return out
}

// notice gives what is kept of the notice that was read in a language.
func (v *visit) notice(language takeup.Language) takeup.Notice {
	return takeup.Notice{Version: noticeVersion(v.L, v.centre.Name), Language: language}
}

// openingPage informs the visitor, takes their choice, and with it what a case begins with.
type openingPage struct {
	frame
	V         locales.Printer // the visitor's words
	Notice    []noticeRow
	Version   string
	ID        string // of the opening: the same form sent twice opens one case
	Handover  string
	Language  string // of the public pages
	Reception []fieldView
	Rights    []openingRight
	Contact   []fieldView
	Vault     bool
	Back      *fieldView // the code of the case of someone who has one; nil without answers to add to it
	Mistakes  []counterLink
	Told      string // something to tell before all
	Draft     string // nobody who speaks the language has read its texts again
}

// openingRight is a right of the answer, as the agent diagnoses it.
type openingRight struct {
	ID, Name, For, Amount string
	Fields                []fieldView
	Mistake               string
	diagnosed             takeup.Diagnosed
}

// askNotice answers POST /accueil/dossiers: the counter gives a household on, or an agent opens a case without one.
func (v *visit) askNotice() {
	o, ok := v.opening()
	if !ok {
		return
	}
	v.openingPage(http.StatusOK, o, nil)
}

// opening is what a form of the opening brings.
type opening struct {
	id       string
	sealed   string
	language string // of the public pages
	handover *Handover
	sim      *engine.Simulation
}

// opening reads the form; false when there is nothing to open with, which is then answered.
func (v *visit) opening() (*opening, bool) {
	o := &opening{id: v.r.PostForm.Get("id"), sealed: v.r.PostForm.Get(HandoverField), language: defaultLanguage}
	if o.id == "" {
		o.id = rand.Text()
	}
	if !formID.MatchString(o.id) {
		v.refused()
		return nil, false
	}
	if tag := v.r.PostForm.Get(HandoverLanguage); v.d.counter.handovers.offered(tag) {
		o.language = tag
	}
	if o.sealed == "" {
		return o, true
	}
	var err error
	if o.handover, err = v.d.counter.handovers.open(v.r.PostForm, v.sessionTags()...); err != nil {
		if errors.Is(err, seal.ErrExpired) {
			v.visitorOver(err)
		} else {
			v.refused()
		}
		return nil, false
	}
	if v.resumed != "" { // the form goes on in this session
		o.sealed = v.d.counter.handovers.seal(v.session, o.handover.Household, o.handover.Unsaid, o.handover.At)
	}
	household := *o.handover.Household
	household.Date = v.today()
	if o.sim, err = v.d.engine.Simulate(&household); err != nil {
		v.faulty(err)
		return nil, false
	}
	return o, true
}

// openingPage shows the notice and the form, with what was typed and what is wrong with it.
func (v *visit) openingPage(status int, o *opening, wrong map[string]string) {
	other, _ := v.d.texts.Printer(o.language)
	page := openingPage{
		V: other, Notice: noticeRows(v.L, other, v.centre.Name), Version: noticeVersion(v.L, v.centre.Name),
		ID: o.id, Handover: o.sealed, Language: o.language, Vault: v.keep.Vault != nil,
	}
	if other.Draft() {
		page.Draft = other.T("site.brouillon")
	}
	title := v.L.T("dossier.ouverture.titre")
	page.frame = v.frame(title, "dossiers")
	page.FormID = "ouverture"
	if len(wrong) > 0 {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	in := v.r.PostForm
	if !in.Has("canal") {
		in.Set("canal", string(takeup.WalkIn))
		in.Set("langue_besoin", string(languageNeeded(o.language)))
	}
	f := &formMaker{visit: v, in: in, wrong: wrong}
	page.Reception = []fieldView{
		f.choice("canal", false, wordsOf(v, "canal", takeup.Channels())), f.choice("langue_besoin", false, v.languages()),
		f.tick("interprete"),
	}
	page.Rights = v.openingRights(o)
	for i := range page.Rights {
		r := &page.Rights[i]
		if len(in["constat."+r.ID]) == 0 {
			in.Set("constat."+r.ID, string(r.diagnosed.Finding))
		}
		r.Fields = []fieldView{
			f.choice("constat."+r.ID, true, wordsOf(v, "constat", takeup.Findings())),
			f.choice("type."+r.ID, true, v.typesHelp()), f.choice("motif."+r.ID, true, wordsOf(v, "motif", takeup.Reasons())),
		}
		for j, name := range []string{"constat", "type", "motif"} {
			r.Fields[j].Words = v.L.T("dossier.champ."+name) + " : " + r.Name
		}
		r.Mistake = wrong["droit."+r.ID]
		if r.Mistake != "" {
			page.Mistakes = append(page.Mistakes, counterLink{r.Fields[1].ID, r.Name + " : " + r.Mistake})
		}
	}
	if page.Vault {
		page.Contact = f.contact()
	}
	groups := [][]fieldView{page.Reception, page.Contact}
	if o.sim != nil {
		back := f.text("code", len("K7B-4PXD"))
		page.Back = &back
		groups = append(groups, []fieldView{back})
	}
	for _, group := range groups {
		for _, field := range group {
			if field.Mistake != "" {
				page.Mistakes = append(page.Mistakes, counterLink{field.ID, field.Words + " : " + field.Mistake})
			}
		}
	}
	page.Told = wrong[""]
	v.show(status, "ouverture", page)
}

// openingRights lists what the answer has that could be followed: everything but what there is no right to.
func (v *visit) openingRights(o *opening) []openingRight {
	if o.sim == nil {
		return nil
	}
	var out []openingRight
	for _, d := range takeup.Diagnoses(o.sim) {
		if d.Finding == takeup.NoRight {
			continue
		}
		r := openingRight{ID: d.Aid + "." + string(d.For), Name: v.aidCalled(d.Aid), diagnosed: d, Amount: v.estimate(d.Aid, d.Estimate)}
		if d.For != takeup.Household {
			r.For = v.L.T("mot.pour." + string(d.For))
		}
		out = append(out, r)
	}
	order := []takeup.Finding{takeup.Likely, takeup.ToVerify, takeup.AlreadyReceived}
	slices.SortStableFunc(out, func(a, b openingRight) int {
		return slices.Index(order, a.diagnosed.Finding) - slices.Index(order, b.diagnosed.Finding)
	})
	return out
}

// languageNeeded gives the language of the list that a tag of the public pages is.
func languageNeeded(tag string) takeup.Language {
	if tag == defaultLanguage {
		return locales.Source
	}
	if l := takeup.Language(tag); slices.Contains(takeup.Languages(), l) {
		return l
	}
	return takeup.OtherLanguage
}

// languages names the languages of the list, those of the public pages by their own French name.
func (v *visit) languages() []choice {
	var out []choice
	for _, l := range takeup.Languages() {
		out = append(out, choice{Value: string(l), Words: v.languageName(l)})
	}
	return out
}

// typesHelp says each type with the few words that explain it.
func (v *visit) typesHelp() []choice {
	var out []choice
	for _, t := range takeup.Types() {
		out = append(out, choice{Value: string(t), Words: string(t) + " · " + v.L.T("mot.type_aide."+string(t))})
	}
	return out
}
