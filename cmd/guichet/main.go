// Command guichet computes the social rights of French households: as a server for residents and partners, one
// household at a time, or by the million.
package main

import (
	"context"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"time"

	"guichet/engine/profile"
	"guichet/rules"
)

// version is set by the linker of a release.
var version = ""

// A program is what a command runs in. Tests put their own together.
type program struct {
	stdin    io.Reader
	stdout   io.Writer
	stderr   io.Writer
	getenv   func(string) string
	now      func() time.Time
	terminal func(io.Writer) bool // whether a person is looking at what is written there
	law      fs.FS                // the rule files
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	p := program{os.Stdin, os.Stdout, os.Stderr, os.Getenv, time.Now, isTerminal, rules.FS}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// today gives the current day where the program runs.
func (p *program) today() profile.Date { return profile.DateOfTime(p.now()) }

// isTerminal says whether w is a character device, as terminals are.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
