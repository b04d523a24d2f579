package source

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
)

// Checks are the live checks of the room. Of A-050 it shows that whoever sends is
// registered or a named person; where each row came from is shown where rows are
// kept. Of A-013 it shows our part of the way: from the arrival of a message to
// everybody who may see it. Of C-033 it shows that an owner is asked when a feed falls
// silent; collection jobs of our own are not among the sources yet. Of C-018 and C-044
// it shows the share per source; a certificate per institution is not made.
func (room *Room) Checks() []evidence.Check {
	none := func(bad string, badArgs func() []any, of string, ofArgs func() []any, zh, en string) func(context.Context) (evidence.Finding, error) {
		return evidence.None(room.desk.Look, evidence.Query{SQL: bad, Args: badArgs}, evidence.Query{SQL: of, Args: ofArgs}, fault.Text{ZH: zh, EN: en})
	}
	args := func(all ...any) func() []any { return func() []any { return all } }
	const open = "SELECT COUNT(*) FROM source_source s WHERE s.state = $1 AND s.kinds <> $2"
	byHand := `["` + ByHand + `"]`
	return []evidence.Check{
		{
			ID: "source.agreed", Demands: []string{"A-200", "A-202"},
			Title: fault.Text{ZH: "启用的接口都有责任人签署、他人批准且有效的承诺书", EN: "Every source that is live has an agreement in force, signed by its owner and approved by somebody else"},
			Run: none(open+` AND NOT EXISTS (SELECT 1 FROM source_agreement a WHERE a.org = s.org AND a.id = s.agreement AND a.state = $3
				AND a.signed_by = s.owner AND a.decided_by <> $4 AND a.decided_by NOT IN (s.owner, s.made_by, s.changed_by) AND a.until = s.until)`,
				args(Live, byHand, InForce, ""), open, args(Live, byHand), "启用的接口", "live sources"),
		},
		{
			ID: "source.stops-in-time", Demands: []string{"A-202"},
			Title: fault.Text{ZH: "承诺到期的接口都已停用", EN: "Sources whose agreement is over are stopped"},
			Run: none("SELECT COUNT(*) FROM source_source WHERE state = $1 AND until <= $2", func() []any { return []any{Live, room.desk.Now().Add(-clockTerm).UnixMicro()} },
				"SELECT COUNT(*) FROM source_source", nil, "数据来源", "sources"),
		},
		{
			ID: "source.keys-end", Demands: []string{"A-200", "B-085"},
			Title: fault.Text{ZH: "接口凭据都有截止时间（不超过一年），且属于已登记的来源", EN: "Every key ends within a year and is of a registered source"},
			Run: none("SELECT COUNT(*) FROM source_key k WHERE k.until - k.since > $1 OR NOT EXISTS (SELECT 1 FROM source_agreement a WHERE a.org = k.org AND a.source = k.source AND a.decided IS NOT NULL)",
				args(longestKey.Microseconds()), "SELECT COUNT(*) FROM source_key", nil, "凭据", "keys"),
		},
		{
			ID: "source.bounded", Demands: []string{"A-200", "D-068"},
			Title: fault.Text{ZH: "启用的接口都登记了责任人、用途、网段和数据范围", EN: "Every live source names its owner, purpose, networks and range of data"},
			Run: none(open+" AND (s.owner = $3 OR s.purpose = $4 OR s.networks = $5 OR s.shapes = $6)", args(Live, byHand, "", "", "[]", "[]"),
				open, args(Live, byHand), "启用的接口", "live sources"),
		},
		{
			ID: "source.standard", Demands: []string{"C-044"},
			Title: fault.Text{ZH: "启用的接口都绑定标准版本", EN: "Every live source is bound to a version of a standard"},
			Run:   none(open+" AND s.standard = $3", args(Live, byHand, ""), open, args(Live, byHand), "启用的接口", "live sources"),
		},
		{
			ID: "source.heard", Demands: []string{"A-025", "C-033"},
			Title: fault.Text{ZH: "没有中断的数据来源", EN: "No source that should be heard of is silent"},
			Run:   room.silence,
		},
		{
			ID: "source.machines-read-nobody", Demands: []string{"C-137"},
			Title: fault.Text{ZH: "没有程序在无人员授权的情况下读取病历内容", EN: "No program has read record content without a person who let it"},
			Run:   room.readAlone,
		},
		{
			ID: "source.apps-bounded", Demands: []string{"C-137", "A-200"},
			Title: fault.Text{ZH: "应用代人员查阅的许可都有截止时间、登录会话和已登记的应用", EN: "What people let programs read has an end, a session and a registered program"},
			Run: none(`SELECT COUNT(*) FROM source_allowance l WHERE l.until - l.made > $1 OR l.session = $2
				OR NOT EXISTS (SELECT 1 FROM source_app a WHERE a.org = l.org AND a.source = l.source)`,
				args(allowanceLife.Microseconds(), ""), "SELECT COUNT(*) FROM source_allowance", nil, "应用许可", "allowances"),
		},
		{
			ID: "source.withdrawn-at-once", Demands: []string{"C-137", "A-200"},
			Title: fault.Text{ZH: "撤回或终止的应用许可此后没有再被使用", EN: "What was allowed to a program and ended was not used afterwards"},
			Run: none("SELECT COUNT(*) FROM source_allowance l JOIN source_use u ON u.org = l.org AND u.allowance = l.id WHERE l.ended IS NOT NULL AND u.last > l.ended", nil,
				"SELECT COUNT(*) FROM source_allowance WHERE ended IS NOT NULL", nil, "已终止的应用许可", "allowances that were ended"),
		},
		{
			ID: "source.success", Demands: []string{"A-025", "B-085"},
			Title: fault.Text{ZH: "近 7 天接口调用被拒不超过 5%", EN: "Of the calls of seven days at most one in twenty was refused"},
			Run: room.share(func(h Health) (int, int) { return h.Calls, h.Calls + h.Refused }, 95,
				fault.Text{ZH: "次调用中被受理", EN: "calls were let in"}),
		},
		{
			ID: "source.conform", Demands: []string{"C-018", "C-044"},
			Title: fault.Text{ZH: "近 7 天隔离的消息不超过 5%", EN: "Of the messages of seven days at most one in twenty was quarantined"},
			Run: room.share(func(h Health) (int, int) { return h.Received - h.Quarantined, h.Received }, 95,
				fault.Text{ZH: "条消息符合标准并收下", EN: "messages kept to the standard and were taken"}),
		},
		{
			ID: "source.visible", Demands: []string{"A-013"},
			Title: fault.Text{ZH: "收到的消息 5 秒内全院可见", EN: "What arrives is visible to everybody who may see it within five seconds"},
			Run:   room.visible,
		},
	}
}

