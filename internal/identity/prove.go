package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"math/big"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// A browser makes a P-256 key at sign-in that its scripts can use and cannot read
// (WebCrypto, not extractable), and registers the public half. Now and then, and
// when the address or the browser seems to have changed, it must sign a challenge.
// A cookie that was copied elsewhere is then worth nothing (A-152, B-106).
const (
	challengeSize = 32
	challengeLife = time.Minute
	signatureSize = 64 // r and s, as WebCrypto gives them
)

func checkBrowserKey(key []byte) error {
	if len(key) == 0 {
		return nil
	}
	if _, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), key); err != nil {
		return errInput.With().At("body.browserKey", fault.Text{
			ZH: "应为 P-256 公钥的未压缩点", EN: "must be an uncompressed point of P-256",
		}).Because(err)
	}
	return nil
}

// ProofText is what a browser signs with its key.
func ProofText(session string, challenge []byte) []byte {
	return []byte("medward-proof\n" + session + "\n" + base64.RawURLEncoding.EncodeToString(challenge))
}

// Challenge gives the browser of a session something to sign. It is good for one
// minute and for one answer.
func (r *Room) Challenge(ctx context.Context) (session string, challenge []byte, err error) {
	before, ok := sessionBefore(ctx)
	if !ok || before.BrowserKey == nil {
		return "", nil, r.nobody(ctx, "identity.prove")
	}
	challenge = make([]byte, challengeSize)
	_, _ = rand.Read(challenge) // never fails: it ends the process instead
	err = r.changeSession(ctx, before, func(s *Session, now time.Time) error {
		s.Challenge, s.Challenged = challenge, now
		return nil
	})
	return before.ID, challenge, err
}

// Prove takes the browser's signature of the newest challenge. From then on the
// session counts from where the browser is now. A wrong one is on record.
func (r *Room) Prove(ctx context.Context, signature []byte) error {
	before, ok := sessionBefore(ctx)
	if !ok || before.BrowserKey == nil {
		return r.nobody(ctx, "identity.prove")
	}
	from := act.From(ctx)
	var of Account
	err := r.changeSession(ctx, before, func(s *Session, now time.Time) error {
		challenge, fresh := s.Challenge, s.Challenged.Add(challengeLife).After(now)
		of = Account{Org: s.Org, ID: s.Account, Person: s.Person}
		if challenge == nil || !fresh || !verifyProof(s.BrowserKey, ProofText(s.ID, challenge), signature) {
			return errProof.With()
		}
		s.Challenge, s.Challenged = nil, time.Time{}
		s.Proved, s.ProvedIP, s.ProvedTerminal = now, from.IP, from.Terminal
		return nil
	})
	if errors.Is(err, errProof) {
		return r.fail(ctx, r.newTry(ctx, "identity.prove", ""), of, whyProof, err)
	}
	return err
}

func verifyProof(point, text, signature []byte) bool {
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil || len(signature) != signatureSize {
		return false
	}
	sum := sha256.Sum256(text)
	half := signatureSize / 2
	return ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:]))
}

// changeSession changes what is kept of a session that counts; such rows are
// upkeep.
func (r *Room) changeSession(ctx context.Context, of Session, change func(s *Session, now time.Time) error) error {
	now := r.desk.Now()
	err := r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		fresh, err := sessions.Get(ctx, w, of.Org, of.ID)
		if errors.Is(err, db.ErrNone) || err == nil && !fresh.Live(now) {
			return act.ErrNobody.With()
		}
		if err != nil {
			return err
		}
		if err := change(&fresh, now); err != nil {
			return err
		}
		return sessions.Update(ctx, w, &fresh)
	})
	r.present.dropSession(of.ID)
	return r.doubted(ctx, err)
}
