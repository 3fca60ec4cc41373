package profile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFromCSV(t *testing.T) {
	for _, c := range []struct {
		name        string
		header, row []string
		json        string
	}{
		{"dotted", []string{"id", "commune", "demandeur.naissance", "demandeur.revenus.salaire.net"}, []string{"12", "01004", "1990-01-01", "1200.50"}, `{"id":"12","commune":"01004","demandeur":{"naissance":"1990-01-01","revenus":{"salaire":1200.5}}}`},
		{"children in brackets", []string{"enfants[0].naissance", "enfants[1].naissance", "enfants[1].garde_alternee"}, []string{"2020-01-01", "2021-01-01", "true"}, `{"enfants":[{"naissance":"2020-01-01"},{"naissance":"2021-01-01","garde_alternee":true}]}`},
		{"children with dots, columns out of order", []string{"enfants.1.naissance", "enfants.0.naissance"}, []string{"2021-01-01", "2020-01-01"}, `{"enfants":[{"naissance":"2020-01-01"},{"naissance":"2021-01-01"}]}`},
		{"empty cells are absent", []string{"id", "conjoint.naissance", "enfants[0].naissance", "epargne"}, []string{"a", "", " ", ""}, `{"id":"a"}`},
		{"all empty", []string{"id"}, []string{""}, `{}`},
		{"a short row", []string{"id", "epargne"}, []string{"a"}, `{"id":"a"}`},
		{"none is said", []string{"enfants", "demandeur.revenus", "prestations_percues"}, []string{"[]", "{}", "{}"}, `{"demandeur":{"revenus":{}},"enfants":[],"prestations_percues":{}}`},
		{"a whole or its parts", []string{"enfants", "enfants[0].naissance", "demandeur.revenus.salaire", "demandeur.revenus.salaire.net"}, []string{"", "2020-01-01", "5", ""}, `{"demandeur":{"revenus":{"salaire":5}},"enfants":[{"naissance":"2020-01-01"}]}`},
		{"months and years", []string{"demandeur.revenus.salaire.net", "demandeur.revenus.salaire.mois.2024-05", "demandeur.revenus.salaire.annees.2024"}, []string{"5", "6", "70"}, `{"demandeur":{"revenus":{"salaire":{"net":5,"mois":{"2024-05":6},"annees":{"2024":70}}}}}`},
		{"truths, unknowns and the first byte of a spreadsheet", []string{"\ufeffcomplet", "demandeur.revenus.autre", "prestations_percues.rsa", "demandeur.handicap.taux"}, []string{"false", "null", "true", "80"}, `{"demandeur":{"handicap":{"taux":80},"revenus":{"autre":null}},"prestations_percues":{"rsa":true}}`},
		{"quotes", []string{"id"}, []string{`a"b\`}, `{"id":"a\"b\\"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := FromCSV(c.header, c.row)
			require.NoError(t, err)
			require.Equal(t, c.json, string(p.AppendJSON(nil)))
		})
	}
}

func TestFromCSVRefuses(t *testing.T) {
	for _, c := range []struct {
		name        string
		header, row []string
		path, rule  string
	}{
		{"column twice", []string{"id", "id"}, []string{"", ""}, "colonne 2", "répété"},
		{"child twice", []string{"enfants[0].naissance", "enfants.0.naissance"}, nil, "colonne 2", "répété"},
		{"column without name", []string{"id", " "}, nil, "colonne 2", "vide"},
		{"bad bracket", []string{"enfants[0.naissance"}, nil, "colonne 1", "illisible"},
		{"far child", []string{"enfants[20].naissance"}, nil, "colonne 1", "illisible"},
		{"place where there is no list", []string{"conjoint[0].naissance"}, nil, "colonne 1", "illisible"},
		{"field of a list", []string{"enfants[0].naissance", "enfants.naissance"}, nil, "colonne 2", "illisible"},
		{"more cells than columns", []string{"id"}, []string{"a", "b"}, "profil", "plus de cellules"},
		{"a gap between children", []string{"enfants[0].naissance", "enfants[1].naissance"}, []string{"", "2020-01-01"}, "enfants[1]", "enfant vide"},
		{"a whole and its parts", []string{"demandeur.revenus.salaire", "demandeur.revenus.salaire.net"}, []string{"1", "2"}, "demandeur.revenus.salaire", "deux colonnes"},
		{"decimal comma", []string{"epargne"}, []string{"12,50"}, "epargne", "type inattendu"},
		{"yes", []string{"complet"}, []string{"oui"}, "complet", "type inattendu"},
		{"not UTF-8", []string{"id"}, []string{"\xe9"}, "profil", "UTF-8"},
		{"unknown column", []string{"demandeur.naissanse"}, []string{"2000-01-01"}, "demandeur.naissanse", "champ inconnu"},
		{"bad day", []string{"demandeur.naissance"}, []string{"01/01/2000"}, "demandeur.naissance", "calendrier"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := FromCSV(c.header, c.row)
			var refused *Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, c.path, refused.Problems[0].Path)
			require.Contains(t, refused.Problems[0].Rule, c.rule)
			require.NotEmpty(t, refused.Problems[0].Remedy)
		})
	}
}

func FuzzFromCSV(f *testing.F) {
	f.Add("enfants[0].naissance", "2020-01-01", "id", "a")
	f.Add("enfants.1", "{}", "enfants", "[]")
	f.Fuzz(func(t *testing.T, name1, cell1, name2, cell2 string) {
		p, err := FromCSV([]string{name1, name2}, []string{cell1, cell2})
		if err != nil {
			var refused *Error
			require.ErrorAs(t, err, &refused)
			return
		}
		roundTrip(t, p)
	})
}

func BenchmarkColumns(b *testing.B) {
	c, err := NewColumns([]string{"id", "date", "complet", "commune", "couple", "demandeur.naissance", "demandeur.revenus.salaire.net", "enfants[0].naissance", "enfants[1].naissance", "logement.statut", "logement.loyer"})
	require.NoError(b, err)
	row := []string{"a", "2025-06-15", "true", "75119", "non", "1990-01-01", "1200", "2020-01-01", "", "locataire_vide", "500"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Profile(row); err != nil {
			b.Fatal(err)
		}
	}
}
