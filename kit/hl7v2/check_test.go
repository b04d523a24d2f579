package hl7v2

import (
	"strings"
	"testing"
)

func TestCheckFindsNothingInGoodMessages(t *testing.T) {
	for _, text := range []string{admission, laboratory} {
		for _, p := range Check(mustParse(t, text)) {
			t.Errorf("%s", p.Error())
		}
	}
}

func TestCheckNamesRuleAndPlace(t *testing.T) {
	const header = `MSH|^~\&|HIS||||20260101||ADT^A01|1|P|2.5.1`
	gb := gb18030(t, header+"\rPID|1||||张三")
	for _, c := range []struct {
		name, text string
		rule       Rule
		at         string
	}{
		{"no type", strings.Replace(header, "ADT", "", 1), RuleTypeMissing, "MSH-9.1"},
		{"no trigger", strings.Replace(header, "^A01", "", 1), RuleTriggerMissing, "MSH-9.2"},
		{"no control id", strings.Replace(header, "|1|", "||", 1), RuleControlIDMissing, "MSH-10"},
		{"no processing id", strings.Replace(header, "|P|", "||", 1), RuleProcessingMissing, "MSH-11"},
		{"no version", strings.Replace(header, "2.5.1", "", 1), RuleVersionMissing, "MSH-12"},
		{"version", strings.Replace(header, "2.5.1", "3.0", 1), RuleVersionUnknown, "MSH-12"},
		{"time sent", strings.Replace(header, "20260101", "yesterday", 1), RuleTimeMalformed, "MSH-7"},
		{"birth", header + "\rPID|1||||||Aug 15, 1942", RuleTimeMalformed, "PID-7"},
		{"observed", header + "\rOBX|1\rOBX|2|||||||||||||20261301", RuleTimeMalformed, "OBX[2]-14"},
		{"value", header + "\rOBX|1|DT|||20260231", RuleTimeMalformed, "OBX-5"},
		{"broken line", header + "\rNTE|1||first\nsecond line\r", RuleSegmentName, ""},
		{"control character", header + "\rNTE|1||a\x01b", RuleControlCharacter, "NTE"},
		{"unknown escape", header + "\rNTE|1||C:\\data\\x\rNTE|2", RuleEscapeUnknown, "NTE-3"},
		{"open escape", header + "\rNTE|1||50\\% of", RuleEscapeUnterminated, "NTE-3"},
		{"escape across components", header + "\rNTE|1||a\\F^b\\", RuleEscapeUnterminated, "NTE-3"},
		{"few delimiters", `MSH|^~|HIS||||20260101||ADT^A01|1|P|2.5.1`, RuleDelimitersUnusual, "MSH-2"},
		{"guessed", gb, RuleCharsetGuessed, "MSH-18"},
		{"doubtful", header + "||||||8859/1\rPID|1||||张三", RuleCharsetDoubtful, "MSH-18"},
		{"alternates", header + "||||||UTF-8~GBK", RuleCharsetAlternates, "MSH-18"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := rulesOf(Check(mustParse(t, c.text)))
			at, ok := found[c.rule]
			if !ok {
				t.Fatalf("found %v, not %s", found, c.rule)
			}
			if at.String() != c.at {
				t.Errorf("at %s, want %s", at, c.at)
			}
		})
	}
}

func TestProblemsPointAtTheirLine(t *testing.T) {
	head := "\uFEFF" + `MSH|^~\&|HIS||||20260101||ADT^A01|1|P|2.5.1` + "\r\n\r\nPID|1\n"
	problems := Check(mustParse(t, head+"lost half of a line\n"))
	if len(problems) != 1 || problems[0].Line != 3 || problems[0].Offset != len(head) {
		t.Errorf("%+v, want one at line 3, offset %d", problems, len(head))
	}
}

func TestProblemsNeverRepeatContent(t *testing.T) {
	text := strings.NewReplacer("ADT^A01", "SECRET7", "2.5.1", "SECRET7").Replace(`MSH|^~\&|HIS||||SECRET7||ADT^A01||P|2.5.1`) +
		"\rPID|||||||SECRET7\rSECRET7\rNTE|1||\\SECRET7\\|\\SECRET7\x01\r"
	problems := Check(mustParse(t, text))
	if len(problems) < 6 {
		t.Errorf("only %d problems", len(problems))
	}
	_, err := Parse([]byte(`MSH|^~\&|HIS||||1||ADT^A01|1|P|2.5||||||` + "张三 SECRET7\r"))
	problems = append(problems, *err.(*Problem))
	for _, p := range problems {
		if strings.Contains(p.Error()+p.ZH+p.RemedyZH, "SECRET7") {
			t.Errorf("repeats what was sent: %s", p.Error())
		}
	}
}

func TestProblemsAreBounded(t *testing.T) {
	text := `MSH|^~\&|HIS||||20260101||ADT^A01|1|P|2.5.1` + strings.Repeat("\rx", 5*MaxProblems)
	problems := Check(mustParse(t, text))
	if len(problems) != MaxProblems || problems[MaxProblems-1].Rule != RuleProblemsTooMany {
		t.Errorf("%d problems, the last %s", len(problems), problems[len(problems)-1].Rule)
	}
}
