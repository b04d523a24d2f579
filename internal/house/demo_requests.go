package house

import (
	"fmt"
	"strings"
	"time"

	"github.com/medward/medward/kit/synth"
)

func (a *abroad) departmentCodes() map[string]string {
	codes := map[string]string{}
	for _, d := range a.hospital.Departments {
		codes[d.Key] = d.Code
	}
	return codes
}

func (a *abroad) staffNumbers() map[string]string {
	numbers := map[string]string{}
	for _, p := range a.hospital.People {
		numbers[p.Key] = p.StaffNumber
	}
	return numbers
}

// stamped is a moment as the foreign systems write it.
func stamped(at time.Time) string {
	return at.In(time.FixedZone("CST", 8*60*60)).Format(time.DateTime)
}

// requests writes what was asked for of those who lie in the hospital: a test, and for some
// of them a consultation or an operation.
func (a *abroad) requests(b *strings.Builder, of map[string]synth.Patient) {
	b.WriteString("CREATE TABLE request (no VARCHAR(20), patient VARCHAR(20), name VARCHAR(40), kind VARCHAR(10), asked VARCHAR(20), planned VARCHAR(20), state VARCHAR(10), dept VARCHAR(20), performer VARCHAR(20), asker VARCHAR(20), item VARCHAR(80));\n" +
		"CREATE TABLE operation (no VARCHAR(20), patient VARCHAR(20), name VARCHAR(40), planned VARCHAR(20), state VARCHAR(10), dept VARCHAR(20), surgeon VARCHAR(20), anaesthetist VARCHAR(20), item VARCHAR(80));\n")
	codes, numbers, now := a.departmentCodes(), a.staffNumbers(), a.hospital.Anchor
	request := func(n string, p synth.Patient, e synth.Encounter, kind, dept, performer, item string) {
		fmt.Fprintf(b, "INSERT INTO request VALUES (%s, %s, %s, %s, %s, %s, '待执行', %s, %s, %s, %s);\n", quoted(n), quoted("H"+p.RecordNumber), quoted(p.Name.Full), quoted(kind),
			quoted(stamped(now.Add(-3*time.Hour))), quoted(stamped(now.AddDate(0, 0, 1))), quoted(dept), quoted(performer), quoted(numbers[e.Attending]), quoted(item))
	}
	for i, e := range a.hospital.Encounters {
		p, ours := of[e.Patient]
		if !ours || !e.Open() || e.Class != synth.Inpatient {
			continue
		}
		number := fmt.Sprintf("%06d", i)
		request("L"+number, p, e, "检验", codes["laboratory"], "", "血常规")
		switch i % 3 {
		case 0:
			request("C"+number, p, e, "会诊", codes["cardiology"], a.anybody("cardiology"), "心内科会诊")
		case 1:
			request("R"+number, p, e, "影像", codes["imaging"], "", "胸部CT")
		case 2:
			fmt.Fprintf(b, "INSERT INTO operation VALUES (%s, %s, %s, %s, '待执行', %s, %s, %s, '腹腔镜探查术');\n", quoted("O"+number), quoted("H"+p.RecordNumber), quoted(p.Name.Full),
				quoted(stamped(now.AddDate(0, 0, 1))), quoted(codes[e.Department]), quoted(numbers[e.Attending]), quoted(a.anybody("anaesthesia")))
		}
	}
	b.WriteString("CREATE VIEW v_request AS SELECT * FROM request;\nCREATE VIEW v_operation AS SELECT * FROM operation;\n")
}

// anybody is the staff number of a physician of a department.
func (a *abroad) anybody(department string) string {
	for _, p := range a.hospital.People {
		if p.Department == department && p.Role == synth.Attending {
			return p.StaffNumber
		}
	}
	return ""
}
