package web

import "net/http"

// securityHeaders go with every answer. The policy allows our own style sheet, our own images and forms that come back to us,
// and nothing else: no script, no frame, no font, no request to anyone. What a later page needs is to be added here by name; the pages that
// can be read aloud add our own script for themselves (web/pages/visit.go).
var securityHeaders = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
	{"Strict-Transport-Security", "max-age=63072000"}, // two years; without TLS browsers ignore it, and names below ours are not ours to bind
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"},
	// What may be cached says so itself; forgetting it must not leave a household on a shared computer.
	{"Cache-Control", "no-store"},
}

// protect sets the security headers before the answer is made, so that a handler may narrow but not forget them.
func protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, header := range securityHeaders {
			h.Set(header[0], header[1])
		}
		next.ServeHTTP(w, r)
	})
}
