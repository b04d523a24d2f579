package patient

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Demographics are a patient's direct identifiers and what treating staff must
// see at once. They are sealed as one value.
type Demographics struct {
	Name         string    `json:"name"`
	Sex          string    `json:"sex"`       // male, female, other, unknown (FHIR administrative gender)
	BirthDate    string    `json:"birthDate"` // YYYY, YYYY-MM or YYYY-MM-DD
	IDNumber     string    `json:"idNumber,omitempty"`
	Phone        string    `json:"phone,omitempty"`
	Address      string    `json:"address,omitempty"`
	RecordNumber string    `json:"recordNumber,omitempty"` // 病案号
	BloodType    string    `json:"bloodType,omitempty"`
	Allergies    []string  `json:"allergies,omitempty"`
	Contacts     []Contact `json:"contacts,omitempty"`
	Insurance    string    `json:"insurance,omitempty"`
}

// Contact is a person to call, and how he is related.
type Contact struct {
	Name     string `json:"name"`
	Relation string `json:"relation"`
	Phone    string `json:"phone,omitempty"`
}

// Limits of what a person may type or a feed may send.
const (
	maxName    = 100 // characters
	maxLine    = 300
	maxEntries = 50
)

// check returns what must be changed before the patient can be registered. A
// feed may not know when somebody was born.
func (d Demographics) check(now time.Time, fed bool) error {
	e := errInvalid.With()
	switch n := utf8.RuneCountInString(strings.TrimSpace(d.Name)); {
	case n == 0:
		e = e.At("name", text("请填写姓名；身份不明时填“无名氏”加编号", "give a name; for an unknown person use a stand-in with a number"))
	case n > maxName:
		e = e.At("name", text("姓名不得超过 100 个字", "a name has at most 100 characters"))
	case strings.ContainsFunc(d.Name, unicode.IsControl):
		e = e.At("name", text("姓名含有控制字符", "the name holds control characters"))
	}
	switch d.Sex {
	case "male", "female", "other", "unknown":
	default:
		e = e.At("sex", text("性别应为 male、female、other 或 unknown", "sex is male, female, other or unknown"))
	}
	if at, ok := parseDay(d.BirthDate); !ok && fed && d.BirthDate == "" {
		at = now
	} else if !ok {
		e = e.At("birthDate", text("出生日期应为 年-月-日，如 1960-03-02", "a birth date is year-month-day, such as 1960-03-02"))
	} else if at.After(now.Add(24 * time.Hour)) {
		e = e.At("birthDate", text("出生日期在将来", "the birth date lies in the future"))
	}
	for field, value := range map[string]string{"address": d.Address, "phone": d.Phone, "recordNumber": d.RecordNumber, "idNumber": d.IDNumber, "insurance": d.Insurance} {
		if utf8.RuneCountInString(value) > maxLine {
			e = e.At(field, text("不得超过 300 个字", "at most 300 characters"))
		}
	}
	if len(d.Allergies) > maxEntries || len(d.Contacts) > maxEntries {
		e = e.At("allergies", text("过敏与联系人各不超过 50 条", "at most 50 allergies and 50 contacts"))
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

func parseDay(s string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if at, err := time.Parse(layout, s); err == nil && at.Year() > 1850 {
			return at, true
		}
	}
	return time.Time{}, false
}

// Age returns the age in whole years at a moment, and false when the birth date
// is not known well enough.
func (d Demographics) Age(at time.Time) (int, bool) {
	born, ok := parseDay(d.BirthDate)
	if !ok {
		return 0, false
	}
	years := at.Year() - born.Year()
	if at.YearDay() < born.YearDay() {
		years--
	}
	return max(0, years), true
}

// masked hides all but what tells two patients apart at a glance.
func (d Demographics) masked() Demographics {
	return Demographics{
		Name: maskName(d.Name), Sex: d.Sex, BirthDate: d.BirthDate[:min(4, len(d.BirthDate))],
		IDNumber: maskMiddle(d.IDNumber, 3, 2), Phone: maskMiddle(d.Phone, 3, 2), RecordNumber: d.RecordNumber,
	}
}

func maskName(name string) string {
	runes := []rune(name)
	if len(runes) < 2 {
		return "*"
	}
	return string(runes[0]) + strings.Repeat("*", len(runes)-1)
}

func maskMiddle(s string, head, tail int) string {
	if len(s) <= head+tail {
		return strings.Repeat("*", len(s))
	}
	return s[:head] + strings.Repeat("*", len(s)-head-tail) + s[len(s)-tail:]
}

// Kinds of encounter.
const (
	Inpatient  = "inpatient"
	Outpatient = "outpatient"
	Emergency  = "emergency"
)

// Encounter is one stay or visit.
type Encounter struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Patient    string    `db:"patient"`
	Kind       string    `db:"kind"`
	Department string    `db:"department"`
	Ward       string    `db:"ward"`
	Bed        string    `db:"bed"`
	Attending  string    `db:"attending"` // person
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"` // zero while it lasts
	Level      int       `db:"level"` // sensitivity of its content, 1–5
	Source     string    `db:"source"`
	CreatedAt  time.Time `db:"created_at"`
}

// Open reports whether the encounter lasts.
func (e Encounter) Open() bool { return e.Until.IsZero() }

// Relation is a care relation between a person of the staff and a patient.
type Relation struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Patient   string    `db:"patient"`
	Person    string    `db:"person"`
	Kind      string    `db:"kind"` // care, task or duty
	Role      string    `db:"role"` // attending, resident, nurse, consultant, technician …
	Encounter string    `db:"encounter"`
	Since     time.Time `db:"since"`
	Until     time.Time `db:"until"`
	Source    string    `db:"source"` // admission, order, consultation, or the feed that reported it
	GivenBy   string    `db:"given_by"`
	MAC       []byte    `db:"mac"`
}

func (r Relation) tie() policy.Tie {
	return policy.Tie{Kind: r.Kind, ID: r.ID, Role: r.Role, Source: r.Source, Since: r.Since, Until: r.Until}
}

// After is how long a relation outlives the discharge: results arrive late and
// the record is completed afterwards.
const After = 7 * 24 * time.Hour

// OpenEnded is how long a relation to an encounter without a known end lasts
// before it must be renewed by the encounter still being open.
const OpenEnded = 90 * 24 * time.Hour

// longest bounds how far ahead a relation may end.
const longest = 366 * 24 * time.Hour

func (r Relation) check(now time.Time) error {
	if r.Until.IsZero() || !r.Until.After(now) || r.Until.Sub(now) > longest {
		return errNoEnd.With().At("until", fault.Text(text("须晚于现在、不超过一年", "later than now and within a year")))
	}
	return nil
}
