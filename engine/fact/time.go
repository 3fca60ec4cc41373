package fact

import "fmt"

// Month counts calendar months: year*12 + month-1, so that January 2026 is 24312.
type Month int

// Day codes a calendar day as month*32 + day-1: ordered like the calendar, and full months need no calendar.
type Day int

// MonthOf gives the month of a year (1..9999) and a month of the year (1..12).
func MonthOf(year, month int) Month { return Month(year*12 + month - 1) }

// DayOf gives the day of a year, a month of the year (1..12) and a day of the month (1..31).
func DayOf(year, month, day int) Day { return Day(int(MonthOf(year, month))*32 + day - 1) }

// Year gives the calendar year of m.
func (m Month) Year() int { return int(m) / 12 }

// Calendar gives the month of the year of m, 1..12.
func (m Month) Calendar() int { return int(m)%12 + 1 }

// January gives the first month of the year that lies d years after that of m (d is negative for the past).
func (m Month) January(d int) Month { return (m/12 + Month(d)) * 12 }

// String writes m as YYYY-MM.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year(), m.Calendar()) }

// Month gives the month in which d lies.
func (d Day) Month() Month { return Month(d >> 5) }

// String writes d as YYYY-MM-DD.
func (d Day) String() string { return fmt.Sprintf("%s-%02d", d.Month(), int(d)&31+1) }

// FullMonths counts the full months between d and the first day of m; negative when d is later.
func FullMonths(d Day, m Month) int { return int(m) - (int(d)+31)>>5 }

// CalendarMonths counts the months from that of d to m, whatever the day: what is full on the last day of m; negative when d is later.
func CalendarMonths(d Day, m Month) int { return int(m - d.Month()) }
