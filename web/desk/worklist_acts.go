package desk

import (
	"net/url"
	"slices"
	"strconv"

	"guichet/takeup"
)

// What is to be done can be noted from the worklist. A row posts what the form of the case posts, to the same address: the event is the
// same, it is judged the same, and what is refused there is shown in that form to be mended.

// A rowAct is one thing to note of a task: a small form, or the way to the form of the case.
type rowAct struct {
	Address string
	Link    string // words of the way to the form; empty when the row has a form of its own
	ID      string
	After   int
	Settled []choice   // fields that the task settles: Value in the field named Words
	Field   *fieldView // one more, before the buttons
	Name    string     // of the buttons
	Buttons []choice
}

// casePlace is what the address and the form of an act need of a case.
type casePlace struct {
	events int
	rights []takeup.RightID
}

func placeOf(c *takeup.Case) casePlace {
	p := casePlace{events: len(c.Events())}
	for _, r := range c.Current() {
		p.rights = append(p.rights, r.RightID)
	}
	return p
}

// returnField is the field with the filters of the worklist that an act comes back to, and notedIn what then says in which case.
const (
	returnField = "retour"
	notedIn     = "note"
)

// backTo gives the address of a form that comes back to the worklist.
func backTo(form, filters string) string {
	return form + "?" + url.Values{returnField: {filters}}.Encode()
}

// worklistAddress is the worklist with the filters that a form holds; with a code, it says that something was noted there.
func worklistAddress(filters string, noted takeup.Code) string {
	in, err := url.ParseQuery(filters)
	if err != nil {
		return Home + "/a-faire"
	}
	out := url.Values{}
	for _, name := range []string{"agent", "droit"} {
		if in.Has(name) {
			out.Set(name, in.Get(name))
		}
	}
	if noted != "" {
		out.Set(notedIn, string(noted))
	}
	return Home + "/a-faire?" + out.Encode()
}

// rowActs gives what can be noted of a task. Where more has to be said than fits in a row, it is the way to the form.
func (v *visit) rowActs(t takeup.Task, at casePlace, back string) []rowAct {
	place := caseAddress(t.Case) + "/noter/"
	if t.Right != (takeup.RightID{}) {
		place = caseAddress(t.Case) + "/droits/" + strconv.Itoa(slices.Index(at.rights, t.Right)+1) + "/"
	}
	act := func(name string) rowAct { return rowAct{Address: place + name, ID: newFormID(), After: at.events} }
	forms := func(names ...string) (out []rowAct) {
		for _, name := range names {
			out = append(out, rowAct{Address: backTo(place+name, back), Link: v.L.T("dossier.action." + name)})
		}
		return out
	}
	today := choice{Words: "le", Value: takeup.DayOf(v.at).String()}
	maker := &formMaker{visit: v}
	if t.With != "" {
		a := act("contact")
		means := maker.choice("par", false, wordsOf(v, "moyen", takeup.AllMeans()))
		a.Settled, a.Field, a.Name, a.Buttons = []choice{{Words: "avec", Value: string(t.With)}}, &means, "joint", v.outcomes("joint", "pas_joint")
		out := []rowAct{a}
		if t.Kind == takeup.TaskCloseIdle {
			out = append(out, forms("cloture")...)
		}
		return out
	}
	switch t.Kind {
	case takeup.TaskFile:
		if len(t.Missing) > 0 {
			return forms("pieces_recues", "depot")
		}
		a := act("depot")
		proof := maker.text("preuve", takeup.MaxProof)
		a.Settled, a.Field, a.Buttons = []choice{today}, &proof, []choice{{Words: v.L.T("a_faire.acte.depot")}}
		return []rowAct{a}
	case takeup.TaskRenew:
		a := act("renouvellement")
		a.Settled, a.Buttons = []choice{today}, []choice{{Words: v.L.T("a_faire.acte.renouvellement")}}
		return append([]rowAct{a}, forms("fin_de_droit")...)
	case takeup.TaskSeen:
		a := act("orientation_issue")
		a.Settled, a.Name, a.Buttons = []choice{{Words: "partenaire", Value: string(t.Partner)}}, "vu", v.outcomes("vu", "pas_vu")
		return []rowAct{a}
	case takeup.TaskDocuments:
		return forms("pieces_recues")
	case takeup.TaskSilence:
		if t.Accepts {
			return forms("ouverture")
		}
		return forms("ouverture", "refus")
	case takeup.TaskAppeal:
		return forms("recours")
	case takeup.TaskConfirm:
		return forms("orientation")
	case takeup.TaskDiagnose:
		return forms("diagnostic")
	case takeup.TaskMandate:
		return forms("action_prevue")
	}
	return nil
}

// outcomes are the two ways in which something came out.
func (v *visit) outcomes(yes, no string) []choice {
	return []choice{{Value: "oui", Words: v.L.T("a_faire.acte." + yes)}, {Value: "non", Words: v.L.T("a_faire.acte." + no)}}
}
