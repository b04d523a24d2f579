package identity

import (
	"context"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

func (r *Room) wayChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "identity.hours", Demands: []string{"E-147"},
			Title: fault.Text{ZH: "登录时段：规定时段外的登录被拒绝", EN: "Hours of signing in: what came outside them was refused"},
			Run:   r.hoursKept,
		},
		{
			ID: "identity.windows-by-two", Demands: []string{"E-147"},
			Title: fault.Text{ZH: "临时时段均由他人批准，且不超过七天", EN: "Every temporary window was approved by another, for seven days at most"},
			Run:   r.none("identity_window", windowsByOne),
		},
		{
			ID: "identity.remote-by-vpn", Demands: []string{"E-145"},
			Title: fault.Text{ZH: "院外会话均经 VPN 网关", EN: "Sessions from outside came through the VPN"},
			Run:   r.remoteByTunnel,
		},
		{
			ID: "identity.links-of-known-ways", Demands: []string{"A-148", "E-143"},
			Title: fault.Text{ZH: "外部身份和证书一一对应账号", EN: "Whatever is bound by another way is bound to one account"},
			Run:   r.none("identity_link", linksOfTwo),
		},
		{
			ID: "identity.tokens-returned", Demands: []string{"A-151", "A-153", "D-053"},
			Title: fault.Text{ZH: "不可用账号没有未收回的证书介质", EN: "No account that cannot be used has a certificate left"},
			Run:   r.none("identity_link", tokensOfGone),
		},
		{
			ID: "identity.revocation-lists", Demands: []string{"E-143"},
			Title: fault.Text{ZH: "证书吊销列表在有效期内", EN: "Lists of revoked certificates are not out of date"},
			Run:   r.revocationLists,
		},
		{
			ID: "identity.acknowledged", Demands: []string{"A-153"},
			Title: fault.Text{ZH: "有账号异常的科室一季度内已确认", EN: "Every department with findings has acknowledged within a quarter"},
			Run:   r.none("identity_finding", r.unacknowledged),
		},
		r.faceCheck(),
	}
}

// hoursKept tells what was refused in the last thirty days because of the hour. With
// no hours set, whether the demand is met nobody can say.
func (r *Room) hoursKept(ctx context.Context) (evidence.Finding, error) {
	var bound, refused int
	err := r.desk.Look(ctx, func(v db.Reader) error {
		rules, err := r.rulesOf(ctx, v, r.org)
		if err != nil {
			return err
		}
		bound = len(rules.Rules.Hours)
		refused, err = count(ctx, v, "SELECT COALESCE(SUM(n), 0) FROM identity_denial WHERE org = $1 AND day > $2 AND why = $3",
			r.org, dayOf(r.desk.Now())-30, whyHours)
		return err
	})
	if bound == 0 {
		return evidence.Finding{Verdict: evidence.Unknown, Figure: "0", Detail: fault.Text{
			ZH: "未设置任何登录时段", EN: "No hours of signing in are set",
		}}, err
	}
	return evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d", refused), Detail: fault.Text{
		ZH: fmt.Sprintf("已设 %d 个时段，近三十天拒绝 %d 次", bound, refused),
		EN: fmt.Sprintf("%d hours are set; %d refusals in thirty days", bound, refused),
	}}, err
}

