package hl7v2

import (
	"errors"
	"testing"
)

func encapsulated(t *testing.T, field string) ED {
	t.Helper()
	m, err := Parse([]byte("MSH|^~\\&|A|B|||||ORU^R01|1|P|2.5||||||GBK\rOBX|1|ED|PDF^报告||" + field + "\r"))
	if err != nil {
		t.Fatal(err)
	}
	return m.Get("OBX-5").ED()
}

func TestEncapsulatedDataIsDecodedAndNamed(t *testing.T) {
	for field, want := range map[string][2]string{
		"LIS^AP^PDF^Base64^JVBERi0xLjQ=":       {"application/pdf", "%PDF-1.4"},
		"LIS^AP^PDF^Base64^JVBE\\.br\\Ri0xLjQ": {"application/pdf", "%PDF-1.4"},
		"^application/PDF^^Base64^JVBERg==":    {"application/pdf", "%PDF"},
		"^IM^JPG^Hex^FFD8":                     {"image/jpeg", "\xff\xd8"},
		"^TEXT^^A^a\\F\\b":                     {"text/plain", "a|b"},
		"^TEXT^HTML^A^<p>x</p>":                {"text/html", "<p>x</p>"},
		"^NS^Octet-stream^Base64^AA==":         {"application/octet-stream", "\x00"},
	} {
		e := encapsulated(t, field)
		content, err := e.Content()
		if err != nil || e.MediaType() != want[0] || string(content) != want[1] {
			t.Errorf("%s: %s %q, %v", field, e.MediaType(), content, err)
		}
	}
}

func TestDataThatIsNotWhatItSaysIsAnError(t *testing.T) {
	for field, want := range map[string]error{
		"^AP^PDF^Base64^%%%": ErrEncoding, "^AP^PDF^Hex^F": ErrEncoding, "^AP^PDF^Zip^AA": ErrEncoding, "^AP^PDF^Base64^": ErrData, "^AP^PDF^Base64^====": ErrData,
	} {
		if _, err := encapsulated(t, field).Content(); !errors.Is(err, want) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestTextInTheCharacterSetOfTheMessageIsRead(t *testing.T) {
	e := encapsulated(t, "^TEXT^plain^Hex^D6D0")
	content, err := e.Content()
	if err != nil || e.TextOf(content) != "中" {
		t.Errorf("%q, %v", e.TextOf(content), err)
	}
}

func TestAPartOfAMessageHoldsTheSegmentsThatAreKept(t *testing.T) {
	m, err := Parse([]byte(laboratory))
	if err != nil {
		t.Fatal(err)
	}
	part := m.Only(func(s *Segment) bool { return s.Is("OBX") })
	if part.Segments()[0] != m.Segments()[0] || len(part.Segments()) != 1+len(m.All("OBX")) || part.Header() != m.Header() {
		t.Errorf("%q", part.Bytes())
	}
}
