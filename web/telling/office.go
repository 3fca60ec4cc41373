package telling

import "guichet/engine/territory"

// apart are the départements where a body's local office does not bear the département's name: a common fund of family benefits and
// health insurance (Hautes-Alpes, Lozère), one fund for all of social security overseas, or several funds.
var apart = map[string]map[string]string{
	"caf":  {"05": "", "48": "", "64": "", "976": ""},
	"cpam": {"05": "", "48": "", "59": "", "62": "", "64": "", "76": "", "971": "CGSS de la Guadeloupe", "972": "CGSS de la Martinique", "973": "CGSS de la Guyane", "974": "CGSS de La Réunion", "976": "CSS de Mayotte"},
	"mdph": {},
	"departement": {
		"2A": "Collectivité de Corse", "2B": "Collectivité de Corse", "67": "Collectivité européenne d'Alsace", "68": "Collectivité européenne d'Alsace", "69": "",
		"75": "Ville de Paris", "972": "Collectivité territoriale de Martinique", "973": "Collectivité territoriale de Guyane",
	},
}

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
	if name, other := apart[body][d.Code]; other {
		return name
	}
	return prefix + d.Of
}
