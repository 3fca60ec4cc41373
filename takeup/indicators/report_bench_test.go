package indicators_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/indicators"
)

// BenchmarkWithin makes the report of a year in which as many persons were received and as many rights found, most of a few aids, reasons
// and languages: the fewer they are, the more there is to hide.
func BenchmarkWithin(b *testing.B) {
	for _, n := range []int{150, 600, 6000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			draw := rand.New(rand.NewPCG(1, 2))
			often := func(n int) int { x := draw.Float64(); return int(x * x * x * float64(n)) }
			var lines []indicators.Line
			for range n {
				month := takeup.MonthOf(2026, 1) + takeup.Month(draw.IntN(12))
				reception := takeup.Reception{
					Channel: takeup.Channels()[often(len(takeup.Channels()))], Language: takeup.Languages()[often(len(takeup.Languages()))], Interpreter: draw.IntN(3) == 0,
				}
				right := indicators.Right{
					Aid: fmt.Sprint("aide", often(15)), Type: takeup.Types()[often(6)], Reason: takeup.Reasons()[often(len(takeup.Reasons()))],
					Channel: reception.Channel, Language: reception.Language, Found: month,
				}
				switch draw.IntN(4) {
				case 0:
					right.Refused, right.Why = month+1, takeup.Refusals()[draw.IntN(9)]
				case 1:
					right.Abandoned, right.Left = month+1, takeup.Leavings()[draw.IntN(9)]
				default:
					right.Filed, right.Opened = month, month+1
				}
				lines = append(lines, indicators.Passing(month, reception, true, draw.IntN(2) == 0), indicators.Line{Right: &right})
			}
			for b.Loop() {
				_, err := indicators.Within(all(lines), 2026, later)
				require.NoError(b, err)
			}
		})
	}
}
