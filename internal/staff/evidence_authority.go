package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

func (r *Room) authorityChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "staff.authorities-recorded", Demands: []string{"A-168", "A-114"},
			Title: fault.Text{ZH: "每项权限都登记了唯一的授权部门和实施部门", EN: "Every permission has one authorising and one implementing department"},
			Run:   r.overEveryOrg(authoritiesRecorded),
		},
		{
			ID: "staff.authorities-by-two", Demands: []string{"A-168"},
			Title: fault.Text{ZH: "授权部门、实施部门的变更都由两人完成", EN: "Who gives what was changed by two persons"},
			Run: r.none(`SELECT COUNT(*) FROM staff_authority WHERE state = 'agreed' AND (settled_by = '' OR settled_by = proposed_by)`,
				`SELECT COUNT(*) FROM staff_authority WHERE state = 'agreed'`),
		},
	}
}

// overEveryOrg asks about every organisation of the store; the worst finding counts.
func (r *Room) overEveryOrg(ask func(ctx context.Context, v db.Reader, org string, at time.Time) (evidence.Finding, error)) func(context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		found := evidence.Finding{Verdict: evidence.NotMet, Figure: "–", Detail: fault.Text{ZH: "还没有人员", EN: "there is nobody yet"}}
		err := r.desk.Look(ctx, func(v db.Reader) error {
			orgs, err := organisations(ctx, v)
			if err != nil {
				return err
			}
			for i, org := range orgs {
				one, err := ask(ctx, v, org, r.desk.Now())
				if err != nil {
					return err
				}
				if i == 0 || one.Verdict != evidence.Met {
					found = one
				}
			}
			return nil
		})
		return found, err
	}
}

// namedAtMost is how many of what is missing are named.
const namedAtMost = 5

func authoritiesRecorded(ctx context.Context, v db.Reader, org string, _ time.Time) (evidence.Finding, error) {
	held, err := AuthoritiesInForce(ctx, v, org)
	if err != nil {
		return evidence.Finding{}, err
	}
	all := Permissions()
	missing := slices.DeleteFunc(slices.Clone(all), func(p Permission) bool { _, recorded := held[p.ID]; return recorded })
	var zh, en []string
	for _, p := range missing[:min(len(missing), namedAtMost)] {
		zh, en = append(zh, p.Name.ZH), append(en, p.Name.EN)
	}
	f := finding(len(missing) == 0, fmt.Sprintf("%d / %d", len(all)-len(missing), len(all)),
		fmt.Sprintf("%d 项权限中 %d 项没有登记授权、实施部门", len(all), len(missing)), fmt.Sprintf("of %d permissions %d have no departments recorded", len(all), len(missing)))
	if len(missing) > 0 {
		f.Detail.ZH += "：" + strings.Join(zh, "、") + "等"
		f.Detail.EN += ": " + strings.Join(en, ", ") + " and so on"
	}
	return f, nil
}
