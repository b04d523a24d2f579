package output

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Profile is how something leaves for one use: what the copy bears, and how much of it
// there may be. Its row is keyed.
type Profile struct {
	Org       string     `db:"org,key"`
	ID        string     `db:"id,key"`
	Name      fault.Text `db:"name,json"`
	Purposes  []string   `db:"purposes,json"`
	Prints    bool       `db:"prints"`
	Exports   bool       `db:"exports"`
	Named     bool       `db:"named"`     // the page bears the name of who made it
	Recipient bool       `db:"recipient"` // it is for somebody, who is named in the account
	Stamp     bool       `db:"stamp"`     // the page has a place for the seal of the house
	Case      bool       `db:"needs_case"`
	Quotas    []Quota    `db:"quotas,json"`
	Threshold int        `db:"threshold"` // more patients in one file than this are for two people to decide
	Burst     int        `db:"burst"`     // more patients in an hour than this are suspicious
	Night     int        `db:"night"`     // more patients between 22:00 and 06:00 than this are suspicious
	// HoldMinutes is how long a print waits in the queue.
	HoldMinutes int       `db:"hold_minutes"`
	FileHours   int       `db:"file_hours"` // how long a file can be fetched
	Downloads   int       `db:"downloads"`  // and how often
	CodeHours   int       `db:"code_hours"` // how long a release code counts
	Rev         int       `db:"rev"`        // 0: as delivered
	SetAt       time.Time `db:"set_at"`
	SetBy       string    `db:"set_by"`
	MAC         []byte    `db:"mac"`
}

// Quota is how many different patients one person may take along in a day and in a
// month; 0 sets no bound. An empty role is for everybody who has no line of his own.
type Quota struct {
	Role  string `json:"role,omitempty" maxLength:"40"`
	Day   int    `json:"day" minimum:"0" maximum:"100000"`
	Month int    `json:"month" minimum:"0" maximum:"1000000"`
}

// Bulk is the profile by which reading many patients is counted.
const Bulk = "query"

// delivered are the profiles of a house that has set none.
var delivered = []Profile{
	{
		ID: "care", Name: fault.Text{ZH: "诊疗组打印", EN: "Printing for the care team"}, Purposes: []string{"care"}, Prints: true,
		Quotas: []Quota{{}}, Threshold: 200, Burst: 120, Night: 120, HoldMinutes: 30, FileHours: 1, Downloads: 1, CodeHours: 1,
	},
	{
		ID: "patient", Name: fault.Text{ZH: "患者复印", EN: "Copy for a patient"}, Purposes: []string{"patient-request"}, Prints: true, Recipient: true, Stamp: true,
		Quotas: []Quota{{Day: 200, Month: 4000}}, Threshold: 200, Burst: 100, Night: 10, HoldMinutes: 60, FileHours: 1, Downloads: 1, CodeHours: 1,
	},
	{
		ID: "court", Name: fault.Text{ZH: "司法及机关调取", EN: "Copy for courts and authorities"}, Purposes: []string{"legal", "insurance"}, Prints: true, Recipient: true, Stamp: true, Case: true,
		Quotas: []Quota{{Day: 50, Month: 500}}, Threshold: 50, Burst: 50, Night: 10, HoldMinutes: 60, FileHours: 1, Downloads: 1, CodeHours: 1,
	},
	{
		ID: "office", Name: fault.Text{ZH: "管理清单", EN: "Lists for management"},
		Purposes: []string{"management", "quality", "coding", "infection", "insurance", "supervision"}, Exports: true, Named: true, Case: true,
		Quotas: []Quota{{Day: 500, Month: 5000}, {Role: "records-clerk", Day: 2000, Month: 20000}}, Threshold: 100, Burst: 400, Night: 50,
		HoldMinutes: 30, FileHours: 24, Downloads: 3, CodeHours: 8,
	},
	{
		ID: "teaching", Name: fault.Text{ZH: "教学清单", EN: "Lists for teaching"}, Purposes: []string{"teaching"}, Exports: true, Named: true, Case: true,
		Quotas: []Quota{{Day: 50, Month: 200}}, Threshold: 20, Burst: 50, Night: 10, HoldMinutes: 30, FileHours: 24, Downloads: 3, CodeHours: 8,
	},
	{
		ID: "research", Name: fault.Text{ZH: "科研清单", EN: "Lists for research"}, Purposes: []string{"research"}, Exports: true, Named: true, Case: true,
		Quotas: []Quota{{Day: 200, Month: 1000}}, Threshold: 50, Burst: 200, Night: 20, HoldMinutes: 30, FileHours: 24, Downloads: 3, CodeHours: 8,
	},
	{
		ID: Bulk, Name: fault.Text{ZH: "批量查询", EN: "Queries of many patients"}, Purposes: purposeIDs(),
		Quotas: []Quota{{Day: 500, Month: 6000}}, Threshold: 500, Burst: 400, Night: 200, HoldMinutes: 30, FileHours: 1, Downloads: 1, CodeHours: 1,
	},
}

