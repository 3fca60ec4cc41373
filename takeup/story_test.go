package takeup_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/takeup"
	"guichet/takeup/indicators"
)

var update = flag.Bool("update", false, "write the golden story anew")

// One story from the counter to the money, as the protocol has it, with the rules of the house: after each event the rights, and what is to be
// done.
func TestStory(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	law := takeup.RulesOf(set)
	ppa := takeup.RightID{Aid: "prime_activite", For: takeup.Household}
	housing := takeup.RightID{Aid: "aide_logement", For: takeup.Household}
	diagnosed := func(id takeup.RightID, typ takeup.Type, reason takeup.Reason, c takeup.Cents) takeup.Fact {
		e := perMonth(c)
		return takeup.Diagnosed{RightID: id, Finding: takeup.Likely, Type: typ, Reason: reason, Estimate: &e}
	}
	e := perMonth(0)
	steps := []step{
		{0, opening},
		{0, diagnosed(ppa, takeup.NotAsked, takeup.Complexity, 205_07)},
		{0, diagnosed(housing, takeup.NotKnown, takeup.Information, 296_28)},
		{0, diagnosed(css, takeup.NotObtained, takeup.NoInstitutionWord, 0)},
		{0, takeup.Diagnosed{RightID: rsa, Finding: takeup.AlreadyReceived}},
		{0, takeup.Planned{RightID: housing, Mode: takeup.Alone, Where: "caf", Missing: []string{"attestation_loyer"}}},
		{1, takeup.Filed{RightID: ppa, On: day0 + 1, Proof: "n° 4471"}},
		{1, takeup.Filed{RightID: css, On: day0 + 1}},
		{4, takeup.Visited{Reception: atCounter}},
		{4, takeup.DocumentsReceived{RightID: housing, Documents: []string{"attestation_loyer"}}},
		{5, takeup.Filed{RightID: housing, On: day0 + 5, Proof: "n° 4512"}},
		{5, takeup.Refused{RightID: ppa, Reason: takeup.RefusedAge, Notified: day0 + 4}},
		{5, takeup.Cancelled{Event: 12}}, // it was the letter of another
		{20, takeup.Opened{RightID: housing, Amount: takeup.Amount{Cents: 291_40, Per: takeup.PerMonth}, Since: day0 + 17}},
		{28, takeup.Refused{RightID: css, Reason: takeup.RefusedResources, Notified: day0 + 28}},
		{29, takeup.Contacted{With: takeup.ThePerson, By: takeup.Telephone, Reached: true}},
		{33, takeup.Appealed{RightID: css, Remedy: takeup.ToBody, On: day0 + 33}},
		{34, takeup.Contacted{RightID: ppa, With: takeup.TheBody, By: takeup.Telephone, Reached: true}},
		{40, takeup.Assigned{Agent: "poste1"}},
		{60, takeup.AppealAnswered{RightID: css, Upheld: true, Notified: day0 + 59}},
		{61, takeup.Opened{RightID: css, Amount: takeup.Amount{Per: takeup.PerMonth}, Since: day0 + 48}},
		{88, takeup.Opened{RightID: ppa, Amount: takeup.Amount{Cents: 198_00, Per: takeup.PerMonth}, Since: day0 - 14}},
		{167, takeup.Reestimated{RightID: takeup.RightID{Aid: "asf", For: takeup.Household}, Change: takeup.NewRight, Estimate: e}},
		{170, takeup.Contacted{With: takeup.ThePerson, By: takeup.Letter}},
		{171, takeup.Contacted{With: takeup.ThePerson, By: takeup.Telephone}},
		{172, takeup.Contacted{With: takeup.ThePerson, By: takeup.Telephone}},
		{180, takeup.Closed{Reason: takeup.CloseUnreachable}},
	}
	var b strings.Builder
	c := takeup.New("K7B-4PXD")
	for _, s := range steps {
		then(t, c, in(s.after), s.fact)
		kept, err := takeup.WriteFact(s.fact)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s %s %s\n", takeup.DayOf(in(s.after)), s.fact.Kind(), kept)
		for _, r := range c.Current() {
			fmt.Fprintf(&b, "    %s: %s\n", r.Aid, r.Stage)
		}
		for _, x := range c.Tasks(law) {
			fmt.Fprintf(&b, "    → %s %s %s\n", x.Due, x.Kind, x.Right.Aid)
		}
	}
	r := c.Retention(takeup.MaxRetention)
	fmt.Fprintf(&b, "contact details until %s, the case until %s\n", r.Contact, r.Case)
	for _, l := range indicators.Lines(c) {
		kept, err := json.Marshal(l)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s\n", kept)
	}
	golden := filepath.Join("testdata", "story.txt")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}
