package profile

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
)

var today = DateOf(2026, 6, 15)

// conventions are the factors of the national simulator, as the contract states them.
func conventions() *Conversions {
	c := Unconverted()
	salary, unemployment, pension := index(fact.Incomes, "salaire"), index(fact.Incomes, "chomage"), index(fact.Incomes, "retraite")
	c.Taxable[salary], c.Gross[salary] = 1+0.029*0.9825/0.78, 1/0.78
	c.Gross[unemployment] = 1 / (1 - ((0.062+0.005)*0.9825 + 0.028))
	c.Gross[pension] = 1 / 0.926
	return c
}

type household struct{ fact.Household }

func factsOf(t require.TestingT, text string) *household {
	p, err := Decode([]byte(text))
	require.NoError(t, err)
	h := new(household)
	require.NoError(t, p.Facts(&h.Household, today, conventions()))
	h.requireSound(t)
	return h
}

// requireSound holds the invariants that every household has.
func (h *household) requireSound(t require.TestingT) {
	asked := func(s fact.Set) {
		for i := range fact.Questions {
			if s.Has(i) && i >= len(h.Questions) {
				require.Fail(t, "a question that is not asked")
			}
		}
	}
	number := func(n fact.Num, low, high float64) {
		if !(low <= n.Lo && n.Lo <= n.Hi && n.Hi <= high) || n.Decided() != n.Miss.Empty() {
			require.Fail(t, "unsound number", "%v not of %v..%v", n, low, high)
		}
		if !n.Miss.Empty() {
			asked(n.Miss)
		}
	}
	flag := func(v fact.Tri) {
		require.NotZero(t, v.V)
		require.Equal(t, v.V != fact.Either, v.Miss.Empty())
		asked(v.Miss)
	}
	choice := func(c fact.Choice, values []string) {
		require.NotZero(t, c.Mask)
		require.Zero(t, c.Mask&^every(values))
		require.Equal(t, c.Decided(), c.Miss.Empty())
		asked(c.Miss)
	}
	for _, f := range fact.HouseholdFacts {
		switch f.Kind {
		case fact.Number:
			number(h.Nums[f.Slot], f.Min, f.Max)
			if f.Name == "foyer_fiscal.parts" {
				require.GreaterOrEqual(t, h.Nums[f.Slot].Lo, 1.0)
			}
		case fact.Date:
			number(h.Nums[f.Slot], 1, 1e6)
		case fact.Flag:
			flag(h.Flags[f.Slot])
		case fact.Enum:
			choice(h.Choices[f.Slot], f.Values)
		}
	}
	require.Len(t, h.All, len(h.People))
	require.Len(t, h.People, len(h.Adults)+len(h.Children))
	for i := range h.People {
		q := &h.People[i]
		require.Equal(t, i, h.All[i])
		require.LessOrEqual(t, q.Least, q.Most)
		require.Equal(t, q.Least == q.Most, q.Miss.Empty())
		for _, f := range fact.PersonFacts {
			switch f.Kind {
			case fact.Number:
				number(q.Nums[f.Slot], f.Min, f.Max)
			case fact.Date:
				number(q.Nums[f.Slot], 1, 1e6)
			case fact.Flag:
				flag(q.Flags[f.Slot])
			case fact.Enum:
				choice(q.Choices[f.Slot], f.Values)
			}
		}
		for k := range q.Incomes {
			for face := range fact.Faces {
				for _, back := range []int{0, 1, 12, 59} {
					number(q.Incomes[k].At(face, back), 0, fact.MaxIncome)
				}
			}
		}
	}
}

func day(y, m, d int) fact.Num { return fact.Known(float64(fact.DayOf(y, m, d))) }

func (h *household) questions(s fact.Set) []string {
	var paths []string
	for i, q := range h.Questions {
		if s.Has(i) {
			paths = append(paths, q)
		}
	}
	return paths
}

