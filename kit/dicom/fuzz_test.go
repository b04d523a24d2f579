package dicom_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/dicom"
)

// FuzzRead holds whatever is read to its bounds.
func FuzzRead(f *testing.F) {
	for _, raw := range encodings() {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		limits := dicom.Limits{Bytes: 1 << 18, Value: 4096, Depth: 8, Elements: 500}
		got, err := dicom.Read(bytes.NewReader(raw), limits)
		if err != nil {
			var refusal *dicom.Refusal
			if !errors.As(err, &refusal) || refusal.Finding.Text.Zh == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		rows := got.Rows()
		if len(rows) > limits.Elements || len(got.Findings) > 100 {
			t.Fatalf("%d rows, %d findings", len(rows), len(got.Findings))
		}
		for _, r := range rows {
			if len(r.Value.Zh) > 32*limits.Value || r.Depth > limits.Depth {
				t.Fatalf("%s holds %d bytes at depth %d", r.Path, len(r.Value.Zh), r.Depth)
			}
		}
		got.Study()
		got.Check()
	})
}

// Whatever is written is read back, in every encoding.
func TestWhateverIsWrittenIsReadBack(t *testing.T) {
	text := rapid.StringMatching(`[A-Za-z0-9一-龥]{1,20}`)
	rapid.Check(t, func(t *rapid.T) {
		syntax := rapid.SampledFrom([]string{implicitLittle, explicitLittle, deflated, explicitBig, jpegLossless}).Draw(t, "syntax")
		name, description := text.Draw(t, "name"), text.Draw(t, "description")
		open := rapid.Bool().Draw(t, "open")
		raw := file(syntax, []el{
			{tag: dicom.SpecificCharset, vr: "CS", value: "GB18030"},
			{tag: dicom.StudyDescription, vr: "LO", value: gb(description)},
			{tag: 0x00081140, vr: "SQ", open: open, items: [][]el{{{tag: dicom.PatientName, vr: "PN", value: gb(name)}}, {}}},
			{tag: dicom.PatientID, vr: "LO", value: "P1"},
		})
		f, err := dicom.Read(bytes.NewReader(raw), dicom.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Data.Text(dicom.StudyDescription); got != description {
			t.Fatalf("%q became %q", description, got)
		}
		if got := f.Data.Item(0x00081140).Text(dicom.PatientName); got != name || f.Data.Text(dicom.PatientID) != "P1" {
			t.Fatalf("%q became %q", name, got)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	raw := encodings()["explicit little, GB18030"]
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := dicom.Read(bytes.NewReader(raw), dicom.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		f.Study()
	}
}
