package feed

import (
	"cmp"
	"time"

	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/kit/hl7v2"
)

// part is one element of a message.
type part struct{ path, text string }

// message writes a row as the HL7 v2 message that its system would have sent.
func (c Change) message(s source.Source, shape string, sent time.Time) ([]byte, error) {
	trigger, segments := "A31", []string{"PID"}
	parts := c.patientParts(s)
	if shape == Visits {
		trigger, segments = c.trigger(), []string{"PID", "PV1"}
		parts = c.visitParts(s)
	}
	header := hl7v2.Header{
		SendingApplication: hl7v2.HD{Namespace: s.Code}, Type: "ADT", Trigger: trigger, ControlID: c.Digest[:20],
		Processing: "P", Version: cmp.Or(s.HL7Version(), "2.5.1"), Sent: sent.Format("20060102150405-0700"),
	}
	if len(s.Senders) > 0 {
		header.SendingApplication.Namespace, header.SendingFacility.Namespace = s.Senders[0].Application, s.Senders[0].Facility
	}
	m, err := hl7v2.New(header)
	if err != nil {
		return nil, err
	}
	for _, name := range append([]string{"EVN"}, segments...) {
		if _, err := m.Append(name); err != nil {
			return nil, err
		}
	}
	parts = append(parts, part{"EVN-2", header.Sent})
	for _, p := range parts {
		if p.text == "" {
			continue
		}
		if err := m.Set(p.path, p.text); err != nil {
			return nil, err
		}
	}
	return m.Bytes(), nil
}

// numbered names a patient by the number that the source gives him.
func numbered(s source.Source, number string) []part {
	return []part{{"PID-3.1", number}, {"PID-3.4.1", s.Code}, {"PID-3.5", "MR"}}
}

var sexes = map[string]string{"male": "M", "female": "F", "other": "O", "unknown": "U"}

func (c Change) patientParts(s source.Source) []part {
	v := c.Values
	day := v["birthDate"]
	if len(day) == len(time.DateOnly) {
		day = day[:4] + day[5:7] + day[8:]
	}
	parts := append(numbered(s, v["number"]), part{"PID-5.1", v["name"]}, part{"PID-7", day}, part{"PID-8", sexes[v["sex"]]},
		part{"PID-11.1", v["address"]}, part{"PID-13.1", v["phone"]})
	if v["idNumber"] != "" {
		parts = append(parts, part{"PID-3(2).1", v["idNumber"]}, part{"PID-3(2).4.1", s.Code}, part{"PID-3(2).5", "NI"})
	}
	return parts
}

var classes = map[string]string{"inpatient": "I", "outpatient": "O", "emergency": "E"}

func (c Change) visitParts(s source.Source) []part {
	v := c.Values
	return append(numbered(s, v["patient"]), part{"PID-5.1", v["name"]}, part{"PV1-2", classes[v["kind"]]},
		part{"PV1-3.1", v["ward"]}, part{"PV1-3.3", v["bed"]}, part{"PV1-7.1", v["attending"]}, part{"PV1-10", v["department"]},
		part{"PV1-19.1", v["visit"]}, part{"PV1-19.4.1", s.Code}, part{"PV1-44", v["admitted"]}, part{"PV1-45", v["discharged"]})
}

// trigger is the event that a row of a visit tells of: its end, the taking back of its
// end, or where it stands.
func (c Change) trigger() string {
	_, ended := c.before.Marks["discharged"]
	switch {
	case c.Values["discharged"] != "":
		return "A03"
	case ended:
		return "A13"
	}
	return "A01"
}
