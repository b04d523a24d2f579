package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// Checks are the live checks of the room.
func (r *Room) Checks() []evidence.Check { return append(r.accountChecks(), r.wayChecks()...) }

func (r *Room) accountChecks() []evidence.Check {
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
		{
			ID: "identity.passwords-meet-rules", Demands: []string{"A-060", "A-061", "A-149"},
			Title: fault.Text{ZH: "没有账号的密码低于现行规则", EN: "No account's password is below the rules in force"},
			Run:   r.none("identity_account", r.passwordsBelowRules),
		},
		{
			ID: "identity.passwords-in-time", Demands: []string{"A-062", "B-105"},
			Title: fault.Text{ZH: "没有超过更换期限的密码", EN: "No password is overdue"},
			Run:   r.none("identity_account", r.overduePasswords),
		},
		{
			ID: "identity.passwords-hashed", Demands: []string{"B-107"},
			Title: fault.Text{ZH: "密码只以加盐哈希保存", EN: "Passwords are kept as salted hashes only"},
			Run:   r.none("identity_password", unhashedPasswords),
		},
		{
			ID: "identity.second-factors", Demands: []string{"A-064", "D-044"},
			Title: fault.Text{ZH: "须有第二因素的角色都已登记第二因素", EN: "Whoever holds a role that needs a second factor has one"},
			Run:   r.none("identity_account", r.withoutFactor),
		},
		{
			ID: "identity.strong-sessions", Demands: []string{"A-063", "E-143"},
			Title: fault.Text{ZH: "双因素会话都出示过第二因素", EN: "Every session that counts as strong has shown a second factor"},
			Run:   r.none("identity_session", strongByNothing),
		},
		{
			ID: "identity.remote-sessions", Demands: []string{"E-146"},
			Title: fault.Text{ZH: "院外会话的第二因素", EN: "Sessions from outside and their second factor"},
			Run:   r.remoteSessions,
		},
		{
			ID: "identity.one-session-each", Demands: []string{"A-152", "B-056", "B-106"},
			Title: fault.Text{ZH: "规则要求接管时，没有人同时有两个会话", EN: "Where the rules say take-over, nobody has two sessions at a time"},
			Run:   r.none("identity_session", r.secondSessions),
		},
		{
			ID: "identity.recoveries-by-two", Demands: []string{"A-064", "D-044"},
			Title: fault.Text{ZH: "第二因素的解除均由两人办理，且不含本人", EN: "Every recovery of a factor was asked for and approved by two, neither its holder"},
			Run:   r.none("identity_recovery", recoveriesByOne),
		},
		{
			ID: "identity.accounts-of-posts", Demands: []string{"B-103"},
			Title: fault.Text{ZH: "没有离岗人员的账号仍可使用", EN: "No account of somebody without a post can be used"},
			Run:   r.none("identity_account", r.unnoted(NoPost)),
		},
		{
			ID: "identity.dormant-accounts", Demands: []string{"A-153"},
			Title: fault.Text{ZH: "长期未登录的账号均已列出待处置", EN: "Every account that nobody uses is found"},
			Run:   r.none("identity_account", r.unnoted(Dormant)),
		},
		{
			ID: "identity.shared-accounts", Demands: []string{"B-106"},
			Title: fault.Text{ZH: "疑似共用账号均已处置", EN: "Every account that seemed shared was disposed of"},
			Run:   r.none("identity_finding", sharedWaiting),
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

// passwordsBelowRules counts the passwords that fell short when they were last
// looked at, and those that were not looked at since the rules changed.
func (r *Room) passwordsBelowRules(ctx context.Context, v db.Reader) (int, error) {
	rules, err := r.rulesOf(ctx, v, r.org)
	if err != nil {
		return 0, err
	}
	return count(ctx, v, `SELECT COUNT(*) FROM identity_account a JOIN identity_use u ON u.org = a.org AND u.account = a.id
		WHERE a.org = $1 AND a.state = $2 AND a.password <> $3 AND a.must_change = $4 AND (u.weak = $5 OR u.rules <> $6)`,
		r.org, string(Active), "", int64(0), int64(1), rules.Number)
}

func (r *Room) overduePasswords(ctx context.Context, v db.Reader) (int, error) {
	rules, err := r.rulesOf(ctx, v, r.org)
	if err != nil || rules.Rules.Password.MaxAge == 0 {
		return 0, err
	}
	latest := r.desk.Now().Add(-time.Duration(rules.Rules.Password.MaxAge+rules.Rules.Password.Grace) * day)
	return count(ctx, v, `SELECT COUNT(*) FROM identity_account WHERE org = $1 AND state = $2 AND password <> $3 AND password_since < $4
		AND (must_change = $5 OR password_until IS NULL)`, r.org, string(Active), "", latest.UnixMicro(), int64(0))
}

func unhashedPasswords(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, "SELECT COUNT(*) FROM identity_password WHERE hash NOT LIKE $1", "$argon2id$%")
}

// withoutFactor counts the people who hold a role that needs a second factor and
// have none. What they hold gives them nothing meanwhile.
func (r *Room) withoutFactor(ctx context.Context, v db.Reader) (int, error) {
	rules, err := r.rulesOf(ctx, v, r.org)
	if err != nil {
		return 0, err
	}
	lacking := map[string]bool{}
	for _, role := range rules.Rules.Factor.Roles {
		holders, err := staff.Holders(ctx, v, r.org, "", role, r.desk.Now(), mostHolders)
		if err != nil {
			return 0, err
		}
		for _, h := range holders {
			if lacking[h.Person], err = lacksFactor(ctx, v, r.org, h.Person); err != nil {
				return 0, err
			}
		}
	}
	n := 0
	for _, lacks := range lacking {
		if lacks {
			n++
		}
	}
	return n, nil
}

// mostHolders bounds the holders of a role that are looked at.
const mostHolders = 500

func lacksFactor(ctx context.Context, v db.Reader, org, person string) (bool, error) {
	account, err := accountOf(ctx, v, org, person)
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	if err != nil || account.State != Active {
		return false, err
	}
	has, err := liveFactors(ctx, v, org, account.ID)
	if err != nil || len(has) > 0 {
		return false, err
	}
	tokens, err := tokensOf(ctx, v, org, account.ID)
	return len(tokens) == 0, err
}

func strongByNothing(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, `SELECT COUNT(*) FROM identity_session s WHERE s.strong = $1 AND s.means <> $2 AND s.means NOT LIKE $3`,
		int64(1), string(ByPasskey), "%+%")
}

