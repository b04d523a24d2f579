package vault_test

import (
	"errors"
	"testing"

	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/internal/vault/vaulttest"
)

func TestSigningSession(t *testing.T) {
	v := vaulttest.New(t, newClock())
	doctor := newSubject(t, v, "u1")
	public, sealed, err := doctor.NewSigningKey("k1")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := doctor.OpenSigningKey("k1", sealed)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := signer.Sign([]byte("出院小结"))
	if err != nil || !public.Verify([]byte("出院小结"), signature) || !signer.PublicKey().Equal(public) {
		t.Fatalf("%x, %v", signature, err)
	}
	for range 2 {
		if err := signer.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := signer.Sign([]byte("出院小结")); !errors.Is(err, vault.SigningEnded) {
		t.Errorf("after the session: %v", err)
	}
	if _, err := doctor.OpenSigningKey("k2", sealed); !errors.Is(err, vault.ContentTampered) {
		t.Errorf("as another key: %v", err)
	}
	if _, err := newSubject(t, v, "u2").OpenSigningKey("k1", sealed); !errors.Is(err, vault.ContentTampered) {
		t.Errorf("by another person: %v", err)
	}
}
