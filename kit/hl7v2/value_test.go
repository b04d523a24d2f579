package hl7v2

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGetReadsEveryLevel(t *testing.T) {
	m := mustParse(t, admission+"OBX|1|ST|A||first\rOBX|2|ST|B||second\rOBX|3|ST|C||third~more^part&sub\r")
	for path, want := range map[string]string{
		"MSH-1":           "|",
		"MSH-2":           `^~\&`,
		"MSH-3":           "HIS^2.16.156.1.1^ISO",
		"MSH-3.2":         "2.16.156.1.1",
		"MSH-9.3":         "ADT_A01",
		"PID-3":           "0001837^^^HIS&2.16.156.1.1&ISO^MR~110105198806120017^^^公安部^NI",
		"PID-3.1":         "0001837",
		"PID-3(1).4.2":    "2.16.156.1.1",
		"PID-3(2)":        "110105198806120017^^^公安部^NI",
		"PID-3(2).1":      "110105198806120017",
		"PID-3(2).4.1":    "公安部",
		"PID-3(3).1":      "",
		"PID-5.1":         "欧阳",
		"PID-5.1.1":       "欧阳",
		"PID-5.1.2":       "",
		"PID-8":           "M",
		"PID-99":          "",
		"ZZZ-1":           "",
		"OBX-5":           "first",
		"OBX[2]-5":        "second",
		"OBX[3]-5":        "third~more^part&sub",
		"OBX[3]-5(2).2.2": "sub",
		"OBX[4]-5":        "",
		"PV2-3":           "反复咳嗽\n伴发热3天",
	} {
		if got := m.Get(path).Text(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if got := len(m.All("OBX")); got != 3 {
		t.Errorf("%d OBX, want 3", got)
	}
	if got := m.Segment("OBX", 2).Get("5").Text(); got != "second" {
		t.Errorf("OBX[2] by reference is %q", got)
	}
}

func TestNullIsNotAbsent(t *testing.T) {
	m := mustParse(t, "MSH|^~\\&|A||||1||ADT^A01|1|P|2.5\rPID|1|\"\"||^^&|x^\"\"^|\\X2222\\\r")
	for path, want := range map[string]Presence{
		"PID-1": Present, "PID-2": Null, "PID-2.1": Null, "PID-3": Absent, "PID-4": Absent,
		"PID-4.3": Absent, "PID-5": Present, "PID-5.2": Null, "PID-5.3": Absent, "PID-6": Present,
		"PID-7": Absent, "PV1-1": Absent, "MSH-2": Present,
	} {
		if got := m.Get(path).Presence(); got != want {
			t.Errorf("%s has presence %d, want %d", path, got, want)
		}
	}
	if got := m.Get("PID-2").Text(); got != "" {
		t.Errorf("null reads as %q", got)
	}
	if got := m.Get("PID-6").Text(); got != `""` {
		t.Errorf("two escaped quotes read as %q", got)
	}
	if (Value{}).IsPresent() || (Value{}).Subcomponent(2).Text() != "" {
		t.Error("the zero value is not absent")
	}
}

func TestEscapesAreResolved(t *testing.T) {
	m := mustParse(t, "MSH|^~\\&#|A||||1||ADT^A01|1|P|2.7||||||UTF-8\rNTE|1\r")
	for sent, want := range map[string]string{
		`\F\\S\\T\\R\\E\\P\`:     `|^&~\#`,
		`5 \H\high\N\ mg`:        "5 high mg",
		`one\.br\two`:            "one\ntwo",
		`one\.sp\two\.sp3\three`: "one\ntwo\n\n\nthree",
		`a\.sk4\b`:               "a    b",
		`\.in+4\text\.ce\`:       "text",
		`\X41\\X0D0A\`:           "A\r\n",
		`\XE58CBB\`:              "医",
		`\xE5\`:                  `\xE5\`,
		`\XE5\`:                  `\XE5\`,
		`\X4\`:                   `\X4\`,
		`\C2842\plain`:           "plain",
		`\C2D41\kept`:            `\C2D41\kept`,
		`\M2442\kept`:            `\M2442\kept`,
		`\Zlocal\kept`:           `\Zlocal\kept`,
		`\.sp100000000\kept`:     `\.sp100000000\kept`,
		`\.zz9\kept`:             `\.zz9\kept`,
		`open \ end`:             `open \ end`,
		`\\F\`:                   `\\F\`,
		`cut short#`:             "cut short#",
	} {
		line := mustParse(t, strings.Replace(string(m.Bytes()), "NTE|1", "NTE|1||"+sent, 1))
		v := line.Get("NTE-3")
		if got := v.Text(); got != want {
			t.Errorf("%s reads as %q, want %q", sent, got, want)
		}
		if got := v.Raw(); got != sent {
			t.Errorf("%s is kept as %q", sent, got)
		}
		if v.IsTruncated() != strings.HasSuffix(sent, "#") {
			t.Errorf("%s: truncated is %v", sent, v.IsTruncated())
		}
	}
}

func TestHexEscapesAreInTheMessagesCharset(t *testing.T) {
	m := mustParse(t, gb18030(t, "MSH|^~\\&|院||||1||ADT^A01|1|P|2.5||||||GBK\rNTE|1||\\XD2BD\\院\r"))
	if got := m.Get("NTE-3").Text(); got != "医院" {
		t.Errorf("read %q", got)
	}
}

func TestPathsAreWrittenAsRead(t *testing.T) {
	for _, text := range []string{"PID", "PID-5", "PID-5.1", "PID-3(2).4.1", "OBX[3]-5", "OBX[12]-5(2)", "Z01-1.2.3"} {
		p, err := ParsePath(text)
		if err != nil || p.String() != text {
			t.Errorf("%s became %s, %v", text, p, err)
		}
	}
	for _, text := range []string{
		"", "pid-5", "PID5", "PIDX-5", "PID-", "PID-0", "PID-+5", "PID--5", "PID-5.", "PID-5.1.1.1",
		"PID-5(0)", "PID-5(1", "PID-5)1(", "OBX[0]-5", "OBX[x]-5", "PID-10000", "PID-5.1(2)", "PID-99999999999999999999",
	} {
		if p, err := ParsePath(text); err == nil {
			t.Errorf("%q was read as %s", text, p)
		}
	}
}

func TestFieldsAgreeWithField(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune(`|^~\&aB1医"`)), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		m, err := Parse([]byte("MSH|^~\\&|" + text.Draw(t, "header") + "\rOBX|" + text.Draw(t, "line")))
		if err != nil {
			t.Skip("not a message")
		}
		for _, s := range m.Segments() {
			joined := s.Name()
			for n, field := range s.Fields() {
				if got := s.Field(n).Raw(); got != field.Raw() {
					t.Fatalf("field %d is %q alone and %q in turn", n, got, field.Raw())
				}
				if s.Name() != "MSH" || n > 1 {
					joined += "|" + rejoin(field)
				}
			}
			if s.Name() == "MSH" {
				joined = "MSH" + joined[3:]
			}
			if want := string(s.Bytes()); joined != want {
				t.Fatalf("parts give %q, segment is %q", joined, want)
			}
		}
	})
}

// rejoin writes a field again from its smallest parts.
func rejoin(field Value) string {
	if field.level == levelLiteral {
		return field.Raw()
	}
	var repetitions []string
	for _, repetition := range field.Repetitions() {
		var components []string
		for _, component := range repetition.Components() {
			var leaves []string
			for _, leaf := range component.Subcomponents() {
				leaves = append(leaves, leaf.Raw())
			}
			components = append(components, strings.Join(leaves, "&"))
		}
		repetitions = append(repetitions, strings.Join(components, "^"))
	}
	return strings.Join(repetitions, "~")
}