func TestFactsOfTypical(t *testing.T) {
	h := factsOf(t, typical)
	require.Equal(t, fact.MonthOf(2024, 11), h.Month)
	require.Empty(t, h.Questions)
	require.Equal(t, only(fact.Couples, "concubinage"), h.Choices[fact.Couple])
	require.Equal(t, only(fact.Zones, "zone_1"), h.Choices[fact.Zone])
	require.Equal(t, only(fact.Statuses, "locataire_meuble"), h.Choices[fact.HousingStatus])
	require.Equal(t, fact.Known(551.3), h.Nums[fact.Rent])
	require.Equal(t, fact.Known(40), h.Nums[fact.Charges])
	require.Equal(t, fact.Known(30000), h.Nums[fact.TaxIncome])
	require.Equal(t, fact.Known(3.5), h.Nums[fact.TaxParts])
	require.Equal(t, fact.Known(1500), h.Nums[fact.Savings])
	require.Equal(t, fact.Known(712), h.Nums[fact.FamilyQuotient])
	require.Equal(t, fact.Known(95.5), h.Nums[fact.FixedCharges])
	require.Equal(t, day(2019, 9, 1), h.Nums[fact.ResidentFrom])
	require.Equal(t, fact.Place{Commune: "93055", Departement: "93"}, h.Place)
	require.Equal(t, []int{0, 1}, h.Adults)
	require.Equal(t, []int{2, 3, 4}, h.Children)

	spouse := &h.People[1]
	require.Equal(t, day(1972, 7, 16), spouse.Nums[fact.Birth])
	require.Equal(t, only(fact.Nationalities, "hors_ue"), spouse.Choices[fact.Nationality])
	require.Equal(t, only(fact.Permits, "carte_resident"), spouse.Choices[fact.Permit])
	require.Equal(t, day(2010, 1, 15), spouse.Nums[fact.StayFrom])
	require.Equal(t, fact.Known(55), spouse.Nums[fact.DisabilityRate])
	require.Equal(t, fact.Is(true), spouse.Flags[fact.Pregnant])
	require.Equal(t, fact.Is(false), spouse.Flags[fact.WorkRestriction])
	require.Equal(t, fact.Is(false), spouse.Flags[fact.Unfit])

	for i, school := range []string{"college", "elementaire", "maternelle"} {
		child := &h.People[2+i]
		require.True(t, child.Child)
		require.Equal(t, only(fact.Schools, school), child.Choices[fact.Schooling])
		require.Equal(t, only(fact.Activities, "inactif"), child.Choices[fact.Activity])
		require.Equal(t, fact.Is(i == 1), child.Flags[fact.SharedCustody])
		require.Equal(t, fact.Known(0), child.Incomes[0].At(fact.Net, 0))
	}

	salary := &h.People[0].Incomes[0]
	ratio := 1689.31 / 1629.78
	require.Equal(t, fact.Known(0), salary.At(fact.Net, 0))
	require.Equal(t, fact.Known(0), salary.At(fact.Gross, 1))
	require.Equal(t, fact.Known(1629.78), salary.At(fact.Net, 2))
	require.Equal(t, fact.Known(1689.31), salary.At(fact.Taxable, 59))
	require.InDelta(t, 1629.78/0.78, salary.At(fact.Gross, 2).Lo, 1e-9)
	require.InDelta(t, ratio*1629.78, salary.At(fact.Taxable, 2).Lo, 1e-9)
	require.Equal(t, fact.Known(120), h.People[0].Incomes[index(fact.Incomes, "locatif")].At(fact.Gross, 0))
}

