package hl7v2

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func one(id int) string {
	return fmt.Sprintf("MSH|^~\\&|HIS||||20260101||ADT^A01|%d|P|2.5.1\rPID|1||%d\r", id, id)
}

func TestSplitFindsEveryMessage(t *testing.T) {
	for _, c := range []struct {
		name, file string
		ids        string
		rules      []Rule
	}{
		{"one", one(1), "1", nil},
		{"one after another", one(1) + one(2) + one(3), "1 2 3", nil},
		{"blank lines", "\n\n" + one(1) + "\r\n\r\n" + one(2) + "\n", "1 2", nil},
		{"LF", strings.ReplaceAll(one(1)+one(2), "\r", "\n"), "1 2", nil},
		{"CRLF", strings.ReplaceAll(one(1)+one(2), "\r", "\r\n"), "1 2", nil},
		{"no terminator at the end", strings.TrimSuffix(one(1), "\r"), "1", nil},
		{"byte order mark", "\uFEFF" + one(1) + one(2), "1 2", nil},
		{"marks between, files put together", "\uFEFF" + one(1) + "\uFEFF" + one(2), "1 2", nil},
		{"frames", string(Frame([]byte(one(1)))) + string(Frame([]byte(one(2)))), "1 2", nil},
		{"frames without CR", "\x0b" + one(1) + "\x1c\x0b" + one(2) + "\x1c", "1 2", nil},
		{"frame without last terminator", "\x0b" + strings.TrimSuffix(one(1), "\r") + "\x1c\r", "1", nil},
		{"frame that does not end", "\x0b" + one(1) + "\x0b" + one(2) + "\x1c\r", "1 2", []Rule{RuleFrameOpen}},
		{"batch", "FHS|^~\\&|HIS\rBHS|^~\\&|HIS\r" + one(1) + one(2) + "BTS|2\rFTS|1\r", "1 2", nil},
		{"two batches", "FHS|^~\\&\rBHS|^~\\&\r" + one(1) + "BTS|1\rBHS|^~\\&\r" + one(2) + "BTS|1\rFTS|2\r", "1 2", nil},
		{"batch cut short", "BHS|^~\\&\r" + one(1) + "BTS|2|cut\r", "1", []Rule{RuleBatchCount}},
		{"file cut short", "FHS|^~\\&\rBHS|^~\\&\r" + one(1) + "BTS|1\rFTS|3\r", "1", []Rule{RuleBatchCount}},
		{"trailer without count", "BHS|^~\\&\r" + one(1) + "BTS\r", "1", nil},
		{"comments", "/* two\r * messages\r */\r" + one(1) + "\r// the second\r" + one(2), "1 2", []Rule{RuleOutsideMessage, RuleOutsideMessage}},
		{"comment never closed", "/* careless\r" + one(1), "1", []Rule{RuleOutsideMessage}},
		{"words before", "exported by HIS\rat noon\r" + one(1), "1", []Rule{RuleOutsideMessage}},
		{"words after a frame", string(Frame([]byte(one(1)))) + "stray\r", "1", []Rule{RuleOutsideMessage}},
		{"marker before MSH", "[SOM]" + one(1), "", []Rule{RuleOutsideMessage, RuleNoMessage}},
		{"JSON", `{"a":1}`, "", []Rule{RuleOutsideMessage, RuleNoMessage}},
		{"empty", "", "", []Rule{RuleNoMessage}},
		{"UTF-16", "\xfe\xff\x00M", "", []Rule{RuleEncodingUTF16}},
	} {
		t.Run(c.name, func(t *testing.T) {
			raws, problems := Split([]byte(c.file))
			var ids []string
			for _, raw := range raws {
				m := mustParse(t, string(raw.Bytes))
				ids = append(ids, m.Header().ControlID)
				if m.Get("PID-3").Text() != m.Header().ControlID {
					t.Errorf("message %s holds the patient of another", m.Header().ControlID)
				}
				if !strings.HasPrefix(c.file[raw.Offset:], string(raw.Bytes)) {
					t.Errorf("message %s is not at offset %d", m.Header().ControlID, raw.Offset)
				}
			}
			if got := strings.Join(ids, " "); got != c.ids {
				t.Errorf("messages %q, want %q", got, c.ids)
			}
			var rules []Rule
			for _, p := range problems {
				rules = append(rules, p.Rule)
			}
			if fmt.Sprint(rules) != fmt.Sprint(c.rules) {
				t.Errorf("problems %v, want %v", rules, c.rules)
			}
		})
	}
}

