package synth

import "time"

// Options choose the size and the "today" of a hospital. The zero value is the
// default hospital.
type Options struct {
	// Patients is how many to make; 0 or less means 320.
	Patients int
	// Anchor is the moment the data is seen at: nothing is later, and some
	// encounters are still open. Zero means 2026-11-20 10:30 at +08:00.
	Anchor time.Time
}

// Hospital is everything made from one seed. Slices are in a stable order and
// things refer to one another by Key.
type Hospital struct {
	Seed           uint64         `json:"seed"`
	Anchor         time.Time      `json:"anchor"`
	Organisation   Organisation   `json:"organisation"`
	Campuses       []Campus       `json:"campuses"`
	Departments    []Department   `json:"departments"`
	Wards          []Ward         `json:"wards"`
	Groups         []Group        `json:"groups"`
	People         []Person       `json:"people"`
	Patients       []Patient      `json:"patients"`
	Links          []PatientLink  `json:"links"`
	Encounters     []Encounter    `json:"encounters"`
	Documents      []Document     `json:"documents"`
	LabReports     []LabReport    `json:"lab_reports"`
	ImagingStudies []ImagingStudy `json:"imaging_studies"`
	Vitals         []Vitals       `json:"vitals"`
	Orders         []Order        `json:"orders"`
}

// Label is a name in both languages.
type Label struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Organisation is the legal person.
type Organisation struct {
	Key    string `json:"key"`
	Code   string `json:"code"`
	Name   Label  `json:"name"`
	Level  Label  `json:"level"`
	Notice Label  `json:"notice"`
}

// Campus is a site of the organisation.
type Campus struct {
	Key     string `json:"key"`
	Code    string `json:"code"`
	Name    Label  `json:"name"`
	Address string `json:"address"`
}

// DepartmentKind tells what a department does.
type DepartmentKind string

const (
	Clinical       DepartmentKind = "clinical"
	Technical      DepartmentKind = "technical"
	Administrative DepartmentKind = "administrative"
)

// Department is a unit of the hospital.
type Department struct {
	Key    string         `json:"key"`
	Code   string         `json:"code"`
	Name   Label          `json:"name"`
	Kind   DepartmentKind `json:"kind"`
	Campus string         `json:"campus"`
}

// Ward holds the beds of a clinical department.
type Ward struct {
	Key        string `json:"key"`
	Code       string `json:"code"`
	Name       Label  `json:"name"`
	Department string `json:"department"`
	Beds       int    `json:"beds"`
}

// Group is a medical group (诊疗组): the doctors who share a set of patients.
type Group struct {
	Key        string   `json:"key"`
	Name       Label    `json:"name"`
	Department string   `json:"department"`
	Members    []string `json:"members"`
}

// Sex is administrative sex, GB/T 2261.1 codes 1 and 2 in words.
type Sex string

const (
	Male   Sex = "male"
	Female Sex = "female"
)

// Name is a Chinese personal name. Pinyin follows GB/T 28039 without tones
// ("Ouyang Na"), family name first; Initials has one letter per character
// ("oyn").
type Name struct {
	Full     string `json:"full"`
	Family   string `json:"family"`
	Given    string `json:"given"`
	Pinyin   string `json:"pinyin"`
	Initials string `json:"initials"`
}

// Role is what a person is employed to do.
type Role string

const (
	Resident       Role = "resident"
	Attending      Role = "attending"
	Chief          Role = "chief"
	Nurse          Role = "nurse"
	HeadNurse      Role = "head-nurse"
	Pharmacist     Role = "pharmacist"
	Technician     Role = "technician"
	RecordsClerk   Role = "records-clerk"
	MedicalAffairs Role = "medical-affairs"
	Quality        Role = "quality"
	Discipline     Role = "discipline"
	Auditor        Role = "auditor"
	SecurityAdmin  Role = "security-administrator"
	SystemAdmin    Role = "system-administrator"
	DBA            Role = "dba"
	Researcher     Role = "researcher"
	President      Role = "president"
)

// Person is a member of staff. BirthDate is YYYY-MM-DD.
type Person struct {
	Key         string `json:"key"`
	StaffNumber string `json:"staff_number"`
	Name        Name   `json:"name"`
	Sex         Sex    `json:"sex"`
	BirthDate   string `json:"birth_date"`
	IDNumber    string `json:"id_number"`
	Phone       string `json:"phone"`
	Department  string `json:"department"`
	Role        Role   `json:"role"`
	Title       Label  `json:"title"`
	Group       string `json:"group,omitempty"`
}

