package source

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/sm"
)

// Key is by what a machine shows that it is its source. Its row is keyed, and holds
// nothing that opens anything.
type Key struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Source    string    `db:"source"`
	Kind      string    `db:"kind"`
	Digest    []byte    `db:"digest"` // SM3 of the secret, or of the certificate
	Half      []byte    `db:"half"`   // SM3 of the second half
	Halves    bool      `db:"halves"` // two people hold a half each
	Sealed    []byte    `db:"sealed"` // secret of an HMAC
	PublicKey string    `db:"public_key"`
	Issuer    []byte    `db:"issuer"` // of a certificate: by whom clients are asked for it
	Since     time.Time `db:"since"`
	Until     time.Time `db:"until"`
	Ended     time.Time `db:"ended"`
	EndedBy   string    `db:"ended_by"`
	MadeBy    string    `db:"made_by"`
	Made      time.Time `db:"made"`
	HalfBy    string    `db:"half_by"`
	Follows   string    `db:"follows"` // the key in whose place it stands
	MAC       []byte    `db:"mac"`
}

// Kinds of key.
const (
	ByBearer      = "bearer"      // a secret that is shown with every call
	ByCertificate = "certificate" // a TLS client certificate
	ByHMAC        = "hmac-sm3"    // a secret with which every call is signed
	BySM2         = "sm2"         // a private key with which every call is signed
	ByECDSA       = "ecdsa"       // the same, on P-256 with SHA-256
	ByJWT         = "jwt"         // a private key with which a program signs what it shows for a token
)

var keyKinds = []string{ByBearer, ByCertificate, ByHMAC, BySM2, ByECDSA, ByJWT}

// Live reports whether a key counts at a moment.
func (k Key) Live(at time.Time) bool {
	return k.Ended.IsZero() && !k.Since.After(at) && k.Until.After(at) && (!k.Halves || len(k.Half) > 0)
}

// opens compares what was shown with what is kept of a bearer key.
func (k Key) opens(secrets []string) bool {
	kept := [][]byte{k.Digest}
	if k.Halves {
		kept = append(kept, k.Half)
	}
	if k.Kind != ByBearer || len(secrets) != len(kept) {
		return false
	}
	right := true
	for i, secret := range secrets {
		sum := sm.Sum([]byte(secret))
		right = sm.Equal(sum[:], kept[i]) && right
	}
	return right
}

// signed reports whether a message was signed by the key. secret is that of an HMAC.
func (k Key) signed(message, signature, secret []byte) bool {
	switch k.Kind {
	case ByHMAC:
		return len(secret) > 0 && sm.Equal(sm.HMAC(secret, message), signature)
	case BySM2:
		public, err := sm.ParsePublicKeyPEM([]byte(k.PublicKey))
		return err == nil && public.Verify(message, signature)
	case ByECDSA:
		public, err := parseECDSA(k.PublicKey)
		digest := sha256.Sum256(message)
		return err == nil && ecdsa.VerifyASN1(public, digest[:], signature)
	}
	return false
}

// tokenPrefix begins a bearer key, so that a scanner of leaked secrets knows one.
const tokenPrefix = "mws"

// token is a bearer key as its holder shows it.
func token(key string, secrets ...string) string {
	return strings.Join(append([]string{tokenPrefix, key}, secrets...), ".")
}

// parseToken reads what was shown. Anything that cannot be a key is none.
func parseToken(shown string) (key string, secrets []string, ok bool) {
	parts := strings.Split(shown, ".")
	if len(parts) < 3 || len(parts) > 4 || parts[0] != tokenPrefix || !id.Valid(parts[1]) {
		return "", nil, false
	}
	for _, secret := range parts[2:] {
		raw, err := base64.RawURLEncoding.Strict().DecodeString(secret)
		if err != nil || len(raw) != secretSize {
			return "", nil, false
		}
	}
	return parts[1], parts[2:], true
}

const secretSize = 32

// longestKey is how long a key may live; its agreement may end before.
const longestKey = 366 * 24 * time.Hour

