package identity_test

import (
	"context"
	"encoding/pem"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"

	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger"
)

const (
	houseOrigin  = "https://medward.example"
	clientSecret = "secret-of-the-house"
)

// providerStore is the store of a real OpenID provider whose keys can be replaced.
type providerStore struct {
	*storage.Storage
	mu   sync.Mutex
	keys *storage.Storage
}

func (s *providerStore) now() *storage.Storage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys
}

func (s *providerStore) SigningKey(ctx context.Context) (op.SigningKey, error) {
	return s.now().SigningKey(ctx)
}

func (s *providerStore) KeySet(ctx context.Context) ([]op.Key, error) { return s.now().KeySet(ctx) }

// provider is a real OpenID provider, over TLS, of one test.
type provider struct {
	t      testing.TB
	server *httptest.Server
	store  *providerStore
	users  storage.UserStore
}

func openProvider(t testing.TB) *provider {
	t.Helper()
	p := &provider{t: t}
	var handler http.Handler
	p.server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(p.server.Close)
	storage.RegisterClients(storage.WebClient("medward", clientSecret, houseOrigin+identity.ReturnPath))
	p.users = storage.NewUserStore(p.server.URL)
	first := storage.NewStorage(p.users)
	p.store = &providerStore{Storage: first, keys: first}
	handler = exampleop.SetupServer(p.server.URL, p.store, nil, false)
	return p
}

func (p *provider) settings() identity.WaySettings {
	roots := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.server.Certificate().Raw}))
	return identity.WaySettings{Provider: &identity.ProviderSettings{Issuer: p.server.URL, Roots: roots, Client: "medward", Internal: true}}
}

func (p *provider) replaceKeys() {
	p.store.mu.Lock()
	defer p.store.mu.Unlock()
	p.store.keys = storage.NewStorage(p.users)
}

