package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/hl7v2"
)

// identifiers are the identifiers of a patient field, the record number first.
func identifiers(field hl7v2.Value) []hl7v2.CX {
	var all []hl7v2.CX
	for _, v := range field.Repetitions() {
		if cx := v.CX(); cx.ID != "" && len(all) < mostIdentifiers {
			all = append(all, cx)
		}
	}
	slices.SortStableFunc(all, func(a, b hl7v2.CX) int { return rankOf(a.Type) - rankOf(b.Type) })
	return all
}

// rankOf says how well a type of identifier (table 0203) tells patients apart.
func rankOf(kind string) int {
	switch kind {
	case "MR":
		return 0
	case "PI", "PT", "":
		return 1
	case "AN", "VN", "XX", "U":
		return 3
	}
	return 2
}

func keyOf(cx hl7v2.CX) string {
	return strings.Join([]string{cx.Authority.Namespace, cx.Authority.ID, cx.Type, cx.ID}, "\x00")
}

// identifierFields are where messages of all versions name the patient.
var identifierFields = []string{"PID-3", "PID-2", "PID-4", "PID-18"}

func keysOf(m *hl7v2.Message) []string {
	for _, field := range identifierFields {
		var keys []string
		for _, cx := range identifiers(m.Get(field)) {
			if key := keyOf(cx); !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
		if len(keys) > 0 {
			return keys
		}
	}
	if social := m.Get("PID-19").Text(); social != "" {
		return []string{"\x00\x00SS\x00" + social}
	}
	return nil
}

// patientKeys are the identifiers of everybody whom a message names.
func patientKeys(m *hl7v2.Message) []string {
	var keys []string
	for _, part := range patientParts(m) {
		keys = append(keys, keysOf(part)...)
		for _, cx := range identifiers(part.Get("MRG-1")) {
			keys = append(keys, keyOf(cx))
		}
	}
	return keys
}

// findPatient finds the patient by the identifiers that the source gave him, or
// prepares a new one. It returns nil when the message cannot be taken.
func (m *message) findPatient(ctx context.Context) (*person, error) {
	p := &person{keys: keysOf(m.Message)}
	if len(p.keys) == 0 {
		m.found(ruleNoPatient.error("PID-3"))
		return nil, nil //nolint:nilnil // the finding says why
	}
	known, fresh, err := m.identify(ctx, p.keys)
	if err != nil {
		return nil, err
	}
	p.fresh = fresh
	if len(known) == 0 {
		return p, m.newPatient(ctx, p, m.demographics(), origins{"PID", pidFields})
	}
	return p, m.openDossier(ctx, p, known[0])
}

// pidFields are the fields of PID that ours come from.
var pidFields = map[string]string{
	"name": "PID-5", "sex": "PID-8", "birthDate": "PID-7", "address": "PID-11", "phone": "PID-13", "recordNumber": "PID-3", "idNumber": "PID-3",
	"allergies": "AL1-3", "insurance": "IN1-36",
}

// demographics maps PID, NK1 and AL1. What cannot be taken is found.
func (m *message) demographics() patient.Demographics {
	d := patient.Demographics{Sex: sexOf(m.Get("PID-8").Text())}
	name, place := m.name()
	switch d.Name = name; {
	case name == "":
		d.Name = NameUnknown
		m.found(ruleNoName.warning("PID-5"))
	case utf8.RuneCountInString(name) > longestName:
		m.found(ruleNameLength.fatal("PID-5(" + itoa(place) + ")"))
	}
	d.BirthDate = m.birthDate()
	for _, cx := range identifiers(m.Get("PID-3")) {
		switch {
		case d.IDNumber == "" && isNationalID([]string{cx.Type}):
			d.IDNumber = cx.ID
		case d.RecordNumber == "" && (cx.Type == "MR" || cx.Type == "PI" || cx.Type == "" || cx.Type == "PT"):
			d.RecordNumber = cx.ID
		}
	}
	d.IDNumber = cmp.Or(d.IDNumber, m.Get("PID-19").Text())
	d.Phone = cmp.Or(phoneOf(m.Get("PID-13")), phoneOf(m.Get("PID-14")))
	d.Address = addressOf(m.Get("PID-11").XAD())
	for _, s := range m.All("NK1") {
		c := patient.Contact{Name: clip(s.Get("2").XPN().Display(), longestName), Relation: s.Get("3").CWE().Text, Phone: phoneOf(s.Get("5"))}
		c.Relation = cmp.Or(c.Relation, s.Get("3").CWE().Code)
		if c.Name != "" && len(d.Contacts) < mostListed {
			d.Contacts = append(d.Contacts, c)
		}
	}
	for _, s := range m.All("AL1") {
		a := s.Get("3").CWE()
		if said := clip(cmp.Or(a.Text, a.OriginalText, a.Code), longestLabel); said != "" && len(d.Allergies) < mostListed && !slices.Contains(d.Allergies, said) {
			d.Allergies = append(d.Allergies, said)
		}
	}
	return d
}

// name returns the legal name, or the first one, and its repetition.
func (m *message) name() (string, int) {
	best, place, i := "", 0, 0
	for _, v := range m.Get("PID-5").Repetitions() {
		i++
		n := v.XPN()
		said := strings.TrimSpace(n.Display())
		if said == "" || n.Type == "A" || n.Type == "P" {
			continue
		}
		if best == "" || n.Type == "L" && n.Representation != "A" && n.Representation != "P" {
			best, place = said, i
		}
	}
	return best, place
}

// birthDate is PID-7 as precisely as it was given. One that the calendar does
// not have stays in the raw bytes.
func (m *message) birthDate() string {
	v := m.Get("PID-7")
	if !v.IsPresent() {
		return ""
	}
	at, err := v.Time(m.room.zone)
	if err != nil {
		m.found(ruleBirthDate.warning("PID-7"))
		return ""
	}
	if at.Time.After(m.room.desk.Now().Add(ahead)) {
		m.found(ruleFuture.fatal("PID-7"))
	}
	switch at.Precision {
	case hl7v2.Year:
		return at.Time.Format("2006")
	case hl7v2.Month:
		return at.Time.Format("2006-01")
	}
	return at.Time.Format("2006-01-02")
}

// sexOf maps HL7 table 0001.
func sexOf(code string) string {
	switch strings.ToUpper(code) {
	case "M", "MALE", "男", "1":
		return "male"
	case "F", "FEMALE", "女", "2":
		return "female"
	case "O", "A":
		return "other"
	}
	return "unknown"
}

// phoneOf reads an XTN of any version: the number as one text, or in parts.
func phoneOf(v hl7v2.Value) string {
	for _, r := range v.Repetitions() {
		whole := cmp.Or(r.Component(12).Text(), r.Component(1).Text())
		parts := strings.Join(filled([]string{r.Component(5).Text(), r.Component(6).Text(), r.Component(7).Text()}), "-")
		if phone := clip(cmp.Or(whole, parts), longestLabel); phone != "" {
			return phone
		}
	}
	return ""
}

func addressOf(a hl7v2.XAD) string {
	return clip(strings.Join(filled([]string{a.Street, a.Other, a.City, a.Province, a.PostalCode, a.Country}), ", "), 300)
}