// remoteSessions tells how many sessions from outside are strong. The others can
// do nothing, which a rule sees to; the check fails when that rule's facts would
// not be known, because nobody said which networks are inside.
func (r *Room) remoteSessions(ctx context.Context) (evidence.Finding, error) {
	if len(r.inside) == 0 {
		return evidence.Finding{Verdict: evidence.Unknown, Detail: fault.Text{
			ZH: "未设置院内网段，无法区分院内外", EN: "No network was named as inside, so that none is outside",
		}}, nil
	}
	var strong, all int
	err := r.desk.Look(ctx, func(v db.Reader) error {
		strong, all = 0, 0
		open, err := sessions.Select(ctx, v, "WHERE org = $1 AND ended IS NULL AND until > $2 ORDER BY since LIMIT $3",
			r.org, r.desk.Now().UnixMicro(), int64(mostHolders))
		for _, s := range open {
			if r.zone(s.IP) == "remote" {
				all++
				if s.Strong {
					strong++
				}
			}
		}
		return err
	})
	return evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", strong, all), Detail: fault.Text{
		ZH: fmt.Sprintf("院外会话 %d 个，其中双因素 %d 个；其余不能办理任何事项", all, strong),
		EN: fmt.Sprintf("%d sessions from outside, %d of them by two factors; the others can do nothing", all, strong),
	}}, err
}

func (r *Room) secondSessions(ctx context.Context, v db.Reader) (int, error) {
	rules, err := r.rulesOf(ctx, v, r.org)
	if err != nil || rules.Rules.Session.Concurrent != TakeOver {
		return 0, err
	}
	return count(ctx, v, `SELECT COUNT(*) FROM (SELECT 1 AS one FROM identity_session WHERE org = $1 AND ended IS NULL AND until > $2 AND since > $3
		GROUP BY account HAVING COUNT(*) > 1) AS counted`, r.org, r.desk.Now().UnixMicro(), rules.Made.UnixMicro())
}

func recoveriesByOne(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, "SELECT COUNT(*) FROM identity_recovery WHERE state = $1 AND (decided_by = asked_by OR decided_by = person OR asked_by = person)", string(Approved))
}

// unnoted counts the accounts with which something has been amiss for more than a
// day and of which there is no finding.
func (r *Room) unnoted(kind FindingKind) func(context.Context, db.Reader) (int, error) {
	return func(ctx context.Context, v db.Reader) (int, error) {
		due, err := r.overdue(ctx, v, r.desk.Now().Add(-day))
		if err != nil {
			return 0, err
		}
		n := 0
		for _, d := range due {
			if d.kind != kind {
				continue
			}
			noted, err := count(ctx, v, "SELECT COUNT(*) FROM identity_finding WHERE org = $1 AND account = $2 AND kind = $3",
				d.account.Org, d.account.ID, string(kind))
			if err != nil {
				return 0, err
			}
			if noted == 0 {
				n++
			}
		}
		return n, nil
	}
}

func sharedWaiting(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, "SELECT COUNT(*) FROM identity_finding WHERE kind = $1 AND disposed IS NULL", string(Shared))
}
