// Package static serves the style sheets, the scripts and the icon. Their addresses carry a hash of their content, so that a browser
// may keep them for ever and still sees every change.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
)

//go:embed guichet.css desk.css comptoir.css comptoir.js icon.svg read-aloud.js verrou.js waiting.js
var files embed.FS

// Prefix is where the files are served.
const Prefix = "/static/"

// Files knows the files and their hashed names.
type Files struct {
	byName map[string]file // by hashed name
	hashed map[string]string
}

type file struct {
	kind    string
	content []byte
}

var kinds = map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}

// New reads the files compiled into the program.
func New() (*Files, error) {
	fs := &Files{byName: map[string]file{}, hashed: map[string]string{}}
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		content, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		ext := path.Ext(e.Name())
		hashed := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		fs.byName[hashed] = file{kinds[ext], content}
		fs.hashed[e.Name()] = Prefix + hashed
	}
	return fs, nil
}

// Path gives the address of the file called name.
func (fs *Files) Path(name string) string { return fs.hashed[name] }

// Has says whether an address is that of a file.
func (fs *Files) Has(address string) bool {
	_, ok := fs.byName[strings.TrimPrefix(address, Prefix)]
	return ok
}

// ServeHTTP serves a file under its hashed name; any other name is not found.
func (fs *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := fs.byName[strings.TrimPrefix(r.URL.Path, Prefix)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(f.content)
}

// Sheet gives the style sheet of the public pages, for a page that must stand by itself.
func Sheet() (string, error) {
	text, err := files.ReadFile("guichet.css")
	return string(text), err
}
