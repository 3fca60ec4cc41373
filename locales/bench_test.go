package locales

import "testing"

// BenchmarkLoad is part of the time from start to first answer.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMessage(b *testing.B) {
	p := printer(b, "fr")
	for b.Loop() {
		p.T("resultats.figure", "Valeur", "1", "Limite", "2")
	}
}
