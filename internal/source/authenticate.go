package source

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// maxBody bounds the body of a signed request, which is read before it is believed.
const maxBody = 65 << 20

// Authenticate lets a machine that shows a key of a source act as that source. It
// stands behind the question which person asks, and leaves everybody alone who is one
// or shows no key.
func (room *Room) Authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		shown, some := shownBy(req)
		if !some || act.From(req.Context()).Known() {
			next.ServeHTTP(w, req)
			return
		}
		if shown.access != "" {
			ctx, err := room.admitApp(req, shown.access)
			if err != nil {
				web.WriteProblem(w, req, err)
				return
			}
			next.ServeHTTP(w, req.WithContext(ctx))
			return
		}
		actor, err := room.admit(req, shown)
		switch {
		case errors.Is(err, errNotShown):
			next.ServeHTTP(w, req)
		case err != nil:
			web.WriteProblem(w, req, err)
		default:
			next.ServeHTTP(w, req.WithContext(act.With(req.Context(), actor)))
		}
	})
}

// errNotShown says that a connection shows a certificate of no source: it may be that
// of a person.
var errNotShown = errors.New("source: nothing of a source was shown")

// shown is what a request brings to show whose it is.
type shown struct {
	access      string // token of a program
	key         string
	secrets     []string
	signing     *signing
	certificate []byte // its digest
}

func shownBy(req *http.Request) (shown, bool) {
	given := req.Header.Get("Authorization")
	if bearer, ok := strings.CutPrefix(given, "Bearer "); ok && strings.HasPrefix(bearer, accessPrefix+".") {
		return shown{access: bearer}, true
	}
	if bearer, ok := strings.CutPrefix(given, "Bearer "+tokenPrefix+"."); ok {
		key, secrets, _ := parseToken(tokenPrefix + "." + bearer)
		return shown{key: key, secrets: secrets}, true
	}
	if strings.HasPrefix(given, SignedScheme+" ") {
		s, ok := parseSigning(req)
		if !ok {
			return shown{}, true
		}
		return shown{key: s.key, signing: &s}, true
	}
	if given == "" && req.TLS != nil && len(req.TLS.PeerCertificates) > 0 {
		digest := sm.Sum(req.TLS.PeerCertificates[0].Raw)
		return shown{certificate: digest[:]}, true
	}
	return shown{}, false
}

// admit returns the source that a request is of, as the actor that it makes. What is
// wrong with a source that is known is on the account; what is of nobody is counted.
func (room *Room) admit(req *http.Request, show shown) (act.Actor, error) {
	ctx, now := req.Context(), room.desk.Now()
	from := act.From(ctx)
	if !room.knocks.Allows(from.IP, now) {
		return act.Actor{}, errRate.With()
	}
	k, s, secret, err := room.keyShown(ctx, show, now)
	switch {
	case errors.Is(err, db.ErrNone) && show.certificate != nil:
		return act.Actor{}, errNotShown
	case errors.Is(err, db.ErrNone):
		_ = room.desk.Begin(ctx, "source.call") // counts the refusal of nobody in particular
		return act.Actor{}, errKey.With()
	case errors.Is(err, db.ErrForged):
		room.alarm(ctx, "a row that grants power is forged", err)
		return act.Actor{}, act.ErrUndecided.Because(err)
	case err != nil:
		return act.Actor{}, act.ErrUndecided.Because(err)
	}
	if err := room.mustHold(req, show, k, s, secret, now); err != nil {
		return act.Actor{}, room.refuse(ctx, s, err)
	}
	room.meter.called(s, now, false)
	return act.Actor{Actor: zoned(s.Actor(now), from.Zone), Purpose: "operation", IP: from.IP, Terminal: "key:" + k.ID}, nil
}

func zoned(a policy.Actor, zone string) policy.Actor {
	a.Zone = zone
	return a
}

// opener is a key with its source and, for an HMAC, its secret.
type opener struct {
	key    Key
	source Source
	secret []byte
}

// How many keys are remembered, and for how long at most. Another process of the same
// store refuses what was ended after this time; this one at once.
const (
	openerLife  = 2 * time.Second
	openerLimit = 1024
)

// keyShown finds the key that a request names, its source, and the secret of an HMAC.
func (room *Room) keyShown(ctx context.Context, show shown, now time.Time) (Key, Source, []byte, error) {
	if show.key == "" {
		return room.readKey(ctx, show, now)
	}
	o, asOf, known := room.openers.Find(show.key, now)
	if known {
		return o.key, o.source, o.secret, nil
	}
	k, s, secret, err := room.readKey(ctx, show, now)
	if err == nil {
		room.openers.Put(show.key, opener{k, s, secret}, now.Add(openerLife), asOf)
	}
	return k, s, secret, err
}

func (room *Room) readKey(ctx context.Context, show shown, now time.Time) (k Key, s Source, secret []byte, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		var known bool
		switch {
		case show.certificate != nil:
			if k, known, err = certificateMarked(ctx, r, room.org, show.certificate, now); err == nil && !known {
				err = db.ErrNone
			}
		case show.key == "":
			err = db.ErrNone
		default:
			k, err = keys.Get(ctx, r, room.org, show.key)
		}
		if err != nil {
			return err
		}
		if s, err = sources.Get(ctx, r, room.org, k.Source); err != nil || len(k.Sealed) == 0 {
			return err
		}
		subject, err := room.vault.Subject(ctx, r, room.org, k.ID)
		if err != nil {
			return err
		}
		secret, err = subject.Open(secretPlace(k.ID), k.Sealed)
		return err
	})
	return k, s, secret, err
}