func TestIncomes(t *testing.T) {
	income := func(kind, text string) *fact.Series {
		h := factsOf(t, `{"date":"2026-06-15","complet":true,"demandeur":{"naissance":"1990-01-01","revenus":{"`+kind+`":`+text+`}}}`)
		return &h.People[0].Incomes[index(fact.Incomes, kind)]
	}
	for _, c := range []struct {
		name, kind, text    string
		back                int
		net, taxable, gross float64
	}{
		{"salary by convention", "salaire", `1000`, 5, 1000, 1000 * (1 + 0.029*0.9825/0.78), 1000 / 0.78},
		{"unemployment by convention", "chomage", `1000`, 0, 1000, 1000, 1000 / (1 - ((0.062+0.005)*0.9825 + 0.028))},
		{"pension by convention", "retraite", `1000`, 0, 1000, 1000, 1000 / 0.926},
		{"alimony as it is", "pension_alimentaire_percue", `{"net":150}`, 0, 150, 150, 150},
		{"stated amounts", "salaire", `{"net":1000,"imposable":1100,"brut":1300}`, 0, 1000, 1100, 1300},
		{"single month, stated ratios", "salaire", `{"net":1000,"imposable":1100,"brut":1300,"mois":{"2026-05":500}}`, 1, 500, 550, 650},
		{"other months", "salaire", `{"net":1000,"imposable":1100,"brut":1300,"mois":{"2026-05":500}}`, 0, 1000, 1100, 1300},
		{"single month of an income that was nil", "salaire", `{"net":0,"imposable":0,"mois":{"2026-04":780}}`, 2, 780, 780 * (1 + 0.029*0.9825/0.78), 1000},
		{"month of this one", "salaire", `{"net":0,"mois":{"2026-06":780}}`, 0, 780, 780 * (1 + 0.029*0.9825/0.78), 1000},
		{"older than remembered", "retraite", `{"net":100,"mois":{"2016-06":780}}`, 59, 100, 100, 100 / 0.926},
		{"first month of a year", "retraite", `{"net":100,"annees":{"2025":6000}}`, 17, 100, 500, 100 / 0.926},
		{"last month of a year", "retraite", `{"net":100,"annees":{"2025":6000}}`, 6, 100, 500, 100 / 0.926},
		{"month after that year", "retraite", `{"net":100,"annees":{"2025":6000}}`, 5, 100, 100, 100 / 0.926},
		{"month before that year", "retraite", `{"net":100,"annees":{"2025":6000}}`, 18, 100, 100, 100 / 0.926},
		{"year not yet over", "retraite", `{"net":100,"annees":{"2026":6000}}`, 0, 100, 500, 100 / 0.926},
		{"year half forgotten", "retraite", `{"net":100,"annees":{"2021":6000}}`, 59, 100, 500, 100 / 0.926},
		{"year wins over its months", "retraite", `{"net":100,"mois":{"2025-03":300},"annees":{"2025":6000}}`, 15, 300, 500, 300 / 0.926},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := income(c.kind, c.text)
			require.InDelta(t, c.net, s.At(fact.Net, c.back).Lo, 1e-9)
			require.InDelta(t, c.taxable, s.At(fact.Taxable, c.back).Lo, 1e-9)
			require.InDelta(t, c.gross, s.At(fact.Gross, c.back).Lo, 1e-9)
		})
	}
	require.Nil(t, income("salaire", `{"net":1000,"imposable":1100}`).Months)
	require.Equal(t, fact.Known(0), income("salaire", `null`).At(fact.Net, 0), "complete: not stated is none")

	p, err := Decode([]byte(`{"demandeur":{"revenus":{"salaire":45000}},"enfants":[{"revenus":{"autre":{"net":0.01,"imposable":1000,"mois":{"2026-01":900}}}}]}`))
	require.NoError(t, err)
	var refused *Error
	require.ErrorAs(t, p.Facts(new(fact.Household), today, conventions()), &refused)
	require.Len(t, refused.Problems, 2)
	require.Equal(t, "demandeur.revenus.salaire.brut", refused.Problems[0].Path)
	require.Equal(t, "enfants[0].revenus.autre.mois", refused.Problems[1].Path)
}

