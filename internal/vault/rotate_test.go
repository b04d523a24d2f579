package vault_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/internal/vault/vaulttest"
)

func writing(s db.Store) vault.Writing {
	return func(ctx context.Context, do func(ctx context.Context, w db.Writer) error) error {
		return s.Write(ctx, db.Tx{Do: do})
	}
}

func rotate(t testing.TB, s db.Store, v *vault.Vault) vault.Rotation {
	t.Helper()
	done, err := v.Rotate(t.Context(), writing(s))
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func reads(t *testing.T, s db.Store, v *vault.Vault, id string, sealed []byte) {
	t.Helper()
	subject, err := find(t, s, v, id)
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return
	}
	if got, err := subject.Open(diagnosis, sealed); err != nil || string(got) != id {
		t.Errorf("%s: %q, %v", id, got, err)
	}
}

// copyStore copies a SQLite store as a backup does.
func copyStore(t *testing.T, at dbtest.Place) dbtest.Place {
	t.Helper()
	to := dbtest.Place{Engine: db.SQLite, Path: filepath.Join(t.TempDir(), "backup.db")}
	alter(t, at, "VACUUM INTO '"+to.Path+"'")
	return to
}

func TestDestructionIsTrueInCopiesMadeBefore(t *testing.T) {
	path, keys := create(t)
	v := newVault(t, keys)
	at := schematest.Prepared.On(t, db.SQLite)
	s := open(t, at, v)
	gone := seal(t, save(t, s, v, "gone"), diagnosis, "gone")
	living := seal(t, save(t, s, v, "living"), diagnosis, "living")
	backup := open(t, copyStore(t, at), v)

	destroy(t, s, v, "gone")
	if _, err := find(t, s, v, "gone"); !errors.Is(err, vault.KeyDestroyed) {
		t.Fatalf("destroyed: %v", err)
	}
	reads(t, backup, v, "gone", gone)

	if done := rotate(t, s, v); done != (vault.Rotation{Epoch: 2, Wrapped: 1}) {
		t.Errorf("%+v", done)
	}
	reads(t, s, v, "living", living)
	for name, v := range map[string]*vault.Vault{"the keyring in use": v, "the keyring's file": newVault(t, reopen(t, path))} {
		if _, err := find(t, backup, v, "gone"); !errors.Is(err, vault.KeyDestroyed) {
			t.Errorf("%s still opens the copy: %v", name, err)
		}
	}
	reads(t, s, newVault(t, reopen(t, path)), "living", living)
}

func TestRotationKeepsTheLivingOnBothEngines(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		v := newVault(t, vaulttest.Keyring(t))
		s := open(t, at, v)
		sealed := map[string][]byte{}
		change(t, s, func(ctx context.Context, w db.Writer) error {
			for i := range 300 {
				id := fmt.Sprint("p", i)
				subject := newSubject(t, v, id)
				sealed[id] = seal(t, subject, diagnosis, id)
				if err := subject.Save(ctx, w); err != nil {
					return err
				}
			}
			return nil
		})
		for epoch := int64(2); epoch <= 3; epoch++ {
			if done := rotate(t, s, v); done != (vault.Rotation{Epoch: epoch, Wrapped: 300}) {
				t.Errorf("%+v", done)
			}
			for id, sealed := range sealed {
				reads(t, s, v, id, sealed)
			}
		}
	})
}

var errPulled = errors.New("the plug was pulled")

