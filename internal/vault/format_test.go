package vault

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
	"golang.org/x/crypto/argon2"

	"github.com/medward/medward/internal/base/clock"
)

// vectors are the test vectors of docs/format/vault.md; bytes are hexadecimal.
type vectors struct {
	Keyring struct {
		Passphrase string          `json:"passphrase"`
		File       json.RawMessage `json:"file"`
		Bound      string          `json:"bound"`
		Ring       string          `json:"ring"`
	} `json:"keyring"`
	Secrets struct {
		Rows            string `json:"rows"`
		RowDigest       string `json:"row_digest"`
		RowCode         string `json:"row_code"`
		Blinds          string `json:"blinds"`
		BlindOrg        string `json:"blind_org"`
		BlindColumn     string `json:"blind_column"`
		BlindValue      string `json:"blind_value"`
		BlindIndex      string `json:"blind_index"`
		LedgerPublicKey string `json:"ledger_public_key"`
	} `json:"secrets"`
	Wrap struct {
		Org     string `json:"org"`
		Subject string `json:"subject"`
		Epoch   int64  `json:"epoch"`
		Bound   string `json:"bound"`
		Wrapped string `json:"wrapped"`
		DataKey string `json:"data_key"`
	} `json:"wrap"`
	Value struct {
		Kind    string `json:"kind"`
		Object  string `json:"object"`
		Version string `json:"version"`
		Field   string `json:"field"`
		Bound   string `json:"bound"`
		Plain   string `json:"plain"`
		SM4     string `json:"sealed_sm4"`
		AES     string `json:"sealed_aes"`
	} `json:"value"`
	Blob struct {
		ID     string `json:"id"`
		Bound  string `json:"bound"`
		Plain  string `json:"plain"`
		Sealed string `json:"sealed"`
	} `json:"blob"`
}

