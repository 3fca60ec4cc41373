package pages

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"guichet/engine/profile"
)

// money makes the field of an amount; unit is the message of what follows it.
func (c *asking) money(name, label, unit string, in url.Values) field {
	return field{Shape: "money", ID: fieldID(name), Name: name, Label: label, Unit: c.L.T(unit), Value: in.Get(name)}
}

// fillMoney shows an amount, or the ticked box of one that was left unsaid.
func (c *asking) fillMoney(in url.Values, name string, v profile.Opt[float64], path string) {
	switch {
	case v.Known:
		in.Set(name, c.L.Number(v.Value))
	case c.unsaid(path):
		in.Set(name+"."+dontKnow, "oui")
	}
}

// readMoney reads the amount of path, between 0 and most, in EUR; unknown when the box beside it is ticked. Who comes
// back to give the amount that was missing finds the box still ticked, and need not untick it.
func (c *asking) readMoney(name, path string, most float64, in url.Values) (profile.Opt[float64], []mistake) {
	text := strings.TrimSpace(in.Get(name))
	ticked := in.Get(name+"."+dontKnow) != ""
	unknown := profile.Opt[float64]{}
	switch {
	case ticked && text == "":
		return unknown, nil
	case ticked && !slices.Contains(c.Was, path):
		return unknown, c.mistaken(name, "erreur.montant_double")
	case text == "":
		return unknown, c.mistaken(name, "erreur.montant_vide")
	}
	v, ok := parseAmount(text)
	switch {
	case !ok:
		return unknown, c.mistaken(name, "erreur.montant_faux")
	case v > most:
		return unknown, c.mistaken(name, "erreur.montant_grand", "Max", c.L.Money(most))
	}
	return profile.Some(v), nil
}

// parseAmount reads an amount as people write it: spaces, a comma or a point, a euro sign or its name. When both signs stand in it,
// the last one parts the cents; a lone sign before exactly three digits parts the thousands. The amount is rounded to the cent.
func parseAmount(text string) (float64, bool) {
	kept := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune("€'’\u066c", r): // the last one parts thousands in Arabic
			return -1
		case strings.ContainsRune("\u066b،，", r): // what parts the cents in Arabic, commas of Arabic and Chinese
			return ','
		}
		return r
	}, text)
	for _, name := range []string{"euros", "euro", "eur"} {
		if n := len(kept) - len(name); n > 0 && strings.EqualFold(kept[n:], name) {
			kept = kept[:n]
			break
		}
	}
	if kept == "" || len(kept) > 15 || strings.Trim(kept, "0123456789.,") != "" || strings.Trim(kept, ".,") == "" {
		return 0, false
	}
	last := strings.LastIndexAny(kept, ".,")
	whole, cents := kept, ""
	if last >= 0 {
		sign := kept[last]
		other := strings.ContainsAny(kept[:last], string([]byte{'.' + ',' - sign}))
		repeated := strings.IndexByte(kept, sign) != last
		switch {
		case repeated && other:
			return 0, false
		case !other && (repeated || len(kept)-last-1 == 3 && last <= 3 && strings.Trim(kept[:last], "0") != ""):
			// thousands: 1.250.000 or 1 250 written 1.250
		default:
			whole, cents = kept[:last], kept[last+1:]
		}
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	v, err := strconv.ParseFloat("0"+whole+"."+cents+"0", 64)
	if err != nil {
		return 0, false
	}
	return roundCents(v), true
}

func roundCents(v float64) float64 { return math.Round(v*100) / 100 }
