package patient

import (
	"fmt"
	"slices"
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

// china is the calendar by which birth dates and ages are counted.
var china = time.FixedZone("CST", 8*60*60)

// trimmed is what was meant: without spaces around it.
func (d Demographics) trimmed() Demographics {
	for _, value := range []*string{
		&d.Name, &d.Sex, &d.BirthDate, &d.IDNumber, &d.Phone, &d.Address, &d.RecordNumber, &d.BloodType, &d.Insurance,
	} {
		*value = strings.TrimSpace(*value)
	}
	return d
}

// check returns what must be changed before the patient can be registered. A
// feed may not know when somebody was born.
func (d Demographics) check(now time.Time, fed bool) error {
	e := errInvalid.With()
	switch n := utf8.RuneCountInString(strings.TrimSpace(d.Name)); {
	case n == 0:
		e = e.At("name", text("请填写姓名；身份不明时填“无名氏”加编号", "give a name; for an unknown person use a stand-in with a number"))
	case n > maxName:
		e = e.At("name", text("姓名不得超过 100 个字", "a name has at most 100 characters"))
	case !legible(d.Name) || strings.ContainsFunc(d.Name, unicode.IsControl):
		e = e.At("name", text("姓名含有无法识别的字符", "the name holds characters that are not text"))
	}
	switch d.Sex {
	case "male", "female", "other", "unknown":
	default:
		e = e.At("sex", text("性别应为 male、female、other 或 unknown", "sex is male, female, other or unknown"))
	}
	if unknown := fed && d.BirthDate == ""; !unknown {
		if born, ok := parseDay(d.BirthDate); !ok {
			e = e.At("birthDate", text("出生日期应为 年-月-日，如 1960-03-02；只知道年或年月时可填 1960 或 1960-03", "a birth date is year-month-day, such as 1960-03-02; give 1960 or 1960-03 when no more is known"))
		} else if born.After(now) {
			e = e.At("birthDate", text("出生日期在将来", "the birth date lies in the future"))
		}
	}
	d.checkLines(e)
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// checkLines adds the lines that are too long or no text, and the lists that are
// too long.
func (d Demographics) checkLines(e *fault.Error) {
	line := func(field, value string) {
		switch {
		case utf8.RuneCountInString(value) > maxLine:
			e.At(field, text("不得超过 300 个字", "at most 300 characters"))
		case !legible(value):
			e.At(field, text("含有无法识别的字符", "holds characters that are not text"))
		}
	}
	line("idNumber", d.IDNumber)
	line("phone", d.Phone)
	line("address", d.Address)
	line("recordNumber", d.RecordNumber)
	line("bloodType", d.BloodType)
	line("insurance", d.Insurance)
	if len(d.Allergies) > maxEntries {
		e.At("allergies", text("过敏不得超过 50 条", "at most 50 allergies"))
		return
	}
	if len(d.Contacts) > maxEntries {
		e.At("contacts", text("联系人不得超过 50 名", "at most 50 contacts"))
		return
	}
	for i, allergy := range d.Allergies {
		line(fmt.Sprintf("allergies[%d]", i), allergy)
	}
	for i, c := range d.Contacts {
		at := fmt.Sprintf("contacts[%d].", i)
		line(at+"name", c.Name)
		line(at+"relation", c.Relation)
		line(at+"phone", c.Phone)
	}
}

// legible reports whether a value is text, which either engine can keep.
func legible(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// parseDay reads a date as the beginning of its day, month or year in China.
func parseDay(s string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if at, err := time.ParseInLocation(layout, s, china); err == nil && at.Year() > 1850 {
			return at, true
		}
	}
	return time.Time{}, false
}

// Age returns the age in whole years at a moment, and false when the birth date
// is not known. Whoever was born on 29 February is a year older on 1 March; a
// date known to the year or month only counts from its first day.
func (d Demographics) Age(at time.Time) (int, bool) {
	born, ok := parseDay(d.BirthDate)
	if !ok {
		return 0, false
	}
	at = at.In(china)
	years := at.Year() - born.Year()
	if at.Month() < born.Month() || at.Month() == born.Month() && at.Day() < born.Day() {
		years--
	}
	return max(0, years), true
}

// card hides all but what tells two patients apart at a glance.
func (d Demographics) card() Card {
	return Card{Name: maskName(d.Name), Sex: d.Sex, Born: d.BirthDate[:min(len("2006"), len(d.BirthDate))]}
}

// maskName shows the first character of a name, and nothing of a name of one.
func maskName(name string) string {
	runes := []rune(name)
	if len(runes) < 2 {
		return "*"
	}
	return string(runes[0]) + strings.Repeat("*", len(runes)-1)
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
	// Unconfirmed is the person by whose word alone it stands, or "". Until somebody
	// else confirms it, it gives the ward nothing.
	Unconfirmed string
}

// Open reports whether the encounter lasts.
func (e Encounter) Open() bool { return e.Until.IsZero() }

// Relation is a care relation between a person of the staff and a patient.
type Relation struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Patient   string    `db:"patient"`
	Person    string    `db:"person"`
	Kind      string    `db:"kind"` // care, task, duty or work
	Role      string    `db:"role"` // attending, resident, nurse, consultant, technician …; of work: its purpose
	Encounter string    `db:"encounter"`
	Since     time.Time `db:"since"`
	Until     time.Time `db:"until"`
	Source    string    `db:"source"` // admission, request, requisition, result, worklist, or the feed that reported it
	GivenBy   string    `db:"given_by"`
	MAC       []byte    `db:"mac"`
}

func (r Relation) tie() policy.Tie {
	t := policy.Tie{Kind: r.Kind, ID: r.ID, Role: r.Role, Source: r.Source, Since: r.Since, Until: r.Until}
	if r.Kind == policy.TieWork && r.Encounter != "" {
		t.Bounds = &policy.Bounds{Encounter: r.Encounter}
	}
	return t
}

// hasItsEnd reports whether what becomes of the encounter leaves the relation as it
// is: it came with something else that ends.
func (r Relation) hasItsEnd() bool {
	return slices.Contains([]string{fromRequisition, fromWorklist, fromResult}, r.Source)
}

// After is how long a relation outlives the discharge: results arrive late and
// the record is completed afterwards.
const After = 7 * 24 * time.Hour

// OpenEnded is how long a relation to a visit without a known end lasts. Visits
// are often never closed by the system that reported them.
const OpenEnded = 90 * 24 * time.Hour

// longest bounds how far ahead a relation may end.
const longest = 366 * 24 * time.Hour

// relationsEnd is when a relation that comes with the encounter ends. A stay
// keeps its team as long as the house hears of it: a year from the last news,
// because whoever treats must never be kept from the record by a stay that takes
// long.
func (e Encounter) relationsEnd(now time.Time) time.Time {
	switch {
	case !e.Open():
		return e.Until.Add(After)
	case e.Kind == Inpatient:
		return now.Add(longest)
	}
	return now.Add(OpenEnded)
}

// Kinds of relation. They are the kinds of the ties they give.
var relationKinds = []string{policy.TieCare, policy.TieTask, policy.TieDuty}

// requested is the source of relations that somebody gave by name, with an end
// of their own.
const requested = "request"

// Sources of relations that come with something which has an end of its own.
const (
	fromRequisition = "requisition"
	fromWorklist    = "worklist"
	fromResult      = "result"
)

func (r Relation) check(now time.Time) error {
	if r.Until.IsZero() || !r.Until.After(now) || r.Until.Sub(now) > longest {
		return errNoEnd.With().At("until", text("须晚于现在、不超过一年", "later than now and within a year"))
	}
	e := errInvalid.With()
	if r.Person == "" {
		e = e.At("person", text("请选择人员", "choose a person"))
	}
	if !slices.Contains(relationKinds, r.Kind) {
		e = e.At("kind", text("关系种类应为 care、task 或 duty", "a relation is of the kind care, task or duty"))
	}
	if r.Role == "" || len(r.Role) > maxLabel || !legible(r.Role) {
		e = e.At("role", text("请填写其在诊疗中的角色，如 nurse", "say as what the person takes part, such as nurse"))
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// maxLabel bounds a short label, in bytes.
const maxLabel = 500