func TestDefaultsOfComplete(t *testing.T) {
	h := factsOf(t, `{"complet":true,"demandeur":{"naissance":"1990-01-02"}}`)
	require.Equal(t, fact.MonthOf(2026, 6), h.Month)
	require.Equal(t, []string{"foyer_fiscal.rfr", "foyer_fiscal.parts", "quotient_familial"}, h.Questions)
	require.Equal(t, fact.Place{}, h.Place, "no local aid is theirs")
	require.Equal(t, fact.Known(0), h.Nums[fact.FixedCharges])
	require.Equal(t, day(2006, 6, 15), h.Nums[fact.ResidentFrom])
	require.Equal(t, only(fact.Couples, "non"), h.Choices[fact.Couple])
	require.Equal(t, day(2006, 6, 15), h.Nums[fact.IsolatedFrom])
	require.Equal(t, only(fact.Statuses, "sans_domicile"), h.Choices[fact.HousingStatus])
	require.Equal(t, fact.Known(0), h.Nums[fact.Rent])
	require.Equal(t, fact.Known(0), h.Nums[fact.Charges])
	require.Equal(t, fact.Known(0), h.Nums[fact.Savings])
	require.Len(t, h.People, 1)
	q := &h.People[0]
	require.Equal(t, only(fact.Nationalities, "francaise"), q.Choices[fact.Nationality])
	require.Equal(t, only(fact.Permits, "aucun"), q.Choices[fact.Permit])
	require.Equal(t, day(1990, 1, 2), q.Nums[fact.StayFrom])
	require.Equal(t, only(fact.Activities, "inactif"), q.Choices[fact.Activity])
	require.Equal(t, only(fact.Schools, "non_scolarise"), q.Choices[fact.Schooling])
	require.Equal(t, fact.Known(0), q.Nums[fact.DisabilityRate])
	for i := range q.Flags {
		require.Equal(t, fact.Is(i == fact.StayProven), q.Flags[i])
	}
	require.Equal(t, [fact.IncomeKinds]fact.Series{}, q.Incomes)
	require.Zero(t, h.Stated)
	require.Equal(t, uint32(1), q.Stated)
}

func TestNothingKnown(t *testing.T) {
	h := factsOf(t, `{}`)
	require.Equal(t, every(fact.Couples), h.Choices[fact.Couple].Mask)
	require.Equal(t, []string{"couple"}, h.questions(h.Choices[fact.Couple].Miss))
	require.Equal(t, []string{"commune"}, h.questions(h.Choices[fact.Zone].Miss))
	require.Equal(t, fact.Place{Miss: h.Choices[fact.Zone].Miss}, h.Place)
	require.Equal(t, []string{"residence_commune_depuis"}, h.questions(h.Nums[fact.ResidentFrom].Miss))
	require.Equal(t, []string{"quotient_familial"}, h.questions(h.Nums[fact.FamilyQuotient].Miss))
	require.Equal(t, []string{"isole_depuis"}, h.questions(h.Nums[fact.IsolatedFrom].Miss))
	require.Equal(t, []string{"logement.statut"}, h.questions(h.Choices[fact.HousingStatus].Miss))
	require.Equal(t, []string{"logement.loyer"}, h.questions(h.Nums[fact.Rent].Miss))
	require.Len(t, h.People, 3)

	claimant, spouse, child := &h.People[0], &h.People[1], &h.People[2]
	require.Equal(t, []int{1, 1}, []int{claimant.Least, claimant.Most})
	require.Equal(t, []string{"demandeur.naissance"}, h.questions(claimant.Nums[fact.Birth].Miss))
	require.Equal(t, []string{"demandeur.handicap.rsdae"}, h.questions(claimant.Flags[fact.WorkRestriction].Miss))
	require.Equal(t, float64(fact.DayOf(1906, 6, 15)), claimant.Nums[fact.Birth].Lo)
	require.Equal(t, float64(fact.DayOf(2012, 6, 15)), claimant.Nums[fact.Birth].Hi)
	for k := range claimant.Incomes {
		require.Equal(t, []string{"demandeur.revenus"}, h.questions(claimant.Incomes[k].Miss))
	}
	require.Equal(t, []int{0, 1}, []int{spouse.Least, spouse.Most})
	require.Equal(t, []string{"couple"}, h.questions(spouse.Miss))
	require.Equal(t, []string{"couple"}, h.questions(spouse.Nums[fact.Birth].Miss.Or(spouse.Incomes[0].Miss).Or(spouse.Choices[fact.Permit].Miss)))
	require.Equal(t, []int{0, 19}, []int{child.Least, child.Most})
	require.Equal(t, []string{"enfants"}, h.questions(child.Miss.Or(child.Nums[fact.Birth].Miss).Or(child.Flags[fact.SharedCustody].Miss)))
	require.Equal(t, float64(fact.DayOf(1996, 6, 15)), child.Nums[fact.Birth].Lo)
	require.Equal(t, "demandeur", PathOf(&h.Household, 0))
	require.Equal(t, "conjoint", PathOf(&h.Household, 1))
	require.Equal(t, "enfants", PathOf(&h.Household, 2))
	for _, q := range h.Questions {
		require.NotContains(t, q, "conjoint")
		require.NotContains(t, q, "enfants[")
		require.NotEqual(t, "demandeur.garde_alternee", q)
	}
}

