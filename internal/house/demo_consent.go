package house

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/kit/synth"
)

// settleConsents gives the demonstration its forms of consent, and the exemption by
// which the insurance fund is settled.
func (s *settler) settleConsents(ctx context.Context) error {
	affairs := s.anybody(synth.MedicalAffairs)
	everybody := []string{consent.ByPatient, consent.ByGuardian, consent.ByRelative}
	forms := []consent.Template{
		{
			Kind: consent.Agreement, Name: fault.Text{ZH: "病历用于教学和科研的知情同意书", EN: "Consent to teaching and research"},
			Text:  fault.Text{ZH: "本人同意医院将本人病历用于教学和科研，可随时撤回，不影响诊疗。", EN: "I agree that my record is used for teaching and research. I may take this back at any time; my treatment does not depend on it."},
			Scope: consent.Scope{Purposes: []string{"teaching", "research"}}, Givers: everybody, Forms: []string{consent.Written, consent.Electronic},
		},
		{
			Kind: consent.Notice, Name: fault.Text{ZH: "敏感信息采集目的告知", EN: "Why sensitive information is asked for"},
			Text:  fault.Text{ZH: "采集传染病、精神卫生等信息仅为诊疗和法定报告，仅诊疗组可见。", EN: "Information about infections and mental health is asked for to treat you and to report what the law requires; only your team sees it."},
			Forms: []string{consent.Written, consent.Electronic, consent.Verbal},
		},
	}
	for _, form := range forms {
		if _, err := s.house.Consent.Publish(s.as(ctx, affairs, "management"), form); err != nil {
			return fmt.Errorf("form %s: %w", form.Name.EN, err)
		}
	}
	_, err := s.house.Consent.Exempt(s.as(ctx, affairs, "legal"), consent.Exemption{
		Basis: "insurance-fund", Article: "社会保险法第三章", Purpose: "insurance", Requester: s.people[s.anybody(synth.RecordsClerk).Key],
		Until: s.house.Clock.Now().Add(365 * 24 * time.Hour),
	}, "医保结算与审核")
	return err
}
