package desk

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"guichet/takeup"
	"guichet/takeup/people"
)

// Everything that an agent can note in a case is one line of a table: its fields, and the fact that they make. The page of a case
// offers those that [takeup.Case.Allow] lets follow now; one form, one reader and one writer serve them all.

// An action is one kind of fact that an agent notes.
type action struct {
	name   string // in addresses, and of its words: dossier.action.<name>
	right  bool   // about one right, or about the whole case
	fields []actionField
	fact   func(f *filled) takeup.Fact
}

// reads says whether the notice is read with the person before it is noted.
func (one action) reads() bool { return one.name == "reouverture" || one.name == "information" }

// An actionField is one control of an action.
type actionField struct {
	name     string // the JSON name in the fact, so that a refusal finds it
	kind     string // of [fieldView]
	optional bool
	list     func(*actionForm) []choice // of a choice or of documents
	most     int                        // characters of a text
	start    func(*actionForm) string   // what stands in it first; nil leaves it empty
}

// An actionForm is what an action is noted in.
type actionForm struct {
	*visit
	c     *takeup.Case
	right *takeup.Right // nil for the whole case
}

func (a *actionForm) id() takeup.RightID {
	if a.right == nil {
		return takeup.RightID{}
	}
	return a.right.RightID
}

func pick[W ~string](name, list string, of func() []W) actionField {
	return actionField{name: name, kind: "choix", list: func(a *actionForm) []choice { return wordsOf(a.visit, list, of()) }}
}

func day(name string) actionField {
	return actionField{name: name, kind: "jour", start: func(a *actionForm) string { return takeup.DayOf(a.at).String() }}
}

func (f actionField) maybe() actionField { f.optional, f.start = true, nil; return f }

func (f actionField) from(start func(*actionForm) string) actionField { f.start = start; return f }

var (
	receipt  = actionField{name: "preuve", kind: "texte", optional: true, most: takeup.MaxProof}
	agreed   = actionField{name: "accord", kind: "coche"}
	partner  = pick("partenaire", "organisme", takeup.Partners).from((*actionForm).expecting)
	wanted   = actionField{name: "pieces", kind: "pieces", optional: true, list: (*actionForm).ofAid}
	received = actionField{name: "pieces", kind: "pieces", list: (*actionForm).awaited}
)