func TestPartial(t *testing.T) {
	t.Run("a couple without a described spouse", func(t *testing.T) {
		h := factsOf(t, `{"couple":"pacse","enfants":[]}`)
		require.Len(t, h.People, 2)
		require.Equal(t, []int{1, 1}, []int{h.People[1].Least, h.People[1].Most})
		require.Equal(t, []string{"conjoint.naissance"}, h.questions(h.People[1].Nums[fact.Birth].Miss))
		require.NotContains(t, h.Questions, "isole_depuis")
	})
	t.Run("a spouse without a kind of couple", func(t *testing.T) {
		h := factsOf(t, `{"conjoint":{"naissance":"1990-01-01"}}`)
		require.Equal(t, uint32(0b1110), h.Choices[fact.Couple].Mask)
		require.Equal(t, []string{"couple"}, h.questions(h.Choices[fact.Couple].Miss))
		require.Equal(t, day(1990, 1, 1), h.People[1].Nums[fact.Birth])
		require.Equal(t, 18, h.People[2].Most)
		require.NotContains(t, h.Questions, "isole_depuis")
	})
	t.Run("someone isolated", func(t *testing.T) {
		h := factsOf(t, `{"isole_depuis":"2024-01-01"}`)
		require.Equal(t, only(fact.Couples, "non"), h.Choices[fact.Couple])
		require.Equal(t, day(2024, 1, 1), h.Nums[fact.IsolatedFrom])
		require.Len(t, h.Adults, 1)
	})
	t.Run("someone single", func(t *testing.T) {
		h := factsOf(t, `{"couple":"non"}`)
		require.Len(t, h.People, 2)
		require.True(t, h.People[1].Child)
		require.Equal(t, 19, h.People[1].Most)
		require.Contains(t, h.Questions, "isole_depuis")
	})
	t.Run("a kind of income unknown", func(t *testing.T) {
		h := factsOf(t, `{"demandeur":{"revenus":{"salaire":null,"chomage":500}}}`)
		q := &h.People[0]
		require.Equal(t, []string{"demandeur.revenus.salaire"}, h.questions(q.Incomes[0].Miss))
		require.Equal(t, fact.Num{Lo: 0, Hi: fact.MaxIncome, Miss: q.Incomes[0].Miss}, q.Incomes[0].At(fact.Gross, 3))
		require.Equal(t, fact.Known(500), q.Incomes[3].At(fact.Net, 0))
		require.Equal(t, fact.Known(0), q.Incomes[5].At(fact.Net, 0))
		require.Equal(t, fact.StatedIncomes|1<<(fact.StatedIncome+3), q.Stated)
	})
	t.Run("French, European and neither", func(t *testing.T) {
		h := factsOf(t, `{"demandeur":{"nationalite":"francaise","naissance":"1990-01-01"},"conjoint":{"nationalite":"ue"},"enfants":[{"nationalite":"hors_ue","naissance":"2020-01-01"}]}`)
		require.Equal(t, only(fact.Permits, "aucun"), h.People[0].Choices[fact.Permit])
		require.Equal(t, day(1990, 1, 1), h.People[0].Nums[fact.StayFrom])
		require.Equal(t, only(fact.Permits, "aucun"), h.People[1].Choices[fact.Permit])
		require.Equal(t, []string{"conjoint.sejour_regulier_depuis"}, h.questions(h.People[1].Nums[fact.StayFrom].Miss))
		require.Equal(t, []string{"enfants[0].titre_sejour"}, h.questions(h.People[2].Choices[fact.Permit].Miss))
		require.Equal(t, fact.Is(true), h.People[0].Flags[fact.StayProven])
		require.Equal(t, []string{"conjoint.sejour_justifie"}, h.questions(h.People[1].Flags[fact.StayProven].Miss))
		require.Equal(t, []string{"enfants[0].sejour_justifie"}, h.questions(h.People[2].Flags[fact.StayProven].Miss))
		require.Equal(t, float64(fact.DayOf(2020, 1, 1)), h.People[2].Nums[fact.StayFrom].Lo)
		require.Equal(t, "enfants[0]", PathOf(&h.Household, 2))
	})
	t.Run("a dwelling without rent", func(t *testing.T) {
		for _, status := range []string{"proprietaire", "heberge_gratuitement", "sans_domicile"} {
			h := factsOf(t, `{"logement":{"statut":"`+status+`"}}`)
			require.Equal(t, fact.Known(0), h.Nums[fact.Rent])
			require.Contains(t, h.Questions, "logement.charges")
		}
	})
	t.Run("what only some dwellings have", func(t *testing.T) {
		for text, want := range map[string][]string{
			`{"logement":{"statut":"foyer"}}`:                                  {"conventionne", "conventionne_sans_travaux", "non_conventionne"},
			`{"logement":{"statut":"residence_etudiante"}}`:                    {"conventionne", "non_conventionne", "chambre", "chambre_rehabilitee"},
			`{"logement":{"statut":"residence_etudiante","regime":"chambre"}}`: {"chambre"},
			`{"logement":{"statut":"locataire_hlm"}}`:                          {"non_conventionne"},
			`{}`: fact.Regimes,
		} {
			h := factsOf(t, text)
			var open []string
			for i, v := range fact.Regimes {
				if h.Choices[fact.HousingRegime].Mask&(1<<i) != 0 {
					open = append(open, v)
				}
			}
			require.Equal(t, want, open, text)
		}
		require.Equal(t, []string{"logement.statut"}, factsOf(t, `{}`).questions(factsOf(t, `{}`).Choices[fact.HousingRegime].Miss), "asked once the status is known")
		const complete = `{"complet":true,"date":"2026-06-15","commune":"13055","demandeur":{"naissance":"1990-01-01"},"logement":{"statut":`
		h := factsOf(t, complete+`"foyer"}}`)
		require.Equal(t, []string{"logement.regime"}, h.questions(h.Choices[fact.HousingRegime].Miss), "nothing is presumed of a home")
		h = factsOf(t, complete+`"accedant"}}`)
		require.Equal(t, []string{"logement.pret_signe_le"}, h.questions(h.Nums[fact.LoanSigned].Miss), "nor of a loan")
		for slot, path := range map[int]string{fact.LoanKind: "logement.pret", fact.LoanPurpose: "logement.pret_pour"} {
			require.Equal(t, []string{path}, h.questions(h.Choices[slot].Miss), "nor of what it is and is for")
			require.True(t, factsOf(t, complete+`"locataire_vide"}}`).Choices[slot].Decided(), "a tenant has none to tell")
		}
		h = factsOf(t, complete+`"accedant","pret":"conventionne","pret_pour":"travaux","pret_signe_le":"2015-03-01"}}`)
		require.Equal(t, only(fact.LoanKinds, "conventionne"), h.Choices[fact.LoanKind])
		require.Equal(t, only(fact.LoanPurposes, "travaux"), h.Choices[fact.LoanPurpose])
		require.Equal(t, fact.Known(float64(fact.DayOf(2015, 3, 1))), h.Nums[fact.LoanSigned])
	})
	t.Run("more questions than bits", func(t *testing.T) {
		text := `{"enfants":[{}`
		for range 17 {
			text += `,{}`
		}
		h := factsOf(t, text+`]}`)
		require.Greater(t, len(h.Questions), fact.Questions)
	})
}

