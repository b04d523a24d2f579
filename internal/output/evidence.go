package output

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/sm"
)

// judgedWithin is how soon a suspicious output is judged.
const judgedWithin = 8 * time.Hour

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	before := func(d time.Duration) int64 { return room.desk.Now().Add(-d).UnixMicro() }
	none := func(bad string, badArgs func() []any, of string, ofArgs func() []any, zh, en string) func(context.Context) (evidence.Finding, error) {
		return evidence.None(room.desk.Look, evidence.Query{SQL: bad, Args: badArgs}, evidence.Query{SQL: of, Args: ofArgs}, fault.Text{ZH: zh, EN: en})
	}
	return []evidence.Check{
		{
			ID: "output.marks-hold", Demands: []string{"B-062", "D-038"},
			Title: fault.Text{ZH: "每份输出都有编号，校验码与其内容、人员和用途相符", EN: "Every copy has a serial, and its code fits its content, person and purpose"},
			Run:   room.marksHold,
		},
		{
			ID: "output.files-decided", Demands: []string{"A-126", "D-026"},
			Title: fault.Text{ZH: "离开的清单都已登记，超过门槛的都由两人批准", EN: "Every list that left is on record, and two people decided upon the large ones"},
			Run: none(`SELECT COUNT(*) FROM output_export x WHERE x.downloads > 0 AND (
				NOT EXISTS (SELECT 1 FROM output_issue i WHERE i.org = x.org AND i.id = x.issue AND i.person = x.person) OR
				x.code_by <> $1 AND (SELECT COUNT(*) FROM output_vote v WHERE v.org = x.org AND v.export = x.id AND v.person <> x.person) < 2)`,
				func() []any { return []any{""} }, "SELECT COUNT(*) FROM output_export WHERE downloads > 0", nil, "已下载清单", "lists that left"),
		},
		{
			ID: "output.pledged", Demands: []string{"A-162"},
			Title: fault.Text{ZH: "每次交付含个人信息的清单或附件，领取人都先签署了保密承诺", EN: "Whoever fetched a list about patients or an attachment had signed for that delivery"},
			Run:   room.pledgedDeliveries,
		},
		{
			ID: "output.window-copies", Demands: []string{"B-062", "B-069", "D-038"},
			Title: fault.Text{ZH: "给患者方、司法机关和保险的复制件都出自核准的案件", EN: "Copies for a patient's side, a court or an insurer were made in an approved case"},
			Run: none("SELECT COUNT(*) FROM output_issue WHERE kind = $1 AND purpose IN ($2, $3, $4) AND case_no = $5",
				func() []any { return []any{Printed, "patient-request", "legal", "insurance", ""} },
				"SELECT COUNT(*) FROM output_issue WHERE kind = $1 AND purpose IN ($2, $3, $4)",
				func() []any { return []any{Printed, "patient-request", "legal", "insurance"} }, "复制件", "copies"),
		},
		{
			ID: "output.suspicions-judged", Demands: []string{"C-135", "D-026", "E-203"},
			Title: fault.Text{ZH: "异常输出即时扣留报警，并在 8 小时内处置", EN: "Suspicious outputs are held with an alarm at once, and judged within 8 hours"},
			Run: none("SELECT COUNT(*) FROM output_export WHERE alarm <> $1 AND (state = $2 AND asked < $3 OR state = $4 AND downloads > 0)",
				func() []any { return []any{"", Held, before(judgedWithin), Confirmed} },
				"SELECT COUNT(*) FROM output_export WHERE alarm <> $1", func() []any { return []any{""} }, "异常输出", "suspicious outputs"),
		},
		{
			ID: "output.masked", Demands: []string{"D-006"},
			Title: fault.Text{ZH: "导出默认脱敏，不脱敏的都写明理由", EN: "Lists are masked, and whoever has one unmasked said why"},
			Run: none("SELECT COUNT(*) FROM output_export WHERE unmasked = 1 AND words IS NULL AND state IN ($1, $2, $3, $4)",
				func() []any { return []any{Running, Held, Approving, Ready} }, "SELECT COUNT(*) FROM output_export WHERE unmasked = 1", nil, "未脱敏清单", "unmasked lists"),
		},
		{
			ID: "output.queue-own", Demands: []string{"E-127"},
			Title: fault.Text{ZH: "队列中的打印只由本人取走", EN: "Prints leave the queue only with whoever asked for them"},
			Run: none("SELECT COUNT(*) FROM output_hold h WHERE h.state = $1 AND (h.ended >= h.until OR NOT EXISTS (SELECT 1 FROM output_issue i WHERE i.org = h.org AND i.id = h.id AND i.person = h.person))",
				func() []any { return []any{Released} }, "SELECT COUNT(*) FROM output_hold WHERE state = $1", func() []any { return []any{Released} }, "已取打印", "prints that were fetched"),
		},
		{
			ID: "output.wiped", Demands: []string{"E-128"},
			Title: fault.Text{ZH: "超时未取的打印和到期文件都已销毁", EN: "What nobody fetched in time, and files that ran out, are destroyed"},
			Run: none(`SELECT (SELECT COUNT(*) FROM output_hold WHERE state = $1 AND until < $2 OR state <> $3 AND sealed IS NOT NULL)
				+ (SELECT COUNT(*) FROM output_export WHERE state = $4 AND until < $5)
				+ (SELECT COUNT(*) FROM output_part p JOIN output_export x ON x.org = p.org AND x.id = p.export WHERE x.state IN ($6, $7, $8, $9, $10))`,
				func() []any {
					late := before(5 * time.Minute)
					return []any{Waiting, late, Waiting, Ready, late, Stopped, Refused, Confirmed, Cancelled, Expired}
				},
				"SELECT (SELECT COUNT(*) FROM output_hold) + (SELECT COUNT(*) FROM output_export)", nil, "打印和文件", "prints and files"),
		},
		{
			ID: "output.links-named", Demands: []string{"D-027"},
			Title: fault.Text{ZH: "转发只对指定同事有效且都有期限", EN: "What is forwarded is for one colleague and has an end"},
			Run: none("SELECT COUNT(*) FROM output_forward WHERE recipient = sender OR recipient = $1 OR until - since > $2",
				func() []any { return []any{"", longestForward.Microseconds()} }, "SELECT COUNT(*) FROM output_forward", nil, "转发", "forwarded documents"),
		},
		{
			ID: "output.routes-registered", Demands: []string{"B-081", "D-039", "D-049"},
			Title: fault.Text{ZH: "只有登记的通道承载敏感信息，其余一律拒绝并计数", EN: "Only registered routes carry what is sensitive; the rest is refused and counted"},
			Run: none("SELECT COUNT(*) FROM output_send WHERE outcome = $1 AND network = $2", func() []any { return []any{SendAllowed, ""} },
				"SELECT COUNT(*) FROM output_send", nil, "发送询问", "questions about routes"),
		},
		{
			ID: "output.bulk-counted", Demands: []string{"D-047"},
			Title: fault.Text{ZH: "批量查询计入定额", EN: "Queries of many patients count against quotas"},
			Run:   room.bulkCounted,
		},
	}
}

