package webtest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine/profile"
)

func TestEngineAnswers(t *testing.T) {
	p, err := profile.Decode([]byte(`{"date":"2026-06-15","complet":true,"commune":"75056","demandeur":{"naissance":"1990-01-01","handicap":{"taux":80},"revenus":{"salaire":100}},"logement":{"statut":"locataire_vide","loyer":400}}`))
	require.NoError(t, err)
	s, err := Engine(t).Simulate(p)
	require.NoError(t, err)
	require.Len(t, s.Aids, 2)
	assert.Equal(t, 500.0, s.Aids[0].Amount.Net)
	assert.Equal(t, 100.0, s.Aids[1].Amount.Net)
	assert.Equal(t, "demandeur", s.Aids[1].Amount.For)
}