func TestSchoolOf(t *testing.T) {
	for _, c := range []struct{ birth, day, school string }{
		{"2023-12-31", "2026-08-31", "non_scolarise"},
		{"2023-12-31", "2026-09-01", "maternelle"},
		{"2024-01-01", "2026-09-01", "non_scolarise"},
		{"2020-12-31", "2026-09-01", "elementaire"},
		{"2021-01-01", "2027-06-30", "maternelle"},
		{"2015-05-05", "2026-10-01", "college"},
		{"2011-05-05", "2026-10-01", "lycee"},
		{"2008-05-05", "2027-07-01", "superieur"},
		{"2006-05-05", "2027-07-01", "non_scolarise"},
		{"2008-05-05", "2026-07-01", "lycee"},
	} {
		birth, err := ParseDate(c.birth)
		require.NoError(t, err)
		at, err := ParseDate(c.day)
		require.NoError(t, err)
		require.Equal(t, c.school, schoolOf(birth, at), "%s on %s", c.birth, c.day)
	}
}

// What needs a day is checked with today's when the profile has none.
func TestCheckToday(t *testing.T) {
	p, err := Decode([]byte(`{"demandeur":{"naissance":"2012-06-16"},"enfants":[{"naissance":"2030-01-01"}]}`))
	require.NoError(t, err)
	var refused *Error
	require.ErrorAs(t, p.Facts(new(fact.Household), today, conventions()), &refused)
	require.Len(t, refused.Problems, 2)
	require.ErrorAs(t, p.Check(today), &refused)
	require.NoError(t, p.Check(DateOf(2030, 1, 1)))
}

