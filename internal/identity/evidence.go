package identity

import (
	"context"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// Checks are the live checks of the room.
func (r *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "identity.one-account-per-person", Demands: []string{"B-056", "B-103", "D-043"},
			Title: fault.Text{ZH: "一人一号：没有人有两个账号", EN: "Nobody has two accounts"},
			Run:   r.none("identity_account", secondAccounts),
		},
		{
			ID: "identity.accounts-of-known-people", Demands: []string{"A-075", "B-103", "C-024"},
			Title: fault.Text{ZH: "每个账号都属于在册人员", EN: "Every account is of somebody on the books"},
			Run:   r.none("identity_account", accountsOfNobody),
		},
		{
			ID: "identity.no-post-accounts", Demands: []string{"A-148", "D-043"},
			Title: fault.Text{ZH: "没有以岗位命名的账号", EN: "No account is named after a post"},
			Run:   r.none("identity_account", accountsOfPosts),
		},
		{
			ID: "identity.sessions-end", Demands: []string{"E-052"},
			Title: fault.Text{ZH: "没有超过八小时的会话", EN: "No session is longer than eight hours"},
			Run:   r.none("identity_session", overlongSessions),
		},
		{
			ID: "identity.sessions-of-usable-accounts", Demands: []string{"C-024", "E-052"},
			Title: fault.Text{ZH: "停用账号没有未结束的会话", EN: "No disabled account has an open session"},
			Run:   r.none("identity_session", r.sessionsOfDisabled),
		},
		{
			ID: "identity.passwords", Demands: []string{"E-052"},
			Title: fault.Text{ZH: "正式库中没有免密账号", EN: "In a real store no account is without a password"},
			Run:   r.none("identity_account", r.passwordless),
		},
	}
}

// none is met when a count of what must not be, in a table, comes to nothing.
func (r *Room) none(table string, broken func(context.Context, db.Reader) (int, error)) func(context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		var bad, all int
		err := r.desk.Look(ctx, func(v db.Reader) (err error) {
			if bad, err = broken(ctx, v); err != nil {
				return err
			}
			all, err = count(ctx, v, "SELECT COUNT(*) FROM "+table)
			return err
		})
		verdict := evidence.Met
		if bad > 0 {
			verdict = evidence.NotMet
		}
		return evidence.Finding{
			Verdict: verdict, Figure: fmt.Sprintf("%d / %d", bad, all),
			Detail: fault.Text{ZH: fmt.Sprintf("共 %d 条，不符合 %d 条", all, bad), EN: fmt.Sprintf("%d of %d do not fit", bad, all)},
		}, err
	}
}

func secondAccounts(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, "SELECT COUNT(*) FROM (SELECT 1 AS one FROM identity_account GROUP BY org, person HAVING COUNT(*) > 1) AS counted")
}

func accountsOfNobody(ctx context.Context, v db.Reader) (int, error) {
	return eachAccount(ctx, v, func(org string, some []Account) (int, error) {
		known, err := staff.Known(ctx, v, org, personsOf(some))
		return len(some) - len(known), err
	})
}

func accountsOfPosts(ctx context.Context, v db.Reader) (int, error) {
	return eachAccount(ctx, v, func(_ string, some []Account) (int, error) {
		return len(slices.DeleteFunc(some, func(a Account) bool { return checkName(a.Name) == nil })), nil
	})
}

// eachAccount adds up what a question finds among all accounts, a part at a time.
func eachAccount(ctx context.Context, v db.Reader, ask func(org string, some []Account) (int, error)) (int, error) {
	const atOnce = 200
	found, org, name := 0, "", ""
	for {
		some, err := accounts.Select(ctx, v, "WHERE org = $1 AND name > $2 OR org > $3 ORDER BY org, name LIMIT $4", org, name, org, int64(atOnce))
		if err != nil || len(some) == 0 {
			return found, err
		}
		same := slices.IndexFunc(some, func(a Account) bool { return a.Org != some[0].Org })
		if same > 0 {
			some = some[:same]
		}
		org, name = some[0].Org, some[len(some)-1].Name
		n, err := ask(org, some)
		if err != nil {
			return found, err
		}
		found += n
	}
}

func overlongSessions(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, "SELECT COUNT(*) FROM identity_session WHERE until - since > $1", SessionLife.Microseconds())
}

func (r *Room) sessionsOfDisabled(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, `SELECT COUNT(*) FROM identity_session s WHERE s.ended IS NULL AND s.until > $1 AND NOT EXISTS (
		SELECT 1 FROM identity_account a WHERE a.org = s.org AND a.id = s.account AND a.state = $2)`, r.desk.Now().UnixMicro(), string(Active))
}

func (r *Room) passwordless(ctx context.Context, v db.Reader) (int, error) {
	if r.demo {
		return 0, nil
	}
	return count(ctx, v, "SELECT COUNT(*) FROM identity_account WHERE state = $1 AND password = $2", string(Active), "")
}
