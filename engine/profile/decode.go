package profile

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"guichet/engine/fact"
)

// MaxBytes is the largest profile that is read.
const MaxBytes = 64 << 10

// whole is the path of the profile itself.
const whole = "profil"

// The fields of each object, in the order in which they are written.
var (
	profileFields = []string{"id", "date", "complet", "commune", "residence_commune_depuis", "couple", "isole_depuis", "demandeur", "conjoint", "enfants", "logement", "foyer_fiscal", "epargne", "quotient_familial", "charges_fixes", "prestations_percues"}
	personFields  = []string{"naissance", "nationalite", "titre_sejour", "sejour_regulier_depuis", "sejour_justifie", "activite", "scolarite", "enceinte", "handicap", "inapte_travail", "garde_alternee", "revenus"}
	housingFields = []string{"statut", "regime", "pret", "pret_pour", "pret_signe_le", "loyer", "charges"}
	taxFields     = []string{"rfr", "parts"}
	handicap      = []string{"taux", "rsdae"}
	incomeFields  = []string{"net", "imposable", "brut", "mois", "annees"}
)

// Read decodes the profile that r holds, refusing more than [MaxBytes]. An error that is not an [*Error] is r's own.
func Read(r io.Reader) (*Profile, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading a profile: %w", err)
	}
	return Decode(data)
}

// Decode reads one profile from JSON: strict in syntax, fields, types and values, guessing nothing. A null is an absent
// field. What depends on the day is checked when the profile states its date, and by [Profile.Check] otherwise. The
// error is an [*Error]. Nothing of data is kept.
func Decode(data []byte) (*Profile, error) {
	d := decoder{scanner{data: data}}
	switch {
	case len(data) > MaxBytes:
		d.add(whole, "le profil dépasse 64 Kio", "envoyez un profil d'au plus 65 536 octets")
		return nil, d.err()
	case !utf8.Valid(data):
		d.add(whole, "le texte n'est pas en UTF-8", "envoyez un objet JSON encodé en UTF-8")
		return nil, d.err()
	}
	p := new(Profile)
	d.profile(p)
	if d.peek(); !d.broken && d.pos < len(data) {
		d.fail("du texte suit la fin du profil")
	}
	if !d.broken {
		c := checker{problems: d.problems, day: p.Date, gaps: len(d.problems) > 0}
		c.profile(p)
		d.problems = c.problems
	}
	if err := d.err(); err != nil {
		return nil, err
	}
	return p, nil
}

type decoder struct{ scanner }

// field tells which of the fields the current member is, once each; -1 for a member that leaves the field as it is:
// unknown, repeated or null.
func (d *decoder) field(fields []string, seen *uint32) int {
	i := d.named(fields, seen)
	if i >= 0 && d.peek() == 'n' {
		d.null()
		return -1
	}
	return i
}

// named is field for objects in which null has a meaning of its own.
func (d *decoder) named(fields []string, seen *uint32) int {
	i := index(fields, d.key)
	if i < 0 {
		d.unknown(fields)
		return -1
	}
	if *seen&(1<<i) != 0 {
		d.enter(fields[i])
		d.note("champ répété", repeated(fields[i]))
		d.leave()
		d.skip()
		return -1
	}
	*seen |= 1 << i
	return i
}

func repeated(field string) string {
	if field == "conjoint" {
		return "un foyer a au plus un conjoint : donnez-le une seule fois"
	}
	return "donnez chaque champ une seule fois"
}

// unknown refuses a member that no field is. Its name is repeated only when it is a field's, misspelt: any other may be
// household data.
func (d *decoder) unknown(fields []string) {
	if d.full() { // nobody will be told: no need to look for what it may mean
		d.skip()
		return
	}
	if near := meant(fields, string(d.key)); near != "" {
		d.enter(string(d.key))
		d.note("champ inconnu", "vouliez-vous écrire « "+near+" » ?")
		d.leave()
	} else {
		d.note("un champ inconnu", "les champs acceptés ici sont : "+strings.Join(fields, ", "))
	}
	d.skip()
}

func (d *decoder) profile(p *Profile) {
	if !d.open('{', "un objet JSON") {
		return
	}
	var seen uint32
	for first := true; d.member(&first); {
		i := d.field(profileFields, &seen)
		if i < 0 {
			continue
		}
		d.enter(profileFields[i])
		switch profileFields[i] {
		case "id":
			p.ID = d.text()
		case "date":
			d.date(&p.Date)
		case "complet":
			var complete Opt[bool]
			d.truth(&complete)
			p.Complete = complete.Value
		case "commune":
			d.commune(&p.Commune)
		case "residence_commune_depuis":
			d.date(&p.ResidentFrom)
		case "couple":
			d.choice(&p.Couple, fact.Couples)
		case "isole_depuis":
			d.date(&p.IsolatedFrom)
		case "demandeur":
			d.person(&p.Claimant)
		case "conjoint":
			p.Spouse = new(Person)
			d.person(p.Spouse)
		case "enfants":
			d.children(&p.Children)
		case "logement":
			d.housing(&p.Housing)
		case "foyer_fiscal":
			d.tax(&p.TaxHousehold)
		case "epargne":
			d.number(&p.Savings)
		case "quotient_familial":
			d.number(&p.Quotient)
		case "charges_fixes":
			d.number(&p.FixedCharges)
		case "prestations_percues":
			d.received(&p.Received)
		}
		d.leave()
	}
}

