package main

import (
	_ "embed"
	"math"

	"guichet/locales"
)

//go:embed diff.html
var diffBody string

// differencePage writes a difference as one page that needs nothing else.
func differencePage(v *diffView) ([]byte, error) { return page("diff", diffBody, v) }

// listed is a list with its title, for the template that shows both lists of changes.
type listed struct {
	L     locales.Printer
	Title string
	List  []changeView
}

func pair(words locales.Printer, title string, list []changeView) listed {
	return listed{words, title, list}
}

// A chart sets, for each aid, a bar of who loses to the left of an axis and one of who gains to its right.
type chart struct {
	Width, Height, Axis int
	Rows                []chartRow
}

// The lengths of a row are in the units of the drawing.
type chartRow struct {
	Label                     string
	Y, Text, Count            int
	LoseX, LoseWidth          int
	GainX, GainWidth, GainEnd int
	Lose, Gain                int
}

// The measures of the drawing.
const (
	chartWidth = 720
	chartBar   = 280 // of the longest bar
	chartRowH  = 52
)

// Chart draws the effects; nil when there are none.
func (v *diffView) Chart() *chart {
	if len(v.Effects) == 0 {
		return nil
	}
	c := &chart{Width: chartWidth, Height: chartRowH * len(v.Effects), Axis: chartWidth / 2}
	for i, e := range v.Effects {
		y := i*chartRowH + 24
		lose, gain := int(math.Ceil(e.LoseBar*chartBar)), int(math.Ceil(e.GainBar*chartBar))
		c.Rows = append(c.Rows, chartRow{
			Label: e.Label, Y: y, Text: y - 8, Count: y + 14, LoseX: c.Axis - lose, LoseWidth: lose,
			GainX: c.Axis, GainWidth: gain, GainEnd: c.Axis + gain, Lose: e.Lose, Gain: e.Gain,
		})
	}
	return c
}
