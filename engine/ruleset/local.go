package ruleset

import (
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/territory"
)

// Locality is where an aid is given: in one commune, in one département, or everywhere when both codes are empty.
type Locality struct{ Commune, Departement string }

// Local says whether it is one place.
func (l Locality) Local() bool { return l != Locality{} }

// Holds says whether a household that lives at a place has the aid; not known as long as the place is not.
func (l Locality) Holds(p fact.Place) fact.Truth {
	switch {
	case !l.Local():
		return fact.Yes
	case p.Commune != "":
		if l.Commune == p.Commune || l.Commune == "" && l.Departement == p.Departement {
			return fact.Yes
		}
		return fact.No
	case p.Miss.Empty():
		return fact.No
	}
	return fact.Either
}

// localityOf reads where the aid of a folder is given.
func localityOf(folder string) Locality {
	switch parts := strings.Split(folder, "/"); parts[0] {
	case "commune":
		return Locality{Commune: parts[1]}
	case "departement":
		return Locality{Departement: parts[1]}
	}
	return Locality{}
}

// checkPlaces refuses folders that are named after no commune or département of which there can be aids, and names of aids
// that mean something else already. What is refused is left out, so that it is told once.
func (l *loader) checkPlaces() {
	owners := map[string]*folder{}
	all := l.folders()
	nationalFirst := slices.Concat( // it is the local aid that may not take a name
		slices.DeleteFunc(slices.Clone(all), func(f *folder) bool { return f.where.Local() }),
		slices.DeleteFunc(slices.Clone(all), func(f *folder) bool { return !f.where.Local() }),
	)
	for _, f := range nationalFirst {
		if f.aid == "" {
			continue
		}
		message := misplaced(f.where)
		switch other := owners[f.aid]; {
		case message != "":
		case other != nil:
			message = "« " + f.aid + " » est déjà le nom d'une aide (" + other.path + ") : donnez un autre nom à ce dossier et à « aide: »"
		case f.where.Local() && (formula.Reserved(f.aid) || f.valued && l.groups[f.aid]):
			message = "« " + f.aid + " » a déjà un sens dans les formules (une réponse, une fonction ou un groupe de barèmes) : donnez un autre nom à ce dossier et à « aide: »"
		default:
			owners[f.aid] = f
			continue
		}
		l.errs = append(l.errs, Problem{File: f.path, Message: message})
		delete(l.folder, f.path)
	}
}

// misplaced says why there can be no aid of a place, "" when there can.
func misplaced(where Locality) string {
	switch {
	case !where.Local() || where.Commune == territory.Fictitious:
		return ""
	case where.Departement != "":
		if _, ok := territory.Largest(where.Departement); !ok {
			return "« " + where.Departement + " » n'est le code d'aucun département de métropole : 2 caractères, par exemple 93 ou 2A"
		}
		return ""
	}
	code := where.Commune
	c, ok := territory.Find(code)
	switch {
	case !ok:
		hint := ""
		if near := territory.Search(code, 1); len(near) > 0 && len(code) == 5 {
			hint = " ; " + code + " est un code postal : vouliez-vous dire " + near[0].Code + " (" + near[0].Name + ") ?"
		}
		return "« " + code + " » n'est le code d'aucune commune : le dossier porte le code INSEE, 5 caractères (Paris : 75056)" + hint
	case c.Overseas():
		return "« " + code + " » est outre-mer : les règles de l'outre-mer ne sont pas encore formalisées"
	case c.Code != code:
		return "« " + code + " » est le code d'une ancienne commune : c'est aujourd'hui " + c.Code + " (" + c.Name + ")"
	case c.City() != code:
		return "« " + code + " » est un arrondissement : une aide est celle de la commune entière, " + c.City()
	}
	return ""
}

// checkSpan holds the versions of a local aid to what bounds them: each begins a month, and ends with its deliberation.
func (l *loader) checkSpan(f *folder) {
	for _, v := range f.versions {
		if int(v.from)&31 != 0 {
			l.errs = append(l.errs, Problem{File: v.top.d.file, Message: "une version commence le premier jour d'un mois : les droits se calculent par mois"})
		}
		if v.until > 0 && v.until < v.from {
			v.ends.fault("« valable_jusqu_au: » est avant le jour de la version, %s", v.from)
		}
	}
}

// checkBaremes holds the values that an aid reads to the time for which it is computed: a value that begins too late, or ends too early,
// would stop every simulation of that time.
func (l *loader) checkBaremes(a *Aid) {
	for _, key := range l.qualified(a.ID) {
		states := l.drafts[key].states
		for i, s := range states {
			if s.entry.ends {
				continue
			}
			last := a.Until
			if i+1 < len(states) {
				last = min(last, states[i+1].from-1)
			}
			for _, t := range l.drafts[key].q.FormulaAt(inForce(s.from)).TablesNow() {
				b := l.set.baremes[t.Name]
				for _, m := range []fact.Month{max(inForce(s.from), a.From.Month()), last.Month()} {
					if _, ok := b.ValueAt(m); !ok {
						s.entry.at.fault("%s n'a pas de valeur en %s, où « %s » s'en sert : donnez-lui une valeur qui commence avant", t.Name, m, s.entry.name)
						break
					}
				}
			}
		}
	}
}

// qualified lists the quantities of an aid, in order.
func (l *loader) qualified(aid string) []string {
	var out []string
	for key, d := range l.drafts {
		if d.aid == aid {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}
