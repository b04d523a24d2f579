package identity

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/sm"
)

// journey is somebody on his way to a provider and back.
type journey struct {
	Way        string `json:"way"`
	Nonce      string `json:"nonce"`
	Verifier   string `json:"verifier"` // RFC 7636
	Browser    []byte `json:"browser"`  // digest of what his browser keeps in a cookie
	BrowserKey []byte `json:"browserKey,omitempty"`
}

// ProviderBegun is the way to a provider. Address is where the browser goes;
// Browser is a cookie, by which it is known when it comes back.
type ProviderBegun struct {
	Address string
	Browser string
}

// BeginProvider begins a sign-in at a provider. It names nobody.
func (r *Room) BeginProvider(ctx context.Context, way string, browserKey []byte) (ProviderBegun, error) {
	if err := checkBrowserKey(browserKey); err != nil {
		return ProviderBegun{}, err
	}
	at, err := r.askerOf(ctx, way)
	if err != nil {
		return ProviderBegun{}, err
	}
	going, browser := newJourney(way, browserKey)
	state, err := r.beginCeremony(ctx, going)
	return ProviderBegun{Address: going.address(at, state, at.silent), Browser: browser}, err
}

// BeginProviderLink begins to bind what a provider says of the caller to his
// account.
func (r *Room) BeginProviderLink(ctx context.Context, way string) (ProviderBegun, error) {
	own, err := r.linker(ctx)
	if err != nil {
		return ProviderBegun{}, err
	}
	at, err := r.askerOf(ctx, way)
	if err != nil {
		return ProviderBegun{}, err
	}
	going, browser := newJourney(way, nil)
	state, err := r.beginLink(ctx, own, way, going)
	return ProviderBegun{Address: going.address(at, state, false), Browser: browser}, err
}

func (r *Room) askerOf(ctx context.Context, way string) (*asker, error) {
	found, err := r.openWay(ctx, way, Provider)
	if err != nil {
		return nil, err
	}
	origin, err := r.origin(ctx)
	if err != nil {
		return nil, err
	}
	return r.asker(ctx, found, origin)
}

// origin is the address of this house in browsers.
func (r *Room) origin(ctx context.Context) (origin string, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		rules, err := r.rulesOf(ctx, v, r.org)
		origin = rules.Rules.Factor.Origin
		return err
	})
	return origin, r.doubted(ctx, err)
}

func newJourney(way string, browserKey []byte) (going journey, browser string) {
	browser = newToken()
	digest := sm.Sum([]byte(browser))
	var nonce [16]byte
	_, _ = rand.Read(nonce[:]) // never fails: it ends the process instead
	return journey{
		Way: way, Nonce: base64.RawURLEncoding.EncodeToString(nonce[:]), Verifier: oauth2.GenerateVerifier(),
		Browser: digest[:], BrowserKey: browserKey,
	}, browser
}

// address is where the browser goes. Unless it may pass silently, whoever sits there
// now shows who he is: the one before him may still be signed in at the provider.
func (j journey) address(at *asker, state string, silent bool) string {
	options := []oauth2.AuthCodeOption{oidc.Nonce(j.Nonce), oauth2.S256ChallengeOption(j.Verifier)}
	if !silent {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"))
	}
	return at.oauth.AuthCodeURL(state, options...)
}

// Returned is what a browser brings back from a provider.
type Returned struct {
	State   string
	Code    string
	Issuer  string // RFC 9207; empty where the provider does not say
	Browser string // the cookie of [ProviderBegun]
}

// returned finds what a provider says of somebody who comes back from it: to the
// browser that went there, once, within minutes.
func (r *Room) returned(ctx context.Context, back Returned, account string) (journey, Way, told, error) {
	var going journey
	if _, err := r.takeCeremony(ctx, back.State, account, &going); err != nil {
		return going, Way{}, told{}, err
	}
	digest := sm.Sum([]byte(back.Browser))
	if !sm.Equal(digest[:], going.Browser) {
		return going, Way{}, told{}, errCeremony.With()
	}
	way, err := r.openWay(ctx, going.Way, Provider)
	if err != nil {
		return going, way, told{}, err
	}
	if back.Issuer != "" && back.Issuer != way.Settings.Provider.Issuer {
		return going, way, told{}, errProviderSays.With()
	}
	at, err := r.askerOf(ctx, way.ID)
	if err != nil {
		return going, way, told{}, err
	}
	said, err := at.exchange(ctx, *way.Settings.Provider, back.Code, going.Verifier, going.Nonce)
	return going, way, said, err
}

