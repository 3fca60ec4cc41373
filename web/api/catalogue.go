package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/locales"
	"guichet/web/problem"
)

// catalogue is the body of GET /aides.
type catalogue struct {
	Rules string     `json:"regles"`
	Aids  []identity `json:"aides"`
}

// identity is what names an aid.
type identity struct {
	Aid     string     `json:"aide"`
	Name    string     `json:"nom"`
	Acronym string     `json:"sigle,omitempty"`
	Summary string     `json:"resume,omitempty"`
	For     string     `json:"pour"`
	Period  string     `json:"periode"`
	Payers  []labelled `json:"organismes"`

	Commune     string `json:"commune,omitempty"` // that gives it, when one does
	Departement string `json:"departement,omitempty"`
	Decision    string `json:"decision,omitempty"`
}

// sheet is the body of GET /aides/{aide}: what is known of an aid on one day.
type sheet struct {
	identity
	Rules      string      `json:"regles"`
	Date       string      `json:"date"`
	Version    string      `json:"version"`
	Formalised span        `json:"formalise"`
	Conditions []item      `json:"conditions"`
	Steps      []item      `json:"etapes"`
	OutOfScope []item      `json:"hors_champ"`
	Documents  []labelled  `json:"documents"`
	Ask        *ask        `json:"demande,omitempty"`
	AnswerIn   int         `json:"delai_reponse_mois,omitempty"`
	Backdating *backdating `json:"retroactivite,omitempty"`
	Unasked    []reference `json:"sans_demande,omitempty"`
	Silence    *silence    `json:"silence,omitempty"`
	Appeal     *appeal     `json:"recours,omitempty"`
	Renewal    *renewal    `json:"renouvellement,omitempty"`
	CheckedOn  string      `json:"verifie_le,omitempty"`
	Sheet      string      `json:"fiche,omitempty"`
	Versions   []version   `json:"versions"`
}

type span struct {
	From  string `json:"depuis"`
	Until string `json:"jusqu_au"`
}

type item struct {
	ID         string      `json:"id"`
	Text       string      `json:"texte,omitempty"`
	Unit       string      `json:"unite,omitempty"`
	References []reference `json:"references"`
}

type labelled struct {
	ID   string `json:"id"`
	Text string `json:"texte,omitempty"`
}

type ask struct {
	At     []labelled `json:"aupres"`
	Online string     `json:"en_ligne,omitempty"`
	Form   string     `json:"formulaire,omitempty"`
}

type backdating struct {
	Months     int         `json:"mois"`
	References []reference `json:"references"`
}

type silence struct {
	Months     int         `json:"mois"`
	Means      string      `json:"vaut"`
	References []reference `json:"references"`
}

type appeal struct {
	Months     int         `json:"mois"`
	Before     string      `json:"aupres"`
	Text       string      `json:"texte,omitempty"`
	References []reference `json:"references"`
}

type renewal struct {
	Months     int         `json:"mois"`
	AtMost     int         `json:"mois_maximum,omitempty"`
	Step       string      `json:"demarche"`
	Opens      int         `json:"au_plus_tot,omitempty"`
	Closes     int         `json:"au_plus_tard,omitempty"`
	References []reference `json:"references"`
}

type version struct {
	From       string      `json:"depuis"`
	References []reference `json:"references"`
}

type reference struct {
	Title string `json:"titre"`
	URL   string `json:"url"`
}

// listAids answers GET /aides.
func (a *API) listAids(w http.ResponseWriter, r *http.Request) error {
	words := a.words(r)
	set := a.engine.Set()
	out := catalogue{Rules: set.Hash(), Aids: make([]identity, 0, len(set.Aids()))}
	for _, aid := range set.Aids() {
		out.Aids = append(out.Aids, identityOf(aid, words))
	}
	return answerPublic(w, r, words.Tag, out)
}

// showAid answers GET /aides/{aide}.
func (a *API) showAid(w http.ResponseWriter, r *http.Request) error {
	set := a.engine.Set()
	aid, ok := set.Aid(chi.URLParam(r, "aide"))
	if !ok {
		return refusal{kind: problem.NoSuchAid}
	}
	on, err := a.dayAsked(r)
	if err != nil {
		return err
	}
	if on < aid.From || on > aid.Until {
		return refusal{kind: problem.NotFormalised, faults: []problem.Error{{
			Path: "date", Message: "la date est hors de celles pour lesquelles cette aide est formalisée",
			Remedy: "une date du " + aid.From.String() + " au " + aid.Until.String(),
		}}}
	}
	words := a.words(r)
	out := sheet{
		identity: identityOf(aid, words), Rules: set.Hash(), Date: on.String(), Version: aid.VersionAt(on).From.String(),
		Formalised: span{aid.From.String(), aid.Until.String()},
		Conditions: itemsOf(aid.Conditions, on, words, "condition."+aid.ID),
		Steps:      itemsOf(aid.Steps, on, words, "etape."+aid.ID),
		OutOfScope: itemsOf(aid.OutOfScope, on, words, "hors_champ."+aid.ID),
		Documents:  labelledOf(aid.Documents, words, "document"), AnswerIn: aid.AnswerIn, Sheet: aid.Sheet,
		Versions: make([]version, len(aid.Versions)),
	}
	for i, v := range aid.Versions {
		out.Versions[i] = version{v.From.String(), referencesOf(v.References)}
	}
	if aid.Online != "" || aid.Form != "" {
		out.Ask = &ask{labelledOf(aid.AskAt, words, "organisme"), aid.Online, aid.Form}
	}
	if len(aid.Backdating) > 0 {
		out.Backdating = &backdating{aid.BackMonths, referencesOf(aid.Backdating)}
	}
	out.follow(aid.Procedure, words)
	return answerPublic(w, r, words.Tag, out)
}

