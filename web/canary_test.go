package web

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// canaries are values that no program writes by itself, each traceable to where it was put.
type canaries struct {
	random *rand.Rand
	all    []string
}

func (c *canaries) name() string {
	var b strings.Builder
	b.WriteString("Zq")
	for range 10 {
		b.WriteByte(byte('a' + c.random.IntN(26)))
	}
	c.all = append(c.all, b.String())
	return b.String()
}

func (c *canaries) amount() string {
	v := fmt.Sprintf("%d.%02d", 10_000+c.random.IntN(9_000), 11+c.random.IntN(88))
	c.all = append(c.all, v)
	return v
}

func (c *canaries) day() string {
	v := fmt.Sprintf("%d-%02d-%02d", 1961+c.random.IntN(30), 1+c.random.IntN(12), 1+c.random.IntN(28))
	c.all = append(c.all, v)
	return v
}

// TestProperty22LogCanary puts random names, amounts, days and addresses into every part of requests to every route, whole,
// broken and refused, and looks for them in the log at its most talkative and in the bodies and headers of all errors.
func TestProperty22LogCanary(t *testing.T) {
	const seed = 20260615
	c := &canaries{random: rand.New(rand.NewPCG(seed, 0))}
	bodies := func() map[string]string {
		return map[string]string{
			"whole": fmt.Sprintf(`{"id":%q,"date":"2026-06-15","complet":true,"commune":"75056","demandeur":{"naissance":%q,"revenus":{"salaire":%s}},
				"enfants":[{"naissance":%q}],"logement":{"statut":"locataire_vide","loyer":%s}}`, c.name(), c.day(), c.amount(), "2015-03-02", c.amount()),
			"wrong values":  fmt.Sprintf(`{"couple":%q,"commune":%q,"logement":{"loyer":-%s},"demandeur":{"naissance":%q}}`, c.name(), c.name(), c.amount(), c.name()),
			"wrong types":   fmt.Sprintf(`{"couple":%s,"complet":%q,"enfants":{%q:%q},"demandeur":[%q]}`, c.amount(), c.name(), c.name(), c.name(), c.name()),
			"wrong fields":  fmt.Sprintf(`{%q:%q,"demandeur":{%q:%s,"revenus":{%q:%s}},"prestations_percues":{%q:%s}}`, c.name(), c.name(), c.name(), c.amount(), c.name(), c.amount(), c.name(), c.amount()),
			"wrong months":  fmt.Sprintf(`{"demandeur":{"revenus":{"salaire":{"net":1,"mois":{%q:%s},"annees":{%q:%s}}}}}`, c.name(), c.amount(), c.name(), c.amount()),
			"older child":   fmt.Sprintf(`{"demandeur":{"naissance":%q},"enfants":[{"naissance":"1960-01-01"}]}`, c.day()),
			"broken":        fmt.Sprintf(`{"id":%q,"demandeur":{"naissance":%s`, c.name(), c.name()),
			"after the end": fmt.Sprintf(`{} %q`, c.name()),
			"form":          url.Values{"prenom": {c.name()}, "salaire": {c.amount()}}.Encode(),
			"panic":         url.Values{"panique": {c.name()}}.Encode(),
			"bad form":      "%zz" + c.name() + "=" + c.amount(),
			"large":         strings.Repeat(c.name(), MaxBody/10),
		}
	}
	for _, mode := range []string{"sound engine", "failing engine", "throttled"} {
		h, log := serving(t, func(o *Options) {
			switch mode {
			case "failing engine":
				o.Engine = failing{o.Engine}
			case "throttled":
				o.Throttle = Throttle{Requests: 1, Window: DefaultThrottle.Window, CountLoopback: true}
			}
		})
		seen := map[int]int{}
		patterns := []string{"GET /nulle-part/{aide}", "POST /fr/{aide}", "GET /api/v1/aides/{aide}/{aide}", "DELETE /api/v1/aides/{aide}", "CANARY /"}
		for _, route := range append(routesOf(t, h), patterns...) {
			method, pattern, _ := strings.Cut(route, " ")
			before := len(c.all)
			for kind, body := range bodies() {
				sent, own := c.all[before:len(c.all):len(c.all)], len(c.all)
				for _, contentType := range []string{"application/json", "application/x-ndjson", "application/x-www-form-urlencoded", c.name() + "/" + c.name()} {
					target := strings.NewReplacer("{aide}", c.name(), "{parametre}", c.name()).Replace(pattern) + "?" + url.Values{"date": {c.name()}, "lang": {c.name()}, c.name(): {c.amount()}}.Encode()
					w := call(h, method, target, body, "Content-Type", contentType, "User-Agent", c.name(), "Referer", "https://"+c.name()+".example/",
						"Cookie", c.name()+"="+c.name(), "Accept-Language", c.name(), "X-Request-Id", c.name(), "X-Forwarded-For", c.name(), "Accept", c.name())
					seen[w.Code]++
					if w.Code < 400 {
						continue
					}
					text := fmt.Sprint(w.Body.String(), w.Header())
					for _, canary := range slices.Concat(sent, c.all[own:]) {
						require.NotContains(t, text, canary, "%s: %s with %s", mode, route, kind)
					}
				}
			}
		}
		text := log.String()
		assert.NotEmpty(t, text)
		for _, canary := range c.all {
			if strings.Contains(text, canary) {
				require.Fail(t, "the log holds "+canary, mode)
			}
		}
		c.all = nil
		assert.NotZero(t, seen[http.StatusNotFound])
		assert.NotZero(t, seen[http.StatusMethodNotAllowed])
		switch mode {
		case "sound engine":
			for _, status := range []int{200, 400, 413, 415, 422} {
				assert.NotZero(t, seen[status], "no request ended in %d", status)
			}
		case "failing engine":
			assert.NotZero(t, seen[http.StatusInternalServerError])
		case "throttled":
			assert.NotZero(t, seen[http.StatusTooManyRequests])
		}
	}
}

// TestProperty23URLsClean checks that no answer to a household sends anything of it on: no redirect, no cookie, no address.
func TestProperty23URLsClean(t *testing.T) {
	h, _ := serving(t)
	for _, target := range []string{"/api/v1/simulations", "/api/v1/questions", "/fr/simulation"} {
		w := call(h, http.MethodPost, target, household)
		require.Equal(t, http.StatusOK, w.Code)
		assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
		assert.Equal(t, "no-referrer", w.Header().Get("Referrer-Policy"))
		for _, header := range []string{"Location", "Set-Cookie", "Link", "Refresh", "Content-Location", "ETag"} {
			assert.Empty(t, w.Header().Get(header), header)
		}
	}
}
