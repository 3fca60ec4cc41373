package pages_test

import (
	"image"
	"image/color"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"guichet/web/pages"
)

// takeAway goes through the questionnaire and takes the sheet.
func takeAway(t *testing.T, s *site, lang string, who person) *visitor {
	v := s.visitor(t)
	v.answerAs(lang, who)
	v.press("resultats", nil)
	v.press("feuille", nil)
	require.Equal(t, 200, v.page.status)
	return v
}

var (
	codePath = regexp.MustCompile(`<path d="((?:M\d+ \d+h\d+v1h-\d+z)+)"`)
	run      = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1`)
)

// scan reads the code of a sheet as a camera would: from its picture.
func scan(t *testing.T, page string) string {
	m := codePath.FindStringSubmatch(page)
	require.NotNil(t, m, "the sheet has a code")
	const scale, margin = 4, 4
	var runs [][3]int
	width := 0
	for _, r := range run.FindAllStringSubmatch(m[1], -1) {
		x, _ := strconv.Atoi(r[1])
		y, _ := strconv.Atoi(r[2])
		n, _ := strconv.Atoi(r[3])
		runs = append(runs, [3]int{x, y, n})
		width = max(width, x+n)
	}
	picture := image.NewGray(image.Rect(0, 0, scale*(width+2*margin), scale*(width+2*margin)))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for _, r := range runs {
		for x := scale * (r[0] + margin); x < scale*(r[0]+r[2]+margin); x++ {
			for y := scale * (r[1] + margin); y < scale*(r[1]+1+margin); y++ {
				picture.SetGray(x, y, color.Gray{})
			}
		}
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	require.NoError(t, err)
	read, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	require.NoError(t, err)
	return read.GetText()
}

// The code of the sheet opens the same household at the counter, in another language, and the server kept nothing of it.
func TestASheetIsTakenUp(t *testing.T) {
	for name, who := range people {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			v := takeAway(t, s, "en", who())
			require.Contains(t, v.page.text, "Benefits to claim")
			require.Contains(t, v.page.text, "Vos aides à demander")
			code := scan(t, v.page.body)
			require.Regexp(t, `^GUICHET:[A-Z2-7]+$`, code)
			mine := s.visitor(t)
			mine.answerAs("fr", who())
			mine.press("resultats", nil)
			for _, typed := range []string{code, strings.ToLower(code), code[:20] + " \r\n" + code[20:] + "\n", strings.TrimPrefix(code, "GUICHET:")} {
				agent := s.visitor(t)
				agent.post("/fr/feuille", url.Values{"code": {typed}})
				require.Equal(t, "Relisez vos réponses", agent.page.heading)
				require.Equal(t, "Check your answers", agent.turnTo("en", nil).heading, "in another language the household stays")
				agent.turnTo("fr", nil)
				agent.press("resultats", nil)
				require.Equal(t, mine.page.text, agent.page.text)
			}
		})
	}
}

func TestCodesThatDoNotOpen(t *testing.T) {
	s := newSite(t)
	code := scan(t, takeAway(t, s, "fr", loneParent()).page.body)
	other := scan(t, takeAway(t, newSiteWithKey(t, 2), "fr", loneParent()).page.body)
	for name, c := range map[string]struct {
		code, says string
		later      time.Duration
	}{
		"nothing":            {"", "pas lisible", 0},
		"something else":     {"https://example.org/", "pas lisible", 0},
		"cut":                {code[:len(code)-8], "pas lisible", 0},
		"one letter changed": {code[:40] + string('A'+(code[40]-'A'+1)%26) + code[41:], "pas lisible", 0},
		"of another server":  {other, "pas lisible", 0},
		"too long":           {strings.Repeat("A", 5000), "pas lisible", 0},
		"too old":            {code, "trop ancienne", pages.SheetLife + time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			s.now = today.Add(c.later)
			v := s.visitor(t)
			v.post("/fr/feuille", url.Values{"code": {c.code}})
			require.Equal(t, http.StatusUnprocessableEntity, v.page.status)
			require.Len(t, v.page.errors, 1)
			require.Contains(t, v.page.errors[0], c.says)
			require.True(t, strings.HasPrefix(v.page.title, "Erreur"))
		})
	}
}
