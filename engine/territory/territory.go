// Package territory knows the communes of France: from a commune's INSEE code its name, département and housing
// zone, and from what a person types the communes meant. Its table is embedded; nothing is read at run time.
package territory

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:generate go run ./gen -communes $COMMUNES -zones $ZONES -o communes.csv

// table is written by gen from public lists, which its package comment names; communes.LICENSE is that of the first.
//
//go:embed communes.csv
var table string

// Fictitious is the code of no commune, for the aids that show how a commune writes its own: a household may live there only
// where the rules have such aids.
const Fictitious = "00000"

// Commune is one commune, or one municipal arrondissement of Paris, Lyon or Marseille, of the Code officiel
// géographique.
type Commune struct {
	Code string // INSEE, 5 characters
	Name string // with its accents: "L'Haÿ-les-Roses"

	// Zone is the zone of the housing allowances: zone_1, zone_2 or zone_3; empty in the overseas collectivities that
	// have none. The allowances count three zones (arrêté of 27 September 2019, art. 7: I, II, III), which the arrêté of
	// 17 March 1978 lists, zone III being all that is in neither of the others; zone 1 bis is part of zone I.
	Zone string

	Population int // inhabitants; 0 where the census counts none

	postal string
}

// Departement gives the code of the département, or of the overseas collectivity: 2 characters in metropolitan
// France ("2A", "93"), 3 overseas ("974").
func (c Commune) Departement() string {
	if c.Overseas() {
		return c.Code[:3]
	}
	return c.Code[:2]
}

// Overseas says whether the commune lies outside metropolitan France.
func (c Commune) Overseas() bool { return c.Code >= "97" }

// City gives the code of the commune that an arrondissement is part of, of any other commune its own.
func (c Commune) City() string {
	switch {
	case c.Code >= "75101" && c.Code <= "75120":
		return "75056"
	case c.Code >= "13201" && c.Code <= "13216":
		return "13055"
	case c.Code >= "69381" && c.Code <= "69389":
		return "69123"
	}
	return c.Code
}

// Largest gives the most populous commune of a département of metropolitan France; ok is false for a code of none.
func Largest(departement string) (c Commune, ok bool) {
	for _, x := range communes().list {
		if !x.Overseas() && x.City() == x.Code && x.Departement() == departement && (!ok || x.Population > c.Population) {
			c, ok = x, true
		}
	}
	return c, ok
}

// PostalCodes gives the postal codes of the commune, ascending; none for a place without post.
func (c Commune) PostalCodes() []string { return strings.Fields(c.postal) }

// Find gives the commune of an INSEE code. The code of a commune that has since merged gives the commune it is part
// of now, in the zone of the former one: a merger reclassifies nothing. ok is false for a code that never was.
func Find(code string) (c Commune, ok bool) {
	key, ok := keyOf(code)
	if !ok {
		return Commune{}, false
	}
	all := communes()
	place := all.places[key]
	if place == 0 {
		return Commune{}, false
	}
	c = all.list[place-1]
	if c.Code != code {
		if zone, moved := all.zones[code]; moved {
			c.Zone = zone
		}
	}
	return c, true
}

// keys is how many codes keyOf tells apart.
const keys = 100_000

// keyOf turns an INSEE code into its place in a dense array. Corsica's 2A and 2B take the numbers of the départements
// 20 and 96, which do not exist.
func keyOf(code string) (int, bool) {
	if len(code) != 5 || code[:2] == "20" || code[:2] == "96" {
		return 0, false
	}
	key := 0
	for i := range len(code) {
		digit := int(code[i]) - '0'
		if i == 1 && code[0] == '2' && (code[i] == 'A' || code[i] == 'B') {
			key, digit = (int(code[i])-'A')*7+2, 0
			if code[i] == 'B' {
				digit = 6
			}
		}
		if digit < 0 || digit > 9 {
			return 0, false
		}
		key = key*10 + digit
	}
	return key, true
}

type index struct {
	list   []Commune
	places [keys]uint16      // by keyOf: 1 + place in list, 0 for none
	zones  map[string]string // of the former communes whose zone is not that of the commune they joined
}

var zoneNames = map[string]string{"1": "zone_1", "2": "zone_2", "3": "zone_3"}

// communes reads the table once, at the first question.
var communes = sync.OnceValue(parse)

func parse() *index {
	all := &index{list: make([]Commune, 0, 36_000), zones: map[string]string{}}
	for line := range strings.Lines(table[strings.IndexByte(table, '\n')+1:]) {
		var field [6]string
		rest := strings.TrimSuffix(line, "\n")
		for i := range field {
			field[i], rest, _ = strings.Cut(rest, ",")
		}
		population, _ := strconv.Atoi(field[3])
		all.list = append(all.list, Commune{Code: field[0], Name: field[1], Zone: zoneNames[field[2]], Population: population, postal: field[4]})
		place := uint16(len(all.list))
		all.place(field[0], place)
		for former := range strings.FieldsSeq(field[5]) {
			code, zone, moved := strings.Cut(former, "=")
			all.place(code, place)
			if moved {
				all.zones[code] = zoneNames[zone]
			}
		}
	}
	return all
}

func (all *index) place(code string, place uint16) {
	if key, ok := keyOf(code); ok {
		all.places[key] = place
	}
}
