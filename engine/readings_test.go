package engine_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/rules"
)

// mechanism is one reading of the law where the reference model parts from the rules.
type mechanism struct {
	ID       string        `yaml:"id"`
	Figure   string        `yaml:"grandeur"`
	Article  string        `yaml:"article"`
	Reason   string        `yaml:"raison"`
	Ours     bool          `yaml:"notre_fait"` // the reference is right, a rule of ours simplifies
	Guess    bool          `yaml:"suppose"`    // what the reference reads is not known, only fitted: no explanation
	Readings []replacement `yaml:"lecture_de_la_reference"`
}

// replacement puts the reference's reading in place of ours in one file of the rules.
type replacement struct {
	File    string `yaml:"fichier"`
	Text    string `yaml:"texte"` // occurs once in the file
	Becomes string `yaml:"devient"`
}

// most is how many mechanisms may explain one difference together.
const most = 3

// readings simulates under the reference's readings of the law.
type readings struct {
	mechanisms []*mechanism
	engines    map[string]*engine.Engine // by the ids put in
}

func newReadings(t testing.TB) *readings {
	t.Helper()
	src, err := os.ReadFile("../testdata/oracle/deviations.yaml")
	require.NoError(t, err)
	r := &readings{engines: map[string]*engine.Engine{}}
	require.NoError(t, yaml.UnmarshalWithOptions(src, &r.mechanisms, yaml.Strict()))
	for _, m := range r.mechanisms {
		require.NotEmpty(t, m.ID)
		require.NotEmpty(t, m.Article, "%s dit son article", m.ID)
		require.NotEmpty(t, m.Reason, "%s dit pourquoi", m.ID)
		require.NotEmpty(t, m.Readings, "%s se rejoue", m.ID)
	}
	return r
}

// with gives the engine of the shipped law with some mechanisms' readings put in.
func (r *readings) with(t testing.TB, set []*mechanism) *engine.Engine {
	t.Helper()
	ids := make([]string, len(set))
	for i, m := range set {
		ids[i] = m.ID
	}
	slices.Sort(ids)
	key := strings.Join(ids, " ")
	if e, ok := r.engines[key]; ok {
		return e
	}
	changed := fstest.MapFS{}
	under := rules.Overlay(law(), changed)
	for _, m := range set {
		for _, x := range m.Readings {
			src, err := fs.ReadFile(under, x.File)
			require.NoError(t, err, m.ID)
			require.Equal(t, 1, strings.Count(string(src), x.Text), "%s : %q dans %s", m.ID, x.Text, x.File)
			changed[x.File] = &fstest.MapFile{Data: []byte(strings.Replace(string(src), x.Text, x.Becomes, 1))}
		}
	}
	e := load(t, under)
	r.engines[key] = e
	return e
}

// explain gives the smallest set of mechanisms under which an aid agrees with the reference, nil if there is none.
func (r *readings) explain(t testing.TB, p *profile.Profile, aid string, got, want float64) []*mechanism {
	t.Helper()
	for size := 1; size <= most; size++ {
		if set := r.extend(t, p, aid, got, want, nil, size); set != nil {
			return set
		}
	}
	return nil
}

// extend adds so many mechanisms to those taken, under which the amount is got. One that does not move the amount adds nothing.
func (r *readings) extend(t testing.TB, p *profile.Profile, aid string, got, want float64, taken []*mechanism, more int) []*mechanism {
	t.Helper()
	for _, m := range r.mechanisms {
		if slices.Contains(taken, m) {
			continue
		}
		set := slices.Concat(taken, []*mechanism{m})
		v := gross(t, r.with(t, set), p)[aid]
		switch {
		case v == got:
		case more == 1:
			if agree(v, want) {
				return set
			}
		default:
			if found := r.extend(t, p, aid, v, want, set, more-1); found != nil {
				return found
			}
		}
	}
	return nil
}
