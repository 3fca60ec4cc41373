package engine_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
)

// A reference case: what an independent model of the law finds for one household. See testdata/oracle/README.md.
type oracleCase struct {
	Profile  json.RawMessage     `json:"profil"`
	Expected map[string]expected `json:"attendu"`
	Figures  map[string]float64  `json:"grandeurs"`
}

// expected is what the other model finds of one aid: an amount, or how it is granted and what the household pays for it.
type expected struct {
	Gross *float64 `json:"brut"`
	Kind  *string  `json:"modalite"`
	Share *float64 `json:"participation"`
}

// figure gives the one figure that is compared; false when the case does not hold the aid.
func (x expected) figure() (float64, bool) {
	switch {
	case x.Gross != nil:
		return *x.Gross, true
	case x.Share == nil:
		return 0, false
	case x.Kind == nil:
		return noRight, true
	default:
		return *x.Share, true
	}
}

// noRight stands for an aid that pays nothing and is not due, as 0 is what a household pays for one that is free.
const noRight = -1

// law is the shipped rules, or a rule author's own copy.
func law() fs.FS {
	if dir := os.Getenv("GUICHET_TEST_RULES"); dir != "" {
		return os.DirFS(dir)
	}
	return rules.FS
}

// load makes the engine of a tree of rules.
func load(t testing.TB, files fs.FS) *engine.Engine {
	t.Helper()
	set, err := ruleset.Load(files)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	return e
}

func shipped(t testing.TB) *engine.Engine {
	t.Helper()
	return load(t, law())
}

func oracleCases(t testing.TB) []oracleCase {
	t.Helper()
	f, err := os.Open("../testdata/oracle/cases.ndjson")
	require.NoError(t, err)
	defer f.Close()
	var out []oracleCase
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var c oracleCase
		require.NoError(t, json.Unmarshal(in.Bytes(), &c))
		out = append(out, c)
	}
	require.NoError(t, in.Err())
	return out
}

// agree is the agreement that the reference asks for: 0.05 EUR or 0.1 %, whichever is larger.
func agree(got, want float64) bool {
	return math.Abs(got-want) <= max(0.05, 0.001*math.Abs(want))+1e-9
}

// tally counts the answers of one aid, or of one aid in one family of households.
type tally struct{ same, explained, guessed, ours, unexplained int }

func (x tally) all() int { return x.same + x.explained + x.guessed + x.ours + x.unexplained }

func (x tally) String() string {
	return fmt.Sprintf("%d / %d (%.2f %%), expliqués %d, supposés %d, de notre fait %d, inexpliqués %d",
		x.same, x.all(), 100*float64(x.same)/float64(max(1, x.all())), x.explained, x.guessed, x.ours, x.unexplained)
}

// gross gives every aid's amount before CRDS, summed over the persons of a complete household; of an aid that pays nothing, what
// the household pays for it, or [noRight]; what the rules do not cover has none.
func gross(t testing.TB, e *engine.Engine, p *profile.Profile) map[string]float64 {
	t.Helper()
	s, err := e.Simulate(p)
	require.NoError(t, err, p.ID)
	out := map[string]float64{}
	for _, a := range s.Aids {
		if a.OutOfScope != "" {
			continue
		}
		require.True(t, a.Amount.Decided, "%s %s : un ménage complet est décidé (manque %v)", p.ID, a.Aid, a.Missing)
		switch {
		case a.Share == nil:
			out[a.Aid] += a.Amount.Gross
		case a.Status == engine.Eligible:
			out[a.Aid] = a.Share.Lo
		default:
			out[a.Aid] = noRight
		}
	}
	return out
}

// TestOracle holds every aid against the reference cases. Each difference must be explained by a mechanism of deviations.yaml, and
// each mechanism must explain one. 99 % agree once the text has explained; 98.5 % do as they are, and the bound below only keeps
// that from falling: it is not the 99 % that was asked for, which the text does not allow.
func TestOracle(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	e, readings := shipped(t), newReadings(t)
	var total tally
	byAid, byFamily := map[string]*tally{}, map[string]*tally{}
	used, seen := map[string]int{}, map[string]map[string]bool{}
	for _, c := range oracleCases(t) {
		p, err := profile.Decode(c.Profile)
		require.NoError(t, err)
		family := p.ID[:strings.LastIndexByte(p.ID, '-')]
		amounts := gross(t, e, p)
		for aid, expected := range c.Expected {
			_, ours := e.Set().Aid(aid)
			_, covered := amounts[aid]
			_, told := expected.figure()
			require.True(t, covered || !ours || !told, "%s %s : la référence a un montant que les règles ne couvrent pas", p.ID, aid)
		}
		for aid, got := range amounts {
			want, ok := c.Expected[aid].figure()
			if !ok {
				continue
			}
			var one tally
			if agree(got, want) {
				one.same = 1
			} else {
				found := readings.explain(t, p, aid, got, want)
				switch {
				case found == nil:
					one.unexplained = 1
					t.Errorf("%-15s %-22s %s calculé %9.2f, référence %9.2f", aid, p.ID, p.Date, got, want)
				case slices.ContainsFunc(found, func(m *mechanism) bool { return m.Ours }):
					one.ours = 1
				case slices.ContainsFunc(found, func(m *mechanism) bool { return m.Guess }):
					one.guessed = 1
				default:
					one.explained = 1
				}
				for _, m := range found {
					used[m.ID]++
					if seen[m.ID] == nil {
						seen[m.ID] = map[string]bool{}
					}
					seen[m.ID][aid+" "+family] = true
				}
			}
			total.add(one)
			at(byAid, aid).add(one)
			at(byFamily, family+" "+aid).add(one)
		}
	}
	for _, by := range []map[string]*tally{byAid, byFamily} {
		for _, k := range sortedKeys(by) {
			t.Logf("%-32s %s", k, by[k])
		}
	}
	for _, m := range readings.mechanisms {
		t.Logf("%-26s %d écarts : %s", m.ID, used[m.ID], strings.Join(sortedKeys(seen[m.ID]), ", "))
		if used[m.ID] == 0 {
			t.Errorf("%s n'explique rien", m.ID)
		}
	}
	t.Logf("toutes les aides %s", total)
	require.GreaterOrEqual(t, total.same*1000, total.all()*984, "moins de 98,4 %% d'accord sans explication")
	require.GreaterOrEqual(t, (total.same+total.explained)*100, total.all()*99, "moins de 99 %% d'accord ou d'écarts que le texte explique")
}

func (x *tally) add(o tally) {
	x.same, x.explained = x.same+o.same, x.explained+o.explained
	x.guessed, x.ours, x.unexplained = x.guessed+o.guessed, x.ours+o.ours, x.unexplained+o.unexplained
}

func at(m map[string]*tally, key string) *tally {
	if m[key] == nil {
		m[key] = &tally{}
	}
	return m[key]
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
