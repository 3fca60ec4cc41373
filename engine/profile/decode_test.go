package profile

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// typical is a household of four of about 900 bytes.
const typical = `{"id": "irregulier-004", "date": "2024-11-15", "complet": true, "commune": "93055", "couple": "concubinage",
 "demandeur": {"naissance": "1972-06-30", "nationalite": "francaise", "activite": "salarie",
  "revenus": {"salaire": {"net": 1629.78, "imposable": 1689.31, "mois": {"2024-10": 0.0, "2024-11": 0.0}}, "locatif": 120}},
 "conjoint": {"naissance": "1972-07-16", "nationalite": "hors_ue", "titre_sejour": "carte_resident", "sejour_regulier_depuis": "2010-01-15",
  "activite": "salarie", "enceinte": true, "handicap": {"taux": 55, "rsdae": false},
  "revenus": {"salaire": {"net": 1227.26, "imposable": 1272.09}}},
 "enfants": [{"naissance": "2012-08-28"}, {"naissance": "2018-09-17", "garde_alternee": true}, {"naissance": "2020-08-21"}],
 "logement": {"statut": "locataire_meuble", "loyer": 551.3, "charges": 40},
 "foyer_fiscal": {"rfr": 30000, "parts": 3.5}, "epargne": 1500,
 "residence_commune_depuis": "2019-09-01", "quotient_familial": 712, "charges_fixes": 95.5, "prestations_percues": {"af": 148.52, "prime_activite": true}}`

func TestDecodeTypical(t *testing.T) {
	p, err := Decode([]byte(typical))
	require.NoError(t, err)
	require.Equal(t, &Profile{
		ID: "irregulier-004", Date: DateOf(2024, 11, 15), Complete: true, Commune: "93055", Couple: "concubinage",
		Claimant: Person{
			Birth: DateOf(1972, 6, 30), Nationality: "francaise", Activity: "salarie",
			Incomes: Some([]Income{
				{Kind: "salaire", Net: Some(1629.78), Taxable: Some(1689.31), Months: []MonthAmount{
					{DateOf(2024, 10, 1).Day().Month(), 0}, {DateOf(2024, 11, 1).Day().Month(), 0},
				}},
				{Kind: "locatif", Net: Some(120.0)},
			}),
		},
		Spouse: &Person{
			Birth: DateOf(1972, 7, 16), Nationality: "hors_ue", Permit: "carte_resident", StayFrom: DateOf(2010, 1, 15),
			Activity: "salarie", Pregnant: Some(true), DisabilityRate: Some(55.0), WorkRestriction: Some(false),
			Incomes: Some([]Income{{Kind: "salaire", Net: Some(1227.26), Taxable: Some(1272.09)}}),
		},
		Children: Some([]Person{
			{Birth: DateOf(2012, 8, 28)}, {Birth: DateOf(2018, 9, 17), SharedCustody: Some(true)}, {Birth: DateOf(2020, 8, 21)},
		}),
		Housing:      Housing{Status: "locataire_meuble", Rent: Some(551.3), Charges: Some(40.0)},
		TaxHousehold: TaxHousehold{Income: Some(30000.0), Parts: Some(3.5)},
		Savings:      Some(1500.0),
		ResidentFrom: DateOf(2019, 9, 1), Quotient: Some(712.0), FixedCharges: Some(95.5),
		Received: Some([]Benefit{{Aid: "af", Amount: Some(148.52)}, {Aid: "prime_activite"}}),
	}, p)
	roundTrip(t, p)
}

func roundTrip(t require.TestingT, p *Profile) {
	data, err := p.MarshalJSON()
	require.NoError(t, err)
	require.True(t, json.Valid(data), "%s", data)
	again, err := Decode(data)
	require.NoError(t, err, "%s", data)
	require.Equal(t, p, again)
}

