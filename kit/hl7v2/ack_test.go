package hl7v2

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var noon = Stamp{ControlID: "MW-1", At: time.Date(2026, 3, 14, 12, 0, 0, 0, time.FixedZone("", 8*3600))}

func TestAckAnswersTheSender(t *testing.T) {
	ack, err := Ack(mustParse(t, admission), AckAccept, noon)
	if err != nil {
		t.Fatal(err)
	}
	want := `MSH|^~\&|MEDWARD|总院|HIS^2.16.156.1.1^ISO|总院|20260314120000+0800||ACK^A01^ACK|MW-1|P|2.5.1||||||UNICODE UTF-8` +
		"\rMSA|AA|HIS-000481\r"
	if got := string(ack.Bytes()); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if problems := Check(ack); len(problems) > 0 {
		t.Errorf("the answer is not well formed: %v", problems)
	}
}

func TestAckKeepsDelimitersAndCharset(t *testing.T) {
	text := gb18030(t, "MSH$%*!@$院倈$F$$$20260101$$ADT%A01$7乛$P$2.5$$$$$$GBK\rPID$1\r")
	ack, err := Ack(mustParse(t, text), AckError, noon, Problem{
		Rule: "intake.patient", Severity: SeverityError, At: Path{Segment: "PID", Occurrence: 1, Field: 3, Repetition: 2, Component: 4, Subcomponent: 1},
		Condition: "101", ZH: "缺少签发机构@院内", EN: "the authority is missing", RemedyZH: "请补全", RemedyEN: "add it",
	})
	if err != nil {
		t.Fatal(err)
	}
	read := mustParse(t, string(ack.Bytes()))
	for path, want := range map[string]string{
		"MSH-5": "院倈", "MSH-18": "GBK", "MSA-1": "AE", "MSA-2": "7乛",
		"ERR-2.1": "PID", "ERR-2.2": "1", "ERR-2.3": "3", "ERR-2.4": "2", "ERR-2.5": "4", "ERR-2.6": "1",
		"ERR-3.1": "101", "ERR-3.3": "HL70357", "ERR-4": "E", "ERR-5.1": "intake.patient",
		"ERR-7": "the authority is missing", "ERR-8": "缺少签发机构@院内；请补全",
	} {
		if got := read.Get(path).Text(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestAckBeforeVersion25UsesERR1(t *testing.T) {
	m := mustParse(t, `MSH|^~\&|HIS||||20260101||ORU^R01|9|P|2.3||||||ASCII`+"\rOBX|1\r")
	first := *newProblem(RuleTimeMalformed, Path{Segment: "OBX", Occurrence: 1, Field: 14}, "")
	second := *newProblem(RuleSegmentName, Path{}, "")
	ack, err := Ack(m, AckReject, noon, first, second)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(ack.Bytes()), "\r"), "\r")
	if len(lines) != 3 || lines[2] != "ERR|OBX^1^14^102&hl7v2.time-malformed~^^^100&hl7v2.segment-name" {
		t.Errorf("wrote %q", lines)
	}
	if want := first.EN + "; " + first.RemedyEN; ack.Get("MSA-3").Text() != want {
		t.Errorf("MSA-3 is %q, want %q, for ASCII cannot hold Chinese", ack.Get("MSA-3").Text(), want)
	}
}

func TestAckForAMessageThatDoesNotParse(t *testing.T) {
	_, err := Parse([]byte("PID|1"))
	ack, ackErr := Ack(nil, AckReject, noon, *err.(*Problem))
	if ackErr != nil {
		t.Fatal(ackErr)
	}
	read := mustParse(t, string(ack.Bytes()))
	if read.Get("MSA-1").Text() != "AR" || read.Get("MSA-2").IsPresent() || read.Get("ERR-2.1").Text() != "MSH" || read.Header().ControlID != "MW-1" {
		t.Errorf("wrote %q", ack.Bytes())
	}
}

func TestAckReportsABoundedNumberOfErrors(t *testing.T) {
	for _, version := range []string{"2.3", "2.5"} {
		m := mustParse(t, fmt.Sprintf(`MSH|^~\&|HIS||||20260101||ADT^A01|9|P|%s`, version))
		ack, err := Ack(m, AckError, noon, make([]Problem, 3*MaxAckErrors)...)
		if err != nil {
			t.Fatal(err)
		}
		reported := 0
		for _, segment := range ack.All("ERR") {
			for range segment.Field(1).Repetitions() {
				reported++
			}
			if segment.Field(3).IsPresent() {
				reported++
			}
		}
		if reported != MaxAckErrors {
			t.Errorf("version %s: %d errors, want %d", version, reported, MaxAckErrors)
		}
	}
}

func TestAckFailsWhereTheStampCannotBeWritten(t *testing.T) {
	m := mustParse(t, `MSH|^~\&|HIS||||20260101||ADT^A01|9|P|2.5||||||ASCII`)
	if _, err := Ack(m, AckAccept, Stamp{ControlID: "编号", At: noon.At}); err == nil {
		t.Error("a Chinese control id went into an ASCII answer")
	}
}
