package people_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
)

func TestAgents(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, _ *peopletest.Clock) {
		ctx := t.Context()
		has, err := s.HasAgents(ctx)
		require.NoError(t, err)
		require.False(t, has)
		a := peopletest.Add(t, s, peopletest.Here, people.Reception)
		has, err = s.HasAgents(ctx)
		require.NoError(t, err)
		require.True(t, has)
		for name, c := range map[string]struct {
			n    people.NewAgent
			want error
		}{
			"the login of another": {people.NewAgent{CCAS: peopletest.Elsewhere, Login: "AGENT", Name: "Poste 9", Role: people.Reception}, people.ErrTaken},
			"no CCAS":              {people.NewAgent{CCAS: "nulle-part", Login: "poste9", Name: "Poste 9", Role: people.Reception}, people.ErrUnknown},
			"no role":              {people.NewAgent{CCAS: peopletest.Here, Login: "poste9", Name: "Poste 9", Role: "chef"}, people.ErrShape},
			"no login":             {people.NewAgent{CCAS: peopletest.Here, Login: "é", Name: "Poste 9", Role: people.Reception}, people.ErrShape},
			"no name":              {people.NewAgent{CCAS: peopletest.Here, Login: "poste9", Role: people.Reception}, people.ErrShape},
			"a weak password":      {people.NewAgent{CCAS: peopletest.Here, Login: "poste9", Name: "Poste 9", Role: people.Reception, Password: "azerty"}, people.WeakPassword("court")},
		} {
			_, _, err := s.AddAgent(ctx, "", c.n)
			require.ErrorIs(t, err, c.want, name)
		}
		_, err = s.Agent(ctx, peopletest.Elsewhere, a.ID)
		require.ErrorIs(t, err, people.ErrUnknown, "another CCAS's agent does not exist")
		stranger := a
		stranger.CCAS = peopletest.Elsewhere
		require.ErrorIs(t, s.SetDisabled(ctx, "", stranger, true), people.ErrUnknown)
		_, err = s.Reset(ctx, "", stranger)
		require.ErrorIs(t, err, people.ErrUnknown)
		all, err := s.Agents(ctx, peopletest.Here)
		require.NoError(t, err)
		require.Equal(t, []people.Agent{a}, all)
	})
}

func TestAccessesAreOfOneCentre(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, clock *peopletest.Clock) {
		a := peopletest.Add(t, s, peopletest.Here, people.SocialWorker)
		for _, code := range []takeup.Code{"K7B-4PXD", "M3T-9QTC"} {
			clock.Pass(time.Minute)
			require.NoError(t, s.Note(t.Context(), people.Access{CCAS: a.CCAS, Agent: a.ID, Case: code, What: people.CaseRead}))
		}
		got, err := s.Accesses(t.Context(), peopletest.Here, people.AccessFilter{Case: "K7B-4PXD"}, 10)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.Equal(t, a.ID, got[0].Agent)
		older, err := s.Accesses(t.Context(), peopletest.Here, people.AccessFilter{Agent: a.ID, Before: clock.Now()}, 10)
		require.NoError(t, err)
		require.Len(t, older, 1)
		none, err := s.Accesses(t.Context(), peopletest.Elsewhere, people.AccessFilter{}, 10)
		require.NoError(t, err)
		require.Empty(t, none)
	})
}

func TestRoles(t *testing.T) {
	for _, role := range people.Roles() {
		require.True(t, role.Known())
		require.True(t, role.May(people.Nothing))
	}
	require.False(t, people.Role("chef").May(people.Nothing))
	require.False(t, people.Administrator.May(people.Cases), "who looks after accounts sees no case")
	require.False(t, people.Protection.May(people.Staff))
	require.False(t, people.Reception.May(people.Oversight))
}
