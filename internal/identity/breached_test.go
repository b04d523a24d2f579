package identity

import (
	"crypto/sha1"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func breachedFile(t testing.TB, digits int, end string, passwords ...string) string {
	t.Helper()
	var lines []string
	for _, p := range passwords {
		sum := sha1.Sum([]byte(p))
		lines = append(lines, strings.ToUpper(hex.EncodeToString(sum[:]))[:digits]+end)
	}
	slices.Sort(lines)
	path := filepath.Join(t.TempDir(), "breached.txt")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestABreachedPasswordIsFoundAndNoOther(t *testing.T) {
	known := []string{"Correct-horse-7", "静水流深-Water-9", "x", "Tr0ub4dor&3"}
	for _, form := range []struct {
		digits int
		end    string
	}{{40, "\n"}, {40, "\r\n"}, {10, "\n"}, {16, "\n"}} {
		list, err := OpenBreached(breachedFile(t, form.digits, form.end, known...))
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(t *rapid.T) {
			password := rapid.OneOf(rapid.SampledFrom(known), rapid.String()).Draw(t, "password")
			found, err := list.Has(password)
			if err != nil || found != slices.Contains(known, password) {
				t.Fatalf("%q with %d digits: %t, %v", password, form.digits, found, err)
			}
		})
	}
}

func TestAFileThatIsNoListIsRefused(t *testing.T) {
	for _, text := range []string{"", "short\n", "zzzzzzzzzzzzzzzz\n", "ffffffffff\n0000000000\n", "0000000000\n111111111\n", "0000000000"} {
		if _, err := readBreached(strings.NewReader(text), int64(len(text))); err == nil {
			t.Errorf("%q was taken for a list", text)
		}
	}
	if list, err := OpenBreached(filepath.Join(t.TempDir(), "none")); err != nil || list != nil {
		t.Errorf("without a file: %v, %v", list, err)
	}
}

func FuzzReadBreached(f *testing.F) {
	f.Add("0000000000\n1111111111\n", "password")
	f.Fuzz(func(t *testing.T, text, password string) {
		list, err := readBreached(strings.NewReader(text), int64(len(text)))
		if err != nil {
			return
		}
		if found, err := list.Has(password); found && err != nil {
			t.Errorf("found with %v", err)
		}
	})
}

func TestACommonPasswordStaysCommonBehindAnyNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"Password", "yiyuan", "P@ssw0rd", "Admin", "woaini", "Welcome", "wy", "adminPassword"}).Draw(t, "word")
		tail := rapid.StringMatching(`[0-9@#!.-]{0,12}`).Draw(t, "tail")
		if !common(word + tail) {
			t.Fatalf("%q was not found common", word+tail)
		}
	})
}
