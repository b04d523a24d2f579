package house

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	feeds "github.com/medward/medward/internal/feed"
	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/kit/synth"
)

// abroadSeed makes the patients of the foreign systems others than those of the demo
// store.
const abroadSeed = demoSeed + 1

// abroadPatients is how many patients the foreign systems hold: first those of the two HIS,
// then those of whom documents are left, and then those of the laboratory. No system holds
// another's, so that nobody is registered twice.
const (
	abroadPatients = 240
	inDatabases    = 200
	inDocuments    = 220
)

// DemoSources writes what foreign systems of the demo hospital hold into a folder, with
// the connections and mappings that read it: a HIS on PostgreSQL, that of a branch on
// MariaDB that takes its text for Latin-1, both in GB18030, the lists of the personnel
// office, and clinical documents (WS/T 500). now is when the hospital is looked at; the
// ports are where the databases will listen.
func DemoSources(folder string, now time.Time, postgres, mariadb int) error {
	a := abroad{folder: folder, hospital: synth.New(abroadSeed, synth.Options{Anchor: now.Truncate(time.Hour), Patients: abroadPatients})}
	for _, name := range []string{"drop", "documents"} {
		if err := os.MkdirAll(filepath.Join(folder, name), 0o750); err != nil {
			return err
		}
	}
	a.lists()
	a.documents()
	a.database("his.sql", 0, "")
	a.database("branch.sql", 1, "CREATE DATABASE branch CHARACTER SET latin1; USE branch; SET NAMES latin1; SET sql_mode = 'NO_BACKSLASH_ESCAPES';\n"+
		"CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'demo'; GRANT SELECT ON branch.* TO reader@'127.0.0.1';\n")
	a.write("password", []byte("demo\n"))
	a.json("connections.json", []view.Connection{
		{Code: "his", Kind: view.Postgres, Address: fmt.Sprintf("127.0.0.1:%d", postgres), Database: "his", User: "reader", Encoding: view.GB18030, Plain: true},
		{Code: "branch", Kind: view.MySQL, Address: fmt.Sprintf("127.0.0.1:%d", mariadb), Database: "branch", User: "reader", PasswordFile: filepath.Join(folder, "password"), Encoding: view.GB18030, Plain: true},
		{Code: "drop", Kind: view.Folder, Folder: filepath.Join(folder, "drop")},
		{Code: "documents", Kind: view.Folder, Folder: filepath.Join(folder, "documents")},
	})
	a.mappings()
	return a.failed
}

// abroad is the foreign systems while they are written down. The first failure stays.
type abroad struct {
	folder   string
	hospital *synth.Hospital
	failed   error
}

func (a *abroad) write(name string, content []byte) {
	if a.failed == nil {
		a.failed = os.WriteFile(filepath.Join(a.folder, name), content, 0o600)
	}
}

func (a *abroad) json(name string, v any) {
	text, err := json.MarshalIndent(v, "", "  ")
	if a.failed == nil {
		a.failed = err
	}
	a.write(name, append(text, '\n'))
}

func (a *abroad) gb18030(name, text string) {
	encoded, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if a.failed == nil {
		a.failed = err
	}
	a.write(name, encoded)
}

var kindsAbroad = map[synth.DepartmentKind]string{synth.Clinical: "临床", synth.Technical: "医技", synth.Administrative: "职能"}

func (a *abroad) lists() {
	departments, people := [][]string{{"科室代码", "科室名称", "类别"}}, [][]string{{"工号", "姓名", "拼音", "电话"}}
	for _, d := range a.hospital.Departments {
		departments = append(departments, []string{d.Code, d.Name.Zh, kindsAbroad[d.Kind]})
	}
	departments = append(departments, []string{"9901", "日间手术中心", "临床"})
	for _, p := range a.hospital.People[:min(40, len(a.hospital.People))] {
		people = append(people, []string{"R" + p.StaffNumber, p.Name.Full, p.Name.Pinyin, p.Phone})
	}
	a.list("drop/departments-1.csv", departments)
	a.list("drop/people-1.csv", people)
}

func (a *abroad) list(name string, rows [][]string) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil && a.failed == nil {
		a.failed = err
	}
	a.gb18030(name, b.String())
}

