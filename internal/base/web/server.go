package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/medward/medward/internal/base/obs"
	"github.com/medward/medward/internal/base/said"
)

// Server gathers the operations of every room on one mux.
type Server struct {
	API huma.API
	Mux *http.ServeMux
	// Gate is asked before the body of an operation that performs an act is
	// read. Nil lets everybody try.
	Gate func(ctx context.Context, verb string) error
	// Welcome lets pages of another site call (CORS). Nil: none may.
	Welcome *Welcome
	ops     []Op
}

// New returns a server without operations.
func New(version string) *Server {
	speakOurLanguage()
	config := huma.DefaultConfig("Medward 医守", version)
	config.DocsPath, config.SchemasPath, config.OpenAPIPath, config.CreateHooks = "", "", "", nil
	config.AllowAdditionalPropertiesByDefault = false
	config.Formats = map[string]huma.Format{"application/json": strictJSON, "json": strictJSON}
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	mux := http.NewServeMux()
	return &Server{API: humago.New(mux, config), Mux: mux}
}

// schemaName names a wire type after its room, so that two rooms may each have a
// viewBody: PatientView, RecordDocument.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	name := strings.TrimSuffix(upperFirst(huma.DefaultSchemaNamer(t, hint)), "Body")
	room := path.Base(t.PkgPath())
	if of := typeArgument.FindStringSubmatch(t.Name()); of != nil {
		room = of[1]
	}
	if t.Name() == "" || room == "." || room == "web" {
		return name
	}
	return upperFirst(room) + name
}

// typeArgument finds the room of the type that a generic type is made of:
// Page[…/internal/access.listedBody].
var typeArgument = regexp.MustCompile(`\[.*?([a-z0-9]+)\.[A-Za-z]+\]$`)

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Op declares an operation.
type Op struct {
	Method  string
	Path    string
	ID      string // operationId: the name of the client's function
	Verb    string // the act that it performs
	Open    string // why it answers somebody who is not signed in; empty for all others
	Summary string // one line, English
	Tag     string // the room
	Status  int    // of success; 200 when zero
	MaxBody int64  // bytes; 1 MiB when zero
	Timeout time.Duration
}

// DefaultMaxBody is how large a body may be where the operation does not say.
const DefaultMaxBody = 1 << 20

// Handle adds an operation. Errors of do become problem documents.
func Handle[I, O any](s *Server, op Op, do func(ctx context.Context, in *I) (*O, error)) {
	if (op.Verb == "") == (op.Open == "") {
		panic("web: operation " + op.ID + " must name its act, or say why it is open, and not both")
	}
	mustShowAll(op.ID, reflect.TypeFor[I](), reflect.TypeFor[O]())
	s.ops = append(s.ops, op)
	limit := op.MaxBody
	if limit == 0 {
		limit = DefaultMaxBody
	}
	timeout := op.Timeout
	if timeout == 0 {
		timeout = defaultTimeout
	}
	extensions := map[string]any{"x-act": op.Verb}
	if op.Open != "" {
		extensions = map[string]any{"x-open": op.Open}
	}
	huma.Register(s.API, huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary, Tags: []string{op.Tag},
		DefaultStatus: op.Status, MaxBodyBytes: limit, BodyReadTimeout: timeout, Extensions: extensions, Middlewares: huma.Middlewares{s.gate(op)},
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(said.With(ctx, func() ([]byte, error) { return json.Marshal(in) }), in)
		if err != nil {
			return nil, AsProblem(ctx, err)
		}
		return out, nil
	})
}

// gate turns away whoever may not even try, before reading what he sends.
func (s *Server) gate(op Op) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		if s.Gate == nil || op.Verb == "" {
			next(hc)
			return
		}
		err := s.Gate(hc.Context(), op.Verb)
		if err == nil {
			next(hc)
			return
		}
		p := AsProblem(hc.Context(), err)
		body, err := encode(p)
		if err != nil {
			hc.SetStatus(http.StatusInternalServerError)
			return
		}
		hc.SetHeader("Content-Type", p.ContentType(""))
		hc.SetStatus(p.Status)
		_, _ = hc.BodyWriter().Write(body)
	}
}

// mustShowAll panics on types that embed an unexported struct, however deep: its
// fields would silently not be bound, or not be described.
func mustShowAll(op string, types ...reflect.Type) {
	seen := map[reflect.Type]bool{reflect.TypeFor[time.Time](): true}
	for len(types) > 0 {
		t := types[0]
		types = types[1:]
		if seen[t] {
			continue
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			types = append(types, t.Elem())
		case reflect.Struct:
			for f := range t.Fields() {
				if f.Anonymous && !f.IsExported() {
					panic("web: operation " + op + ": " + t.String() + " embeds the unexported " + f.Type.String())
				}
				if f.IsExported() {
					types = append(types, f.Type)
				}
			}
		}
	}
}

// Ops returns every declared operation in the order of path and method.
func (s *Server) Ops() []Op {
	ops := slices.Clone(s.ops)
	slices.SortFunc(ops, func(a, b Op) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	return ops
}

// OpenAPI returns the description of every operation, OpenAPI 3.1 as JSON.
func (s *Server) OpenAPI() ([]byte, error) { return s.API.OpenAPI().MarshalJSON() }

// Handler returns the mux behind everything that holds for every request: a
// trace number, the language, security headers, protection against requests
// that another site makes, and answers instead of broken connections. inner is
// what lies between that and the mux, first the outermost.
func (s *Server) Handler(inner ...func(http.Handler) http.Handler) http.Handler {
	var h http.Handler = s.Mux
	for _, layer := range slices.Backward(inner) {
		h = layer(h)
	}
	h = legible(h)
	h = s.Welcome.guard(h)
	h = secured(h)
	h = spoken(h)
	h = survived(h)
	return obs.Traced(h)
}

func sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		WriteProblem(w, r, errForeignSite.With())
	}))
	return guard.Handler(next)
}

// legible turns away addresses that hold what no place of the store can hold.
func legible(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.QueryUnescape(r.URL.RawQuery)
		for _, text := range []string{r.URL.Path, query} {
			if err != nil || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				WriteProblem(w, r, errAddress.With())
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Strict-Transport-Security", "max-age=31536000")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=()")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
			h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		}
		next.ServeHTTP(w, r)
	})
}

// survived answers a panic with a problem document instead of a broken line.
func survived(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p) // the server ends the connection
			default:
				WriteProblem(w, r, fmt.Errorf("panic while answering %s %s: %v\n%s", r.Method, r.URL.Path, p, obs.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

type languageKey struct{}

// Language returns the reader's language, zh or en.
func Language(ctx context.Context) string {
	if lang, ok := ctx.Value(languageKey{}).(string); ok {
		return lang
	}
	return "zh"
}

func spoken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := "zh"
		if first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ","); strings.HasPrefix(strings.ToLower(strings.TrimSpace(first)), "en") {
			lang = "en"
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), languageKey{}, lang)))
	})
}

// WriteProblem answers a request outside huma with a problem document.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := AsProblem(r.Context(), err)
	body, encodeErr := encode(p)
	if encodeErr != nil {
		http.Error(w, p.Code, p.Status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) //nolint:gosec // JSON under its own content type, never sniffed
}

func itoa(n int) string { return strconv.Itoa(n) }
