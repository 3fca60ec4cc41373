package pages

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

func TestMarks(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"none":                            {"<p>é &lt;</p>", "<p>é &lt;</p>"},
		"a text in French":                {"<p>a \ue000b\ue001 c</p>", `<p>a <span lang="fr" dir="ltr">b</span> c</p>`},
		"figures":                         {"<p>\u206612 €\u2069</p>", `<p><bdi dir="ltr">12 €</bdi></p>`},
		"figures in French":               {"<p>\ue000a \u206612\u2069 b\ue001</p>", `<p><span lang="fr" dir="ltr">a <bdi dir="ltr">12</bdi> b</span></p>`},
		"in an attribute":                 {"<a title=\"\ue000a \u20661\u2069\ue001\">b</a>", "<a title=\"a \u20661\u2069\">b</a>"},
		"in an element that holds text":   {"<option>\ue000a\ue001</option>\ue000b\ue001", `<option>a</option><span lang="fr" dir="ltr">b</span>`},
		"in a drawing":                    {"<svg><title>\ue000a\ue001</title><text>\ue000b\ue001</text></svg>", "<svg><title>a</title><text>b</text></svg>"},
		"not closed":                      {"<p>\ue000a</p>b", `<p><span lang="fr" dir="ltr">a</span></p>b`},
		"not opened":                      {"<p>a\ue001\u2069</p>", "<p>a</p>"},
		"crossed":                         {"\ue000a\u2066b\ue001c\u2069d", `<span lang="fr" dir="ltr">a<bdi dir="ltr">bc</bdi>d</span>`},
		"an element whose name is longer": {"<titles>\ue000a\ue001</titles>", `<titles><span lang="fr" dir="ltr">a</span></titles>`},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, string(resolve([]byte(c.page)))) })
	}
}

// Whatever a text holds, a page keeps its elements, and its words without the marks.
func TestMarksKeepThePage(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab \ue000\ue001\u2066\u2069é")), 0, 12, -1)
	words := func(t *rapid.T, page string) string {
		root, err := html.Parse(strings.NewReader(page))
		require.NoError(t, err)
		var b strings.Builder
		for n := range root.Descendants() {
			if n.Type == html.TextNode {
				b.WriteString(n.Data)
			}
		}
		return b.String()
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := text.Draw(t, "a"), text.Draw(t, "b"), text.Draw(t, "c")
		page := `<!doctype html><html><head><title>` + a + `</title></head><body><p title="` + b + `">` + b + `<b>` + c + `</b></p></body></html>`
		got := string(resolve([]byte(page)))
		bare := strings.NewReplacer("\ue000", "", "\ue001", "")
		all := strings.NewReplacer("\ue000", "", "\ue001", "", "\u2066", "", "\u2069", "")
		require.Equal(t, bare.Replace(a)+all.Replace(b+c), words(t, got))
		require.Equal(t, strings.Count(got, "<span"), strings.Count(got, "</span"))
		require.Equal(t, strings.Count(got, "<bdi"), strings.Count(got, "</bdi"))
	})
}