func TestSplitLeavesABrokenLineInItsMessage(t *testing.T) {
	file := strings.TrimSuffix(one(1), "\r") + "\rNTE|1||first half\n\nsecond half\r" + one(2)
	raws, problems := Split([]byte(file))
	if len(raws) != 2 || len(problems) != 0 {
		t.Fatalf("%d messages, problems %v", len(raws), problems)
	}
	if at, ok := rulesOf(Check(mustParse(t, string(raws[0].Bytes))))[RuleSegmentName]; !ok {
		t.Errorf("the broken line went unnoticed: %v", at)
	}
}

func TestSplitNamesLinesAndBatches(t *testing.T) {
	file := "FHS|^~\\&|FILE\nBHS|^~\\&|BATCH\n" + strings.ReplaceAll(one(1), "\r", "\r\n") + "\nBTS|1\n" + one(2) + "FTS|1\nstray\n"
	raws, problems := Split([]byte(file))
	if len(raws) != 2 || raws[0].Line != 3 || raws[1].Line != 7 {
		t.Fatalf("%d messages at lines %v", len(raws), raws)
	}
	if b := raws[0].Batch; b == nil || string(b.FileHeader) != "FHS|^~\\&|FILE" || string(b.BatchHeader) != "BHS|^~\\&|BATCH" {
		t.Errorf("first message in batch %+v", b)
	}
	if b := raws[1].Batch; b == nil || b.BatchHeader != nil || b.FileHeader == nil {
		t.Errorf("second message in batch %+v", b)
	}
	if len(problems) != 1 || problems[0].Line != 10 || !strings.HasPrefix(file[problems[0].Offset:], "stray") {
		t.Errorf("problems %+v", problems)
	}
}

func TestSplitLimitsMessages(t *testing.T) {
	raws, problems := Split(bytes.Repeat([]byte("MSH|^\r"), MaxMessages+2))
	if len(raws) != MaxMessages || len(problems) != 1 || problems[0].Rule != RuleMessagesTooMany || problems[0].Offset != 6*MaxMessages {
		t.Errorf("%d messages, problems %v", len(raws), problems)
	}
}

func TestSplitReturnsWhatWasPutTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terminator := rapid.SampledFrom([]string{"\r", "\n", "\r\n"}).Draw(t, "terminator")
		var file strings.Builder
		var want []string
		for i, n := 0, rapid.IntRange(1, 8).Draw(t, "messages"); i < n; i++ {
			text := strings.ReplaceAll(one(i), "\r", terminator)
			want = append(want, text)
			switch rapid.IntRange(0, 4).Draw(t, "manner") {
			case 0:
				text = string(Frame([]byte(text)))
			case 1:
				text = terminator + text + terminator + terminator
			case 2:
				text = "BHS|^~\\&" + terminator + text + "BTS|1" + terminator
			case 3:
				text = "\uFEFF" + text
			}
			file.WriteString(text)
		}
		raws, problems := Split([]byte(file.String()))
		if len(problems) != 0 || len(raws) != len(want) {
			t.Fatalf("%d messages of %d, problems %v", len(raws), len(want), problems)
		}
		for i, raw := range raws {
			if string(raw.Bytes) != want[i] {
				t.Fatalf("message %d is %q, want %q", i, raw.Bytes, want[i])
			}
		}
	})
}
