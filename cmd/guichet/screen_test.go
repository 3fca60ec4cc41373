package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A run that is stopped keeps whole lines only, says how to go on, and goes on to the very output of a run that was not.
func TestScreenStopsAndGoesOn(t *testing.T) {
	households, err := referenceHouseholds()
	require.NoError(t, err)
	text := append(bytes.Join(households, []byte("\n")), '\n')
	in, out := filepath.Join(t.TempDir(), "in.ndjson"), filepath.Join(t.TempDir(), "out.ndjson")
	require.NoError(t, os.WriteFile(in, text, 0o600))

	// The input is a pipe that stays open, so that the signal finds the run waiting, with all it was given answered.
	c := exec.Command("guichet", "screen", "-out", out)
	var told bytes.Buffer
	c.Stderr = &told
	input, err := c.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	half := bytes.Join(households[:300], []byte("\n"))
	_, err = input.Write(append(half, "\n{\"id\":"...))
	require.NoError(t, err)
	require.Eventually(t, func() bool { return count(out) == 300 }, 30*time.Second, 10*time.Millisecond)
	require.NoError(t, c.Process.Signal(os.Interrupt))
	err = c.Wait()
	require.Error(t, err)
	require.Equal(t, interrupted, c.ProcessState.ExitCode(), told.String())
	require.Contains(t, told.String(), "stopped after 300 households, -resume goes on from there")
	require.Equal(t, 300, count(out))

	require.NoError(t, exec.Command("guichet", "screen", "-in", in, "-out", out, "-resume").Run())
	whole, err := exec.Command("guichet", "screen", "-in", in).Output()
	require.NoError(t, err)
	got, err := os.ReadFile(out)
	require.NoError(t, err)
	require.True(t, bytes.Equal(whole, got), "the two halves are not the whole")
}

// A run that is stopped in its midst does not go on to the end of its input: here there is none.
func TestScreenStopsInTheMidst(t *testing.T) {
	households, err := referenceHouseholds()
	require.NoError(t, err)
	out := filepath.Join(t.TempDir(), "out.ndjson")
	c := exec.Command("guichet", "screen", "-out", out)
	input, err := c.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	var writer sync.WaitGroup
	writer.Go(func() {
		some := append(bytes.Join(households, []byte("\n")), '\n')
		for err := error(nil); err == nil; { // until nobody reads any more
			_, err = input.Write(some)
		}
	})
	require.Eventually(t, func() bool {
		info, err := os.Stat(out)
		return err == nil && info.Size() > 0
	}, 30*time.Second, 10*time.Millisecond)
	asked := time.Now()
	require.NoError(t, c.Process.Signal(syscall.SIGTERM))
	require.Error(t, c.Wait())
	writer.Wait()
	require.Equal(t, interrupted, c.ProcessState.ExitCode())
	require.Less(t, time.Since(asked), 10*time.Second)
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	require.True(t, bytes.HasSuffix(text, []byte("}\n")))
}

// count gives the number of whole lines of a file, 0 when it is not there yet.
func count(name string) int {
	text, err := os.ReadFile(name)
	if err != nil {
		return 0
	}
	return bytes.Count(text, []byte("\n"))
}
