package hl7v2

import (
	"bytes"
	"testing"
)

func seeds(f *testing.F) {
	for _, text := range []string{
		admission, laboratory, one(1) + "\n\n" + one(2), string(Frame([]byte(one(3)))),
		"FHS|^~\\&\rBHS|^~\\&\r" + one(4) + "BTS|1\rFTS|1\r",
		"MSH$%*!@$A$B$$$1$$ADT%A01$1$P$2.5\rPID$1$\"\"$1%2@3*4\r",
		"MSH|^~\\&#|\x81\x7c|\xc4\xe3||||ADT^A01|1|P|2.7||||||GBK\rNTE|1||\x81\x5c\\X81\x7c\\#\r",
		"\xef\xbb\xbfMSH|^|||\r\n\nMSH", "MSH|^~\\&|||||||||||||||8859/1\r\xff\\.sp9\\",
	} {
		f.Add([]byte(text))
	}
}

// FuzzParse: whatever is accepted is written back as read, and every reading of it
// ends without panic.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(data)
		if err != nil {
			if p, ok := err.(*Problem); !ok || p.ZH == "" || p.Offset < 0 || p.Offset > len(data) {
				t.Fatalf("refused without a usable problem: %#v", err)
			}
			return
		}
		if got := m.Bytes(); !bytes.Equal(got, data) {
			t.Fatalf("wrote %q, read %q", got, data)
		}
		m.Header()
		for _, s := range m.Segments() {
			for n, field := range s.Fields() {
				if !bytes.Equal(field.RawBytes(), s.Field(n).RawBytes()) {
					t.Fatalf("field %d differs alone and in turn", n)
				}
				field.Text()
				field.IsTruncated()
				field.XCN()
				field.Repetition(2).CX()
				if content, err := field.ED().Content(); err == nil && (len(content) == 0 || len(content) > len(data)*4) {
					t.Fatalf("%d bytes of data out of %d", len(content), len(data))
				}
			}
		}
		if len(Check(m)) > MaxProblems {
			t.Fatal("more problems than the limit")
		}
		ack, err := Ack(m, AckAccept, noon)
		if err == nil {
			if _, err := Parse(ack.Bytes()); err != nil {
				t.Fatalf("the answer %q does not parse: %v", ack.Bytes(), err)
			}
		}
	})
}

// FuzzSet: a written value reads back, and no other field moves.
func FuzzSet(f *testing.F) {
	f.Add([]byte(admission), "医|^~\\&\n", 5, 1)
	f.Add([]byte("MSH|^~\\&|\x81\x7c|||||ADT^A01|1|P|2.7||||||GBK\rPID|1||\x81\x5c"), "乗", 3, 2)
	f.Fuzz(func(t *testing.T, data []byte, text string, field, component int) {
		m, err := Parse(data)
		if err != nil || m.Header().CharsetGuessed {
			return
		}
		place := Path{Segment: "PID", Field: field%20 + 1, Component: component%5 + 1}
		next := m.At(Path{Segment: "PID", Field: place.Field + 1}).Raw()
		count := len(m.Segments())
		if place.Field < 1 || place.Component < 1 || m.Set(place.String(), text) != nil {
			return
		}
		read, err := Parse(m.Bytes())
		if err != nil {
			t.Fatalf("does not parse after a change: %v", err)
		}
		if got, want := read.At(place).Text(), lineEnds.Replace(text); got != want {
			t.Fatalf("read %q, wrote %q", got, want)
		}
		if got := read.At(Path{Segment: "PID", Field: place.Field + 1}).Raw(); got != next || len(read.Segments()) != count {
			t.Fatalf("the next field became %q, was %q", got, next)
		}
	})
}

// FuzzSplit: messages lie in the file in order without overlap, where they say.
func FuzzSplit(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		raws, problems := Split(data)
		if len(raws) == 0 && len(problems) == 0 {
			t.Fatal("nothing found and nothing said")
		}
		at := 0
		for _, raw := range raws {
			end := raw.Offset + len(raw.Bytes)
			if raw.Offset < at || end > len(data) || !bytes.Equal(data[raw.Offset:end], raw.Bytes) {
				t.Fatalf("a message of %d bytes is not at %d", len(raw.Bytes), raw.Offset)
			}
			if !bytes.HasPrefix(raw.Bytes, []byte("MSH")) || raw.Line < 1 {
				t.Fatalf("line %d: %q is no message", raw.Line, raw.Bytes)
			}
			if m, err := Parse(raw.Bytes); err == nil && !bytes.Equal(m.Bytes(), raw.Bytes) {
				t.Fatal("not written back as read")
			}
			at = end
		}
	})
}