func purposeIDs() []string {
	var ids []string
	for _, p := range policy.Purposes() {
		ids = append(ids, p.ID)
	}
	return ids
}

// quotaOf is the widest quota of a person's roles: each post brings its own work.
func (p Profile) quotaOf(roles []string) Quota {
	var own, common Quota
	found := false
	for _, q := range p.Quotas {
		switch {
		case q.Role == "":
			common = q
		case slices.Contains(roles, q.Role):
			if !found {
				own = q
			}
			own.Day, own.Month, found = wider(own.Day, q.Day), wider(own.Month, q.Month), true
		}
	}
	if found {
		return own
	}
	return common
}

// wider is the wider of two bounds, of which 0 is none.
func wider(a, b int) int {
	if a == 0 || b == 0 {
		return 0
	}
	return max(a, b)
}

// serves reports whether a profile is for a purpose.
func (p Profile) serves(purpose string) bool { return slices.Contains(p.Purposes, purpose) }

func (p Profile) check() error {
	e := errInput.With()
	e.MustName("id", p.ID, 40)
	e.MustName("name.zh", p.Name.ZH, maxName)
	e.MayName("name.en", p.Name.EN, maxName)
	known := purposeIDs()
	if len(p.Purposes) == 0 || slices.ContainsFunc(p.Purposes, func(id string) bool { return !slices.Contains(known, id) }) {
		e.At("purposes", fault.Text{ZH: "请从目的列表中选择", EN: "choose purposes of the list"})
	}
	if !slices.ContainsFunc(p.Quotas, func(q Quota) bool { return q.Role == "" }) {
		e.At("quotas", fault.Text{ZH: "请给出一条适用于所有人的定额（角色留空）", EN: "give a quota for everybody: one without a role"})
	}
	for _, q := range p.Quotas {
		if q.Day < 0 || q.Month < 0 || q.Month > 0 && (q.Day == 0 || q.Month < q.Day) {
			e.At("quotas", fault.Text{ZH: "每月定额不能小于每日定额", EN: "the quota of a month is no less than that of a day"})
		}
		if q.Role != "" && !slices.ContainsFunc(policy.Roles(), func(r policy.Role) bool { return r.ID == q.Role && r.Person }) {
			e.At("quotas", fault.Text{ZH: "没有角色 " + q.Role, EN: "there is no role " + q.Role})
		}
	}
	for field, bound := range map[string]struct{ is, least, most int }{
		"threshold": {p.Threshold, 0, 100_000}, "burst": {p.Burst, 1, 100_000}, "night": {p.Night, 0, 100_000}, "holdMinutes": {p.HoldMinutes, 1, 24 * 60},
		"fileHours": {p.FileHours, 1, 24}, "downloads": {p.Downloads, 1, 10}, "codeHours": {p.CodeHours, 1, 72},
	} {
		if bound.is < bound.least || bound.is > bound.most {
			e.At(field, fault.Text{ZH: "应在允许范围内", EN: "lies outside of what is allowed"})
		}
	}
	return e.OrNil()
}