// Absent, null and the empty object say nothing; the empty list and empty incomes say none.
func TestUnknownIsNotNone(t *testing.T) {
	for _, text := range []string{
		`{}`, ` { } `, `{"id":null,"date":null,"complet":null,"commune":null,"couple":null,"isole_depuis":null,"demandeur":null,"conjoint":null,"enfants":null,"logement":null,"foyer_fiscal":null,"epargne":null,"residence_commune_depuis":null,"quotient_familial":null,"charges_fixes":null,"prestations_percues":null}`,
		`{"demandeur":{},"logement":{},"foyer_fiscal":{"rfr":null,"parts":null}}`,
		`{"demandeur":{"naissance":null,"nationalite":null,"titre_sejour":null,"sejour_regulier_depuis":null,"sejour_justifie":null,"activite":null,"scolarite":null,"enceinte":null,"handicap":null,"inapte_travail":null,"garde_alternee":null,"revenus":null}}`,
		`{"demandeur":{"handicap":{"taux":null,"rsdae":null}},"complet":false}`,
	} {
		p, err := Decode([]byte(text))
		require.NoError(t, err, text)
		require.Equal(t, &Profile{}, p, text)
		require.Equal(t, `{}`, string(p.AppendJSON(nil)))
	}
	p, err := Decode([]byte(`{"conjoint":{},"enfants":[{}],"prestations_percues":{"rsa":null},"demandeur":{"revenus":{"salaire":null,"retraite":{"net":null},"bourse":{},"autre":0}}}`))
	require.NoError(t, err)
	require.Equal(t, &Profile{
		Spouse: &Person{}, Children: Some([]Person{{}}), Received: Some([]Benefit{{Aid: "rsa", Unknown: true}}),
		Claimant: Person{Incomes: Some([]Income{{Kind: "salaire"}, {Kind: "retraite"}, {Kind: "bourse"}, {Kind: "autre", Net: Some(0.0)}})},
	}, p)
	require.Equal(t, `{"demandeur":{"revenus":{"salaire":null,"retraite":null,"bourse":null,"autre":0}},"conjoint":{},"enfants":[{}],"prestations_percues":{"rsa":null}}`, string(p.AppendJSON(nil)))
	p, err = Decode([]byte(`{"enfants":[],"prestations_percues":{},"demandeur":{"revenus":{}}}`))
	require.NoError(t, err)
	require.Equal(t, `{"demandeur":{"revenus":{}},"enfants":[],"prestations_percues":{}}`, string(p.AppendJSON(nil)))
	roundTrip(t, p)
}

func TestDecodeTexts(t *testing.T) {
	p, err := Decode([]byte(`{"\u0069d":"a\"\\\/\b\u00e9\ud83d\ude00é"}`))
	require.Error(t, err, "a control character")
	require.Nil(t, p)
	p, err = Decode([]byte(`{"\u0069d":"a\"\\\/\u00e9\ud83d\ude00é","cou\u0070le":"non","epargne":-0}`))
	require.NoError(t, err)
	require.Equal(t, &Profile{ID: `a"\/é😀é`, Couple: "non", Savings: Some(0.0)}, p)
	roundTrip(t, p)
}

func TestDecodeNumbers(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "-0.0": 0, "12": 12, "0.1": 0.1, "1227.26": 1227.26, "1e3": 1000, "1.5E+2": 150, "25e-1": 2.5,
		"0.30000000000000004": 0.30000000000000004, "999999.999999999": 999999.999999999, "1234.56789012345678901234567890": 1234.5678901234568,
	} {
		p, err := Decode([]byte(`{"epargne":` + text + `}`))
		require.NoError(t, err, text)
		require.Equal(t, want, p.Savings.Value, text)
	}
}

func members(n int, member func(i int) string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = member(i)
	}
	return strings.Join(list, ",")
}

