package identity

import (
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// purposesByRole are what the work of a role is usually for, the first of them
// by default. They are offered, not enforced: policy decides what a purpose
// opens, and any published purpose may be stated.
var purposesByRole = []struct {
	role     string
	purposes []string
}{
	{"chief", []string{"care", "quality", "teaching", "management", "research", "infection"}},
	{"attending", []string{"care", "teaching", "infection", "insurance"}},
	{"resident", []string{"care", "teaching", "infection", "insurance"}},
	{"head-nurse", []string{"care", "quality", "teaching", "management"}},
	{"nurse", []string{"care", "teaching"}},
	{"pharmacist", []string{"care", "quality"}},
	{"technician", []string{"care", "quality"}},
	{"records-clerk", []string{"coding", "patient-request", "insurance", "legal"}},
	{"medical-affairs", []string{"management", "quality", "legal", "patient-request"}},
	{"quality", []string{"quality"}},
	{"discipline", []string{"supervision"}},
	{"auditor", []string{"supervision"}},
	{"security-administrator", []string{"operation", "management"}},
	{"system-administrator", []string{"operation"}},
	{"dba", []string{"operation"}},
	{"researcher", []string{"research"}},
	{"president", []string{"management"}},
	{"nursing-affairs", []string{"management", "quality"}},
	{"administrator-on-duty", []string{"management"}},
	{"patient-relations", []string{"management"}},
	{"it-head", []string{"management", "operation"}},
	{"network-administrator", []string{"operation"}},
	{"science-education", []string{"management", "teaching", "research"}},
	{"personnel", []string{"management"}},
	{"coder", []string{"coding"}},
	{"student", []string{"teaching"}},
	{"vendor-engineer", []string{"operation"}},
	{"insurance-office", []string{"insurance"}},
}

// purposesOf returns the purposes offered to somebody with these roles, the
// default first.
func purposesOf(roles []string) []string {
	var offered []string
	for _, r := range purposesByRole {
		if !slices.Contains(roles, r.role) {
			continue
		}
		for _, p := range r.purposes {
			if !slices.Contains(offered, p) {
				offered = append(offered, p)
			}
		}
	}
	return offered
}

// purposeFor is the purpose for which somebody acts who has not stated one.
// Without a role there is nothing left but to manage one's own account.
func purposeFor(roles []string) string {
	if offered := purposesOf(roles); len(offered) > 0 {
		return offered[0]
	}
	return "operation"
}

func published(purpose string) bool {
	return slices.ContainsFunc(policy.Purposes(), func(p policy.Purpose) bool { return p.ID == purpose })
}

// ChoosePurpose states what the calling session is for until another is chosen.
// It opens nothing by itself: the account of each act names its purpose.
func (r *Room) ChoosePurpose(ctx context.Context, purpose string) error {
	if !published(purpose) {
		return errPurpose.With()
	}
	caller := act.From(ctx)
	err := r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		session, err := sessions.Get(ctx, w, caller.Org, caller.Session)
		if errors.Is(err, db.ErrNone) || err == nil && !session.Live(r.desk.Now()) {
			return act.ErrNobody.With()
		}
		if err != nil {
			return err
		}
		session.Purpose = purpose
		return sessions.Update(ctx, w, &session)
	})
	r.present.dropSession(caller.Session)
	return r.doubted(ctx, err)
}
