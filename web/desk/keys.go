package desk

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"guichet/takeup/people"
)

// keyRow is a key in the list.
type keyRow struct {
	people.Key
	ScopeWords, Since, Until string
}

// keysPage lists the keys of partners, and makes one.
type keysPage struct {
	frame
	Keys      []keyRow
	Scopes    []choice
	Name      string // as it was typed
	PerMinute string
	Mistake   string
	Secret    string // of the key just made: shown once
}

const usualPerMinute = "600"

func (v *visit) scopeChoices(chosen []string) []choice {
	var out []choice
	for _, scope := range people.Scopes() {
		one := choice{Value: string(scope), Words: v.L.T("administration.cles.portee." + string(scope))}
		for _, c := range chosen {
			one.Chosen = one.Chosen || c == one.Value
		}
		out = append(out, one)
	}
	return out
}

func (v *visit) keys() {
	v.keysPage(http.StatusOK, keysPage{Scopes: v.scopeChoices([]string{string(people.Simulate)}), PerMinute: usualPerMinute})
}

func (v *visit) keysPage(status int, page keysPage) {
	title := v.L.T("administration.cles.titre")
	page.frame = v.frame(title, "administration")
	if page.Mistake != "" {
		page.Title = v.L.T("site.titre_erreur", "Page", title)
	}
	all, err := v.keep.People.Keys(v.ctx(), v.who.CCAS)
	if err != nil {
		v.broken(err)
		return
	}
	for _, k := range all {
		row := keyRow{Key: k, Since: v.L.Date(k.MadeAt.In(v.at.Location()))}
		if !k.RevokedAt.IsZero() {
			row.Until = v.L.Date(k.RevokedAt.In(v.at.Location()))
		}
		var words []string
		for _, scope := range k.Scopes {
			words = append(words, v.L.T("administration.cles.portee."+string(scope)))
		}
		row.ScopeWords = strings.Join(words, ", ")
		page.Keys = append(page.Keys, row)
	}
	v.show(status, "cles", page)
}

func (v *visit) addKey() {
	form := v.r.PostForm
	page := keysPage{Name: shownAgain(form.Get("nom")), PerMinute: shownAgain(form.Get("par_minute")), Scopes: v.scopeChoices(form["portee"])}
	k := people.Key{CCAS: v.who.CCAS, Name: form.Get("nom")}
	for _, scope := range form["portee"] {
		k.Scopes = append(k.Scopes, people.Scope(scope))
	}
	k.PerMinute, _ = strconv.Atoi(strings.TrimSpace(page.PerMinute)) // 0 is refused with the rest
	_, secret, err := v.keep.People.AddKey(v.ctx(), v.who.ID, k)
	switch {
	case errors.Is(err, people.ErrShape):
		page.Mistake = v.L.T("administration.cles.forme")
		v.keysPage(http.StatusUnprocessableEntity, page)
	case err != nil:
		v.broken(err)
	default:
		v.keysPage(http.StatusOK, keysPage{Scopes: v.scopeChoices([]string{string(people.Simulate)}), PerMinute: usualPerMinute, Secret: secret})
	}
}

func (v *visit) revokeKey() {
	if err := v.keep.People.RevokeKey(v.ctx(), v.who.ID, v.who.CCAS, chi.URLParam(v.r, "cle")); err != nil {
		v.broken(err)
		return
	}
	v.goTo(Home + "/administration/cles")
}
