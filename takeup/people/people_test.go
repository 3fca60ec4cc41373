package people_test

import (
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
)

const address = "198.51.100.7"

// onBoth runs a test on a store on each engine.
func onBoth(t *testing.T, do func(t *testing.T, s *people.Store, clock *peopletest.Clock)) {
	t.Helper()
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		clock := peopletest.NewClock()
		do(t, peopletest.New(t, db, clock), clock)
	})
}

// TestProperty29NoSecretIsKept looks for every secret in every column.
func TestProperty29NoSecretIsKept(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		clock := peopletest.NewClock()
		s := peopletest.New(t, db, clock)
		a := peopletest.Add(t, s, peopletest.Here, people.Administrator)
		token, _, err := s.SignIn(t.Context(), a.Login, peopletest.Password, address)
		require.NoError(t, err)
		session, err := s.Session(t.Context(), token)
		require.NoError(t, err)
		secret, err := s.NewFactor()
		require.NoError(t, err)
		code, err := totp.GenerateCode(secret, clock.Now())
		require.NoError(t, err)
		recovery, err := s.AddFactor(t.Context(), session, secret, code)
		require.NoError(t, err)
		_, key, err := s.AddKey(t.Context(), a.ID, people.Key{CCAS: a.CCAS, Name: "Association", Scopes: []people.Scope{people.Simulate}, PerMinute: 60})
		require.NoError(t, err)
		_, _, _ = s.SignIn(t.Context(), "identifiant-mal-tape", "mot de passe mal tapé", address)

		all := dump(t, db)
		require.Contains(t, all, a.Login)
		for _, text := range append(recovery, token, secret, key, peopletest.Password, address, "identifiant-mal-tape", strings.TrimPrefix(key, "guichet_")) {
			require.NotContains(t, all, text)
		}
	})
}

// dump writes every row of the tables of people.
func dump(t *testing.T, db *database.DB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range []string{"agent", "recovery_code", "session", "attempt", "access", "partner_key"} {
		rows, err := db.Query(t.Context(), "SELECT * FROM "+table)
		require.NoError(t, err)
		columns, err := rows.Columns()
		require.NoError(t, err)
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			require.NoError(t, rows.Scan(into...))
			for _, v := range values {
				if raw, ok := v.([]byte); ok {
					v = string(raw)
				}
				if text, ok := v.(string); ok {
					b.WriteString(text + "\t")
				}
			}
		}
		require.NoError(t, rows.Err())
		rows.Close()
	}
	return b.String()
}
