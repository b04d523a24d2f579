package synth

import (
	"fmt"
	"strconv"
	"time"
)

// post is one kind of position in a department.
type post struct {
	role   Role
	slug   string
	title  Label
	count  int
	ages   [2]int
	female int // percent of women
	group  bool
}

var (
	chiefTitle     = Label{"主任医师", "Chief physician"}
	viceChiefTitle = Label{"副主任医师", "Associate chief physician"}
)

// clinicalPosts are held in every clinical department.
var clinicalPosts = []post{
	{Chief, "chief", chiefTitle, 2, [2]int{45, 59}, 35, true},
	{Attending, "attending", Label{"主治医师", "Attending physician"}, 2, [2]int{34, 46}, 45, true},
	{Resident, "resident", Label{"住院医师", "Resident physician"}, 2, [2]int{25, 33}, 52, true},
	{HeadNurse, "head-nurse", Label{"副主任护师", "Associate chief nurse"}, 1, [2]int{38, 52}, 98, false},
	{Nurse, "nurse", Label{"护师", "Senior nurse"}, 3, [2]int{23, 40}, 92, false},
}

var technician = Label{"主管技师", "Technologist in charge"}

// otherPosts are held in the technical and administrative departments.
var otherPosts = []struct {
	unit string
	post
}{
	{"laboratory", post{Technician, "technician", technician, 4, [2]int{25, 52}, 62, false}},
	{"imaging", post{Technician, "technician", Label{"主治医师（影像诊断）", "Radiologist"}, 4, [2]int{27, 54}, 45, false}},
	{"function", post{Technician, "technician", Label{"主治医师（超声与电生理）", "Sonographer"}, 3, [2]int{27, 52}, 60, false}},
	{"pathology", post{Technician, "technician", Label{"主治医师（病理）", "Pathologist"}, 2, [2]int{30, 54}, 50, false}},
	{"pharmacy", post{Pharmacist, "pharmacist", Label{"主管药师", "Pharmacist in charge"}, 4, [2]int{26, 53}, 64, false}},
	{"records", post{RecordsClerk, "clerk", Label{"病案管理员", "Records clerk"}, 3, [2]int{26, 55}, 70, false}},
	{"medical-affairs", post{MedicalAffairs, "officer", Label{"医务科干事", "Medical affairs officer"}, 3, [2]int{30, 54}, 45, false}},
	{"quality", post{Quality, "officer", Label{"质控员", "Quality officer"}, 2, [2]int{32, 54}, 55, false}},
	{"nursing", post{HeadNurse, "director", Label{"主任护师", "Chief nurse"}, 2, [2]int{42, 55}, 98, false}},
	{"discipline", post{Discipline, "officer", Label{"纪检监察员", "Discipline inspector"}, 2, [2]int{35, 56}, 40, false}},
	{"information", post{SystemAdmin, "system-admin", Label{"系统管理员", "System administrator"}, 2, [2]int{26, 42}, 20, false}},
	{"information", post{SecurityAdmin, "security-admin", Label{"安全管理员", "Security administrator"}, 1, [2]int{29, 45}, 25, false}},
	{"information", post{DBA, "dba", Label{"数据库管理员", "Database administrator"}, 1, [2]int{29, 45}, 20, false}},
	{"information", post{Auditor, "auditor", Label{"安全审计员", "Security auditor"}, 1, [2]int{30, 50}, 50, false}},
	{"research", post{Researcher, "researcher", Label{"助理研究员", "Assistant researcher"}, 3, [2]int{27, 45}, 50, false}},
	{"office", post{President, "president", Label{"院长", "President"}, 1, [2]int{52, 59}, 25, false}},
	{"office", post{President, "vice-president", Label{"副院长", "Vice president"}, 1, [2]int{48, 58}, 35, false}},
}

