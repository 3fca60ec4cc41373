package engine

import (
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// Status says whether a household is entitled to an aid.
type Status string

// The statuses. An aid is a_preciser as long as a missing answer could change the entitlement or the amount.
const (
	Eligible    Status = "eligible"
	NotEligible Status = "non_eligible"
	Undecided   Status = "a_preciser"
)

// TakeUp holds what is due against what the household says it receives.
type TakeUp string

// The states of take-up.
const (
	Received       TakeUp = "percu"
	NotReceived    TakeUp = "non_percu"        // entitled, not received: suspected non-take-up
	PartlyReceived TakeUp = "percu_partiel"    // receives less than the estimate
	ReceivedCheck  TakeUp = "percu_a_verifier" // receives, not entitled
	NotConcerned   TakeUp = "sans_objet"
	TakeUpUnknown  TakeUp = "inconnu" // nothing said about what is received, or the right is not decided
)

// Expired is the reason why an aid is not decided whose deliberation has ended.
const Expired = "deliberation_expiree"

// Reference is where a condition or a step stands in the law.
type Reference = ruleset.Reference

// Simulation is the answer for one household.
type Simulation struct {
	ID       string
	Date     profile.Date
	Rules    string // hash of the rule set
	Complete bool
	Aids     []Aid // in the rule set's order
	Totals   Totals
}

// Totals are net EUR per month over the eligible aids that are paid by the month.
type Totals struct {
	NetPerMonth       float64
	UnclaimedPerMonth float64 // of those that are suspected not to be received
}

// Aid is the answer about one aid, for the household or for one person.
type Aid struct {
	Aid        string
	Status     Status
	Version    profile.Date // of the formulas in force
	Amount     Amount       // nothing but its period and its owner, of an aid that pays nothing
	Share      *Figure      // what the household pays for it, EUR per period, of an aid that pays nothing; nil for the others
	TakeUp     TakeUp
	Extra      []Extra
	OutOfScope string // what the rules do not cover yet, when that is why the aid is not decided; or [Expired]
	Commission bool   // a commission decides; the most that it may grant is then all that is said
	Conditions []Condition
	Steps      []Step
	Missing    []string // paths of the answers that could decide it
	Used       []string // paths of the stated facts that its steps read
}

// Amount is what an aid is worth, in EUR per period. Decided amounts have Gross and Net; the others only bounds on the
// net amount, which hold whatever the missing answers are.
type Amount struct {
	Decided  bool
	Gross    float64 // before CRDS
	Net      float64 // what is paid
	Min, Max float64
	Period   string // mois, an, unique
	For      string // foyer, or the person: demandeur, conjoint
}

// Extra is a further field of the answer: the type of housing aid, whether health cover is free.
type Extra struct{ Field, Value string }

// Condition is one condition of an aid and how the household stands to it.
type Condition struct {
	ID        string
	Result    string  // oui, non, inconnu
	Value     *Figure // what the household has, when the condition is one comparison
	Threshold *Figure // what it is held against
	Floor     bool    // it is a minimum: the value must reach it, or pass it
	Unit      string
	Reference []Reference
	cited     string // the references as JSON
}

// Step is one step of the computation.
type Step struct {
	ID        string
	Value     Figure
	Unit      string
	Reference []Reference
	cited     string
}

// Figure is a number, exact when Lo equals Hi, or a word when Choice is set (a value of an enumeration; oui, non or
// inconnu).
type Figure struct {
	Lo, Hi float64
	Choice string
}

// Question is a missing answer that can still change something.
type Question struct {
	Fact    string   // path in the profile: demandeur.naissance
	Aids    []string // the aids that it could decide
	Decides string   // statut when an entitlement hangs on it, montant when only amounts do
}

// The results of a condition.
const (
	resultYes     = "oui"
	resultNo      = "non"
	resultUnknown = "inconnu"
)
