package source_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/source"
)

const (
	house    = "https://medward.example"
	redirect = "https://app.example.org/back"
	verifier = "a-verifier-of-enough-characters-for-the-rule-of-it"
)

// acting is who acts in a session: that of somebody whom the office knows.
func (o *office) acting(_ context.Context, _, session string, from act.Actor) (act.Actor, error) {
	who := strings.TrimPrefix(session, "session-")
	if o.over[who] {
		return act.Actor{}, source.ErrGone
	}
	a := act.From(o.as(who))
	a.IP, a.Terminal, a.Zone = from.IP, from.Terminal, from.Zone
	return a, nil
}

// resource stands for the gate at which programs read: it tells who acts, and how far.
func (o *office) resource(w http.ResponseWriter, r *http.Request) {
	kind := strings.TrimPrefix(r.URL.Path, "/fhir/")
	if err := o.room.InScope(r.Context(), kind, "r"); err != nil {
		web.WriteProblem(w, r, err)
		return
	}
	actor := act.From(r.Context())
	_ = json.NewEncoder(w).Encode(map[string]any{"id": actor.ID, "kind": actor.Kind, "terminal": actor.Terminal, "agreed": actor.Agreed, "purpose": actor.Purpose})
}

// viewer is how a program that reads for people is registered here.
func (o *office) viewer() source.Writing {
	in := o.his()
	in.Code, in.NameZH, in.NameEN, in.Kinds, in.Standard, in.Shapes, in.Senders = "viewer", "检验趋势", "Trends", []string{"fhir"}, "FHIR R4", []string{"directory"}, nil
	return in
}

func (o *office) program(in source.Programming) source.Source {
	o.T.Helper()
	s := o.registered(o.viewer())
	s, err := o.room.RegisterApp(o.as("sys"), s.ID, s.Rev, in)
	if err == nil {
		_, err = o.room.Promise(o.as("li"), s.ID, o.term())
	}
	if err == nil {
		_, err = o.room.Approve(o.as("safe"), s.ID)
	}
	if err == nil {
		s, err = o.room.Begin(o.as("net"), s.ID)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

// trends reads results of a patient, and its token can be renewed.
func (o *office) trends() source.Source {
	o.T.Helper()
	return o.program(source.Programming{Redirects: []string{redirect}, Scopes: []string{"launch/patient", "online_access", "patient/Observation.rs", "patient/Patient.r"}})
}

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (o *office) wanting() source.Wanting {
	return source.Wanting{
		Client: "viewer", Redirect: redirect, Response: "code", Scope: "launch/patient online_access patient/Observation.rs patient/Patient.r", State: "a state",
		Challenge: challengeOf(verifier), Method: "S256", Audience: house + "/fhir", FHIR: house + "/fhir",
	}
}

// allowed is the code that a program gets when wang says yes about a patient.
func (o *office) allowed(in source.Wanting) string {
	o.T.Helper()
	back, err := o.room.Allow(o.as("wang"), in, "patient-1")
	if err != nil {
		o.T.Fatal(err)
	}
	u, err := url.Parse(back)
	if err != nil || !strings.HasPrefix(back, in.Redirect+"?") || u.Query().Get("state") != in.State {
		o.T.Fatalf("back to %s: %v", back, err)
	}
	return u.Query().Get("code")
}

func redeeming(code string) url.Values {
	return url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {redirect}, "code_verifier": {verifier}, "client_id": {"viewer"}}
}

func renewing(token string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}, "client_id": {"viewer"}}
}

// post sends a form as a program, and returns the status and what was answered.
func (o *office) post(path string, form url.Values) (int, map[string]any) {
	o.T.Helper()
	r := httptest.NewRequestWithContext(o.T.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	o.http.ServeHTTP(w, r)
	var answer map[string]any
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			o.T.Fatalf("%s: %d %q", path, w.Code, w.Body)
		}
	}
	return w.Code, answer
}

// given wants a token.
func (o *office) given(form url.Values) map[string]any {
	o.T.Helper()
	status, answer := o.post("/oauth/token", form)
	if status != http.StatusOK {
		o.T.Fatalf("%v: %d %v", form, status, answer)
	}
	return answer
}

// denied wants a refusal in the words of RFC 6749.
func (o *office) denied(name string, form url.Values, status int, code string) {
	o.T.Helper()
	if got, answer := o.post("/oauth/token", form); got != status || answer["error"] != code {
		o.T.Errorf("%s: %d %v, want %d %s", name, got, answer, status, code)
	}
}

// reads asks for a kind of resource with a token, and returns the status and what the
// gate saw.
func (o *office) reads(token any, kind string) (int, map[string]any) {
	o.T.Helper()
	r := httptest.NewRequestWithContext(o.T.Context(), http.MethodGet, "/fhir/"+kind, nil)
	with(token.(string))(r)
	w := httptest.NewRecorder()
	o.http.ServeHTTP(w, r)
	var seen map[string]any
	_ = json.Unmarshal(w.Body.Bytes(), &seen)
	return w.Code, seen
}

func (o *office) mustRead(name string, token any, kind string, status int) {
	o.T.Helper()
	if got, said := o.reads(token, kind); got != status {
		o.T.Errorf("%s: %d %v, want %d", name, got, said, status)
	}
}

// asserter signs as a program.
type asserter struct {
	key       crypto.PrivateKey
	algorithm jose.SignatureAlgorithm
	claims    jwt.Claims
}

// newAsserter makes a key of a program and registers it.
func (o *office) newAsserter(s source.Source) (asserter, source.Key) {
	o.T.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		o.T.Fatal(err)
	}
	k, secret := o.issued(s, source.Issuing{Kind: source.ByJWT, Until: o.Clock.Now().AddDate(0, 6, 0), PublicKey: pemOf(o, key.Public())})
	if secret != "" {
		o.T.Error("a public key has nothing to show")
	}
	return asserter{key, jose.ES384, o.claims()}, k
}

func (o *office) claims() jwt.Claims {
	return jwt.Claims{
		Issuer: "viewer", Subject: "viewer", Audience: jwt.Audience{house + "/oauth/token"}, Expiry: jwt.NewNumericDate(o.Clock.Now().Add(4 * time.Minute)), ID: "first",
	}
}

func pemOf(o *office, public crypto.PublicKey) string {
	o.T.Helper()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		o.T.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func (o *office) signed(s asserter) string {
	o.T.Helper()
	maker, err := jose.NewSigner(jose.SigningKey{Algorithm: s.algorithm, Key: s.key}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		o.T.Fatal(err)
	}
	text, err := jwt.Signed(maker).Claims(s.claims).Serialize()
	if err != nil {
		o.T.Fatal(err)
	}
	return text
}

func asserting(text, scope string) url.Values {
	return url.Values{"grant_type": {"client_credentials"}, "scope": {scope}, "client_assertion_type": {source.AssertionType}, "client_assertion": {text}}
}
