package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"guichet/web/problem"
)

//go:embed docs.html
var docsTemplate string

//go:embed docs.css
var docsStyle []byte

// docsPage is what the page of documentation shows.
type docsPage struct {
	Title, Version, Description, Base string
	Operations                        []docsOperation
	Schemas                           []docsSchema
	Problems                          []docsProblem
}

type docsOperation struct {
	ID, Method, Path, Summary, Description string
	Parameters                             []docsField
	Body, Answer                           docsType
	Responses                              []docsResponse
	Example                                string
}

type docsResponse struct{ Status, Description string }

type docsSchema struct {
	Name, Description string
	Kind              docsType // of a schema that is not an object
	Fields            []docsField
}

type docsField struct {
	Name, Description string
	Type              docsType
	Required          bool
}

type docsProblem struct {
	Anchor, Title, Detail string
	Status                int
}

// docsType is a type in words, with the schemas that it names.
type docsType []docsWord

// docsWord is a word, or the name of a schema when Schema is set.
type docsWord struct {
	Text   string
	Schema bool
}

// documentation answers GET /api/docs: our own page, made once, that asks nothing of any other site.
func documentation(described *huma.OpenAPI) http.HandlerFunc {
	page := docsPage{
		Title: described.Info.Title, Version: described.Info.Version, Description: described.Info.Description,
		Base: described.Servers[0].URL,
	}
	for _, o := range operations {
		page.Operations = append(page.Operations, describeOperation(o.spec()))
	}
	schemas := described.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		s := schemas[name]
		d := docsSchema{Name: name, Description: s.Description, Fields: fieldsOf("", s)}
		if len(d.Fields) == 0 {
			d.Kind = typeOf(s)
		}
		page.Schemas = append(page.Schemas, d)
	}
	for _, k := range problem.Kinds() {
		page.Problems = append(page.Problems, docsProblem{k.Anchor(), k.Title(), k.Detail(), k.Status()})
	}
	var body bytes.Buffer
	if err := template.Must(template.New("docs").Parse(docsTemplate)).Execute(&body, page); err != nil {
		panic(err) // a mistake in this program, told before anything is served
	}
	return static("text/html; charset=utf-8", body.Bytes())
}

func describeOperation(o *huma.Operation) docsOperation {
	d := docsOperation{ID: o.OperationID, Method: o.Method, Path: o.Path, Summary: o.Summary, Description: o.Description}
	for _, p := range o.Parameters {
		d.Parameters = append(d.Parameters, docsField{p.Name + " (" + p.In + ")", p.Description, typeOf(p.Schema), p.Required})
	}
	if o.RequestBody != nil {
		for _, m := range o.RequestBody.Content {
			d.Body = typeOf(m.Schema)
			if m.Example != nil {
				d.Example = indent(m.Example)
			}
		}
	}
	for _, status := range slices.Sorted(maps.Keys(o.Responses)) {
		d.Responses = append(d.Responses, docsResponse{status, o.Responses[status].Description})
	}
	for _, m := range o.Responses["200"].Content {
		d.Answer = typeOf(m.Schema)
	}
	return d
}

// fieldsOf lists the fields of an object, and those of the objects inside it under dotted names.
func fieldsOf(prefix string, s *huma.Schema) []docsField {
	var out []docsField
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		property := s.Properties[name]
		out = append(out, docsField{prefix + name, property.Description, typeOf(property), slices.Contains(s.Required, name)})
		inner, mark := property, "."
		if property.Items != nil {
			inner, mark = property.Items, "[]."
		}
		out = append(out, fieldsOf(prefix+name+mark, inner)...)
	}
	return out
}

// typeOf says in French what values a schema takes.
func typeOf(s *huma.Schema) docsType {
	switch {
	case s == nil:
		return nil
	case s.Ref != "":
		return docsType{{s.Ref[len(refPrefix):], true}}
	case len(s.OneOf)+len(s.AnyOf) > 0:
		var out docsType
		for i, one := range slices.Concat(s.OneOf, s.AnyOf) {
			if i > 0 {
				out = append(out, docsWord{Text: " ou "})
			}
			out = append(out, typeOf(one)...)
		}
		return out
	case len(s.Enum) > 0:
		words := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			words[i] = indent(v)
		}
		return docsType{{Text: strings.Join(words, " | ")}}
	case s.Type == huma.TypeArray:
		return append(docsType{{Text: "liste de "}}, typeOf(s.Items)...)
	case s.Type == huma.TypeObject:
		if values, ok := s.AdditionalProperties.(*huma.Schema); ok {
			return append(docsType{{Text: "objet de "}}, typeOf(values)...)
		}
		return docsType{{Text: "objet"}}
	}
	return docsType{{Text: simpleType(s)}}
}

func simpleType(s *huma.Schema) string {
	switch {
	case s.Format == "date":
		return "date AAAA-MM-JJ"
	case s.Format == "uri":
		return "adresse"
	case s.Type == huma.TypeBoolean:
		return "true | false"
	case s.Type == huma.TypeString:
		return "texte"
	}
	name := "nombre"
	if s.Type == huma.TypeInteger {
		name = "entier"
	}
	if s.Minimum != nil && s.Maximum != nil {
		name += " de " + plain(*s.Minimum) + " à " + plain(*s.Maximum)
	} else if s.Minimum != nil {
		name += " ≥ " + plain(*s.Minimum)
	}
	if s.Nullable {
		name += " ou null"
	}
	return name
}

// indent writes an example or a value of an enumeration as JSON.
func indent(v any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		panic(err) // a mistake in this program, told before anything is served
	}
	return strings.TrimSpace(b.String())
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// documentationStyle answers GET /api/docs.css.
func documentationStyle(w http.ResponseWriter, r *http.Request) {
	static("text/css; charset=utf-8", docsStyle)(w, r)
}

// static answers with a body that is the same as long as the program is.
func static(contentType string, body []byte) http.HandlerFunc {
	digest := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(digest[:12]) + `"`
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("ETag", tag)
		h.Set("Cache-Control", "no-cache")
		if holds(r.Header.Values("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		h.Set("Content-Type", contentType)
		_, _ = w.Write(body)
	}
}
