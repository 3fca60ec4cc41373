package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkScreen is guichet screen from file to file over the reference households, eighty times each, on all cores.
func BenchmarkScreen(b *testing.B) {
	b.Run("whole", func(b *testing.B) { benchmarkScreen(b) })
	b.Run("brief", func(b *testing.B) { benchmarkScreen(b, "-brief") })
}

func benchmarkScreen(b *testing.B, options ...string) {
	const times = 80
	households, err := referenceHouseholds()
	require.NoError(b, err)
	in := filepath.Join(b.TempDir(), "in.ndjson")
	require.NoError(b, os.WriteFile(in, bytes.Repeat(append(bytes.Join(households, []byte("\n")), '\n'), times), 0o600))
	out := filepath.Join(b.TempDir(), "out.ndjson")
	var spent time.Duration
	for b.Loop() {
		p := newProgram("")
		start := time.Now()
		require.Equal(b, done, p.run(context.Background(), append([]string{"screen", "-in", in, "-out", out, "-force"}, options...)), p.err.String())
		spent += time.Since(start)
	}
	b.ReportMetric(float64(b.N*times*len(households))/spent.Seconds(), "households/s")
	info, err := os.Stat(out)
	require.NoError(b, err)
	b.ReportMetric(float64(info.Size())/float64(times*len(households)), "bytes/answer")
}
