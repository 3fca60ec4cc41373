package ruleset

import (
	"maps"
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/nearest"
)

// draft is one quantity and everything that the files say of it.
type draft struct {
	q       *formula.Quantity
	aid     string
	section section
	states  []state
}

type state struct {
	from  fact.Day
	entry entry
}

// declare names everything before any formula is compiled, and refuses names that hide others.
func (l *loader) declare() {
	for name, b := range l.set.baremes {
		l.uni.Tables[name] = b.Table
	}
	l.set.names = slices.Sorted(maps.Keys(l.set.baremes))
	for _, r := range l.set.revaluations {
		for _, name := range r.Baremes {
			if l.set.baremes[name] == nil {
				l.calendar.d.fault(r.Place.Line, r.Place.Column, "« %s » revalorise %s, qui n'est pas un barème", r.Name, name)
			}
		}
	}
	for i, n := range l.set.names {
		for _, o := range l.set.names[i+1:] {
			if strings.HasPrefix(o, n+".") {
				l.errs = append(l.errs, Problem{File: "baremes", Message: n + " est à la fois une valeur et un groupe (" + o + ")"})
			}
		}
	}
	for _, f := range l.folders() {
		for _, v := range f.versions {
			l.declareVersion(f, v)
		}
		if f.aid != "" {
			l.declareEligible(f)
		}
	}
	aids := map[string]bool{}
	for _, f := range l.folders() {
		aids[f.aid] = f.aid != ""
	}
	for _, d := range l.drafts {
		at := d.states[0].entry.at
		switch {
		case formula.Reserved(d.q.Name) || aids[d.q.Name]:
			at.fault("le nom « %s » a déjà un sens dans toute formule", d.q.Name)
		case d.aid != "" && l.drafts[d.q.Name] != nil:
			at.fault("le nom « %s » cache celui d'une quantité partagée (commun)", d.q.Name)
		}
	}
}

func (l *loader) declareVersion(f *folder, v *version) {
	for _, fn := range v.functions {
		if l.uni.Functions[f.aid] == nil {
			l.uni.Functions[f.aid] = map[string]*formula.Function{}
		}
		if formula.Reserved(fn.Name) || l.uni.Functions[f.aid][fn.Name] != nil {
			fn.at.fault("le nom « %s » a déjà un sens, ou la fonction est déjà définie : une fonction ne change pas d'une version à l'autre", fn.Name)
			continue
		}
		l.uni.Functions[f.aid][fn.Name] = &fn.Function
	}
	for _, e := range v.entries {
		if !identifier.MatchString(e.name) {
			e.at.fault("« %s » n'est pas un nom : lettres minuscules sans accent, chiffres et _", e.name)
			continue
		}
		l.declareEntry(f.aid, v.from, e)
	}
}

// declareEligible adds the condition that holds when all conditions of an aid do, at each of its versions.
func (l *loader) declareEligible(f *folder) {
	var names []string
	for _, v := range f.versions {
		for _, e := range v.entries {
			if e.section != conditions {
				continue
			}
			names = slices.DeleteFunc(names, func(n string) bool { return n == e.name })
			if !e.ends {
				names = append(names, e.name)
			}
		}
		person := f.identity.PerAdult
		l.declareEntry(f.aid, v.from, entry{
			section: all, name: "eligible", at: v.top, bool: true, person: person, before: allOf(names, person),
		})
	}
}

func (l *loader) declareEntry(aid string, from fact.Day, e entry) {
	key := e.name
	if aid != "" {
		key = aid + "." + e.name
	}
	d := l.drafts[key]
	if d == nil && e.ends {
		e.at.fault("« %s: ~ » ne met fin à rien : aucune version d'avant n'a cette condition%s", e.name, l.alike(aid, e.name))
		return
	}
	if d == nil {
		q := &formula.Quantity{Namespace: aid, Name: e.name, Bool: e.bool, Person: e.person, Yearly: e.yearly}
		q.Unit = e.unit
		d = &draft{q: q, aid: aid, section: e.section}
		l.drafts[key] = d
		l.uni.Quantities[key] = q
	}
	for _, s := range d.states {
		if s.from == from {
			e.at.fault("« %s » est défini deux fois pour la même date", e.name)
			return
		}
	}
	if d.q.Bool != e.bool || d.q.Person != e.person || (d.q.Yearly != e.yearly && !e.ends) || d.section != e.section {
		e.at.fault("« %s » change de genre (nombre ou condition, foyer ou personne, section) d'une version à l'autre", e.name)
		return
	}
	d.states = append(d.states, state{from, e})
}

// alike proposes the condition of an aid that a misspelt one is close to.
func (l *loader) alike(aid, name string) string {
	var names []string
	for _, d := range l.drafts {
		if d.aid == aid && (d.section == conditions || d.section == outOfScope) {
			names = append(names, d.q.Name)
		}
	}
	slices.Sort(names)
	if near := nearest.Of(name, names); near != "" {
		return " ; vouliez-vous dire « " + near + " » ?"
	}
	return ""
}
