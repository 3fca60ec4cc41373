package fact

// Set is a set of at most [Questions] missing answers, one bit each. It is two words, not an array, so that it travels
// in registers.
type Set struct{ A, B uint64 }

// Questions is how many missing answers a [Set] tells apart; the last one stands for all that came after it.
const Questions = 128

// Bit gives the set of the single question i; every i past the last one is the last one.
func Bit(i int) Set {
	i = min(i, Questions-1)
	if i < 64 {
		return Set{A: 1 << i}
	}
	return Set{B: 1 << (i - 64)}
}

// Or gives the union of s and t.
func (s Set) Or(t Set) Set { return Set{s.A | t.A, s.B | t.B} }

// Has says whether question i is in s.
func (s Set) Has(i int) bool {
	b := Bit(i)
	return s.A&b.A|s.B&b.B != 0
}

// Empty says whether nothing is missing.
func (s Set) Empty() bool { return s.A|s.B == 0 }

// Num is a number known to lie between Lo and Hi. Invariant: Lo == Hi exactly when nothing that Miss names could change
// it, and then Miss is empty.
type Num struct {
	Lo, Hi float64
	Miss   Set
}

// Known gives the decided number v.
func Known(v float64) Num { return Num{Lo: v, Hi: v} }

// Between gives a number of [lo, hi] that the questions of miss could narrow.
func Between(lo, hi float64, miss Set) Num {
	if lo == hi {
		return Num{Lo: lo, Hi: hi}
	}
	return Num{lo, hi, miss}
}

// Decided says whether v is one number.
func (v Num) Decided() bool { return v.Lo == v.Hi }

// Truth is the set of the truth values that a condition may still take.
type Truth uint8

// The truths. Either is the union of the two others.
const (
	No     Truth = 1
	Yes    Truth = 2
	Either Truth = No | Yes
)

// Tri is a truth with the questions that could narrow it; Miss is empty unless V is [Either].
type Tri struct {
	V    Truth
	Miss Set
}

// Is gives the decided truth of b.
func Is(b bool) Tri {
	if b {
		return Tri{V: Yes}
	}
	return Tri{V: No}
}

// Choice is the set of values that an enumeration may still take, one bit each in the order of its domain.
type Choice struct {
	Mask uint32
	Miss Set
}

// Decided says whether one value is left.
func (c Choice) Decided() bool { return c.Mask&(c.Mask-1) == 0 }
