package hl7v2

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSetChangesOnlyItsPlace(t *testing.T) {
	const header = "MSH|^~\\&|A|||||||1|P|2.5\n"
	for _, c := range []struct{ line, path, text, want string }{
		{"PID|1", "PID-5.1", "欧", "PID|1||||欧"},
		{"PID|1||||a^b~c|x|", "PID-5.2", "B", "PID|1||||a^B~c|x|"},
		{"PID|1||||a^b~c|x|", "PID-5(2).3.2", "z", "PID|1||||a^b~c^^&z|x|"},
		{"PID|1||||a^b~c|x|", "PID-5", "", "PID|1|||||x|"},
		{"PID|1||||a^b~c|x|", "PID-5(3)", "d", "PID|1||||a^b~c~d|x|"},
		{"PID|1||a&b^c", "PID-3.1", "q", "PID|1||q^c"},
		{"PID|1||a&b^c", "PID-3.1.2", "q", "PID|1||a&q^c"},
		{"PID|1", "PID-2", `a|b^c\d`, `PID|1|a\F\b\S\c\E\d`},
		{"PID|1", "PID-2", "one\r\ntwo\nthree\x0b", `PID|1|one\.br\two\.br\three\X0B\`},
		{"PID|1", "PID-2", `""`, `PID|1|\X2222\`},
	} {
		m := mustParse(t, header+c.line+"\nPV1|1\r\n")
		if err := m.Set(c.path, c.text); err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		if got, want := string(m.Bytes()), header+c.want+"\nPV1|1\r\n"; got != want {
			t.Errorf("%s on %q:\n got %q\nwant %q", c.path, c.line, got, want)
		}
	}
}

func TestSetReadsBackAndLeavesTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		charset := rapid.SampledFrom([]Charset{UTF8, GB18030}).Draw(t, "charset")
		m, err := New(Header{Type: "ADT", Trigger: "A01", ControlID: "1", Version: "2.5.1", Charset: charset})
		if err != nil {
			t.Fatal(err)
		}
		pid, err := m.Append("PID")
		if err != nil {
			t.Fatal(err)
		}
		text := rapid.StringOfN(rapid.RuneFrom([]rune("|^~\\&\"\n\t\x1c\x0b医倈乛亊乗aé")), 0, 12, -1)
		kept, written := text.Draw(t, "kept"), text.Draw(t, "written")
		place := Path{
			Segment: "PID", Field: rapid.IntRange(1, 9).Draw(t, "field"), Repetition: rapid.IntRange(1, 3).Draw(t, "repetition"),
			Component: rapid.IntRange(1, 4).Draw(t, "component"), Subcomponent: rapid.IntRange(1, 3).Draw(t, "subcomponent"),
		}
		beside := place
		beside.Subcomponent++
		for _, set := range []struct {
			at   Path
			text string
		}{{beside, kept}, {place, text.Draw(t, "earlier")}, {place, written}} {
			if err := m.Set(set.at.String(), set.text); err != nil {
				t.Fatal(err)
			}
		}
		read, err := Parse(m.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if got := read.At(place).Text(); got != written {
			t.Fatalf("%s reads %q, wrote %q", place, got, written)
		}
		if got := read.At(beside).Text(); got != kept {
			t.Fatalf("%s reads %q, wrote %q", beside, got, kept)
		}
		if len(read.Segments()) != 2 || pid.Name() != "PID" {
			t.Fatal("a value became a segment")
		}
	})
}

func TestSetNullReadsAsNull(t *testing.T) {
	m := mustParse(t, admission)
	if err := m.SetNull("PID-5"); err != nil {
		t.Fatal(err)
	}
	if err := m.Segment("PID", 1).SetNull("11.3"); err != nil {
		t.Fatal(err)
	}
	if !m.Get("PID-5").IsNull() || !m.Get("PID-11.3").IsNull() || m.Get("PID-11.4").Text() != "河北" {
		t.Errorf("wrote %q", m.Segment("PID", 1).Bytes())
	}
}

func TestSetRefuses(t *testing.T) {
	m := mustParse(t, "MSH|^|A||||||ADT^A01|1|P|2.5||||||ASCII\rPID|1\rbroken\r")
	before := string(m.Bytes())
	for _, c := range []struct{ path, text, says string }{
		{"MSH-1", "#", "fixed"},
		{"MSH-2", "#", "fixed"},
		{"MSH-18", "GBK", "fixed"},
		{"PV1-1", "x", "append it first"},
		{"PID", "x", "name a field"},
		{"PID-2.1.2", "x", "declares no separator"},
		{"PID-2", "a|b", "no escape character"},
		{"PID-2", "\xff", "not valid UTF-8"},
		{"PID-2", "医", "character set lacks"},
		{"pid-2", "x", "write it as"},
	} {
		if err := m.Set(c.path, c.text); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want a mention of %q", c.path, err, c.says)
		}
	}
	if got := string(m.Bytes()); got != before {
		t.Errorf("a refused value changed the message: %q", got)
	}
	var p *Problem
	if err := m.Set("PID-2", "医"); !errors.As(err, &p) || p.Rule != RuleNotRepresentable || p.At.String() != "PID-2" {
		t.Errorf("%v is not a problem at PID-2", err)
	}
}

func TestGB18030RefusesWhatItWouldReadBackAsAnother(t *testing.T) {
	m, err := New(Header{Type: "ADT", Charset: GB18030})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Set("MSH-10", "\uE5E5"); err == nil {
		t.Errorf("wrote a character that reads back as %q", m.Get("MSH-10").Text())
	}
}

func TestAppendFollowsTheMessagesTerminators(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"MSH|^~\\&|A", "MSH|^~\\&|A\rNTE\r"},
		{"MSH|^~\\&|A\nPID|1", "MSH|^~\\&|A\nPID|1\nNTE\n"},
		{"MSH|^~\\&|A\r\n\r\nPID|1\r\n", "MSH|^~\\&|A\r\n\r\nPID|1\r\nNTE\r\n"},
		{"\x0bMSH|^~\\&|A\r\x1c\r", "\x0bMSH|^~\\&|A\rNTE\r\x1c\r"},
	} {
		m := mustParse(t, c.text)
		if _, err := m.Append("NTE"); err != nil {
			t.Fatal(err)
		}
		if got := string(m.Bytes()); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	m := mustParse(t, admission)
	for _, name := range []string{"", "PI", "pid", "PIDX", "MSH", "1AB"} {
		if _, err := m.Append(name); err == nil {
			t.Errorf("appended a segment named %q", name)
		}
	}
}
