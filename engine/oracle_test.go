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

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
)

// A reference case: what an independent model of the law finds for one household. See testdata/oracle/README.md.
type oracleCase struct {
	Profile  json.RawMessage `json:"profil"`
	Expected map[string]struct {
		Gross *float64 `json:"brut"`
	} `json:"attendu"`
	Figures map[string]float64 `json:"grandeurs"`
}

// deviation is a difference from the reference that is understood: the law justifies it, unless it is marked as ours.
type deviation struct {
	Aid      string   `yaml:"aide"`
	Families []string `yaml:"familles"`
	Cases    []string `yaml:"cas"`
	Figure   string   `yaml:"grandeur"`
	Article  string   `yaml:"article"`
	Reason   string   `yaml:"raison"`
	Ours     bool     `yaml:"notre_fait"` // the reference is right, a rule of ours simplifies
}

func shipped(t testing.TB) *engine.Engine {
	t.Helper()
	var law fs.FS = rules.FS
	if dir := os.Getenv("GUICHET_TEST_RULES"); dir != "" {
		law = os.DirFS(dir) // a rule author's own copy
	}
	set, err := ruleset.Load(law)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	return e
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

func deviations(t testing.TB) map[string]deviation {
	t.Helper()
	src, err := os.ReadFile("../testdata/oracle/deviations.yaml")
	require.NoError(t, err)
	var list []deviation
	require.NoError(t, yaml.UnmarshalWithOptions(src, &list, yaml.Strict()))
	out := map[string]deviation{}
	for _, d := range list {
		require.NotEmpty(t, d.Article, "une déviation dit son article")
		if d.Ours {
			t.Logf("écart de notre fait : %s %v, %s", d.Aid, d.Cases, d.Article)
		}
		for _, c := range d.Cases {
			out[d.Aid+" "+c] = d
		}
	}
	return out
}

// agree is the agreement that the reference asks for: 0.05 EUR or 0.1 %, whichever is larger.
func agree(got, want float64) bool {
	return math.Abs(got-want) <= max(0.05, 0.001*math.Abs(want))+1e-9
}

// TestOracle holds every aid against the reference cases: at least 99 % of all answers agree, and each difference left is
// understood, with its article.
func TestOracle(t *testing.T) {
	e := shipped(t)
	known := deviations(t)
	type tally struct{ same, all, nonZero int }
	byAid := map[string]*tally{}
	byFamily := map[string]map[string]*tally{}
	var differences []string
	for _, c := range oracleCases(t) {
		p, err := profile.Decode(c.Profile)
		require.NoError(t, err)
		s, err := e.Simulate(p)
		require.NoError(t, err, p.ID)
		family := p.ID[:strings.LastIndexByte(p.ID, '-')]
		sums := map[string]float64{}
		for _, a := range s.Aids {
			require.True(t, a.Amount.Decided, "%s %s : un ménage complet est décidé (manque %v)", p.ID, a.Aid, a.Missing)
			sums[a.Aid] += a.Amount.Gross
		}
		for aid, got := range sums {
			want := c.Expected[aid].Gross
			if want == nil {
				continue
			}
			if byFamily[family] == nil {
				byFamily[family] = map[string]*tally{}
			}
			if byAid[aid] == nil {
				byAid[aid] = &tally{}
			}
			if byFamily[family][aid] == nil {
				byFamily[family][aid] = &tally{}
			}
			_, deviates := known[aid+" "+p.ID]
			same := agree(got, *want)
			for _, x := range []*tally{byAid[aid], byFamily[family][aid]} {
				x.all++
				if same {
					x.same++
				}
				if *want > 0 {
					x.nonZero++
				}
			}
			switch {
			case same && deviates:
				t.Errorf("%s %s : la déviation notée n'existe plus", aid, p.ID)
			case !same && !deviates:
				differences = append(differences, fmt.Sprintf("%-15s %-22s %s calculé %9.2f, référence %9.2f", aid, p.ID, p.Date, got, *want))
			}
		}
	}
	var total tally
	for _, a := range e.Set().Aids() {
		if x := byAid[a.ID]; x != nil {
			t.Logf("%-15s %3d / %3d (%d non nuls) : %.2f %%", a.ID, x.same, x.all, x.nonZero, 100*float64(x.same)/float64(x.all))
			total.same, total.all = total.same+x.same, total.all+x.all
		}
	}
	t.Logf("toutes les aides %d / %d : %.2f %%", total.same, total.all, 100*float64(total.same)/float64(total.all))
	require.GreaterOrEqual(t, total.same*100, total.all*99, "moins de 99 %% d'accord")
	for _, family := range sortedKeys(byFamily) {
		line := fmt.Sprintf("%-18s", family)
		for _, a := range e.Set().Aids() {
			if x := byFamily[family][a.ID]; x != nil {
				line += fmt.Sprintf(" %s %d/%d", a.ID, x.same, x.all)
			}
		}
		t.Log(line)
	}
	slices.Sort(differences)
	for _, d := range differences {
		t.Error(d) // no article explains it
	}
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