// A profile made by hand is held to the same rules.
func TestCheckByHand(t *testing.T) {
	for name, p := range map[string]*Profile{
		"enumeration": {Couple: "libre"},
		"kind":        {Claimant: Person{Incomes: Some([]Income{{Kind: "gages", Net: Some(1.0)}})}},
		"kinds":       {Claimant: Person{Incomes: Some([]Income{{Kind: "autre"}, {Kind: "autre"}})}},
		"aid":         {Received: Some([]Benefit{{Aid: "Le RSA"}})},
		"id":          {ID: "\xff"},
		"month twice": {Claimant: Person{Incomes: Some([]Income{{Kind: "autre", Net: Some(1.0), Months: []MonthAmount{{24000, 1}, {24000, 1}}}})}},
		"year twice":  {Claimant: Person{Incomes: Some([]Income{{Kind: "autre", Net: Some(1.0), Years: []YearAmount{{2020, 1}, {2020, 1}}}})}},
	} {
		var refused *Error
		require.ErrorAs(t, p.Check(today), &refused, name)
		require.Len(t, refused.Problems, 1, name)
	}
}

// A household is filled again without allocating, whatever it held before.
func TestFactsAllocateNothing(t *testing.T) {
	full, err := Decode([]byte(typical))
	require.NoError(t, err)
	partial, err := Decode([]byte(`{"couple":"marie","demandeur":{"revenus":{"salaire":{"net":12,"mois":{"2026-01":3}}}},"enfants":[{},{}]}`))
	require.NoError(t, err)
	h, conv := new(fact.Household), conventions()
	require.Zero(t, testing.AllocsPerRun(100, func() {
		if full.Facts(h, today, conv) != nil || partial.Facts(h, today, conv) != nil {
			t.Fatal("refused")
		}
	}))
	again, fresh := new(fact.Household), new(fact.Household)
	require.NoError(t, partial.Facts(again, today, conv))
	require.NoError(t, full.Facts(again, today, conv))
	require.NoError(t, full.Facts(fresh, today, conv))
	again.Tables, fresh.Tables, again.Questions = nil, nil, fresh.Questions
	require.Equal(t, fresh, again)
}

func TestOracleProfiles(t *testing.T) {
	for _, p := range oracle(t) {
		roundTrip(t, p)
		h := new(household)
		require.NoError(t, p.Facts(&h.Household, today, conventions()), p.ID)
		h.requireSound(t)
		require.Equal(t, []string{"foyer_fiscal.rfr", "foyer_fiscal.parts", "quotient_familial"}, h.Questions)
	}
}

func BenchmarkFacts(b *testing.B) {
	p, err := Decode([]byte(typical))
	require.NoError(b, err)
	h, conv := new(fact.Household), conventions()
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Facts(h, today, conv); err != nil {
			b.Fatal(err)
		}
	}
}
