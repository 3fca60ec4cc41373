package api

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
)

// shipped is the engine of the law as it is shipped.
func shipped(t testing.TB) *engine.Engine {
	t.Helper()
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	return e
}

// TestReferenceHouseholdsAreAsDescribed sends some of the reference households, whole and with what they do not say left
// unknown, and holds profiles, answers and questions to the published description.
func TestReferenceHouseholdsAreAsDescribed(t *testing.T) {
	const every = 7
	api := served(t, shipped(t))
	file, err := os.Open(filepath.Join("..", "..", "testdata", "oracle", "cases.ndjson"))
	require.NoError(t, err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	sent := 0
	for number := 0; lines.Scan(); number++ {
		if number%every != 0 {
			continue
		}
		var reference struct {
			Profile json.RawMessage `json:"profil"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &reference))
		whole := string(reference.Profile)
		partial := strings.Replace(whole, `"complet": true`, `"complet": false`, 1)
		require.NotEqual(t, whole, partial)
		for _, body := range []string{whole, partial} {
			require.Empty(t, violations(t, schemaProfile, []byte(body)), "household %d", number)
			for target, schema := range map[string]string{"/api/v1/simulations": schemaSimulation, "/api/v1/questions": schemaQuestions} {
				w := httptest.NewRecorder()
				api.ServeHTTP(w, httptest.NewRequest(http.MethodPost, target, strings.NewReader(body)))
				require.Equal(t, http.StatusOK, w.Code, "household %d: %s", number, w.Body)
				assert.Empty(t, violations(t, schema, w.Body.Bytes()), "household %d: %s", number, w.Body)
				sent++
			}
		}
	}
	require.NoError(t, lines.Err())
	assert.Greater(t, sent, 300)
}

// TestTheSameRightsThroughTheAPI holds the answer's bytes to those of the engine itself.
func TestTheSameRightsThroughTheAPI(t *testing.T) {
	e := shipped(t)
	p, err := profile.Decode([]byte(household))
	require.NoError(t, err)
	s, err := e.Simulate(p)
	require.NoError(t, err)
	w := httptest.NewRecorder()
	served(t, e).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/v1/simulations", strings.NewReader(household)))
	assert.Equal(t, string(s.AppendJSON(nil)), w.Body.String())
}