func documented(t *testing.T) vectors {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "format", "vault.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "```json vectors\n")
	block, _, closed := strings.Cut(rest, "\n```")
	if !ok || !closed {
		t.Fatal("docs/format/vault.md has no block of vectors")
	}
	var v vectors
	d := json.NewDecoder(strings.NewReader(block))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func raw(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func same(t *testing.T, what string, got []byte, want string) {
	t.Helper()
	if hex.EncodeToString(got) != want {
		t.Errorf("%s: %x, documented %s", what, got, want)
	}
}

// TestDocumentedVectorsOpenHere holds the code to the document.
func TestDocumentedVectorsOpenHere(t *testing.T) {
	doc := documented(t)
	path := filepath.Join(t.TempDir(), "keyring.json")
	if err := os.WriteFile(path, doc.Keyring.File, 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := OpenKeyring(path, []byte(doc.Keyring.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "ring", keys.ring.bytes(), doc.Keyring.Ring)
	v, err := New(keys, clock.System())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "row code", v.MACRow(raw(t, doc.Secrets.RowDigest)), doc.Secrets.RowCode)
	if got := v.Blind(doc.Secrets.BlindOrg, doc.Secrets.BlindColumn, doc.Secrets.BlindValue); got != doc.Secrets.BlindIndex {
		t.Errorf("blind index: %s", got)
	}
	same(t, "ledger key", v.LedgerSigner().PublicKey(), doc.Secrets.LedgerPublicKey)

	secret, err := v.unwrap(keyRow{Org: doc.Wrap.Org, Subject: doc.Wrap.Subject, Epoch: doc.Wrap.Epoch, Wrapped: raw(t, doc.Wrap.Wrapped)})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "data key", secret, doc.Wrap.DataKey)
	s, err := v.subject(doc.Wrap.Org, doc.Wrap.Subject, secret, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	at := Place{Kind: doc.Value.Kind, Object: doc.Value.Object, Version: doc.Value.Version, Field: doc.Value.Field}
	for _, sealed := range []string{doc.Value.SM4, doc.Value.AES} {
		if plain, err := s.Open(at, raw(t, sealed)); err != nil || string(plain) != doc.Value.Plain {
			t.Errorf("value: %q, %v", plain, err)
		}
	}
	stream := s.key.OpenStream(bytes.NewReader(raw(t, doc.Blob.Sealed)), s.blobBound(at, doc.Blob.ID))
	if plain, err := io.ReadAll(stream); err != nil || string(plain) != doc.Blob.Plain {
		t.Errorf("blob: %q, %v", plain, err)
	}
}

// The recipe of the document, written out with nothing but the primitives.

func parts(all ...string) []byte {
	var out []byte
	for _, p := range all {
		out = append(binary.BigEndian.AppendUint32(out, uint32(len(p))), p...)
	}
	return out
}

func derive(t *testing.T, secret, salt []byte, info string, size int) []byte {
	t.Helper()
	key, err := hkdf.Key(sm3.New, secret, salt, info, size)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func gcm(t *testing.T, key, nonce, sealed, bound []byte) []byte {
	t.Helper()
	block, err := sm4.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := aead.Open(nil, nonce, sealed, bound)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func openValue(t *testing.T, secret []byte, use string, sealed, bound []byte) []byte {
	t.Helper()
	key := derive(t, secret, nil, "medward "+use+" SM4-GCM", 16)
	return gcm(t, key, sealed[2:14], sealed[14:], append(bytes.Clone(sealed[:2]), bound...))
}

func hmacSM3(key, data []byte) []byte {
	h := hmac.New(sm3.New, key)
	h.Write(data)
	return h.Sum(nil)
}

// TestDocumentIsEnoughToOpenEverything holds the document to the code: its text
// alone says how each vector is opened.
func TestDocumentIsEnoughToOpenEverything(t *testing.T) {
	doc := documented(t)
	var file struct {
		Salt, Sealed string
		MemoryKiB    uint32 `json:"memory_kib"`
		Passes       uint32
		Lanes        uint8
		Sum          string
	}
	if err := json.Unmarshal(doc.Keyring.File, &file); err != nil {
		t.Fatal(err)
	}
	unbase := func(text string) []byte {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	bound := parts("medward keyring 1", "argon2id", string(unbase(file.Salt)))
	bound = binary.BigEndian.AppendUint32(bound, file.MemoryKiB)
	bound = append(binary.BigEndian.AppendUint32(bound, file.Passes), file.Lanes)
	same(t, "bound of the keyring", bound, doc.Keyring.Bound)
	sum := sm3.Sum(append(bytes.Clone(bound), parts(string(unbase(file.Sealed)))...))
	same(t, "sum of the keyring", sum[:], file.Sum)
	master := argon2.IDKey([]byte(doc.Keyring.Passphrase), unbase(file.Salt), file.Passes, file.MemoryKiB, file.Lanes, 32)
	ring := openValue(t, master, "keyring", unbase(file.Sealed), bound)
	same(t, "ring", ring, doc.Keyring.Ring)
	root, epoch, epochSecret := ring[:32], ring[32:40], ring[40:72]
	if binary.BigEndian.Uint64(epoch) != uint64(doc.Wrap.Epoch) {
		t.Errorf("epoch %x", epoch)
	}

	rows := derive(t, root, nil, "medward root rows", 32)
	same(t, "secret of rows", rows, doc.Secrets.Rows)
	same(t, "row code", hmacSM3(rows, raw(t, doc.Secrets.RowDigest)), doc.Secrets.RowCode)
	blinds := derive(t, root, nil, "medward root blinds", 32)
	same(t, "secret of blinds", blinds, doc.Secrets.Blinds)
	column := hmacSM3(blinds, parts(doc.Secrets.BlindOrg, doc.Secrets.BlindColumn))
	same(t, "blind index", hmacSM3(column, []byte(doc.Secrets.BlindValue))[:16], doc.Secrets.BlindIndex)
	wide := derive(t, derive(t, root, nil, "medward root ledger", 32), nil, "medward ledger SM2", 48)
	d := new(big.Int).SetBytes(wide)
	d.Mod(d, new(big.Int).Sub(sm2.P256().Params().N, big.NewInt(2))).Add(d, big.NewInt(1))
	x, y := sm2.P256().ScalarBaseMult(d.Bytes()) //nolint:staticcheck // the recipe, not the way to do it
	same(t, "ledger key", append(append([]byte{4}, x.FillBytes(make([]byte, 32))...), y.FillBytes(make([]byte, 32))...), doc.Secrets.LedgerPublicKey)

	bound = parts("medward key 1", doc.Wrap.Org, doc.Wrap.Subject, "data-key", "", "1", "")
	same(t, "bound of the data key", bound, doc.Wrap.Bound)
	dataKey := openValue(t, epochSecret, "epoch", raw(t, doc.Wrap.Wrapped), bound)
	same(t, "data key", dataKey, doc.Wrap.DataKey)

	bound = parts("medward sealed 1", doc.Wrap.Org, doc.Wrap.Subject, doc.Value.Kind, doc.Value.Object, doc.Value.Version, doc.Value.Field)
	same(t, "bound of the value", bound, doc.Value.Bound)
	if plain := openValue(t, dataKey, "subject", raw(t, doc.Value.SM4), bound); string(plain) != doc.Value.Plain {
		t.Errorf("value: %q", plain)
	}

	bound = parts("medward blob 1", doc.Wrap.Org, doc.Wrap.Subject, doc.Value.Kind, doc.Value.Object, doc.Value.Version, doc.Value.Field, doc.Blob.ID)
	same(t, "bound of the blob", bound, doc.Blob.Bound)
	sealed := raw(t, doc.Blob.Sealed)
	key := derive(t, dataKey, sealed[2:18], "medward subject stream SM4-GCM", 16)
	only := []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
	if plain := gcm(t, key, only, sealed[18:], append(bytes.Clone(sealed[:18]), bound...)); string(plain) != doc.Blob.Plain {
		t.Errorf("blob: %q", plain)
	}
}
