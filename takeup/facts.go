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

// Visited is a further visit.
type Visited struct {
	Reception
	Simulated bool `json:"simule"`
}

// Informed is a new reading of the notice, because its text changed, and the person's choice to go on being followed.
type Informed struct {
	Notice   Notice `json:"notice"`
	Followed bool   `json:"accord"`
}

// Diagnosed is what an agent found about a right. Another diagnosis of a right that was not asked for yet replaces the first.
type Diagnosed struct {
	RightID
	Finding  Finding   `json:"constat"`
	Type     Type      `json:"type,omitempty"`  // of a right that is likely or to verify; of the likely one always
	Reason   Reason    `json:"motif,omitempty"` //
	Estimate *Estimate `json:"estimation,omitempty"`
}

// Reestimated is what a recomputation found, without the person having asked.
type Reestimated struct {
	RightID
	Change   Change   `json:"changement"`
	Estimate Estimate `json:"estimation"`
}

// Planned is who will ask for a right, where, and what is still missing for it.
type Planned struct {
	RightID
	Mode    Mode     `json:"mode"`
	Where   Partner  `json:"organisme"`
	Missing []string `json:"pieces,omitempty"`   // identifiers of documents
	Mandate Day      `json:"mandat_du,omitzero"` // when the mandate was signed
}

// DocumentsReceived is that documents that were missing are there.
type DocumentsReceived struct {
	RightID
	Documents []string `json:"pieces"`
}

// Filed is that a right was asked for.
type Filed struct {
	RightID
	On    Day    `json:"le"`
	Proof string `json:"preuve,omitempty"` // the number of the receipt
}

// Oriented is that a person was sent to a partner. Said again while it waits, it replaces the appointment.
type Oriented struct {
	RightID             // empty when it is not for one right
	Partner     Partner `json:"partenaire"`
	Consent     bool    `json:"accord"` // to what the partner is told
	Appointment Day     `json:"rendez_vous,omitzero"`
}

// OrientationEnded is that the partner saw the person, or did not.
type OrientationEnded struct {
	RightID
	Partner Partner `json:"partenaire"`
	Seen    bool    `json:"vu"`
}

// Contacted is an attempt to reach the person or the body.
type Contacted struct {
	RightID       // empty when it is about the whole case
	With    Side  `json:"avec"`
	By      Means `json:"par"`
	Reached bool  `json:"joint"`
}

// DocumentsAsked is that the body wants documents before it answers.
type DocumentsAsked struct {
	RightID
	Documents []string `json:"pieces"`
	By        Day      `json:"avant_le,omitzero"` // as its letter says
}

// Opened is that a right is granted, as the body or the person declares it. Said again, it replaces what was declared.
type Opened struct {
	RightID
	Amount Amount `json:"montant"`
	Since  Day    `json:"depuis"` // may lie ahead
}

// Refused is that the body refused.
type Refused struct {
	RightID
	Reason   Refuse `json:"motif"`
	Notified Day    `json:"notifie_le"` // when the person received it: the appeal counts from there
}

// Appealed is that a refusal is contested.
type Appealed struct {
	RightID
	Remedy Remedy `json:"voie"`
	On     Day    `json:"le"`
	Proof  string `json:"preuve,omitempty"`
}

// AppealAnswered is what became of it.
type AppealAnswered struct {
	RightID
	Upheld   bool `json:"favorable"` // the person was right: the opening is awaited
	Notified Day  `json:"notifie_le"`
}

// Abandoned is that a right is given up.
type Abandoned struct {
	RightID
	Reason Leaving `json:"motif"`
}

// Renewed is that a right goes on.
type Renewed struct {
	RightID
	On Day `json:"le"`
}

// Lapsed is that a right has ended: non-renewal, when nothing else ended it.
type Lapsed struct {
	RightID
	Reason Lapse `json:"motif"`
	On     Day   `json:"le"`
}

// Assigned is that another agent follows the case.
type Assigned struct {
	Agent Agent `json:"agent"`
}

// Moved is that another CCAS follows the person; the case here is closed. [Case.Handover] gives what that CCAS begins with.
type Moved struct {
	To      CCAS `json:"vers"`
	Consent bool `json:"accord"`
}

// ConsentWithdrawn is that the person does not want to be followed any more. The case is closed and goes.
type ConsentWithdrawn struct{}

// Closed ends a case. Rights under way are given up with it, but not under the reason that all is finished.
type Closed struct {
	Reason Closing `json:"motif"`
}

// Reopened begins a closed case again: the person comes back, is informed and chooses again.
type Reopened struct {
	Reception
	Notice   Notice `json:"notice"`
	Followed bool   `json:"accord"`
}

// Noted is a few words of an agent, the only free text there is.
type Noted struct {
	Text string `json:"texte"`
}

// Cancelled takes back an event that was noted by mistake. Both stay in the case; the first has no effect any more.
type Cancelled struct {
	Event int `json:"evenement"` // its number in the case
}

// Kind and its likes name what is kept.
func (CaseOpened) Kind() string        { return "dossier_ouvert" }
func (Visited) Kind() string           { return "visite" }
func (Informed) Kind() string          { return "information" }
func (Diagnosed) Kind() string         { return "diagnostic" }
func (Reestimated) Kind() string       { return "reestimation" }
func (Planned) Kind() string           { return "action_prevue" }
func (DocumentsReceived) Kind() string { return "pieces_recues" }
func (Filed) Kind() string             { return "depot" }
func (Oriented) Kind() string          { return "orientation" }
func (OrientationEnded) Kind() string  { return "orientation_issue" }
func (Contacted) Kind() string         { return "contact" }
func (DocumentsAsked) Kind() string    { return "pieces_demandees" }
func (Opened) Kind() string            { return "ouverture" }
func (Refused) Kind() string           { return "refus" }
func (Appealed) Kind() string          { return "recours" }
func (AppealAnswered) Kind() string    { return "recours_issue" }
func (Abandoned) Kind() string         { return "abandon" }
func (Renewed) Kind() string           { return "renouvellement" }
func (Lapsed) Kind() string            { return "fin_de_droit" }
func (Assigned) Kind() string          { return "attribution" }
func (Moved) Kind() string             { return "transfert" }
func (ConsentWithdrawn) Kind() string  { return "accord_retire" }
func (Closed) Kind() string            { return "cloture" }
func (Reopened) Kind() string          { return "reouverture" }
func (Noted) Kind() string             { return "note" }
func (Cancelled) Kind() string         { return "annulation" }
