package amendment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
)

// integrityChecks are those about what must not change and what cannot be so.
func (room *Room) integrityChecks() []evidence.Check {
	return []evidence.Check{
		{ID: "amendment.attempts-refused", Demands: []string{"A-008"}, Title: fault.Text{ZH: "不当改动均被拒绝并留痕，版本核对按日进行", EN: "Attempts to change what must not change are refused and on record, and versions are compared daily"}, Run: room.attempts},
		{ID: "amendment.versions-compared", Demands: []string{"D-040", "B-021"}, Title: fault.Text{ZH: "每日核对全部版本与其摘要，没有不一致", EN: "Every version was held against its digest within two days, and none differs"}, Run: room.comparedWell},
		{ID: "amendment.suspicions-reviewed", Demands: []string{"B-021"}, Title: fault.Text{ZH: "可疑条目均按时复核", EN: "Entries that cannot be so are reviewed in time"}, Run: room.reviewed},
		{ID: "amendment.replayed", Demands: []string{"A-049"}, Title: fault.Text{ZH: "文书的全部状态可重现", EN: "Every state of a document can be replayed"}, Run: room.replayable},
	}
}

func (room *Room) scan(ctx context.Context, kind string) (s Scan, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		s, err = lastScan(ctx, r, room.o.Org, kind)
		return err
	})
	return s, err
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}

// changing are the acts that would alter what a record says.
var changing = []string{"record.amend", "record.sign", "record.file", "record.archive", "amendment.open", "amendment.sign", "amendment.decide"}

// attempts counts refused changes of a month, and tells of the last comparison.
func (room *Room) attempts(ctx context.Context) (evidence.Finding, error) {
	var refused int64
	err := room.desk.Look(ctx, func(r db.Reader) error {
		told, err := room.o.Ledger.Tallies(ctx, r, room.o.Org, "", room.desk.Now().AddDate(0, -1, 0))
		for _, t := range told {
			if slices.Contains(changing, t.Verb) {
				refused += t.Refused
			}
		}
		return err
	})
	if err != nil {
		return evidence.Finding{}, err
	}
	byRules, err := room.count(ctx, "SELECT COUNT(*) FROM amendment_refusal WHERE org = $1 AND at > $2", room.o.Org, room.desk.Now().AddDate(0, -1, 0).UnixMicro())
	if err != nil {
		return evidence.Finding{}, err
	}
	last, err := room.scan(ctx, OfVersions)
	return evidence.Finding{Verdict: verdict(last.At.IsZero() || last.Found > 0 || room.desk.Now().Sub(last.At) > scanWithin), Figure: fmt.Sprintf("%d", refused+byRules), Detail: fault.Text{
		ZH: fmt.Sprintf("近一月拒绝改动 %d 次；最近核对 %s，%d 个版本，不一致 %d", refused+byRules, dayOf(last.At), last.Examined, last.Found),
		EN: fmt.Sprintf("%d changes refused in a month; last compared %s: %d versions, %d differ", refused+byRules, dayOf(last.At), last.Examined, last.Found),
	}}, err
}

func (room *Room) comparedWell(ctx context.Context) (evidence.Finding, error) {
	last, err := room.scan(ctx, OfVersions)
	if err != nil {
		return evidence.Finding{}, err
	}
	all, err := room.count(ctx, "SELECT COUNT(*) FROM amendment_scan WHERE org = $1 AND kind = $2", room.o.Org, OfVersions)
	return evidence.Finding{Verdict: verdict(last.At.IsZero() || last.Found > 0 || room.desk.Now().Sub(last.At) > scanWithin), Figure: fmt.Sprintf("%d / %d", last.Found, last.Examined), Detail: fault.Text{
		ZH: fmt.Sprintf("已核对 %d 次，最近 %s：%d 个版本中不一致 %d 个", all, dayOf(last.At), last.Examined, last.Found),
		EN: fmt.Sprintf("compared %d times, last %s: %d of %d versions differ", all, dayOf(last.At), last.Found, last.Examined),
	}}, err
}

