package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/handover"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/kit/sm"
)

// part seals an export that holds nothing but its manifest.
func part(t *testing.T, to exchange.Card) []byte {
	t.Helper()
	giver, err := sm.GenerateSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	from := hex.EncodeToString(giver.Public().Raw())
	manifest, err := bundle.Manifest{V: 1, Export: "e", Run: 1, House: bundle.House{Org: "a", Name: "第一医院", Signer: from}}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	signature, err := giver.Sign(bundle.Signable(manifest))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := parcel.NewWriter(&out, parcel.Header{ID: "e.1.1", From: parcel.Party{Org: "a", Key: from}, To: to.AsReceiver(), Sequence: 1, Sent: time.Unix(1, 0), Shape: handover.ShapeExport})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{bundle.ManifestName: manifest, bundle.SignatureName: []byte(hex.EncodeToString(signature))} {
		if err := w.Add(parcel.Item{Name: name}, content); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(giver.Sign); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func runExport(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := newExport()
	var out bytes.Buffer
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SetArgs(args)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	err := cmd.Execute()
	return out.String(), err
}

func TestAReceiverOpensVerifiesAndSignsWithoutAStore(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	said, err := runExport(t, "keys", "--org", "second", "--name", "第二医院", "--out", at("second"))
	if err != nil {
		t.Fatal(err, said)
	}
	var card exchange.Card
	text, err := os.ReadFile(at("second.card.json"))
	if err == nil {
		err = json.Unmarshal(text, &card)
	}
	if err != nil || !strings.Contains(said, card.Fingerprint()) {
		t.Fatal(err, said)
	}
	if info, err := os.Stat(at("second.key.pem")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v %v", info, err)
	}
	sealed := part(t, card)
	if err := os.WriteFile(at("e-1-000001.medward"), sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := runExport(t, "open", at("e-1-000001.medward"), "--key", at("second.key.pem"), "--out", at("export")); err != nil {
		t.Fatal(err, said)
	}
	said, err = runExport(t, "verify", at("export"), "--receipt", at("receipt.json"), "--key", at("second.key.pem"), "--representative", "张三，信息科")
	if err != nil || !strings.Contains(said, "it matches") {
		t.Fatal(err, said)
	}
	var signed bundle.Signed
	text, err = os.ReadFile(at("receipt.json"))
	if err == nil {
		err = json.Unmarshal(text, &signed)
	}
	if err != nil {
		t.Fatal(err)
	}
	if r, err := signed.Read(card.Signer); err != nil || r.Representative != "张三，信息科" || r.Receiver.Name != "第二医院" || r.Outcome != bundle.Match {
		t.Errorf("%+v %v", r, err)
	}
	if err := os.WriteFile(at("export/data"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := runExport(t, "verify", at("export")); err == nil || !strings.Contains(said, "extra") {
		t.Errorf("a file too many: %v %s", err, said)
	}
	sealed[len(sealed)/2] ^= 1
	if err := os.WriteFile(at("altered.medward"), sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := runExport(t, "open", at("altered.medward"), "--key", at("second.key.pem"), "--out", at("other")); err == nil || !strings.Contains(said, "refused") {
		t.Errorf("an altered part: %v %s", err, said)
	}
}
