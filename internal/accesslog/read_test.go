package accesslog

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/fault/faulttest"
)

var received = time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)

func presetOf(t testing.TB, id string) Mapping {
	t.Helper()
	for _, p := range Presets() {
		if p.ID == id {
			return p.Mapping
		}
	}
	t.Fatalf("no preset %s", id)
	return Mapping{}
}

func readerOf(t testing.TB, m Mapping) *reader {
	t.Helper()
	if err := m.check(); err != nil {
		t.Fatal(err)
	}
	r, err := newReader(m, received)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func ruleBroken(err error) string {
	if b := (*broken)(nil); errors.As(err, &b) {
		return b.rule.Code + " " + b.field
	}
	return ""
}

func TestEveryPresetReadsALineOfItsSystem(t *testing.T) {
	at := time.Date(2026, 3, 2, 1, 2, 3, 0, time.UTC)
	for preset, c := range map[string]struct {
		header, line string
		want         Event
	}{
		"his-csv": {
			"流水号,操作时间,账号,工号,病历号,文书号,操作,终端,IP,结果",
			`77,2026-03-02 09:02:03,"li,hua",N-7,MR-1,,打印,W3-01,10.1.2.3,成功`,
			Event{At: at, Account: "li,hua", Staff: "N-7", Patient: "MR-1", Action: Print, Terminal: "W3-01", IP: "10.1.2.3", ID: "77"},
		},
		"emr-json": {
			"",
			`{"id":"e-1","time":"2026-03-02T09:02:03+08:00","user":{"account":"lihua","number":"N-7"},"patient":{"mrn":"MR-1"},"document":{"id":12},"action":"view","client":{"host":"pc","ip":"10.1.2.3"},"outcome":"denied"}`,
			Event{At: at, Account: "lihua", Staff: "N-7", Patient: "MR-1", Document: "12", Action: View, Terminal: "pc", IP: "10.1.2.3", ID: "e-1", Failed: true},
		},
		"lis-syslog": {
			"",
			`<134>1 2026-03-02T01:02:03Z lis-app lis 812 ACC [x@1 a="b]c"] user=lihua empno=N-7 mrn=MR-1 doc="R 9" action=export ip=10.1.2.3 result=ok id=5`,
			Event{At: at, Account: "lihua", Staff: "N-7", Patient: "MR-1", Document: "R 9", Action: Export, Terminal: "lis-app", IP: "10.1.2.3", ID: "5"},
		},
		"pacs-atna": {
			"",
			`<85>1 2026-03-02T01:02:09Z pacs PACS 1 IHE+DICOM - ` + "\ufeff" + `<?xml version="1.0" encoding="UTF-8"?><AuditMessage><EventIdentification EventActionCode="R" EventDateTime="2026-03-02T09:02:03+08:00" EventOutcomeIndicator="0"><EventID csd-code="110103" codeSystemName="DCM" originalText="DICOM Instances Accessed"/></EventIdentification><ActiveParticipant UserID="scp" UserIsRequestor="false"/><ActiveParticipant UserID="lihua" AlternativeUserID="N-7" UserIsRequestor="true" NetworkAccessPointID="10.1.2.3"/><AuditSourceIdentification AuditSourceID="PACS1"/><ParticipantObjectIdentification ParticipantObjectID="1.2.840.1" ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="3"/><ParticipantObjectIdentification ParticipantObjectID="MR-1^^^&amp;1.2&amp;ISO" ParticipantObjectTypeCode="1" ParticipantObjectTypeCodeRole="1"/></AuditMessage>`,
			Event{At: at, Account: "lihua", Staff: "N-7", Patient: "MR-1", Document: "1.2.840.1", Action: View, Terminal: "pacs", IP: "10.1.2.3"},
		},
	} {
		r := readerOf(t, presetOf(t, preset))
		if c.header != "" && !r.takesHeader([]byte(c.header)) {
			t.Errorf("%s: the header was not taken", preset)
		}
		got, err := r.read([]byte(c.line))
		got.Relayed = time.Time{}
		if err != nil || got != c.want {
			t.Errorf("%s: %+v: %v", preset, got, err)
		}
	}
}

func TestALineInGB18030ReadsAsInUTF8(t *testing.T) {
	r := readerOf(t, presetOf(t, "his-csv"))
	gb := simplifiedchinese.GB18030.NewEncoder()
	header, _ := gb.Bytes([]byte("操作时间,账号,病历号,操作"))
	line, _ := gb.Bytes([]byte("2026-03-02 09:02:03,王伟,MR-1,查看"))
	if !r.takesHeader(header) {
		t.Fatal("the header was not taken")
	}
	e, err := r.read(line)
	if err != nil || e.Account != "王伟" || e.Action != View {
		t.Errorf("%+v: %v", e, err)
	}
}

func TestALineThatCannotBeTakenNamesItsRule(t *testing.T) {
	header := "操作时间,账号,病历号,操作"
	for line, want := range map[string]string{
		"2026-03-02 09:02:03,lihua,MR-1,起飞":               "log.action action",
		"02.03.2026,lihua,MR-1,查看":                        "log.time time",
		"1066-03-02 09:02:03,lihua,MR-1,查看":               "log.time time",
		"2026-03-02 09:02:03,,MR-1,查看":                    "log.nobody account",
		`2026-03-02 09:02:03,"lihua,MR-1,查看`:              "log.shape ",
		"2026-03-02 09:02:03,\xff\xff,MR-1,查看":            "log.encoding ",
		"2026-03-02 09:02:03,li\x01hua,MR-1,查看":           "log.value account",
		strings.Repeat("x,", maxColumns+1):                "log.fields ",
		strings.Repeat("x", maxLine+1):                    "log.too-long ",
		"2026-03-02 09:02:03," + strings.Repeat("x", 500): "log.value account",
	} {
		r := readerOf(t, presetOf(t, "his-csv"))
		r.takesHeader([]byte(header))
		if _, err := r.read([]byte(line)); ruleBroken(err) != want {
			t.Errorf("%.40q: %v, not %s", line, err, want)
		}
	}
}

func TestXMLWithADeclarationOrTooDeepIsRefused(t *testing.T) {
	r := readerOf(t, presetOf(t, "pacs-atna"))
	head := `<85>1 2026-03-02T01:02:09Z pacs PACS 1 IHE+DICOM - `
	for body, want := range map[string]string{
		`<!DOCTYPE a [<!ENTITY x "xxxx">]><AuditMessage>&x;</AuditMessage>`: "log.xml xml",
		strings.Repeat("<a>", 20) + strings.Repeat("</a>", 20):              "log.xml xml",
		`<AuditMessage>&y;</AuditMessage>`:                                  "log.shape xml",
		`<AuditMessage/>`:                                                   "log.shape xml",
		"not xml":                                                           "log.shape xml",
	} {
		if _, err := r.read([]byte(head + body)); ruleBroken(err) != want {
			t.Errorf("%.40q: %v, not %s", body, err, want)
		}
	}
}

func TestAnOldSyslogTimeIsOfThisYearOrTheLast(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	for line, want := range map[string]time.Time{
		"<134>Mar  2 09:02:03 lis acc[8]: user=a": time.Date(2026, 3, 2, 1, 2, 3, 0, time.UTC),
		"Dec 31 23:00:00 lis acc: user=a":         time.Date(2025, 12, 31, 15, 0, 0, 0, time.UTC),
	} {
		m, err := readSyslog(line, received, zone)
		if err != nil || !m.at.Equal(want) || m.body != "user=a" {
			t.Errorf("%s: %+v %v", line, m, err)
		}
	}
}

func TestAMappingThatCannotWorkNamesTheField(t *testing.T) {
	for field, spoil := range map[string]func(m *Mapping){
		"format":         func(m *Mapping) { m.Format = "pdf" },
		"encoding":       func(m *Mapping) { m.Encoding = "latin1" },
		"delimiter":      func(m *Mapping) { m.Delimiter = "x" },
		"columns":        func(m *Mapping) { m.Header = false },
		"fields.time":    func(m *Mapping) { m.Fields["time"] = "" },
		"fields.account": func(m *Mapping) { m.Fields["account"], m.Fields["staff"] = "", "" },
		"fields.wish":    func(m *Mapping) { m.Fields["wish"] = "x" },
		"actions":        func(m *Mapping) { m.Actions = map[string]string{"查看": "fly"} },
		"time":           func(m *Mapping) { m.Time = "tomorrow" },
		"zone":           func(m *Mapping) { m.Zone = "Shanghai" },
		"purposes":       func(m *Mapping) { m.Purposes = []string{"curiosity"} },
	} {
		m := presetOf(t, "his-csv")
		spoil(&m)
		if err := m.check(); !strings.Contains(faulttest.Fields(err), "mapping."+field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestACellComesBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.StringMatching(`[a-z",; 中]{0,8}`), 1, 8).Draw(t, "cells")
		var line []string
		for _, c := range cells {
			line = append(line, `"`+strings.ReplaceAll(c, `"`, `""`)+`"`)
		}
		got, err := splitCells(strings.Join(line, ","), ',', nil)
		if err != nil || strings.Join(got, "\x00") != strings.Join(cells, "\x00") {
			t.Fatalf("%q: %q %v", cells, got, err)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, line := range []string{
		`77,2026-03-02 09:02:03,"a",N-7`, `{"id":"e-1","user":{"account":[1,2]}}`, `<134>1 - - - - - [a b="c"] k="v" x=y`, `<1>1 2026-03-02T01:02:09Z p P 1 - - <a><b c="d"/></a>`, "Mar  2 09:02:03 lis acc[8]: user=a",
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		for _, p := range Presets() {
			r := readerOf(t, p.Mapping)
			if p.Mapping.Header {
				r.setColumns([]string{"流水号", "操作时间", "账号", "工号", "病历号", "文书号", "操作"})
			}
			e, err := r.read(line)
			if err != nil && ruleBroken(err) == "" {
				t.Fatalf("%s: an error without a rule: %v", p.ID, err)
			}
			if err == nil && (e.At.IsZero() || e.Account+e.Staff == "" || e.Action == "") {
				t.Fatalf("%s: taken without time, person or action: %+v", p.ID, e)
			}
		}
	})
}