// reviewWithin is how long a suspicion may wait, in days that are longer than its task's.
const reviewWithin = 7 * 24 * time.Hour

func (room *Room) reviewed(ctx context.Context) (evidence.Finding, error) {
	last, err := room.scan(ctx, OfEntries)
	if err != nil {
		return evidence.Finding{}, err
	}
	n := map[string]int64{}
	for _, s := range []string{Suspect, Cleared, Confirmed} {
		if n[s], err = room.count(ctx, "SELECT COUNT(*) FROM amendment_suspicion WHERE org = $1 AND state = $2", room.o.Org, s); err != nil {
			return evidence.Finding{}, err
		}
	}
	late, err := room.count(ctx, "SELECT COUNT(*) FROM amendment_suspicion WHERE org = $1 AND state = $2 AND found < $3", room.o.Org, Suspect, room.desk.Now().Add(-reviewWithin).UnixMicro())
	return evidence.Finding{Verdict: verdict(late > 0 || last.At.IsZero() || room.desk.Now().Sub(last.At) > scanWithin), Figure: fmt.Sprintf("%d / %d", n[Cleared]+n[Confirmed], n[Suspect]+n[Cleared]+n[Confirmed]), Detail: fault.Text{
		ZH: fmt.Sprintf("待复核 %d（逾期 %d），已说明 %d，确认异常 %d；最近检查 %s", n[Suspect], late, n[Cleared], n[Confirmed], dayOf(last.At)),
		EN: fmt.Sprintf("%d to be reviewed (%d late), %d explained, %d confirmed; last looked %s", n[Suspect], late, n[Cleared], n[Confirmed], dayOf(last.At)),
	}}, err
}

// replayable looks for documents whose history has a gap, and replays one: the newest that
// was corrected, or the newest of all, as the account tells of it.
func (room *Room) replayable(ctx context.Context) (evidence.Finding, error) {
	all, err := room.count(ctx, "SELECT COUNT(*) FROM record_document WHERE org = $1", room.o.Org)
	if err != nil {
		return evidence.Finding{}, err
	}
	gaps, err := room.count(ctx, `SELECT COUNT(*) FROM record_document d WHERE d.org = $1 AND (d.version <> (SELECT COUNT(*) FROM record_version v WHERE v.org = d.org AND v.document = d.id)
		OR d.version <> (SELECT MAX(v.number) FROM record_version v WHERE v.org = d.org AND v.document = d.id))`, room.o.Org)
	if err != nil {
		return evidence.Finding{}, err
	}
	var chosen string
	var versions, told int
	err = room.desk.Look(ctx, func(r db.Reader) error {
		found, err := db.Several(ctx, r, func(rows db.Rows, x *string) error { return rows.Scan(x) },
			"SELECT id FROM record_document WHERE org = $1 ORDER BY version DESC, created_at DESC, id LIMIT 1", room.o.Org)
		if err != nil || len(found) == 0 {
			return err
		}
		chosen = found[0]
		made, err := room.o.Records.StatementsOf(ctx, r, room.o.Org, chosen)
		if err != nil {
			return err
		}
		versions = len(made)
		page, err := room.o.Ledger.Search(ctx, r, ledger.Query{Org: room.o.Org, Kind: "Document", Object: chosen, Verbs: replayed, Outcome: ledger.Done, Limit: ledger.MaxPage})
		told = len(page.Lines)
		return err
	})
	return evidence.Finding{Verdict: verdict(gaps > 0), Figure: fmt.Sprintf("%d / %d", all-gaps, all), Detail: fault.Text{
		ZH: fmt.Sprintf("历史完整 %d 份，有缺口 %d 份；重现文书 %s：%d 个版本，账本事件 %d 条", all-gaps, gaps, chosen, versions, told),
		EN: fmt.Sprintf("%d with their full history, %d with a gap; document %s replayed: %d versions, %d events in the ledger", all-gaps, gaps, chosen, versions, told),
	}}, err
}
