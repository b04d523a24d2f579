package sm_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/sm"
)

func generate(t testing.TB) *sm.SigningKey {
	t.Helper()
	k, err := sm.GenerateSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sign(t testing.TB, k *sm.SigningKey, message []byte) []byte {
	t.Helper()
	s, err := k.Sign(message)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestKeysSurviveBeingWrittenDown(t *testing.T) {
	k := generate(t)
	der, err := k.PKCS8()
	if err != nil {
		t.Fatal(err)
	}
	read, err := sm.ParseSigningKey(der)
	if err != nil {
		t.Fatal(err)
	}
	text, err := read.Public().PEM()
	if err != nil {
		t.Fatal(err)
	}
	fromPEM, err := sm.ParsePublicKeyPEM(text)
	if err != nil {
		t.Fatal(err)
	}
	fromRaw, err := sm.ParsePublicKey(k.Public().Raw())
	if err != nil {
		t.Fatal(err)
	}
	if !fromPEM.Equal(k.Public()) || !fromRaw.Equal(k.Public()) {
		t.Fatal("the key changed")
	}
	if !fromRaw.Verify([]byte("m"), sign(t, read, []byte("m"))) {
		t.Error("a signature of the key read back does not verify")
	}
}

func TestSignaturesBelongToMessageAndKey(t *testing.T) {
	k, other := generate(t), generate(t)
	rapid.Check(t, func(rt *rapid.T) {
		message := rapid.SliceOf(rapid.Byte()).Draw(rt, "message")
		signature := sign(t, k, message)
		if !k.Public().Verify(message, signature) {
			rt.Fatal("does not verify")
		}
		if k.Public().Verify(append(bytes.Clone(message), 0), signature) || other.Public().Verify(message, signature) {
			rt.Fatal("verifies for something else")
		}
		bit := rapid.IntRange(0, 8*len(signature)-1).Draw(rt, "bit")
		signature[bit/8] ^= 1 << (bit % 8)
		if k.Public().Verify(message, signature) {
			rt.Fatal("an altered signature verifies")
		}
	})
}

func TestDerivedKeyIsAlwaysTheSame(t *testing.T) {
	derive := func(secret byte, use string) *sm.SigningKey {
		k, err := sm.DeriveSigningKey(bytes.Repeat([]byte{secret}, sm.SecretSize), use)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	same := derive(1, "ledger").Public()
	if !same.Equal(derive(1, "ledger").Public()) {
		t.Error("the same secret gave two keys")
	}
	if same.Equal(derive(2, "ledger").Public()) || same.Equal(derive(1, "Ledger").Public()) {
		t.Error("another secret or use gave the same key")
	}
	if k := derive(1, "ledger"); !same.Verify([]byte("m"), sign(t, k, []byte("m"))) {
		t.Error("a derived key does not sign")
	}
}

func TestNoSense(t *testing.T) {
	raw := generate(t).Public().Raw()
	raw[64] ^= 1
	if _, err := sm.ParsePublicKey(raw); err == nil {
		t.Error("a point off the curve was taken")
	}
	const p256 = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n"
	for name, text := range map[string]string{"nothing": "", "a key of another curve": p256, "prose": "hello"} {
		if _, err := sm.ParsePublicKeyPEM([]byte(text)); err == nil {
			t.Errorf("%s was taken for an SM2 key", name)
		}
	}
	if _, err := sm.ParseSigningKey([]byte("no DER")); err == nil {
		t.Error("no DER was taken for a key")
	}
}

func TestSelfTest(t *testing.T) {
	if err := sm.SelfTest(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenSSLAgrees(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no openssl on this machine: ", err)
		}
		t.Skip("SKIPPED, INTEROPERABILITY UNTESTED: ", err)
	}
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	k := generate(t)
	text, err := k.Public().PEM()
	if err != nil {
		t.Fatal(err)
	}
	message := []byte("病程记录 2026-02-28")
	key, file, signature := write("key.pem", text), write("message", message), write("signature", sign(t, k, message))
	verify := func(file string) error {
		return exec.CommandContext(t.Context(), openssl, "pkeyutl", "-verify", "-pubin", "-inkey", key, "-in", file, "-rawin", "-digest", "sm3",
			"-pkeyopt", "distid:"+sm.SignerID, "-sigfile", signature).Run()
	}
	if err := verify(file); err != nil {
		t.Errorf("OpenSSL does not verify our signature: %v", err)
	}
	if err := verify(write("other", []byte("another message"))); err == nil {
		t.Error("OpenSSL verifies our signature for another message")
	}
	out, err := exec.CommandContext(t.Context(), openssl, "dgst", "-sm3", "-r", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	if sum := sm.Sum(message); !bytes.HasPrefix(out, []byte(hex.EncodeToString(sum[:]))) {
		t.Errorf("SM3: OpenSSL says %s", out)
	}
}

func TestClearedKeySignsNoMore(t *testing.T) {
	k := generate(t)
	public := k.Public()
	k.Clear()
	if signature, err := k.Sign([]byte("m")); err == nil && public.Verify([]byte("m"), signature) {
		t.Error("a cleared key made a signature that verifies")
	}
}

func TestUnknownAlgorithmNamesTheChoice(t *testing.T) {
	for _, a := range algorithms {
		if got, err := sm.ParseAlgorithm(a.String()); got != a || err != nil {
			t.Errorf("%s: %v %v", a, got, err)
		}
	}
	if _, err := sm.ParseAlgorithm("DES"); err == nil || errors.Is(err, sm.ErrBroken) {
		t.Errorf("DES: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	k, err := sm.DeriveSigningKey(make([]byte, sm.SecretSize), "fuzz")
	if err != nil {
		f.Fatal(err)
	}
	genuine := unhex(f, "304502201c8b9175bebb4188059f1ef52d85ff407da1ee4ddf2ecc3f74e0fe7d9e923abf"+
		"022100c040cbc0f46010e8a576ccffc6e0e5670030d64882c918b640fd1a1816127928")
	if !k.Public().Verify([]byte("m"), genuine) {
		f.Fatal("the genuine signature does not verify")
	}
	f.Add(genuine)
	f.Fuzz(func(t *testing.T, signature []byte) {
		if k.Public().Verify([]byte("m"), signature) && !bytes.Equal(signature, genuine) {
			t.Fatalf("%x verifies and nobody signed it", signature)
		}
	})
}

func BenchmarkSign(b *testing.B) {
	k := generate(b)
	message := make([]byte, 200)
	for b.Loop() {
		sign(b, k, message)
	}
}

func BenchmarkVerify(b *testing.B) {
	k := generate(b)
	message := make([]byte, 200)
	signature := sign(b, k, message)
	for b.Loop() {
		if !k.Public().Verify(message, signature) {
			b.Fatal("does not verify")
		}
	}
}

func BenchmarkCode(b *testing.B) {
	a := sm.NewAuthenticator(sm.NewSecret())
	data := make([]byte, 32)
	for b.Loop() {
		a.Code(data)
	}
}
