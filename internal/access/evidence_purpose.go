package access

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// purposeChecks show that rights are held to their purpose and trimmed when nobody uses
// them (E-006).
func (room *Room) purposeChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "access.purpose-held", Demands: []string{"E-006"},
			Title: fault.Text{ZH: "现行授权换一个用途都打不开（逐项试验）；用途不符的请求被拒绝", EN: "No live grant opens anything for another purpose (each tried now); what does not fit its purpose is refused"},
			Run:   room.purposeHeld,
		},
		{
			ID: "access.unused-trimmed", Demands: []string{"E-006"},
			Title: fault.Text{ZH: "季度复核收回了不再需要的权限", EN: "The quarterly review took back rights that nobody needed"},
			Run:   room.unusedTrimmed,
		},
	}
}

// lookedAt bounds how many refusals of a quarter are read, the newest first.
const lookedAt = 1000

func (room *Room) purposeHeld(ctx context.Context) (evidence.Finding, error) {
	open, all, denied, read := 0, 0, 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		open, all = 0, 0
		live, err := grants.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY id", room.org, Live)
		if err != nil {
			return err
		}
		for _, g := range live {
			if !g.live(room.desk.Now()) {
				continue
			}
			all++
			elsewhere, err := room.opensElsewhere(ctx, r, g)
			if err != nil {
				return err
			}
			if elsewhere {
				open++
			}
		}
		denied, read, err = room.purposeDenials(ctx, r)
		return err
	})
	f := found(open, all, fault.Text{ZH: "现行授权", EN: "live grants"})
	f.Detail.ZH += fmt.Sprintf("；近一季度最近 %d 次拒绝中因用途不符 %d 次", read, denied)
	f.Detail.EN += fmt.Sprintf("; of the newest %d refusals of the last quarter %d were for a purpose that did not fit", read, denied)
	return f, err
}

// opensElsewhere reports whether a grant would open what it opens for a purpose other than
// its own.
func (room *Room) opensElsewhere(ctx context.Context, r db.Reader, g Grant) (bool, error) {
	now := room.desk.Now()
	person, err := staff.ActorOf(ctx, r, g.Org, g.Person, now)
	if errors.Is(err, staff.ErrNoPerson) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, p := range policy.Purposes() {
		if p.ID == g.Scope.Purpose {
			continue
		}
		if opens, err := room.opensFor(person, g, p.ID); err != nil || opens {
			return opens, err
		}
	}
	return false, nil
}

func (room *Room) opensFor(person act.Actor, g Grant, purpose string) (bool, error) {
	object := policy.Object{Kind: "Document", ID: "any", Org: g.Org, Patient: g.Patient, Department: g.Department, Encounter: g.Scope.Encounter, Sensitivity: 1, Signed: true}
	if len(g.Scope.Forms) > 0 {
		object.Form = g.Scope.Forms[0]
	}
	for _, verb := range g.Scope.Verbs {
		o := object
		if kinds := room.rules.Kinds(verb); !slices.Contains(kinds, o.Kind) {
			o.Kind = kinds[0]
		}
		d := room.rules.Decide(policy.Request{Actor: person.Actor, Verb: verb, Object: o, Ties: []policy.Tie{g.tie()}, Purpose: purpose, At: room.desk.Now()})
		if d.Failed != nil {
			return false, d.Failed
		}
		if d.Allowed && d.Tie != nil && d.Tie.ID == g.ID {
			return true, nil
		}
	}
	return false, nil
}

// purposeDenials counts, among the newest refusals of people in a quarter, those that name
// the purpose.
func (room *Room) purposeDenials(ctx context.Context, r db.Reader) (denied, read int, err error) {
	if room.ledger == nil {
		return 0, 0, nil
	}
	q := ledger.Query{Org: room.org, Outcome: ledger.Refused, From: room.desk.Now().Add(-quarter), To: room.desk.Now(), Limit: ledger.MaxPage}
	for {
		page, err := room.ledger.Search(ctx, r, q)
		if err != nil {
			return denied, read, err
		}
		for _, line := range page.Lines {
			if line.ActorKind != act.Person {
				continue
			}
			if read == lookedAt {
				return denied, read, nil
			}
			entry, err := room.ledger.ByID(ctx, r, line.ID)
			if err != nil {
				return denied, read, err
			}
			if read++; slices.Contains(entry.Entry.Why.Conditions, policy.ConditionPurpose) {
				denied++
			}
		}
		if q.After = page.Next; q.After == 0 {
			return denied, read, nil
		}
	}
}

func (room *Room) unusedTrimmed(ctx context.Context) (evidence.Finding, error) {
	var recent, late, asked, cut int
	now := room.desk.Now()
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		since := now.Add(-quarter).UnixMicro()
		for _, one := range []struct {
			to   *int
			sql  string
			args []any
		}{
			{&recent, "SELECT COUNT(*) FROM access_campaign WHERE org = $1 AND opened >= $2", []any{room.org, since}},
			{&late, "SELECT COUNT(*) FROM access_campaign WHERE org = $1 AND state <> $2 AND deadline < $3", []any{room.org, Closed, now.Add(-grace).UnixMicro()}},
			{&asked, "SELECT COUNT(*) FROM access_line WHERE org = $1 AND EXISTS (SELECT 1 FROM access_campaign c WHERE c.org = access_line.org AND c.id = access_line.campaign AND c.opened >= $2)", []any{room.org, since}},
			{&cut, "SELECT COUNT(*) FROM access_line WHERE org = $1 AND decided >= $2 AND (verdict = $3 OR verdict = $4 AND kind = $5)", []any{room.org, since, CutLine, Unanswered, LineGrant}},
		} {
			if *one.to, err = counted(ctx, r, one.sql, one.args...); err != nil {
				return err
			}
		}
		return nil
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", cut, asked), Detail: fault.Text{
		ZH: fmt.Sprintf("近一季度复核 %d 次，问及 %d 项权限，收回 %d 项，超期未结束 %d 次", recent, asked, cut, late),
		EN: fmt.Sprintf("%d reviews within the quarter asked about %d rights and took back %d; %d are past their deadline", recent, asked, cut, late),
	}}
	if recent == 0 || late > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}
