package hl7v2

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

// trailing lists the two-byte GB 18030 characters that end in c.
func trailing(c byte) []string {
	var found []string
	for lead := byte(0x81); lead < 0xFF; lead++ {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes([]byte{lead, c})
		if err == nil && !bytes.ContainsRune(text, '\uFFFD') {
			found = append(found, string(text))
		}
	}
	return found
}

// The oracle for GB 18030 is the decoded text, in which every delimiter is itself.
func TestGB18030IsCutBetweenCharactersOnly(t *testing.T) {
	var alphabet []string
	for _, delimiter := range []byte(`|^~\`) {
		found := trailing(delimiter)
		if len(found) < 50 {
			t.Fatalf("only %d characters end in %q", len(found), delimiter)
		}
		alphabet = append(alphabet, found...)
	}
	alphabet = append(alphabet, "医", "a", "9", " ", "€", "𠮷", "ḿ", "é")
	word := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 6).Draw(t, "characters"), "")
	})
	tree := func(t *rapid.T, separators string) string {
		text := ""
		for i, n := 0, rapid.IntRange(1, 12).Draw(t, "words"); i < n; i++ {
			if i > 0 {
				text += string(rapid.SampledFrom([]byte(separators)).Draw(t, "separator"))
			}
			text += word.Draw(t, "word")
		}
		return text
	}
	rapid.Check(t, func(t *rapid.T) {
		declared := rapid.SampledFrom([]string{"GB 18030-2000", "GBK", "gb18030"}).Draw(t, "MSH-18")
		text := `MSH|^~\&|` + tree(t, "^&") + "|" + word.Draw(t, "facility") + "|||20260101||ADT^A01|1|P|2.5.1||||||" + declared
		for i, n := 0, rapid.IntRange(1, 5).Draw(t, "segments"); i < n; i++ {
			text += "\rOBX|" + tree(t, "|^~&")
		}
		raw, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		m, err := Parse([]byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		if m.Charset() != GB18030 {
			t.Fatalf("read as %s", m.Charset())
		}
		if got := string(m.Bytes()); got != raw {
			t.Fatalf("wrote %x, read %x", got, raw)
		}
		compareWithText(t, m, strings.Split(text, "\r"))
	})
}

func compareWithText(t *rapid.T, m *Message, want []string) {
	if len(m.Segments()) != len(want) {
		t.Fatalf("%d segments, want %d", len(m.Segments()), len(want))
	}
	for i, line := range want {
		fields := strings.Split(line, "|")[1:]
		shift := 0
		if i == 0 {
			shift = 1
		}
		s := m.Segments()[i]
		count := shift
		for range s.Fields() {
			count++
		}
		if count-2*shift != len(fields) {
			t.Fatalf("segment %d: %d fields, want %d", i+1, count-2*shift, len(fields))
		}
		for f, field := range fields {
			if i == 0 && f == 0 {
				continue
			}
			compareField(t, s.Field(f+1+shift), field)
		}
	}
}

func compareField(t *rapid.T, got Value, want string) {
	if got.Raw() != want {
		t.Fatalf("field %q, want %q", got.Raw(), want)
	}
	for r, repetition := range strings.Split(want, "~") {
		for c, component := range strings.Split(repetition, "^") {
			for s, subcomponent := range strings.Split(component, "&") {
				if v := got.Repetition(r + 1).Component(c + 1).Subcomponent(s + 1); v.Raw() != subcomponent {
					t.Fatalf("(%d).%d.%d is %q, want %q", r+1, c+1, s+1, v.Raw(), subcomponent)
				}
			}
		}
	}
}

func TestCharsetIsSettledByHeaderThenContent(t *testing.T) {
	message := func(charset, name string) string {
		return `MSH|^~\&|HIS|院|||20260101||ADT^A01|1|P|2.5.1||||||` + charset + "\rPID|1||||" + name + "^" + name + "\r"
	}
	for _, c := range []struct {
		name, text string
		want       Charset
		guessed    bool
	}{
		{"UTF-8 declared", message("UNICODE UTF-8", "張三"), UTF8, false},
		{"UTF-8 by short name", message("UTF-8", "张三"), UTF8, false},
		{"nothing declared, UTF-8", message("", "张三"), UTF8, false},
		{"nothing declared, GB", gb18030(t, message("", "张三")), GB18030, true},
		{"GB 18030", gb18030(t, message("GB 18030-2000", "张三")), GB18030, false},
		{"GBK", gb18030(t, message("GBK", "张三")), GB18030, false},
		{"GB2312", gb18030(t, message("GB2312", "张三")), GB18030, false},
		{"alternates after the first", gb18030(t, message("GB18030~ASCII", "张三")), GB18030, false},
		{"Latin", strings.ReplaceAll(message("8859/1", "Andr\xe9"), "院", "\xfc"), Latin1, false},
		{"ASCII", strings.ReplaceAll(message("ASCII", "Zhang"), "院", "H"), ASCII, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mustParse(t, c.text)
			if m.Charset() != c.want || m.Header().CharsetGuessed != c.guessed {
				t.Errorf("%s, guessed %v; want %s, %v", m.Charset(), m.Header().CharsetGuessed, c.want, c.guessed)
			}
			if first, second := m.Get("PID-5.1").Text(), m.Get("PID-5.2").Text(); first != second || first == "" {
				t.Errorf("name read as %q and %q", first, second)
			}
		})
	}
}

// A delimiter inside a character of the header shifts every later field for a reader
// that looks at bytes; MSH-17 must not be taken for MSH-18, nor nothing for something.
func TestCharsetIsFoundBehindTreacherousCharacters(t *testing.T) {
	treacherous := strings.Join(trailing('|')[:3], "")
	for _, c := range []struct {
		name, tail string
		refused    bool
	}{
		{"declared", "||||CHN|GB18030", false},
		{"not declared, country given", "||||CHN", false},
		{"nothing at all", "", false},
		{"unsupported name", "|||||BIG5", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := gb18030(t, "MSH|^~\\&|HIS|"+treacherous+"|||20260101||ADT^A01|77|P|2.5.1|"+c.tail+"\rPID|1")
			m, err := Parse([]byte(text))
			if c.refused {
				if err == nil {
					t.Error("accepted")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if h := m.Header(); h.Charset != GB18030 || h.ControlID != "77" || h.SendingFacility.Namespace != treacherous {
				t.Errorf("read %+v", h)
			}
		})
	}
}

func TestCharsetMismatchGivesTheOffset(t *testing.T) {
	text := `MSH|^~\&|HIS||||20260101||ADT^A01|1|P|2.5.1||||||UTF-8` + "\rPID|1||||ab\xff"
	_, err := Parse([]byte("\x0b" + text))
	p, ok := err.(*Problem)
	if !ok || p.Offset != len(text) {
		t.Errorf("%+v, want offset %d", err, len(text))
	}
}

func TestGB18030ReplacementCharacterIsText(t *testing.T) {
	text := "MSH|^~\\&|HIS||||20260101||ADT^A01|1|P|2.5.1||||||GB18030\rPID|1||||\x84\x31\xa4\x37\r"
	if got := mustParse(t, text).Get("PID-5").Text(); got != "\uFFFD" {
		t.Errorf("read %q", got)
	}
}
