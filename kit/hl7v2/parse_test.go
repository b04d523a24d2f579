package hl7v2

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestParseKeepsEveryByte(t *testing.T) {
	const header = `MSH|^~\&|A|B|||20260101||ADT^A01|1|P|2.5.1`
	for name, text := range map[string]string{
		"CR":                       header + "\rPID|1\r",
		"LF":                       header + "\nPID|1\n",
		"CRLF":                     header + "\r\nPID|1\r\n",
		"mixed terminators":        header + "\r\nPID|1\nPV1|1\rOBX|1",
		"no terminator at the end": header,
		"several at the end":       header + "\rPID|1\r\r\n\n",
		"blank lines between":      header + "\r\r\nPID|1\n\nPV1|1\r",
		"blank lines before":       "\r\n\n" + header + "\r",
		"empty trailing fields":    header + "||||||\rPID|||||||\r",
		"header alone":             `MSH|^~\&`,
		"other delimiters":         "MSH$%*!@$A$B$$$20260101$$ADT%A01$1$P$2.5.1\rPID$1$$1%2@3*4\r",
		"fewer delimiters":         "MSH|^|A|B|||20260101||ADT^A01|1|P|2.5.1\r",
		"truncation character":     "MSH|^~\\&#|A|B|||20260101||ADT^A01|1|P|2.7\rPID|1||long#\r",
		"unknown escapes":          header + "\rNTE|1||\\Zq\\ \\unclosed|\\\\\r",
		"byte order mark":          "\uFEFF" + header + "\r",
		"MLLP frame":               "\x0b" + header + "\rPID|1\r\x1c\r",
		"MLLP without last CR":     "\x0b" + header + "\rPID|1\x1c\r\n",
		"lines without a name":     header + "\rnot a segment\r|x\r",
		"null":                     header + "\rPID|\"\"|\"\"^\"\"\r",
	} {
		t.Run(name, func(t *testing.T) {
			m := mustParse(t, text)
			if got := string(m.Bytes()); got != text {
				t.Errorf("wrote %q\nread  %q", got, text)
			}
		})
	}
}

func TestParseDoesNotHoldOnToItsInput(t *testing.T) {
	input := []byte(admission)
	m := mustParse(t, string(input))
	clear(input)
	if m.Get("PID-5.1").Text() != "欧阳" {
		t.Error("the message changed with the buffer it was read from")
	}
}

func TestParseReportsMarkAndFraming(t *testing.T) {
	m := mustParse(t, "\x0b\uFEFF"+admission+"\x1c\r")
	if !m.IsFramed() || !m.HasBOM() {
		t.Errorf("framed %v, mark %v", m.IsFramed(), m.HasBOM())
	}
	if m := mustParse(t, admission); m.IsFramed() || m.HasBOM() {
		t.Errorf("plain message: framed %v, mark %v", m.IsFramed(), m.HasBOM())
	}
	if got := string(Frame([]byte(admission))); !mustParse(t, got).IsFramed() {
		t.Error("a framed message does not parse as framed")
	}
}

func TestParseRefusesNamingRuleAndPlace(t *testing.T) {
	const rest = `|A|B|||20260101||ADT^A01|1|P|2.5.1`
	charset := func(name string) string { return `MSH|^~\&` + rest + "||||||" + name + "\r" }
	for _, c := range []struct {
		name, text string
		rule       Rule
		at         string
	}{
		{"empty", "", RuleMessageEmpty, ""},
		{"blank", "\r\n\r\n", RuleHeaderMissing, "MSH"},
		{"JSON", `{"resourceType":"Bundle"}`, RuleHeaderMissing, "MSH"},
		{"starts elsewhere", "PID|1\rMSH|^~\\&" + rest, RuleHeaderMissing, "MSH"},
		{"cut after MSH", "MSH", RuleDelimitersMissing, "MSH-1"},
		{"no MSH-2", "MSH||A|B", RuleDelimitersMissing, "MSH-2"},
		{"letters as delimiters", "MSHxABCDxA", RuleDelimiterUnusable, "MSH-1"},
		{"six encoding characters", `MSH|^~\&#!` + rest, RuleDelimiterUnusable, "MSH-2"},
		{"one delimiter for all", "MSH|&&&&" + rest, RuleDelimitersRepeated, "MSH-2"},
		{"backslash doubled", `MSH|^~\\&` + rest, RuleDelimitersRepeated, "MSH-2"},
		{"two messages", `MSH|^~\&` + rest + "\rPID|1\rMSH|^~\\&" + rest, RuleSecondHeader, "MSH[2]"},
		{"bare second header", `MSH|^~\&` + rest + "\rMSH\r", RuleSecondHeader, "MSH[2]"},
		{"UTF-16", "\xff\xfeM\x00S\x00H\x00", RuleEncodingUTF16, ""},
		{"Japanese set", charset("ISO IR87"), RuleCharsetUnsupported, "MSH-18"},
		{"UTF-16 declared", charset("UNICODE UTF-16"), RuleCharsetUnsupported, "MSH-18"},
		{"ASCII declared, more sent", charset("ASCII") + "PID|1||||欧阳", RuleCharsetMismatch, "MSH-18"},
		{"UTF-8 declared, GB sent", charset("UNICODE UTF-8") + "PID|1||||\xc5\xb7\xd1\xf4", RuleCharsetMismatch, "MSH-18"},
		{"GB declared, cut character", charset("GBK") + "PID|1||||\xc5\xb7\xd1", RuleCharsetMismatch, "MSH-18"},
		{"nothing declared, neither", charset("") + "PID|1||||\xff\xff", RuleCharsetUnknown, "MSH-18"},
		{"too large", `MSH|^~\&` + rest + strings.Repeat("x", MaxMessageBytes), RuleMessageTooLarge, ""},
		{"too many segments", `MSH|^~\&` + rest + strings.Repeat("\rA", MaxSegments), RuleSegmentsTooMany, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.text))
			var p *Problem
			if !errors.As(err, &p) {
				t.Fatalf("error %v, want a *Problem", err)
			}
			if p.Rule != c.rule || p.At.String() != c.at {
				t.Errorf("rule %s at %q, want %s at %q", p.Rule, p.At, c.rule, c.at)
			}
			if p.Severity != SeverityError {
				t.Error("a refusal is not of severity error")
			}
		})
	}
}