// caseActions are all actions, in the order in which a page offers them.
func caseActions() []action {
	return []action{
		{"action_prevue", true, []actionField{
			pick("mode", "mode", takeup.Modes), pick("organisme", "organisme", takeup.Partners).from((*actionForm).body), wanted, day("mandat_du").maybe(),
		}, func(f *filled) takeup.Fact {
			return takeup.Planned{RightID: f.id, Mode: takeup.Mode(f.get("mode")), Where: takeup.Partner(f.get("organisme")), Missing: f.list("pieces"), Mandate: f.day("mandat_du")}
		}},
		{"pieces_recues", true, []actionField{received}, func(f *filled) takeup.Fact {
			return takeup.DocumentsReceived{RightID: f.id, Documents: f.list("pieces")}
		}},
		{"depot", true, []actionField{day("le"), receipt}, func(f *filled) takeup.Fact {
			return takeup.Filed{RightID: f.id, On: f.day("le"), Proof: f.get("preuve")}
		}},
		{"pieces_demandees", true, []actionField{wanted, day("avant_le").maybe()}, func(f *filled) takeup.Fact {
			return takeup.DocumentsAsked{RightID: f.id, Documents: f.list("pieces"), By: f.day("avant_le")}
		}},
		{"ouverture", true, []actionField{
			{name: "centimes", kind: "montant"}, pick("periode", "periode", takeup.Periods).from((*actionForm).period), day("depuis"),
		}, func(f *filled) takeup.Fact {
			return takeup.Opened{RightID: f.id, Amount: takeup.Amount{Cents: f.cents("centimes"), Per: takeup.Period(f.get("periode"))}, Since: f.day("depuis")}
		}},
		{"refus", true, []actionField{pick("motif", "refus", takeup.Refusals), day("notifie_le")}, func(f *filled) takeup.Fact {
			return takeup.Refused{RightID: f.id, Reason: takeup.Refuse(f.get("motif")), Notified: f.day("notifie_le")}
		}},
		{"recours", true, []actionField{pick("voie", "recours", takeup.Remedies), day("le"), receipt}, func(f *filled) takeup.Fact {
			return takeup.Appealed{RightID: f.id, Remedy: takeup.Remedy(f.get("voie")), On: f.day("le"), Proof: f.get("preuve")}
		}},
		{"recours_issue", true, []actionField{{name: "favorable", kind: "choix", list: yesOrNo}, day("notifie_le")}, func(f *filled) takeup.Fact {
			return takeup.AppealAnswered{RightID: f.id, Upheld: f.is("favorable"), Notified: f.day("notifie_le")}
		}},
		{"renouvellement", true, []actionField{day("le")}, func(f *filled) takeup.Fact {
			return takeup.Renewed{RightID: f.id, On: f.day("le")}
		}},
		{"fin_de_droit", true, []actionField{pick("motif", "perte", takeup.Lapses), day("le")}, func(f *filled) takeup.Fact {
			return takeup.Lapsed{RightID: f.id, Reason: takeup.Lapse(f.get("motif")), On: f.day("le")}
		}},
		{"diagnostic", true, []actionField{
			pick("constat", "constat", takeup.Findings),
			{name: "type", kind: "choix", optional: true, list: func(a *actionForm) []choice { return a.typesHelp() }},
			{name: "motif", kind: "choix", optional: true, list: func(a *actionForm) []choice { return wordsOf(a.visit, "motif", takeup.Reasons()) }},
		}, diagnosis},
		{"contact", true, contactFields, contacted},
		{"orientation", true, orientationFields, oriented},
		{"orientation_issue", true, endingFields, orientationEnded},
		{"abandon", true, []actionField{pick("motif", "abandon", takeup.Leavings)}, func(f *filled) takeup.Fact {
			return takeup.Abandoned{RightID: f.id, Reason: takeup.Leaving(f.get("motif"))}
		}},

		{"contact", false, contactFields, contacted},
		{"visite", false, receptionFields, func(f *filled) takeup.Fact {
			return takeup.Visited{Reception: f.reception()}
		}},
		{"droit", false, []actionField{
			{name: "aide", kind: "choix", list: (*actionForm).newAids},
			pick("pour", "pour", takeup.Owners), pick("constat", "constat", takeup.Findings),
			{name: "type", kind: "choix", optional: true, list: func(a *actionForm) []choice { return a.typesHelp() }},
			{name: "motif", kind: "choix", optional: true, list: func(a *actionForm) []choice { return wordsOf(a.visit, "motif", takeup.Reasons()) }},
		}, func(f *filled) takeup.Fact {
			f.id = takeup.RightID{Aid: f.get("aide"), For: takeup.Owner(f.get("pour"))}
			return diagnosis(f)
		}},
		{"orientation", false, orientationFields, oriented},
		{"orientation_issue", false, endingFields, orientationEnded},
		{"information", false, []actionField{agreed}, func(f *filled) takeup.Fact {
			return takeup.Informed{Notice: takeup.Notice{Version: f.in.Get("notice"), Language: f.spoken}, Followed: f.is("accord")}
		}},
		{"note", false, []actionField{{name: "texte", kind: "long", most: takeup.MaxNote}}, func(f *filled) takeup.Fact {
			return takeup.Noted{Text: f.get("texte")}
		}},
		{"attribution", false, []actionField{{name: "agent", kind: "choix", list: (*actionForm).colleagues}}, func(f *filled) takeup.Fact {
			return takeup.Assigned{Agent: takeup.Agent(f.get("agent"))}
		}},
		{"transfert", false, []actionField{{name: "vers", kind: "choix", list: (*actionForm).centres}, agreed}, func(f *filled) takeup.Fact {
			return takeup.Moved{To: takeup.CCAS(f.get("vers")), Consent: f.is("accord")}
		}},
		{"annulation", false, []actionField{{name: "evenement", kind: "choix", list: (*actionForm).mistakes}}, func(f *filled) takeup.Fact {
			n, _ := strconv.Atoi(f.get("evenement")) // what is no number is no event
			return takeup.Cancelled{Event: n}
		}},
		{"cloture", false, []actionField{pick("motif", "cloture", takeup.Closings)}, func(f *filled) takeup.Fact {
			return takeup.Closed{Reason: takeup.Closing(f.get("motif"))}
		}},
		{"reouverture", false, append(slices.Clone(receptionFields), agreed), func(f *filled) takeup.Fact {
			r := f.reception()
			return takeup.Reopened{Reception: r, Notice: takeup.Notice{Version: f.in.Get("notice"), Language: r.Language}, Followed: f.is("accord")}
		}},
		{"accord_retire", false, nil, func(*filled) takeup.Fact { return takeup.ConsentWithdrawn{} }},
	}
}

