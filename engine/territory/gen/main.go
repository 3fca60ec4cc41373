// Command gen writes communes.csv, the table that package territory embeds, from two public lists:
//
//   - -communes: data/communes.json of the npm package @etalab/decoupage-administratif, version 6.0.0 (MIT): the communes,
//     municipal arrondissements, former codes, postal codes and populations of the Code officiel géographique;
//   - -zones: the communes by zone under the arrêté of 17 March 1978 on the classification of communes by geographical zone, as amended
//     (https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000838189/), in the geography of 1 January 2014, as a CSV with
//     the columns CODGEO (INSEE code) and Zonage (1, 1bis, 2 or 3).
//
// Run it by go generate, with the two paths in COMMUNES and ZONES:
//
//	COMMUNES=…/data/communes.json ZONES=…/zones-apl.csv go generate ./engine/territory
package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os" //nolint:depguard // the generator is no part of the engine
	"slices"
	"strconv"
	"strings"
)

type commune struct {
	Code       string   `json:"code"`
	Name       string   `json:"nom"`
	Type       string   `json:"type"`
	City       string   `json:"commune"`
	Population int      `json:"population"`
	Postal     []string `json:"codesPostaux"`
	Former     []string `json:"anciensCodes"`
}

func main() {
	communes := flag.String("communes", "", "path of decoupage-administratif's communes.json")
	zones := flag.String("zones", "", "path of the CSV of zones (CODGEO, …, Zonage)")
	out := flag.String("o", "communes.csv", "file to write")
	flag.Parse()
	if err := run(*communes, *zones, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(communesPath, zonesPath, out string) error {
	communes, err := readCommunes(communesPath)
	if err != nil {
		return fmt.Errorf("reading the communes: %w", err)
	}
	zones, err := readZones(zonesPath)
	if err != nil {
		return fmt.Errorf("reading the zones: %w", err)
	}
	var b strings.Builder
	b.WriteString("code,nom,zone,population,codes_postaux,anciens_codes\n")
	for _, c := range communes {
		zone := zoneOf(c, zones)
		fmt.Fprintf(&b, "%s,%s,%s,%d,%s,%s\n", c.Code, c.Name, zone, c.Population, strings.Join(c.Postal, " "), former(c, zone, zones))
	}
	if err := os.WriteFile(out, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

// zoneOf gives the zone of a commune: its own in the list, or that of its city, or the strictest of its former
// communes; in metropolitan France a commune that none of these classify is in zone 3, overseas it has none.
func zoneOf(c commune, zones map[string]string) string {
	for _, code := range []string{c.Code, c.City} {
		if z, ok := zones[code]; ok {
			return z
		}
	}
	best := ""
	for _, code := range c.Former {
		if z, ok := zones[code]; ok && (best == "" || z < best) {
			best = z
		}
	}
	if best == "" && c.Code < "97" {
		return "3"
	}
	return best
}

// former lists the codes that the commune replaced, with their zone where it is another one: the list classifies
// the communes of its own day, and a merger moved no boundary of it.
func former(c commune, zone string, zones map[string]string) string {
	var parts []string
	for _, code := range c.Former {
		if z, ok := zones[code]; ok && z != zone {
			code += "=" + z
		}
		parts = append(parts, code)
	}
	return strings.Join(parts, " ")
}

func readCommunes(path string) ([]commune, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all []commune
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(c commune) bool {
		return c.Type != "commune-actuelle" && c.Type != "arrondissement-municipal"
	})
	slices.SortFunc(all, func(a, b commune) int { return strings.Compare(a.Code, b.Code) })
	for _, c := range all {
		slices.Sort(c.Postal)
		slices.Sort(c.Former)
		if len(c.Code) != 5 || strings.ContainsAny(c.Name, ",\"\n") {
			return nil, errors.New("commune " + strconv.Quote(c.Code) + " does not fit the table")
		}
	}
	return all, nil
}

// readZones gives the zone by INSEE code. Zone 1 bis divides zone 1 for social housing's rents and income ceilings
// only; the housing allowances know the zones I, II and III (arrêté of 27 September 2019, art. 7), so it is zone 1 here.
func readZones(path string) (map[string]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(bufio.NewReader(file)).ReadAll()
	if err != nil {
		return nil, err
	}
	code, zone := slices.Index(rows[0], "CODGEO"), slices.Index(rows[0], "Zonage")
	if code < 0 || zone < 0 {
		return nil, errors.New("no column CODGEO or Zonage")
	}
	zones := make(map[string]string, len(rows))
	for _, row := range rows[1:] {
		z := strings.TrimSuffix(row[zone], "bis")
		if !slices.Contains([]string{"1", "2", "3"}, z) {
			return nil, fmt.Errorf("commune %s: zone %q", row[code], row[zone])
		}
		zones[row[code]] = z
	}
	return zones, nil
}