func TestEverySentenceIsWhole(t *testing.T) {
	for rule, e := range catalogue {
		if e.zh == "" || e.en == "" || e.remedyZH == "" || e.remedyEN == "" || e.condition == "" || e.severity == 0 {
			t.Errorf("%s lacks a sentence, remedy, severity or condition", rule)
		}
	}
}

func TestLimitsAdmitWhatTheyPromise(t *testing.T) {
	head := `MSH|^~\&|A|B|||20260101||ADT^A01|1|P|2.5.1`
	if _, err := Parse([]byte(head + strings.Repeat("\rA", MaxSegments-1))); err != nil {
		t.Errorf("%d segments: %v", MaxSegments, err)
	}
	filler := "\rNTE|1||" + strings.Repeat("x", MaxMessageBytes-len(head)-8)
	if _, err := Parse([]byte(head + filler)); err != nil {
		t.Errorf("%d bytes: %v", len(head)+len(filler), err)
	}
}

// Inputs made to be expensive must cost memory in proportion to their size, and end:
// anything quadratic would outlast the test binary.
func TestHostileInputStaysCheap(t *testing.T) {
	head := `MSH|^~\&|A|B|||20260101||ORU^R01|1|P|2.5.1` + "\r"
	many := 1 << 20
	for name, text := range map[string]string{
		"only field separators":     head + "OBX" + strings.Repeat("|", many),
		"only components":           head + "OBX|" + strings.Repeat("^", many),
		"only repetitions":          head + "OBX|" + strings.Repeat("~", many),
		"only subcomponents":        head + "OBX|" + strings.Repeat("&", many),
		"only escapes":              head + "OBX|" + strings.Repeat(`\`, many),
		"escapes in repetitions":    head + "OBX|" + strings.Repeat(`\~`, many/2),
		"only CR with one LF":       head + strings.Repeat("A\r", MaxSegments/2) + "\n",
		"short segments":            head + strings.Repeat("A\r", MaxSegments-1),
		"spacing by escape":         head + "NTE|1||" + strings.Repeat(`\.sp99\`, many/7),
		"GB lead bytes before null": head + "NTE|1||" + strings.Repeat("\x81\x30\x81\x30", many/4),
		"frames":                    strings.Repeat("\x0bMSH|^\x1c\r", many/8),
		"headers":                   strings.Repeat("MSH|^\r", many/6),
		"batches":                   strings.Repeat("BHS\r", many/4),
		"comments":                  strings.Repeat("/*\n", many/3),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begun := time.Now()
			raws, _ := Split([]byte(text))
			if m, err := Parse([]byte(text)); err == nil {
				Check(m)
				m.Header()
				if !bytes.Equal(m.Bytes(), []byte(text)) {
					t.Error("not written back as read")
				}
			}
			took := time.Since(begun)
			runtime.ReadMemStats(&after)
			factor := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(text))
			t.Logf("%d KB, %d messages: %.1f bytes allocated per byte, %v", len(text)>>10, len(raws), factor, took.Round(time.Millisecond))
			if factor > 64 {
				t.Errorf("allocated %.1f bytes per byte of input", factor)
			}
		})
	}
}
