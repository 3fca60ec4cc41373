package household

import (
	"regexp"
	"slices"
	"strings"

	"guichet/engine/profile"
	"guichet/engine/territory"
)

// CommuneName is the row of the commune; beside its field stands, when several communes answer to what was typed, the list named
// ChosenName, with what was searched in SearchedName.
const (
	CommuneName  = "commune"
	ChosenName   = "commune.choix"
	SearchedName = "commune.cherche"
)

// placesShown is how many communes are offered at most.
const placesShown = 12

// fictitious is the commune of the models, where the rules have them.
var fictitious = territory.Commune{Code: territory.Fictitious, Name: "Commune fictive"}

func placeRow() Row {
	return Row{
		Name: CommuneName, Section: SectionHousing, Topic: "commune", Kind: Place, Label: "question.commune.nom", Ask: "question.commune.titre",
		get: func(p *profile.Profile) string {
			if p.Commune == fictitious.Code {
				return fictitious.Name
			}
			if c, ok := territory.Find(p.Commune); ok {
				return c.Name + " (" + c.Departement() + ")"
			}
			return ""
		},
		set: setPlace,
	}
}

func setPlace(b *reading, text string) *Problem {
	b.p.Commune = ""
	if text == "" {
		return nil
	}
	found := Places(text)
	if len(found) == 0 {
		return &Problem{Key: "erreur.commune_inconnue"}
	}
	i := 0
	if len(found) > 1 {
		chosen := b.in.Get(ChosenName)
		if b.in.Get(SearchedName) != text {
			chosen = ""
		}
		if i = slices.IndexFunc(found, func(c territory.Commune) bool { return c.Code == chosen }); i < 0 {
			return &Problem{Key: "erreur.commune_choisir"}
		}
	}
	if found[i].Overseas() {
		return &Problem{Key: "erreur.commune_outre_mer"}
	}
	b.p.Commune = found[i].Code
	return nil
}

// ended is a name followed by a département or a postal code: Saint-Denis 93, Niort (79).
var ended = regexp.MustCompile(`^(\D.*?)[\s(]+([0-9][0-9AaBb][0-9]{0,3})\)?$`)

// Places gives the communes that answer to a name, a postal code, or a name followed by a département or a postal code; those meant
// most likely first.
func Places(query string) []territory.Commune {
	query = strings.TrimSpace(query)
	if query == "" || len(query) > 100 {
		return nil
	}
	if m := ended.FindStringSubmatch(query); m != nil {
		code := strings.ToUpper(m[2])
		found := slices.DeleteFunc(territory.Search(m[1], 1000), func(c territory.Commune) bool {
			return c.Departement() != code && !slices.ContainsFunc(c.PostalCodes(), func(p string) bool { return strings.HasPrefix(p, code) })
		})
		exact := slices.DeleteFunc(slices.Clone(found), func(c territory.Commune) bool { return territory.Fold(c.Name) != territory.Fold(m[1]) })
		if len(exact) == 1 {
			return exact
		}
		return found[:min(len(found), placesShown)]
	}
	found := territory.Search(query, placesShown)
	if len(query) > 3 && strings.HasPrefix(territory.Fold(fictitious.Name), territory.Fold(query)) {
		found = append([]territory.Commune{fictitious}, found...)
	}
	return found
}