// Fields and facts that are those of a right and of the whole case alike.
var (
	contactFields     = []actionField{pick("avec", "cote", takeup.Sides), pick("par", "moyen", takeup.AllMeans), {name: "joint", kind: "choix", list: yesOrNo}}
	orientationFields = []actionField{partner, agreed, day("rendez_vous").maybe()}
	endingFields      = []actionField{{name: "partenaire", kind: "choix", list: (*actionForm).sent}, {name: "vu", kind: "choix", list: yesOrNo}}
	receptionFields   = []actionField{
		pick("canal", "canal", takeup.Channels),
		{name: "langue", kind: "choix", list: func(a *actionForm) []choice { return a.languages() }, start: func(a *actionForm) string { return string(a.c.Reception.Language) }},
		{name: "interprete", kind: "coche", optional: true},
	}
)

func contacted(f *filled) takeup.Fact {
	return takeup.Contacted{RightID: f.id, With: takeup.Side(f.get("avec")), By: takeup.Means(f.get("par")), Reached: f.is("joint")}
}

func oriented(f *filled) takeup.Fact {
	return takeup.Oriented{RightID: f.id, Partner: takeup.Partner(f.get("partenaire")), Consent: f.is("accord"), Appointment: f.day("rendez_vous")}
}

func orientationEnded(f *filled) takeup.Fact {
	return takeup.OrientationEnded{RightID: f.id, Partner: takeup.Partner(f.get("partenaire")), Seen: f.is("vu")}
}

func diagnosis(f *filled) takeup.Fact {
	return takeup.Diagnosed{RightID: f.id, Finding: takeup.Finding(f.get("constat")), Type: takeup.Type(f.get("type")), Reason: takeup.Reason(f.get("motif")), Estimate: f.estimate}
}

func (f *filled) reception() takeup.Reception {
	return takeup.Reception{Channel: takeup.Channel(f.get("canal")), Language: takeup.Language(f.get("langue")), Interpreter: f.is("interprete")}
}

func yesOrNo(a *actionForm) []choice {
	return []choice{{Value: "oui", Words: a.L.T("dossier.oui")}, {Value: "non", Words: a.L.T("dossier.non")}}
}

// body is the first of those that the right is asked at.
func (a *actionForm) body() string {
	if a.right == nil {
		return ""
	}
	if aid, ok := a.d.engine.Set().Aid(a.right.Aid); ok && len(aid.AskAt) > 0 {
		return aid.AskAt[0]
	}
	return ""
}

func (a *actionForm) period() string {
	if aid, ok := a.d.engine.Set().Aid(a.id().Aid); ok {
		return aid.Period
	}
	return string(takeup.PerMonth)
}

func (a *actionForm) documents(ids []string) []choice {
	var out []choice
	for _, id := range ids {
		words := id
		if a.L.Has("document." + id) {
			words = a.L.T("document." + id)
		}
		out = append(out, choice{Value: id, Words: words})
	}
	return out
}

func (a *actionForm) ofAid() []choice {
	aid, ok := a.d.engine.Set().Aid(a.id().Aid)
	if !ok {
		return nil
	}
	return a.documents(aid.Documents)
}

