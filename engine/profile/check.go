package profile

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/engine/fact"
	"guichet/engine/territory"
)

// What a household may be. The ages bound the domains of unknown births, too; they are limits of the form, not of the
// law: someone younger than 14 asks for nothing in their own name, and no aid counts a dependent child beyond 30.
const (
	minAdultAge = 14
	maxAge      = 120
	maxChildAge = 30
	maxID       = 64
	firstYear   = 2000
	lastYear    = 2100
	maxBenefits = 100
)

// MaxBenefit is the largest amount of an aid received, in EUR/month.
const MaxBenefit = 50_000

const (
	noCommune     = "ce n'est le code d'aucune commune"
	communeRemedy = "donnez le code INSEE de la commune, 5 caractères (Paris : 75056), et non son code postal"
)

// Check says what is wrong with p, nil when nothing is: the rules that Decode holds a profile to, and those that need the
// day, which is p's own date or else today. The error is an [*Error].
func (p *Profile) Check(today Date) error {
	c := checker{day: p.Day(today)}
	c.profile(p)
	return c.err()
}

// Day gives the day the rights are computed for: the profile's own, or else today.
func (p *Profile) Day(today Date) Date {
	if p.Date.Known() {
		return p.Date
	}
	return today
}

// checker holds a profile to the rules of the contract. Without a day, what depends on one is left out; with gaps, a
// field that is missing may have been refused already.
type checker struct {
	problems
	day  Date
	gaps bool
}

func (c *checker) profile(p *Profile) {
	if utf8.RuneCountInString(p.ID) > maxID {
		c.add("id", "l'identifiant dépasse 64 caractères", "donnez un code d'au plus 64 caractères, jamais un nom")
	} else if strings.IndexFunc(p.ID, unicode.IsControl) >= 0 || !utf8.ValidString(p.ID) {
		c.add("id", "l'identifiant contient un caractère de commande", "donnez un code fait de lettres, de chiffres et de signes visibles")
	}
	if p.Date.Known() && (p.Date < DateOf(firstYear, 1, 1) || p.Date > DateOf(lastYear, 12, 31)) {
		c.add("date", "la date est hors de la période traitée", "donnez une date de 2000 à 2100")
		c.day = 0
	}
	c.place(p)
	c.since("residence_commune_depuis", p.ResidentFrom, p)
	c.couple(p)
	c.people(p)
	c.dwelling(p)
	c.number("foyer_fiscal.rfr", "", p.TaxHousehold.Income, 0, limit(fact.TaxIncome))
	c.number("foyer_fiscal.parts", "", p.TaxHousehold.Parts, 1, limit(fact.TaxParts))
	c.number("epargne", "", p.Savings, 0, limit(fact.Savings))
	c.number("quotient_familial", "", p.Quotient, 0, limit(fact.FamilyQuotient))
	c.number("charges_fixes", "", p.FixedCharges, 0, limit(fact.FixedCharges))
	c.received(p)
}

// limit gives the largest value of a number of the household.
func limit(slot int) float64 {
	for i := range fact.HouseholdFacts {
		if f := &fact.HouseholdFacts[i]; f.Kind == fact.Number && f.Slot == slot {
			return f.Max
		}
	}
	return 0
}

