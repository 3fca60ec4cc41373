// Package profile holds a household as the outside describes it: it decodes and checks the JSON of the contract,
// writes it back, and turns it into the facts that formulas read.
//
// What a profile does not state is unknown: never zero, never "no". A text or a date that is unknown is the zero value, a
// number, a truth or a list is an [Opt]. Only when Complete is set does the absent take the contract's defaults.
package profile

// Opt is a value that may be unknown. The zero Opt is unknown, whatever Value holds.
type Opt[T any] struct {
	Value T
	Known bool
}

// Some gives the known value v.
func Some[T any](v T) Opt[T] { return Opt[T]{Value: v, Known: true} }

// Profile is one household. Its texts are the contract's own identifiers, listed in package fact. A profile made by
// hand is held to the same rules as a decoded one: see [Profile.Check].
type Profile struct {
	ID           string // at most 64 characters, echoed in the answer
	Date         Date   // the day the rights are computed for; unknown means today
	Complete     bool   // complet: what is not stated is none, zero or the contract's default
	Commune      string // INSEE code, as the caller gave it
	ResidentFrom Date   // residence_commune_depuis: since when the household lives in the commune
	Couple       string // one of fact.Couples
	IsolatedFrom Date   // isole_depuis: start of the present isolation
	Claimant     Person
	Spouse       *Person       // set means that there is a spouse, even when nothing is known of them
	Children     Opt[[]Person] // known and empty means none
	Housing      Housing
	TaxHousehold TaxHousehold
	Savings      Opt[float64]   // EUR
	Quotient     Opt[float64]   // quotient_familial: as the family allowance body's certificate prints it, EUR/month
	FixedCharges Opt[float64]   // charges_fixes: what must be paid each month beside the dwelling, EUR/month
	Received     Opt[[]Benefit] // prestations_percues; known and empty means nothing
}

// Person is one person of the household.
type Person struct {
	Birth           Date
	Nationality     string    // one of fact.Nationalities
	Permit          string    // titre_sejour: one of fact.Permits
	StayFrom        Date      // sejour_regulier_depuis
	StayProven      Opt[bool] // sejour_justifie
	Activity        string    // one of fact.Activities
	Schooling       string    // one of fact.Schools
	Pregnant        Opt[bool]
	DisabilityRate  Opt[float64] // handicap.taux, percent
	WorkRestriction Opt[bool]    // handicap.rsdae
	Unfit           Opt[bool]    // inapte_travail
	SharedCustody   Opt[bool]    // garde_alternee, of a child
	Incomes         Opt[[]Income]
}

// Income is one kind of income of one person. A Net that is unknown means that this kind is unknown while the others
// of the person are known (a growth of the contract: `"salaire": null`); the other amounts are then unknown too.
type Income struct {
	Kind    string // one of fact.Incomes
	Net     Opt[float64]
	Taxable Opt[float64]  // imposable, EUR/month
	Gross   Opt[float64]  // brut, EUR/month
	Months  []MonthAmount // mois: the net amount of single months
	Years   []YearAmount  // annees: the taxable amount of whole years
}

// Housing is the dwelling.
type Housing struct {
	Status     string       // one of fact.Statuses
	Regime     string       // one of fact.Regimes, of a home or a student residence
	Loan       string       // one of fact.LoanKinds, of an owner who repays a loan
	LoanFor    string       // one of fact.LoanPurposes, of the same
	LoanSigned Date         // of the same
	Rent       Opt[float64] // EUR/month, without charges; of the same, what they repay, insurance included
	Charges    Opt[float64] // EUR/month
}

// TaxHousehold is what the tax notice of N-2 says.
type TaxHousehold struct {
	Income Opt[float64] // rfr, EUR/year
	Parts  Opt[float64]
}

// Benefit is one aid that the household receives today: an amount, or no amount when the caller says only that it is
// received (true). Unknown (null) means that whether this one is received is not known.
type Benefit struct {
	Aid     string // identifier of the aid; which aids exist is the rule set's to say
	Amount  Opt[float64]
	Unknown bool
}