// quoted is a text in SQL.
func quoted(text string) string {
	if text == "" {
		return "NULL"
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// database writes the statements that make the database of a system, which has every
// second patient from one on.
func (a *abroad) database(name string, from int, head string) {
	var b strings.Builder
	b.WriteString(head)
	b.WriteString("CREATE TABLE patient (no VARCHAR(20), name VARCHAR(40), sex VARCHAR(4), born VARCHAR(10), idno VARCHAR(20), phone VARCHAR(20), changed TIMESTAMP);\n" +
		"CREATE TABLE visit (no VARCHAR(20), name VARCHAR(40), visit VARCHAR(30), kind VARCHAR(10), admitted VARCHAR(20), discharged VARCHAR(20), dept VARCHAR(20), bed VARCHAR(20), attending VARCHAR(20));\n")
	of, codes, numbers := map[string]synth.Patient{}, a.departmentCodes(), a.staffNumbers()
	for i := from; i < inDatabases; i += 2 {
		p := a.hospital.Patients[i]
		of[p.Key] = p
		sex := map[synth.Sex]string{synth.Male: "男", synth.Female: "女"}[p.Sex]
		fmt.Fprintf(&b, "INSERT INTO patient VALUES (%s, %s, %s, %s, %s, %s, '2026-01-01 00:00:00');\n", quoted("H"+p.RecordNumber), quoted(p.Name.Full), quoted(sex), quoted(p.BirthDate), quoted(p.IDNumber), quoted(p.Phone))
	}
	for _, e := range a.hospital.Encounters {
		p, his := of[e.Patient]
		if !his {
			continue
		}
		end := ""
		if e.End != nil {
			end = stamped(*e.End)
		}
		kind := map[synth.EncounterClass]string{synth.Inpatient: "住院", synth.Outpatient: "门诊"}[e.Class]
		if kind == "" {
			kind = "急诊"
		}
		fmt.Fprintf(&b, "INSERT INTO visit VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s);\n", quoted("H"+p.RecordNumber), quoted(p.Name.Full), quoted("V"+e.Number), quoted(kind),
			quoted(stamped(e.Begin)), quoted(end), quoted(codes[e.Department]), quoted(e.Bed), quoted(numbers[e.Attending]))
	}
	b.WriteString("CREATE VIEW v_patient AS SELECT * FROM patient;\nCREATE VIEW v_visit AS SELECT * FROM visit;\n")
	a.requests(&b, of)
	a.orders(&b, of)
	a.gb18030(name, b.String())
}

func (a *abroad) mappings() {
	column := func(names ...string) feeds.Rule { return feeds.Rule{Columns: names} }
	a.mapping("hr", feeds.Departments, feeds.Mapping{Connection: "drop", Table: "departments-*.csv", Fields: map[string]feeds.Rule{
		"code": column("科室代码"), "nameZh": column("科室名称"), "kind": {Columns: []string{"类别"}, Codes: map[string]string{"临床": "clinical", "医技": "technical", "职能": "administrative"}},
	}})
	a.mapping("hr", feeds.People, feeds.Mapping{Connection: "drop", Table: "people-*.csv", Fields: map[string]feeds.Rule{
		"number": column("工号"), "nameZh": column("姓名"), "nameEn": column("拼音"), "phone": column("电话"), "category": {Constant: "employee"},
	}})
	for _, system := range []string{"his", "branch"} {
		a.mapping(system, feeds.Patients, feeds.Mapping{Connection: system, Table: "v_patient", Changed: "changed", OverlapHours: 24, EveryMinutes: 60, Fields: map[string]feeds.Rule{
			"number": column("no"), "name": column("name"), "birthDate": column("born"), "idNumber": column("idno"), "phone": column("phone"),
			"sex": {Columns: []string{"sex"}, Codes: map[string]string{"男": "male", "女": "female", "*": "unknown"}},
		}})
		a.mapping(system, feeds.Visits, feeds.Mapping{Connection: system, Table: "v_visit", EveryMinutes: 30, Fields: map[string]feeds.Rule{
			"patient": column("no"), "name": column("name"), "visit": column("visit"), "admitted": column("admitted"), "discharged": column("discharged"), "department": column("dept"), "bed": column("bed"), "attending": column("attending"),
			"kind": {Columns: []string{"kind"}, Codes: map[string]string{"住院": "inpatient", "门诊": "outpatient", "急诊": "emergency"}},
		}})
		states := feeds.Rule{Columns: []string{"state"}, Codes: map[string]string{"待执行": "open", "已完成": "done", "已撤销": "called-off"}}
		a.mapping(system, feeds.Requests, feeds.Mapping{Connection: system, Table: "v_request", EveryMinutes: 15, Fields: map[string]feeds.Rule{
			"number": column("no"), "patient": column("patient"), "name": column("name"), "asked": column("asked"), "planned": column("planned"), "department": column("dept"),
			"performer": column("performer"), "asker": column("asker"), "item": column("item"), "state": states,
			"kind": {Columns: []string{"kind"}, Codes: map[string]string{"检验": "laboratory", "影像": "imaging", "会诊": "consultation"}},
		}})
		a.mapping(system, feeds.Operations, feeds.Mapping{Connection: system, Table: "v_operation", EveryMinutes: 15, Fields: map[string]feeds.Rule{
			"number": column("no"), "patient": column("patient"), "name": column("name"), "planned": column("planned"), "department": column("dept"), "surgeon": column("surgeon"),
			"anaesthetist": column("anaesthetist"), "item": column("item"), "state": states,
		}})
	}
	a.orderMappings(column)
	a.mapping("emr", feeds.Documents, feeds.Mapping{Connection: "documents", Table: "*.xml", EveryMinutes: 5, Fields: map[string]feeds.Rule{}})
}

func (a *abroad) mapping(source, shape string, m feeds.Mapping) {
	a.json(source+"-"+shape+".json", struct {
		Feed    string        `json:"feed"`
		Source  string        `json:"source"`
		Shape   string        `json:"shape"`
		Mapping feeds.Mapping `json:"mapping"`
	}{source + "-" + shape, source, shape, m})
}
