package fact

// Kind tells which of the value types a fact has.
type Kind uint8

// The kinds of facts.
const (
	Number Kind = iota // an amount or a count: [Num]
	Date               // a [Day] held in a [Num]; no operator applies to it
	Flag               // [Tri]
	Enum               // [Choice]
)

// A Fact is one thing that can be known of a household or of a person. Name is the path of the profile without the
// person; Slot is its place among the facts of its Kind (numbers and dates share one list).
type Fact struct {
	Name     string
	Kind     Kind
	Slot     int
	Values   []string // of an Enum, in the order of the bits
	Min, Max float64  // of a Number: the bounds that validation enforces
	Unit     string   // of a Number: what it is measured in, as rule files write units
}

// Slots of the household's numbers and dates.
const (
	Rent           = iota // logement.loyer, EUR/month
	Charges               // logement.charges, EUR/month
	TaxIncome             // foyer_fiscal.rfr, EUR/year
	TaxParts              // foyer_fiscal.parts
	Savings               // epargne, EUR
	IsolatedFrom          // isole_depuis
	FamilyQuotient        // quotient_familial, EUR/month
	FixedCharges          // charges_fixes, EUR/month
	ResidentFrom          // residence_commune_depuis
	LoanSigned            // logement.pret_signe_le
	householdNums
)

// Slots of the household's enumerations.
const (
	Couple = iota
	HousingStatus
	HousingRegime
	LoanKind
	LoanPurpose
	Zone
	Territory
	TaxIncomeFrom
	householdChoices
)

// Slots of the household's flags.
const (
	ReceivesAAH  = iota // prestations_percues.aah
	ReceivesAspa        // prestations_percues.aspa
	householdFlags
)

// Slots of a person's numbers and dates.
const (
	Birth          = iota // naissance
	StayFrom              // sejour_regulier_depuis
	DisabilityRate        // handicap.taux, percent
	personNums
)

// Slots of a person's flags.
const (
	Pregnant        = iota // enceinte
	WorkRestriction        // handicap.rsdae
	Unfit                  // inapte_travail
	SharedCustody          // garde_alternee
	StayProven             // sejour_justifie
	personFlags
)

// Slots of a person's enumerations.
const (
	Nationality = iota
	Permit
	Activity
	Schooling
	personChoices
)

// The enumerations of the profile, in the order of their bits.
var (
	Couples       = []string{"non", "marie", "pacse", "concubinage"}
	Statuses      = []string{"locataire_vide", "locataire_meuble", "locataire_hlm", "colocataire", "foyer", "residence_etudiante", "accedant", "proprietaire", "heberge_gratuitement", "sans_domicile"}
	Regimes       = []string{"conventionne", "conventionne_sans_travaux", "non_conventionne", "chambre", "chambre_rehabilitee"}
	LoanKinds     = []string{"pap", "conventionne", "ordinaire"}
	LoanPurposes  = []string{"neuf", "ancien", "agrandissement", "travaux"}
	Zones         = []string{"zone_1", "zone_2", "zone_3"}
	Territories   = []string{"metropole", "alsace_moselle"}
	TaxSources    = []string{"avis", "revenus"} // where the reference tax income stands: on the tax notice, or in the incomes
	Nationalities = []string{"francaise", "ue", "hors_ue"}
	Permits       = []string{"carte_resident", "carte_sejour", "refugie", "protection_subsidiaire", "apatride", "recepisse", "demandeur_asile", "aucun"}
	Activities    = []string{"salarie", "independant", "apprenti", "stagiaire", "etudiant", "demandeur_emploi", "retraite", "inactif"}
	Schools       = []string{"maternelle", "elementaire", "college", "lycee", "superieur", "non_scolarise"}
)

// Incomes lists the kinds of income, in the order of their slots.
var Incomes = []string{"salaire", "independant", "micro_entreprise", "chomage", "indemnites_journalieres", "retraite", "pension_invalidite", "pension_alimentaire_percue", "pension_alimentaire_versee", "bourse", "locatif", "capital", "autre"}

// IncomeUnit is what every face of an income is measured in.
const IncomeUnit = "EUR/mois"

// IncomeKinds is how many kinds of income there are.
const IncomeKinds = 13

// Faces lists the amounts that each month of an income has, in the order of their slots.
var Faces = []string{"net", "imposable", "brut"}

