package house

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/synth"
)

// Who left the demonstration's hospital.
const leaverNumber, leaverZH, leaverEN = "90001", "周启航", "Zhou Qihang"

// settleInspections gives the demonstration somebody who left and a seal that was
// lifted, so that an inspector has each kind of case to draw from.
func (s *settler) settleInspections(ctx context.Context) error {
	if err := s.settleLeaver(ctx); err != nil {
		return fmt.Errorf("somebody who left: %w", err)
	}
	return s.settleLiftedSeal(ctx)
}

// settleLeaver hires somebody for a time and lets him go, as the offices would.
func (s *settler) settleLeaver(ctx context.Context) error {
	keeper := s.as(ctx, s.anybody(synth.SecurityAdmin), "management")
	left, err := s.house.Staff.AddPerson(keeper, staff.NewPerson{Number: leaverNumber, NameZH: leaverZH, NameEN: leaverEN, Category: staff.Employee})
	if err != nil {
		return err
	}
	_, err = s.house.Staff.Appoint(keeper, staff.NewAppointment{
		Person: left.ID, Role: "technician", Department: s.departments[s.anybody(synth.Resident).Department], TitleZH: "技师", TitleEN: "Technician",
		Until: s.house.Clock.Now().Add(90 * 24 * time.Hour),
	})
	if err != nil {
		return err
	}
	_, err = s.house.Staff.Leave(keeper, staff.NewDeparture{Person: left.ID, Kind: staff.Expired})
	return err
}

func (s *settler) settleLiftedSeal(ctx context.Context) error {
	affairs := s.as(ctx, s.anybody(synth.MedicalAffairs), "management")
	patients := s.hospital.Patients
	placed, err := s.house.Access.PlaceSeal(affairs, access.Sealing{
		Patient: s.patients[patients[len(patients)-1].Key], Kind: access.Attention, Words: "网络出现不实信息，先行保护患者隐私",
	})
	if err != nil {
		return fmt.Errorf("a seal: %w", err)
	}
	err = s.beforeTwo(affairs, s.as(ctx, s.anybody(synth.SecurityAdmin), "management"), func(ctx context.Context) error {
		_, err := s.house.Access.Unseal(ctx, placed.ID, "", "信息已澄清，解除封存")
		return err
	})
	if err != nil {
		return fmt.Errorf("lifting a seal: %w", err)
	}
	return nil
}