// number holds an amount to its bounds; the path is in two parts, joined only when there is something to say.
func (c *checker) number(path, field string, v Opt[float64], low, high float64) {
	if v.Known && !(v.Value >= low && v.Value <= high) {
		rule := "le nombre dépasse le maximum"
		if v.Value < low {
			rule = "le nombre est trop petit"
			if low == 0 {
				rule = "un nombre négatif n'a pas de sens ici"
			}
		}
		c.add(path+field, rule, "donnez un nombre de "+decimal(low)+" à "+decimal(high))
	}
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func (c *checker) choice(path, field, v string, values []string) {
	if v != "" && index(values, v) < 0 {
		c.add(path+field, "valeur inconnue", choiceRemedy(values, v))
	}
}

func (c *checker) place(p *Profile) {
	if p.Commune == "" || p.Commune == territory.Fictitious {
		return
	}
	commune, ok := territory.Find(p.Commune)
	switch {
	case !ok:
		c.add("commune", noCommune, communeRemedy)
	case commune.Overseas():
		c.add("commune", "les règles de l'outre-mer ne sont pas encore formalisées", "donnez une commune de métropole ; pour l'outre-mer, adressez-vous à la caisse d'allocations familiales")
	}
}

func (c *checker) couple(p *Profile) {
	c.choice("couple", "", p.Couple, fact.Couples)
	single := p.Couple == fact.Couples[0]
	switch {
	case single && p.Spouse != nil:
		c.add("conjoint", "un conjoint est donné alors que couple est « non »", "retirez conjoint, ou donnez couple : marie, pacse ou concubinage")
	case p.Complete && p.Couple == "" && p.Spouse != nil && !c.gaps:
		c.add("couple", "un conjoint est donné sans dire de quel couple, dans un profil complet", "donnez couple : marie, pacse ou concubinage")
	case p.Complete && p.Couple != "" && !single && p.Spouse == nil && !c.gaps:
		c.add("conjoint", "le conjoint manque dans un profil complet", "donnez le conjoint, ou retirez complet si vous ne savez rien de lui")
	}
	if p.IsolatedFrom.Known() && (p.Couple != "" && !single || p.Spouse != nil) {
		c.add("isole_depuis", "l'isolement ne se dit pas d'une personne en couple", "retirez isole_depuis, ou donnez couple : non")
		return
	}
	c.since("isole_depuis", p.IsolatedFrom, p)
}

// since holds a day from which something has been so for the claimant to their life.
func (c *checker) since(path string, d Date, p *Profile) {
	switch {
	case !d.Known():
	case c.day != 0 && d > c.day:
		c.add(path, "la date est après celle du calcul", "donnez une date au plus tard égale à « date »")
	case d < p.Claimant.Birth:
		c.add(path, "la date est avant la naissance du demandeur", "donnez une date postérieure à demandeur.naissance")
	case c.day != 0 && d < c.day.yearsBefore(maxAge):
		c.add(path, "la date remonte à plus de 120 ans", "donnez une date plus récente")
	}
}

func (c *checker) people(p *Profile) {
	adults := 1
	c.person("demandeur", &p.Claimant, false, p)
	if p.Spouse != nil {
		adults++
		c.person("conjoint", p.Spouse, false, p)
	}
	children := p.Children.Value
	if !p.Children.Known && len(children) > 0 {
		children = nil
	}
	if p.Couple != "" && p.Couple != fact.Couples[0] {
		adults = 2
	}
	if adults+len(children) > fact.MaxPeople {
		c.add("enfants", "le foyer dépasse 20 personnes", "donnez au plus 20 personnes, adultes compris")
		children = children[:min(len(children), fact.MaxPeople)]
	}
	for i := range children {
		c.person(names()[firstChild+i].person, &children[i], true, p)
	}
}

func (c *checker) person(path string, q *Person, child bool, p *Profile) {
	c.birth(path, q.Birth, child, p)
	c.choice(path, ".nationalite", q.Nationality, fact.Nationalities)
	c.choice(path, ".titre_sejour", q.Permit, fact.Permits)
	c.choice(path, ".activite", q.Activity, fact.Activities)
	c.choice(path, ".scolarite", q.Schooling, fact.Schools)
	c.number(path, ".handicap.taux", q.DisabilityRate, 0, 100)
	if q.Nationality == french && q.Permit != "" && q.Permit != noPermit {
		c.add(path+".titre_sejour", "une personne française n'a pas de titre de séjour", "retirez titre_sejour, ou corrigez nationalite")
	}
	if q.Nationality == french && q.StayProven.Known && !q.StayProven.Value {
		c.add(path+".sejour_justifie", "une personne française n'a pas de séjour à justifier", "retirez sejour_justifie, ou corrigez nationalite")
	}
	if !child && q.SharedCustody.Known && q.SharedCustody.Value {
		c.add(path+".garde_alternee", "la garde alternée se dit d'un enfant", "donnez garde_alternee dans enfants")
	}
	if q.StayFrom.Known() {
		switch {
		case c.day != 0 && q.StayFrom > c.day:
			c.add(path+".sejour_regulier_depuis", "la date est après celle du calcul", "donnez une date au plus tard égale à « date »")
		case q.StayFrom < q.Birth:
			c.add(path+".sejour_regulier_depuis", "la date est avant la naissance", "donnez une date postérieure à la naissance")
		case c.day != 0 && q.StayFrom < c.day.yearsBefore(maxAge):
			c.add(path+".sejour_regulier_depuis", "la date remonte à plus de 120 ans", "donnez une date plus récente")
		}
	}
	if q.Incomes.Known {
		for i := range q.Incomes.Value {
			c.income(path, q.Incomes.Value, i)
		}
	}
}

func (c *checker) birth(path string, birth Date, child bool, p *Profile) {
	if !birth.Known() {
		if p.Complete && !c.gaps {
			c.add(path+".naissance", "la date de naissance manque dans un profil complet", "donnez naissance, ou retirez complet")
		}
		return
	}
	older := child && (birth <= p.Claimant.Birth || p.Spouse != nil && birth <= p.Spouse.Birth)
	switch {
	case older:
		c.add(path+".naissance", "un enfant ne peut pas être plus âgé que ses parents", "corrigez cette naissance ou celle du parent")
	case c.day == 0:
	case birth > c.day:
		c.add(path+".naissance", "la naissance est après la date du calcul", "donnez une naissance au plus tard égale à « date » ; une grossesse se dit par enceinte")
	case child && birth < c.day.yearsBefore(maxChildAge):
		c.add(path+".naissance", "un enfant à charge a au plus 30 ans", "une personne plus âgée forme son propre foyer : décrivez-la dans un autre profil")
	case !child && birth > c.day.yearsBefore(minAdultAge):
		c.add(path+".naissance", "le demandeur et le conjoint ont au moins 14 ans", "donnez un mineur plus jeune dans enfants, avec son parent pour demandeur")
	case birth < c.day.yearsBefore(maxAge):
		c.add(path+".naissance", "la naissance remonte à plus de 120 ans", "donnez une naissance plus récente")
	}
}

func (c *checker) received(p *Profile) {
	if len(p.Received.Value) > maxBenefits {
		c.add("prestations_percues", "trop d'aides", "donnez au plus 100 aides")
		return
	}
	for i := range p.Received.Value {
		b := &p.Received.Value[i]
		if !identifier(b.Aid) || has(p.Received.Value[:i], b.Aid) {
			c.add("prestations_percues", "un nom d'aide illisible ou répété", "nommez chaque aide une seule fois, par son identifiant : minuscules sans accent, chiffres et _")
			continue
		}
		if b.Amount.Known && !(b.Amount.Value >= 0 && b.Amount.Value <= MaxBenefit) {
			c.number("prestations_percues."+b.Aid, "", b.Amount, 0, MaxBenefit)
		}
	}
}
