package exchange

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/kit/sm"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "exchange.settled", Demands: []string{"B-079"},
			Title: fault.Text{ZH: "每个交换包都已送达、被退回，或仍在重试时限内", EN: "Every package arrived, was declined, or is still within its tries"},
			Run:   room.settledInTime,
		},
		{
			ID: "exchange.whole-or-nothing", Demands: []string{"B-079"},
			Title: fault.Text{ZH: "被改动、重复、乱序或不完整的交换包都已隔离，未导入任何内容", EN: "Of packages that came altered, twice, out of order or in part nothing was taken"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM exchange_arrival WHERE outcome NOT IN ($1, $2) AND (batch <> $3 OR taken > 0 OR blob = $4)", Args: func() []any { return []any{Received, Repeated, "", ""} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM exchange_arrival"}, fault.Text{ZH: "到达记录", EN: "arrivals"}),
		},
		{
			ID: "exchange.alteration-found", Demands: []string{"D-067"},
			Title: fault.Text{ZH: "改动交换包任意一处都会被发现（现场试验）", EN: "A package that is altered anywhere is refused (tried at this moment)"},
			Run:   room.tryAltering,
		},
		{
			ID: "exchange.verified-by-recipient", Demands: []string{"D-067"},
			Title: fault.Text{ZH: "已送达的交换包都有对方签名回执且摘要一致", EN: "Every package that arrived has a signed receipt with the digest of what was sent"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: `SELECT COUNT(*) FROM exchange_package p WHERE p.state = $1 AND NOT EXISTS
					(SELECT 1 FROM exchange_try t WHERE t.org = p.org AND t.package = p.id AND t.outcome IN ($2, $3) AND t.digest = p.digest AND t.receipt IS NOT NULL)`,
					Args: func() []any { return []any{Arrived, Received, Repeated} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM exchange_package WHERE state = $1", Args: func() []any { return []any{Arrived} }}, fault.Text{ZH: "已送达的交换包", EN: "packages that arrived"}),
		},
		{
			ID: "exchange.conforming", Demands: []string{"B-082"},
			Title: fault.Text{ZH: "不符合共享文档规范的文书不会外发（现场试验）", EN: "Documents that do not keep the standard of shared documents are held (tried at this moment)"},
			Run:   room.tryConforming,
		},
		{
			ID: "exchange.onwards", Demands: []string{"D-072"},
			Title: fault.Text{ZH: "转给第三方机构的外来文书都经来源机构许可", EN: "What came from another house went on to a third only where its origin permits it"},
			Run:   room.wentOnPermitted,
		},
		{
			ID: "exchange.incomplete-returned", Demands: []string{"D-069"},
			Title: fault.Text{ZH: "不完整的外来文书都已列明缺项并退回对方重发", EN: "What came incomplete names what it lacks, and its sender was told"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM exchange_arrival WHERE outcome = $1 AND (findings = $2 OR taken > 0)", Args: func() []any { return []any{Incomplete, "[]"} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM exchange_arrival WHERE items > 0"}, fault.Text{ZH: "核验过的外来交换包", EN: "packages that were looked at"}),
		},
	}
}

// settledInTime counts what was sent, and what of it is neither settled nor being tried.
func (room *Room) settledInTime(ctx context.Context) (evidence.Finding, error) {
	var sent, failed, altered, retried int64
	err := room.desk.Look(ctx, func(r db.Reader) error {
		rows, err := r.Query(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN state = $1 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN tries > 1 THEN 1 ELSE 0 END), 0),
			(SELECT COUNT(*) FROM exchange_try WHERE outcome IN ($2, $3)) FROM exchange_package`, Failed, Altered, Partial)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&sent, &failed, &retried, &altered); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", failed, sent), Detail: fault.Text{
		ZH: fmt.Sprintf("共发送 %d 个，失败 %d 个，传输中被改动 %d 次，重试 %d 个", sent, failed, altered, retried),
		EN: fmt.Sprintf("%d sent, %d failed, %d times altered on the way, %d tried again", sent, failed, altered, retried),
	}}
	if failed > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// wentOnPermitted counts the packages that hold what came from another house, and those
// of them whose origin does not permit it.
func (room *Room) wentOnPermitted(ctx context.Context) (evidence.Finding, error) {
	var held, bare int
	err := room.desk.Look(ctx, func(r db.Reader) error {
		held, bare = 0, 0
		found, err := packages.Select(ctx, r, "WHERE origins <> $1 ORDER BY id", "[]")
		if err != nil {
			return err
		}
		for _, p := range found {
			held++
			for _, origin := range p.Origins {
				from, err := partners.Get(ctx, r, p.Org, origin)
				if err != nil {
					return err
				}
				if !from.Onwards {
					bare++
					break
				}
			}
		}
		return nil
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", bare, held), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 个含外来文书的交换包中 %d 个未经来源许可", held, bare), EN: fmt.Sprintf("%d of %d packages that hold what came from another house went on without its permission", bare, held),
	}}
	if bare > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// tryAltering makes a package of no content under keys of the moment, alters it in many
// places, and counts the times that this goes unnoticed.
func (room *Room) tryAltering(context.Context) (evidence.Finding, error) {
	file, err := room.sample()
	if err != nil {
		return evidence.Finding{}, err
	}
	tried, unnoticed := 0, 0
	if _, err := parcel.Check(bytes.NewReader(file), limits); err != nil {
		return evidence.Finding{}, err
	}
	for at := 0; at < len(file); at += 1 + len(file)/samples {
		altered := bytes.Clone(file)
		altered[at] ^= 1
		tried++
		if _, err := parcel.Check(bytes.NewReader(altered), limits); err == nil {
			unnoticed++
		}
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", tried-unnoticed, tried), Detail: fault.Text{
		ZH: fmt.Sprintf("在 %d 处改动，%d 处未被发现", tried, unnoticed), EN: fmt.Sprintf("altered in %d places, unnoticed in %d", tried, unnoticed),
	}}
	if unnoticed > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, nil
}

const samples = 64

func (room *Room) sample() ([]byte, error) {
	signing, err := sm.GenerateSigningKey()
	if err != nil {
		return nil, err
	}
	opening, err := sm.GenerateOpeningKey()
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	w, err := parcel.NewWriter(&file, parcel.Header{
		ID: id.New(room.desk.Now()), Sequence: 1, Sent: room.desk.Now(), From: parcel.Party{Org: "a", Key: hex.EncodeToString(signing.Public().Raw())},
		To: parcel.Party{Org: "b", Key: hex.EncodeToString(opening.Public().Raw())},
	})
	if err != nil {
		return nil, err
	}
	if err := w.Add(parcel.Item{Name: "a.txt"}, []byte("a")); err != nil {
		w.Break()
		return nil, err
	}
	_, err = w.Close(signing.Sign)
	return file.Bytes(), err
}
