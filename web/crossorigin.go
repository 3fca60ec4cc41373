package web

import "net/http"

// refuseCrossOrigin refuses the forms that another site posts here, by what the browser says of where they come from
// ([http.CrossOriginProtection]); refuse answers them.
//
// One case is let through beside: no Sec-Fetch-Site, "Origin: null" and no cookie. Our own pages ask for no referrer, so a
// browser writes their origin as null, and one that predates Sec-Fetch-Site (a telephone before 2023), or that reaches us
// without TLS, says nothing more. The forgery that we guard against borrows the visitor's session; without a cookie there
// is none to borrow, and a resident would be shut out for nothing. With a cookie, the request is refused.
func refuseCrossOrigin(refuse http.HandlerFunc) func(http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if protection.Check(r) != nil && !isOldAndAnonymous(r) {
				refuse(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// refuseForgeries refuses every form that does not come from our own pages, by what the browser says: where there are sessions to
// borrow there is no exception.
func refuseForgeries(refuse http.HandlerFunc) func(http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(refuse)
	return protection.Handler
}

// isOldAndAnonymous says whether r hides its origin without saying that it comes from elsewhere, and carries no session.
func isOldAndAnonymous(r *http.Request) bool {
	_, says := r.Header["Sec-Fetch-Site"]
	_, session := r.Header["Cookie"]
	_, authorised := r.Header["Authorization"]
	return !says && !session && !authorised && r.Header.Get("Origin") == "null"
}