func (a *actionForm) awaited() []choice { return a.documents(a.right.Missing) }

// newAids are those that the case does not follow for the whole household.
func (a *actionForm) newAids() []choice {
	var out []choice
	for _, aid := range a.d.engine.Set().Aids() {
		out = append(out, choice{Value: aid.ID, Words: aid.Name})
	}
	return out
}

// sent are the partners at which the person is awaited for this right.
func (a *actionForm) sent() []choice {
	var out []choice
	for _, o := range a.c.Sent {
		if !o.Ended && o.Right == a.id() {
			out = append(out, choice{Value: string(o.Partner), Words: a.L.T("mot.organisme." + string(o.Partner))})
		}
	}
	return out
}

// expecting is the partner that the person was sent to and is awaited at, so that an appointment is noted there; else the body of the aid.
func (a *actionForm) expecting() string {
	if waits := a.sent(); len(waits) > 0 {
		return waits[len(waits)-1].Value
	}
	return a.body()
}

// colleagues are the agents who may follow the case, but the one who does.
func (a *actionForm) colleagues() []choice {
	all, err := a.keep.People.Agents(a.ctx(), a.who.CCAS)
	if err != nil {
		return nil // the form says that there is nobody; the next request meets the same database
	}
	var out []choice
	for _, agent := range all {
		if agent.ID != a.c.Referent && !agent.Disabled && agent.Role.May(people.Cases) {
			out = append(out, choice{Value: string(agent.ID), Words: agent.Name})
		}
	}
	return out
}

// centres are the other CCAS of the installation: their names are public.
func (a *actionForm) centres() []choice {
	all, err := a.keep.People.Centres(a.ctx())
	if err != nil {
		return nil
	}
	var out []choice
	for _, centre := range all {
		if centre.ID != a.who.CCAS {
			out = append(out, choice{Value: string(centre.ID), Words: centre.Name})
		}
	}
	return out
}

// mistakes are the events that can be taken back, the latest first.
func (a *actionForm) mistakes() []choice {
	var out []choice
	for _, e := range slices.Backward(a.c.Events()) {
		if a.c.Allow(takeup.Cancelled{Event: e.Number}, a.at) == nil {
			line := a.pastLine(e)
			out = append(out, choice{Value: strconv.Itoa(e.Number), Words: a.date(takeup.DayOf(e.At.In(a.at.Location()))) + " · " + line.What + line.Colon()})
		}
	}
	return out
}

// offered says whether an action could be noted now. Its fact is tried with the first of each list: what is refused for a field can be
// mended in the form, anything else cannot.
func (a *actionForm) offered(one action) bool {
	if one.name == "information" && a.noticeStands(a.c) {
		return false
	}
	f := a.filled(url.Values{"notice": {"essai"}})
	for _, field := range one.fields {
		switch field.kind {
		case "choix", "pieces":
			options := field.list(a)
			if len(options) == 0 {
				return false
			}
			f.in.Set(field.name, options[0].Value)
		case "jour":
			if !field.optional {
				f.in.Set(field.name, takeup.DayOf(a.at).String())
			}
		case "montant":
			f.in.Set(field.name, "1")
		case "coche":
			f.in.Set(field.name, "oui")
		case "long":
			f.in.Set(field.name, "essai")
		}
	}
	if one.name == "diagnostic" || one.name == "droit" {
		f.in.Set("type", string(takeup.NotKnown))
	}
	var refused *takeup.Refusal
	err := a.c.Allow(one.fact(f), a.at)
	return err == nil || errors.As(err, &refused) && refused.Field != ""
}

// offeredTo lists the actions that could be noted now about a right, or about the whole case.
func (a *actionForm) offeredTo() []action {
	var out []action
	for _, one := range caseActions() {
		if one.right == (a.right != nil) && a.offered(one) {
			out = append(out, one)
		}
	}
	return out
}

// date writes a day as tables do.
func (v *visit) date(d takeup.Day) string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}
