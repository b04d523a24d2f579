package synth

import (
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

var (
	defaultHospital = New(1, Options{})
	largeHospital   = sync.OnceValue(func() *Hospital { return New(1, Options{Patients: 1500}) })
)

func TestSize(t *testing.T) {
	h := defaultHospital
	clinical := 0
	for _, d := range h.Departments {
		if d.Kind == Clinical {
			clinical++
		}
	}
	for _, count := range []struct {
		what      string
		got, want int
	}{
		{"clinical departments", clinical, 14}, {"departments", len(h.Departments), 26}, {"people", len(h.People), 60},
		{"patients", len(h.Patients), 300}, {"encounters", len(h.Encounters), 320}, {"documents", len(h.Documents), 2000},
		{"diagnoses", len(conditions), 25}, {"lab reports", len(h.LabReports), 1500}, {"orders", len(h.Orders), 3000},
	} {
		if count.got < count.want {
			t.Errorf("%d %s, want at least %d", count.got, count.what, count.want)
		}
	}
}

func TestEveryRoleAndKindOccurs(t *testing.T) {
	seen := make(map[string]int)
	for _, p := range defaultHospital.People {
		seen[string(p.Role)]++
	}
	for _, e := range defaultHospital.Encounters {
		seen[string(e.Class)]++
		if e.Open() {
			seen["open "+string(e.Class)]++
		}
		if len(e.Stays) > 1 {
			seen["transfer"]++
		}
		seen["sensitivity "+strconv.Itoa(e.Sensitivity)]++
	}
	for _, d := range defaultHospital.Documents {
		seen[d.Kind]++
	}
	for _, l := range defaultHospital.Links {
		seen[string(l.Kind)]++
	}
	for _, p := range defaultHospital.Patients {
		if p.VIP {
			seen["vip"]++
		}
	}
	for _, want := range []string{
		string(Resident), string(Attending), string(Chief), string(Nurse), string(HeadNurse), string(Pharmacist), string(Technician),
		string(RecordsClerk), string(MedicalAffairs), string(Quality), string(Discipline), string(Auditor), string(SecurityAdmin),
		string(SystemAdmin), string(DBA), string(Researcher), string(President),
		string(Inpatient), string(Outpatient), string(Emergency), "open inpatient", "transfer", "vip",
		"sensitivity 2", "sensitivity 3", "sensitivity 4", "sensitivity 5",
		string(Twin), string(SameName), string(NearDuplicate), string(StaffPatient),
		"C0002", "C0006", "C0009", "C0017", "C0018", "C0034", "C0037", "C0038", "C0039", "C0042", "C0045", "C0046", "C0048", "C0049",
	} {
		if seen[want] == 0 {
			t.Errorf("nothing is %q", want)
		}
	}
}

func TestNobodyIsReal(t *testing.T) {
	// Network numbers given to operators, MIIT list of March 2023; 14x with 13
	// digits and the satellite numbers are left whole.
	assigned := strings.Fields("130 131 132 133 134 135 136 137 138 139 140 141 142 143 144 145 146 147 148 149 150 151 152 153 155 156 157 158 159 161 162 165 166 167 170 171 172 173 174 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191 192 193 195 196 197 198 199")
	ids, phones := make(map[string]bool), make(map[string]bool)
	number := func(id, birth string, sex Sex) {
		t.Helper()
		if err := ValidID(id); err != nil {
			t.Errorf("%s: %v", id, err)
			return
		}
		if isProvince(id[:2]) || id[0] == '9' {
			t.Errorf("%s is on an assigned region", id)
		}
		if id[6:14] != strings.ReplaceAll(birth, "-", "") {
			t.Errorf("%s does not say %s", id, birth)
		}
		if (id[16]-'0')%2 == 1 != (sex == Male) {
			t.Errorf("%s does not say %s", id, sex)
		}
	}
	phone := func(phone string) {
		t.Helper()
		if len(phone) != 11 {
			t.Errorf("phone %s", phone)
		}
		for _, prefix := range assigned {
			if strings.HasPrefix(phone, prefix) {
				t.Errorf("phone %s is on an assigned prefix", phone)
			}
		}
	}
	h := largeHospital()
	staff := make(map[string]bool)
	for _, p := range h.People {
		number(p.IDNumber, p.BirthDate, p.Sex)
		phone(p.Phone)
		staff[p.IDNumber] = true
		if phones[p.Phone] {
			t.Errorf("two people have phone %s", p.Phone)
		}
		phones[p.Phone] = true
	}
	for _, p := range h.Patients {
		number(p.IDNumber, p.BirthDate, p.Sex)
		phone(p.Phone)
		phone(p.Kin.Phone)
		if ids[p.IDNumber] {
			t.Errorf("two patients have number %s", p.IDNumber)
		}
		ids[p.IDNumber] = true
		if phones[p.Phone] && !staff[p.IDNumber] {
			t.Errorf("two people have phone %s", p.Phone)
		}
		phones[p.Phone] = true
	}
}

func TestEveryReferenceResolves(t *testing.T) {
	h := defaultHospital
	kinds := make(map[string]string)
	add := func(kind, key string) {
		if kinds[key] != "" || key == "" {
			t.Errorf("key %q of %s is taken by %s", key, kind, kinds[key])
		}
		kinds[key] = kind
	}
	refer := func(from, kind, key string) {
		if kinds[key] != kind {
			t.Errorf("%s refers to %s %q, which is %q", from, kind, key, kinds[key])
		}
	}
	maybe := func(from, kind, key string) {
		if key != "" {
			refer(from, kind, key)
		}
	}
	for _, x := range h.Campuses {
		add("campus", x.Key)
	}
	for _, x := range h.Departments {
		add("department", x.Key)
		refer(x.Key, "campus", x.Campus)
	}
	for _, x := range h.Wards {
		add("ward", x.Key)
		refer(x.Key, "department", x.Department)
	}
	for _, x := range h.Groups {
		add("group", x.Key)
		refer(x.Key, "department", x.Department)
	}
	for _, x := range h.People {
		add("person", x.Key)
		refer(x.Key, "department", x.Department)
		maybe(x.Key, "group", x.Group)
	}
	for _, x := range h.Groups {
		for _, member := range x.Members {
			refer(x.Key, "person", member)
		}
	}
	for _, x := range h.Patients {
		add("patient", x.Key)
	}
	for _, x := range h.Links {
		refer("link", "patient", x.Patient)
		other := "patient"
		if x.Kind == StaffPatient {
			other = "person"
		}
		refer("link", other, x.Other)
	}
	for _, x := range h.Encounters {
		add("encounter", x.Key)
		refer(x.Key, "patient", x.Patient)
		refer(x.Key, "department", x.Department)
		refer(x.Key, "group", x.Group)
		refer(x.Key, "person", x.Attending)
		maybe(x.Key, "ward", x.Ward)
		maybe(x.Key, "person", x.Resident)
		maybe(x.Key, "person", x.Nurse)
		for _, stay := range x.Stays {
			refer(x.Key, "department", stay.Department)
			refer(x.Key, "ward", stay.Ward)
		}
		for _, member := range x.Team {
			refer(x.Key, "person", member.Person)
		}
	}
	for _, x := range h.Orders {
		add("order", x.Key)
		refer(x.Key, "encounter", x.Encounter)
		refer(x.Key, "patient", x.Patient)
		refer(x.Key, "person", x.OrderedBy)
		maybe(x.Key, "person", x.CarriedBy)
	}
	for _, x := range h.Documents {
		add("document", x.Key)
		refer(x.Key, "encounter", x.Encounter)
		refer(x.Key, "patient", x.Patient)
		refer(x.Key, "department", x.Department)
		refer(x.Key, "person", x.Author)
		maybe(x.Key, "person", x.CoSigner)
	}
	for _, x := range h.LabReports {
		add("lab report", x.Key)
		refer(x.Key, "encounter", x.Encounter)
		refer(x.Key, "order", x.Order)
		refer(x.Key, "person", x.Reporter)
	}
	for _, x := range h.ImagingStudies {
		add("imaging study", x.Key)
		refer(x.Key, "order", x.Order)
		refer(x.Key, "document", x.Document)
	}
	for _, x := range h.Vitals {
		refer("vitals", "encounter", x.Encounter)
		refer("vitals", "person", x.Nurse)
	}
}

func TestTimesAreInOrder(t *testing.T) {
	h := defaultHospital
	encounters := make(map[string]*Encounter)
	within := func(what string, e *Encounter, at time.Time) {
		t.Helper()
		if at.Before(e.Begin) || e.End != nil && at.After(*e.End) || at.After(h.Anchor) {
			t.Errorf("%s of %s at %s lies outside it", what, e.Key, at)
		}
	}
	for i := range h.Encounters {
		e := &h.Encounters[i]
		encounters[e.Key] = e
		if e.End != nil && !e.End.After(e.Begin) {
			t.Errorf("%s ends before it begins", e.Key)
		}
		within("begin", e, e.Begin)
		for j, stay := range e.Stays {
			within("stay", e, stay.From)
			if last := j == len(e.Stays)-1; (stay.To == nil) != (last && e.Open()) {
				t.Errorf("%s: stay %d ends wrongly", e.Key, j)
			}
		}
	}
	written := make(map[string]time.Time)
	for _, d := range h.Documents {
		within(d.Kind, encounters[d.Encounter], d.At)
		if d.At.Before(written[d.Encounter]) {
			t.Errorf("%s is filed after a later document", d.Key)
		}
		written[d.Encounter] = d.At
	}
	for _, l := range h.LabReports {
		within("lab report", encounters[l.Encounter], l.Collected)
		within("lab report", encounters[l.Encounter], l.Reported)
	}
	for _, v := range h.Vitals {
		within("vitals", encounters[v.Encounter], v.At)
	}
	for _, o := range h.Orders {
		within("order", encounters[o.Encounter], o.Begin)
		if o.Stop != nil && o.Stop.Before(o.Begin) {
			t.Errorf("%s stops before it begins", o.Key)
		}
	}
}

// The clocks of the rules for writing medical records: first course note 8 h,
// admission note 24 h, attending round 48 h, progress every three days.
func TestNotesKeepTheLegalClocks(t *testing.T) {
	h := defaultHospital
	limit := map[string]time.Duration{"C0037": 8 * time.Hour, "C0034": 24 * time.Hour, "C0039": 48 * time.Hour}
	first := make(map[string]time.Time)
	for _, d := range h.Documents {
		if _, seen := first[d.Encounter+d.Kind]; !seen {
			first[d.Encounter+d.Kind] = d.At
		}
	}
	notes := make(map[string][]time.Time)
	for _, d := range h.Documents {
		switch d.Kind {
		case "C0037", "C0038", "C0039", "C0046", "C0048", "C0042", "C0049":
			notes[d.Encounter] = append(notes[d.Encounter], d.At)
		}
	}
	for _, e := range h.Encounters {
		if e.Class != Inpatient {
			continue
		}
		now := h.Anchor
		if e.End != nil {
			now = *e.End
		}
		for kind, allowed := range limit {
			at, done := first[e.Key+kind]
			if !done && now.Sub(e.Begin) > allowed || done && at.Sub(e.Begin) > allowed {
				t.Errorf("%s misses the clock of %s", e.Key, kind)
			}
		}
		last := e.Begin
		for _, at := range append(notes[e.Key], now) {
			if midnight(at).Sub(midnight(last)) > 3*day {
				t.Errorf("%s has no course note between %s and %s", e.Key, last, at)
			}
			last = at
		}
	}
}

func TestPeopleFitTheirDiagnoses(t *testing.T) {
	h := largeHospital()
	patients := make(map[string]Patient)
	for _, p := range h.Patients {
		patients[p.Key] = p
	}
	byName := make(map[string]*condition)
	for _, c := range conditions {
		byName[c.name] = c
	}
	for _, e := range h.Encounters {
		p, c := patients[e.Patient], byName[e.Diagnoses[0].Name]
		birth, err := time.ParseInLocation(time.DateOnly, p.BirthDate, chinaTime)
		if err != nil {
			t.Fatal(err)
		}
		age := yearsBetween(birth, e.Begin)
		// A check some weeks later may fall after a birthday.
		if !c.fits(p.Sex, age) && !c.fits(p.Sex, age-1) {
			t.Errorf("%s: %s at %d, %s", e.Key, p.Sex, age, c.name)
		}
		if e.Department == "dept-paediatrics" && age >= 15 || e.Department == "dept-obstetrics" && p.Sex == Male {
			t.Errorf("%s: %s at %d in %s", e.Key, p.Sex, age, e.Department)
		}
	}
}

func TestNoTwoPatientsInOneBed(t *testing.T) {
	h := largeHospital()
	taken := make(map[string][]Stay)
	for _, e := range h.Encounters {
		for _, stay := range e.Stays {
			to := h.Anchor
			if stay.To != nil {
				to = *stay.To
			}
			bed := stay.Ward + stay.Bed
			for _, other := range taken[bed] {
				otherTo := h.Anchor
				if other.To != nil {
					otherTo = *other.To
				}
				if other.From.Before(to) && stay.From.Before(otherTo) {
					t.Errorf("%s lies in the taken bed %s", e.Key, bed)
				}
			}
			taken[bed] = append(taken[bed], stay)
		}
	}
}

func TestLinksAreTrue(t *testing.T) {
	h := largeHospital()
	patients := make(map[string]Patient)
	for _, p := range h.Patients {
		patients[p.Key] = p
	}
	people := make(map[string]Person)
	for _, p := range h.People {
		people[p.Key] = p
	}
	for _, l := range h.Links {
		p, other := patients[l.Patient], patients[l.Other]
		ok := false
		switch l.Kind {
		case Twin:
			ok = p.BirthDate == other.BirthDate && p.Name.Family == other.Name.Family && p.Name.Full != other.Name.Full && p.Kin == other.Kin
		case SameName:
			ok = p.Name == other.Name && p.BirthDate != other.BirthDate
		case NearDuplicate:
			ok = p.Name == other.Name && p.BirthDate == other.BirthDate && differing(p.IDNumber[:17], other.IDNumber[:17]) == 1
		case StaffPatient:
			ok = p.IDNumber == people[l.Other].IDNumber && p.Name == people[l.Other].Name
		}
		if !ok {
			t.Errorf("%+v: %+v and %+v", l, p, other)
		}
	}
}

func differing(a, b string) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

func TestNobodyTreatsThemselves(t *testing.T) {
	h := largeHospital()
	self := make(map[string]string)
	for _, l := range h.Links {
		if l.Kind == StaffPatient {
			self[l.Patient] = l.Other
		}
	}
	for _, e := range h.Encounters {
		for _, member := range e.Team {
			if self[e.Patient] == member.Person {
				t.Errorf("%s treats themselves in %s", member.Person, e.Key)
			}
		}
	}
}

func TestCommonSurnamesLead(t *testing.T) {
	counts := make(map[string]int)
	s := newStream(1, "surnames", 0)
	for range 20_000 {
		counts[s.surname()]++
	}
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool { return counts[names[i]] > counts[names[j]] })
	for _, name := range names[:5] {
		if !strings.Contains("王李张刘陈", name) {
			t.Errorf("%s is among the five most common of %v", name, names[:8])
		}
	}
	if !strings.Contains("王李", names[0]) {
		t.Errorf("%s leads", names[0])
	}
}

