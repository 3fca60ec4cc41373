package telling

import (
	"slices"

	"guichet/engine/territory"
)

// apart are the départements where a body's local office does not bear the département's name; "" where it was not found, or there are
// several and the département does not tell which. Read on 2026-11-27:
//   - family benefits: one fund by département, but two in the Pyrénées-Atlantiques and one of them serves [seignanx] (the Cnaf's notice of its data);
//   - one fund for all of social security: the Lozère (Sénat, question 514S of 2013) and Mayotte since 2015 (Cleiss); the Hautes-Alpes have one too,
//     at second hand;
//   - health insurance: several funds in the Nord, the Pas-de-Calais, the Pyrénées-Atlantiques and the Seine-Maritime (a list of funds, at second hand);
//   - disability: one house for Corsica (CASF, art. L146-12-2) and one for the Rhône and Lyon (mdmph.rhone.fr).
var apart = map[string]map[string]string{
	"caf":  {"05": "", "48": "CCSS de la Lozère", "64": "", "976": "CSS de Mayotte"},
	"cpam": {"05": "", "48": "CCSS de la Lozère", "59": "", "62": "", "64": "", "76": "", "971": "CGSS de la Guadeloupe", "972": "CGSS de la Martinique", "973": "CGSS de la Guyane", "974": "CGSS de La Réunion", "976": "CSS de Mayotte"},
	"mdph": {"2A": "MDPH de la Collectivité de Corse", "2B": "MDPH de la Collectivité de Corse", "69": "MDMPH du Rhône et de la Métropole de Lyon"},
	"departement": {
		"2A": "Collectivité de Corse", "2B": "Collectivité de Corse", "67": "Collectivité européenne d'Alsace", "68": "Collectivité européenne d'Alsace", "69": "",
		"75": "Ville de Paris", "972": "Collectivité territoriale de Martinique", "973": "Collectivité territoriale de Guyane",
	},
}

// seignanx are the communes of the former canton of Saint-Martin-de-Seignanx, in the Landes, which a fund of the Pyrénées-Atlantiques serves.
var seignanx = []string{"40042", "40044", "40209", "40248", "40251", "40268", "40273", "40312"}

var prefixes = map[string]string{"caf": "CAF ", "cpam": "CPAM ", "mdph": "MDPH ", "departement": "Département "}

// Office gives the French name of a body's office for those who live in a commune, as its letters write it: « CAF de la
// Seine-Saint-Denis ». It is "" where the commune alone does not tell it: the body has no office by département, or several, or the
// commune is not known.
func Office(body, commune string) string {
	place, ok := territory.Find(commune)
	prefix, local := prefixes[body]
	if !ok {
		return ""
	}
	if body == "ccas" {
		return "CCAS (" + place.Name + ")"
	}
	d, ok := territory.FindDepartement(place.Departement())
	if !ok || !local {
		return ""
	}
	if slices.Contains(seignanx, place.Code) {
		switch body {
		case "caf":
			return "CAF du Pays basque et du Seignanx"
		case "cpam":
			return "" // not found whether it follows
		}
	}
	if name, other := apart[body][d.Code]; other {
		return name
	}
	return prefix + d.Of
}
