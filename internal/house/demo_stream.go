package house

import (
	"fmt"
	"strconv"
	"time"

	"github.com/medward/medward/kit/hl7v2"
	"github.com/medward/medward/kit/synth"
)

// DemoStream is what two foreign systems of the demo hospital send by themselves: the
// messages of a laboratory, and the lines of the log of a PACS about who looked at whom.
// The same moment and the same place in it give the same bytes.
type DemoStream struct {
	patients []synth.Patient // of the laboratory
	readers  []synth.Person  // of the hospital itself
	seen     []synth.Patient // whom they looked at
}

// NewDemoStream prepares a stream at a moment.
func NewDemoStream(now time.Time) *DemoStream {
	at := now.Truncate(time.Hour)
	elsewhere := synth.New(abroadSeed, synth.Options{Anchor: at, Patients: abroadPatients})
	here := synth.New(demoSeed, synth.Options{Anchor: at, Patients: inDatabases})
	s := &DemoStream{patients: elsewhere.Patients[inDocuments:], seen: here.Patients}
	for _, p := range here.People {
		if p.Role == synth.Attending || p.Role == synth.Nurse {
			s.readers = append(s.readers, p)
		}
	}
	return s
}

// Messages are the three of the nth test: the patient is there, the test is asked for, and
// its result is in.
func (s *DemoStream) Messages(n int, now time.Time) ([][]byte, error) {
	p := s.patients[n%len(s.patients)]
	number := now.Format("060102150405") + strconv.Itoa(n)
	moment := now.Format("20060102150405-0700")
	who := [][2]string{{"PID-3.1", "X" + p.RecordNumber}, {"PID-3.4.1", "LIS"}, {"PID-3.5", "MR"}, {"PID-5.1", p.Name.Full}, {"PID-7", compact(p.BirthDate)}, {"PID-8", map[synth.Sex]string{synth.Male: "M", synth.Female: "F"}[p.Sex]}}
	order := [][2]string{{"ORC-2.1", number}, {"ORC-3.2", "3001"}, {"ORC-5", "SC"}, {"ORC-9", moment}, {"OBR-2.1", number}, {"OBR-4.1", "24323-8"}, {"OBR-4.2", "生化全套"}, {"OBR-4.3", "LN"}, {"OBR-7", moment}, {"OBR-24", "LAB"}}
	potassium := fmt.Sprintf("%.1f", 3.6+float64(n%14)/10)
	result := [][2]string{{"OBX-1", "1"}, {"OBX-2", "NM"}, {"OBX-3.1", "2823-3"}, {"OBX-3.2", "血钾"}, {"OBX-3.3", "LN"}, {"OBX-5", potassium}, {"OBX-6", "mmol/L"}, {"OBX-7", "3.5-5.3"}, {"OBX-11", "F"}, {"OBX-14", moment}}
	var all [][]byte
	for _, one := range []struct {
		kind, trigger string
		segments      []string
		parts         [][][2]string
	}{
		{"ADT", "A31", []string{"EVN", "PID"}, [][][2]string{{{"EVN-2", moment}}, who}},
		{"ORM", "O01", []string{"PID", "ORC", "OBR"}, [][][2]string{who, order, {{"ORC-1", "NW"}}}},
		{"ORU", "R01", []string{"PID", "ORC", "OBR", "OBX"}, [][][2]string{who, order, {{"ORC-1", "RE"}, {"ORC-5", "CM"}}, result}},
	} {
		m, err := hl7v2.New(hl7v2.Header{
			SendingApplication: hl7v2.HD{Namespace: "LIS"}, Type: one.kind, Trigger: one.trigger, ControlID: one.kind[2:] + number, Processing: "P", Version: "2.5.1", Sent: moment,
		})
		if err != nil {
			return nil, err
		}
		for _, name := range one.segments {
			if _, err := m.Append(name); err != nil {
				return nil, err
			}
		}
		for _, some := range one.parts {
			for _, p := range some {
				if err := m.Set(p[0], p[1]); err != nil {
					return nil, err
				}
			}
		}
		all = append(all, m.Bytes())
	}
	return all, nil
}

// LogLine is the nth line of the log of the PACS, in the form of RFC 5424.
func (s *DemoStream) LogLine(n int, now time.Time) string {
	reader, p := s.readers[n%len(s.readers)], s.seen[n*7%len(s.seen)]
	action := "view"
	if n%20 == 19 {
		action = "export"
	}
	return fmt.Sprintf("<134>1 %s pacs-01 pacs 411 access - user=%s empno=%s mrn=%s action=%s ip=10.6.%d.%d result=ok id=%s-%d",
		now.UTC().Format(time.RFC3339), reader.StaffNumber, reader.StaffNumber, p.RecordNumber, action, n%8, 10+n%200, now.Format("060102150405"), n)
}

// compact is a day as HL7 v2 writes it.
func compact(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return at.Format("20060102")
}
