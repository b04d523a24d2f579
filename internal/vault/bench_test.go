package vault_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/internal/vault/vaulttest"
)

func BenchmarkSeal1KiB(b *testing.B) {
	s := newSubject(b, vaulttest.New(b, newClock()), "p1")
	plain := make([]byte, 1024)
	b.SetBytes(1024)
	for b.Loop() {
		if _, err := s.Seal(diagnosis, plain); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen1KiB(b *testing.B) {
	s := newSubject(b, vaulttest.New(b, newClock()), "p1")
	sealed := seal(b, s, diagnosis, string(make([]byte, 1024)))
	b.SetBytes(1024)
	for b.Loop() {
		if _, err := s.Open(diagnosis, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMACRow(b *testing.B) {
	v := vaulttest.New(b, newClock())
	digest := make([]byte, 32)
	for b.Loop() {
		v.MACRow(digest)
	}
}

func BenchmarkBlind(b *testing.B) {
	v := vaulttest.New(b, newClock())
	for b.Loop() {
		v.Blind("o1", "phone", "13800000000")
	}
}

// BenchmarkSubject reads and opens the key of a subject: from memory when fewer
// subjects are asked for than the vault remembers, otherwise by unwrapping.
func BenchmarkSubject(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		for _, among := range []int{16, 16_384} {
			b.Run(fmt.Sprintf("%s/among-%d", engine, among), func(b *testing.B) { benchmarkSubject(b, engine, among) })
		}
	}
}

func benchmarkSubject(b *testing.B, engine db.Engine, among int) {
	v := newVault(b, vaulttest.Keyring(b))
	s := open(b, schematest.Prepared.On(b, engine), v)
	for first := 0; first < among; first += 256 {
		change(b, s, func(ctx context.Context, w db.Writer) error {
			for i := first; i < min(first+256, among); i++ {
				if err := newSubject(b, v, fmt.Sprint(i)).Save(ctx, w); err != nil {
					return err
				}
			}
			return nil
		})
	}
	n := 0
	err := s.Read(b.Context(), func(r db.Reader) error {
		for b.Loop() {
			if _, err := v.Subject(b.Context(), r, "o1", fmt.Sprint(n%among)); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkUnwrap(b *testing.B) {
	keys := vaulttest.Keyring(b)
	wrapped, err := keys.Wrap(vault.FirstEpoch, make([]byte, 32), make([]byte, 100))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := keys.Unwrap(vault.FirstEpoch, wrapped, make([]byte, 100)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRotate1000(b *testing.B) {
	v := newVault(b, vaulttest.Keyring(b))
	s := open(b, schematest.Prepared.On(b, db.SQLite), v)
	change(b, s, func(ctx context.Context, w db.Writer) error {
		for i := range 1000 {
			if err := newSubject(b, v, fmt.Sprint(i)).Save(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
	for b.Loop() {
		rotate(b, s, v)
	}
}
