package source

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"slices"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
)

// signerRow is a key by which ID tokens are signed. Its row is keyed.
type signerRow struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	Public string    `db:"public"` // JSON Web Key
	Sealed []byte    `db:"sealed"` // PKCS #8
	Made   time.Time `db:"made"`
	Until  time.Time `db:"until"`
	MAC    []byte    `db:"mac"`
}

const (
	// signerLife is how long a key may be believed; it signs for the first half of that.
	signerLife  = 90 * 24 * time.Hour
	mostSigners = 10
	identityLen = 5 * time.Minute
	signerBits  = 2048
)

func signerKey(signerID string) string { return "app-signer-" + signerID }

func signerPlace(signerID string) vault.Place {
	return vault.Place{Kind: "Source", Object: signerID, Field: "signer"}
}

// idClaims are those of OpenID Connect that SMART App Launch 2 asks for.
type idClaims struct {
	jwt.Claims
	Nonce    string `json:"nonce,omitempty"`
	FHIRUser string `json:"fhirUser,omitempty"`
}

// claimsOf says to a program who the person is that allowed it: his id, and with
// fhirUser where he is read.
func claimsOf(a Allowance, s Source, nonce, issuer string, now time.Time) *idClaims {
	said := &idClaims{Claims: jwt.Claims{
		Issuer: issuer, Subject: a.Person, Audience: jwt.Audience{s.Code}, IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(identityLen)),
	}, Nonce: nonce}
	if slices.Contains(a.Scopes, fhirUser) {
		said.FHIRUser = issuer + readable + "/Practitioner/" + a.Person
	}
	return said
}

func (room *Room) signIdentity(ctx context.Context, said idClaims) (string, error) {
	s, err := room.signerNow(ctx)
	if err != nil {
		return "", err
	}
	return s.sign(said)
}

// idSigner signs ID tokens.
type idSigner struct {
	id  string
	key *rsa.PrivateKey
}

func (s idSigner) sign(said idClaims) (string, error) {
	maker, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: s.key, KeyID: s.id}}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return "", err
	}
	return jwt.Signed(maker).Claims(said).Serialize()
}

// signerNow is the key that signs today. Where there is none it is made.
func (room *Room) signerNow(ctx context.Context) (idSigner, error) {
	now := room.desk.Now()
	var s idSigner
	err := room.desk.Look(ctx, func(r db.Reader) error {
		s = idSigner{}
		live, err := liveSigners(ctx, r, room.org, now.Add(signerLife/2))
		if err != nil || len(live) == 0 {
			return err
		}
		key, err := room.vault.Subject(ctx, r, room.org, signerKey(live[0].ID))
		if err != nil {
			return err
		}
		plain, err := key.Open(signerPlace(live[0].ID), live[0].Sealed)
		if err != nil {
			return err
		}
		private, err := x509.ParsePKCS8PrivateKey(plain)
		if err == nil {
			s.id, s.key = live[0].ID, private.(*rsa.PrivateKey)
		}
		return err
	})
	if err != nil || s.key != nil {
		return s, err
	}
	return room.newSigner(ctx, now)
}

func (room *Room) newSigner(ctx context.Context, now time.Time) (idSigner, error) {
	private, err := rsa.GenerateKey(rand.Reader, signerBits)
	if err != nil {
		return idSigner{}, err
	}
	s := idSigner{id: id.New(now), key: private}
	plain, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return idSigner{}, err
	}
	public, err := json.Marshal(jose.JSONWebKey{Key: private.Public(), KeyID: s.id, Algorithm: string(jose.RS256), Use: "sig"})
	if err != nil {
		return idSigner{}, err
	}
	key, err := room.vault.NewSubject(room.org, signerKey(s.id))
	if err != nil {
		return idSigner{}, err
	}
	row := signerRow{Org: room.org, ID: s.id, Public: string(public), Made: now, Until: now.Add(signerLife)}
	if row.Sealed, err = key.Seal(signerPlace(s.id), plain); err != nil {
		return idSigner{}, err
	}
	return s, room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		w.Note("signer", s.id)
		if err := key.Save(ctx, w); err != nil {
			return err
		}
		return signers.Insert(ctx, w, &row)
	})
}

// SigningKeys are the public keys by which ID tokens are believed, as JSON Web Keys.
func (room *Room) SigningKeys(ctx context.Context) ([]json.RawMessage, error) {
	all := []json.RawMessage{}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		live, err := liveSigners(ctx, r, room.org, room.desk.Now())
		all = all[:0]
		for _, s := range live {
			all = append(all, json.RawMessage(s.Public))
		}
		return err
	})
	return all, err
}
