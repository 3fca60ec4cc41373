// Package squares draws QR codes as a path that a page holds, so that no image is asked for.
package squares

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Draw gives a QR code as a path of unit squares, a row's neighbours in one stroke, and its width in them.
func Draw(text string, level qr.ErrorCorrectionLevel, mode qr.Encoding) (path string, width int, err error) {
	image, err := qr.Encode(text, level, mode)
	if err != nil {
		return "", 0, fmt.Errorf("drawing a code: %w", err)
	}
	width = image.Bounds().Dx()
	dark := func(x, y int) bool {
		r, _, _, _ := image.At(x, y).RGBA()
		return r == 0
	}
	var b strings.Builder
	for y := range width {
		for x := 0; x < width; x++ {
			from := x
			for x < width && dark(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return b.String(), width, nil
}