// settledNames puts the surnames and characters that software stumbles over
// into posts every demonstration meets. An empty given name is drawn.
var settledNames = map[string][2]string{
	"u-cardiology-attending-2":     {"单", ""},
	"u-respiratory-chief-1":        {"曾", ""},
	"u-neurology-attending-1":      {"解", ""},
	"u-general-surgery-chief-2":    {"仇", ""},
	"u-icu-attending-1":            {"朴", ""},
	"u-laboratory-technician-2":    {"查", ""},
	"u-psychiatry-chief-1":         {"欧阳", ""},
	"u-paediatrics-attending-2":    {"司马", ""},
	"u-orthopaedics-chief-1":       {"", "𬭎"},
	"u-gastroenterology-nurse-2":   {"", "彧"},
	"u-records-clerk-1":            {"乐", ""},
	"u-information-dba-1":          {"区", ""},
	"u-endocrinology-resident-1":   {"吕", ""},
	"u-medical-affairs-officer-1":  {"任", ""},
	"u-discipline-officer-1":       {"盖", ""},
	"u-information-system-admin-1": {"覃", ""},
}

func personKey(unitKey, slug string, number int) string {
	return "u-" + unitKey + "-" + slug + "-" + strconv.Itoa(number)
}

func groupKey(unitKey string, number int) string {
	return "group-" + unitKey + "-" + strconv.Itoa(number)
}

func (g *generator) employ() {
	for _, u := range units {
		if u.kind != Clinical {
			continue
		}
		for _, p := range clinicalPosts {
			g.fill(u.key, p)
		}
		g.formGroups(u)
	}
	for _, p := range otherPosts {
		g.fill(p.unit, p.post)
	}
}

func (g *generator) fill(unitKey string, p post) {
	for number := 1; number <= p.count; number++ {
		index := len(g.hospital.People) + 1
		person := g.person(unitKey, p, number, index)
		g.personAt[person.Key] = index - 1
		g.hospital.People = append(g.hospital.People, person)
	}
}

func (g *generator) person(unitKey string, p post, number, index int) Person {
	s := newStream(g.seed, "person", index)
	out := Person{
		Key:         personKey(unitKey, p.slug, number),
		StaffNumber: fmt.Sprintf("%05d", 10_000+index*3),
		Sex:         Male,
		Phone:       mobile(staffPhones + index),
		Department:  departmentKey(unitKey),
		Role:        p.role,
		Title:       p.title,
	}
	if s.chance(p.female) {
		out.Sex = Female
	}
	if p.role == Chief && number > 1 {
		out.Title = viceChiefTitle
	}
	if p.role == Nurse && s.chance(35) {
		out.Title = Label{"护士", "Nurse"}
	}
	if p.group {
		out.Group = groupKey(unitKey, number)
	}
	birth := g.anchor.AddDate(0, 0, -s.between(p.ages[0]*365, p.ages[1]*365))
	out.BirthDate = birth.Format(time.DateOnly)
	out.IDNumber = g.idNumber(s.region().code, birth, out.Sex, staffPhones+index)
	out.Name = s.settledName(out.Key, out.Sex, birth.Year())
	return out
}

func (s *stream) settledName(key string, sex Sex, birthYear int) Name {
	settled := settledNames[key]
	family, given := s.surname(), s.givenName(sex, birthYear)
	if settled[0] != "" {
		family = settled[0]
	}
	if settled[1] != "" {
		given = settled[1]
	}
	return newName(family, given)
}

func (g *generator) formGroups(u unit) {
	for number, letter := range []string{"A", "B"} {
		key := groupKey(u.key, number+1)
		group := Group{
			Key: key, Department: departmentKey(u.key),
			Name: Label{u.name.Zh + letter + "组", u.name.En + " Group " + letter},
		}
		for _, slug := range []string{"chief", "attending", "resident"} {
			group.Members = append(group.Members, personKey(u.key, slug, number+1))
		}
		g.hospital.Groups = append(g.hospital.Groups, group)
	}
}
