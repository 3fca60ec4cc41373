package household_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/profile/profiletest"
	"guichet/web/desk/household"
)

var (
	aids  = []string{"rsa", "aide_logement", "prime_activite", "af"}
	today = profile.DateOf(2026, 10, 15)
)

// form gives what a browser posts of a page that nobody touched.
func form(s *household.State, rows []household.Row) url.Values {
	in := url.Values{}
	for i := range rows {
		r := &rows[i]
		text := r.Text(s)
		switch {
		case (r.Kind == household.Choice || r.Kind == household.Aid) && text == "" && r.DontKnow(s):
			in.Set(r.Name, household.DontKnow)
		case r.Kind == household.Choice || r.Kind == household.Aid:
			if text != "" {
				in.Set(r.Name, text)
			}
		default:
			in.Set(r.Name, text)
			if r.DontKnow(s) {
				in.Set(r.Name+"."+household.DontKnow, "oui")
			}
		}
		if r.Kind == household.Aid {
			in.Set(r.Name+household.AmountField, r.AmountText(s))
		}
	}
	return in
}

// simple drops what two ways of writing one household differ by: incomes all unknown are unknown incomes, and a couple has a spouse.
func simple(p *profile.Profile) string {
	p = profiletest.Clone(p)
	if p.Couple != "" && p.Couple != "non" && p.Spouse == nil {
		p.Spouse = &profile.Person{}
	}
	people := []*profile.Person{&p.Claimant}
	if p.Spouse != nil {
		people = append(people, p.Spouse)
	}
	for i := range p.Children.Value {
		people = append(people, &p.Children.Value[i])
	}
	for _, q := range people {
		known := len(q.Incomes.Value) < fact.IncomeKinds
		for _, in := range q.Incomes.Value {
			known = known || in.Net.Known
		}
		if q.Incomes.Known && !known {
			q.Incomes = profile.Opt[[]profile.Income]{}
		}
	}
	return string(p.AppendJSON(nil))
}

// A form that comes back untouched changes nothing, whatever the household and whichever of its rows the page shows.
func TestAFormLeftAloneChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := profiletest.Forget(t, profiletest.Draw(t))
		today := p.Date
		p.Date = 0
		s := &household.State{Profile: p}
		var useful household.Useful
		if rapid.Bool().Draw(t, "only the useful rows") {
			useful = household.Useful{"isole_depuis": true, "enfants[0].scolarite": true}
		}
		rows := household.Rows(s, useful, aids, today)
		next, wrong, err := s.Apply(rows, form(s, rows), today)
		require.NoError(t, err)
		require.Empty(t, wrong)
		require.JSONEq(t, simple(p), simple(next.Profile))
	})
}

// Whatever is typed, what comes out is a household that the engine takes, and every text is either taken or complained of.
func TestWhateverIsTyped(t *testing.T) {
	texts := rapid.SampledFrom([]string{
		"", "nsp", "oui", "non", "aucun", "0", "3", "19", "-1", "1 250,50", "99999999", "abc", "25/04/1988", "31/02/2000", "04/2018", "2018", "25041988", "2030-01-01",
		"1/1/1890", "12/2025", "marie", "hors_ue", "francaise", "carte_resident", "refugie", "proprietaire", "foyer", "accedant", "chambre", "93200", "saint denis", "Cayenne",
		"50", "80", "<b>", "\x00", "é",
	})
	rapid.Check(t, func(t *rapid.T) {
		p := profiletest.Forget(t, profiletest.Draw(t))
		today := p.Date
		p.Date = 0
		s := &household.State{Profile: p}
		before := string(p.AppendJSON(nil))
		for range 3 {
			rows := household.Rows(s, nil, aids, today)
			in := form(s, rows)
			for i := range rows {
				if rapid.IntRange(0, 4).Draw(t, "touched") == 0 {
					in.Set(rows[i].Name, texts.Draw(t, rows[i].Name))
				}
			}
			next, wrong, err := s.Apply(rows, in, today)
			require.NoError(t, err)
			require.NoError(t, next.Profile.Check(today))
			for name := range wrong {
				r := household.Find(household.Rows(next, nil, aids, today), name)
				require.True(t, r == nil || r.Aid != "" || name == "enfants" || r.Text(next) == "", "%s was refused and is known", name) // a count that is no number loses no child
			}
			s = next
		}
		require.JSONEq(t, before, string(p.AppendJSON(nil)), "what was known before has changed")
	})
}

