package parcel_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/kit/sm"
)

var generous = parcel.Limits{Bytes: 4 << 20, Items: 20, Item: 1 << 20}

type two struct {
	signing *sm.SigningKey
	opening *sm.OpeningKey
}

func houses(t testing.TB) two {
	t.Helper()
	signing, err := sm.GenerateSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	opening, err := sm.GenerateOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	return two{signing, opening}
}

func (h two) header() parcel.Header {
	return parcel.Header{
		ID: "01J", Sequence: 3, Sent: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Shape: "documents", Purpose: "care", Basis: "患者同意",
		From: parcel.Party{Org: "org-a", Name: "甲院", Key: hex.EncodeToString(h.signing.Public().Raw())},
		To:   parcel.Party{Org: "org-b", Name: "乙院", Key: hex.EncodeToString(h.opening.Public().Raw())},
	}
}

func (h two) pack(t testing.TB, contents ...string) ([]byte, parcel.Sums) {
	t.Helper()
	var file bytes.Buffer
	w, err := parcel.NewWriter(&file, h.header())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range contents {
		if err := w.Add(parcel.Item{Name: "documents/" + string(rune('a'+i)) + ".xml", Form: "text/xml", Kind: "Document", ID: "d", Version: 1}, []byte(c)); err != nil {
			t.Fatal(err)
		}
	}
	sums, err := w.Close(h.signing.Sign)
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), sums
}

func (h two) open(file []byte) (got []string, err error) {
	_, err = parcel.Open(bytes.NewReader(file), h.opening, generous, func(_ parcel.Item, content []byte) error {
		got = append(got, string(content))
		return nil
	})
	return got, err
}

func TestAPackageArrivesAsItWasSent(t *testing.T) {
	h := houses(t)
	rapid.Check(t, func(rt *rapid.T) {
		contents := rapid.SliceOfN(rapid.StringN(0, 300, 100_000), 0, 5).Draw(rt, "contents")
		file, sums := h.pack(t, contents...)
		c, err := parcel.Check(bytes.NewReader(file), generous)
		if err != nil || c.Sequence != 3 || c.From.Fingerprint() != h.header().From.Fingerprint() {
			rt.Fatalf("%+v %v", c, err)
		}
		three := sm.Sum(file)
		if !bytes.Equal(c.SM3, three[:]) || !bytes.Equal(c.SHA256, sums.SHA256) || c.Bytes != int64(len(file)) || !bytes.Equal(sums.SM3, c.SM3) {
			rt.Fatalf("the digests differ: %+v %+v", c.Sums, sums)
		}
		got, err := h.open(file)
		if err != nil || strings.Join(got, "\x00") != strings.Join(contents, "\x00") {
			rt.Fatalf("%q %v", got, err)
		}
	})
}

func TestAnAlteredByteIsNoticedWhereverItLies(t *testing.T) {
	h := houses(t)
	file, _ := h.pack(t, "主诉：胸痛3天", strings.Repeat("病程", 100))
	for at := range file {
		altered := bytes.Clone(file)
		altered[at] ^= 1
		if _, err := parcel.Check(bytes.NewReader(altered), generous); err == nil {
			t.Fatalf("altered at %d of %d, it is taken for whole", at, len(file))
		}
	}
	if _, err := parcel.Check(bytes.NewReader(append(bytes.Clone(file), 'x')), generous); !errors.Is(err, parcel.ErrAltered) {
		t.Errorf("with a byte more: %v", err)
	}
}

func TestAPackageThatIsCutShortIsPartial(t *testing.T) {
	h := houses(t)
	file, _ := h.pack(t, "主诉：胸痛3天")
	for _, n := range []int{len(file) - 1, len(file) / 2, 40} {
		if _, err := parcel.Check(bytes.NewReader(file[:n]), generous); !errors.Is(err, parcel.ErrPartial) {
			t.Errorf("%d of %d bytes: %v", n, len(file), err)
		}
	}
	if _, err := parcel.Check(strings.NewReader("病历.zip"), generous); err == nil {
		t.Error("something else is taken for a package")
	}
}

func TestOnlyTheRecipientOpensAndNobodyReadsThePatientOutside(t *testing.T) {
	h := houses(t)
	file, _ := h.pack(t, "王小明，胸痛3天")
	if bytes.Contains(file, []byte("王小明")) {
		t.Error("the content can be read")
	}
	stranger := houses(t)
	stranger.signing = h.signing
	if _, err := stranger.open(file); !errors.Is(err, parcel.ErrKey) {
		t.Errorf("another key: %v", err)
	}
}

func TestAPackageIsBounded(t *testing.T) {
	h := houses(t)
	file, _ := h.pack(t, "a", "b", strings.Repeat("c", 5000))
	for name, l := range map[string]parcel.Limits{"bytes": {Bytes: 1000, Items: 20, Item: 1 << 20}, "items": {Bytes: 4 << 20, Items: 2, Item: 1 << 20}, "item": {Bytes: 4 << 20, Items: 20, Item: 4000}} {
		_, err := parcel.Open(bytes.NewReader(file), h.opening, l, func(parcel.Item, []byte) error { return nil })
		if !errors.Is(err, parcel.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w, err := parcel.NewWriter(&bytes.Buffer{}, h.header())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Break()
	for _, name := range []string{"../x", "/etc/passwd", "a/../../b", "manifest.json", `a\b`, "a:b", ""} {
		if err := w.Add(parcel.Item{Name: name}, nil); !errors.Is(err, parcel.ErrContents) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func FuzzPackage(f *testing.F) {
	h := houses(f)
	whole, _ := h.pack(f, "主诉", "现病史")
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Fuzz(func(t *testing.T, file []byte) {
		_, err := parcel.Check(bytes.NewReader(file), generous)
		if err == nil && !bytes.Equal(file, whole) {
			t.Error("something that nobody signed is taken for whole")
		}
		_, _ = h.open(file) // must not panic
	})
}

func BenchmarkPackage(b *testing.B) {
	h := houses(b)
	content := bytes.Repeat([]byte("病程记录"), 1<<18/12)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		file, _ := h.pack(b, string(content))
		if _, err := parcel.Check(bytes.NewReader(file), generous); err != nil {
			b.Fatal(err)
		}
		if _, err := h.open(file); err != nil {
			b.Fatal(err)
		}
	}
}
