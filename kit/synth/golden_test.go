package synth

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"reflect"
	"runtime"
	"testing"
	"time"
)

// goldenSum is the SHA-256 of the encoded default hospital of seed 1. It
// changes only on purpose: run go test -run Golden -golden and paste.
const goldenSum = "205cd84d895cdee9d20b336a06c48e37c8c2c03d5daa92144347a54ce0b3c156"

var printGolden = flag.Bool("golden", false, "print the digest of the default hospital")

func digest(t *testing.T, h *Hospital) string {
	t.Helper()
	sum := sha256.New()
	if err := Encode(sum, h); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func TestGoldenDefaultHospital(t *testing.T) {
	got := digest(t, New(1, Options{}))
	if *printGolden {
		t.Logf("const goldenSum = %q", got)
		return
	}
	if got != goldenSum {
		t.Errorf("default hospital has digest %s, want %s (on %s)", got, goldenSum, runtime.GOARCH)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	opts := Options{Patients: 60}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := Encode(out, New(7, opts)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two runs of one seed differ")
	}
	if digest(t, New(8, opts)) == digest(t, New(7, opts)) {
		t.Error("two seeds give one hospital")
	}
}

func TestAnchorZoneDoesNotMatter(t *testing.T) {
	utc := New(3, Options{Patients: 20, Anchor: defaultAnchor.UTC()})
	if digest(t, utc) != digest(t, New(3, Options{Patients: 20})) {
		t.Error("the same moment in another zone gives another hospital")
	}
}

func TestMorePatientsLeaveTheFirstAlone(t *testing.T) {
	small, large := New(1, Options{Patients: 130}), New(1, Options{Patients: 700})
	for _, slice := range []struct {
		name        string
		first, more any
	}{
		{"people", small.People, large.People},
		{"patients", small.Patients, large.Patients},
		{"links", small.Links, large.Links},
		{"encounters", small.Encounters, large.Encounters},
		{"documents", small.Documents, large.Documents},
		{"lab reports", small.LabReports, large.LabReports},
		{"imaging studies", small.ImagingStudies, large.ImagingStudies},
		{"vitals", small.Vitals, large.Vitals},
		{"orders", small.Orders, large.Orders},
	} {
		first, more := reflect.ValueOf(slice.first), reflect.ValueOf(slice.more)
		if first.Len() == 0 || more.Len() < first.Len() {
			t.Fatalf("%s: %d in the small hospital, %d in the large", slice.name, first.Len(), more.Len())
		}
		if !reflect.DeepEqual(slice.first, more.Slice(0, first.Len()).Interface()) {
			t.Errorf("%s of the first patients changed when more were asked for", slice.name)
		}
	}
}

func TestOptionsOutOfRangeFallBack(t *testing.T) {
	h := New(1, Options{Patients: -5, Anchor: time.Time{}})
	if len(h.Patients) != defaultPatients || !h.Anchor.Equal(defaultAnchor) {
		t.Errorf("got %d patients at %s", len(h.Patients), h.Anchor)
	}
}
