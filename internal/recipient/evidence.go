package recipient

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	args := func(all ...any) func() []any { return func() []any { return all } }
	none := func(zh, en, bad string, badArgs func() []any, of string, ofArgs func() []any) evidence.Check {
		return evidence.Check{Run: evidence.None(room.desk.Look, evidence.Query{SQL: bad, Args: badArgs}, evidence.Query{SQL: of, Args: ofArgs}, fault.Text{ZH: zh, EN: en})}
	}
	now := func(state string) func() []any {
		return func() []any { return []any{state, room.desk.Now().Add(-clockTerm).UnixMicro()} }
	}
	const sent = "SELECT COUNT(*) FROM recipient_sending"
	all := []evidence.Check{
		none("启用的接收方", "live recipients",
			"SELECT COUNT(*) FROM recipient_recipient WHERE state = $1 AND (approved IS NULL OR approved_by = $2 OR approved_by = made_by)", args(Live, ""),
			"SELECT COUNT(*) FROM recipient_recipient WHERE state = $1", args(Live)),
		none("接收方", "recipients", "SELECT COUNT(*) FROM recipient_recipient WHERE state = $1 AND until <= $2", now(Live), "SELECT COUNT(*) FROM recipient_recipient", nil),
		none("外发记录", "sendings", `SELECT COUNT(*) FROM recipient_sending s WHERE s.sequence > 1 AND NOT EXISTS
			(SELECT 1 FROM recipient_sending b WHERE b.org = s.org AND b.recipient = s.recipient AND b.sequence = s.sequence - 1)`, nil, sent, nil),
		none("需回执的发送", "sendings that await a receipt", `SELECT COUNT(*) FROM recipient_sending s WHERE s.receipt_by <= $1 AND NOT EXISTS
			(SELECT 1 FROM recipient_receipt r WHERE r.org = s.org AND r.sending = s.id AND r.outcome IN ($2, $3))`,
			func() []any { return []any{room.desk.Now().UnixMicro(), Matched, Late} }, sent+" WHERE receipt_by IS NOT NULL", nil),
		none("发现的未登记流量", "findings of traffic to where nobody is registered", "SELECT COUNT(*) FROM recipient_finding WHERE kind = $1 AND state = $2", args(Egress, Open),
			"SELECT COUNT(*) FROM recipient_finding WHERE kind = $1", args(Egress)),
		{Run: room.withinVolume},
	}
	for i, said := range []evidence.Check{
		{ID: "recipient.approved", Demands: []string{"B-086"}, Title: fault.Text{ZH: "启用的接收方都由登记人以外的人批准", EN: "Every live recipient was approved by somebody else than whoever registered it"}},
		{ID: "recipient.ends-in-time", Demands: []string{"B-086"}, Title: fault.Text{ZH: "到期的接收方都已停用", EN: "Recipients whose time is over are stopped"}},
		{ID: "recipient.numbered", Demands: []string{"A-010", "B-088"}, Title: fault.Text{ZH: "每个接收方的外发序号连续无缺", EN: "What was sent to each recipient is numbered without a gap"}},
		{ID: "recipient.received", Demands: []string{"B-087", "D-022"}, Title: fault.Text{ZH: "到期的外发都收到与所发一致的回执", EN: "Every sending whose receipt is due was received as it was sent"}},
		{ID: "recipient.egress", Demands: []string{"B-084"}, Title: fault.Text{ZH: "防火墙日志中没有未处置的未登记外发", EN: "No traffic that a firewall saw past the register is unsettled"}},
		{ID: "recipient.volume", Demands: []string{"A-120"}, Title: fault.Text{ZH: "每次外发都在获批的数据量内，超量的被拒绝", EN: "Every sending lies within the approved volume; more is refused"}},
	} {
		all[i].ID, all[i].Demands, all[i].Title = said.ID, said.Demands, said.Title
	}
	return all
}

// withinVolume holds each sending of the last week that left under what is approved now
// against it.
func (room *Room) withinVolume(ctx context.Context) (evidence.Finding, error) {
	var over, sent, live, refused int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if live, err = counted(ctx, r, "SELECT COUNT(*) FROM recipient_recipient WHERE state = $1", Live); err != nil {
			return err
		}
		if refused, err = counted(ctx, r, "SELECT COALESCE(SUM(times), 0) FROM recipient_finding WHERE why = $1", errVolume.Name); err != nil {
			return err
		}
		known := map[string]Recipient{}
		if err := each(ctx, r, room.org, func(x Recipient) { known[x.ID] = x }); err != nil {
			return err
		}
		recent, err := sendings.Select(ctx, r, "WHERE org = $1 AND party = $2 AND sent >= $3 ORDER BY sent DESC LIMIT $4", room.org, Registered, room.desk.Now().AddDate(0, 0, -7).UnixMicro(), int64(lookedAt))
		for _, s := range recent {
			x, there := known[s.Recipient]
			if !there || s.Sent.Before(x.Approved) {
				continue
			}
			if sent++; s.Count > x.Said.Volume.whole().Once {
				over++
			}
		}
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", over, sent), Detail: fault.Text{
		ZH: fmt.Sprintf("启用的接收方 %d 个；近七天外发 %d 次，超量 %d 次；超量被拒绝共 %d 次", live, sent, over, refused),
		EN: fmt.Sprintf("%d live recipients; %d sendings in seven days, %d above their volume; %d refused for it in all", live, sent, over, refused),
	}}
	if over > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// lookedAt bounds how many sendings of a week are read, the newest first.
const lookedAt = 1000
