package telling_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/web/telling"
)

func TestOffices(t *testing.T) {
	for _, c := range []struct{ body, commune, want string }{
		{"caf", "93066", "CAF de la Seine-Saint-Denis"},
		{"cpam", "93066", "CPAM de la Seine-Saint-Denis"},
		{"mdph", "75113", "MDPH de Paris"},
		{"departement", "35238", "Département d'Ille-et-Vilaine"},
		{"departement", "67482", "Collectivité européenne d'Alsace"},
		{"departement", "69383", ""}, // the Rhône, or the Métropole de Lyon
		{"cpam", "59350", ""},        // several funds
		{"caf", "48095", "CCSS de la Lozère"},
		{"caf", "05061", ""}, // a common fund whose name was not read
		{"caf", "97608", "CSS de Mayotte"},
		{"caf", "64445", ""}, // two funds
		{"caf", "40312", "CAF du Pays basque et du Seignanx"},
		{"cpam", "40312", ""},
		{"caf", "40192", "CAF des Landes"},
		{"mdph", "2A004", "MDPH de la Collectivité de Corse"},
		{"mdph", "69383", "MDMPH du Rhône et de la Métropole de Lyon"},
		{"cpam", "97411", "CGSS de La Réunion"},
		{"ccas", "93066", "CCAS (Saint-Denis)"},
		{"msa", "93066", ""},
		{"caisse_retraite", "93066", ""},
		{"caf", "", ""},
		{"caf", "00000", ""},
		{"caf", "98818", ""},
	} {
		require.Equal(t, c.want, telling.Office(c.body, c.commune), "%s in %s", c.body, c.commune)
	}
}
