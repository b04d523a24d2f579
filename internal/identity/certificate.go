package identity

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

type certificatesKey struct{}

// withCertificates keeps what the other end of a connection has shown. TLS has seen
// that it holds the key; whether anybody vouches for it is asked by [Room.certified].
func withCertificates(req *http.Request) context.Context {
	if req.TLS == nil || len(req.TLS.PeerCertificates) == 0 {
		return req.Context()
	}
	return context.WithValue(req.Context(), certificatesKey{}, req.TLS.PeerCertificates)
}

// certified is a certificate that an authority of the hospital vouches for.
type certified struct {
	leaf *smx509.Certificate
	mark string
}

// certified returns the certificate of the connection, or [errNoCertificate].
func (r *Room) certified(ctx context.Context, way Way) (certified, error) {
	shown, _ := ctx.Value(certificatesKey{}).([]*x509.Certificate)
	if len(shown) == 0 {
		return certified{}, errNoCertificate.With()
	}
	chain := make([][]byte, len(shown))
	for i, c := range shown {
		chain[i] = c.Raw
	}
	return r.vouchedFor(way, chain)
}

// vouchedFor verifies a chain of certificates, the holder's first.
func (r *Room) vouchedFor(way Way, chain [][]byte) (certified, error) {
	leaf, err := way.Settings.Authority.verify(chain, r.desk.Now())
	if err != nil {
		return certified{}, errCertificate.Because(err)
	}
	digest := sm.Sum(leaf.Raw)
	return certified{leaf, r.markOf(way.Kind, hex.EncodeToString(digest[:]))}, nil
}

// verify returns the holder's certificate of a chain that leads to an authority, is
// good at a moment, and of which nothing was revoked.
func (s AuthoritySettings) verify(chain [][]byte, at time.Time) (*smx509.Certificate, error) {
	parsed := make([]*smx509.Certificate, len(chain))
	between := smx509.NewCertPool()
	for i, der := range chain {
		var err error
		if parsed[i], err = smx509.ParseCertificate(der); err != nil {
			return nil, err
		}
		if i > 0 {
			between.AddCert(parsed[i])
		}
	}
	roots := smx509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(s.Roots))
	paths, err := parsed[0].Verify(smx509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []smx509.ExtKeyUsage{smx509.ExtKeyUsageClientAuth},
	})
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		if err = s.unrevoked(path); err == nil {
			return parsed[0], nil
		}
	}
	return nil, err
}

var errRevoked = errors.New("identity: the certificate was revoked")

// unrevoked looks for each certificate of a path in the lists that its issuer has
// signed. A list that is out of date still says what it says.
func (s AuthoritySettings) unrevoked(path []*smx509.Certificate) error {
	for _, der := range blocks(s.Revoked) {
		list, err := smx509.ParseRevocationList(der)
		if err != nil {
			return err
		}
		for i, c := range path[:len(path)-1] {
			issuer := path[i+1]
			if !bytes.Equal(list.RawIssuer, issuer.RawSubject) || list.CheckSignatureFrom(issuer) != nil {
				continue
			}
			for _, entry := range list.RevokedCertificateEntries {
				if entry.SerialNumber.Cmp(c.SerialNumber) == 0 {
					return errRevoked
				}
			}
		}
	}
	return nil
}

// names reports whether a certificate is of the person of a staff number.
func (s AuthoritySettings) names(leaf *smx509.Certificate, number string) bool {
	switch s.Number {
	case "serialNumber":
		return leaf.Subject.SerialNumber == number
	case "commonName":
		return leaf.Subject.CommonName == number
	}
	return true
}

// SignInByCertificate lets in the holder of a certificate that the connection has
// shown and that was bound to an account. With a code that is two factors (E-143).
func (r *Room) SignInByCertificate(ctx context.Context, code string, browserKey []byte) (Admission, error) {
	if err := checkBrowserKey(browserKey); err != nil {
		return Admission{}, err
	}
	way, err := r.openWayOf(ctx, Certificate)
	if err != nil {
		return Admission{}, err
	}
	shown, err := r.certified(ctx, way)
	if err != nil {
		return Admission{}, err
	}
	return r.admitLinked(ctx, way, shown.mark, proof{means: ByCertificate, browserKey: browserKey}, code)
}

// LinkCertificate binds the certificate of the connection to the caller's account.
func (r *Room) LinkCertificate(ctx context.Context) (Link, error) {
	own, err := r.linker(ctx)
	if err != nil {
		return Link{}, err
	}
	way, err := r.openWayOf(ctx, Certificate)
	if err != nil {
		return Link{}, err
	}
	shown, err := r.certified(ctx, way)
	if err != nil {
		return Link{}, err
	}
	return r.linkCertified(ctx, own, way, shown)
}

func (r *Room) linkCertified(ctx context.Context, own Account, way Way, shown certified) (Link, error) {
	var standing staff.Standing
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		standing, err = staff.StandingOf(ctx, v, own.Org, own.Person, r.desk.Now())
		return err
	})
	if err != nil {
		return Link{}, r.doubted(ctx, err)
	}
	if !way.Settings.Authority.names(shown.leaf, standing.Person.Number) {
		return Link{}, errNotYours.With()
	}
	return r.link(ctx, own, Link{
		Way: way.ID, Kind: way.Kind, Mark: shown.mark, Until: shown.leaf.NotAfter.UTC(),
		Detail: fmt.Sprintf("%s %X", shown.leaf.Issuer.CommonName, shown.leaf.SerialNumber),
	})
}

// tokenShown finds out whether the connection shows a certificate of an account,
// beside what was shown first. Nothing that is wrong with one keeps anybody out who
// does not need it.
func (r *Room) tokenShown(ctx context.Context, a Account) (second, error) {
	if ctx.Value(certificatesKey{}) == nil {
		return second{}, nil
	}
	way, err := r.openWayOf(ctx, Certificate)
	if errors.Is(err, errNoWay) {
		return second{}, nil
	}
	if err != nil {
		return second{}, err
	}
	shown, err := r.certified(ctx, way)
	if errors.Is(err, errCertificate) {
		return second{}, nil
	}
	if err != nil {
		return second{}, err
	}
	var bound Link
	err = r.desk.Look(ctx, func(v db.Reader) error {
		bound, err = linkMarked(ctx, v, a.Org, shown.mark, r.desk.Now())
		return err
	})
	switch {
	case errors.Is(err, db.ErrNone) || err == nil && bound.Account != a.ID:
		return second{}, nil
	case err != nil:
		return second{}, r.doubted(ctx, err)
	}
	return second{means: ByToken, link: bound.ID}, nil
}

// AskCertificates returns a configuration by which browsers are asked for a
// certificate of the hospital's authorities while that way is open, and VPN gateways for
// theirs where they have one. Who has none goes on without.
func (r *Room) AskCertificates(base *tls.Config) *tls.Config {
	asking := base.Clone()
	asking.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		way, err := r.openWayOf(hello.Context(), Certificate)
		if err != nil && r.gateways == nil { // without the way, or without an answer, nobody is asked
			return nil, nil //nolint:nilnil // the configuration stands as it is
		}
		asked := base.Clone()
		asked.ClientAuth, asked.ClientCAs = tls.RequestClientCert, x509.NewCertPool()
		if err == nil {
			asked.ClientCAs.AppendCertsFromPEM([]byte(way.Settings.Authority.Roots))
		}
		r.gateways.name(asked.ClientCAs)
		return asked, nil
	}
	return asking
}
