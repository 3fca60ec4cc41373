package database_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asks gives, of each function that asks a database something, which argument is the question. One that hands its own parameter on is
// here too, so that those who call it are held to the same.
var asks = map[string]int{
	"Exec": 0, "Query": 1, "QueryRow": 1, "ExecContext": 1, "QueryContext": 1, "QueryRowContext": 1, "PrepareContext": 1,
	"(DB).Each": 2, "Each": 3, "each": 3, "changed": 2, "change": 4, "strs": 2,
}

// The questions that are put together while the program runs, and of what.
var puttingTogether = map[string]string{
	"takeup/database/backup.go:dumpTable":                  "names of tables and columns, as the engine's own catalogue gives them",
	"takeup/database/restore.go:load":                      "the same",
	"takeup/database/restore.go:loadRows":                  "the same, which those of a backup are held against; and a statement that was prepared before",
	"takeup/database/scrub.go:scrubServer":                 "the same",
	"takeup/database/catalog.go:tables":                    "a question of catalogs, by the kind of engine",
	"takeup/database/catalog.go:table":                     "a question of catalogs, by the kind of engine",
	"takeup/database/databasetest/databasetest.go:Address": "the name of a schema, drawn by chance",
	"takeup/people/subject.go:SignInBy":                    "one of two conditions that stand beside it",
	"takeup/store/append.go:append":                        "FOR UPDATE, where the engine has it",
	"takeup/store/append.go:asked":                         "as many placeholders as there are identifiers",
}

// TestProperty30SQLByPlaceholders reads the program: whatever a database is asked is a text that stands in it, and values go beside it.
func TestProperty30SQLByPlaceholders(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	used := map[string]bool{}
	asked := 0
	require.NoError(t, filepath.WalkDir(root, func(dir string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		if name := e.Name(); dir != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
			return fs.SkipDir
		}
		for _, q := range questions(t, dir) {
			asked++
			if !q.constant {
				file, err := filepath.Rel(root, q.at.Filename)
				require.NoError(t, err)
				place := filepath.ToSlash(file) + ":" + q.in
				used[place] = true
				assert.Contains(t, puttingTogether, place, "%s:%d puts a question together", file, q.at.Line)
			}
		}
		return nil
	}))
	assert.Greater(t, asked, 60)
	for place := range puttingTogether {
		require.True(t, used[place], "%s does so no more", place)
	}
}

// The reader sees what is wrong.
func TestQuestionsThatHoldValues(t *testing.T) {
	const head = "package p\nimport \"database/sql\"\nconst of = \" WHERE a = $1\"\nfunc f(tx *sql.Tx, v string) {"
	for body, constant := range map[string]bool{
		`tx.ExecContext(ctx, "DELETE FROM a"+of, v)`:                                   true,
		`q := "DELETE FROM a"; if v != "" { q += of }; tx.ExecContext(ctx, q, v)`:      true,
		`for _, q := range []string{"DELETE FROM a", "x"+of} {tx.ExecContext(ctx, q)}`: true,
		`tx.ExecContext(ctx, "DELETE FROM a WHERE a = '"+v+"'")`:                       false,
		`tx.ExecContext(ctx, fmt.Sprintf("DELETE FROM a WHERE a = '%s'", v))`:          false,
		`q := "DELETE FROM a WHERE a = " + v; tx.ExecContext(ctx, q)`:                  false,
		`q := "DELETE FROM a"; q += v; tx.ExecContext(ctx, q)`:                         false,
		`db.Each(ctx, read, v)`:  false,
		`tx.ExecContext(ctx, v)`: false,
	} {
		got := questionsIn(t, token.NewFileSet(), []any{head + body + "}"})
		require.Len(t, got, 1, body)
		require.Equal(t, constant, got[0].constant, body)
	}
}

// A question is what one call asks.
type question struct {
	at       token.Position
	in       string // the function
	constant bool
}

func questions(t *testing.T, dir string) []question {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	files := make([]any, len(names))
	for i, name := range names {
		files[i] = name
	}
	return questionsIn(t, token.NewFileSet(), files)
}

// questionsIn reads the files of a package, by their names or as texts of one file each.
func questionsIn(t *testing.T, set *token.FileSet, from []any) (out []question) {
	t.Helper()
	var files []*ast.File
	for i, source := range from {
		name, content := fmt.Sprint("text", i, ".go"), source
		if text, _ := source.(string); !strings.Contains(text, "\n") {
			name, content = text, nil
		}
		file, err := parser.ParseFile(set, name, content, parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, file)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	// What is imported does not matter to what is constant here: it is not read, and what is then unknown is no error.
	config := types.Config{Importer: nothingElse{}, Error: func(error) {}, FakeImportC: true}
	_, _ = config.Check("p", set, files, info)
	for _, file := range files {
		if !slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool {
			return i.Path.Value == `"database/sql"` || i.Path.Value == `"guichet/takeup/database"`
		}) {
			continue
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			r := &questionReader{info: info, f: f}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if at, asks := r.asks(call); asks && len(call.Args) > at {
					out = append(out, question{set.Position(call.Pos()), f.Name.Name, r.constant(call.Args[at], 0)})
				}
				return true
			})
		}
	}
	return out
}

type nothingElse struct{}

func (nothingElse) Import(string) (*types.Package, error) { return nil, errors.New("not read") }

type questionReader struct {
	info *types.Info
	f    *ast.FuncDecl
}

// asks says which argument of a call is a question.
func (r *questionReader) asks(call *ast.CallExpr) (at int, is bool) {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		at, is = asks[f.Name]
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); f.Sel.Name == "Each" && (!ok || x.Name != "database") {
			return asks["(DB).Each"], true
		}
		at, is = asks[f.Sel.Name]
	}
	return at, is
}

// constant says whether an expression is made of texts that stand in the program. A parameter is, where those who give it are held to it.
func (r *questionReader) constant(e ast.Expr, depth int) bool {
	if r.info.Types[e].Value != nil {
		return true
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return r.constant(e.X, depth) && r.constant(e.Y, depth)
	case *ast.Ident:
		object := r.info.Uses[e]
		if object == nil || depth > 5 {
			return false
		}
		for _, p := range r.f.Type.Params.List {
			for _, name := range p.Names {
				if r.info.Defs[name] == object {
					_, handsOn := asks[r.f.Name.Name]
					return handsOn
				}
			}
		}
		return r.only(object, depth+1)
	}
	return false
}

// only says whether a variable of the function is given nothing but constants.
func (r *questionReader) only(object types.Object, depth int) bool {
	given, all := 0, true
	is := func(e ast.Expr) bool {
		name, ok := e.(*ast.Ident)
		return ok && (r.info.Defs[name] == object || r.info.Uses[name] == object)
	}
	ast.Inspect(r.f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				if is(to) {
					given++
					all = all && len(n.Lhs) == len(n.Rhs) && r.constant(n.Rhs[i], depth)
				}
			}
		case *ast.RangeStmt:
			if n.Value != nil && is(n.Value) {
				given++
				list, ok := n.X.(*ast.CompositeLit)
				all = all && ok && !slices.ContainsFunc(list.Elts, func(e ast.Expr) bool { return !r.constant(e, depth) })
			}
		}
		return true
	})
	return given > 0 && all
}
