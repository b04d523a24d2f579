package source

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/medward/medward/internal/base/db"
)

// AssertionType is how programs name an assertion (RFC 7523).
const AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// Algorithms are by what programs may sign, as SMART App Launch 2 asks; no others are
// read.
var Algorithms = []string{string(jose.ES384), string(jose.RS384)}

const (
	// assertionLife is how far ahead the end of an assertion may lie.
	assertionLife  = 5 * time.Minute
	longestName    = 200
	shortestRSA    = 2048
	longestRSA     = 8192
	mostAsserting  = 20
	maxAssertion   = 8 << 10
	clockTolerance = time.Minute
)

// Showing is by what a program shows who it is: its name alone, where no key of the
// kind jwt is registered of it, or an assertion.
type Showing struct {
	Client        string // code of the source
	Assertion     string
	AssertionType string
	Endpoint      string // the address of our token endpoint, for which assertions are made
}

// caller is a program that showed who it is.
type caller struct {
	source Source
	app    App
	key    string // by which; empty: by its name alone
}

// parseAsserting reads the public key of a program: P-384 or RSA.
func parseAsserting(text string) (crypto.PublicKey, jose.SignatureAlgorithm, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, "", errNoPEM
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, "", err
	}
	switch public := parsed.(type) {
	case *ecdsa.PublicKey:
		if public.Curve == elliptic.P384() {
			return public, jose.ES384, nil
		}
	case *rsa.PublicKey:
		if bits := public.N.BitLen(); bits >= shortestRSA && bits <= longestRSA {
			return public, jose.RS384, nil
		}
	}
	return nil, "", errNoPEM
}

// callerOf finds the program that shows itself. Whoever has registered a key is believed
// by that key and by nothing less.
func (room *Room) callerOf(ctx context.Context, in Showing) (caller, error) {
	now := room.desk.Now()
	assertion, said, err := in.parse()
	if err != nil {
		return caller{}, err
	}
	var c caller
	var asserting []Key
	err = room.desk.Look(ctx, func(r db.Reader) error {
		s, known, err := sourceCoded(ctx, r, room.org, said.Issuer)
		if err != nil || !known {
			return err
		}
		c.source = s
		if c.app, err = appOf(ctx, r, s); err != nil {
			return err
		}
		asserting, err = assertingKeys(ctx, r, s.Org, s.ID, now)
		return err
	})
	switch {
	case err != nil:
		return caller{}, err
	case c.app.Source == "":
		return caller{}, errClient.With()
	case assertion == nil && len(asserting) == 0:
		return c, nil
	case assertion == nil:
		return c, errClient.With()
	}
	k, signed := signerOf(assertion, asserting)
	if !signed || !said.timely(now) || len(said.Audience) != 1 || said.Audience[0] != in.Endpoint || said.Subject != said.Issuer || in.Client != "" && in.Client != said.Issuer {
		return c, errClient.With()
	}
	name := sha256.Sum256([]byte(said.ID))
	if err := room.mustBeNew(ctx, k, hex.EncodeToString(name[:]), now); err != nil {
		return c, err
	}
	c.key = k.ID
	return c, nil
}

// claims are those of an assertion.
type claims struct{ jwt.Claims }

// parse reads what is shown without believing it yet.
func (in Showing) parse() (*jwt.JSONWebToken, claims, error) {
	if in.Assertion == "" && in.AssertionType == "" {
		return nil, claims{jwt.Claims{Issuer: in.Client}}, nil
	}
	if in.AssertionType != AssertionType || len(in.Assertion) > maxAssertion {
		return nil, claims{}, errClient.With()
	}
	token, err := jwt.ParseSigned(in.Assertion, []jose.SignatureAlgorithm{jose.ES384, jose.RS384})
	if err != nil {
		return nil, claims{}, errClient.Because(err)
	}
	var said claims
	if err := token.UnsafeClaimsWithoutVerification(&said.Claims); err != nil {
		return nil, claims{}, errClient.Because(err)
	}
	if said.ID == "" || len(said.ID) > longestName || len(said.Issuer) > longestName {
		return nil, claims{}, errClient.With()
	}
	return token, said, nil
}

// timely reports whether an assertion counts now, and not for longer than it may.
func (c claims) timely(now time.Time) bool {
	if c.Expiry == nil || c.Expiry.Time().After(now.Add(assertionLife+clockTolerance)) {
		return false
	}
	return c.ValidateWithLeeway(jwt.Expected{Time: now}, clockTolerance) == nil
}

// signerOf is the key by which an assertion was signed: the one that it names, or, of a
// program that names its keys by itself, any of its own.
func signerOf(assertion *jwt.JSONWebToken, asserting []Key) (Key, bool) {
	if len(assertion.Headers) != 1 {
		return Key{}, false
	}
	for _, k := range asserting {
		public, algorithm, err := parseAsserting(k.PublicKey)
		if err == nil && assertion.Headers[0].Algorithm == string(algorithm) && assertion.Claims(public, &jwt.Claims{}) == nil {
			return k, true
		}
	}
	return Key{}, false
}

func assertingKeys(ctx context.Context, r db.Reader, org, source string, at time.Time) ([]Key, error) {
	return keys.Select(ctx, r, "WHERE org = $1 AND source = $2 AND kind = $3 AND ended IS NULL AND until > $4 ORDER BY id DESC LIMIT $5",
		org, source, ByJWT, at.UnixMicro(), int64(mostAsserting))
}