// mustHold refuses what does not show the key, or shows it when and from where it does
// not count.
func (room *Room) mustHold(req *http.Request, show shown, k Key, s Source, secret []byte, now time.Time) error {
	switch {
	case show.signing != nil && !k.signed(show.signing.text, show.signing.signature, secret):
		return errSignature.With()
	case show.secrets != nil && !k.opens(show.secrets):
		return errKey.With()
	case show.signing == nil && show.secrets == nil && show.certificate == nil, !k.Live(now):
		return errKey.With()
	case !s.Live(now):
		return errNotLive.With()
	case !s.within(act.From(req.Context()).IP):
		return errNetwork.With()
	case !room.rates.allows(s, now):
		return errRate.With()
	case show.signing == nil:
		return nil
	case !show.signing.timely(now):
		return errSkew.With()
	}
	if err := mustBeWhole(req, show.signing.digest); err != nil {
		return err
	}
	return room.mustBeNew(req.Context(), k, show.signing.nonce, now)
}

// mustBeWhole reads the body and compares it with what was signed.
func mustBeWhole(req *http.Request, digest []byte) error {
	body, err := io.ReadAll(io.LimitReader(req.Body, maxBody+1))
	if err != nil {
		return errSignature.Because(err)
	}
	if len(body) > maxBody {
		return errTooMuch.With()
	}
	if sum := sm.Sum(body); !bytes.Equal(sum[:], digest) {
		return errSignature.With()
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// mustBeNew keeps a request from being made twice, on whatever node and after whatever
// restart.
func (room *Room) mustBeNew(ctx context.Context, k Key, nonce string, now time.Time) error {
	err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		return nonces.Insert(ctx, w, &nonceRow{Org: k.Org, Key: k.ID, Nonce: nonce, Until: now.Add(2 * skew)})
	})
	if errors.Is(err, db.ErrExists) {
		return errReplay.With()
	}
	return err
}

// refuse puts on the account that a source was refused, and why, and returns why.
// Beyond some in a minute they are counted only.
func (room *Room) refuse(ctx context.Context, s Source, why error) error {
	now := room.desk.Now()
	room.meter.called(s, now, true)
	if !room.refusals.Allows(s.ID, now) {
		return why
	}
	from := act.From(ctx)
	nothing := policy.Actor{Kind: act.Feed, ID: s.ID, Org: s.Org, Agreed: &policy.Agreed{}}
	acting := act.With(ctx, act.Actor{Actor: nothing, Purpose: "operation", IP: from.IP, Terminal: from.Terminal})
	err := room.desk.Do(acting, "source.call", func(ctx context.Context, w *act.Work) error {
		w.Note("why", fault.From(why).Code.Name)
		return w.Permit(ctx, s.Object())
	})
	if !errors.Is(err, act.ErrRefused) {
		return errors.Join(why, err)
	}
	return why
}

// Gate refuses a source what was not agreed with it, before reading what it sends; it
// lets everybody else pass.
func (room *Room) Gate(ctx context.Context, verb string) error {
	actor := act.From(ctx)
	if actor.Kind != act.Feed || actor.Agreed != nil && slices.Contains(actor.Agreed.Verbs, verb) {
		return nil
	}
	return room.refuseCaller(ctx, actor)
}

// Unregistered refuses a source an address that there is none of. Everybody else is
// told so by others.
func (room *Room) Unregistered(ctx context.Context) error {
	if actor := act.From(ctx); actor.Kind == act.Feed {
		return room.refuseCaller(ctx, actor)
	}
	return nil
}

func (room *Room) refuseCaller(ctx context.Context, actor act.Actor) error {
	var s Source
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		s, err = sources.Get(ctx, r, actor.Org, actor.ID)
		return err
	})
	if err != nil {
		return errPath.Because(err)
	}
	return room.refuse(ctx, s, errPath.With())
}

// AskCertificates lets the clients of sources show their certificates, beside what base
// asks for. A client that has none goes on without.
func (room *Room) AskCertificates(base *tls.Config) *tls.Config {
	asking := base.Clone()
	asking.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		config := base
		if base.GetConfigForClient != nil {
			found, err := base.GetConfigForClient(hello)
			if err != nil {
				return nil, err
			}
			if found != nil {
				config = found
			}
		}
		issuers, err := room.issuers(hello.Context())
		if err != nil || len(issuers) == 0 { // without an answer nobody is asked for more
			return config, nil //nolint:nilerr // the configuration stands as it is
		}
		asked := config.Clone()
		asked.ClientAuth, asked.ClientCAs = tls.RequestClientCert, x509.NewCertPool()
		if config.ClientCAs != nil {
			asked.ClientCAs = config.ClientCAs.Clone()
		}
		for _, issuer := range issuers { // only the name is used: to tell clients which certificate is meant
			asked.ClientCAs.AddCert(&x509.Certificate{Raw: issuer, RawSubject: issuer})
		}
		return asked, nil
	}
	return asking
}

func (room *Room) issuers(ctx context.Context) (all [][]byte, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		found, err := liveCertificates(ctx, r, room.org, room.desk.Now())
		for _, k := range found {
			all = append(all, k.Issuer)
		}
		return err
	})
	return all, err
}
