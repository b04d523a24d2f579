package dicom_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/medward/medward/kit/dicom"
)

func asIs(s string) string { return s }

// encodings are all ways in which the picture is written, by name.
func encodings() map[string][]byte {
	little := func(charset string, encode func(string) string) []el {
		return picture(binary.LittleEndian, charset, encode)
	}
	return map[string][]byte{
		"explicit little, GB18030": file(explicitLittle, little("GB18030", gb)),
		"implicit little, GBK":     file(implicitLittle, little("GBK", gb)),
		"explicit big, UTF-8":      file(explicitBig, picture(binary.BigEndian, "ISO_IR 192", asIs)),
		"deflated, GB18030":        file(deflated, little("GB18030", gb)),
		"compressed pixels, UTF-8": file(jpegLossless, little("ISO_IR 192", asIs)),
		"ISO 2022":                 file(explicitLittle, little(`\ISO 2022 IR 58`, func(s string) string { return "\x1b$)A" + gb(s) })),
	}
}

func TestAPictureIsReadInEveryEncoding(t *testing.T) {
	for name, raw := range encodings() {
		f := read(t, raw)
		s := f.Study()
		if s.Name.String() != "试 誠一" || s.Name.Alphabetic != "Shi Yanyi" || s.Institution != "试验医院" {
			t.Errorf("%s: names %+v, institution %q", name, s.Name, s.Institution)
		}
		if s.PatientID != "P001" || s.Accession != "A-1" || s.Study != "1.2.3.4" || s.Picture != "1.2.3.4.5" || s.Modality != "DX" || s.Request != "R-7" || s.Date != "20261120" {
			t.Errorf("%s: %+v", name, s)
		}
		if rows := f.Data.Text(dicom.Rows); rows != "2048" || !f.Pixels || len(f.Check()) > 0 {
			t.Errorf("%s: rows %s, pixels %t, %v", name, rows, f.Pixels, f.Check())
		}
		if images := f.Data.Find(0x00081140); len(images.Items) != 2 || images.Items[1].Text(0x00081155) != "1.2.4" {
			t.Errorf("%s: images %+v", name, images)
		}
	}
}

