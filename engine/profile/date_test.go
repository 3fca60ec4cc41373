package profile

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The calendar is the one of the standard library.
func TestParseDateAgreesWithTheCalendar(t *testing.T) {
	for day := time.Date(1896, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2105; day = day.AddDate(0, 0, 1) {
		text := day.Format(time.DateOnly)
		d, err := ParseDate(text)
		require.NoError(t, err)
		if d.String() != text || d != DateOfTime(day) || d+1 > DateOfTime(day.AddDate(0, 0, 1)) {
			t.Fatal(text)
		}
	}
	for _, s := range []string{"", "2025-02-29", "2100-02-29", "2025-04-31", "2025-00-10", "0999-01-01", "2025-1-01", "2025-01-1", "2025/01/01", "2025-01-32", "20250-1-01", "２025-01-01", "+025-01-01"} {
		_, err := ParseDate(s)
		require.Error(t, err, s)
	}
}

func TestDateAsText(t *testing.T) {
	data, err := json.Marshal(map[string]Date{"a": DateOf(2025, 6, 5), "b": 0})
	require.NoError(t, err)
	require.JSONEq(t, `{"a":"2025-06-05","b":""}`, string(data))
	var read map[string]Date
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, map[string]Date{"a": DateOf(2025, 6, 5), "b": 0}, read)
	require.Error(t, json.Unmarshal([]byte(`{"a":"demain"}`), &read))
}

// Someone is n years old on their birthday, the 1st of March for those born on a 29 February.
func TestYearsBefore(t *testing.T) {
	require.Equal(t, DateOf(2010, 6, 15), DateOf(2024, 6, 15).yearsBefore(14))
	require.Less(t, DateOf(2010, 2, 28), DateOf(2024, 2, 29).yearsBefore(14))
	require.Greater(t, DateOf(2010, 3, 1), DateOf(2024, 2, 29).yearsBefore(14))
	require.Greater(t, DateOf(2012, 2, 29), DateOf(2026, 2, 28).yearsBefore(14))
}
