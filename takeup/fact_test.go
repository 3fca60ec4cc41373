package takeup_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
)

// examples gives one fact of each kind, with everything said in it.
func examples() []takeup.Fact {
	e := perMonth(551_20)
	documents := []string{"rib", "bail"}
	return []takeup.Fact{
		takeup.CaseOpened{Reception: atCounter, Notice: notice, Followed: true, Simulated: true, From: "93066", Referent: "poste1"},
		takeup.Visited{Reception: atCounter, Simulated: true},
		takeup.Informed{Notice: notice, Followed: true},
		takeup.Diagnosed{RightID: rsa, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: takeup.Information, Estimate: &e},
		takeup.Reestimated{RightID: rsa, Change: takeup.NewRight, Estimate: e},
		takeup.Planned{RightID: rsa, Mode: takeup.ByMandate, Where: "caf", Missing: documents, Mandate: day0},
		takeup.DocumentsReceived{RightID: rsa, Documents: documents},
		takeup.Filed{RightID: rsa, On: day0, Proof: "n° 4471/2026"},
		takeup.Oriented{RightID: aah, Partner: "mdph", Consent: true, Appointment: day0 + 20},
		takeup.OrientationEnded{RightID: aah, Partner: "mdph", Seen: true},
		takeup.Contacted{RightID: rsa, With: takeup.TheBody, By: takeup.Telephone, Reached: true},
		takeup.DocumentsAsked{RightID: rsa, Documents: documents, By: day0 + 30},
		takeup.Opened{RightID: rsa, Amount: takeup.Amount{Cents: 540_00, Per: takeup.PerMonth}, Since: day0},
		takeup.Refused{RightID: rsa, Reason: takeup.RefusedResources, Notified: day0},
		takeup.Appealed{RightID: rsa, Remedy: takeup.ToBody, On: day0, Proof: "1A 123"},
		takeup.AppealAnswered{RightID: rsa, Upheld: true, Notified: day0},
		takeup.Abandoned{RightID: rsa, Reason: takeup.LeftWish},
		takeup.Renewed{RightID: rsa, On: day0},
		takeup.Lapsed{RightID: rsa, Reason: takeup.LapsedForm, On: day0},
		takeup.Assigned{Agent: "poste3"},
		takeup.Moved{To: "93066", Consent: true},
		takeup.ConsentWithdrawn{},
		takeup.Closed{Reason: takeup.Finished},
		takeup.Reopened{Reception: atCounter, Notice: notice, Followed: true},
		takeup.Noted{Text: "Préfère le matin."},
		takeup.Cancelled{Event: 4},
	}
}

func TestEveryKindIsKept(t *testing.T) {
	var kinds []string
	for _, f := range examples() {
		kinds = append(kinds, f.Kind())
		require.NoError(t, f.Check(), f.Kind())
		b, err := takeup.WriteFact(f)
		require.NoError(t, err)
		back, err := takeup.ReadFact(f.Kind(), b)
		require.NoError(t, err)
		require.Equal(t, f, back)

		var fields map[string]any
		require.NoError(t, json.Unmarshal(b, &fields))
		for name := range fields {
			require.Equal(t, strings.ToLower(name), name, "%s: fields bear the names that they are kept under", f.Kind())
		}
		fields["futur"] = 1
		more, err := json.Marshal(fields)
		require.NoError(t, err)
		_, err = takeup.ReadFact(f.Kind(), more)
		require.Error(t, err, "a field of a newer program is not dropped")
		_, err = takeup.ReadFact(f.Kind(), append(b, "{}"...))
		require.Error(t, err)
	}
	slices.Sort(kinds)
	require.Equal(t, takeup.Kinds(), kinds, "an example of each kind")
	_, err := takeup.ReadFact("inconnu", []byte("{}"))
	require.ErrorContains(t, err, "newer program")
}

// What is kept for years is read by its names: this is what they are.
func TestKeptForm(t *testing.T) {
	b, err := takeup.WriteFact(examples()[0])
	require.NoError(t, err)
	require.JSONEq(t, `{"canal":"accueil","langue":"ta","interprete":true,"notice":{"version":"2026-11","langue":"ta"},"accord":true,
		"simule":true,"de":"93066","referent":"poste1"}`, string(b))
	b, err = takeup.WriteFact(examples()[3])
	require.NoError(t, err)
	require.JSONEq(t, `{"aide":"rsa","pour":"foyer","constat":"probable","type":"NCO","motif":"information",
		"estimation":{"min":55120,"max":55120,"periode":"mois","version":"2025-04-01","regles":"sha256:00ff"}}`, string(b))
	b, err = takeup.WriteFact(takeup.Contacted{With: takeup.ThePerson, By: takeup.SMS})
	require.NoError(t, err)
	require.JSONEq(t, `{"avec":"personne","par":"sms","joint":false}`, string(b))
}

