package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/fhir"
)

// patientElements are the elements of a FHIR Patient that our fields come from.
var patientElements = map[string]string{
	"name": "Patient.name", "sex": "Patient.gender", "birthDate": "Patient.birthDate", "address": "Patient.address", "phone": "Patient.telecom",
	"recordNumber": "Patient.identifier", "idNumber": "Patient.identifier", "insurance": "Patient.identifier", "allergies": "Patient.contact",
}

const (
	longestName = 100 // characters
	mostListed  = 50  // allergies or contacts
	// NameUnknown is written where a source gives no name.
	NameUnknown = "姓名不详"
)

// Identifier systems of China (WS/T 500) and identifier types of HL7 table 0203.
const (
	oidIDCard = "2.16.156.10011.1.3"
	oidRecord = "2.16.156.10011.1.13"
)

// demographicsOf maps a FHIR Patient.
func demographicsOf(p fhir.Patient) (patient.Demographics, []Finding) {
	var found []Finding
	d := patient.Demographics{Sex: p.Gender, BirthDate: p.BirthDate.Text}
	if d.Sex == "" {
		d.Sex = "unknown"
	}
	name, place := chosenName(p.Name)
	switch d.Name = name; {
	case name == "":
		d.Name = NameUnknown
		found = append(found, ruleNoName.warning("Patient.name"))
	case utf8.RuneCountInString(name) > longestName:
		found = append(found, ruleNameLength.fatal("Patient.name["+itoa(place)+"]"))
	}
	for _, i := range p.Identifier {
		kinds := typeCodes(i.Type)
		switch system := strings.TrimPrefix(i.System, "urn:oid:"); {
		case i.Use == "old" || i.Value == "":
		case d.IDNumber == "" && (system == oidIDCard || system == "http://hl7.org/fhir/sid/us-ssn" || isNationalID(kinds)):
			d.IDNumber = i.Value
		case d.RecordNumber == "" && (system == oidRecord || slices.Contains(kinds, "MR")):
			d.RecordNumber = i.Value
		}
	}
	for _, t := range p.Telecom {
		if t.System == "phone" && t.Use != "old" && (d.Phone == "" || t.Use == "mobile") {
			d.Phone = t.Value
		}
	}
	if len(p.Address) > 0 {
		d.Address = addressLine(p.Address[0])
	}
	for _, c := range p.Contact {
		contact := patient.Contact{Name: c.Name.Full()}
		if len(c.Relationship) > 0 {
			contact.Relation = c.Relationship[0].Display()
		}
		for _, t := range c.Telecom {
			if t.System == "phone" && contact.Phone == "" {
				contact.Phone = t.Value
			}
		}
		if len(d.Contacts) < mostListed && contact.Name != "" {
			d.Contacts = append(d.Contacts, contact)
		}
	}
	return d, found
}

// chosenName returns the name a patient is known by and its place.
func chosenName(names []fhir.HumanName) (string, int) {
	best, rank, place := "", -1, 0
	for i, n := range names {
		full, r := strings.TrimSpace(n.Full()), 1
		switch n.Use {
		case "official":
			r = 3
		case "usual":
			r = 2
		case "old", "nickname", "anonymous":
			r = 0
		}
		if n.Representation() == "SYL" || n.Representation() == "ABC" {
			r = 0
		}
		if full != "" && r > rank {
			best, rank, place = full, r, i
		}
	}
	return best, place
}

func typeCodes(c fhir.CodeableConcept) []string {
	codes := make([]string, len(c.Coding))
	for i, coding := range c.Coding {
		codes[i] = coding.Code
	}
	return codes
}

// isNationalID reports a national person number among the codes of table 0203.
func isNationalID(codes []string) bool {
	for _, c := range codes {
		if c == "NI" || c == "SS" || strings.HasPrefix(c, "NN") && len(c) > 2 {
			return true
		}
	}
	return false
}

func addressLine(a fhir.Address) string {
	if a.Text != "" {
		return a.Text
	}
	parts := append(append([]string{}, a.Line...), a.District, a.City, a.State, a.PostalCode, a.Country)
	return strings.Join(worded(parts), ", ")
}

// withAllergy adds an allergy that is not resolved, refuted or a mistake to what
// staff see at once.
func withAllergy(d patient.Demographics, e *fhir.Entry) patient.Demographics {
	a, _ := fhir.ReadAllergyIntolerance(e)
	said := a.Code.Display()
	for _, state := range append(typeCodes(a.ClinicalStatus), typeCodes(a.VerificationStatus)...) {
		switch state {
		case "resolved", "inactive", "refuted", "entered-in-error":
			return d
		}
	}
	if said != "" && len(d.Allergies) < mostListed && !slices.Contains(d.Allergies, said) {
		d.Allergies = append(d.Allergies, said)
	}
	return d
}

// levelOf is the sensitivity that the security labels of a resource ask for.
func levelOf(m fhir.Meta) int {
	level := 1
	for _, s := range m.Security {
		level = max(level, levelOfCode(s.Code))
	}
	return level
}

// levelOfCode maps codes of HL7 v3 Confidentiality and of sensitive categories.
func levelOfCode(code string) int {
	switch code {
	case "R":
		return 3
	case "V", "PSY", "PSYTHPN", "HIV", "STD", "SDV", "SEX", "SUD", "ETH", "ETHUD", "OPIOIDUD", "GDIS":
		return 4
	}
	return 1
}