// Each refusal names the field, the rule and what would be accepted.
func TestRefusals(t *testing.T) {
	for _, c := range []struct{ name, text, path, rule, remedy string }{
		{"empty", ``, "profil", "s'arrête", "JSON bien formé"},
		{"not an object", `[]`, "profil", "type inattendu", "un objet JSON"},
		{"a text", `"x"`, "profil", "type inattendu", "un objet JSON"},
		{"null", `null`, "profil", "type inattendu", "un objet JSON"},
		{"cut", `{"id":"x"`, "profil", "s'arrête", "JSON bien formé"},
		{"cut text", `{"id":"x`, "id", "texte sans fin", "JSON bien formé"},
		{"cut escape", `{"id":"x\`, "id", "échappement", "JSON bien formé"},
		{"lone surrogate", `{"id":"\ud800"}`, "id", "échappement", "JSON"},
		{"trailing comma", `{"id":"x",}`, "profil", "nom de champ", "JSON"},
		{"no comma", `{"id":"x" "couple":"non"}`, "profil", "virgule", "JSON"},
		{"no colon", `{"id" "x"}`, "profil", "deux-points", "JSON"},
		{"comment", `{"id":"x"} // fin`, "profil", "du texte suit", "JSON"},
		{"two profiles", `{} {}`, "profil", "du texte suit", "un seul objet"},
		{"byte order mark", "\ufeff{}", "profil", "valeur attendue", "UTF-8"},
		{"not UTF-8", "{\"id\":\"\xff\"}", "profil", "UTF-8", "UTF-8"},
		{"NaN", `{"epargne":NaN}`, "epargne", "valeur attendue", "JSON"},
		{"infinity", `{"epargne":-Infinity}`, "epargne", "nombre illisible", "JSON"},
		{"leading zero", `{"epargne":01}`, "epargne", "nombre illisible", "JSON"},
		{"a residence to come", `{"date":"2026-06-15","residence_commune_depuis":"2026-07-01"}`, "residence_commune_depuis", "après celle du calcul", "au plus tard"},
		{"a residence before birth", `{"demandeur":{"naissance":"1990-01-02"},"residence_commune_depuis":"1980-01-01"}`, "residence_commune_depuis", "avant la naissance", "postérieure"},
		{"a negative quotient", `{"quotient_familial":-1}`, "quotient_familial", "négatif", "0 à 50000"},
		{"too many charges", `{"charges_fixes":20001}`, "charges_fixes", "dépasse le maximum", "0 à 20000"},
		{"huge number", `{"epargne":1e999}`, "epargne", "dépasse le maximum", "0 à 10000000"},
		{"tiny negative", `{"epargne":-1e-9}`, "epargne", "négatif", "0 à 10000000"},
		{"number as text", `{"epargne":"12"}`, "epargne", "type inattendu", "nombre sans guillemets"},
		{"truth as text", `{"complet":"oui"}`, "complet", "type inattendu", "true ou false"},
		{"text as number", `{"id":12}`, "id", "type inattendu", "un texte"},
		{"long id", `{"id":"` + strings.Repeat("é", 65) + `"}`, "id", "64 caractères", "64 caractères"},
		{"id with a line", `{"id":"a\nb"}`, "id", "caractère de commande", "visibles"},

		{"misspelt field", `{"demandeur":{"naisance":"1990-01-01"}}`, "demandeur.naisance", "champ inconnu", "« naissance »"},
		{"a field and a line", `{"demandeur":{"naissance\n":1}}`, "demandeur", "champ inconnu", "naissance, nationalite"},
		{"unknown field", `{"demandeur":{"profession_exercee":1}}`, "demandeur", "champ inconnu", "naissance, nationalite"},
		{"unknown kind of income", `{"demandeur":{"revenus":{"salaires":1}}}`, "demandeur.revenus.salaires", "champ inconnu", "« salaire »"},
		{"repeated field", `{"date":"2024-01-01","date":"2025-01-01"}`, "date", "répété", "une seule fois"},
		{"two spouses", `{"couple":"marie","conjoint":{},"conjoint":{}}`, "conjoint", "répété", "au plus un conjoint"},
		{"two spouses in a list", `{"couple":"marie","conjoint":[{},{}]}`, "conjoint", "type inattendu", "une seule personne"},
		{"repeated kind", `{"demandeur":{"revenus":{"salaire":1,"salaire":2}}}`, "demandeur.revenus.salaire", "répété", "une seule fois"},
		{"repeated month", `{"demandeur":{"revenus":{"salaire":{"net":1,"mois":{"2024-01":1,"2024-01":2}}}}}`, "demandeur.revenus.salaire.mois.2024-01", "répété", "une seule fois"},
		{"repeated year", `{"demandeur":{"revenus":{"salaire":{"net":1,"annees":{"2024":1,"2024":2}}}}}`, "demandeur.revenus.salaire.annees.2024", "répétée", "une seule fois"},
		{"repeated aid", `{"prestations_percues":{"rsa":1,"rsa":true}}`, "prestations_percues.rsa", "répété", "une seule fois"},

		{"no such day", `{"date":"2025-02-29"}`, "date", "calendrier", "AAAA-MM-JJ"},
		{"French day", `{"demandeur":{"naissance":"01/02/1990"}}`, "demandeur.naissance", "calendrier", "AAAA-MM-JJ"},
		{"month 13", `{"demandeur":{"naissance":"1990-13-01"}}`, "demandeur.naissance", "calendrier", "AAAA-MM-JJ"},
		{"day 0", `{"demandeur":{"naissance":"1990-12-00"}}`, "demandeur.naissance", "calendrier", "AAAA-MM-JJ"},
		{"time", `{"date":"2025-02-21T00:00:00Z"}`, "date", "calendrier", "AAAA-MM-JJ"},
		{"number as day", `{"date":20250221}`, "date", "type inattendu", "AAAA-MM-JJ"},
		{"date before 2000", `{"date":"1999-12-31"}`, "date", "période", "2000 à 2100"},
		{"date after 2100", `{"date":"2101-01-01"}`, "date", "période", "2000 à 2100"},
		{"unknown value", `{"couple":"mariée"}`, "couple", "valeur inconnue", "« marie »"},
		{"unknown value, not close", `{"demandeur":{"activite":"boulanger"}}`, "demandeur.activite", "valeur inconnue", "salarie, independant"},

		{"half a word", `{"complet":tru`, "complet", "valeur illisible", "JSON"},
		{"misspelt null", `{"couple":nul }`, "profil", "valeur illisible", "JSON"},
		{"exponent without digits", `{"epargne":1e+}`, "epargne", "nombre illisible", "JSON"},
		{"point without digits", `{"epargne":1.}`, "epargne", "nombre illisible", "JSON"},
		{"half a pair", `{"id":"\ud83d\u0041"}`, "id", "échappement", "JSON"},
		{"bad hexadecimal", `{"id":"\u00zz"}`, "id", "échappement", "JSON"},
		{"cut hexadecimal", `{"id":"\u00`, "id", "échappement", "JSON"},
		{"unknown escape", `{"id":"\x"}`, "id", "échappement", "JSON"},
		{"cut after an escape", `{"id":"\n`, "id", "texte sans fin", "JSON"},
		{"a raw line after an escape", "{\"id\":\"\\t\n\"}", "id", "caractère de commande", "JSON"},
		{"a raw line", "{\"id\":\"\n\"}", "id", "caractère de commande", "JSON"},
		{"faults in what is skipped", `{"metier":{"a":[1,-2.5,true,false,null,"x",{"b":}]}}`, "profil", "champ inconnu", "acceptés"},
		{"couple as a number", `{"couple":1}`, "couple", "type inattendu", "concubinage"},
		{"commune as a number", `{"commune":75119}`, "commune", "type inattendu", "entre guillemets"},
		{"claimant as a list", `{"demandeur":[]}`, "demandeur", "type inattendu", "une seule personne"},
		{"children as an object", `{"enfants":{}}`, "enfants", "type inattendu", "une liste"},
		{"disability as a number", `{"demandeur":{"handicap":80}}`, "demandeur.handicap", "type inattendu", "taux"},
		{"dwelling as a text", `{"logement":"hlm"}`, "logement", "type inattendu", "statut"},
		{"tax household as a number", `{"foyer_fiscal":1}`, "foyer_fiscal", "type inattendu", "rfr"},
		{"aids as a list", `{"prestations_percues":["rsa"]}`, "prestations_percues", "type inattendu", "true"},
		{"months as a list", `{"demandeur":{"revenus":{"salaire":{"net":1,"mois":[]}}}}`, "demandeur.revenus.salaire.mois", "type inattendu", "2026-05"},
		{"years as a list", `{"demandeur":{"revenus":{"salaire":{"net":1,"annees":[]}}}}`, "demandeur.revenus.salaire.annees", "type inattendu", "2024"},
		{"101 aids", `{"prestations_percues":{` + members(101, func(i int) string { return fmt.Sprintf(`"a%d":true`, i) }) + `}}`, "prestations_percues", "trop d'aides", "100"},
		{"121 months", `{"demandeur":{"revenus":{"salaire":{"net":1,"mois":{` + members(121, func(i int) string { return fmt.Sprintf(`"%d-%02d":1`, 2000+i/12, i%12+1) }) + `}}}}}`, "demandeur.revenus.salaire.mois.2010-01", "trop de mois", "120"},
		{"21 years", `{"demandeur":{"revenus":{"salaire":{"net":1,"annees":{` + members(21, func(i int) string { return fmt.Sprintf(`"%d":1`, 2000+i) }) + `}}}}}`, "demandeur.revenus.salaire.annees.2020", "trop d'années", "20"},
		{"isolation 121 years ago", `{"date":"2025-06-15","isole_depuis":"1904-01-01"}`, "isole_depuis", "120 ans", "récente"},
		{"stay 121 years ago", `{"date":"2025-06-15","demandeur":{"sejour_regulier_depuis":"1904-01-01"}}`, "demandeur.sejour_regulier_depuis", "120 ans", "récente"},
		{"19 children of a couple", `{"couple":"marie","enfants":[` + strings.Repeat("{},", 18) + `{}]}`, "enfants", "20 personnes", "20 personnes"},

		{"unknown commune", `{"commune":"75999"}`, "commune", "aucune commune", "code INSEE"},
		{"postal code", `{"commune":"75019 Paris"}`, "commune", "aucune commune", "code postal"},
		{"overseas", `{"commune":"97411"}`, "commune", "outre-mer", "métropole"},

		{"spouse of someone single", `{"couple":"non","conjoint":{}}`, "conjoint", "couple est « non »", "retirez conjoint"},
		{"isolation in a couple", `{"couple":"marie","isole_depuis":"2020-01-01"}`, "isole_depuis", "en couple", "couple : non"},
		{"isolation to come", `{"date":"2025-06-15","isole_depuis":"2025-06-16"}`, "isole_depuis", "après", "au plus tard"},
		{"isolation before birth", `{"demandeur":{"naissance":"1990-01-01"},"isole_depuis":"1989-06-16"}`, "isole_depuis", "naissance", "postérieure"},
		{"child older than the claimant", `{"demandeur":{"naissance":"2000-01-01"},"enfants":[{},{"naissance":"1999-12-31"}]}`, "enfants[1].naissance", "plus âgé", "corrigez"},
		{"child older than the spouse", `{"conjoint":{"naissance":"2000-01-01"},"enfants":[{"naissance":"1999-12-31"}]}`, "enfants[0].naissance", "plus âgé", "corrigez"},
		{"child to be born", `{"date":"2025-06-15","enfants":[{"naissance":"2025-06-16"}]}`, "enfants[0].naissance", "après", "enceinte"},
		{"child of 31", `{"date":"2025-06-15","enfants":[{"naissance":"1994-06-15"}]}`, "enfants[0].naissance", "30 ans", "autre profil"},
		{"claimant of 13", `{"date":"2025-06-15","demandeur":{"naissance":"2011-06-16"}}`, "demandeur.naissance", "14 ans", "enfants"},
		{"claimant of 121", `{"date":"2025-06-15","demandeur":{"naissance":"1904-06-15"}}`, "demandeur.naissance", "120 ans", "récente"},
		{"spouse of 13", `{"date":"2025-06-15","conjoint":{"naissance":"2012-06-16"}}`, "conjoint.naissance", "14 ans", "enfants"},
		{"stay to come", `{"date":"2025-06-15","demandeur":{"sejour_regulier_depuis":"2026-01-01"}}`, "demandeur.sejour_regulier_depuis", "après", "au plus tard"},
		{"stay before birth", `{"demandeur":{"naissance":"1990-01-01","sejour_regulier_depuis":"1989-01-01"}}`, "demandeur.sejour_regulier_depuis", "naissance", "postérieure"},
		{"a stay not proven of a French person", `{"demandeur":{"nationalite":"francaise","sejour_justifie":false}}`, "demandeur.sejour_justifie", "française", "nationalite"},
		{"permit of a French person", `{"demandeur":{"nationalite":"francaise","titre_sejour":"refugie"}}`, "demandeur.titre_sejour", "française", "nationalite"},
		{"shared custody of an adult", `{"demandeur":{"garde_alternee":true}}`, "demandeur.garde_alternee", "enfant", "enfants"},
		{"disability over 100", `{"demandeur":{"handicap":{"taux":101}}}`, "demandeur.handicap.taux", "maximum", "0 à 100"},
		{"21 persons", `{"enfants":[` + strings.Repeat("{},", 19) + `{}]}`, "enfants", "20 personnes", "20 personnes"},
		{"many children", `{"enfants":[` + strings.Repeat("{},", 10000) + `{}]}`, "enfants", "20 personnes", "20 personnes"},
		{"null child", `{"enfants":[null]}`, "enfants[0]", "type inattendu", "une seule personne"},

		{"negative rent", `{"logement":{"loyer":-1}}`, "logement.loyer", "négatif", "0 à 20000"},
		{"huge charges", `{"logement":{"charges":5001}}`, "logement.charges", "maximum", "0 à 5000"},
		{"rent of an owner", `{"logement":{"statut":"proprietaire","loyer":500}}`, "logement.loyer", "loyer", "logement.statut"},
		{"regime of a tenant", `{"logement":{"statut":"locataire_hlm","regime":"conventionne"}}`, "logement.regime", "foyer ou d'une résidence", "residence_etudiante"},
		{"room of a home", `{"logement":{"statut":"foyer","regime":"chambre"}}`, "logement.regime", "pour ce statut", "conventionne_sans_travaux"},
		{"student residence without building work", `{"logement":{"statut":"residence_etudiante","regime":"conventionne_sans_travaux"}}`, "logement.regime", "pour ce statut", "chambre_rehabilitee"},
		{"unknown regime", `{"logement":{"regime":"apl"}}`, "logement.regime", "valeur inconnue", "non_conventionne"},
		{"loan of a tenant", `{"logement":{"statut":"locataire_vide","pret_signe_le":"2015-01-01"}}`, "logement.pret_signe_le", "accédant", "accedant"},
		{"loan of a home with a regime", `{"logement":{"regime":"chambre","pret_signe_le":"2015-01-01"}}`, "logement.pret_signe_le", "accédant", "accedant"},
		{"kind of loan of a tenant", `{"logement":{"statut":"locataire_vide","pret":"pap"}}`, "logement.pret", "accédant", "accedant"},
		{"purpose of a loan of a tenant", `{"logement":{"statut":"locataire_vide","pret_pour":"neuf"}}`, "logement.pret_pour", "accédant", "accedant"},
		{"a State-aided loan for works only", `{"logement":{"statut":"accedant","pret":"pap","pret_pour":"travaux"}}`, "logement.pret_pour", "travaux seuls", "agrandissement"},
		{"unknown kind of loan", `{"logement":{"statut":"accedant","pret":"ptz"}}`, "logement.pret", "valeur inconnue", "conventionne"},
		{"unknown purpose of a loan", `{"logement":{"statut":"accedant","pret_pour":"achat"}}`, "logement.pret_pour", "valeur inconnue", "travaux"},
		{"loan to come", `{"date":"2024-06-15","logement":{"statut":"accedant","pret_signe_le":"2024-06-16"}}`, "logement.pret_signe_le", "après", "au plus tard"},
		{"loan of another century", `{"date":"2024-06-15","logement":{"statut":"accedant","pret_signe_le":"1890-01-01"}}`, "logement.pret_signe_le", "120 ans", "plus récente"},
		{"no part", `{"foyer_fiscal":{"parts":0}}`, "foyer_fiscal.parts", "trop petit", "1 à 20"},
		{"negative income of the tax notice", `{"foyer_fiscal":{"rfr":-1}}`, "foyer_fiscal.rfr", "négatif", "0 à 5000000"},
		{"negative income", `{"demandeur":{"revenus":{"salaire":-1}}}`, "demandeur.revenus.salaire.net", "négatif", "0 à 50000"},
		{"huge income", `{"demandeur":{"revenus":{"salaire":{"net":1,"brut":50001}}}}`, "demandeur.revenus.salaire.brut", "maximum", "0 à 50000"},
		{"income as text", `{"demandeur":{"revenus":{"salaire":"1200"}}}`, "demandeur.revenus.salaire", "type inattendu", "montant net"},
		{"incomes as a number", `{"demandeur":{"revenus":1200}}`, "demandeur.revenus", "type inattendu", "{\"salaire\""},
		{"taxable without net", `{"demandeur":{"revenus":{"salaire":{"imposable":12}}}}`, "demandeur.revenus.salaire.net", "net manque", "donnez net"},
		{"months without net", `{"demandeur":{"revenus":{"salaire":{"net":null,"mois":{"2024-01":1}}}}}`, "demandeur.revenus.salaire.net", "net manque", "donnez net"},
		{"month misspelt", `{"demandeur":{"revenus":{"salaire":{"net":1,"mois":{"2024-1":1}}}}}`, "demandeur.revenus.salaire.mois", "pas un mois", "AAAA-MM"},
		{"month null", `{"demandeur":{"revenus":{"salaire":{"net":1,"mois":{"2024-01":null}}}}}`, "demandeur.revenus.salaire.mois.2024-01", "type inattendu", "un nombre"},
		{"month to come", `{"date":"2024-06-15","demandeur":{"revenus":{"salaire":{"net":1,"mois":{"2024-07":1}}}}}`, "demandeur.revenus.salaire.mois.2024-07", "après", "au plus tard"},
		{"negative month", `{"demandeur":{"revenus":{"salaire":{"net":1,"mois":{"2024-01":-1}}}}}`, "demandeur.revenus.salaire.mois.2024-01", "négatif", "0 à 50000"},
		{"year misspelt", `{"demandeur":{"revenus":{"salaire":{"net":1,"annees":{"24":1}}}}}`, "demandeur.revenus.salaire.annees", "pas une année", "AAAA"},
		{"year to come", `{"date":"2024-06-15","demandeur":{"revenus":{"salaire":{"net":1,"annees":{"2025":1}}}}}`, "demandeur.revenus.salaire.annees.2025", "après", "au plus tard"},
		{"aid as false", `{"prestations_percues":{"rsa":false}}`, "prestations_percues.rsa", "type inattendu", "retirez"},
		{"aid of no identifier", `{"prestations_percues":{"RSA Jean":true}}`, "prestations_percues", "illisible", "identifiant"},
		{"negative aid", `{"prestations_percues":{"rsa":-1}}`, "prestations_percues.rsa", "négatif", "0 à 50000"},

		{"complete without a birth", `{"complet":true,"demandeur":{}}`, "demandeur.naissance", "manque", "complet"},
		{"complete, child without a birth", `{"complet":true,"demandeur":{"naissance":"1990-01-01"},"enfants":[{}]}`, "enfants[0].naissance", "manque", "complet"},
		{"complete couple without spouse", `{"complet":true,"couple":"pacse","demandeur":{"naissance":"1990-01-01"}}`, "conjoint", "manque", "complet"},
		{"complete spouse without couple", `{"complet":true,"conjoint":{"naissance":"1990-01-01"},"demandeur":{"naissance":"1990-01-01"}}`, "couple", "quel couple", "marie"},
		{"complete tenant without commune", `{"complet":true,"demandeur":{"naissance":"1990-01-01"},"logement":{"statut":"locataire_vide"}}`, "commune", "manque", "INSEE"},
		{"complete regime without status", `{"complet":true,"demandeur":{"naissance":"1990-01-01"},"logement":{"regime":"chambre"}}`, "logement.regime", "foyer ou d'une résidence", "foyer"},
		{"complete loan without status", `{"complet":true,"demandeur":{"naissance":"1990-01-01"},"logement":{"pret_signe_le":"2015-01-01"}}`, "logement.pret_signe_le", "accédant", "accedant"},
		{"complete rent without status", `{"complet":true,"demandeur":{"naissance":"1990-01-01"},"logement":{"loyer":400}}`, "logement.statut", "sans le statut", "locataire_vide"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Decode([]byte(c.text))
			require.Nil(t, p)
			var refused *Error
			require.ErrorAs(t, err, &refused)
			if c.name == "faults in what is skipped" {
				require.Len(t, refused.Problems, 2)
				require.Contains(t, refused.Problems[1].Rule, "valeur attendue")
				refused.Problems = refused.Problems[:1]
			}
			require.Len(t, refused.Problems, 1, "%v", err)
			require.Equal(t, c.path, refused.Problems[0].Path)
			require.Contains(t, refused.Problems[0].Rule, c.rule)
			require.Contains(t, refused.Problems[0].Remedy, c.remedy)
		})
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, err := Decode([]byte(`{"date":"2024-06-15","complet":true,"comune":"75056","couple":"divorce","demandeur":{"naissance":"1990-02-30","revenus":{"salaire":{"net":-5,"mois":{"juin":1}}}},
		"enfants":[{"naissance":"2030-01-01"},{"enceinte":"non"}],"logement":{"loyer":-3}}`))
	var refused *Error
	require.ErrorAs(t, err, &refused)
	var paths []string
	for _, p := range refused.Problems {
		paths = append(paths, p.Path)
	}
	require.Equal(t, []string{
		"comune", "couple", "demandeur.naissance", "demandeur.revenus.salaire.mois", "enfants[1].enceinte",
		"demandeur.revenus.salaire.net", "enfants[0].naissance", "logement.loyer",
	}, paths)
	require.Equal(t, len(paths), 1+strings.Count(err.Error(), "\n"))
}

// Nothing that a caller may have written of a person comes back in a refusal.
func TestRefusalsRepeatNoHouseholdData(t *testing.T) {
	for _, text := range []string{
		`{"canari Dupont":1}`, `{"commune\ncanari":1}`, `{"demandeur":{"canari":{"canari":"canari"}}}`, `{"couple":"canari"}`, `{"commune":"canar"}`, `{"date":"canari"}`,
		`{"demandeur":{"revenus":{"canari":3,"salaire":"canari"}}}`, `{"prestations_percues":{"Canari":3}}`, `{"id":"` + strings.Repeat("canari", 20) + `"}`,
		`{"demandeur":{"revenus":{"salaire":{"net":1,"mois":{"canari":3},"annees":{"canari":1}}}}}`, `{"demandeur":{"naissance":"canari"}}`, `canari`,
	} {
		_, err := Decode([]byte(text))
		require.Error(t, err)
		require.NotContains(t, strings.ToLower(err.Error()), "canari", text)
	}
}

// Oversized and overdeep input costs nothing (property 10).
func TestHostileInputIsRefusedFast(t *testing.T) {
	for name, text := range map[string]string{
		"1 MB of text":       `{"id":"` + strings.Repeat("a", 1<<20) + `"}`,
		"1 MB of lists":      strings.Repeat("[", 1<<20),
		"10 000 deep lists":  `{"x":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`,
		"10 000 deep fields": strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000),
		"many unknowns":      `{` + strings.Repeat(`"demandeus":1,`, 4000) + `"x":1}`,
		"many repeats":       `{"id":"x"` + strings.Repeat(`,"id":"x"`, 6000) + `}`,
		"many months":        `{"demandeur":{"revenus":{"salaire":{"net":1,"mois":{"2020-01":1` + strings.Repeat(`,"2020-01":1`, 4000) + `}}}}}`,
		"a long number":      `{"epargne":` + strings.Repeat("9", 60_000) + `}`,
		"a long exponent":    `{"epargne":1e` + strings.Repeat("9", 60_000) + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			err := error(nil)
			quickest := time.Hour // of many tries: what it costs, not what else the machine does
			for tries := 0; tries < 100 && quickest >= 50*time.Millisecond; tries++ {
				start := time.Now()
				_, err = Decode([]byte(text))
				quickest = min(quickest, time.Since(start))
			}
			require.Less(t, quickest, 50*time.Millisecond)
			var refused *Error
			require.ErrorAs(t, err, &refused)
			require.LessOrEqual(t, len(refused.Problems), maxProblems)
		})
	}
}

