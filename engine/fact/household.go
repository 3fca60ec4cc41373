package fact

// History is how many months before the month asked for a household remembers of each income. The contract promises
// 48; what lies further back repeats the oldest.
const History = 60

// Table is the amounts of an income month by month: a face, then the months before the month asked for, 0 = that month.
type Table = [faces][History]float64

// Series is one kind of income of one person. A steady income is three numbers; only one that changed has a table.
type Series struct {
	Steady  [faces]float64
	Months  *Table
	Unknown bool
	Miss    Set
}

// At gives the amount of face f, back months before the month asked for, in EUR a month.
func (s *Series) At(f, back int) Num {
	if s.Unknown {
		return Num{0, MaxIncome, s.Miss}
	}
	if s.Months == nil {
		return Known(s.Steady[f])
	}
	return Known(s.Months[f][min(max(back, 0), History-1)])
}

// Person is one person of the household, or, when Least < Most, a generic one who stands for between Least and Most
// persons of whom nothing is known.
type Person struct {
	Nums        [personNums]Num
	Flags       [personFlags]Tri
	Choices     [personChoices]Choice
	Incomes     [IncomeKinds]Series
	Child       bool
	Least, Most int
	Miss        Set // the question that tells how many there are

	// Stated is what the profile itself says of the person, defaults left out: bit i for fact i of [PersonFacts], bit
	// [StatedIncome]+k for the kind k, named with an amount, and [StatedIncomes] when the incomes are listed, so that the
	// kinds not named are none.
	Stated uint32
}

// The bits of the incomes in [Person.Stated].
const (
	StatedIncome  = 16
	StatedIncomes = uint32(1) << 31
)

// Place is where a household lives, as local aids know it: codes that are empty when that is not known, and the question that
// would tell. A household of which everything is said and not where it lives has neither: no local aid is its own.
type Place struct {
	Commune, Departement string
	Miss                 Set
}

// Household is what is known of one household at one month.
type Household struct {
	Month     Month
	Place     Place
	Nums      [householdNums]Num
	Flags     [householdFlags]Tri
	Choices   [householdChoices]Choice
	People    []Person // the claimant first, then the spouse, then the children
	Adults    []int
	Children  []int
	All       []int
	Questions []string // the path of each missing answer, by its bit
	Stated    uint32   // what the profile itself says: bit i for fact i of [HouseholdFacts]
	Tables    []*Table // all tables this household ever needed, for the next one to use again
}
