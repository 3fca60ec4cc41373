package takeup

import "time"

// months gives the day n months after d, as delays expressed in months are counted: the day of the last month that bears the same
// number, and the last day of that month when it has none (code de procédure civile, art. 641).
func (d Day) months(n int) Day {
	t := d.Time()
	month := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := DateOf(month.Year(), month.Month()+1, 0)
	return min(DateOf(month.Year(), month.Month(), t.Day()), last)
}

// worked gives d, or the first working day after it: a delay that would end on a Saturday, a Sunday or a day off is prolonged to
// there (code de procédure civile, art. 642).
func (d Day) worked() Day {
	for d.off() {
		d++
	}
	return d
}

// off says whether d is a Saturday, a Sunday, or a day off in all of France (code du travail, art. L3133-1). Days off of a
// département only (Alsace, Moselle, overseas) are not looked at: the last day counted is then never too late.
func (d Day) off() bool {
	t := d.Time()
	if w := t.Weekday(); w == time.Saturday || w == time.Sunday {
		return true
	}
	switch [2]int{int(t.Month()), t.Day()} {
	case [2]int{1, 1}, [2]int{5, 1}, [2]int{5, 8}, [2]int{7, 14}, [2]int{8, 15}, [2]int{11, 1}, [2]int{11, 11}, [2]int{12, 25}:
		return true
	}
	after := d - easter(t.Year())
	return after == 1 || after == 39 || after == 50 // Easter Monday, Ascension Day, Whit Monday
}

// easter gives Easter Sunday of a year of the Gregorian calendar, after the anonymous algorithm that Meeus gives.
func easter(year int) Day {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return DateOf(year, time.Month(n/31), n%31+1)
}
