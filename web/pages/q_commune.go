package pages

import (
	"net/url"
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/territory"
)

// commune asks where the household lives: a search, then a choice among what it found.
type commune struct{}

// communesShown is how many communes a search offers at most.
const communesShown = 12

func (commune) key() string { return "commune" }
func (commune) owns(_ *answers, path string) bool {
	return path == "commune" || fact.OfCommune[path]
}

func (commune) ask(c *asking, in url.Values) form {
	const topic = "question.commune."
	f := form{words: words{c.L.T(topic + "titre"), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}}
	query := strings.TrimSpace(in.Get("recherche"))
	f.Fields = append(f.Fields, field{Shape: "text", ID: fieldID("recherche"), Name: "recherche", Label: c.L.T(topic + "recherche"), Value: query, Search: true, Unit: c.L.T(topic + "chercher")})
	if found := c.searchCommunes(query); len(found) > 0 {
		list := field{Shape: "radio", ID: fieldID("commune"), Name: "commune", Label: c.L.T(topic + "choix"), Hint: c.L.N(topic+"trouve", min(len(found), communesShown))}
		if len(found) > communesShown {
			list.Hint = c.L.T(topic + "beaucoup")
		}
		for i, place := range found[:min(len(found), communesShown)] {
			o := option{ID: list.ID + "-" + place.Code, Value: place.Code, Label: place.Name, Hint: postalHint(place), Checked: in.Get("commune") == place.Code}
			if i == 0 {
				o.ID = list.ID
			}
			list.Options = append(list.Options, o)
		}
		f.Fields = append(f.Fields, list)
	}
	// What was searched goes with the choice, so that a new search is not taken for the old choice.
	f.Fields = append(f.Fields, field{Shape: "hidden", Name: "cherche", Value: query})
	box := c.dontKnowBox("commune", in)
	box.Label = c.L.T(topic + "recherche")
	f.Fields = append(f.Fields, box)
	return f
}

// postalHint tells communes of one name apart.
func postalHint(c territory.Commune) string {
	codes := c.PostalCodes()
	if len(codes) > 3 {
		codes = []string{codes[0], "…", codes[len(codes)-1]}
	}
	return strings.Join(codes, " ")
}

// fictitious is the commune of the models, where the rules have them.
var fictitious = territory.Commune{Code: territory.Fictitious, Name: "Commune fictive"}

func (c *asking) searchCommunes(query string) []territory.Commune {
	if query == "" || len(query) > 100 {
		return nil
	}
	found := territory.Search(query, communesShown+1)
	if c.Models && strings.HasPrefix(territory.Fold(fictitious.Name), territory.Fold(query)) {
		found = append([]territory.Commune{fictitious}, found...)
	}
	return found
}

// home gives the commune where the household lives.
func (c *asking) home() (territory.Commune, bool) {
	if c.Models && c.Profile.Commune == territory.Fictitious {
		return fictitious, true
	}
	return territory.Find(c.Profile.Commune)
}

func (commune) fill(c *asking) url.Values {
	if place, ok := c.home(); ok {
		return url.Values{"recherche": {place.Name}, "cherche": {place.Name}, "commune": {place.Code}}
	}
	if c.unsaid("commune") {
		return url.Values{"commune." + dontKnow: {"oui"}}
	}
	return url.Values{}
}

func (q commune) read(c *asking, in url.Values) []mistake {
	query := strings.TrimSpace(in.Get("recherche"))
	if in.Get("commune."+dontKnow) != "" && (query == "" || !slices.Contains(c.Was, "commune")) {
		c.Profile.Commune = ""
		c.leave("commune")
		return nil
	}
	if query == "" {
		return c.mistaken("recherche", "erreur.commune_vide")
	}
	found := c.searchCommunes(query)
	if len(found) == 0 {
		return c.mistaken("recherche", "erreur.commune_inconnue")
	}
	chosen := in.Get("commune")
	if strings.TrimSpace(in.Get("cherche")) != query {
		chosen = ""
	}
	if len(found) == 1 {
		chosen = found[0].Code
	}
	for _, place := range found {
		if place.Code != chosen {
			continue
		}
		if place.Overseas() {
			return c.mistaken("recherche", "erreur.commune_outre_mer")
		}
		c.Profile.Commune = place.Code
		return nil
	}
	if strings.TrimSpace(in.Get("cherche")) == query {
		return c.mistaken("commune", "erreur.commune_choisir")
	}
	return []mistake{searching}
}

// searching is no mistake: the page comes back with what the search found.
var searching = mistake{}

func (commune) recall(c *asking) (string, bool) {
	if place, ok := c.home(); ok {
		return place.Name + " (" + place.Departement() + ")", true
	}
	return "", c.unsaid("commune")
}
