package house

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/amendment"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/kit/synth"
)

// correctedPatients is how many patients the demonstration's corrections and its complaint
// are about.
const correctedPatients = 3

// settleAmendments corrects an archived record that two from outside have, of whom one has
// acknowledged; leaves another correction under way; and has a complaint decided.
func (s *settler) settleAmendments(ctx context.Context, clerks []synth.Person, patients []string) error {
	if len(patients) < correctedPatients {
		return nil
	}
	for _, asked := range []request{
		{kind: "court", agency: "棠阴市人民法院", basis: "民事诉讼法第七十条，医疗费用纠纷案调取证据", names: []string{"何平", "吕静"}, purpose: "legal", reached: sharing.Approved, copies: true},
		{kind: "agent", basis: "患者本人核对病历", names: []string{"施兰"}, purpose: "patient-request", reached: sharing.Approved},
	} {
		if err := s.bringRequest(ctx, clerks, patients[0], asked); err != nil {
			return fmt.Errorf("request of %s: %w", asked.kind, err)
		}
	}
	if err := s.settleCorrection(ctx, clerks[0], patients[0]); err != nil {
		return fmt.Errorf("a correction after archive: %w", err)
	}
	if _, err := s.correct(ctx, clerks[0], patients[1], amendment.StepReason); err != nil {
		return fmt.Errorf("a correction under way: %w", err)
	}
	return s.settleComplaint(ctx, clerks[0], patients[2])
}

// settleCorrection completes a correction, and one of those who have the record says so.
func (s *settler) settleCorrection(ctx context.Context, clerk synth.Person, patientID string) error {
	room := s.house.Amendments
	c, err := s.correct(ctx, clerk, patientID, amendment.StepConfirm)
	if err != nil {
		return err
	}
	affairs := s.cleared(ctx, s.anybody(synth.MedicalAffairs), "management")
	if _, err := room.Decide(affairs, c.ID, true, "与原始记录核对属实"); err != nil {
		return err
	}
	err = s.signedIn(ctx, c.OpenedBy, func(author context.Context) error {
		_, err := room.Sign(author, c.ID)
		return err
	})
	if err != nil {
		return err
	}
	seen, err := room.View(affairs, c.ID)
	if err != nil {
		return err
	}
	if len(seen.Notices) == 0 {
		return errors.New("nobody is to be told")
	}
	_, err = room.Acknowledge(s.cleared(ctx, clerk, "coding"), seen.Notices[0].ID, amendment.Telling{State: amendment.Acknowledged, Words: "对方书面回执已收"})
	return err
}

// correct takes the steps of a correction up to one, as the author of the admission record.
func (s *settler) correct(ctx context.Context, clerk synth.Person, patientID, last string) (c amendment.Case, err error) {
	d, err := s.admissionRecordOf(ctx, clerk, patientID)
	if err != nil {
		return c, err
	}
	return c, s.signedIn(ctx, d.Author, func(author context.Context) error {
		room := s.house.Amendments
		v, err := s.house.Records.View(author, d.ID, 0)
		if err != nil {
			return err
		}
		wrong := v.Content.Sections[0]
		if c, err = room.Open(author, d.ID); err != nil {
			return err
		}
		for _, step := range amendment.Steps[1 : len(amendment.Steps)-1] {
			said := amendment.Saying{
				Rev: c.Rev, Sections: []string{wrong.Key}, Kind: "wording", Words: "与入院评估单核对，发病时间记录有误",
				Values: []record.Section{{Key: wrong.Key, Text: wrong.Text + "（发病时间更正为入院前一日）"}},
			}
			if step == amendment.StepEffects {
				if _, said.Affected, err = room.Effects(author, c.ID); err != nil {
					return err
				}
			}
			if c, err = room.Write(author, c.ID, step, said); err != nil || step == last {
				return err
			}
		}
		return nil
	})
}

func (s *settler) settleComplaint(ctx context.Context, clerk synth.Person, patientID string) error {
	d, err := s.admissionRecordOf(ctx, clerk, patientID)
	if err != nil {
		return err
	}
	brought, err := s.house.Amendments.Complain(s.cleared(ctx, clerk, "coding"), d.ID, "without-consent", "患者家属来电，称入院评估中的家庭情况未征得同意。")
	if err == nil {
		_, err = s.house.Amendments.SettleComplaint(s.cleared(ctx, s.anybody(synth.MedicalAffairs), "management"), brought.ID, amendment.Quarantined, "先行隔离，三日内向家属核实。")
	}
	return err
}

// admissionRecordOf is the admission record of a patient who went home.
func (s *settler) admissionRecordOf(ctx context.Context, clerk synth.Person, patientID string) (record.Document, error) {
	page, err := s.house.Records.List(s.cleared(ctx, clerk, "coding"), patientID, "", 0)
	if err != nil {
		return record.Document{}, err
	}
	at := slices.IndexFunc(page.Items, func(d record.Document) bool { return d.Kind == admissionRecord })
	if at < 0 {
		return record.Document{}, errors.New("the patient has no admission record")
	}
	return page.Items[at], nil
}