func TestWhatAnAgentTypes(t *testing.T) {
	for name, c := range map[string]struct {
		was   string
		typed url.Values
		want  string
		wrong map[string]string
	}{
		"nothing":                     {`{}`, url.Values{}, `{}`, nil},
		"a date with slashes":         {`{}`, url.Values{"demandeur.naissance": {"25/4/1988"}}, `{"demandeur":{"naissance":"1988-04-25"}}`, nil},
		"a date of figures":           {`{}`, url.Values{"demandeur.naissance": {"25041988"}}, `{"demandeur":{"naissance":"1988-04-25"}}`, nil},
		"a date of the calendar only": {`{}`, url.Values{"demandeur.naissance": {"31/02/1988"}}, `{}`, map[string]string{"demandeur.naissance": "erreur.date_fausse"}},
		"a short year":                {`{}`, url.Values{"demandeur.naissance": {"25/04/88"}}, `{}`, map[string]string{"demandeur.naissance": "erreur.date_annee"}},
		"a birth to come":             {`{}`, url.Values{"demandeur.naissance": {"25/04/2030"}}, `{}`, map[string]string{"demandeur.naissance": "erreur.date_future"}},
		"a claimant of twelve":        {`{}`, url.Values{"demandeur.naissance": {"25/04/2014"}}, `{}`, map[string]string{"demandeur.naissance": "erreur.trop_jeune"}},
		"a couple":                    {`{}`, url.Values{"couple": {"marie"}}, `{"couple":"marie","conjoint":{}}`, nil},
		"no couple any more": {
			`{"couple":"marie","conjoint":{"naissance":"1990-01-01"}}`, url.Values{"couple": {"non"}, "conjoint.naissance": {"01/01/1990"}}, `{"couple":"non"}`, nil,
		},
		"two children": {`{}`, url.Values{"enfants": {"2"}}, `{"enfants":[{},{}]}`, nil},
		"no child":     {`{}`, url.Values{"enfants": {"0"}}, `{"enfants":[]}`, nil},
		"a child older than its parent": {
			`{"demandeur":{"naissance":"1988-04-25"},"enfants":[{}]}`,
			url.Values{"demandeur.naissance": {"25/04/1988"}, "enfants": {"1"}, "enfants[0].naissance": {"01/01/1980"}},
			`{"demandeur":{"naissance":"1988-04-25"},"enfants":[{}]}`,
			map[string]string{"enfants[0].naissance": "erreur.plus_vieux"},
		},
		"a parent made younger than the child": {
			`{"demandeur":{"naissance":"1988-04-25"},"enfants":[{"naissance":"2005-01-01"}]}`,
			url.Values{"demandeur.naissance": {"25/04/2006"}, "enfants": {"1"}, "enfants[0].naissance": {"01/01/2005"}},
			`{"enfants":[{"naissance":"2005-01-01"}]}`,
			map[string]string{"demandeur.naissance": "erreur.ensemble"},
		},
		"a birth after the stay began": {
			`{"demandeur":{"naissance":"1980-04-25","nationalite":"ue","sejour_regulier_depuis":"1990-01-01"}}`,
			url.Values{"demandeur.naissance": {"25/04/1995"}, "demandeur.nationalite": {"ue"}, "demandeur.sejour_regulier_depuis": {"01/1990"}},
			`{"demandeur":{"nationalite":"ue","sejour_regulier_depuis":"1990-01-01"}}`,
			map[string]string{"demandeur.naissance": "erreur.ensemble"},
		},
		"an amount": {`{}`, url.Values{"logement.loyer": {"1 250,5"}}, `{"logement":{"loyer":1250.5}}`, nil},
		"no amount": {`{}`, url.Values{"logement.loyer": {"beaucoup"}}, `{}`, map[string]string{"logement.loyer": "erreur.montant_faux"}},
		"an owner pays no rent": {
			`{"logement":{"statut":"locataire_hlm","loyer":300}}`, url.Values{"logement.statut": {"proprietaire"}, "logement.loyer": {"300"}}, `{"logement":{"statut":"proprietaire"}}`, nil,
		},
		"a loan, what it paid and which it is": {
			`{"logement":{"statut":"accedant"}}`,
			url.Values{"logement.statut": {"accedant"}, "logement.pret_signe_le": {"03/2015"}, "logement.pret_pour": {"ancien"}, "logement.pret": {"conventionne"}},
			`{"logement":{"statut":"accedant","pret":"conventionne","pret_pour":"ancien","pret_signe_le":"2015-03-01"}}`, nil,
		},
		"a loan of the State for works": {
			`{"logement":{"statut":"accedant","pret":"pap"}}`,
			url.Values{"logement.statut": {"accedant"}, "logement.pret_pour": {"travaux"}, "logement.pret": {"pap"}},
			`{"logement":{"statut":"accedant","pret":"pap"}}`,
			map[string]string{"logement.pret_pour": "erreur.ensemble"},
		},
		"a tenant repays no loan": {
			`{"logement":{"statut":"accedant","pret":"pap","pret_pour":"neuf","pret_signe_le":"1993-03-01"}}`,
			url.Values{"logement.statut": {"locataire_hlm"}, "logement.pret": {"pap"}, "logement.pret_pour": {"neuf"}, "logement.pret_signe_le": {"03/1993"}},
			`{"logement":{"statut":"locataire_hlm"}}`, nil,
		},
		"a wage and nothing said of the rest": {
			`{}`,
			url.Values{"demandeur.revenus.salaire": {"900"}},
			`{"demandeur":{"revenus":{"salaire":900,"independant":null,"micro_entreprise":null,"chomage":null,"indemnites_journalieres":null,"retraite":null,"pension_invalidite":null,"pension_alimentaire_percue":null,"pension_alimentaire_versee":null,"bourse":null,"locatif":null,"capital":null,"autre":null}}}`, nil,
		},
		"a wage and nothing else":  {`{}`, url.Values{"demandeur.revenus.salaire": {"900"}, "demandeur.revenus": {"aucun"}}, `{"demandeur":{"revenus":{"salaire":900}}}`, nil},
		"no income at all":         {`{}`, url.Values{"demandeur.revenus": {"aucun"}}, `{"demandeur":{"revenus":{}}}`, nil},
		"a wage of unknown amount": {`{}`, url.Values{"demandeur.revenus.salaire.nsp": {"oui"}, "demandeur.revenus": {"aucun"}}, `{"demandeur":{"revenus":{"salaire":null}}}`, nil},
		"the months of a sheet stay": {
			`{"demandeur":{"revenus":{"salaire":{"net":900,"mois":{"2026-09":100}}}}}`,
			url.Values{"demandeur.revenus.salaire": {"900"}, "demandeur.revenus": {"aucun"}},
			`{"demandeur":{"revenus":{"salaire":{"net":900,"mois":{"2026-09":100}}}}}`, nil,
		},
		"another wage has no months": {
			`{"demandeur":{"revenus":{"salaire":{"net":900,"mois":{"2026-09":100}}}}}`,
			url.Values{"demandeur.revenus.salaire": {"950"}, "demandeur.revenus": {"aucun"}},
			`{"demandeur":{"revenus":{"salaire":950}}}`, nil,
		},
		"one aid received": {
			`{}`,
			url.Values{"prestations_percues.rsa": {"oui"}, "prestations_percues.rsa.montant": {"600"}},
			`{"prestations_percues":{"rsa":600,"aide_logement":null,"prime_activite":null,"af":null}}`, nil,
		},
		"one aid and no other": {`{}`, url.Values{"prestations_percues.rsa": {"oui"}, "prestations_percues": {"aucun"}}, `{"prestations_percues":{"rsa":true}}`, nil},
		"one aid is not":       {`{}`, url.Values{"prestations_percues.rsa": {"non"}}, `{"prestations_percues":{"aide_logement":null,"prime_activite":null,"af":null}}`, nil},
		"no aid":               {`{}`, url.Values{"prestations_percues": {"aucun"}}, `{"prestations_percues":{}}`, nil},
		"an amount says yes":   {`{}`, url.Values{"prestations_percues.af.montant": {"150"}, "prestations_percues": {"aucun"}}, `{"prestations_percues":{"af":150}}`, nil},
		"a postal code":        {`{}`, url.Values{"commune": {"93200"}}, `{"commune":"93066"}`, nil},
		"a name of many":       {`{}`, url.Values{"commune": {"Saint-Denis"}}, `{}`, map[string]string{"commune": "erreur.commune_choisir"}},
		"a name and a number":  {`{}`, url.Values{"commune": {"saint denis 93"}}, `{"commune":"93066"}`, nil},
		"a name chosen":        {`{}`, url.Values{"commune": {"Saint-Denis"}, "commune.cherche": {"Saint-Denis"}, "commune.choix": {"93066"}}, `{"commune":"93066"}`, nil},
		"another name chosen":  {`{}`, url.Values{"commune": {"Saint-Denis"}, "commune.cherche": {"Niort"}, "commune.choix": {"93066"}}, `{}`, map[string]string{"commune": "erreur.commune_choisir"}},
		"overseas":             {`{}`, url.Values{"commune": {"97300"}}, `{}`, map[string]string{"commune": "erreur.commune_outre_mer"}},
		"French, no permit": {
			`{"demandeur":{"nationalite":"hors_ue","titre_sejour":"refugie","sejour_regulier_depuis":"2020-01-01"}}`,
			url.Values{"demandeur.nationalite": {"francaise"}, "demandeur.titre_sejour": {"refugie"}, "demandeur.sejour_regulier_depuis": {"01/2020"}},
			`{"demandeur":{"nationalite":"francaise"}}`, nil,
		},
		"a child at school is not asked about work": {
			`{"enfants":[{},{}]}`,
			url.Values{"enfants": {"2"}, "enfants[0].naissance": {"03/05/2019"}, "enfants[1].naissance": {"03/05/2011"}},
			`{"enfants":[{"naissance":"2019-05-03","activite":"inactif"},{"naissance":"2011-05-03"}]}`, nil,
		},
		"a child who is older after all": {
			`{"enfants":[{"naissance":"2019-05-03","activite":"inactif"}]}`,
			url.Values{"enfants": {"1"}, "enfants[0].naissance": {"03/05/2009"}},
			`{"enfants":[{"naissance":"2009-05-03"}]}`, nil,
		},
		"long alone": {`{"couple":"non"}`, url.Values{"couple": {"non"}, "isole_depuis": {"2018"}}, `{"couple":"non","isole_depuis":"2018-01-01"}`, nil},
		"alone since a year that is near": {
			`{"couple":"non"}`, url.Values{"couple": {"non"}, "isole_depuis": {"2025"}}, `{"couple":"non"}`, map[string]string{"isole_depuis": "erreur.mois_faux"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := profile.Decode([]byte(c.was))
			require.NoError(t, err)
			s := &household.State{Profile: p}
			next, wrong, err := s.Apply(household.Rows(s, nil, aids, today), c.typed, today)
			require.NoError(t, err)
			require.JSONEq(t, c.want, string(next.Profile.AppendJSON(nil)))
			told := map[string]string{}
			for row, problem := range wrong {
				told[row] = problem.Key
			}
			if c.wrong == nil {
				c.wrong = map[string]string{}
			}
			require.Equal(t, c.wrong, told)
		})
	}
}

