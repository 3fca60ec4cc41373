package workbench

import (
	"bufio"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// ignored warns of files that were meant to be rules and that nothing reads, for how their name ends: .yml, .YAML, .yaml.txt.
func (c *check) ignored(fsys fs.FS) error {
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) == ".yaml" {
			return err
		}
		name := strings.ToLower(path.Base(p))
		if !strings.Contains(name, ".yaml") && !strings.Contains(name, ".yml") {
			return nil
		}
		f, err := fsys.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		first := bufio.NewScanner(f)
		first.Scan()
		c.findings = append(c.findings, Finding{
			Kind: Loading, Severity: Warning, File: p, Line: 1, Column: 1, Excerpt: "  | " + first.Text() + "\n  | ^",
			Message: "ce fichier n'est pas lu : le nom d'un fichier de règles finit par « .yaml », en minuscules et sans rien après",
		})
		return first.Err()
	})
	if err != nil {
		return fmt.Errorf("lecture des règles : %w", err)
	}
	return nil
}
