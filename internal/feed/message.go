package feed

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/kit/hl7v2"
)

// part is one element of a message.
type part struct{ path, text string }

// message writes a row as the HL7 v2 message that its system would have sent.
func (c Change) message(s source.Source, shape string, sent time.Time) ([]byte, error) {
	kind, trigger, segments, parts := "ADT", "A31", []string{"EVN", "PID"}, c.patientParts(s)
	switch shape {
	case Visits:
		trigger, segments, parts = c.trigger(), []string{"EVN", "PID", "PV1"}, c.visitParts(s)
	case Requests:
		kind, trigger, segments, parts = "ORM", "O01", []string{"PID", "ORC", "OBR"}, c.requestParts(s)
	case Orders:
		kind, trigger, segments, parts = c.orderMessage(s)
	case Operations:
		kind, trigger, segments, parts = "SIU", appointed[c.Values["state"]], []string{"SCH", "PID", "AIS", "AIL"}, c.operationParts(s)
		segments = append(segments, slices.Repeat([]string{"AIP"}, len(c.operators()))...)
	}
	header := hl7v2.Header{
		SendingApplication: hl7v2.HD{Namespace: s.Code}, Type: kind, Trigger: trigger, ControlID: c.Digest[:20],
		Processing: "P", Version: cmp.Or(s.HL7Version(), "2.5.1"), Sent: sent.Format("20060102150405-0700"),
	}
	if len(s.Senders) > 0 {
		header.SendingApplication.Namespace, header.SendingFacility.Namespace = s.Senders[0].Application, s.Senders[0].Facility
	}
	m, err := hl7v2.New(header)
	if err != nil {
		return nil, err
	}
	for _, name := range segments {
		if _, err := m.Append(name); err != nil {
			return nil, err
		}
	}
	if kind == "ADT" {
		parts = append(parts, part{"EVN-2", header.Sent})
	}
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

// Requests as HL7 v2 says them: what is asked for (table 0074 and, where it has no word,
// SNOMED CT), the control of an order (0119) and its status (0038).
var (
	sections = map[string]string{"laboratory": "LAB", "imaging": "RAD", "pathology": "SP", "examination": "OTH", "consultation": "11429006"}
	controls = map[string]string{"open": "NW", "done": "SC", "called-off": "CA"}
	statuses = map[string]string{"open": "SC", "done": "CM", "called-off": "CA"}
)

func (c Change) requestParts(s source.Source) []part {
	v := c.Values
	return append(numbered(s, v["patient"]), part{"PID-5.1", v["name"]}, part{"ORC-1", controls[v["state"]]}, part{"ORC-2.1", v["number"]}, part{"ORC-3.2", v["department"]},
		part{"ORC-5", statuses[v["state"]]}, part{"ORC-9", v["asked"]}, part{"ORC-12.1", v["asker"]}, part{"OBR-2.1", v["number"]}, part{"OBR-4.2", v["item"]},
		part{"OBR-24", sections[v["kind"]]}, part{"OBR-34.1", v["performer"]}, part{"OBR-36", v["planned"]})
}

// appointed are the events of an operation; one that is done is a change of its status.
var appointed = map[string]string{"open": "S14", "done": "S14", "called-off": "S15"}

// functions are the SNOMED CT functions of those who stand at an operation.
var functions = map[string]string{"surgeon": "304292004", "assistant": "", "anaesthetist": "88189002", "scrubNurse": "415506007", "circulatingNurse": "413854007"}

const surgicalProcedure = "387713003" // SNOMED CT

func (c Change) operationParts(s source.Source) []part {
	v := c.Values
	parts := append(numbered(s, v["patient"]), part{"PID-5.1", v["name"]}, part{"SCH-1.1", v["number"]}, part{"SCH-8.1", surgicalProcedure}, part{"SCH-11.4", v["planned"]},
		part{"AIS-3.2", v["item"]}, part{"AIL-3.1", v["department"]})
	if v["state"] == "done" {
		parts = append(parts, part{"SCH-25.1", "Complete"})
	}
	for i, field := range c.operators() {
		at := "AIP[" + strconv.Itoa(i+1) + "]"
		parts = append(parts, part{at + "-3.1", v[field]}, part{at + "-4.1", functions[field]})
	}
	return parts
}

// operators are the fields in which a row names somebody who stands at an operation.
func (c Change) operators() []string {
	return slices.DeleteFunc(slices.Clone(operators), func(field string) bool { return c.Values[field] == "" })
}
