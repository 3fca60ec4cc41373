package workbench

import (
	"maps"
	"slices"

	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// examples tells of those that cannot be run: a household that is refused, a step that the aid does not have. Whether the others pass is
// the test's to say.
func (c *check) examples() {
	for _, a := range c.Set.Aids() {
		if len(a.Examples) == 0 {
			c.find(Examples, Warning, c.amountPlace(a), "« %s » n'a aucun exemple : rien ne dit que ses formules font ce que veut le texte (exemples.yaml)", a.ID)
		}
		for _, x := range a.Examples {
			at := ruleset.Place{File: x.File, Line: x.Line, Column: 1}
			if _, err := profile.Decode(x.Profile); err != nil {
				c.find(Examples, Warning, at, "« %s » : ce foyer est refusé : %s", x.Name, err)
			}
			for _, id := range slices.Sorted(maps.Keys(x.Steps)) {
				if !slices.ContainsFunc(a.Steps, func(s *ruleset.Item) bool { return s.ID == id }) {
					c.find(Examples, Warning, at, "« %s » attend l'étape « %s », que l'aide n'a pas", x.Name, id)
				}
			}
		}
	}
}
