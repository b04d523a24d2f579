package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/fault"
)

// Welcome says which pages of other sites may call which addresses (CORS). They call
// without the cookies of whoever is signed in here: what they may, a token says.
type Welcome struct {
	// Paths are where they may call; each ends in a slash, or is one address.
	Paths []string
	// Admits reports whether pages of an origin are known.
	Admits func(ctx context.Context, origin string) bool
}

var errOrigin = fault.Define("web.origin", fault.Refused,
	"该网页来源未登记，不能调用。", "The origin of this page is not registered and may not call.",
	"the origins of a program are registered with it as a source")

// guard answers what browsers ask before they let a page call, and lets pages that are
// known pass. All others are held to our own site.
func (welcome *Welcome) guard(next http.Handler) http.Handler {
	own := sameOrigin(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		if origin == "" || !welcome.covers(r.URL.Path) || ownOrigin(r, origin) {
			own.ServeHTTP(w, r)
			return
		}
		w.Header().Add("Vary", "Origin")
		if !welcome.Admits(r.Context(), origin) {
			WriteProblem(w, r, errOrigin.With())
			return
		}
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			h.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT")
			h.Set("Access-Control-Allow-Headers", "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Exist, If-None-Match, Medward-Purpose, Prefer")
			h.Set("Access-Control-Max-Age", "600")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		h.Set("Access-Control-Expose-Headers", "Content-Location, ETag, Last-Modified, Location, Retry-After, X-Progress")
		r = r.Clone(r.Context())
		r.Header.Del("Cookie")
		next.ServeHTTP(w, r)
	})
}

func (welcome *Welcome) covers(path string) bool {
	return welcome != nil && slices.ContainsFunc(welcome.Paths, func(p string) bool {
		return path == strings.TrimSuffix(p, "/") || strings.HasSuffix(p, "/") && strings.HasPrefix(path, p)
	})
}

// ownOrigin reports whether a page is one of ours.
func ownOrigin(r *http.Request, origin string) bool {
	_, host, _ := strings.Cut(origin, "://")
	return host == r.Host
}
