package house

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/deadline"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/calendar"
	"github.com/medward/medward/kit/synth"
)

// watchedDays is how far back the demonstration's requirements begin.
const watchedDays = 10

// settleDeadlines puts requirements in force, reckons what happened so far, has one document
// written late, with its reason, and pauses the limit of another.
func (s *settler) settleDeadlines(ctx context.Context) error {
	quality, affairs := s.as(ctx, s.anybody(synth.Quality), "quality"), s.as(ctx, s.anybody(synth.MedicalAffairs), "management")
	made, err := s.house.Deadlines.Propose(quality, deadline.Proposal{
		Requirements: deadline.Starter(), Since: s.house.Clock.Now().AddDate(0, 0, -watchedDays), Why: "按《病历书写基本规范》和质控指标首次启用，自本月检查的日期起算。",
	})
	if err == nil {
		_, err = s.house.Deadlines.Settle(affairs, made.ID, true, "同意，按此执行。")
	}
	if err != nil {
		return fmt.Errorf("requirements: %w", err)
	}
	if _, err := s.house.Duty.SetRule(affairs, duty.NewRule{Kind: deadline.DayCheck.ID, Recurrence: calendar.EveryDay, Role: "records-clerk"}); err != nil {
		return err
	}
	if err := s.reckonDeadlines(ctx); err != nil {
		return err
	}
	return s.speakOfDeadlines(ctx, affairs)
}

// reckonDeadlines lets the clock look once at all that has its place in the ledger.
func (s *settler) reckonDeadlines(ctx context.Context) error {
	return errors.Join(s.house.Ledger.Settle(ctx), s.house.Deadlines.Tick(ctx))
}

// speakOfDeadlines has one overdue document reported and its author say why it is late, and
// pauses the limit of the next.
func (s *settler) speakOfDeadlines(ctx, affairs context.Context) error {
	overdue, err := s.house.Deadlines.List(affairs, deadline.Filter{Box: deadline.BoxOverdue}, web.Paging{Limit: 2})
	if err != nil {
		return err
	}
	for i, l := range overdue.Items {
		if i > 0 {
			_, err = s.house.Deadlines.Pause(affairs, deadline.Pausing{Due: l.ID, Cause: "pathology", Words: "等待病理会诊报告，报告回来后即补写。", Until: s.house.Clock.Now().Add(72 * time.Hour)})
			return err
		}
		author := s.cleared(ctx, s.person(l.Person), "care")
		err := s.reportLate(ctx, l)
		if err == nil {
			err = s.reckonDeadlines(ctx)
		}
		if err == nil {
			_, err = s.house.Deadlines.Explain(author, l.ID, "emergency", "当班连续抢救两名患者，下班前补写。")
		}
		if err != nil {
			return fmt.Errorf("%s of the demonstration: %w", l.Requirement, err)
		}
	}
	return nil
}

// reportLate brings a document that is overdue, written just now.
func (s *settler) reportLate(ctx context.Context, l deadline.Line) error {
	feed := s.asFeed(ctx)
	var ready *record.PreparedFiling
	err := s.house.Door.Desk("intake").Look(feed, func(r db.Reader) error {
		subject, err := s.house.Patients.FindSubject(feed, r, l.Org, l.Patient)
		if err != nil {
			return err
		}
		ready, err = s.house.Records.PrepareFiling(feed, subject, record.Filing{
			Patient: l.Patient, Encounter: l.Encounter, Kind: l.Kinds[0], Title: l.NameZH, At: s.house.Clock.Now().Add(-time.Minute), Author: l.Person, Source: demoSource, Department: l.Department,
			Content: record.Content{Sections: []record.Section{{Key: "summary", Title: l.NameZH, Text: "诊断与费用已与出院记录核对一致。"}}},
		})
		return err
	})
	if err != nil {
		return err
	}
	return s.act(feed, func(ctx context.Context, w *act.Work) error { return s.house.Records.FileIn(ctx, w, ready) })
}
