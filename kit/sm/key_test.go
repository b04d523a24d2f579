package sm_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/sm"
)

var algorithms = []sm.Algorithm{sm.SM4GCM, sm.AES256GCM}

func newKey(t testing.TB, secret []byte, use string, with sm.Algorithm) *sm.Key {
	t.Helper()
	k, err := sm.NewKey(secret, use, with)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestWhatWasSealedOpensUnderEitherAlgorithm(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		secret := rapid.SliceOfN(rapid.Byte(), sm.SecretSize, sm.SecretSize).Draw(rt, "secret")
		plain := rapid.SliceOf(rapid.Byte()).Draw(rt, "plain")
		bound := rapid.SliceOf(rapid.Byte()).Draw(rt, "bound")
		sealer := newKey(t, secret, "test", rapid.SampledFrom(algorithms).Draw(rt, "sealing"))
		opener := newKey(t, secret, "test", rapid.SampledFrom(algorithms).Draw(rt, "opening"))
		sealed := sealer.Seal(plain, bound)
		if len(sealed) != len(plain)+sm.Overhead {
			rt.Fatalf("%d bytes sealed to %d", len(plain), len(sealed))
		}
		got, err := opener.Open(sealed, bound)
		if err != nil || !bytes.Equal(got, plain) || got == nil {
			rt.Fatalf("got %x, %v", got, err)
		}
	})
}

func TestAnyFlippedBitIsNoticed(t *testing.T) {
	for _, a := range algorithms {
		k := newKey(t, sm.NewSecret(), "test", a)
		sealed := k.Seal([]byte("青霉素过敏"), []byte("place"))
		for bit := range 8 * len(sealed) {
			broken := bytes.Clone(sealed)
			broken[bit/8] ^= 1 << (bit % 8)
			if _, err := k.Open(broken, []byte("place")); !errors.Is(err, sm.ErrBroken) && !errors.Is(err, sm.ErrUnknownFormat) {
				t.Fatalf("%s: bit %d flipped: %v", a, bit, err)
			}
		}
		for n := range sealed {
			if _, err := k.Open(sealed[:n], []byte("place")); err == nil {
				t.Fatalf("%s: opened when cut to %d bytes", a, n)
			}
		}
	}
}

func TestUseBoundBytesAndSecretAllCount(t *testing.T) {
	secret := sm.NewSecret()
	sealed := newKey(t, secret, "use", sm.SM4GCM).Seal([]byte("x"), []byte("place"))
	for name, open := range map[string]func() ([]byte, error){
		"another use": func() ([]byte, error) { return newKey(t, secret, "Use", sm.SM4GCM).Open(sealed, []byte("place")) },
		"another secret": func() ([]byte, error) {
			return newKey(t, sm.NewSecret(), "use", sm.SM4GCM).Open(sealed, []byte("place"))
		},
		"other bound":    func() ([]byte, error) { return newKey(t, secret, "use", sm.SM4GCM).Open(sealed, []byte("placf")) },
		"no bound":       func() ([]byte, error) { return newKey(t, secret, "use", sm.SM4GCM).Open(sealed, nil) },
		"a longer bound": func() ([]byte, error) { return newKey(t, secret, "use", sm.SM4GCM).Open(sealed, []byte("place\x00")) },
		"another sealing": func() ([]byte, error) {
			return newKey(t, secret, "use", sm.SM4GCM).Open(append(sealed, 0), []byte("place"))
		},
		"opened as stream": func() ([]byte, error) {
			return readAll(newKey(t, secret, "use", sm.SM4GCM).OpenStream(bytes.NewReader(sealed), []byte("place")))
		},
	} {
		if plain, err := open(); err == nil {
			t.Errorf("%s: opened to %q", name, plain)
		}
	}
}

func TestSealingTwiceShowsNoSameness(t *testing.T) {
	k := newKey(t, sm.NewSecret(), "test", sm.SM4GCM)
	if bytes.Equal(k.Seal([]byte("x"), nil), k.Seal([]byte("x"), nil)) {
		t.Error("the same content sealed twice gave the same bytes")
	}
}

func TestBadSecretIsRefused(t *testing.T) {
	for _, n := range []int{0, 16, 31, 33} {
		if _, err := sm.NewKey(make([]byte, n), "test", sm.SM4GCM); err == nil {
			t.Errorf("a secret of %d bytes was taken", n)
		}
	}
	if _, err := sm.NewKey(sm.NewSecret(), "test", 3); !errors.Is(err, sm.ErrUnknownFormat) {
		t.Errorf("an unknown algorithm: %v", err)
	}
}

// unhex reads what was sealed or signed once and for all: fuzzing runs in several
// processes, and what each of them made anew the others would take for a forgery.
func unhex(t testing.TB, text string) []byte {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func FuzzOpen(f *testing.F) {
	k := newKey(f, bytes.Repeat([]byte{7}, sm.SecretSize), "fuzz", sm.SM4GCM)
	genuine := unhex(f, "0101872c958c21666970f7420ea03807dd2d0a9da3b8bf9394a7f79c9b4f66f03a9195e4b4")
	if plain, err := k.Open(genuine, []byte("bound")); err != nil || string(plain) != "content" {
		f.Fatalf("%q, %v", plain, err)
	}
	f.Add(genuine)
	f.Add(newKey(f, bytes.Repeat([]byte{7}, sm.SecretSize), "fuzz", sm.AES256GCM).Seal(nil, []byte("bound"))[:20])
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, data []byte) {
		plain, err := k.Open(data, []byte("bound"))
		if err == nil && !bytes.Equal(data, genuine) {
			t.Fatalf("%x opened to %q and nobody sealed it", data, plain)
		}
	})
}

func BenchmarkSeal1KiB(b *testing.B)       { benchmarkSeal(b, sm.SM4GCM) }
func BenchmarkSeal1KiBAES256(b *testing.B) { benchmarkSeal(b, sm.AES256GCM) }

func benchmarkSeal(b *testing.B, a sm.Algorithm) {
	k := newKey(b, sm.NewSecret(), "bench", a)
	plain, bound := make([]byte, 1024), make([]byte, 100)
	b.SetBytes(1024)
	for b.Loop() {
		k.Seal(plain, bound)
	}
}

func BenchmarkOpen1KiB(b *testing.B) {
	k := newKey(b, sm.NewSecret(), "bench", sm.SM4GCM)
	bound := make([]byte, 100)
	sealed := k.Seal(make([]byte, 1024), bound)
	b.SetBytes(1024)
	for b.Loop() {
		if _, err := k.Open(sealed, bound); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewKey(b *testing.B) {
	secret := sm.NewSecret()
	for b.Loop() {
		newKey(b, secret, "bench", sm.SM4GCM)
	}
}