// Kin is the person to call.
type Kin struct {
	Name     string `json:"name"`
	Relation string `json:"relation"`
	Phone    string `json:"phone"`
}

// Address is a home address in the invented province.
type Address struct {
	Region   string `json:"region"`
	Province string `json:"province"`
	City     string `json:"city"`
	County   string `json:"county"`
	Street   string `json:"street"`
	House    string `json:"house"`
}

// Patient is one registration in the master index; a near-duplicate is a second
// registration of the same human. BirthDate is YYYY-MM-DD.
type Patient struct {
	Key          string   `json:"key"`
	RecordNumber string   `json:"record_number"`
	Name         Name     `json:"name"`
	Sex          Sex      `json:"sex"`
	BirthDate    string   `json:"birth_date"`
	IDNumber     string   `json:"id_number"`
	Phone        string   `json:"phone"`
	Address      Address  `json:"address"`
	Marriage     string   `json:"marriage"`
	Occupation   string   `json:"occupation"`
	Ethnicity    string   `json:"ethnicity"`
	BloodABO     string   `json:"blood_abo"`
	BloodRh      string   `json:"blood_rh"`
	Allergies    []string `json:"allergies,omitempty"`
	Kin          Kin      `json:"kin"`
	Insurance    Label    `json:"insurance"`
	VIP          bool     `json:"vip,omitempty"`
}

// LinkKind says how two registrations, or a registration and a person of staff,
// belong together: the truth that record linkage is measured against.
type LinkKind string

const (
	Twin          LinkKind = "twin"
	SameName      LinkKind = "same-name"
	NearDuplicate LinkKind = "near-duplicate"
	StaffPatient  LinkKind = "staff-patient"
)

// PatientLink relates Patient to Other, the key of an earlier patient or, for
// [StaffPatient], of a person. Only near-duplicates and staff-patients are the
// same human.
type PatientLink struct {
	Kind    LinkKind `json:"kind"`
	Patient string   `json:"patient"`
	Other   string   `json:"other"`
}

// EncounterClass is the kind of visit.
type EncounterClass string

const (
	Inpatient  EncounterClass = "inpatient"
	Outpatient EncounterClass = "outpatient"
	Emergency  EncounterClass = "emergency"
)

// Diagnosis is an ICD-10 category or subcategory with its Chinese name.
type Diagnosis struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Stay is one bed for one time; more than one in an encounter is a transfer.
// To is nil while the patient lies there.
type Stay struct {
	Department string     `json:"department"`
	Ward       string     `json:"ward"`
	Bed        string     `json:"bed"`
	From       time.Time  `json:"from"`
	To         *time.Time `json:"to,omitempty"`
}

// CareDuty is the part a person plays in the care of an encounter.
type CareDuty string

const (
	DutyAttending   CareDuty = "attending"
	DutyResident    CareDuty = "resident"
	DutyChief       CareDuty = "chief"
	DutyNurse       CareDuty = "responsible-nurse"
	DutyConsultant  CareDuty = "consultant"
	DutySurgeon     CareDuty = "surgeon"
	DutyAnaesthetic CareDuty = "anaesthetist"
)

// CareMember ties a person to an encounter from a time, until To when the tie
// has ended.
type CareMember struct {
	Person string     `json:"person"`
	Duty   CareDuty   `json:"duty"`
	From   time.Time  `json:"from"`
	To     *time.Time `json:"to,omitempty"`
}

// Encounter is one visit or admission. Department, Ward and Bed are where the
// patient is now or was last; End is nil while the encounter is open.
// Sensitivity is 1 to 5: 2 ordinary, 3 infectious or tumour, 4 psychiatric,
// abortion or VIP, 5 HIV.
type Encounter struct {
	Key         string         `json:"key"`
	Number      string         `json:"number"`
	Patient     string         `json:"patient"`
	Class       EncounterClass `json:"class"`
	Department  string         `json:"department"`
	Ward        string         `json:"ward,omitempty"`
	Bed         string         `json:"bed,omitempty"`
	Group       string         `json:"group"`
	Attending   string         `json:"attending"`
	Resident    string         `json:"resident,omitempty"`
	Nurse       string         `json:"nurse,omitempty"`
	Begin       time.Time      `json:"begin"`
	End         *time.Time     `json:"end,omitempty"`
	Diagnoses   []Diagnosis    `json:"diagnoses"`
	Outcome     string         `json:"outcome,omitempty"`
	Sensitivity int            `json:"sensitivity"`
	Stays       []Stay         `json:"stays,omitempty"`
	Team        []CareMember   `json:"team"`
}

