package house

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/calendar"
	"github.com/medward/medward/kit/synth"
)

// nightBegins and nightEnds are the hours of a night shift in the demonstration.
const (
	nightBegins = 17*time.Hour + 30*time.Minute
	nightEnds   = 32 * time.Hour
	nights      = 7
)

// settleDuties puts the demonstration's people on rosters and gives them something
// to do, as the people who would.
func (s *settler) settleDuties(ctx context.Context) error {
	affairs := s.anybody(synth.MedicalAffairs)
	if err := s.settleRosters(s.as(ctx, affairs, "management")); err != nil {
		return err
	}
	supervisions := []duty.NewRule{
		{Kind: duty.LogReview.ID, Recurrence: calendar.EveryMonth, Role: "auditor"},
		{Kind: duty.GrantReview.ID, Recurrence: calendar.EveryQuarter, Role: "medical-affairs"},
		{Kind: duty.Sampling.ID, Recurrence: calendar.EveryWeek, Role: "quality"},
	}
	for _, rule := range supervisions {
		if _, err := s.house.Duty.SetRule(s.as(ctx, affairs, "management"), rule); err != nil {
			return fmt.Errorf("recurring duty %s: %w", rule.Kind, err)
		}
	}
	asked := []struct {
		by synth.Role
		duty.Request
	}{
		{synth.SecurityAdmin, duty.Request{Kind: duty.Assistance.ID, To: duty.To{Role: "dba"}, Words: "请协助核对本月数据库账号清单，并附导出结果。"}},
		{synth.MedicalAffairs, duty.Request{Kind: duty.Issue.ID, To: duty.To{Role: "records-clerk"}, Words: "本周有三份出院病历未按时归档，请查明原因并回复。", Urgent: true}},
	}
	for _, a := range asked {
		if _, err := s.house.Duty.Ask(s.as(ctx, s.anybody(a.by), "management"), a.Request); err != nil {
			return fmt.Errorf("task %s: %w", a.Kind, err)
		}
	}
	return nil
}

func (s *settler) settleRosters(ctx context.Context) error {
	today := s.house.Clock.Now().In(calendar.Zone)
	midnight := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, calendar.Zone)
	administrators := append(s.everybody(synth.MedicalAffairs, ""), s.everybody(synth.President, "")...)
	for night := range nights {
		begin := midnight.AddDate(0, 0, night).Add(nightBegins)
		end := begin.Add(nightEnds - nightBegins)
		turns := []duty.NewTurn{{Kind: duty.Administrator, Person: s.people[administrators[night%len(administrators)].Key], Since: begin, Until: end}}
		for _, d := range s.hospital.Departments {
			if on := s.everybody(synth.Resident, d.Key); len(on) > 0 {
				turns = append(turns, duty.NewTurn{Kind: duty.Shift, Dept: s.departments[d.Key], Person: s.people[on[night%len(on)].Key], Since: begin, Until: end})
			}
		}
		for _, turn := range turns {
			if _, err := s.house.Duty.PutOnRoster(ctx, turn); err != nil {
				return fmt.Errorf("roster of night %d: %w", night, err)
			}
		}
	}
	return nil
}

// as acts as somebody of the demonstration.
func (s *settler) as(ctx context.Context, p synth.Person, purpose string) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{
		Kind: act.Person, ID: s.people[p.Key], Org: s.house.Birth.Org, Roles: []string{string(p.Role)}, Departments: []string{s.departments[p.Department]},
	}, Purpose: purpose})
}

func (s *settler) anybody(role synth.Role) synth.Person { return s.everybody(role, "")[0] }

// everybody returns the people of a role, in one department or in all.
func (s *settler) everybody(role synth.Role, department string) []synth.Person {
	var found []synth.Person
	for _, p := range s.hospital.People {
		if p.Role == role && (department == "" || p.Department == department) {
			found = append(found, p)
		}
	}
	return found
}
