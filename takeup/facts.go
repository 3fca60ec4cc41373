package takeup

// Every fact that a case can hold. Facts are values; what the law, a letter or a person says of days is in them, when it was noted is
// in the event. A fact's JSON is kept for years: names of fields and kinds never change.

// A RightID names a right within a household: the aid, and whom it belongs to.
type RightID struct {
	Aid string `json:"aide,omitempty"`
	For Owner  `json:"pour,omitempty"` // the household, or the adult that a right of each adult belongs to
}

// About gives the right that a fact is about; the zero RightID when it is about the whole case.
func (id RightID) About() RightID { return id }

// Cents is an amount of money, in cents of EUR, never negative.
type Cents int64

// Amount is what a body pays.
type Amount struct {
	Cents Cents  `json:"centimes"` // zero for an aid that pays nothing, as a health cover
	Per   Period `json:"periode"`
}

// Estimate is what rules gave for a right: bounds, equal when the answers decided them.
type Estimate struct {
	Min     Cents  `json:"min"`
	Max     Cents  `json:"max"`
	Per     Period `json:"periode"`
	Version string `json:"version"` // of the aid's formulas: the day since which they are in force
	Rules   string `json:"regles"`  // the hash of the rule set
}

// Notice is the information that a person was given before choosing: which text, in which language.
type Notice struct {
	Version  string   `json:"version"`
	Language Language `json:"langue"`
}

// Reception is how a person was received.
type Reception struct {
	Channel     Channel  `json:"canal"`
	Language    Language `json:"langue"`     // needed, not spoken
	Interpreter bool     `json:"interprete"` // one was there
}

// CaseOpened begins a case. Without the person's choice to be followed there is none: such a visit is counted and no case is kept.
type CaseOpened struct {
	Reception
	Notice    Notice `json:"notice"`
	Followed  bool   `json:"accord"`             // the person chose to be followed
	Simulated bool   `json:"simule"`             // a simulation was made
	From      CCAS   `json:"de,omitempty"`       // the CCAS that transferred the case
	Referent  Agent  `json:"referent,omitempty"` // who follows it; who notes it when nobody is said
}

// Kind is [Fact.Kind].
func (CaseOpened) Kind() string { return "dossier_ouvert" }

// Visited is a further visit.
type Visited struct {
	Reception
	Simulated bool `json:"simule"`
}

// Kind is [Fact.Kind].
func (Visited) Kind() string { return "visite" }

// Informed is a new reading of the notice, because its text changed, and the person's choice to go on being followed.
type Informed struct {
	Notice   Notice `json:"notice"`
	Followed bool   `json:"accord"`
}

// Kind is [Fact.Kind].
func (Informed) Kind() string { return "information" }

// Diagnosed is what an agent found about a right. Another diagnosis of a right that was not asked for yet replaces the first.
type Diagnosed struct {
	RightID
	Finding  Finding   `json:"constat"`
	Type     Type      `json:"type,omitempty"`  // of a right that is likely or to verify; of the likely one always
	Reason   Reason    `json:"motif,omitempty"` //
	Estimate *Estimate `json:"estimation,omitempty"`
}

// Kind is [Fact.Kind].
func (Diagnosed) Kind() string { return "diagnostic" }

// Reestimated is what a recomputation found, without the person having asked.
type Reestimated struct {
	RightID
	Change   Change   `json:"changement"`
	Estimate Estimate `json:"estimation"`
}

// Kind is [Fact.Kind].
func (Reestimated) Kind() string { return "reestimation" }

// Planned is who will ask for a right, where, and what is still missing for it.
type Planned struct {
	RightID
	Mode    Mode     `json:"mode"`
	Where   Partner  `json:"organisme"`
	Missing []string `json:"pieces,omitempty"`   // identifiers of documents
	Mandate Day      `json:"mandat_du,omitzero"` // when the mandate was signed
}

// Kind is [Fact.Kind].
func (Planned) Kind() string { return "action_prevue" }

// DocumentsReceived is that documents that were missing are there.
type DocumentsReceived struct {
	RightID
	Documents []string `json:"pieces"`
}

// Kind is [Fact.Kind].
func (DocumentsReceived) Kind() string { return "pieces_recues" }

// Filed is that a right was asked for.
type Filed struct {
	RightID
	On    Day    `json:"le"`
	Proof string `json:"preuve,omitempty"` // the number of the receipt
}

// Kind is [Fact.Kind].
func (Filed) Kind() string { return "depot" }

// Oriented is that a person was sent to a partner. Said again while it waits, it replaces the appointment.
type Oriented struct {
	RightID             // empty when it is not for one right
	Partner     Partner `json:"partenaire"`
	Consent     bool    `json:"accord"` // to what the partner is told
	Appointment Day     `json:"rendez_vous,omitzero"`
}

