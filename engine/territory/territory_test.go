package territory

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestCity(t *testing.T) {
	for code, want := range map[string]string{"75119": "75056", "13201": "13055", "69389": "69123", "93066": "93066", "75056": "75056", "2A004": "2A004"} {
		c, ok := Find(code)
		require.True(t, ok, code)
		require.Equal(t, want, c.City(), code)
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, code, commune, departement, zone string
		overseas                               bool
	}{
		{"whole city in zone 1 bis", "75056", "Paris", "75", "zone_1", false},
		{"arrondissement of zone 1 bis", "75119", "Paris 19e Arrondissement", "75", "zone_1", false},
		{"first arrondissement of Paris", "75101", "Paris 1er Arrondissement", "75", "zone_1", false},
		{"Lyon", "69123", "Lyon", "69", "zone_2", false},
		{"arrondissement of Lyon", "69381", "Lyon 1er Arrondissement", "69", "zone_2", false},
		{"Marseille", "13055", "Marseille", "13", "zone_2", false},
		{"arrondissement of Marseille", "13201", "Marseille 1er Arrondissement", "13", "zone_2", false},
		{"Aurillac", "15014", "Aurillac", "15", "zone_3", false},
		{"Creuse", "23096", "Guéret", "23", "zone_3", false},
		{"Rennes", "35238", "Rennes", "35", "zone_2", false},
		{"Arras", "62041", "Arras", "62", "zone_3", false},
		{"Clermont-Ferrand", "63113", "Clermont-Ferrand", "63", "zone_2", false},
		{"Seine-Saint-Denis", "93055", "Pantin", "93", "zone_1", false},
		{"merged in 2025, same code", "93066", "Saint-Denis", "93", "zone_1", false},
		{"merged commune's former code", "93059", "Saint-Denis", "93", "zone_1", false},
		{"Corse-du-Sud", "2A004", "Ajaccio", "2A", "zone_2", false},
		{"Haute-Corse", "2B033", "Bastia", "2B", "zone_2", false},
		{"former commune", "01059", "Arvière-en-Valromey", "01", "zone_3", false},
		{"restored since 2014", "55138", "Culey", "55", "zone_3", false},
		{"Guadeloupe", "97101", "Les Abymes", "971", "zone_2", true},
		{"Polynésie", "98735", "Papeete", "987", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Find(c.code)
			require.True(t, ok)
			require.Equal(t, c.commune, got.Name)
			require.Equal(t, c.departement, got.Departement())
			require.Equal(t, c.zone, got.Zone)
			require.Equal(t, c.overseas, got.Overseas())
		})
	}
	for _, code := range []string{"", "7505", "75O56", "00000", "99999", "750560", "2C001", "A2004", "75000", "20004", "96033", "é0560"} {
		_, ok := Find(code)
		require.False(t, ok, code)
	}
}

// A commune that a merger across zones absorbed stays in its own zone.
func TestFormerCommuneKeepsItsZone(t *testing.T) {
	moved := 0
	for code, zone := range communes().zones {
		former, ok := Find(code)
		require.True(t, ok, code)
		now, ok := Find(former.Code)
		require.True(t, ok, code)
		require.Equal(t, zone, former.Zone)
		require.NotEqual(t, now.Zone, former.Zone, code)
		moved++
	}
	require.Positive(t, moved)
}

func TestEveryCommune(t *testing.T) {
	counts := map[string]int{}
	for _, c := range communes().list {
		found, ok := Find(c.Code)
		require.True(t, ok, c.Code)
		require.Equal(t, c, found)
		require.True(t, utf8.ValidString(c.Name))
		require.NotEmpty(t, c.Name)
		if !c.Overseas() {
			require.Contains(t, []string{"zone_1", "zone_2", "zone_3"}, c.Zone, c.Code)
			require.NotEmpty(t, c.PostalCodes(), c.Code)
			counts[c.Zone]++
		}
		for _, code := range c.PostalCodes() {
			require.Len(t, code, 5, c.Code)
		}
	}
	require.Greater(t, counts["zone_1"], 700)
	require.Greater(t, counts["zone_2"], 2400)
	require.Greater(t, counts["zone_3"], 30_000)
}

func TestSearch(t *testing.T) {
	for _, c := range []struct {
		query string
		first []string // codes
	}{
		{"paris", []string{"75056"}},
		{"PARIS 19", []string{"75119"}},
		{"75019", []string{"75119", "75056"}},
		{"gueret", []string{"23096"}},
		{"L’Haÿ les", []string{"94038"}},
		{"hay les roses", []string{"94038"}},
		{"st-denis", []string{"93066", "97411"}}, // an exact name, the most populous first
		{"St Etienne", []string{"42218"}},
		{"st", []string{"67482"}}, // Strasbourg may be meant: not yet "saint"
		{"e\u0301vry-co", []string{"91228"}},
		{"oeuf en", []string{"62633"}},
		{"villeurb", []string{"69266"}},
		{"63000", []string{"63113"}},
	} {
		t.Run(c.query, func(t *testing.T) {
			found := Search(c.query, 10)
			var codes []string
			for _, f := range found {
				codes = append(codes, f.Code)
			}
			require.GreaterOrEqual(t, len(codes), len(c.first), "%v", found)
			if c.query == "st-denis" {
				require.Subset(t, codes[:2], c.first)
				return
			}
			require.Equal(t, c.first, codes[:len(c.first)])
		})
	}
	require.Empty(t, Search("", 10))
	require.Empty(t, Search(" - ", 10))
	require.Empty(t, Search("paris", 0))
	require.Empty(t, Search("zzzz", 10))
	require.Len(t, Search("sa", 7), 7)
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"paris", "75", "st é", "\xff", "œ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		folded := Fold(query)
		require.Equal(t, folded, strings.Join(strings.Fields(folded), " "))
		for _, c := range Search(query, 5) {
			found, ok := Find(c.Code)
			require.True(t, ok)
			require.Equal(t, c, found)
		}
		Find(query)
	})
}

func TestTableIsSmall(t *testing.T) {
	require.Less(t, len(table), 1_500_000)
	require.False(t, bytes.ContainsRune([]byte(table), '\r'))
}

func BenchmarkFind(b *testing.B) {
	Find("75056")
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := Find("75119"); !ok {
			b.Fatal("lost")
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if len(parse().list) == 0 {
			b.Fatal("empty")
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	Search("paris", 10)
	for b.Loop() {
		Search("saint", 10)
	}
}