// longestOverlap is how long an old key may go on beside the one that follows it.
const longestOverlap = 30 * 24 * time.Hour

// Issuing is what is said when a key is issued.
type Issuing struct {
	Kind string
	// Until is when the key ends by itself.
	Until time.Time
	// Halves splits a bearer key between two people.
	Halves bool
	// PublicKey, of the kinds sm2, ecdsa and jwt, is a PEM block; Certificate one or more,
	// the holder's first.
	PublicKey   string
	Certificate string
	// Follows names the key in whose place it stands, which ends Overlap from now.
	Follows string
	Overlap time.Duration
}

func (in Issuing) check(now time.Time) error {
	e := errInput.With()
	if !slices.Contains(keyKinds, in.Kind) {
		e.At("kind", fault.Text{ZH: "请选择凭据种类：" + strings.Join(keyKinds, "、"), EN: "a kind is one of " + strings.Join(keyKinds, ", ")})
	}
	if !in.Until.After(now) || in.Until.Sub(now) > longestKey {
		e.At("until", fault.Text{ZH: "凭据须有截止时间，最长一年", EN: "a key has an end, within a year"})
	}
	if in.Halves && in.Kind != ByBearer {
		e.At("halves", fault.Text{ZH: "只有令牌可分为两半", EN: "only a bearer key comes in halves"})
	}
	if in.Overlap < 0 || in.Overlap > longestOverlap || in.Overlap > 0 && in.Follows == "" {
		e.At("overlapHours", fault.Text{ZH: "新旧凭据并行最长 30 天", EN: "the old key goes on for 30 days at most"})
	}
	return e.OrNil()
}

// made is a key with what its holder must be shown, once.
type made struct {
	Key
	Secret string
}

// make makes the parts of a key that need no store.
func (in Issuing) make(k Key, seal func(secret []byte) ([]byte, error)) (made, error) {
	var err error
	switch in.Kind {
	case ByBearer:
		secret := newSecret()
		sum := sm.Sum([]byte(secret))
		k.Digest, k.Halves = sum[:], in.Halves
		return made{k, token(k.ID, secret)}, nil
	case ByHMAC:
		secret := newSecret()
		k.Sealed, err = seal([]byte(secret))
		return made{k, secret}, err
	case ByCertificate:
		err = k.pin(in.Certificate)
	case BySM2:
		_, err = sm.ParsePublicKeyPEM([]byte(in.PublicKey))
		k.PublicKey = in.PublicKey
	case ByECDSA:
		_, err = parseECDSA(in.PublicKey)
		k.PublicKey = in.PublicKey
	case ByJWT:
		_, _, err = parseAsserting(in.PublicKey)
		k.PublicKey = in.PublicKey
	}
	if err != nil {
		return made{}, errInput.Because(err).At("publicKey", fault.Text{ZH: "公钥或证书无法读取：请提供 PEM 格式，且在有效期内", EN: "the public key or certificate cannot be read: give PEM, of one that is in force"})
	}
	return made{k, ""}, nil
}

// pin takes a certificate: exactly that one is the key, whoever vouches for it.
func (k *Key) pin(text string) error {
	block, _ := pem.Decode([]byte(text))
	if block == nil || block.Type != "CERTIFICATE" {
		return errNoPEM
	}
	leaf, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return err
	}
	if !leaf.NotAfter.After(k.Made) {
		return errNoPEM
	}
	if leaf.NotAfter.Before(k.Until) {
		k.Until = leaf.NotAfter.UTC()
	}
	digest := sm.Sum(leaf.Raw)
	k.Digest, k.Issuer, k.PublicKey = digest[:], leaf.RawIssuer, string(pem.EncodeToMemory(block))
	return nil
}

func parseECDSA(text string) (*ecdsa.PublicKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errNoPEM
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	public, ok := parsed.(*ecdsa.PublicKey)
	if !ok || public.Curve.Params().BitSize != 256 {
		return nil, errNoPEM
	}
	return public, nil
}

func newSecret() string { return base64.RawURLEncoding.EncodeToString(sm.NewSecret()) }