func (d *decoder) person(p *Person) {
	if !d.open('{', "un objet : une seule personne") {
		return
	}
	var seen uint32
	for first := true; d.member(&first); {
		i := d.field(personFields, &seen)
		if i < 0 {
			continue
		}
		d.enter(personFields[i])
		switch personFields[i] {
		case "naissance":
			d.date(&p.Birth)
		case "nationalite":
			d.choice(&p.Nationality, fact.Nationalities)
		case "titre_sejour":
			d.choice(&p.Permit, fact.Permits)
		case "sejour_regulier_depuis":
			d.date(&p.StayFrom)
		case "sejour_justifie":
			d.truth(&p.StayProven)
		case "activite":
			d.choice(&p.Activity, fact.Activities)
		case "scolarite":
			d.choice(&p.Schooling, fact.Schools)
		case "enceinte":
			d.truth(&p.Pregnant)
		case "handicap":
			d.handicap(p)
		case "inapte_travail":
			d.truth(&p.Unfit)
		case "garde_alternee":
			d.truth(&p.SharedCustody)
		case "revenus":
			d.incomes(&p.Incomes)
		}
		d.leave()
	}
}

func (d *decoder) handicap(p *Person) {
	if !d.open('{', "un objet : {\"taux\": 0 à 100, \"rsdae\": true ou false}") {
		return
	}
	var seen uint32
	for first := true; d.member(&first); {
		i := d.field(handicap, &seen)
		if i < 0 {
			continue
		}
		d.enter(handicap[i])
		if handicap[i] == "taux" {
			d.number(&p.DisabilityRate)
		} else {
			d.truth(&p.WorkRestriction)
		}
		d.leave()
	}
}

// children reads the list of children. More than the law of the contract allows are counted, not kept.
func (d *decoder) children(list *Opt[[]Person]) {
	if !d.open('[', "une liste de personnes, [] s'il n'y a pas d'enfant") {
		return
	}
	list.Known = true
	count := 0
	for first := true; d.more(']', &first); count++ {
		if count >= fact.MaxPeople {
			d.skip()
			continue
		}
		if list.Value == nil {
			list.Value = make([]Person, 0, 3)
		}
		list.Value = append(list.Value, Person{})
		d.enterAt(count)
		d.person(&list.Value[count])
		d.leave()
	}
}

func (d *decoder) housing(h *Housing) {
	if !d.open('{', "un objet : {\"statut\": …, \"loyer\": …, \"charges\": …}") {
		return
	}
	var seen uint32
	for first := true; d.member(&first); {
		i := d.field(housingFields, &seen)
		if i < 0 {
			continue
		}
		d.enter(housingFields[i])
		switch housingFields[i] {
		case "statut":
			d.choice(&h.Status, fact.Statuses)
		case "regime":
			d.choice(&h.Regime, fact.Regimes)
		case "pret":
			d.choice(&h.Loan, fact.LoanKinds)
		case "pret_pour":
			d.choice(&h.LoanFor, fact.LoanPurposes)
		case "pret_signe_le":
			d.date(&h.LoanSigned)
		case "loyer":
			d.number(&h.Rent)
		case "charges":
			d.number(&h.Charges)
		}
		d.leave()
	}
}

func (d *decoder) tax(t *TaxHousehold) {
	if !d.open('{', "un objet : {\"rfr\": …, \"parts\": …}") {
		return
	}
	var seen uint32
	for first := true; d.member(&first); {
		i := d.field(taxFields, &seen)
		if i < 0 {
			continue
		}
		d.enter(taxFields[i])
		if taxFields[i] == "rfr" {
			d.number(&t.Income)
		} else {
			d.number(&t.Parts)
		}
		d.leave()
	}
}

func (d *decoder) received(list *Opt[[]Benefit]) {
	if !d.open('{', "un objet : {\"rsa\": montant par mois ou true}, {} si rien n'est perçu") {
		return
	}
	list.Known = true
	for first := true; d.member(&first); {
		aid := string(d.key)
		if !identifier(aid) {
			d.note("un nom d'aide illisible", "nommez l'aide par son identifiant : minuscules sans accent, chiffres et _")
			d.skip()
			continue
		}
		if list.Value == nil {
			list.Value = make([]Benefit, 0, 4)
		}
		d.enter(aid)
		switch c := d.peek(); {
		case has(list.Value, aid):
			d.note("champ répété", repeated(aid))
			d.skip()
		case c == 'n':
			d.null()
			list.Value = append(list.Value, Benefit{Aid: aid, Unknown: true})
		case c == 't':
			d.word("true")
			list.Value = append(list.Value, Benefit{Aid: aid})
		case c == '-' || c >= '0' && c <= '9':
			list.Value = append(list.Value, Benefit{Aid: aid, Amount: Some(d.readNumber())})
		default:
			d.wrongType("un montant par mois en euros, ou true ; retirez l'aide si elle n'est pas perçue")
		}
		d.leave()
	}
}

func has(list []Benefit, aid string) bool {
	for i := range list {
		if list[i].Aid == aid {
			return true
		}
	}
	return false
}

// identifier says whether s can name an aid.
func identifier(s string) bool {
	if len(s) == 0 || len(s) > 64 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}
