package identity

import "slices"

// Groups of the menu.
const (
	menuCare       = "care"       // 诊疗
	menuAccess     = "access"     // 访问
	menuGovernance = "governance" // 数据治理
	menuSecurity   = "security"   // 安全与审计
	menuCompliance = "compliance" // 合规与管理
)

var menuByRole = []struct {
	group string
	roles []string
}{
	{menuCare, []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician", "records-clerk", "medical-affairs", "quality", "coder", "student"}},
	{menuAccess, []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician", "records-clerk", "medical-affairs", "quality", "researcher"}},
	{menuGovernance, []string{"records-clerk", "medical-affairs", "quality", "researcher", "system-administrator", "insurance-office"}},
	{menuSecurity, []string{"auditor", "discipline", "security-administrator", "system-administrator", "dba", "network-administrator", "it-head", "vendor-engineer"}},
	{menuCompliance, []string{"medical-affairs", "quality", "auditor", "discipline", "security-administrator", "president", "nursing-affairs", "administrator-on-duty", "patient-relations", "it-head", "science-education", "personnel"}},
}

// menuOf returns the groups of the menu that somebody with these roles can use
// at all. What stands in them is still decided act by act.
func menuOf(roles []string) []string {
	groups := []string{}
	for _, m := range menuByRole {
		if slices.ContainsFunc(m.roles, func(role string) bool { return slices.Contains(roles, role) }) {
			groups = append(groups, m.group)
		}
	}
	return groups
}