// SignInByProvider lets in whom a provider vouches for, if what it says of him was
// bound to an account.
func (r *Room) SignInByProvider(ctx context.Context, back Returned) (Admission, error) {
	going, way, said, err := r.returned(ctx, back, "")
	if err != nil {
		return Admission{}, err
	}
	shown := proof{means: ByProvider, browserKey: going.BrowserKey}
	if said.strong {
		shown.second.means = ByFactors
	}
	return r.admitLinked(ctx, way, r.markOf(way.Kind, said.issuer, said.subject), shown, "")
}

// LinkProvider binds what a provider says of the caller to his account.
func (r *Room) LinkProvider(ctx context.Context, back Returned) (Link, error) {
	own, err := r.linker(ctx)
	if err != nil {
		return Link{}, err
	}
	_, way, said, err := r.returned(ctx, back, own.ID)
	if err != nil {
		return Link{}, err
	}
	return r.link(ctx, own, Link{Way: way.ID, Kind: way.Kind, Mark: r.markOf(way.Kind, said.issuer, said.subject), Detail: said.issuer})
}

// LeaveProvider is where somebody signs out at a provider; empty when it does not
// say.
func (r *Room) LeaveProvider(ctx context.Context, way string) (string, error) {
	at, err := r.askerOf(ctx, way)
	if err != nil {
		return "", err
	}
	return at.leaving(), nil
}

// admitLinked lets in whose account a mark is bound to. Where he has a second factor
// and shows no code for it, the screen of his session begins locked.
func (r *Room) admitLinked(ctx context.Context, way Way, mark string, shown proof, code string) (Admission, error) {
	const verb = "identity.sign-in"
	var bound Link
	var of Account
	var wants []Factor
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		if bound, err = linkMarked(ctx, v, r.org, mark, r.desk.Now()); err != nil {
			return err
		}
		if of, err = findAccount(ctx, v, r.org, bound.Account); err != nil {
			return err
		}
		wants, err = liveFactors(ctx, v, r.org, of.ID)
		return err
	})
	if errors.Is(err, db.ErrNone) || err == nil && bound.Way != way.ID {
		return Admission{}, r.fail(ctx, r.newTry(ctx, verb, mark), Account{}, whyLink, errNotLinked.With())
	}
	if err != nil {
		return Admission{}, r.doubted(ctx, err)
	}
	t := r.newTry(ctx, verb, of.Name)
	switch {
	case code != "":
		if err := r.mayTry(ctx, t, of); err != nil {
			return Admission{}, err
		}
		if shown.second, err = r.mustShow(ctx, t, of, code); err != nil {
			return Admission{}, err
		}
	case !shown.second.strong():
		shown.wanting = len(wants) > 0
	}
	shown.second.link = bound.ID
	return r.admit(ctx, t, of, shown)
}

// markOf is what is kept of what somebody shows.
func (r *Room) markOf(kind WayKind, parts ...string) string {
	return r.vault.Blind(r.org, "identity_link", string(kind)+"\n"+strings.Join(parts, "\n"))
}

// beginLink keeps what was begun for the caller's own account.
func (r *Room) beginLink(ctx context.Context, own Account, way string, data any) (string, error) {
	c := ceremony{Org: own.Org, ID: id.New(r.desk.Now()), Account: own.ID}
	err := r.desk.Do(ctx, "identity.link", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(own)); err != nil {
			return err
		}
		w.Note("way", way)
		w.Note("state", "begun")
		return keepCeremony(ctx, w, c, data, w.Now())
	})
	return c.ID, err
}