// remoteByTunnel tells how many sessions from outside are in use that did not come
// through a VPN gateway: since one is asked for, none may be.
func (r *Room) remoteByTunnel(ctx context.Context) (evidence.Finding, error) {
	if len(r.inside) == 0 {
		return evidence.Finding{Verdict: evidence.Unknown, Detail: fault.Text{
			ZH: "未设置院内网段，无法区分院内外", EN: "No network was named as inside, so that none is outside",
		}}, nil
	}
	gateways, err := r.tunnels(ctx)
	if err != nil {
		return evidence.Finding{}, err
	}
	var bare, all, refused int
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		const open = "SELECT COUNT(*) FROM identity_session WHERE org = $1 AND zone = $2 AND ended IS NULL AND until > $3 AND seen > $4"
		now, since := r.desk.Now().UnixMicro(), askedSince(gateways).UnixMicro()
		if all, err = count(ctx, v, open, r.org, outsideZone, now, since); err != nil {
			return err
		}
		if bare, err = count(ctx, v, open+" AND tunnel = $5", r.org, outsideZone, now, since, ""); err != nil {
			return err
		}
		refused, err = count(ctx, v, "SELECT COALESCE(SUM(n), 0) FROM identity_denial WHERE org = $1 AND day > $2 AND why = $3",
			r.org, dayOf(r.desk.Now())-30, whyTunnel)
		return err
	})
	verdict := evidence.Met
	if bare > 0 {
		verdict = evidence.NotMet
	}
	asked := fault.Text{ZH: "尚未要求 VPN 网关断言", EN: "no VPN gateway is asked for"}
	if r.gateways != nil {
		asked = fault.Text{ZH: "要求 VPN 网关的连接证书", EN: "the certificate of a VPN gateway is asked for on its connection"}
	}
	if len(gateways) > 0 {
		asked = fault.Text{ZH: fmt.Sprintf("要求 %d 个网关之一的断言", len(gateways)), EN: fmt.Sprintf("one of %d gateways is asked for", len(gateways))}
	}
	return evidence.Finding{Verdict: verdict, Figure: fmt.Sprintf("%d / %d", bare, all), Detail: fault.Text{
		ZH: fmt.Sprintf("%s；院外会话 %d 个，未经 VPN %d 个；近三十天拒绝 %d 次", asked.ZH, all, bare, refused),
		EN: fmt.Sprintf("%s; %d sessions from outside, %d of them without VPN; %d refusals in thirty days", asked.EN, all, bare, refused),
	}}, err
}

// askedSince is when the first of the gateways was set as it is.
func askedSince(gateways []Way) (since time.Time) {
	for _, w := range gateways {
		if since.IsZero() || w.Changed.Before(since) {
			since = w.Changed
		}
	}
	return since
}

func windowsByOne(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, "SELECT COUNT(*) FROM identity_window WHERE state = $1 AND (decided_by = person OR decided_by = asked_by OR until - since > $2)",
		string(WindowApproved), windowLife.Microseconds())
}

func linksOfTwo(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, `SELECT COUNT(*) FROM (SELECT 1 AS one FROM identity_link WHERE ended IS NULL
		GROUP BY org, mark HAVING COUNT(DISTINCT account) > 1) AS counted`)
}

func tokensOfGone(ctx context.Context, v db.Reader) (int, error) {
	return count(ctx, v, `SELECT COUNT(*) FROM identity_link l WHERE l.ended IS NULL AND l.kind IN ($1, $2, $3) AND NOT EXISTS (
		SELECT 1 FROM identity_account a WHERE a.org = l.org AND a.id = l.account AND a.state = $4)`, string(Certificate), string(SM2), string(Scan), string(Active))
}

// revocationLists tells how many lists of the open ways are out of date.
func (r *Room) revocationLists(ctx context.Context) (evidence.Finding, error) {
	open, err := r.OfferedWays(ctx)
	if err != nil {
		return evidence.Finding{}, err
	}
	all, old := 0, 0
	for _, w := range open {
		if w.Settings.Authority == nil {
			continue
		}
		for _, der := range blocks(w.Settings.Authority.Revoked) {
			list, err := smx509.ParseRevocationList(der)
			if err != nil {
				return evidence.Finding{}, err
			}
			if all++; !list.NextUpdate.IsZero() && !list.NextUpdate.After(r.desk.Now()) {
				old++
			}
		}
	}
	verdict := evidence.Met
	if old > 0 {
		verdict = evidence.NotMet
	}
	return evidence.Finding{Verdict: verdict, Figure: fmt.Sprintf("%d / %d", old, all), Detail: fault.Text{
		ZH: fmt.Sprintf("吊销列表 %d 份，过期 %d 份", all, old), EN: fmt.Sprintf("%d lists, %d of them out of date", all, old),
	}}, nil
}

// unacknowledged counts the departments with findings of which nobody has signed for
// a quarter.
func (r *Room) unacknowledged(ctx context.Context, v db.Reader) (int, error) {
	since := r.desk.Now().Add(-92 * day).UnixMicro()
	return count(ctx, v, `SELECT COUNT(DISTINCT f.department) FROM identity_finding f WHERE f.org = $1 AND f.department <> $2 AND f.found < $3 AND NOT EXISTS (
		SELECT 1 FROM identity_acknowledgement a WHERE a.org = f.org AND a.department = f.department AND a.made > $4)`,
		r.org, "", since, since)
}