// The faces of an income.
const (
	Net = iota
	Taxable
	Gross
	faces
)

// MaxIncome is the largest monthly amount of one kind of income and one face, in EUR; validation refuses more.
const MaxIncome = 50_000

// MaxPeople is the largest household, in persons; validation refuses more.
const MaxPeople = 20

// OfCommune are the facts that a profile does not state: they follow from its commune.
var OfCommune = map[string]bool{"zone_apl": true, "territoire": true}

// OfReceived are the facts that stand in the profile's list of aids received.
var OfReceived = map[string]bool{"prestations_percues.aah": true, "prestations_percues.aspa": true}

// Derived says whether no profile states the fact called name by itself: it follows from another, or from a list.
func Derived(name string) bool {
	return OfCommune[name] || OfReceived[name] || name == "foyer_fiscal.rfr_selon"
}

// HouseholdFacts are the facts of the household as a whole.
var HouseholdFacts = []Fact{
	{Name: "couple", Kind: Enum, Slot: Couple, Values: Couples},
	{Name: "isole_depuis", Kind: Date, Slot: IsolatedFrom},
	{Name: "zone_apl", Kind: Enum, Slot: Zone, Values: Zones},
	{Name: "territoire", Kind: Enum, Slot: Territory, Values: Territories},
	{Name: "logement.statut", Kind: Enum, Slot: HousingStatus, Values: Statuses},
	{Name: "logement.regime", Kind: Enum, Slot: HousingRegime, Values: Regimes},
	{Name: "logement.pret", Kind: Enum, Slot: LoanKind, Values: LoanKinds},
	{Name: "logement.pret_pour", Kind: Enum, Slot: LoanPurpose, Values: LoanPurposes},
	{Name: "logement.pret_signe_le", Kind: Date, Slot: LoanSigned},
	{Name: "logement.loyer", Kind: Number, Slot: Rent, Max: 20_000, Unit: "EUR/mois"},
	{Name: "logement.charges", Kind: Number, Slot: Charges, Max: 5_000, Unit: "EUR/mois"},
	{Name: "foyer_fiscal.rfr", Kind: Number, Slot: TaxIncome, Max: 5_000_000, Unit: "EUR/an"},
	{Name: "foyer_fiscal.rfr_selon", Kind: Enum, Slot: TaxIncomeFrom, Values: TaxSources},
	{Name: "foyer_fiscal.parts", Kind: Number, Slot: TaxParts, Min: 1, Max: 20, Unit: "part"},
	{Name: "epargne", Kind: Number, Slot: Savings, Max: 10_000_000, Unit: "EUR"},
	{Name: "quotient_familial", Kind: Number, Slot: FamilyQuotient, Max: 50_000, Unit: "EUR/mois"},
	{Name: "charges_fixes", Kind: Number, Slot: FixedCharges, Max: 20_000, Unit: "EUR/mois"},
	{Name: "residence_commune_depuis", Kind: Date, Slot: ResidentFrom},
	{Name: "prestations_percues.aah", Kind: Flag, Slot: ReceivesAAH},
	{Name: "prestations_percues.aspa", Kind: Flag, Slot: ReceivesAspa},
}

// PersonFacts are the facts of one person, incomes aside.
var PersonFacts = []Fact{
	{Name: "naissance", Kind: Date, Slot: Birth},
	{Name: "nationalite", Kind: Enum, Slot: Nationality, Values: Nationalities},
	{Name: "titre_sejour", Kind: Enum, Slot: Permit, Values: Permits},
	{Name: "sejour_regulier_depuis", Kind: Date, Slot: StayFrom},
	{Name: "sejour_justifie", Kind: Flag, Slot: StayProven},
	{Name: "activite", Kind: Enum, Slot: Activity, Values: Activities},
	{Name: "scolarite", Kind: Enum, Slot: Schooling, Values: Schools},
	{Name: "enceinte", Kind: Flag, Slot: Pregnant},
	{Name: "handicap.taux", Kind: Number, Slot: DisabilityRate, Max: 100, Unit: "pourcent"},
	{Name: "handicap.rsdae", Kind: Flag, Slot: WorkRestriction},
	{Name: "inapte_travail", Kind: Flag, Slot: Unfit},
	{Name: "garde_alternee", Kind: Flag, Slot: SharedCustody},
}