func TestCheck(t *testing.T) {
	e := perMonth(-1)
	inverted := takeup.Estimate{Min: 2, Max: 1, Per: takeup.PerMonth, Version: "2025-04-01", Rules: "x"}
	nir := "1 85 05 78 006 084 36"
	many := make([]string, 31)
	for name, c := range map[string]struct {
		fact takeup.Fact
		key  takeup.Key
	}{
		"no agreement":                {takeup.CaseOpened{Reception: atCounter, Notice: notice}, takeup.KeyNoConsent},
		"a language nobody speaks":    {takeup.Visited{Reception: takeup.Reception{Channel: takeup.WalkIn, Language: "xx"}}, takeup.KeyWord},
		"a channel that is none":      {takeup.Visited{Reception: takeup.Reception{Channel: "x", Language: "fr"}}, takeup.KeyWord},
		"no notice":                   {takeup.Informed{Followed: true}, takeup.KeyMissing},
		"an aid in capitals":          {takeup.Filed{RightID: takeup.RightID{Aid: "RSA", For: takeup.Household}, On: day0}, takeup.KeyShape},
		"nobody's right":              {takeup.Filed{RightID: takeup.RightID{Aid: "rsa"}, On: day0}, takeup.KeyWord},
		"likely without a type":       {takeup.Diagnosed{RightID: rsa, Finding: takeup.Likely}, takeup.KeyMissing},
		"a type of what is received":  {takeup.Diagnosed{RightID: rsa, Finding: takeup.AlreadyReceived, Type: takeup.NotKnown}, takeup.KeyNotHere},
		"a type that is none":         {takeup.Diagnosed{RightID: rsa, Finding: takeup.ToVerify, Type: "NXX"}, takeup.KeyWord},
		"a reason that is none":       {takeup.Diagnosed{RightID: rsa, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: "x"}, takeup.KeyWord},
		"a negative estimate":         {takeup.Reestimated{RightID: rsa, Change: takeup.NewRight, Estimate: e}, takeup.KeyAmount},
		"bounds the wrong way round":  {takeup.Diagnosed{RightID: rsa, Finding: takeup.ToVerify, Estimate: &inverted}, takeup.KeyAmount},
		"a mandate without its day":   {takeup.Planned{RightID: rsa, Mode: takeup.ByMandate, Where: "caf"}, takeup.KeyMissing},
		"a mandate of nobody":         {takeup.Planned{RightID: rsa, Mode: takeup.Alone, Where: "caf", Mandate: day0}, takeup.KeyNotHere},
		"a document in words":         {takeup.DocumentsAsked{RightID: rsa, Documents: []string{"son bail"}}, takeup.KeyShape},
		"no document":                 {takeup.DocumentsReceived{RightID: rsa}, takeup.KeyMissing},
		"too many documents":          {takeup.DocumentsReceived{RightID: rsa, Documents: many}, takeup.KeyTooLong},
		"no day":                      {takeup.Filed{RightID: rsa}, takeup.KeyMissing},
		"a day of another century":    {takeup.Filed{RightID: rsa, On: takeup.DateOf(202, 1, 1)}, takeup.KeyDay},
		"a NIR as a proof":            {takeup.Filed{RightID: rsa, On: day0, Proof: nir}, takeup.KeySocialSecurity},
		"a NIR as a proof of appeal":  {takeup.Appealed{RightID: rsa, Remedy: takeup.ToBody, On: day0, Proof: "185057800608436"}, takeup.KeySocialSecurity},
		"a NIR in a note":             {takeup.Noted{Text: "Sécu " + nir}, takeup.KeySocialSecurity},
		"a NIR as a notice":           {takeup.Informed{Notice: takeup.Notice{Version: "1850578006084", Language: "fr"}, Followed: true}, takeup.KeySocialSecurity},
		"a NIR as an aid":             {takeup.Filed{RightID: takeup.RightID{Aid: "a1850578006084", For: takeup.Household}, On: day0}, takeup.KeySocialSecurity},
		"a NIR as a document":         {takeup.DocumentsAsked{RightID: rsa, Documents: []string{"x_1850578006084"}}, takeup.KeySocialSecurity},
		"a proof with a tag":          {takeup.Filed{RightID: rsa, On: day0, Proof: "<b>"}, takeup.KeyShape},
		"a long proof":                {takeup.Filed{RightID: rsa, On: day0, Proof: strings.Repeat("x", 41)}, takeup.KeyTooLong},
		"a long note":                 {takeup.Noted{Text: strings.Repeat("é", 281)}, takeup.KeyTooLong},
		"a note that is no text":      {takeup.Noted{Text: "\xff"}, takeup.KeyShape},
		"a note that rings":           {takeup.Noted{Text: "\a"}, takeup.KeyShape},
		"an empty note":               {takeup.Noted{}, takeup.KeyMissing},
		"an orientation unasked":      {takeup.Oriented{Partner: "caf"}, takeup.KeyNoConsent},
		"half a right":                {takeup.Contacted{RightID: takeup.RightID{Aid: "rsa"}, With: takeup.ThePerson, By: takeup.SMS}, takeup.KeyWord},
		"too much money":              {takeup.Opened{RightID: rsa, Amount: takeup.Amount{Cents: 1e9, Per: takeup.PerMonth}, Since: day0}, takeup.KeyAmount},
		"money for no time":           {takeup.Opened{RightID: rsa, Since: day0}, takeup.KeyWord},
		"transferred without consent": {takeup.Moved{To: "93066"}, takeup.KeyNoConsent},
		"closed as transferred":       {takeup.Closed{Reason: takeup.CloseTransferred}, takeup.KeyWord},
		"no agent":                    {takeup.Assigned{}, takeup.KeyMissing},
		"no event":                    {takeup.Cancelled{}, takeup.KeyMissing},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.fact.Check()
			require.Equal(t, c.key, refusal(t, err))
			require.NotContains(t, err.Error(), "185", "an error repeats nothing that was typed")
		})
	}
}
