package vault_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/internal/vault/vaulttest"
	"github.com/medward/medward/kit/sm"
)

func newClock() *clock.Manual { return clock.NewManual(time.Date(2026, 2, 28, 8, 0, 0, 0, time.UTC)) }

// open opens the store at a place, tied to the vault's row key.
func open(t testing.TB, at dbtest.Place, v *vault.Vault) db.Store {
	t.Helper()
	s, err := at.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Bind(db.Hooks{MAC: v.MACRow})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func newVault(t testing.TB, keys vault.Provider, options ...vault.Option) *vault.Vault {
	t.Helper()
	v, err := vault.New(keys, newClock(), options...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func newSubject(t testing.TB, v *vault.Vault, id string) *vault.Subject {
	t.Helper()
	s, err := v.NewSubject("o1", id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func change(t testing.TB, s db.Store, do func(ctx context.Context, w db.Writer) error) {
	t.Helper()
	if err := s.Write(t.Context(), db.Tx{Do: do}); err != nil {
		t.Fatal(err)
	}
}

// save makes a subject with its key in the store.
func save(t testing.TB, s db.Store, v *vault.Vault, id string) *vault.Subject {
	t.Helper()
	subject := newSubject(t, v, id)
	change(t, s, subject.Save)
	return subject
}

func find(t testing.TB, s db.Store, v *vault.Vault, id string) (found *vault.Subject, err error) {
	t.Helper()
	err = s.Read(t.Context(), func(r db.Reader) (err error) {
		found, err = v.Subject(t.Context(), r, "o1", id)
		return err
	})
	return found, err
}

func destroy(t testing.TB, s db.Store, v *vault.Vault, id string) {
	t.Helper()
	change(t, s, func(ctx context.Context, w db.Writer) error { return v.DestroySubject(ctx, w, "o1", id) })
}

var diagnosis = vault.Place{Kind: "document", Object: "d1", Version: "3", Field: "text"}

func seal(t testing.TB, s *vault.Subject, at vault.Place, text string) []byte {
	t.Helper()
	sealed, err := s.Seal(at, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestContentOpensWithTheKeyFromTheStore(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		keys := vaulttest.Keyring(t)
		v := newVault(t, keys)
		s := open(t, at, v)
		sealed := seal(t, save(t, s, v, "p1"), diagnosis, "急性阑尾炎")
		if bytes.Contains(sealed, []byte("阑尾")) {
			t.Fatal("not sealed")
		}
		for name, v := range map[string]*vault.Vault{"same": v, "again": v, "after a restart": newVault(t, keys), "other algorithm chosen": newVault(t, keys, vault.Sealing(sm.AES256GCM))} {
			subject, err := find(t, s, v, "p1")
			if err != nil {
				t.Fatal(err)
			}
			if got, err := subject.Open(diagnosis, sealed); err != nil || string(got) != "急性阑尾炎" {
				t.Errorf("%s: %q, %v", name, got, err)
			}
		}
	})
}

func TestSubjectsAnswersForManyAndLeavesOutTheDestroyed(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		v := newVault(t, vaulttest.Keyring(t))
		s := open(t, at, v)
		var ids []string
		sealed := map[string][]byte{}
		for _, a := range "abcdefghij" {
			for _, b := range "abcdefg" {
				id := string(a) + string(b)
				ids = append(ids, id)
				sealed[id] = seal(t, save(t, s, v, id), diagnosis, id)
			}
		}
		destroy(t, s, v, "cd")
		err := s.Read(t.Context(), func(r db.Reader) error {
			found, err := v.Subjects(t.Context(), r, "o1", append(ids, "never was")...)
			if err != nil {
				return err
			}
			for _, id := range ids {
				subject := found[id]
				if (subject == nil) != (id == "cd") {
					t.Errorf("%s: %v", id, subject)
				}
				if subject == nil {
					continue
				}
				if got, err := subject.Open(diagnosis, sealed[id]); err != nil || string(got) != id {
					t.Errorf("%s: %q, %v", id, got, err)
				}
			}
			if none, err := v.Subjects(t.Context(), r, "o1"); err != nil || len(none) != 0 {
				t.Errorf("of nobody: %v, %v", none, err)
			}
			others, err := v.Subjects(t.Context(), r, "o2", ids...)
			if err != nil || len(others) != 0 {
				t.Errorf("another organisation: %d, %v", len(others), err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestDestroyedKeyIsNotUsedFromMemory(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		keys := vaulttest.Keyring(t)
		v, elsewhere := newVault(t, keys), newVault(t, keys)
		s := open(t, at, v)
		save(t, s, v, "p1")
		for _, v := range []*vault.Vault{v, elsewhere} {
			if _, err := find(t, s, v, "p1"); err != nil {
				t.Fatal(err)
			}
		}
		destroy(t, s, v, "p1")
		for name, v := range map[string]*vault.Vault{"here": v, "on another node": elsewhere} {
			if _, err := find(t, s, v, "p1"); !errors.Is(err, vault.KeyDestroyed) {
				t.Errorf("%s: %v", name, err)
			}
		}
		err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error { return v.DestroySubject(ctx, w, "o1", "p1") }})
		if !errors.Is(err, vault.KeyDestroyed) {
			t.Errorf("destroyed twice: %v", err)
		}
	})
}

func TestKeyWrittenBehindTheSystemIsRefused(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		v := newVault(t, vaulttest.Keyring(t))
		s := open(t, at, v)
		save(t, s, v, "p1")
		save(t, s, v, "p2")
		alter(t, at, `UPDATE vault_key SET wrapped = (SELECT wrapped FROM vault_key WHERE subject = 'p2') WHERE subject = 'p1'`)
		if _, err := find(t, s, v, "p1"); !errors.Is(err, db.ErrForged) {
			t.Errorf("a swapped key: %v", err)
		}
	})
}

func TestSameSubjectCannotBeMadeTwice(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		v := newVault(t, vaulttest.Keyring(t))
		s := open(t, at, v)
		save(t, s, v, "p1")
		if err := s.Write(t.Context(), db.Tx{Do: newSubject(t, v, "p1").Save}); !errors.Is(err, db.ErrExists) {
			t.Errorf("%v", err)
		}
	})
	if _, err := newVault(t, vaulttest.Keyring(t)).NewSubject("o1", ""); err == nil {
		t.Error("a subject without a name was made")
	}
}

func TestSealedBytesOpenInTheirPlaceOnly(t *testing.T) {
	v := vaulttest.New(t, newClock())
	part := rapid.SampledFrom([]string{"", "a", "b", "ab", "\x00", "\x00\x00\x00\x01a", "病程"})
	place := func(rt *rapid.T, name string) vault.Place {
		return vault.Place{Kind: part.Draw(rt, name+" kind"), Object: part.Draw(rt, name+" object"), Version: part.Draw(rt, name+" version"), Field: part.Draw(rt, name+" field")}
	}
	subject := newSubject(t, v, "p1")
	rapid.Check(t, func(rt *rapid.T) {
		at, other := place(rt, "sealed at"), place(rt, "opened at")
		plain := rapid.SliceOf(rapid.Byte()).Draw(rt, "plain")
		sealed := seal(t, subject, at, string(plain))
		if got, err := subject.Open(at, sealed); err != nil || !bytes.Equal(got, plain) {
			rt.Fatalf("%q, %v", got, err)
		}
		if _, err := subject.Open(other, sealed); (err == nil) != (at == other) || (err != nil && !errors.Is(err, vault.ContentTampered)) {
			rt.Fatalf("sealed at %+v, opened at %+v: %v", at, other, err)
		}
		bit := rapid.IntRange(0, 8*len(sealed)-1).Draw(rt, "bit")
		sealed[bit/8] ^= 1 << (bit % 8)
		if _, err := subject.Open(at, sealed); !errors.Is(err, vault.ContentTampered) {
			rt.Fatalf("bit %d flipped: %v", bit, err)
		}
	})
	if _, err := newSubject(t, v, "p2").Open(diagnosis, seal(t, subject, diagnosis, "x")); !errors.Is(err, vault.ContentTampered) {
		t.Errorf("another subject: %v", err)
	}
}

func TestBlindIndexFindsAndSaysNothing(t *testing.T) {
	keys := vaulttest.Keyring(t)
	v := newVault(t, keys)
	index := v.Blind("o1", "phone", "13800000000")
	if index != newVault(t, keys).Blind("o1", "phone", "13800000000") {
		t.Error("not the same after a restart")
	}
	if len(index) != 32 {
		t.Errorf("%q", index)
	}
	if v.Blind("o1", "phone", "") != "" {
		t.Error("nobody's number has an index")
	}
	for name, other := range map[string]string{
		"organisation":     v.Blind("o2", "phone", "13800000000"),
		"column":           v.Blind("o1", "record-number", "13800000000"),
		"value":            v.Blind("o1", "phone", "13800000001"),
		"shifted boundary": v.Blind("o", "1phone", "13800000000"),
		"keyring":          vaulttest.New(t, newClock()).Blind("o1", "phone", "13800000000"),
	} {
		if other == index {
			t.Errorf("another %s gives the same index", name)
		}
	}
}

func TestLedgerSignerStaysTheSame(t *testing.T) {
	path, k := create(t)
	signer := newVault(t, k).LedgerSigner()
	signature, err := signer.Sign([]byte("checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	public, err := sm.ParsePublicKey(newVault(t, reopen(t, path)).LedgerSigner().PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	if !public.Verify([]byte("checkpoint"), signature) || public.Verify([]byte("checkpoinT"), signature) {
		t.Error("the signature does not belong to the message and the key")
	}
}
