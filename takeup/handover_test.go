package takeup_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
)

// A refusal that was overturned is handed over as what it is, an answer that is awaited since then, whether a filing was ever noted or not.
func TestHandoverOfAnAppealThatWasWon(t *testing.T) {
	id := takeup.RightID{Aid: "rsa", For: takeup.Household}
	for name, filed := range map[string][]takeup.Fact{
		"never filed here": nil,
		"filed":            {takeup.Filed{RightID: id, On: 20_700, Proof: "4471"}},
	} {
		t.Run(name, func(t *testing.T) {
			here, there := takeup.New("K7B-4PXD"), takeup.New("X2X-2X2X")
			facts := append([]takeup.Fact{opening, takeup.Diagnosed{RightID: id, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: takeup.Information}}, filed...)
			facts = append(facts, takeup.Refused{RightID: id, Reason: takeup.Refusals()[0], Notified: 20_710}, takeup.Appealed{RightID: id, Remedy: takeup.Remedies()[0], On: 20_720},
				takeup.AppealAnswered{RightID: id, Upheld: true, Notified: 20_730})
			at := takeup.Day(20_740).Time()
			note := func(c *takeup.Case, facts []takeup.Fact) *takeup.Right {
				for _, f := range facts {
					require.NoError(t, c.Allow(f, at), "%T", f)
					require.NoError(t, c.Apply(takeup.Event{At: at, Fact: f}))
				}
				return c.Right(id)
			}
			was := note(here, facts)
			is := note(there, here.Handover("ici"))
			require.Equal(t, takeup.StageFiled, was.Stage)
			require.Equal(t, was.Stage, is.Stage)
			require.Equal(t, was.Filed, is.Filed)
			require.Equal(t, was.Waits, is.Waits)
		})
	}
}
