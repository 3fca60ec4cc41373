package main

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

var versionCommand = command{
	name:     "version",
	takes:    "[-rules DIR]",
	does:     "say which program and which rules these are",
	explains: "The hash of the rules is the one that every answer carries.",
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var dir string
		declareRules(f, &dir)
		return func(_ context.Context, operands []string) int {
			if err := none(operands); err != nil {
				return p.fail("version", err)
			}
			fmt.Fprintf(p.stdout, "guichet %s %s %s/%s\n", programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			rules, err := p.loadRules(dir)
			if err != nil {
				return p.fail("version", err)
			}
			fmt.Fprintf(p.stdout, "rules %s, %d aids\n", rules.Set().Hash(), len(rules.Set().Aids()))
			return done
		}
	},
}

// programVersion gives the version of a release, or what Go knows of the build.
func programVersion() string {
	built := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "(devel)" {
		built = cmp.Or(info.Main.Version, built)
	}
	return cmp.Or(version, built)
}