func TestRead(t *testing.T) {
	p, err := Read(strings.NewReader(typical))
	require.NoError(t, err)
	require.Equal(t, "irregulier-004", p.ID)
	_, err = Read(strings.NewReader(typical + strings.Repeat(" ", MaxBytes)))
	require.ErrorContains(t, err, "64 Kio")
	broken := errors.New("broken pipe")
	_, err = Read(&failing{broken})
	require.ErrorIs(t, err, broken)
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func TestUnmarshalJSON(t *testing.T) {
	var line struct {
		Profile *Profile `json:"profil"`
	}
	require.NoError(t, json.Unmarshal([]byte(`{"profil":`+typical+`}`), &line))
	require.Equal(t, "93055", line.Profile.Commune)
	var refused *Error
	require.ErrorAs(t, json.Unmarshal([]byte(`{"profil":{"couple":"x"}}`), &line), &refused)
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(typical))
	for _, s := range []string{`{}`, `{"enfants":[{}]}`, `{"id":"\u00e9"}`, `{"epargne":1e5}`, `{"demandeur":{"revenus":{"salaire":null}}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Decode(data)
		if err != nil {
			var refused *Error
			require.ErrorAs(t, err, &refused)
			require.NotEmpty(t, refused.Problems)
			for _, problem := range refused.Problems {
				require.NotEmpty(t, problem.Path)
				require.NotEmpty(t, problem.Rule)
				require.NotEmpty(t, problem.Remedy)
			}
			return
		}
		require.True(t, json.Valid(data), "accepted what is no JSON")
		roundTrip(t, p)
		today := DateOf(2026, 6, 15)
		if p.Check(today) == nil {
			h := new(household)
			if p.Facts(&h.Household, today, Unconverted()) == nil {
				h.requireSound(t)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	data := []byte(typical)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	p, err := Decode([]byte(typical))
	require.NoError(b, err)
	buffer := make([]byte, 0, 2048)
	b.ReportAllocs()
	for b.Loop() {
		buffer = p.AppendJSON(buffer[:0])
	}
}

// oracle reads the profiles of the reference cases.
func oracle(t *testing.T) []*Profile {
	data, err := os.ReadFile("../../testdata/oracle/cases.ndjson")
	require.NoError(t, err)
	var all []*Profile
	for line := range strings.Lines(string(data)) {
		var c struct {
			Profile *Profile `json:"profil"`
		}
		require.NoError(t, json.Unmarshal([]byte(line), &c))
		all = append(all, c.Profile)
	}
	require.NotEmpty(t, all)
	return all
}
