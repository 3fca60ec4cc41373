package limit_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/limit"
	"guichet/engine/profile"
	"guichet/engine/profile/profiletest"
	"guichet/engine/ruleset"
	"guichet/rules"
)

// household is one reference household as facts.
type household struct {
	id string
	*fact.Household
}

// households gives the reference households, all of them complete.
func households(t testing.TB, set *ruleset.Set) []household {
	t.Helper()
	e, err := engine.New(set)
	require.NoError(t, err)
	w := e.NewWorker()
	f, err := os.Open("../../testdata/oracle/cases.ndjson")
	require.NoError(t, err)
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	var out []household
	for in.Scan() {
		var c struct {
			Profile json.RawMessage `json:"profil"`
		}
		require.NoError(t, json.Unmarshal(in.Bytes(), &c))
		p, err := profile.Decode(c.Profile)
		require.NoError(t, err)
		h := &fact.Household{}
		require.NoError(t, w.Facts(h, p))
		out = append(out, household{p.ID, h})
	}
	require.NoError(t, in.Err())
	return out
}

func shipped(t testing.TB) *ruleset.Set {
	t.Helper()
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	return set
}

func gross(t testing.TB, set *ruleset.Set, aid string) *formula.Quantity {
	t.Helper()
	a, ok := set.Aid(aid)
	require.True(t, ok, aid)
	return a.Gross
}

// TestRightsEqualTheEngine: on every reference household, and on each of them asked about in other months, the code written
// by hand and the engine give the same two amounts to the cent.
func TestRightsEqualTheEngine(t *testing.T) {
	set := shipped(t)
	rsa, prime := gross(t, set, "rsa"), gross(t, set, "prime_activite")
	law, err := limit.NewLaw(set)
	require.NoError(t, err)
	c, k := limit.NewCalculator(law), set.Plan().NewContext()
	seen, positive, different := 0, 0, 0
	for _, h := range households(t, set) {
		for _, ahead := range []fact.Month{0, -5, 3} {
			shifted := *h.Household
			shifted.Month += ahead
			k.Begin(&shifted)
			wantRSA, wantPrime := k.Number(rsa, 0), k.Number(prime, 0)
			require.NoError(t, k.Err())
			require.True(t, wantRSA.Decided() && wantPrime.Decided(), "%s is complete", h.id)
			gotRSA, gotPrime := c.Rights(&shifted)
			seen++
			if gotRSA > 0 || gotPrime > 0 {
				positive++
			}
			if !same(gotRSA, wantRSA.Lo) || !same(gotPrime, wantPrime.Lo) {
				different++
				t.Errorf("%s in %s: rsa %.2f, engine %.2f; prime %.2f, engine %.2f", h.id, shifted.Month, gotRSA, wantRSA.Lo, gotPrime, wantPrime.Lo)
			}
		}
	}
	t.Logf("%d households and months, %d with an amount, %d differ", seen, positive, different)
	require.Greater(t, positive*3, seen, "too few households have any of the two")
}

// TestRightsEqualTheEngineOnAnyHousehold draws complete households, to reach what no reference household has.
func TestRightsEqualTheEngineOnAnyHousehold(t *testing.T) {
	equalOnAny(t, func(*rapid.T, *profile.Profile) {})
}

// TestRightsEqualTheEngineWhereTheAAHIsKept draws those of whom few are drawn else: disabled, of the age of the ASPA, receiving the AAH.
func TestRightsEqualTheEngineWhereTheAAHIsKept(t *testing.T) {
	equalOnAny(t, func(t *rapid.T, p *profile.Profile) {
		turn := func(q *profile.Person, who string) {
			q.Birth = profile.DateOf(p.Date.Day().Month().Year()-rapid.IntRange(61, 70).Draw(t, "age "+who), 1, 1)
			q.DisabilityRate = profile.Some(rapid.SampledFrom([]float64{79, 80, 90}).Draw(t, "rate "+who))
			q.Nationality, q.Permit, q.StayFrom, q.StayProven = "francaise", "", 0, profile.Opt[bool]{}
		}
		turn(&p.Claimant, "claimant")
		if p.Spouse != nil && rapid.Bool().Draw(t, "spouse too") {
			turn(p.Spouse, "spouse")
		}
		p.Children, p.IsolatedFrom, p.ResidentFrom = profile.Some([]profile.Person{}), 0, 0
		p.Received = profile.Some([]profile.Benefit{{Aid: "aah"}})
		if rapid.IntRange(1, 4).Draw(t, "aspa") == 1 {
			p.Received.Value = append(p.Received.Value, profile.Benefit{Aid: "aspa"})
		}
	})
}

// equalOnAny holds the code by hand against the engine on complete households, as turn has changed them.
func equalOnAny(t *testing.T, turn func(*rapid.T, *profile.Profile)) {
	t.Helper()
	set := shipped(t)
	e, err := engine.New(set)
	require.NoError(t, err)
	w := e.NewWorker()
	rsa, prime := gross(t, set, "rsa"), gross(t, set, "prime_activite")
	law, err := limit.NewLaw(set)
	require.NoError(t, err)
	c, k := limit.NewCalculator(law), set.Plan().NewContext()
	rapid.Check(t, func(t *rapid.T) {
		p := profiletest.Complete(t, profiletest.Draw(t))
		if p.Housing.Status == "accedant" {
			t.Skip("the code by hand knows no loan's aid, which the two rights count")
		}
		turn(t, p)
		h := &fact.Household{}
		require.NoError(t, w.Facts(h, p))
		k.Begin(h)
		wantRSA, wantPrime := k.Number(rsa, 0), k.Number(prime, 0)
		require.NoError(t, k.Err())
		gotRSA, gotPrime := c.Rights(h)
		require.True(t, same(gotRSA, wantRSA.Lo), "rsa in %s: %.2f, engine %.2f", h.Month, gotRSA, wantRSA.Lo)
		require.True(t, same(gotPrime, wantPrime.Lo), "prime in %s: %.2f, engine %.2f", h.Month, gotPrime, wantPrime.Lo)
	})
}

// same is equality to the cent.
func same(a, b float64) bool { return math.Abs(a-b) < 0.005 }
