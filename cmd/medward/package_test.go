package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/kit/sm"
)

func TestAPackageIsVerifiedWithoutAStore(t *testing.T) {
	signing, err := sm.GenerateSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	opening, err := sm.GenerateOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	from := parcel.Party{Org: "a", Name: "第一医院\x1b[2J", Key: hex.EncodeToString(signing.Public().Raw())}
	var file bytes.Buffer
	w, err := parcel.NewWriter(&file, parcel.Header{ID: "1", Sequence: 7, Sent: time.Unix(0, 0), From: from, To: parcel.Party{Org: "b", Key: hex.EncodeToString(opening.Public().Raw())}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Close(signing.Sign); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.package")
	verify := func(content []byte, args ...string) (string, error) {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		cmd := newPackage()
		cmd.SetOut(&out)
		cmd.SetErr(&out)
		cmd.SilenceErrors, cmd.SilenceUsage = true, true
		cmd.SetArgs(append([]string{"verify", path}, args...))
		err := cmd.Execute()
		return out.String(), err
	}
	if out, err := verify(file.Bytes(), "--fingerprint", from.Fingerprint()); err != nil || strings.Contains(out, "\x1b") || !strings.Contains(out, "第一医院") || !strings.Contains(out, from.Fingerprint()) {
		t.Errorf("%s %v", out, err)
	}
	if _, err := verify(file.Bytes(), "--fingerprint", strings.Repeat("0", 64)); !errors.Is(err, errAmiss) {
		t.Errorf("another key: %v", err)
	}
	if _, err := verify(file.Bytes()[:file.Len()-1]); !errors.Is(err, errAmiss) {
		t.Errorf("cut short: %v", err)
	}
}