// follow tells what comes after a claim.
func (s *sheet) follow(p ruleset.Procedure, words locales.Printer) {
	if p.CheckedOn > 0 {
		s.CheckedOn = p.CheckedOn.String()
	}
	if len(p.Unasked) > 0 {
		s.Unasked = referencesOf(p.Unasked)
	}
	if x := p.Silence; x != nil {
		s.Silence = &silence{x.Months, "rejet", referencesOf(x.References)}
		if x.Accepts {
			s.Silence.Means = "acceptation"
		}
	}
	if x := p.Appeal; x != nil {
		s.Appeal = &appeal{x.Months, x.Before, worded(words, "recours_aupres."+x.Before), referencesOf(x.References)}
	}
	if x := p.Renewal; x != nil {
		s.Renewal = &renewal{x.Months, 0, x.Step, x.Opens, x.Closes, referencesOf(x.References)}
		if x.AtMost > x.Months {
			s.Renewal.AtMost = x.AtMost
		}
	}
}

// dayAsked gives the day of ?date=, else today.
func (a *API) dayAsked(r *http.Request) (fact.Day, error) {
	asked := r.URL.Query().Get("date")
	if asked == "" {
		return profile.DateOfTime(a.clock()).Day(), nil
	}
	d, err := profile.ParseDate(asked)
	if err != nil {
		return 0, refusal{kind: problem.Malformed, faults: []problem.Error{{
			Path: "date", Message: "ce n’est pas une date du calendrier", Remedy: "une date qui existe, sous la forme AAAA-MM-JJ",
		}}}
	}
	return d.Day(), nil
}

// words gives the printer of the language of r: that of ?lang= when it is offered, else the best of Accept-Language.
func (a *API) words(r *http.Request) locales.Printer {
	if asked := r.URL.Query().Get("lang"); asked != "" {
		if p, ok := a.texts.Printer(a.texts.Match(asked)); ok {
			return p
		}
	}
	p, _ := a.texts.Printer(a.texts.Match(r.Header.Get("Accept-Language"))) // a match is always offered
	return p
}

func identityOf(aid *ruleset.Aid, words locales.Printer) identity {
	out := identity{
		Aid: aid.ID, Name: aid.Name, Acronym: aid.Acronym, Summary: worded(words, "aide."+aid.ID+".resume"),
		For: "foyer", Period: aid.Period, Payers: labelledOf(aid.Payers, words, "organisme"),
	}
	out.Commune, out.Departement = aid.Where.Commune, aid.Where.Departement
	if aid.PerAdult {
		out.For = "adulte"
	}
	if aid.Commission {
		out.Decision = "commission"
	}
	return out
}

// itemsOf lists the items in force on a day, each with its words under the group's key.
func itemsOf(items []*ruleset.Item, on fact.Day, words locales.Printer, group string) []item {
	out := make([]item, 0, len(items))
	for _, i := range items {
		if unit, refs, ok := i.InForce(on.Month()); ok {
			out = append(out, item{i.ID, worded(words, group+"."+i.ID), unit, referencesOf(refs)})
		}
	}
	return out
}

// labelledOf lists identifiers, each with its words under the group's key.
func labelledOf(ids []string, words locales.Printer, group string) []labelled {
	out := make([]labelled, len(ids))
	for i, id := range ids {
		out[i] = labelled{id, worded(words, group+"."+id)}
	}
	return out
}

// worded gives the words of a key, nothing when no language has them yet.
func worded(words locales.Printer, key string) string {
	if !words.Has(key) {
		return ""
	}
	return words.T(key)
}

func referencesOf(refs []ruleset.Reference) []reference {
	out := make([]reference, len(refs))
	for i, r := range refs {
		out[i] = reference{r.Title, r.URL}
	}
	return out
}

// answerPublic writes a body that everyone may read and keep. Its tag is a digest of it, and the hash of the rules is in it:
// other rules or other words are another tag.
func answerPublic(w http.ResponseWriter, r *http.Request, lang string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("writing the catalogue: %w", err)
	}
	digest := sha256.Sum256(text)
	tag := `"` + hex.EncodeToString(digest[:12]) + `"`
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "no-cache") // kept, but asked about each time: rules are reloaded
	h.Set("Vary", "Accept-Language")
	h.Set("Content-Language", lang)
	if holds(r.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "application/json")
	_, _ = w.Write(text)
	return nil
}

// holds says whether a list of If-None-Match names the tag (RFC 9110, 13.1.2: the weak comparison).
func holds(headers []string, tag string) bool {
	for _, header := range headers {
		for one := range strings.SplitSeq(header, ",") {
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == tag {
				return true
			}
		}
	}
	return false
}