// each looks at how every source that is live has been doing.
func (room *Room) each(ctx context.Context, look func(s Source, h Health)) error {
	return room.desk.Look(ctx, func(r db.Reader) error {
		for after, more := "", true; more; {
			page, err := running(ctx, r, room.org, after)
			if err != nil {
				return err
			}
			for _, s := range page {
				after = s.ID
				days, err := room.days(ctx, r, s, room.desk.Now().AddDate(0, 0, 1-healthDays))
				if err != nil {
					return err
				}
				look(s, healthOf(days))
			}
			more = len(page) == atOnce
		}
		return nil
	})
}

func (room *Room) silence(ctx context.Context) (evidence.Finding, error) {
	n, of := 0, 0
	err := room.each(ctx, func(s Source, h Health) {
		if s.SilentMinutes == 0 {
			return
		}
		of++
		if s.silent(h.Heard, room.desk.Now()) {
			n++
		}
	})
	return verdict(n == 0, fmt.Sprintf("%d / %d", n, of), fault.Text{
		ZH: fmt.Sprintf("%d 个应有消息的来源中有 %d 个中断", of, n), EN: fmt.Sprintf("%d of %d sources that should be heard of are silent", n, of),
	}), err
}

// ofRecords are the verbs by which the content of records is read.
var ofRecords = []string{
	"patient.find", "patient.view", "record.attachment", "record.list", "record.observations", "record.orders", "record.print", "record.versions", "record.view",
}

// readAlone asks the ledger what every source has read under its own name. What a
// program reads for somebody stands under that person's.
func (room *Room) readAlone(ctx context.Context) (evidence.Finding, error) {
	var n int64
	of := 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		n, of = 0, 0
		for after, more := "", true; more; {
			page, err := sourcesAfter(ctx, r, room.org, after, atOnce)
			if err != nil {
				return err
			}
			for _, s := range page {
				after = s.Code
				of++
				found, err := room.ledger.Search(ctx, r, ledger.Query{Org: room.org, Actor: s.ID, Verbs: ofRecords, Outcome: ledger.Done, Limit: 1})
				if err != nil {
					return err
				}
				n += found.Count
			}
			more = len(page) > atOnce
		}
		return nil
	})
	return verdict(n == 0, fmt.Sprintf("%d / %d", n, of), fault.Text{
		ZH: fmt.Sprintf("%d 个数据来源以自身名义读取病历 %d 次", of, n), EN: fmt.Sprintf("%d sources read records under their own name %d times", of, n),
	}), err
}

// share is met when so many of a hundred are good, over all sources that are live.
func (room *Room) share(count func(h Health) (good, all int), least int, what fault.Text) func(context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		good, all := 0, 0
		err := room.each(ctx, func(_ Source, h Health) {
			g, a := count(h)
			good, all = good+g, all+a
		})
		return verdict(good*100 >= all*least, fmt.Sprintf("%d / %d", good, all), fault.Text{
			ZH: fmt.Sprintf("%d %s：%d", all, what.ZH, good), EN: fmt.Sprintf("%d of %d %s", good, all, what.EN),
		}), err
	}
}

// visibleWithin is the target of A-013, in milliseconds.
const visibleWithin = 5000

func (room *Room) visible(ctx context.Context) (evidence.Finding, error) {
	var worst int64
	measured := 0
	err := room.each(ctx, func(_ Source, h Health) {
		measured += h.Measured
		worst = max(worst, h.VisibleLate)
	})
	return verdict(worst <= visibleWithin, fmt.Sprintf("p95 %d ms / %d", worst, measured), fault.Text{
		ZH: fmt.Sprintf("最慢来源的 95%% 消息在 %d 毫秒内可见（%d 条样本）", worst, measured),
		EN: fmt.Sprintf("of the slowest source 95 in 100 messages were visible within %d ms (%d measured)", worst, measured),
	}), err
}

func verdict(met bool, figure string, detail fault.Text) evidence.Finding {
	f := evidence.Finding{Verdict: evidence.NotMet, Figure: figure, Detail: detail}
	if met {
		f.Verdict = evidence.Met
	}
	return f
}
