package household

import (
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

const (
	childrenName = "enfants"
	receivedName = "prestations_percues"
	incomesName  = ".revenus"
	european     = "ue"
	foreign      = "hors_ue"
	single       = "non"
)

// The most that a profile takes, in EUR.
const (
	maxRent      = 20_000
	maxCharges   = 5_000
	maxTaxIncome = 5_000_000
	maxParts     = 20
	maxSavings   = 10_000_000
	maxQuotient  = 50_000
	maxFixed     = 20_000
)

// Rows lists the rows that the page has for a household, in its order. Those that stand there always are the same for everybody, so
// that an agent's hands know them; the others come when useful says that their answer can still change something, or when they have
// one. aids are those that may be received; today says which children are too young to work.
func Rows(s *State, useful Useful, aids []string, today profile.Date) []Row {
	return (&list{State: s, useful: useful, today: today}).all(aids)
}

func (l *list) all(aids []string) []Row {
	l.home()
	l.stay()
	l.housing()
	l.money()
	l.health()
	l.received(aids)
	return l.rows
}

// every lists all rows that people such as these could have, those that their other answers leave without a meaning too.
func every(s *State) []Row { return (&list{State: s, every: true}).all(nil) }

// list gathers rows. Without useful, every row is wanted.
type list struct {
	*State
	useful Useful
	every  bool
	today  profile.Date
	rows   []Row
}

func (l *list) add(r Row) { l.rows = append(l.rows, r) }

// wanted adds a row that is not for everybody.
func (l *list) wanted(r Row) {
	if l.useful == nil || l.useful.Under(r.Name) || l.IsUnsaid(r.Name) || r.Text(l.State) != "" {
		l.add(r)
	}
}

// variant gives the key of a question that is put in other words to the visitor than about somebody else.
func variant(topic, who string) string {
	if who == Claimant {
		return "question." + topic + ".titre_seul"
	}
	return "question." + topic + ".titre_un"
}

func birthRow(who, section string) Row {
	r := Row{Name: who + ".naissance", Section: section, Topic: "naissance", Who: who, Label: "question.naissance.nom." + who, Ask: "question.naissance.titre." + who}
	if _, child := ChildIndex(who); child {
		r.Topic, r.Label, r.Ask = "enfants", "question.enfants_naissance.date", "question.enfants_naissance.date"
	}
	return dayRow(r, func(p *profile.Profile) *profile.Date {
		if q := person(p, who); q != nil {
			return &q.Birth
		}
		return nil
	})
}

func (l *list) home() {
	l.add(birthRow(Claimant, SectionHome))
	l.add(activityRow(Claimant))
	couple := choiceRow(Row{Name: "couple", Section: SectionHome, Topic: "couple", Values: fact.Couples, Prefix: "couple.", Label: "question.couple.nom", Ask: "question.couple.titre"},
		func(p *profile.Profile) *string { return &p.Couple })
	l.add(couple)
	if l.Profile.Spouse != nil {
		l.add(birthRow(Spouse, SectionHome))
		l.add(activityRow(Spouse))
	}
	if l.every || l.Profile.Couple == single {
		l.wanted(dayRow(Row{Name: "isole_depuis", Section: SectionHome, Topic: "isole_depuis", Kind: Month, Label: "question.isole_depuis.nom", Ask: "question.isole_depuis.titre"},
			func(p *profile.Profile) *profile.Date { return &p.IsolatedFrom }))
	}
	l.add(childrenRow())
	for _, who := range l.Children() {
		l.add(birthRow(who, SectionHome))
		l.wanted(flagRow(Row{Name: who + ".garde_alternee", Section: SectionHome, Topic: "enfants", Who: who, Label: "question.garde.nom", Ask: "question.garde.titre"},
			func(q *profile.Person) *profile.Opt[bool] { return &q.SharedCustody }))
		l.wanted(personChoice(Row{Name: who + ".scolarite", Section: SectionHome, Topic: "scolarite", Who: who, Values: fact.Schools, Prefix: "scolarite.", Label: "question.enfants_scolarite.titre_un", Ask: "question.enfants_scolarite.titre_un"},
			func(q *profile.Person) *string { return &q.Schooling }))
		if !l.every && tooYoung(l.Person(who), l.today) {
			continue // at school: nobody has to be asked
		}
		l.wanted(personChoice(Row{Name: who + ".activite", Section: SectionHome, Topic: "scolarite", Who: who, Values: fact.Activities, Prefix: "activite.", Label: "question.enfants_activite.titre_un", Ask: "question.enfants_activite.titre_un"},
			func(q *profile.Person) *string { return &q.Activity }))
	}
}

func activityRow(who string) Row {
	return personChoice(Row{Name: who + ".activite", Section: SectionHome, Topic: "activite", Who: who, Values: fact.Activities, Prefix: "activite.", Label: "question.activite.nom." + who, Ask: "question.activite.titre." + who},
		func(q *profile.Person) *string { return &q.Activity })
}

func personChoice(r Row, of func(*profile.Person) *string) Row {
	return choiceRow(r, func(p *profile.Profile) *string {
		if q := person(p, r.Who); q != nil {
			return of(q)
		}
		return nil
	})
}

// childrenRow is how many children there are.
func childrenRow() Row {
	return Row{
		Name: childrenName, Section: SectionHome, Topic: "enfants", Kind: Number, Label: "question.enfants.nom", Ask: "question.enfants.titre",
		get: func(p *profile.Profile) string {
			if !p.Children.Known {
				return ""
			}
			return number(profile.Some(float64(len(p.Children.Value))))
		},
		set: setChildren,
	}
}

func (l *list) stay() {
	for _, who := range append(l.Adults(), l.Children()...) {
		_, child := ChildIndex(who)
		wanted := l.add
		if child {
			wanted = l.wanted
		}
		wanted(personChoice(Row{Name: who + ".nationalite", Section: SectionStay, Topic: "nationalite", Who: who, Values: fact.Nationalities, Prefix: "nationalite.", Label: "question.nationalite.nom", Ask: variant("nationalite", who)},
			func(q *profile.Person) *string { return &q.Nationality }))
		q := l.Person(who)
		if l.every || q.Nationality == foreign {
			row := Row{Name: who + ".titre_sejour", Section: SectionStay, Topic: "sejour", Who: who, Values: fact.Permits, Prefix: "titre_sejour.", Label: "question.sejour.nom." + who, Ask: "question.sejour.titre." + who}
			if child {
				row.Label, row.Ask = "question.enfants_titre.nom", "question.enfants_titre.titre_un"
			}
			wanted(personChoice(row, func(q *profile.Person) *string { return &q.Permit }))
		}
		if l.every || q.Nationality == foreign || q.Nationality == european {
			row := Row{Name: who + ".sejour_regulier_depuis", Section: SectionStay, Topic: "sejour", Who: who, Kind: Month, Label: "question.sejour.depuis", Ask: "question.sejour.depuis"}
			if q.Nationality == european && !child {
				row.Label, row.Ask = "question.sejour.titre_ue."+who, "question.sejour.titre_ue."+who
			}
			l.wanted(dayRow(row, func(p *profile.Profile) *profile.Date {
				if q := person(p, who); q != nil {
					return &q.StayFrom
				}
				return nil
			}))
			l.wanted(flagRow(Row{Name: who + ".sejour_justifie", Section: SectionStay, Topic: "sejour", Who: who, Label: "question.sejour_justifie.nom", Ask: variant("sejour_justifie", who)},
				func(q *profile.Person) *profile.Opt[bool] { return &q.StayProven }))
		}
	}
}

func (l *list) housing() {
	const section = SectionHousing
	l.add(placeRow())
	l.wanted(dayRow(Row{Name: "residence_commune_depuis", Section: section, Topic: "commune", Kind: Month, Label: "question.residence_commune.nom", Ask: "question.residence_commune.titre"},
		func(p *profile.Profile) *profile.Date { return &p.ResidentFrom }))
	l.add(choiceRow(Row{Name: "logement.statut", Section: section, Topic: "logement", Values: fact.Statuses, Prefix: "logement.", Label: "question.logement.nom", Ask: "question.logement.titre"},
		func(p *profile.Profile) *string { return &p.Housing.Status }))
	status := l.Profile.Housing.Status
	if regimes := regimesOf(status); l.every || len(regimes) > 0 {
		l.add(choiceRow(Row{Name: "logement.regime", Section: section, Topic: "logement", Values: regimes, Prefix: "regime." + status + ".", Label: "question.regime.nom", Ask: "question.regime.titre." + status},
			func(p *profile.Profile) *string { return &p.Housing.Regime }))
	}
	if l.every || status == "accedant" {
		l.add(dayRow(Row{Name: "logement.pret_signe_le", Section: section, Topic: "logement", Kind: Month, Label: "question.pret.nom", Ask: "question.pret.titre"},
			func(p *profile.Profile) *profile.Date { return &p.Housing.LoanSigned }))
		l.wanted(choiceRow(Row{Name: "logement.pret_pour", Section: section, Topic: "logement", Values: fact.LoanPurposes, Prefix: "pret_pour.", Label: "question.pret_nature.pour", Ask: "question.pret_nature.pour"},
			func(p *profile.Profile) *string { return &p.Housing.LoanFor }))
		l.wanted(choiceRow(Row{Name: "logement.pret", Section: section, Topic: "logement", Values: fact.LoanKinds, Prefix: "pret.", Label: "question.pret_nature.genre", Ask: "question.pret_nature.titre"},
			func(p *profile.Profile) *string { return &p.Housing.Loan }))
	}
	rent := Row{Name: "logement.loyer", Section: section, Topic: "loyer", Unit: "montants.eur", Label: "question.loyer.montant", Ask: "question.loyer.titre"}
	switch status {
	case "accedant":
		rent.Label, rent.Ask = "question.loyer.montant.accedant", "question.loyer.titre.accedant"
	case "foyer":
		rent.Label, rent.Ask = "question.loyer.montant.foyer", "question.loyer.titre.foyer"
	}
	if l.every || !rentFree(status) {
		l.add(amountRow(rent, maxRent, func(p *profile.Profile) *profile.Opt[float64] { return &p.Housing.Rent }))
	}
	l.wanted(amountRow(Row{Name: "logement.charges", Section: section, Topic: "charges", Unit: "montants.eur", Label: "question.loyer.charges", Ask: "question.loyer.titre.libre"}, maxCharges,
		func(p *profile.Profile) *profile.Opt[float64] { return &p.Housing.Charges }))
}

// regimesOf lists the regimes that a dwelling of that status may have.
func regimesOf(status string) []string {
	switch status {
	case "foyer":
		return fact.Regimes[:3]
	case "residence_etudiante":
		return []string{"conventionne", "non_conventionne", "chambre", "chambre_rehabilitee"}
	}
	return nil
}

func rentFree(status string) bool {
	return slices.Contains([]string{"proprietaire", "heberge_gratuitement", "sans_domicile"}, status)
}

func (l *list) money() {
	const section = SectionMoney
	for _, who := range l.Adults() {
		l.incomes(who)
	}
	for _, who := range l.Children() {
		if q := l.Person(who); l.useful == nil || q.Incomes.Known || l.useful.Under(who+incomesName) || l.IsUnsaid(who+incomesName) {
			l.incomes(who)
		}
	}
	l.add(amountRow(Row{Name: "foyer_fiscal.rfr", Section: section, Topic: "foyer_fiscal", Unit: "montants.par_an", Label: "question.foyer_fiscal.rfr", Ask: "question.foyer_fiscal.titre"}, maxTaxIncome,
		func(p *profile.Profile) *profile.Opt[float64] { return &p.TaxHousehold.Income }))
	l.wanted(partsRow())
	l.add(amountRow(Row{Name: "epargne", Section: section, Topic: "epargne", Unit: "montants.eur", Label: "question.epargne.nom", Ask: "question.epargne.titre"}, maxSavings,
		func(p *profile.Profile) *profile.Opt[float64] { return &p.Savings }))
	l.wanted(amountRow(Row{Name: "quotient_familial", Section: section, Topic: "quotient_familial", Unit: "montants.eur", Label: "question.quotient_familial.nom", Ask: "question.quotient_familial.titre"}, maxQuotient,
		func(p *profile.Profile) *profile.Opt[float64] { return &p.Quotient }))
	l.wanted(amountRow(Row{Name: "charges_fixes", Section: section, Topic: "charges_fixes", Unit: "montants.eur", Label: "question.charges_fixes.nom", Ask: "question.charges_fixes.titre"}, maxFixed,
		func(p *profile.Profile) *profile.Opt[float64] { return &p.FixedCharges }))
}

func partsRow() Row {
	r := amountRow(Row{Name: "foyer_fiscal.parts", Section: SectionMoney, Topic: "foyer_fiscal", Kind: Number, Label: "question.foyer_fiscal.parts", Ask: "question.foyer_fiscal.parts"}, maxParts,
		func(p *profile.Profile) *profile.Opt[float64] { return &p.TaxHousehold.Parts })
	within := r.set
	r.set = func(b *reading, text string) *Problem {
		if bad := within(b, text); bad != nil || b.p.TaxHousehold.Parts.Known && b.p.TaxHousehold.Parts.Value < 1 {
			b.p.TaxHousehold.Parts = profile.Opt[float64]{}
			return &Problem{Key: "erreur.parts"}
		}
		return nil
	}
	return r
}

func (l *list) health() {
	const section = SectionHealth
	for _, who := range append(l.Adults(), l.Children()...) {
		_, child := ChildIndex(who)
		always := l.add
		if child {
			always = l.wanted
		}
		rate := rateRow(Row{Name: who + ".handicap.taux", Section: section, Topic: "sante", Who: who, Label: "question.handicap.nom", Ask: variant("handicap", who)})
		always(rate)
		if l.every || rate.Text(l.State) == "50" {
			l.add(flagRow(Row{Name: who + ".handicap.rsdae", Section: section, Topic: "sante", Who: who, Label: "question.rsdae.nom", Ask: "question.rsdae.titre"},
				func(q *profile.Person) *profile.Opt[bool] { return &q.WorkRestriction }))
		}
		always(flagRow(Row{Name: who + ".enceinte", Section: section, Topic: "grossesse", Who: who, Label: "question.enceinte.nom", Ask: variant("enceinte", who)},
			func(q *profile.Person) *profile.Opt[bool] { return &q.Pregnant }))
		always(flagRow(Row{Name: who + ".inapte_travail", Section: section, Topic: "inaptitude", Who: who, Label: "question.inapte.nom", Ask: variant("inapte", who)},
			func(q *profile.Person) *profile.Opt[bool] { return &q.Unfit }))
	}
}

// Find gives the row that settles the fact of path: its own, or that of the topic when the fact follows from another.
func Find(rows []Row, path string) *Row {
	at := func(name string) *Row {
		if i := slices.IndexFunc(rows, func(r Row) bool { return r.Name == name }); i >= 0 {
			return &rows[i]
		}
		return nil
	}
	if r := at(path); r != nil {
		return r
	}
	switch who, field, _ := strings.Cut(path, "."); {
	case fact.OfCommune[path]:
		return at("commune")
	case path == "foyer_fiscal.rfr_selon":
		return at("foyer_fiscal.rfr")
	case strings.HasPrefix(path, receivedName):
		return at(receivedName)
	case who == Spouse && at(path) == nil && field != "" && at(Spouse+".naissance") == nil:
		return at("couple")
	case field == "" && (who == Spouse || strings.HasPrefix(who, childrenName+"[")):
		return at(who + ".naissance")
	}
	return nil
}