// Kind is [Fact.Kind].
func (Oriented) Kind() string { return "orientation" }

// OrientationEnded is that the partner saw the person, or did not.
type OrientationEnded struct {
	RightID
	Partner Partner `json:"partenaire"`
	Seen    bool    `json:"vu"`
}

// Kind is [Fact.Kind].
func (OrientationEnded) Kind() string { return "orientation_issue" }

// Contacted is an attempt to reach the person or the body.
type Contacted struct {
	RightID       // empty when it is about the whole case
	With    Side  `json:"avec"`
	By      Means `json:"par"`
	Reached bool  `json:"joint"`
}

// Kind is [Fact.Kind].
func (Contacted) Kind() string { return "contact" }

// DocumentsAsked is that the body wants documents before it answers.
type DocumentsAsked struct {
	RightID
	Documents []string `json:"pieces"`
	By        Day      `json:"avant_le,omitzero"` // as its letter says
}

// Kind is [Fact.Kind].
func (DocumentsAsked) Kind() string { return "pieces_demandees" }

// Opened is that a right is granted, as the body or the person declares it. Said again, it replaces what was declared.
type Opened struct {
	RightID
	Amount Amount `json:"montant"`
	Since  Day    `json:"depuis"` // may lie ahead
}

// Kind is [Fact.Kind].
func (Opened) Kind() string { return "ouverture" }

// Refused is that the body refused.
type Refused struct {
	RightID
	Reason   Refuse `json:"motif"`
	Notified Day    `json:"notifie_le"` // when the person received it: the appeal counts from there
}

// Kind is [Fact.Kind].
func (Refused) Kind() string { return "refus" }

// Appealed is that a refusal is contested.
type Appealed struct {
	RightID
	Remedy Remedy `json:"voie"`
	On     Day    `json:"le"`
	Proof  string `json:"preuve,omitempty"`
}

// Kind is [Fact.Kind].
func (Appealed) Kind() string { return "recours" }

// AppealAnswered is what became of it.
type AppealAnswered struct {
	RightID
	Upheld   bool `json:"favorable"` // the person was right: the opening is awaited
	Notified Day  `json:"notifie_le"`
}

// Kind is [Fact.Kind].
func (AppealAnswered) Kind() string { return "recours_issue" }

// Abandoned is that a right is given up.
type Abandoned struct {
	RightID
	Reason Leaving `json:"motif"`
}

// Kind is [Fact.Kind].
func (Abandoned) Kind() string { return "abandon" }

// Renewed is that a right goes on.
type Renewed struct {
	RightID
	On Day `json:"le"`
}

// Kind is [Fact.Kind].
func (Renewed) Kind() string { return "renouvellement" }

// Lapsed is that a right has ended: non-renewal, when nothing else ended it.
type Lapsed struct {
	RightID
	Reason Lapse `json:"motif"`
	On     Day   `json:"le"`
}

// Kind is [Fact.Kind].
func (Lapsed) Kind() string { return "fin_de_droit" }

// Assigned is that another agent follows the case.
type Assigned struct {
	Agent Agent `json:"agent"`
}

// Kind is [Fact.Kind].
func (Assigned) Kind() string { return "attribution" }

// Moved is that another CCAS follows the person; the case here is closed. [Case.Handover] gives what that CCAS begins with.
type Moved struct {
	To      CCAS `json:"vers"`
	Consent bool `json:"accord"`
}

// Kind is [Fact.Kind].
func (Moved) Kind() string { return "transfert" }

// ConsentWithdrawn is that the person does not want to be followed any more. The case is closed and goes.
type ConsentWithdrawn struct{}

// Kind is [Fact.Kind].
func (ConsentWithdrawn) Kind() string { return "accord_retire" }

// Closed ends a case. Rights under way are given up with it, but not under the reason that all is finished.
type Closed struct {
	Reason Closing `json:"motif"`
}

// Kind is [Fact.Kind].
func (Closed) Kind() string { return "cloture" }

// Reopened begins a closed case again: the person comes back, is informed and chooses again.
type Reopened struct {
	Reception
	Notice   Notice `json:"notice"`
	Followed bool   `json:"accord"`
}

// Kind is [Fact.Kind].
func (Reopened) Kind() string { return "reouverture" }

// Noted is a few words of an agent, the only free text there is.
type Noted struct {
	Text string `json:"texte"`
}

// Kind is [Fact.Kind].
func (Noted) Kind() string { return "note" }

// Cancelled takes back an event that was noted by mistake. Both stay in the case; the first has no effect any more.
type Cancelled struct {
	Event int `json:"evenement"` // its number in the case
}

// Kind is [Fact.Kind].
func (Cancelled) Kind() string { return "annulation" }
