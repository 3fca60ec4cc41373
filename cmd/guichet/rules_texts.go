package main

import (
	"fmt"
	"slices"
	"strings"

	"guichet/engine/formula"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/engine/workbench"
	"guichet/locales"
	"guichet/web/telling"
)

// authored are the languages that a rule author writes; the others are translated from them, and guichet texts tells what they lack.
var authored = []string{locales.Source, "en"}

// findTexts finds what an answer or the page of a rule shows and a language of authors has no words for. It is a warning: the words
// are written beside the rules.
func findTexts(source *ruleset.Source) ([]workbench.Finding, error) {
	texts, err := textsOf(source.Set)
	if err != nil {
		return nil, err
	}
	places := map[*formula.Quantity]ruleset.Place{}
	for _, s := range source.Statements {
		if _, seen := places[s.Quantity]; !seen {
			places[s.Quantity] = s.Place
		}
	}
	var out []workbench.Finding
	lacks := func(key string) []string {
		return slices.DeleteFunc(texts.Lacking(key), func(tag string) bool { return !slices.Contains(authored, tag) })
	}
	told := map[string]bool{} // what many aids read is told once
	var current *ruleset.Aid
	need := func(q *formula.Quantity, key string, or ...string) {
		if told[key] {
			return
		}
		lacking := lacks(key)
		if len(lacking) == 0 || slices.ContainsFunc(or, func(k string) bool { return len(lacks(k)) == 0 }) {
			return
		}
		told[key] = true
		at := places[q]
		if group, name, _ := strings.Cut(key, "."); group == "document" || group == "organisme" {
			at, _ = current.PlaceOf(name)
		}
		out = append(out, workbench.Finding{
			Kind: workbench.Texts, Severity: workbench.Warning, File: at.File, Line: at.Line, Column: at.Column,
			Message: fmt.Sprintf("le texte « %s » manque (%s)", key, strings.Join(lacking, ", ")), Excerpt: source.Excerpt(at),
		})
	}
	for _, a := range source.Set.Aids() {
		current = a
		eachShown(a, need)
		eachNamed(source.Set, a, need)
	}
	return out, nil
}

// wordless counts what an answer shows and no language has words for.
func wordless(set *ruleset.Set, texts *locales.Bundle) (n int) {
	for _, a := range set.Aids() {
		eachShown(a, func(_ *formula.Quantity, key string, _ ...string) {
			if !texts.Has(key) {
				n++
			}
		})
	}
	return n
}

// eachShown names the message of everything that an answer about an aid shows, and the quantity that it speaks of.
func eachShown(a *ruleset.Aid, need func(q *formula.Quantity, key string, or ...string)) {
	need(a.Priced(), "aide."+a.ID+".resume")
	for _, i := range a.Conditions {
		need(i.Quantity, "condition."+a.ID+"."+i.ID)
	}
	for _, i := range a.Steps {
		need(i.Quantity, "etape."+a.ID+"."+i.ID)
	}
	for _, i := range a.OutOfScope {
		need(i.Quantity, "hors_champ."+a.ID+"."+i.ID)
	}
	for _, p := range a.Precisions {
		for i, v := range p.Values {
			need(p.When[i], "precision."+a.ID+"."+p.Field+"."+v)
		}
	}
	for _, id := range a.Documents {
		need(a.Priced(), "document."+id)
	}
	for _, id := range a.Payers {
		need(a.Priced(), "organisme."+id)
	}
}

// eachNamed names the messages of the quantities that the rule of an aid reads on the last day it is formalised for: any of them
// is enough.
func eachNamed(set *ruleset.Set, a *ruleset.Aid, need func(q *formula.Quantity, key string, or ...string)) {
	for _, l := range trace.Of(set, a, a.Until, nil).Workings {
		q := set.Universe().Quantities[l.ID]
		need(q, "regle.grandeur."+l.ID, telling.Keys(q.Namespace, q.Name)...)
	}
}
