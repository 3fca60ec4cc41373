package profile

import (
	"errors"
	"strconv"
	"time"

	"guichet/engine/fact"
)

// Date is a calendar day, ordered like the calendar; the zero Date is unknown. It is a [fact.Day].
type Date fact.Day

// MonthAmount is the net amount of one month, in EUR.
type MonthAmount struct {
	Month  fact.Month
	Amount float64
}

// YearAmount is the taxable amount of one calendar year, in EUR.
type YearAmount struct {
	Year   int
	Amount float64
}

var errDate = errors.New("not a calendar day written YYYY-MM-DD")

// DateOf gives the day of a year, a month of the year (1..12) and a day of the month (1..31).
func DateOf(year, month, day int) Date { return Date(fact.DayOf(year, month, day)) }

// DateOfTime gives the calendar day of t in its own location.
func DateOfTime(t time.Time) Date { return DateOf(t.Year(), int(t.Month()), t.Day()) }

// ParseDate reads a day of the years 1000..9999 written YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	if d, ok := readDate(s); ok {
		return d, nil
	}
	return 0, errDate
}

// readDate reads a day without allocating, from a string or from bytes.
func readDate[T string | []byte](s T) (Date, bool) {
	if len(s) != 10 || s[7] != '-' {
		return 0, false
	}
	m, ok := readMonth(s[:7])
	day, digits := digits(s[8:])
	if !ok || !digits || day < 1 || day > daysOf(m) {
		return 0, false
	}
	return Date(int(m)*32 + day - 1), true
}

// readMonth reads a month of the years 1000..9999 written YYYY-MM.
func readMonth[T string | []byte](s T) (fact.Month, bool) {
	if len(s) != 7 || s[4] != '-' {
		return 0, false
	}
	year, ok1 := digits(s[:4])
	month, ok2 := digits(s[5:])
	if !ok1 || !ok2 || year < 1000 || month < 1 || month > 12 {
		return 0, false
	}
	return fact.MonthOf(year, month), true
}

func digits[T string | []byte](s T) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func daysOf(m fact.Month) int {
	switch m.Calendar() {
	case 2:
		if y := m.Year(); y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// Day gives d as formulas hold it.
func (d Date) Day() fact.Day { return fact.Day(d) }

// Known says whether d is a day.
func (d Date) Known() bool { return d != 0 }

// yearsBefore gives the same day n years earlier. On a 29 February it may be a day that the calendar lacks, which
// orders as it should: someone born on 1 March is not yet n years old that day.
func (d Date) yearsBefore(n int) Date { return d - Date(n*12*32) }

// String writes d as YYYY-MM-DD, and the unknown date as nothing.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return string(d.append(nil))
}

func (d Date) append(b []byte) []byte {
	b = appendMonth(b, fact.Day(d).Month())
	return appendTwo(append(b, '-'), int(d)&31+1)
}

func appendMonth(b []byte, m fact.Month) []byte {
	return appendTwo(append(strconv.AppendInt(b, int64(m.Year()), 10), '-'), m.Calendar())
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// MarshalText writes d as YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD; nothing is the unknown date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	read, ok := readDate(text)
	if !ok {
		return errDate
	}
	*d = read
	return nil
}