func TestRotationTakesUpWhereItWasStopped(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		path, keys := create(t)
		v := newVault(t, keys)
		s := open(t, at, v)
		sealed := map[string][]byte{}
		for i := range 140 {
			id := fmt.Sprint("p", i)
			sealed[id] = seal(t, save(t, s, v, id), diagnosis, id)
		}
		for stop := 0; ; stop++ {
			v = newVault(t, reopen(t, path))
			writes := 0
			_, err := v.Rotate(t.Context(), func(ctx context.Context, do func(ctx context.Context, w db.Writer) error) error {
				if writes++; writes > stop {
					return errPulled
				}
				return s.Write(ctx, db.Tx{Do: do})
			})
			if err == nil {
				if stop < 4 {
					t.Errorf("140 keys were wrapped in %d writes", writes)
				}
				break
			}
			if !errors.Is(err, errPulled) {
				t.Fatal(err)
			}
			v = newVault(t, reopen(t, path))
			if err := s.Read(t.Context(), func(r db.Reader) error { return v.Settle(t.Context(), r) }); err != nil {
				t.Fatal(err)
			}
			id := fmt.Sprint("made after stop ", stop)
			sealed[id] = seal(t, save(t, s, v, id), diagnosis, id)
			for id, sealed := range sealed {
				reads(t, s, v, id, sealed)
			}
		}
		for id, sealed := range sealed {
			reads(t, s, newVault(t, reopen(t, path)), id, sealed)
		}
	})
}

// unended is a provider whose process dies before it has destroyed an epoch.
type unended struct{ *vault.Keyring }

func (unended) EndEpochs(int64) error { return errPulled }

func TestSettleFinishesADestructionThatACrashCutShort(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		path, keys := create(t)
		v := newVault(t, unended{keys})
		s := open(t, at, v)
		sealed := seal(t, save(t, s, v, "p1"), diagnosis, "p1")
		wrapped, err := keys.Wrap(vault.FirstEpoch, []byte("x"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Rotate(t.Context(), writing(s)); !errors.Is(err, errPulled) {
			t.Fatalf("%v", err)
		}
		restarted := reopen(t, path)
		if _, err := restarted.Unwrap(vault.FirstEpoch, wrapped, nil); err != nil {
			t.Fatalf("the test cuts nothing short: %v", err)
		}
		v = newVault(t, restarted)
		for range 2 {
			if err := s.Read(t.Context(), func(r db.Reader) error { return v.Settle(t.Context(), r) }); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := reopen(t, path).Unwrap(vault.FirstEpoch, wrapped, nil); !errors.Is(err, vault.ErrEpochEnded) {
			t.Errorf("%v", err)
		}
		reads(t, s, v, "p1", sealed)
	})
}

func TestNoKeyIsLostWhenSubjectsAreMadeDuringRotation(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		path, keys := create(t)
		v := newVault(t, keys)
		s := open(t, at, v)
		save(t, s, v, "before")
		var mu sync.Mutex
		sealed := map[string][]byte{}
		var making sync.WaitGroup
		for worker := range 4 {
			making.Go(func() {
				for i := range 25 {
					id := fmt.Sprintf("w%d-%d", worker, i)
					subject := newSubject(t, v, id)
					text := seal(t, subject, diagnosis, id)
					if err := s.Write(t.Context(), db.Tx{Do: subject.Save}); err != nil {
						t.Errorf("%s: %v", id, err)
						return
					}
					mu.Lock()
					sealed[id] = text
					mu.Unlock()
				}
			})
		}
		for range 3 {
			rotate(t, s, v)
		}
		making.Wait()
		rotate(t, s, v)
		if len(sealed) != 100 {
			t.Errorf("%d subjects were made", len(sealed))
		}
		v = newVault(t, reopen(t, path))
		for id, sealed := range sealed {
			reads(t, s, v, id, sealed)
		}
	})
}

func TestOldKeyringSaysThatItIsOld(t *testing.T) {
	path, keys := create(t)
	old := filepath.Join(t.TempDir(), "export.json")
	write(t, old, read(t, path))
	v := newVault(t, keys)
	s := open(t, schematest.Prepared.On(t, db.SQLite), v)
	save(t, s, v, "p1")
	rotate(t, s, v)
	if _, err := find(t, s, newVault(t, reopen(t, old)), "p1"); !errors.Is(err, vault.KeyUnknown) {
		t.Errorf("%v", err)
	}
}