// Open reports whether the patient is still there at the anchor.
func (e *Encounter) Open() bool { return e.End == nil }

// Section is a part of a document. Code is the LOINC code WS/T 500 puts on the
// section, empty where it has none.
type Section struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Code  string `json:"code,omitempty"`
	Text  string `json:"text"`
}

// Document is a clinical document as first written. Kind is its WS/T 500 code
// (C0034). CoSigner is the senior who countersigned, where one did.
type Document struct {
	Key         string    `json:"key"`
	Encounter   string    `json:"encounter"`
	Patient     string    `json:"patient"`
	Kind        string    `json:"kind"`
	Title       string    `json:"title"`
	Department  string    `json:"department"`
	Author      string    `json:"author"`
	CoSigner    string    `json:"co_signer,omitempty"`
	At          time.Time `json:"at"`
	Sensitivity int       `json:"sensitivity"`
	Sections    []Section `json:"sections"`
}

// Flag marks a result against its reference range.
type Flag string

const (
	FlagNormal       Flag = ""
	FlagLow          Flag = "L"
	FlagHigh         Flag = "H"
	FlagCriticalLow  Flag = "LL"
	FlagCriticalHigh Flag = "HH"
	FlagAbnormal     Flag = "A"
)

// Observation is one result. LOINC is empty where no code is certain. Value is
// a decimal in Unit, or words for a qualitative result; Low and High are the
// reference limits in the same unit, empty where open.
type Observation struct {
	Code      string `json:"code"`
	LOINC     string `json:"loinc,omitempty"`
	Name      Label  `json:"name"`
	Value     string `json:"value"`
	Unit      string `json:"unit,omitempty"`
	Low       string `json:"low,omitempty"`
	High      string `json:"high,omitempty"`
	Reference string `json:"reference"`
	Flag      Flag   `json:"flag,omitempty"`
}

// LabReport is one panel from one specimen.
type LabReport struct {
	Key       string        `json:"key"`
	Encounter string        `json:"encounter"`
	Patient   string        `json:"patient"`
	Order     string        `json:"order"`
	Panel     string        `json:"panel"`
	Name      Label         `json:"name"`
	Specimen  string        `json:"specimen"`
	Collected time.Time     `json:"collected"`
	Reported  time.Time     `json:"reported"`
	Reporter  string        `json:"reporter"`
	Results   []Observation `json:"results"`
}

// ImagingStudy is an examination with a report document.
type ImagingStudy struct {
	Key       string    `json:"key"`
	Encounter string    `json:"encounter"`
	Patient   string    `json:"patient"`
	Order     string    `json:"order"`
	Modality  string    `json:"modality"`
	Name      string    `json:"name"`
	Performed time.Time `json:"performed"`
	Document  string    `json:"document"`
}

// Vitals is one round of measurements: °C, beats and breaths per minute, mmHg,
// percent.
type Vitals struct {
	Encounter   string    `json:"encounter"`
	Patient     string    `json:"patient"`
	At          time.Time `json:"at"`
	Nurse       string    `json:"nurse"`
	Temperature string    `json:"temperature"`
	Pulse       int       `json:"pulse"`
	Breaths     int       `json:"breaths"`
	Systolic    int       `json:"systolic"`
	Diastolic   int       `json:"diastolic"`
	SpO2        int       `json:"spo2"`
}

// OrderKind is what an order asks for.
type OrderKind string

const (
	OrderDrug    OrderKind = "drug"
	OrderLab     OrderKind = "lab"
	OrderImaging OrderKind = "imaging"
	OrderNursing OrderKind = "nursing"
	OrderDiet    OrderKind = "diet"
)

// OrderTerm is 长期 (standing) or 临时 (once).
type OrderTerm string

const (
	Standing OrderTerm = "standing"
	Once     OrderTerm = "once"
)

// Order is a medical order. Dose, Route and Frequency are for drugs; Stop is
// nil while a standing order runs.
type Order struct {
	Key       string     `json:"key"`
	Encounter string     `json:"encounter"`
	Patient   string     `json:"patient"`
	Kind      OrderKind  `json:"kind"`
	Term      OrderTerm  `json:"term"`
	Text      string     `json:"text"`
	Dose      string     `json:"dose,omitempty"`
	Route     string     `json:"route,omitempty"`
	Frequency string     `json:"frequency,omitempty"`
	Begin     time.Time  `json:"begin"`
	Stop      *time.Time `json:"stop,omitempty"`
	OrderedBy string     `json:"ordered_by"`
	CarriedBy string     `json:"carried_by,omitempty"`
}