func TestPinyin(t *testing.T) {
	for full, want := range map[[2]string][2]string{
		{"单", "国强"}:  {"Shan Guoqiang", "sgq"},
		{"曾", "静"}:   {"Zeng Jing", "zj"},
		{"解", "晓东"}:  {"Xie Xiaodong", "xxd"},
		{"仇", "伟"}:   {"Qiu Wei", "qw"},
		{"朴", "丽娜"}:  {"Piao Lina", "pln"},
		{"查", "海涛"}:  {"Zha Haitao", "zht"},
		{"欧阳", "娜"}:  {"Ouyang Na", "oyn"},
		{"司马", "俊杰"}: {"Sima Junjie", "smjj"},
		{"尉迟", "勇"}:  {"Yuchi Yong", "ycy"},
		{"吕", "𬭎"}:   {"Lyu Hong", "lh"},
	} {
		got := newName(full[0], full[1])
		if got.Pinyin != want[0] || got.Initials != want[1] {
			t.Errorf("%s: %s %s, want %s %s", got.Full, got.Pinyin, got.Initials, want[0], want[1])
		}
	}
}

func TestEveryNameHasItsReading(t *testing.T) {
	beyondPlane := false
	for _, p := range largeHospital().Patients {
		if len(p.Name.Initials) != utf8.RuneCountInString(p.Name.Full) {
			t.Errorf("%s reads %s (%s)", p.Name.Full, p.Name.Pinyin, p.Name.Initials)
		}
		for _, character := range p.Name.Full {
			beyondPlane = beyondPlane || character > 0xFFFF
		}
	}
	if !beyondPlane {
		t.Error("no name has a character outside the basic plane")
	}
}
