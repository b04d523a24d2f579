package house

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/synth"
)

// authorisedBy are the departments of the demonstration that authorise roles, by role; the
// office of the hospital authorises all others.
var authorisedBy = map[string]string{
	"resident": "medical-affairs", "attending": "medical-affairs", "chief": "medical-affairs", "pharmacist": "medical-affairs", "technician": "medical-affairs",
	"records-clerk": "medical-affairs", "coder": "medical-affairs", "quality": "medical-affairs", "patient-relations": "medical-affairs",
	"nurse": "nursing", "head-nurse": "nursing", "nursing-affairs": "nursing", "researcher": "research", "science-education": "research", "student": "research",
}

// office is the id of a department without patients.
func (s *settler) office(name string) string { return s.departments["dept-"+name] }

// settleAuthorities records who authorises and who carries out what: medical affairs
// proposes it and the security administrator agrees.
func (s *settler) settleAuthorities(ctx context.Context) error {
	var wanted []staff.NewAuthority
	for _, r := range policy.Roles() {
		if !r.Person {
			continue
		}
		department, clinical := authorisedBy[r.ID]
		if !clinical {
			department = "office"
		}
		wanted = append(wanted, staff.NewAuthority{
			Permission: staff.RolePermission(r.ID), Authorises: s.office(department), Implements: s.office("information"), Apart: true, Direct: clinical,
		})
	}
	for _, p := range policy.Purposes() {
		n := staff.NewAuthority{Permission: staff.GrantPermission(p.ID), Authorises: s.office("medical-affairs"), Implements: s.office("information")}
		if p.ID == "care" {
			n.Authorises = staff.WherePatientLies
		}
		wanted = append(wanted, n)
	}
	made, err := s.house.Staff.ProposeAuthorities(s.as(ctx, s.anybody(synth.MedicalAffairs), "management"), wanted)
	if err != nil {
		return err
	}
	ids := make([]string, len(made))
	for i, a := range made {
		ids[i] = a.ID
	}
	return s.house.Staff.SettleAuthorities(s.as(ctx, s.anybody(synth.SecurityAdmin), "management"), ids, true)
}

// settleFrames records the outermost of what anybody of the hospital may be granted: medical
// affairs proposes it and the security administrator agrees.
func (s *settler) settleFrames(ctx context.Context) error {
	f, err := s.house.Access.ProposeFrame(s.as(ctx, s.anybody(synth.MedicalAffairs), "management"), access.NewFrame{Days: 366, RoleDays: 5 * 366})
	if err != nil {
		return err
	}
	_, err = s.house.Access.SettleFrame(s.as(ctx, s.anybody(synth.SecurityAdmin), "management"), f.ID, true)
	return err
}

// appointByRequest gives somebody of an office a role on the way that every role is given on: the
// leadership, which answers for a department without a head, then the office of the
// hospital, and IT carries it out.
func (s *settler) appointByRequest(ctx context.Context, person, office, role, titleZH, titleEN string) error {
	q, err := s.house.Access.AskRole(s.as(ctx, s.anybody(synth.MedicalAffairs), "management"), access.RoleApplication{
		Person: person, Role: role, Department: s.office(office), TitleZH: titleZH, TitleEN: titleEN,
		Until: s.house.Clock.Now().Add(3 * 365 * 24 * time.Hour), Words: "岗位空缺，拟任" + titleZH,
	})
	if err != nil {
		return err
	}
	leaders := s.everybody(synth.President, "")
	for _, p := range slices.Concat(leaders[:2], []synth.Person{s.anybody(synth.SecurityAdmin)}) {
		if _, err := s.house.Access.ApproveRole(s.as(ctx, p, "management"), q.ID); err != nil {
			return err
		}
	}
	return nil
}
