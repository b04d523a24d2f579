package mark_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/mark"
	"github.com/medward/medward/kit/sm"
)

func key(t interface{ Fatal(...any) }) *mark.Key {
	k, err := mark.NewKey(bytes.Repeat([]byte{7}, mark.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func digest(text string) []byte {
	sum := sm.Sum([]byte(text))
	return sum[:]
}

var discharge = mark.Claim{
	Issue: "01JN0000000000000000000001", Serial: "2026-000001", Person: "01JN0000000000000000000002", Purpose: "patient-request",
	Recipient: "人民法院", At: time.UnixMicro(1772413200000000).UTC(), Digest: digest("出院记录"),
}

func TestGoldenVectors(t *testing.T) {
	empty := mark.Claim{At: time.UnixMicro(0), Digest: make([]byte, sm.DigestSize)}
	for name, v := range map[string]struct {
		claim     mark.Claim
		tag, code string
	}{
		"a copy for a court": {discharge, goldenTag, goldenCode},
		"nothing said":       {empty, emptyTag, emptyCode},
	} {
		m, err := key(t).Make(v.claim)
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(m.Tag); got != v.tag || m.Code.String() != v.code {
			t.Errorf("%s: tag %s code %s, want %s %s", name, got, m.Code, v.tag, v.code)
		}
	}
}

func TestAMarkMovedToAnotherCopyFails(t *testing.T) {
	m, err := key(t).Make(discharge)
	if err != nil {
		t.Fatal(err)
	}
	if err := key(t).VerifyContent(m.Code, discharge, discharge.Digest); err != nil {
		t.Errorf("its own copy: %v", err)
	}
	if err := key(t).VerifyContent(m.Code, discharge, digest("入院记录")); !errors.Is(err, mark.ErrContent) {
		t.Errorf("on another content: %v", err)
	}
	framed := discharge
	framed.Person = "01JN0000000000000000000009"
	if err := key(t).Verify(m.Code, framed); !errors.Is(err, mark.ErrForged) {
		t.Errorf("naming somebody else: %v", err)
	}
	other, err := mark.NewKey(bytes.Repeat([]byte{8}, mark.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Verify(m.Code, discharge); !errors.Is(err, mark.ErrForged) {
		t.Errorf("under another key: %v", err)
	}
}

func TestBadInputIsNamed(t *testing.T) {
	if _, err := mark.NewKey([]byte("short")); !errors.Is(err, mark.ErrKey) {
		t.Error(err)
	}
	if _, err := key(t).Make(mark.Claim{Digest: []byte{1}}); !errors.Is(err, mark.ErrDigest) {
		t.Error(err)
	}
	for text, want := range map[string]error{"": mark.ErrLength, "ABC": mark.ErrLength, "!": mark.ErrLetter, "码": mark.ErrLetter, "0000-0000-0000-0000-01": mark.ErrTyped} {
		if _, err := mark.ParseCode(text); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

func TestEveryPartCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, other := claim(t, "claim"), claim(t, "other")
		m, err := key(t).Make(c)
		if err != nil {
			t.Fatal(err)
		}
		same := c.Issue == other.Issue && c.Serial == other.Serial && c.Person == other.Person && c.Purpose == other.Purpose &&
			c.Recipient == other.Recipient && c.At.Equal(other.At) && bytes.Equal(c.Digest, other.Digest)
		if valid := key(t).Verify(m.Code, other) == nil; valid != same {
			t.Fatalf("verifies: %v, the same: %v", valid, same)
		}
	})
}

func claim(t *rapid.T, label string) mark.Claim {
	part := rapid.StringMatching("[ab]{0,2}")
	return mark.Claim{
		Issue: part.Draw(t, label), Serial: part.Draw(t, label), Person: part.Draw(t, label), Purpose: part.Draw(t, label), Recipient: part.Draw(t, label),
		At: time.UnixMicro(rapid.Int64Range(-1, 1).Draw(t, label)), Digest: digest(part.Draw(t, label)),
	}
}

func TestOneWrongCharacterOrTwoExchangedAreNoticed(t *testing.T) {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	rapid.Check(t, func(t *rapid.T) {
		m, err := key(t).Make(mark.Claim{Issue: rapid.String().Draw(t, "issue"), Digest: make([]byte, sm.DigestSize)})
		if err != nil {
			t.Fatal(err)
		}
		plain := bytes.ReplaceAll([]byte(m.Code.String()), []byte("-"), nil)
		read, err := mark.ParseCode(string(plain))
		if err != nil || read != m.Code {
			t.Fatalf("%s reads as %s: %v", plain, read, err)
		}
		i, j := rapid.IntRange(0, len(plain)-1).Draw(t, "i"), rapid.IntRange(0, len(plain)-1).Draw(t, "j")
		wrong := bytes.Clone(plain)
		wrong[i] = letters[rapid.IntRange(0, 31).Draw(t, "letter")]
		swapped := bytes.Clone(plain)
		swapped[i], swapped[j] = swapped[j], swapped[i]
		for _, typed := range [][]byte{wrong, swapped} {
			if read, err := mark.ParseCode(string(typed)); err == nil && !bytes.Equal(typed, plain) {
				t.Fatalf("%s was taken for %s, read %s", typed, plain, read)
			}
		}
	})
}

func FuzzParseCode(f *testing.F) {
	for _, seed := range []string{goldenCode, "", "o1l-", "0000-0000-0000-0000-00", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, err := mark.ParseCode(text)
		if err != nil {
			return
		}
		again, err := mark.ParseCode(code.String())
		if err != nil || again != code {
			t.Fatalf("%q was read as %s, which reads as %s: %v", text, code, again, err)
		}
	})
}

func BenchmarkMake(b *testing.B) {
	k := key(b)
	for b.Loop() {
		if _, err := k.Make(discharge); err != nil {
			b.Fatal(err)
		}
	}
}