// sampled is how many issues are held against their codes at a time.
const sampled = 200

// marksHold makes the codes of the newest issues again.
func (room *Room) marksHold(ctx context.Context) (evidence.Finding, error) {
	var newest []Issue
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		newest, err = issues.Select(ctx, r, "WHERE org = $1 ORDER BY at DESC, id DESC LIMIT $2", room.o.Org, int64(sampled))
		return err
	})
	if err != nil {
		return evidence.Finding{}, err
	}
	wrong := 0
	for _, i := range newest {
		kept := bytes.Clone(i.Code)
		if _, err := room.marked(&i); err != nil || !sm.Equal(kept, i.Code) {
			wrong++
		}
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", wrong, len(newest)), Detail: fault.Text{
		ZH: fmt.Sprintf("最近 %d 份输出中有 %d 份校验不符", len(newest), wrong), EN: fmt.Sprintf("%d of the newest %d copies do not verify", wrong, len(newest)),
	}}
	if wrong > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, nil
}

// bulkCounted tells how many patients queries have been counted for, and whether there
// is a quota at all that stops them.
func (room *Room) bulkCounted(ctx context.Context) (evidence.Finding, error) {
	var n int
	var p Profile
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if p, err = profileOf(ctx, r, room.o.Org, Bulk); err != nil {
			return err
		}
		n, err = countRows(ctx, r, "SELECT COUNT(*) FROM output_count WHERE org = $1 AND profile = $2", room.o.Org, Bulk)
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprint(n), Detail: fault.Text{
		ZH: fmt.Sprintf("超出本人诊疗范围的检索已按患者计数 %d 次并受定额限制", n), EN: fmt.Sprintf("Queries beyond the patients one cares for were counted for %d patients, within quotas", n),
	}}
	if slices.ContainsFunc(p.Quotas, func(q Quota) bool { return q.Role == "" && q.Day == 0 && q.Month == 0 }) || len(p.Quotas) == 0 {
		f.Verdict = evidence.NotMet
		f.Detail = fault.Text{ZH: "批量查询没有定额", EN: "Queries of many patients have no quota"}
	}
	return f, err
}
