package dicom_test

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/medward/medward/kit/dicom"
)

// Transfer syntaxes of the tests.
const (
	implicitLittle = "1.2.840.10008.1.2"
	explicitLittle = "1.2.840.10008.1.2.1"
	deflated       = "1.2.840.10008.1.2.1.99"
	explicitBig    = "1.2.840.10008.1.2.2"
	jpegLossless   = "1.2.840.10008.1.2.4.70"
)

// el is an element to be written: a value, or the items of a sequence.
type el struct {
	tag   dicom.Tag
	vr    string
	value string
	items [][]el
	open  bool // of undefined length
}

// writer writes elements in one encoding.
type writer struct {
	order    binary.AppendByteOrder
	implicit bool
}

func (w writer) elements(all []el) []byte {
	var b bytes.Buffer
	for _, e := range all {
		value := []byte(e.value)
		if len(value)%2 == 1 {
			value = append(value, paddingOf(e.vr))
		}
		if e.vr == "SQ" {
			value = w.sequence(e)
		}
		w.head(&b, e, len(value))
		b.Write(value)
	}
	return b.Bytes()
}

func paddingOf(vr string) byte {
	if vr == "UI" {
		return 0
	}
	return ' '
}

func (w writer) head(b *bytes.Buffer, e el, n int) {
	w.tag(b, e.tag)
	length := uint32(n)
	if e.open {
		length = dicom.Undefined
	}
	switch {
	case w.implicit:
		b.Write(w.order.AppendUint32(nil, length))
	case strings.Contains("OB OW SQ UN UT UC", e.vr):
		b.WriteString(e.vr + "\x00\x00")
		b.Write(w.order.AppendUint32(nil, length))
	default:
		b.WriteString(e.vr)
		b.Write(w.order.AppendUint16(nil, uint16(n)))
	}
}

func (w writer) tag(b *bytes.Buffer, t dicom.Tag) {
	b.Write(w.order.AppendUint16(nil, uint16(t>>16)))
	b.Write(w.order.AppendUint16(nil, uint16(t)))
}

func (w writer) sequence(e el) []byte {
	var b bytes.Buffer
	for _, item := range e.items {
		content := w.elements(item)
		w.tag(&b, 0xFFFEE000)
		if e.open {
			b.Write(w.order.AppendUint32(nil, dicom.Undefined))
			b.Write(content)
			w.tag(&b, 0xFFFEE00D)
			b.Write(make([]byte, 4))
			continue
		}
		b.Write(w.order.AppendUint32(nil, uint32(len(content))))
		b.Write(content)
	}
	if e.open {
		w.tag(&b, 0xFFFEE0DD)
		b.Write(make([]byte, 4))
	}
	return b.Bytes()
}

// preamble is the beginning of a Part 10 file, up to its dataset.
func preamble(syntax string) []byte {
	little := writer{order: binary.LittleEndian}
	meta := little.elements([]el{{tag: dicom.TransferSyntax, vr: "UI", value: syntax}})
	head := append(make([]byte, 128), "DICM"...)
	head = append(head, little.elements([]el{{tag: 0x00020000, vr: "UL", value: string(binary.LittleEndian.AppendUint32(nil, uint32(len(meta))))}})...)
	return append(head, meta...)
}

// file is a Part 10 file.
func file(syntax string, all []el) []byte {
	head, little := preamble(syntax), writer{order: binary.LittleEndian}
	switch syntax {
	case implicitLittle:
		return append(head, writer{binary.LittleEndian, true}.elements(all)...)
	case explicitBig:
		return append(head, writer{binary.BigEndian, false}.elements(all)...)
	case deflated:
		return append(head, squeezed(little.elements(all))...)
	}
	return append(head, little.elements(all)...)
}

func squeezed(content []byte) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

func gb(s string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

// picture is an invented radiograph in a character set.
func picture(order binary.AppendByteOrder, charset string, encode func(string) string) []el {
	return []el{
		{tag: dicom.SpecificCharset, vr: "CS", value: charset},
		{tag: dicom.SOPClass, vr: "UI", value: "1.2.840.10008.5.1.4.1.1.1"},
		{tag: dicom.SOPInstance, vr: "UI", value: "1.2.3.4.5"},
		{tag: dicom.StudyDate, vr: "DA", value: "20261120"},
		{tag: dicom.AccessionNumber, vr: "SH", value: "A-1"},
		{tag: dicom.Modality, vr: "CS", value: "DX"},
		{tag: dicom.Institution, vr: "LO", value: encode("试验医院")},
		{tag: dicom.Tag(0x00081140), vr: "SQ", open: true, items: [][]el{{{tag: 0x00081155, vr: "UI", value: "1.2.3"}}, {{tag: 0x00081155, vr: "UI", value: "1.2.4"}}}},
		{tag: dicom.PatientName, vr: "PN", value: "Shi^Yanyi=" + encode("试^誠一")},
		{tag: dicom.PatientID, vr: "LO", value: "P001"},
		{tag: dicom.PatientSex, vr: "CS", value: "F"},
		{tag: dicom.StudyInstance, vr: "UI", value: "1.2.3.4"},
		{tag: dicom.SeriesInstance, vr: "UI", value: "1.2.3.4.1"},
		{tag: dicom.Rows, vr: "US", value: string(order.AppendUint16(nil, 2048))},
		{tag: 0x00290010, vr: "LO", value: "MAKER"},
		{tag: 0x00291001, vr: "UN", value: "\x00\x01"},
		{tag: dicom.RequestAttributes, vr: "SQ", items: [][]el{{{tag: dicom.RequestedProcedure, vr: "SH", value: "R-7"}}}},
		{tag: 0x7FE00010, vr: "OW", value: "never read"},
	}
}

func read(t testing.TB, raw []byte) *dicom.File {
	t.Helper()
	f, err := dicom.Read(bytes.NewReader(raw), dicom.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}
