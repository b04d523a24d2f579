package policy

import (
	"slices"

	"github.com/medward/medward/internal/base/fault"
)

// Role is what an appointment makes of a person, or what a machine is.
type Role struct {
	ID     string
	Name   fault.Text
	Person bool // may be given by appointment
}

// Roles returns the catalogue of roles (D-023). A role outside it gives nothing
// and makes every request that carries it fail.
func Roles() []Role { return slices.Clone(roles) }

var roles = []Role{
	{"resident", fault.Text{ZH: "住院医师", EN: "resident"}, true},
	{"attending", fault.Text{ZH: "主治医师", EN: "attending physician"}, true},
	{"chief", fault.Text{ZH: "主任/副主任医师", EN: "chief physician"}, true},
	{"nurse", fault.Text{ZH: "护士", EN: "nurse"}, true},
	{"head-nurse", fault.Text{ZH: "护士长", EN: "head nurse"}, true},
	{"pharmacist", fault.Text{ZH: "药师", EN: "pharmacist"}, true},
	{"technician", fault.Text{ZH: "医技人员", EN: "technician"}, true},
	{"records-clerk", fault.Text{ZH: "病案室", EN: "records office"}, true},
	{"medical-affairs", fault.Text{ZH: "医务科", EN: "medical affairs"}, true},
	{"quality", fault.Text{ZH: "质控科", EN: "quality office"}, true},
	{"discipline", fault.Text{ZH: "纪检", EN: "discipline office"}, true},
	{"auditor", fault.Text{ZH: "审计员", EN: "auditor"}, true},
	{"security-administrator", fault.Text{ZH: "安全管理员", EN: "security administrator"}, true},
	{"system-administrator", fault.Text{ZH: "系统管理员", EN: "system administrator"}, true},
	{"dba", fault.Text{ZH: "数据库管理员", EN: "database administrator"}, true},
	{"researcher", fault.Text{ZH: "科研人员", EN: "researcher"}, true},
	{"president", fault.Text{ZH: "院领导", EN: "hospital leadership"}, true},
	{"nursing-affairs", fault.Text{ZH: "护理部", EN: "nursing affairs"}, true},
	{"administrator-on-duty", fault.Text{ZH: "总值班", EN: "administrator on duty"}, true},
	{"patient-relations", fault.Text{ZH: "医患办", EN: "patient relations"}, true},
	{"it-head", fault.Text{ZH: "信息科负责人", EN: "head of IT"}, true},
	{"network-administrator", fault.Text{ZH: "网络管理员", EN: "network administrator"}, true},
	{"science-education", fault.Text{ZH: "科教科", EN: "science and education office"}, true},
	{"personnel", fault.Text{ZH: "人事科", EN: "personnel office"}, true},
	{"coder", fault.Text{ZH: "编码员", EN: "coder"}, true},
	{"student", fault.Text{ZH: "实习学生", EN: "student"}, true},
	{"vendor-engineer", fault.Text{ZH: "厂商工程师", EN: "vendor's engineer"}, true},
	{"insurance-office", fault.Text{ZH: "医保办", EN: "insurance office"}, true},
	{"person", fault.Text{ZH: "任何在职人员", EN: "any member of staff"}, false},
	{"feed", fault.Text{ZH: "数据来源接口", EN: "feed"}, false},
	{"job", fault.Text{ZH: "后台任务", EN: "background job"}, false},
	{"cli", fault.Text{ZH: "命令行", EN: "command line"}, false},
	{"first-start", fault.Text{ZH: "首次启动", EN: "first start"}, false},
	{"anonymous", fault.Text{ZH: "未登录者", EN: "nobody signed in"}, false},
	{demoOperator, fault.Text{ZH: "演示库操作员", EN: "demo operator"}, false},
}

const demoOperator = "demo-operator"

// groups are the sets of roles that rules name as Role::"doctor" and so on.
var groups = []struct {
	id      string
	members []string
}{
	{"doctor", []string{"resident", "attending", "chief"}},
	{"senior", []string{"attending", "chief"}},
	{"nursing", []string{"nurse", "head-nurse"}},
	{"bedside", []string{"resident", "attending", "chief", "nurse", "head-nurse"}},
	{"clinician", []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician"}},
	{"ward-lead", []string{"attending", "chief", "head-nurse"}},
	{"watcher", []string{"discipline", "auditor"}},
	{"platform", []string{"security-administrator", "system-administrator", "network-administrator", "dba", "vendor-engineer"}},
	{"staff-office", []string{"security-administrator", "personnel", "science-education"}},
	{"machine", []string{"feed", "job", "cli", "first-start", "anonymous", demoOperator}},
}

// roleSet is a set of roles, one bit each in the order of the catalogue.
type roleSet uint64

const everyRole roleSet = 1<<64 - 1

var roleBits, groupBits = func() (map[string]roleSet, map[string]roleSet) {
	single := make(map[string]roleSet, len(roles))
	for i, r := range roles {
		single[r.ID] = 1 << i
	}
	grouped := make(map[string]roleSet, len(groups))
	for _, g := range groups {
		for _, member := range g.members {
			grouped[g.id] |= single[member]
		}
	}
	return single, grouped
}()

func (s roleSet) ids() []string {
	var ids []string
	for i, r := range roles {
		if s&(1<<i) != 0 {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