func TestChildrenComeAndGo(t *testing.T) {
	s := household.New()
	s.AddChild()
	s.AddChild()
	s.Profile.Children.Value[1].Schooling = "college"
	s.Unsaid = []string{"couple", "enfants[0].naissance", "enfants[1].naissance"}
	s.RemoveChild(0)
	require.Equal(t, `{"enfants":[{"scolarite":"college"}]}`, string(s.Profile.AppendJSON(nil)))
	require.Equal(t, []string{"couple", "enfants[0].naissance"}, s.Unsaid)
	for range 2 * fact.MaxPeople {
		s.AddChild()
	}
	require.Len(t, s.Children(), fact.MaxPeople-1)
}

func TestNeSaitPas(t *testing.T) {
	s := household.New()
	rows := household.Rows(s, nil, aids, today)
	next, _, err := s.Apply(rows, url.Values{"couple": {"nsp"}, "demandeur.naissance.nsp": {"oui"}}, today)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"couple", "demandeur.naissance"}, next.Unsaid)
	later, _, err := next.Apply(rows, url.Values{"couple": {"non"}, "demandeur.naissance": {"25/04/1988"}, "demandeur.naissance.nsp": {"oui"}}, today)
	require.NoError(t, err)
	require.Empty(t, later.Unsaid, "the document came, and the box is still ticked")
	require.True(t, later.Profile.Claimant.Birth.Known())
}

// A child of seven has no row for work, and one for « nothing else » that opens on the kinds of income; one of sixteen has both.
func TestChildrenTooYoungToWork(t *testing.T) {
	p, err := profile.Decode([]byte(`{"enfants":[{"naissance":"2019-05-03"},{"naissance":"2010-05-03"}]}`))
	require.NoError(t, err)
	shown := map[string]bool{}
	for _, r := range household.Rows(&household.State{Profile: p}, nil, aids, today) {
		shown[r.Name] = !r.Folded
	}
	require.NotContains(t, shown, "enfants[0].activite")
	require.False(t, shown["enfants[0].revenus.salaire"])
	require.True(t, shown["enfants[0].revenus"])
	require.True(t, shown["enfants[1].activite"])
	require.True(t, shown["enfants[1].revenus.salaire"])
}
