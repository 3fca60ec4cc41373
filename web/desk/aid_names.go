package desk

import (
	"strings"

	"guichet/engine/ruleset"
)

// aidName gives the legal name of an aid with its acronym, as print does.
func aidName(aid *ruleset.Aid) string {
	name := typeset(aid.Name)
	if aid.Acronym != "" {
		name += " (" + aid.Acronym + ")"
	}
	return name
}

// aidShort calls an aid by its acronym, or its name when it has none.
func aidShort(aid *ruleset.Aid) string {
	if aid.Acronym != "" {
		return aid.Acronym
	}
	return typeset(aid.Name)
}

// aidCalled is [aidShort] of an identifier, which stands for itself when the rules of today do not know it.
func (v *visit) aidCalled(id string) string {
	if aid, ok := v.d.engine.Set().Aid(id); ok {
		return aidShort(aid)
	}
	return id
}

// typeset writes the name of an aid as print does.
func typeset(name string) string { return strings.ReplaceAll(name, "'", "’") }
