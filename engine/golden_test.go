package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/workbench"
)

// TestAppend: what is written without keeping an answer is that answer, whoever came before.
func TestAppend(t *testing.T) {
	e := shipped(t)
	var b []byte
	for _, c := range oracleCases(t) {
		p, err := profile.Decode(c.Profile)
		require.NoError(t, err)
		s, err := e.Simulate(p)
		require.NoError(t, err)
		b, err = e.Append(b[:0], p)
		require.NoError(t, err)
		require.Equal(t, string(s.AppendJSON(nil)), string(b))
		_, err = e.Append(nil, &profile.Profile{}) // refused: no date
		require.Error(t, err)
	}
}

// TestBrief: a brief answer says the same, unexplained.
func TestBrief(t *testing.T) {
	e := shipped(t)
	for _, c := range oracleCases(t)[:60] {
		p, err := profile.Decode(c.Profile)
		require.NoError(t, err)
		whole, err := e.Simulate(p)
		require.NoError(t, err)
		brief, err := engine.Brief{Engine: e}.Simulate(p)
		require.NoError(t, err)
		for i := range whole.Aids {
			a := &whole.Aids[i]
			require.NotEmpty(t, a.Conditions)
			a.Conditions, a.Steps, a.Used = nil, nil, nil
		}
		require.Equal(t, string(whole.AppendJSON(nil)), string(brief.AppendJSON(nil)))
	}
}

// TestTakeUp: what a household says it receives is held against what is due, and never guessed.
func TestTakeUp(t *testing.T) {
	e := shipped(t)
	for name, c := range map[string]struct {
		received string
		want     engine.TakeUp // of the RSA, which is due
		none     engine.TakeUp // of the ASPA, which is not
	}{
		"nothing said":             {``, engine.TakeUpUnknown, engine.TakeUpUnknown},
		"nothing received":         {`"prestations_percues": {},`, engine.NotReceived, engine.NotConcerned},
		"received":                 {`"prestations_percues": {"rsa": true},`, engine.Received, engine.NotConcerned},
		"received, a small amount": {`"prestations_percues": {"rsa": 120},`, engine.PartlyReceived, engine.NotConcerned},
		"received and not due":     {`"prestations_percues": {"rsa": true, "aspa": 300},`, engine.Received, engine.ReceivedCheck},
		"not known whether":        {`"prestations_percues": {"rsa": null},`, engine.TakeUpUnknown, engine.NotConcerned},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := profile.Decode([]byte(`{` + c.received + `"date": "2026-10-15", "commune": "93066", "couple": "non", "isole_depuis": "2000-01-01",
				"demandeur": {"naissance": "1986-04-12", "nationalite": "francaise", "activite": "inactif", "enceinte": false, "handicap": {"taux": 0, "rsdae": false},
				"inapte_travail": false, "scolarite": "non_scolarise", "revenus": {}}, "enfants": [], "logement": {"statut": "locataire_vide", "loyer": 400, "charges": 0}, "epargne": 0}`))
			require.NoError(t, err)
			s, err := e.Simulate(p)
			require.NoError(t, err)
			require.Equal(t, engine.Eligible, workbench.Best(s, "rsa").Status)
			require.Equal(t, c.want, workbench.Best(s, "rsa").TakeUp)
			require.Equal(t, c.none, workbench.Best(s, "aspa").TakeUp)
		})
	}
}

// TestDates: outside what was formalised there is no answer, and the refusal says which dates have one.
func TestDates(t *testing.T) {
	e := shipped(t)
	for _, date := range []string{"2023-12-31", "2090-01-01"} {
		p, err := profile.Decode([]byte(`{"date": "` + date + `", "demandeur": {"naissance": "1986-04-12"}}`))
		require.NoError(t, err)
		_, err = e.Simulate(p)
		var refused *profile.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, "date", refused.Problems[0].Path)
		require.Contains(t, refused.Problems[0].Remedy, "2024-01-01")
	}
}
