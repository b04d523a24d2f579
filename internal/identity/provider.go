package identity

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/medward/medward/internal/base/dial"
)

// ReturnPath is the page of the interface to which providers send people back.
const ReturnPath = "/sign-in/return"

// asker is what is known of a provider: where its addresses are and which keys it
// signs with. New keys are fetched when a token names one that is not known.
type asker struct {
	rev      int64
	origin   string
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
	client   *http.Client
	silent   bool
	leave    string // where people sign out there; empty when it does not say
}

// askers remembers providers, so that they are not asked for their addresses each
// time somebody signs in.
type askers struct {
	mu    sync.Mutex
	known map[string]*asker
}

func newAskers() *askers { return &askers{known: map[string]*asker{}} }

func (a *askers) find(w Way, origin string) *asker {
	a.mu.Lock()
	defer a.mu.Unlock()
	if found := a.known[w.ID]; found != nil && found.rev == w.Rev && found.origin == origin {
		return found
	}
	return nil
}

func (a *askers) keep(way string, found *asker) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.known[way] = found
}

func (a *askers) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.known)
}

// asker returns what is known of a provider, and asks it when nothing is.
func (r *Room) asker(ctx context.Context, w Way, origin string) (*asker, error) {
	if origin == "" {
		return nil, errNoOrigin.With()
	}
	if known := r.askers.find(w, origin); known != nil {
		return known, nil
	}
	secret, err := r.secretOfWay(ctx, w)
	if err != nil {
		return nil, err
	}
	s := w.Settings.Provider
	provider, client, err := s.discover(ctx)
	if err != nil {
		return nil, errProvider.Because(err)
	}
	var more struct {
		Leave string `json:"end_session_endpoint"`
	}
	if err := provider.Claims(&more); err != nil {
		return nil, errProvider.Because(err)
	}
	found := &asker{
		rev: w.Rev, origin: origin, client: client, silent: s.Silent, leave: more.Leave,
		oauth: oauth2.Config{
			ClientID: s.Client, ClientSecret: secret, Endpoint: provider.Endpoint(), RedirectURL: origin + ReturnPath, Scopes: []string{oidc.ScopeOpenID},
		},
		verifier: provider.Verifier(&oidc.Config{ClientID: s.Client, Now: r.desk.Now}),
	}
	r.askers.keep(w.ID, found)
	return found, nil
}

// discover asks a provider for its addresses.
func (s ProviderSettings) discover(ctx context.Context) (*oidc.Provider, *http.Client, error) {
	client := dial.New(rootsOf(s.Roots)).Client(dial.Destination{Address: s.Issuer, Internal: s.Internal})
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, client), s.Issuer)
	return provider, client, err
}

// told is what a provider says of somebody.
type told struct {
	issuer  string
	subject string
	strong  bool // it has seen two factors, and its word is taken for it
}

// exchange gives a provider the code with which it sent somebody back, and checks
// what it says: by its signature, for this house, now, and for this sign-in.
func (a *asker) exchange(ctx context.Context, s ProviderSettings, code, verifier, nonce string) (told, error) {
	ctx = oidc.ClientContext(ctx, a.client)
	token, err := a.oauth.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return told{}, errProviderSays.Because(err)
	}
	raw, _ := token.Extra("id_token").(string)
	said, err := a.verifier.Verify(ctx, raw)
	if err != nil {
		return told{}, errProviderSays.Because(err)
	}
	var claims struct {
		ACR string   `json:"acr"`
		AMR []string `json:"amr"`
	}
	if err := said.Claims(&claims); err != nil {
		return told{}, errProviderSays.Because(err)
	}
	if nonce == "" || said.Nonce != nonce || said.Subject == "" {
		return told{}, errProviderSays.With()
	}
	strong := slices.Contains(s.StrongACR, claims.ACR) && claims.ACR != "" ||
		slices.ContainsFunc(claims.AMR, func(method string) bool { return slices.Contains(s.StrongAMR, method) })
	return told{issuer: said.Issuer, subject: said.Subject, strong: strong}, nil
}

// leaving is where somebody signs out at the provider and comes back from.
func (a *asker) leaving() string {
	at, err := url.Parse(a.leave)
	if err != nil || a.leave == "" || !strings.EqualFold(at.Scheme, "https") {
		return ""
	}
	asked := at.Query()
	asked.Set("client_id", a.oauth.ClientID)
	asked.Set("post_logout_redirect_uri", a.origin+"/")
	at.RawQuery = asked.Encode()
	return at.String()
}
