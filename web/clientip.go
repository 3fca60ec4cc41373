package web

import (
	"fmt"
	"net/http"
	"net/netip"

	"github.com/go-chi/chi/v5/middleware"
)

// clientIP finds the network address that a request comes from: that of the connection, or, when the connection is one of the
// trusted proxies, the last address of X-Forwarded-For that is not. What a visitor writes into that header himself counts for
// nothing. Each proxy is an address or a prefix ("10.0.0.7", "10.0.0.0/8").
func clientIP(proxies []string) (func(http.Handler) http.Handler, error) {
	if len(proxies) == 0 {
		return middleware.ClientIPFromRemoteAddr, nil
	}
	prefixes := make([]string, len(proxies))
	for i, proxy := range proxies {
		if address, err := netip.ParseAddr(proxy); err == nil {
			address = address.Unmap()
			prefixes[i] = netip.PrefixFrom(address, address.BitLen()).String()
			continue
		}
		prefix, err := netip.ParsePrefix(proxy)
		if err != nil {
			return nil, fmt.Errorf("trusted proxy %q: want an address or a prefix such as 10.0.0.0/8", proxy)
		}
		prefixes[i] = prefix.Masked().String()
	}
	return middleware.ClientIPFromXFF(prefixes...), nil
}
