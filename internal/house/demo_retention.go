package house

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/retention"
	"github.com/medward/medward/kit/synth"
)

// longGone are patients of the demonstration whose records are past their term, in years
// since they last came.
var longGone = []struct {
	name, sex, born, number, kind string
	years                         int
}{
	{"方守业", "male", "1931-08-14", "OLD0001", patient.Inpatient, 33},
	{"季兰", "female", "1938-01-30", "OLD0002", patient.Outpatient, 17},
	{"裴振声", "male", "1929-11-05", "OLD0003", patient.Inpatient, 31},
	{"岑秋月", "female", "1944-04-19", "OLD0004", patient.Outpatient, 16},
}

// settleRetention brings patients who came long ago. Two are on a list that waits for the
// offices, one is on hold.
func (s *settler) settleRetention(ctx context.Context) error {
	var old []string
	for _, one := range longGone {
		p, err := s.house.Patients.Prepare(s.house.Birth.Org, patient.Registration{
			Demographics: patient.Demographics{Name: one.name, Sex: one.sex, BirthDate: one.born, RecordNumber: one.number}, Level: 1, Source: demoSource,
		})
		if err != nil {
			return err
		}
		ended := s.house.Clock.Now().AddDate(-one.years, 0, 0)
		err = s.act(s.asFeed(ctx), func(ctx context.Context, w *act.Work) error {
			if err := s.house.Patients.RegisterIn(ctx, w, p); err != nil {
				return err
			}
			_, err := s.house.Patients.AdmitIn(ctx, w, patient.Admission{
				Patient: p.ID(), Kind: one.kind, Department: s.departments[s.anybody(synth.Attending).Department], Since: ended.AddDate(0, 0, -3), Until: ended, Source: demoSource,
			})
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", one.number, err)
		}
		old = append(old, p.ID())
	}
	_, err := s.house.Retention.SetHold(s.as(ctx, s.anybody(synth.Discipline), "management"), retention.Holding{
		Patient: old[2], Basis: "inquiry", Words: "纪检调查尚未办结", Until: s.house.Clock.Now().AddDate(1, 0, 0),
	})
	if err != nil {
		return fmt.Errorf("a hold: %w", err)
	}
	d, err := s.house.Retention.DrawUp(s.as(ctx, s.anybody(synth.RecordsClerk), "management"), retention.DrawingUp{
		Title: "保存期满病历第一批", Patients: old[:2], Words: "保存期满，无人申请延长",
	})
	if err == nil {
		_, err = s.house.Retention.Appraise(s.as(ctx, s.anybody(synth.Quality), "management"), d.ID, d.Rev, nil, "无长期保存价值，同意列入")
	}
	return err
}
