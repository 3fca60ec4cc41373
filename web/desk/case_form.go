package desk

import (
	"crypto/rand"
	"errors"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/takeup"
)

// formID is how the identifier of a form is written: an event that is asked for twice under one is noted once.
var formID = regexp.MustCompile(`^[A-Z2-7]{20,40}$`)

// A fieldView is a control of a form, with what was typed and what is wrong with it.
type fieldView struct {
	ID, Name, Words string
	Kind            string // choix, jour, montant, texte, long, coche, pieces
	Hint            string
	Value           string
	Options         []choice
	Optional        bool
	Empty           string // what the first line of a choice says that may be left out
	Max             int
	Mistake         string
}

// formMaker makes the controls of one form.
type formMaker struct {
	*visit
	in    url.Values
	wrong map[string]string // by field
}

func (f *formMaker) field(name, kind string, optional bool) fieldView {
	id, _, _ := strings.Cut(name, ".")
	out := fieldView{ID: "d-" + strings.ReplaceAll(name, ".", "-"), Name: name, Words: f.L.T("dossier.champ." + id), Kind: kind, Optional: optional, Mistake: f.wrong[name]}
	out.Value = shownAgain(f.in.Get(name))
	if f.L.Has("dossier.vide." + id) {
		out.Empty = f.L.T("dossier.vide." + id)
	}
	if f.L.Has("dossier.aide." + id) {
		out.Hint = f.L.T("dossier.aide." + id)
	}
	return out
}

// shownAgain is what a form shows of what was typed: a number as long as that of social security is refused, and not shown again.
func shownAgain(typed string) string {
	if takeup.HoldsLongNumber(typed) {
		return ""
	}
	return typed
}

func (f *formMaker) choice(name string, optional bool, options []choice) fieldView {
	out := f.field(name, "choix", optional)
	out.Options = chosen(options, f.in[name])
	return out
}

func (f *formMaker) tick(name string) fieldView {
	out := f.field(name, "coche", true)
	out.Value = f.in.Get(name)
	return out
}

// text is a control for a few words that may be left empty.
func (f *formMaker) text(name string, most int) fieldView {
	out := f.field(name, "texte", true)
	out.Max = most
	return out
}

// newFormID draws the identifier of a form.
func newFormID() string { return rand.Text() }

// contact are the controls of the ways to reach a person.
func (f *formMaker) contact() []fieldView {
	return []fieldView{
		f.text("nom", 120), f.text("telephone", 24), f.text("courriel", 254), f.text("libre", takeup.MaxNote),
	}
}

func chosen(options []choice, values []string) []choice {
	out := slices.Clone(options)
	for i := range out {
		out[i].Chosen = slices.Contains(values, out[i].Value)
	}
	return out
}

// wordsOf gives the words of a closed list.
func wordsOf[W ~string](v *visit, list string, of []W) []choice {
	out := make([]choice, 0, len(of))
	for _, w := range of {
		out = append(out, choice{Value: string(w), Words: v.L.T("mot." + list + "." + string(w))})
	}
	return out
}

// A filled reads the fields of a posted form into a fact. The first field that cannot be read is kept as a refusal.
type filled struct {
	in       url.Values
	id       takeup.RightID
	estimate *takeup.Estimate // that a new diagnosis goes on with
	spoken   takeup.Language  // with the person
	refusal  error
}

func (f *filled) get(name string) string { return strings.TrimSpace(f.in.Get(name)) }
func (f *filled) is(name string) bool    { return f.in.Get(name) == "oui" }

func (f *filled) list(name string) []string {
	return slices.DeleteFunc(slices.Clone(f.in[name]), func(s string) bool { return s == "" })
}

func (f *filled) refuse(name string, key takeup.Key, remedy takeup.RemedyKey) {
	if f.refusal == nil {
		f.refusal = &takeup.Refusal{Key: key, Remedy: remedy, Field: name, Right: f.id}
	}
}

// day reads a day as browsers send it, or as people write it.
func (f *filled) day(name string) takeup.Day {
	text := f.get(name)
	if text == "" {
		return 0
	}
	if d, err := takeup.ReadDay(text); err == nil {
		return d
	}
	if t, err := time.Parse("2/1/2006", text); err == nil {
		return takeup.DayOf(t)
	}
	f.refuse(name, takeup.KeyDay, takeup.RemedyDay)
	return 0
}

var amountShape = regexp.MustCompile(`^[0-9]{1,7}(\.[0-9]{1,2})?$`)

// cents reads an amount as people write it: 1 449,62 €.
func (f *filled) cents(name string) takeup.Cents {
	text := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "€", "", ",", ".").Replace(f.get(name))
	switch {
	case text == "":
		f.refuse(name, takeup.KeyMissing, takeup.RemedySay)
	case !amountShape.MatchString(text):
		f.refuse(name, takeup.KeyAmount, takeup.RemedyAmount)
	default:
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return takeup.Cents(math.Round(100 * v))
		}
	}
	return 0
}

// longNumber refuses a form in which somebody typed a long number, whatever the field.
func longNumber(in url.Values, fields []string) error {
	for _, name := range fields {
		for _, value := range in[name] {
			if name != "telephone" && takeup.HoldsLongNumber(value) {
				return &takeup.Refusal{Key: takeup.KeySocialSecurity, Remedy: takeup.RemedyNoNumber, Field: name}
			}
		}
	}
	return nil
}

// refusal says in words why something cannot be noted and what to do, and which field it is about; false when err is something else.
func (v *visit) refusal(err error) (field, text string, ok bool) {
	var r *takeup.Refusal
	if !errors.As(err, &r) {
		return "", "", false
	}
	return r.Field, v.L.T("dossier.refus."+string(r.Key)) + " " + v.L.T("dossier.remede."+string(r.Remedy)), true
}
