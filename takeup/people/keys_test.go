package people_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
)

func TestKeys(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, _ *peopletest.Clock) {
		ctx := t.Context()
		want := people.Key{CCAS: peopletest.Here, Name: "Portail de la ville", Scopes: []people.Scope{people.Simulate, people.Batch}, PerMinute: 60}
		k, secret, err := s.AddKey(ctx, "", want)
		require.NoError(t, err)
		found, err := s.KeyOf(ctx, secret)
		require.NoError(t, err)
		require.Equal(t, k, found)
		require.ErrorIs(t, s.RevokeKey(ctx, "", peopletest.Elsewhere, k.ID), people.ErrUnknown)
		require.NoError(t, s.RevokeKey(ctx, "", peopletest.Here, k.ID))
		require.ErrorIs(t, s.RevokeKey(ctx, "", peopletest.Here, k.ID), people.ErrUnknown)
		for _, wrong := range []string{secret, "", "guichet_", secret[1:]} {
			_, err := s.KeyOf(ctx, wrong)
			require.ErrorIs(t, err, people.ErrRefused)
		}
		all, err := s.Keys(ctx, peopletest.Here)
		require.NoError(t, err)
		require.Len(t, all, 1)
		require.False(t, all[0].RevokedAt.IsZero())
		elsewhere, err := s.Keys(ctx, peopletest.Elsewhere)
		require.NoError(t, err)
		require.Empty(t, elsewhere)
		for _, change := range []func(*people.Key){
			func(k *people.Key) { k.Name = "" }, func(k *people.Key) { k.Scopes = nil },
			func(k *people.Key) { k.Scopes = []people.Scope{"tout"} }, func(k *people.Key) { k.PerMinute = 0 },
		} {
			k := want
			change(&k)
			_, _, err := s.AddKey(ctx, "", k)
			require.ErrorIs(t, err, people.ErrShape)
		}
	})
}
