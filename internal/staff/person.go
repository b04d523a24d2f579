package staff

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Category tells on what footing a person works here.
type Category string

// The categories of people who may use medical information.
const (
	Employee   Category = "employee"   // 本院职工
	Trainee    Category = "trainee"    // 规范化培训
	Visiting   Category = "visiting"   // 进修、会诊、多点执业
	Student    Category = "student"    // 实习、见习
	Dispatched Category = "dispatched" // 劳务派遣、外包
	Vendor     Category = "vendor"     // 厂商驻场与维护
	Outsider   Category = "outsider"   // 监管、科研合作等院外人员
)

var categories = []Category{Employee, Trainee, Visiting, Student, Dispatched, Vendor, Outsider}

// Person is somebody who works here.
type Person struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Number   string    `db:"number"` // staff number, unique in the organisation
	NameZH   string    `db:"name_zh"`
	NameEN   string    `db:"name_en"` // pinyin, or the name in Latin letters
	Category Category  `db:"category"`
	Phone    []byte    `db:"phone"` // sealed under the person's key
	Find     string    `db:"find"`  // what a search by text looks through, in lower case
	Made     time.Time `db:"made"`
}

// NewPerson is what is asked for when a person is added.
type NewPerson struct {
	Number   string
	NameZH   string
	NameEN   string
	Category Category
	Phone    string
}

func (n NewPerson) check() error {
	e := errInput.With()
	e.MustName("number", n.Number, maxCode)
	e.MustName("nameZh", n.NameZH, maxName)
	e.MayName("nameEn", n.NameEN, maxName)
	if !slices.Contains(categories, n.Category) {
		e.At("category", fault.Text{
			ZH: "应为 employee、trainee、visiting、student、dispatched、vendor 或 outsider",
			EN: "must be employee, trainee, visiting, student, dispatched, vendor or outsider",
		})
	}
	if !phoneLike(n.Phone) {
		e.At("phone", fault.Text{ZH: "应为 5–20 位数字，可含 + 与 -，或留空", EN: "must be 5 to 20 digits, + and -, or empty"})
	}
	return e.OrNil()
}

func phoneLike(phone string) bool {
	if phone == "" {
		return true
	}
	return len(phone) >= 5 && len(phone) <= 20 && strings.Trim(phone, "0123456789+-") == ""
}

// findText is what a search by text looks through: names, and the staff number.
func findText(n NewPerson) string {
	latin := strings.ToLower(n.NameEN)
	return strings.Join([]string{strings.ToLower(n.NameZH), latin, strings.ReplaceAll(latin, " ", ""), initials(latin), strings.ToLower(n.Number)}, "\n")
}

func initials(latin string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(latin) {
		for _, first := range word {
			b.WriteRune(first)
			break
		}
	}
	return b.String()
}
