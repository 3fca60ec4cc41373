package rules

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Overlay lays the files of over on those of base: a file that both have is that of over, a folder holds what either
// does, and nothing of base can be taken away. What is hidden in over, its name beginning with a point, is not there: version
// control and editors put things into folders. It reads both at each call and keeps nothing.
func Overlay(base, over fs.FS) fs.FS { return overlay{base, over} }

type overlay struct{ base, over fs.FS }

// Open gives the file of over when it has one. A folder comes from whichever has it: its entries are those of
// [overlay.ReadDir].
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return f, err
}

// ReadDir lists the folder of both, by name, as [fs.ReadDirFS] wants it.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries := map[string]fs.DirEntry{}
	found := false
	for i, side := range []fs.FS{o.base, o.over} {
		list, err := fs.ReadDir(side, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		for _, e := range list {
			if i == 0 || !strings.HasPrefix(e.Name(), ".") {
				entries[e.Name()] = e
			}
		}
	}
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	return slices.SortedFunc(maps.Values(entries), func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) }), nil
}
