package identity_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

func TestAPersonSignsForAsLongAsTheSessionLives(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		ctx := g.as(e, c.who()["session"].(string))
		signer, err := g.room.OpenSigner(ctx)
		if err != nil {
			t.Fatal(err)
		}
		message := []byte("入院记录 第 1 版")
		signature, err := signer.Sign(message)
		if err != nil {
			t.Fatal(err)
		}
		verify := func(message []byte) (person string, valid bool) {
			g.read(func(r db.Reader) (err error) {
				person, valid, err = g.room.VerifySignature(t.Context(), r, acttest.Org, signer.Key(), message, signature)
				return err
			})
			return person, valid
		}
		if person, valid := verify(message); person != e.person || !valid || signer.Person() != e.person {
			t.Errorf("signed by %s, valid %t", person, valid)
		}
		if _, valid := verify([]byte("入院记录 第 2 版")); valid {
			t.Error("the signature holds for another text")
		}
		if again, err := g.room.OpenSigner(ctx); err != nil || again != signer {
			t.Errorf("opened anew within the session: %v", err)
		}

		c.must(204, "DELETE", "/api/session", "")
		if _, err := signer.Sign(message); !errors.Is(err, vault.SigningEnded) {
			t.Errorf("signing after sign-out: %v", err)
		}
		if _, err := g.room.OpenSigner(ctx); !errors.Is(err, act.ErrNobody) {
			t.Errorf("opening after sign-out: %v", err)
		}
		if person, valid := verify(message); person != e.person || !valid {
			t.Error("the signature must outlive the session")
		}
	})
}

func TestNobodySignsInAnothersSession(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e, other := g.hire("chenyaqin", "attending"), g.hire("liqiang", "nurse")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		if _, err := g.room.OpenSigner(g.as(other, c.who()["session"].(string))); !errors.Is(err, act.ErrNobody) {
			t.Errorf("got %v", err)
		}
	})
}

func TestASignerIsClosedWhenItsSessionRanOut(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		signer, err := g.room.OpenSigner(g.as(e, c.who()["session"].(string)))
		if err != nil {
			t.Fatal(err)
		}
		if err := g.room.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := signer.Sign([]byte("text")); err != nil {
			t.Errorf("in a live session: %v", err)
		}
		g.Clock.Advance(31 * 60 * 1e9)
		if err := g.room.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := signer.Sign([]byte("text")); !errors.Is(err, vault.SigningEnded) {
			t.Errorf("after the session ran out: %v", err)
		}
	})
}

func TestPrivateKeysLieSealed(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		g.hire("chenyaqin", "attending")
		g.read(func(r db.Reader) error {
			rows, err := r.Query(t.Context(), "SELECT public, private FROM identity_key")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var public, private []byte
				if err := rows.Scan(&public, &private); err != nil {
					return err
				}
				// A private key in the clear holds the public one beside it.
				if len(public) != 65 || len(private) == 0 || bytes.Contains(private, public[1:]) {
					t.Errorf("public %d bytes, private %x", len(public), private)
				}
			}
			return rows.Err()
		})
	})
}