// visit goes to an address as a browser does, signs in there, and returns what the
// browser brings back.
func (p *provider) visit(address, user string) url.Values {
	p.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	browser := p.server.Client()
	browser.Jar = jar
	browser.CheckRedirect = func(req *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(req.URL.String(), houseOrigin) {
			return http.ErrUseLastResponse
		}
		return nil
	}
	page, err := browser.Get(address)
	if err != nil {
		p.t.Fatal(err)
	}
	_ = page.Body.Close()
	if page.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %s", address, page.Status)
	}
	back, err := browser.PostForm(p.server.URL+"/login/username", url.Values{
		"username": {user}, "password": {"verysecure"}, "id": {page.Request.URL.Query().Get("authRequestID")},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	_ = back.Body.Close()
	at, err := back.Location()
	if err != nil || !strings.HasPrefix(at.String(), houseOrigin+identity.ReturnPath) {
		p.t.Fatalf("%s: %v %v", back.Status, at, err)
	}
	return at.Query()
}

func returned(c *client, brought url.Values) string {
	return wireText(c, map[string]string{"state": brought.Get("state"), "code": brought.Get("code")})
}

func (c *client) begin(path, way string) string {
	c.g.T.Helper()
	a := c.must(200, "POST", path, `{"way":"`+way+`"}`)
	c.keep(a)
	if !c.kept.HttpOnly || !c.kept.Secure || c.kept.SameSite != http.SameSiteStrictMode || !strings.HasPrefix(c.kept.Name, "__Host-") {
		c.g.T.Errorf("the cookie: %v", c.kept)
	}
	return a.body["address"].(string)
}

const (
	toSignIn = "/api/session/provider/begin"
	toLink   = "/api/identity/links/provider/begin"
	userOne  = "test-user2"
)

// federated is a gate whose security time is that of the world, with the origin set.
func federated(t *testing.T, fn func(t *testing.T, g *gate)) {
	t.Helper()
	rules := easyRules()
	rules.Factor.Origin = houseOrigin
	bothWith(t, identity.Options{Rules: rules}, func(t *testing.T, g *gate) {
		g.Clock.Advance(time.Since(g.Clock.Now()))
		fn(t, g)
	})
}

func TestOneSignsInWithAProviderAfterBindingIt(t *testing.T) {
	p := openProvider(t)
	federated(t, func(t *testing.T, g *gate) {
		heard := g.told()
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		way := admin.setWay(identity.Provider, p.settings(), clientSecret)
		c := g.at(wardPC)
		brought := p.visit(c.begin(toSignIn, way), userOne)
		if a := c.ask("POST", "/api/session/provider", returned(c, brought)); a.status != 401 || a.body["code"] != "identity.not-linked" {
			t.Fatalf("before it was bound: %d %v\n%s", a.status, a.body, g.Log)
		}

		c.signIn(e.name, e.password)
		brought = p.visit(c.begin(toLink, way), userOne)
		bound := c.must(201, "POST", "/api/identity/links/provider", returned(c, brought)).body
		if last := g.Last(); last.Verb != "identity.link" || last.Note["link"] != bound["id"] || heard()[e.person] != "identity.told-linked" {
			t.Errorf("the ledger tells %+v, the owner heard %v", last, heard())
		}
		c.must(204, "DELETE", "/api/session", "")

		brought = p.visit(c.begin(toSignIn, way), userOne)
		a := c.must(201, "POST", "/api/session/provider", returned(c, brought))
		c.keep(a)
		if who := c.who(); who["person"] != e.person || who["means"] != "provider" || who["strong"] != false || len(who["roles"].([]any)) != 1 {
			t.Errorf("who: %v", who)
		}
		if again := g.at(wardPC).ask("POST", "/api/session/provider", returned(c, brought)); again.status != 401 || again.body["code"] != "identity.ceremony" {
			t.Errorf("the same once more: %d %v", again.status, again.body)
		}

		p.replaceKeys()
		next := g.at(wardPC)
		brought = p.visit(next.begin(toSignIn, way), userOne)
		next.must(201, "POST", "/api/session/provider", returned(next, brought))

		leave := c.must(200, "GET", "/api/session/provider/"+way+"/leave", "").body["address"].(string)
		if !strings.HasPrefix(leave, p.server.URL+"/") || !strings.Contains(leave, "post_logout_redirect_uri="+url.QueryEscape(houseOrigin+"/")) {
			t.Errorf("where one leaves: %s", leave)
		}

		other := g.hire("liqiang", "nurse")
		nurse := g.at(wardPC)
		nurse.signIn(other.name, other.password)
		brought = p.visit(nurse.begin(toLink, way), userOne)
		if a := nurse.ask("POST", "/api/identity/links/provider", returned(nurse, brought)); a.status != 409 || a.body["code"] != "identity.linked" {
			t.Errorf("what is another's: %d %v", a.status, a.body)
		}
		nurse.must(403, "POST", "/api/identity/links/"+bound["id"].(string)+"/end", `{"why":"lost"}`)

		c.must(204, "POST", "/api/identity/links/"+bound["id"].(string)+"/end", `{"why":"replaced"}`)
		brought = p.visit(next.begin(toSignIn, way), userOne)
		if a := next.ask("POST", "/api/session/provider", returned(next, brought)); a.body["code"] != "identity.not-linked" {
			t.Errorf("after its end: %d %v", a.status, a.body)
		}
		for _, secret := range []string{clientSecret, brought.Get("code"), "verysecure"} {
			if strings.Contains(g.Log.String(), secret) {
				t.Errorf("the log holds %q", secret)
			}
		}
	})
}

func TestWhatComesBackIsBoundToItsBrowserAndItsPerson(t *testing.T) {
	p := openProvider(t)
	federated(t, func(t *testing.T, g *gate) {
		admin, e, other := g.safe(), g.hire("chenyaqin", "attending"), g.hire("liqiang", "nurse")
		way := admin.setWay(identity.Provider, p.settings(), clientSecret)
		c, thief := g.at(wardPC), g.at(homePC)
		c.signIn(e.name, e.password)
		c.must(201, "POST", "/api/identity/links/provider", returned(c, p.visit(c.begin(toLink, way), userOne)))

		brought := p.visit(c.begin(toSignIn, way), userOne)
		if a := thief.ask("POST", "/api/session/provider", returned(c, brought)); a.body["code"] != "identity.ceremony" {
			t.Errorf("in another browser, without a cookie: %d %v", a.status, a.body)
		}
		thief.begin(toSignIn, way)
		brought = p.visit(c.begin(toSignIn, way), userOne)
		if a := thief.ask("POST", "/api/session/provider", returned(c, brought)); a.body["code"] != "identity.ceremony" {
			t.Errorf("in another browser: %d %v", a.status, a.body)
		}
		brought = p.visit(c.begin(toSignIn, way), userOne)
		if a := c.ask("POST", "/api/identity/links/provider", returned(c, brought)); a.body["code"] != "identity.ceremony" {
			t.Errorf("a sign-in taken for a binding: %d %v", a.status, a.body)
		}
		thief.signIn(other.name, other.password)
		brought = p.visit(thief.begin(toLink, way), userOne)
		c.kept = thief.kept
		if a := c.ask("POST", "/api/identity/links/provider", returned(c, brought)); a.body["code"] != "identity.ceremony" {
			t.Errorf("a binding begun by another: %d %v", a.status, a.body)
		}

		first, second := g.at(wardPC), g.at(wardPC)
		one, two := p.visit(first.begin(toSignIn, way), userOne), p.visit(second.begin(toSignIn, way), userOne)
		mixed := url.Values{"state": {two.Get("state")}, "code": {one.Get("code")}}
		if a := second.ask("POST", "/api/session/provider", returned(second, mixed)); a.status != 401 || a.body["code"] != "identity.provider-says" {
			t.Errorf("the code of another journey: %d %v", a.status, a.body)
		}
		late := g.at(wardPC)
		brought = p.visit(late.begin(toSignIn, way), userOne)
		g.Clock.Advance(5 * time.Minute)
		if a := late.ask("POST", "/api/session/provider", returned(late, brought)); a.body["code"] != "identity.ceremony" {
			t.Errorf("after five minutes: %d %v", a.status, a.body)
		}
		address, err := url.Parse(late.begin(toSignIn, way))
		if err != nil {
			t.Fatal(err)
		}
		asked := address.Query()
		for _, name := range []string{"state", "nonce", "code_challenge"} {
			if len(asked.Get(name)) < 16 {
				t.Errorf("%s is %q", name, asked.Get(name))
			}
		}
		if asked.Get("code_challenge_method") != "S256" || asked.Get("response_type") != "code" || asked.Get("prompt") != "login" {
			t.Errorf("asked: %v", asked)
		}
		shut(admin, way)
		if a := late.ask("POST", toSignIn, `{"way":"`+way+`"}`); a.status != 404 {
			t.Errorf("a way that is shut: %d %v", a.status, a.body)
		}
	})
}

func TestAProvidersWordIsOneFactorUnlessTheHospitalSaysOtherwise(t *testing.T) {
	p := openProvider(t)
	federated(t, func(t *testing.T, g *gate) {
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		way := admin.setWay(identity.Provider, p.settings(), clientSecret)
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		c.must(201, "POST", "/api/identity/links/provider", returned(c, p.visit(c.begin(toLink, way), userOne)))
		phone, _ := c.enrol()
		c.must(204, "DELETE", "/api/session", "")

		c.keep(c.must(201, "POST", "/api/session/provider", returned(c, p.visit(c.begin(toSignIn, way), userOne))))
		if a := c.ask("GET", "/api/session", ""); a.status != 401 || a.body["code"] != "identity.locked" {
			t.Errorf("who has an authenticator and did not show it: %d %v", a.status, a.body)
		}
		c.must(401, "GET", "/api/departments", "")
		c.must(200, "POST", "/api/identity/unlock", `{"code":"`+phone.code()+`"}`)
		if who := c.who(); who["means"] != "provider+code" || who["strong"] != true {
			t.Errorf("who: %v", who)
		}
		s := p.settings()
		s.Provider.StrongAMR = []string{"pwd"}
		admin.must(200, "PUT", "/api/identity/ways/"+way, wireText(admin, map[string]any{"kind": "provider", "state": "open", "nameZh": "统一认证", "settings": s, "rev": 1}))
		c.keep(c.must(201, "POST", "/api/session/provider", returned(c, p.visit(c.begin(toSignIn, way), userOne))))
		if who := c.who(); who["means"] != "provider+factors" || who["strong"] != true {
			t.Errorf("who: %v", who)
		}
		if last := g.Last(); last.Verb != "identity.sign-in" || last.Outcome != ledger.Done || last.Note["means"] != "provider+factors" {
			t.Errorf("the ledger tells %+v", last)
		}
		g.verdict("identity.strong-sessions", "met")
	})
}

func TestAProviderThatIsNotWhoItSaysIsNotBelieved(t *testing.T) {
	p := openProvider(t)
	federated(t, func(t *testing.T, g *gate) {
		admin := g.safe()
		for what, spoil := range map[string]func(s *identity.ProviderSettings){
			"a certificate that nobody vouches for": func(s *identity.ProviderSettings) { s.Roots = newAuthority(t, "Other", time.Now()).roots() },
			"inside, and not registered as inside":  func(s *identity.ProviderSettings) { s.Internal = false },
			"another name for the same":             func(s *identity.ProviderSettings) { s.Issuer += "/" },
		} {
			s := p.settings()
			spoil(s.Provider)
			body := map[string]any{"kind": "provider", "state": "open", "nameZh": "统一认证", "settings": s, "secret": clientSecret}
			if a := admin.ask("POST", "/api/identity/ways", wireText(admin, body)); a.status != 422 || a.body["code"] != "identity.way-unanswered" {
				t.Errorf("%s, tried: %d %v", what, a.status, a.body)
			}
			body["untried"] = true
			way := admin.must(201, "POST", "/api/identity/ways", wireText(admin, body)).body["id"].(string)
			if a := g.at(wardPC).ask("POST", toSignIn, `{"way":"`+way+`"}`); a.status != 503 || a.body["code"] != "identity.provider" {
				t.Errorf("%s: %d %v", what, a.status, a.body)
			}
		}
		way := admin.setWay(identity.Provider, p.settings(), "another secret")
		c := g.at(wardPC)
		brought := p.visit(c.begin(toSignIn, way), userOne)
		if a := c.ask("POST", "/api/session/provider", returned(c, brought)); a.body["code"] != "identity.provider-says" {
			t.Errorf("with another client secret: %d %v", a.status, a.body)
		}
		if a := admin.ask("POST", "/api/identity/ways", `{"kind":"provider","state":"open","nameZh":"x","settings":{"provider":{"issuer":"http://x","client":"c","internal":true,"silent":false,"strongAmr":[],"strongAcr":[]}}}`); a.status != 422 {
			t.Errorf("without TLS: %d %v", a.status, a.body)
		}
	})
}
