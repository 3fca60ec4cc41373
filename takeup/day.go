package takeup

import (
	"errors"
	"time"
)

// A Day is a calendar day, counted from 1 January 1970; the zero Day is unknown. Days are added and compared as numbers.
type Day int

const secondsOfDay = 24 * 60 * 60

// DayOf gives the calendar day of t in its own location.
func DayOf(t time.Time) Day { return DateOf(t.Year(), t.Month(), t.Day()) }

// DateOf gives the day of a date; days and months beyond the calendar carry over, as in [time.Date].
func DateOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

// ErrDay is that what was written is not a day.
var ErrDay = errors.New("not a calendar day written YYYY-MM-DD")

// ReadDay reads a day written YYYY-MM-DD.
func ReadDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1000 || DayOf(t) == 0 {
		return 0, ErrDay
	}
	return DayOf(t), nil
}

// Known says whether d is a day.
func (d Day) Known() bool { return d != 0 }

// Time gives midnight of d, UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsOfDay, 0).UTC() }

// Month gives the month that d lies in.
func (d Day) Month() Month { t := d.Time(); return MonthOf(t.Year(), t.Month()) }

// String writes d as YYYY-MM-DD, and the unknown day as nothing.
func (d Day) String() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes d as YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD; nothing is the unknown day.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d = 0
	if len(text) > 0 {
		*d, err = ReadDay(string(text))
	}
	return err
}

// A Month counts calendar months: year×12 + month−1; the zero Month is unknown.
type Month int

// MonthOf gives the month of a year.
func MonthOf(year int, month time.Month) Month { return Month(year*12 + int(month) - 1) }

// ErrMonth is that what was written is not a month.
var ErrMonth = errors.New("not a month written YYYY-MM")

// ReadMonth reads a month written YYYY-MM.
func ReadMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 1000 {
		return 0, ErrMonth
	}
	return MonthOf(t.Year(), t.Month()), nil
}

// Known says whether m is a month.
func (m Month) Known() bool { return m != 0 }

// Year gives the year that m lies in.
func (m Month) Year() int { return int(m) / 12 }

// Quarter gives the quarter of the year that m lies in, from 1 to 4.
func (m Month) Quarter() int { return int(m)%12/3 + 1 }

// First gives the first day of m.
func (m Month) First() Day { return DateOf(m.Year(), time.Month(int(m)%12+1), 1) }

// Last gives the last day of m.
func (m Month) Last() Day { return (m + 1).First() - 1 }

// String writes m as YYYY-MM, and the unknown month as nothing.
func (m Month) String() string {
	if !m.Known() {
		return ""
	}
	return m.First().Time().Format("2006-01")
}

// MarshalText writes m as YYYY-MM.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads YYYY-MM; nothing is the unknown month.
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m = 0
	if len(text) > 0 {
		*m, err = ReadMonth(string(text))
	}
	return err
}
