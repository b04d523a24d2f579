package synth

// condition is one main problem and all the sentence parts that its documents
// are made of. Patterns are in the notation of stream.say; lists are separated
// by ";". Names in square brackets are facts: those declared here, the lab
// codes of the admission, and name, sex, age, T, P, R, BP, SpO2, side.
type condition struct {
	key         string
	icd, name   string
	unit        string
	sex         Sex // empty for both
	ages        [2]int
	weight      int
	settings    [3]int // inpatient, outpatient, emergency
	stay        [2]int // days
	sensitivity int
	facts       string

	complaint    string
	history      string
	exam         string
	features     string // what the case turns on, for the first course note
	differential string
	plan         string
	visit        string // handling in a clinic or the emergency room
	round        string // the attending's opinion
	course       [3]string
	nursing      string
	advice       string
	follow       string // how the patient is when seen again
	outcome      string

	vitals    string // ranges at admission: T, P, R, SYS, DIA, SpO2
	labs      string // "CODE=low-high" ranges off the normal
	panels    string // beyond the routine ones
	images    []image
	drugs     string // formulary keys; "!" before one given once
	diet      string
	grade     string // nursing level
	operation *operation
	consult   *consultation
	icuDays   int // days in the ICU before the ward
}

// image is an examination and its report.
type image struct {
	unit, modality, name string
	findings, impression string
}

// operation is done on the given day of the stay, counted from 0.
type operation struct {
	day          int
	code, name   string // ICD-9-CM-3
	level        string
	anaesthesia  string
	incision     string
	description  string
	blood        string // mL, a range
	postDiagnose string // defaults to the diagnosis
	pathology    string // findings, impression by "|||"; empty when no specimen
}

// consultation asks another unit.
type consultation struct {
	unit            string
	reason, opinion string
}

var conditions = joinConditions(
	cardiologyConditions, respiratoryConditions, digestiveConditions, neurologyConditions,
	endocrineConditions, surgicalConditions, orthopaedicConditions, womensConditions,
	childrensConditions, emergencyConditions, criticalConditions, infectiousConditions,
	psychiatricConditions, oncologyConditions,
)

func joinConditions(groups ...[]condition) []*condition {
	var out []*condition
	for _, group := range groups {
		for i := range group {
			out = append(out, &group[i])
		}
	}
	return out
}

func (c *condition) fits(sex Sex, age int) bool {
	return (c.sex == "" || c.sex == sex) && age >= c.ages[0] && age <= c.ages[1]
}