func TestABackslashWithinACharacterPartsNothing(t *testing.T) {
	const tricky = "誠" // its second byte in GB 18030 is a backslash
	if !strings.Contains(gb(tricky), `\`) {
		t.Fatalf("% x", gb(tricky))
	}
	f := read(t, file(explicitLittle, []el{
		{tag: dicom.SpecificCharset, vr: "CS", value: "GB18030"}, {tag: dicom.StudyDescription, vr: "LO", value: gb(tricky + `一\二`)},
	}))
	if got := f.Data.Texts(dicom.StudyDescription); len(got) != 2 || got[0] != tricky+"一" || got[1] != "二" {
		t.Errorf("%q", got)
	}
}

func TestADeviceThatStatesNoCharacterSetIsReadAndFound(t *testing.T) {
	f := read(t, file(explicitLittle, []el{{tag: dicom.PatientName, vr: "PN", value: gb("试验一")}, {tag: dicom.StudyDescription, vr: "LO", value: "\xff\xff"}}))
	if name := f.Study().Name.String(); name != "试验一" || len(f.Findings) != 2 || f.Findings[0].Rule != dicom.RuleText {
		t.Errorf("%q, %v", name, f.Findings)
	}
}

func TestEveryElementIsShown(t *testing.T) {
	shown := map[string]string{}
	for _, r := range read(t, encodings()["explicit little, GB18030"]).Rows() {
		shown[r.Path] = r.Value.Zh
	}
	for path, want := range map[string]string{
		"(0002,0010)": explicitLittle, "(0010,0020)": "P001", "(0029,0010)": "MAKER", "(0029,1001)": "2 字节", "(0008,1140)[2]/(0008,1155)": "1.2.4",
	} {
		if shown[path] != want {
			t.Errorf("%s is shown as %q", path, shown[path])
		}
	}
	if len(shown) != 2+17+3 {
		t.Errorf("%d rows", len(shown))
	}
}

func TestALongValueIsPassedOverAndSaid(t *testing.T) {
	raw := file(explicitLittle, []el{{tag: 0x00091001, vr: "OB", value: strings.Repeat("x", 1000)}, {tag: dicom.PatientID, vr: "LO", value: "P1"}})
	f, err := dicom.Read(bytes.NewReader(raw), dicom.Limits{Value: 100})
	if err != nil {
		t.Fatal(err)
	}
	if f.Data.Text(dicom.PatientID) != "P1" || len(f.Findings) != 1 || f.Findings[0].Rule != dicom.RuleLongValue {
		t.Errorf("%v", f.Findings)
	}
	if rows := f.Rows(); rows[2].Value.En != "not kept, 1000 bytes" {
		t.Errorf("%+v", rows[2])
	}
}

func TestWhatIsNoFileIsRefusedByName(t *testing.T) {
	little := writer{order: binary.LittleEndian}
	after := func(b ...byte) []byte { return append(file(explicitLittle, nil), b...) }
	deep := []el{{tag: dicom.PatientID, vr: "LO", value: "x"}}
	for range 12 {
		deep = []el{{tag: 0x00400275, vr: "SQ", open: true, items: [][]el{deep}}}
	}
	bomb := preamble(deflated)
	bomb = append(bomb, squeezed(append([]byte{9, 0, 1, 0x10, 'O', 'B', 0, 0, 0, 0, 0, 4}, make([]byte, 4<<20)...))...)
	for name, c := range map[string]struct {
		raw  []byte
		want dicom.Rule
	}{
		"empty":                   {nil, dicom.RulePart10},
		"no preamble":             {[]byte("DICM"), dicom.RulePart10},
		"other file":              {bytes.Repeat([]byte("x"), 500), dicom.RulePart10},
		"no syntax":               {append(append(make([]byte, 128), "DICM"...), little.elements([]el{{tag: 0x00020012, vr: "UI", value: "1.2"}})...), dicom.RuleMissing},
		"cut in a value":          {file(explicitLittle, picture(binary.LittleEndian, "", asIs))[:300], dicom.RuleTruncated},
		"long value stated":       {after(0x10, 0, 0, 0x40, 'U', 'T', 0, 0, 0, 0, 0, 0x20), dicom.RuleBytes},
		"longest value stated":    {after(0x10, 0, 0, 0x40, 'U', 'T', 0, 0, 0xFE, 0xFF, 0xFF, 0xFF), dicom.RuleBytes},
		"undefined text":          {after(0x10, 0, 0, 0x40, 'U', 'T', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF), dicom.RuleLength},
		"no VR":                   {after(0x10, 0, 0x20, 0, '?', '?', 0, 0), dicom.RuleVR},
		"too deep":                {file(explicitLittle, deep), dicom.RuleDepth},
		"too many elements":       {file(explicitLittle, bytesOf(3000)), dicom.RuleElements},
		"longer than its item":    {after(0x40, 0, 0x75, 2, 'S', 'Q', 0, 0, 16, 0, 0, 0, 0xFE, 0xFF, 0, 0xE0, 8, 0, 0, 0, 0x10, 0, 0x20, 0, 'L', 'O', 0x40, 0), dicom.RuleLength},
		"item longer than around": {after(0x40, 0, 0x75, 2, 'S', 'Q', 0, 0, 16, 0, 0, 0, 0xFE, 0xFF, 0, 0xE0, 99, 0, 0, 0, 0, 0, 0, 0), dicom.RuleLength},
		"no item":                 {after(0x40, 0, 0x75, 2, 'S', 'Q', 0, 0, 16, 0, 0, 0, 0x10, 0, 0x20, 0, 8, 0, 0, 0, 0, 0, 0, 0), dicom.RuleItem},
		"deflated bomb":           {bomb, dicom.RuleBytes},
		"deflated damage":         {append(preamble(deflated), 0xFF, 0xFF, 0xFF), dicom.RuleDeflate},
	} {
		_, err := dicom.Read(bytes.NewReader(c.raw), dicom.Limits{Bytes: 1 << 20, Depth: 8, Elements: 2000})
		var refusal *dicom.Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f := refusal.Finding; f.Rule != c.want || f.Text.Zh == "" || f.Remedy.En == "" {
			t.Errorf("%s: %v, not %s", name, f, c.want)
		}
	}
}

func bytesOf(n int) []el {
	all := make([]el, n)
	for i := range all {
		all[i] = el{tag: dicom.Tag(0x00090000 + i), vr: "LO", value: "x"}
	}
	return all
}

func TestALengthThatIsOnlyStatedCostsNothing(t *testing.T) {
	raw := append(file(explicitLittle, nil), 0x10, 0, 0, 0x40, 'U', 'T', 0, 0, 0, 0, 0, 0x20)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := dicom.Read(bytes.NewReader(raw), dicom.Limits{Bytes: 1 << 40}); err == nil {
		t.Error("512 MB that are not there were read")
	}
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; spent > 1<<20 {
		t.Errorf("%d bytes were allocated for a file of %d", spent, len(raw))
	}
}

func TestAReaderThatFailsIsToldApartFromAFileThatEnds(t *testing.T) {
	broken := errors.New("cable out")
	raw := encodings()["explicit little, GB18030"]
	_, err := dicom.Read(io.MultiReader(bytes.NewReader(raw[:250]), iotest.ErrReader(broken)), dicom.Limits{})
	var refusal *dicom.Refusal
	if !errors.As(err, &refusal) || refusal.Finding.Rule != dicom.RuleRead || !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

func TestWhatIsWrongInAFileIsFoundAndNotRepeated(t *testing.T) {
	f := read(t, file(explicitLittle, []el{
		{tag: dicom.SpecificCharset, vr: "CS", value: "ISO_IR 192"},
		{tag: dicom.SOPInstance, vr: "UI", value: "../../secret"},
		{tag: dicom.PatientName, vr: "PN", value: gb("机密")},
		{tag: dicom.RequestAttributes, vr: "SQ", items: [][]el{{{tag: dicom.SpecificCharset, vr: "CS", value: "ISO_IR 999"}}}},
	}))
	got := map[dicom.Rule]string{}
	for _, found := range f.Check() {
		got[found.Rule] = found.Path
		if strings.Contains(found.String(), "secret") {
			t.Errorf("%v", found)
		}
	}
	for rule, path := range map[dicom.Rule]string{
		dicom.RuleUID: "(0008,0018)", dicom.RuleText: "(0010,0010)", dicom.RuleCharset: "(0040,0275)[1]/(0008,0005)", dicom.RuleMissing: "(0008,0060)",
	} {
		if got[rule] != path {
			t.Errorf("%s at %q, not %q", rule, got[rule], path)
		}
	}
}
