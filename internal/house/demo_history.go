package house

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
	"github.com/medward/medward/kit/synth"
)

// elsewhere is the institution from which the demonstration has documents.
var elsewhere = record.Institution{Name: "东澜市第一人民医院", Code: "DL01"}

// settleHistory brings two patients who lie in the house a document of another hospital.
// One has authorised that it is read during this stay. It sets which sensitive
// information is saved with consent only.
func (s *settler) settleHistory(ctx context.Context) error {
	affairs := s.as(ctx, s.anybody(synth.MedicalAffairs), "management")
	form, err := s.house.Consent.Publish(affairs, consent.Template{
		Kind: consent.Agreement, Name: fault.Text{ZH: "外院病历调阅授权书", EN: "Authorisation to read records of other institutions"},
		Text:  fault.Text{ZH: "本人同意经治医护人员在本次就诊期间调阅本人在其他医疗机构的病历，就诊结束即失效，可随时撤回。", EN: "I agree that those who treat me read my records of other institutions during this stay. It ends with the stay, and I may take it back at any time."},
		Scope: consent.Scope{Purposes: []string{consent.History}}, Givers: []string{consent.ByPatient, consent.ByGuardian, consent.ByRelative}, Forms: []string{consent.Written, consent.Electronic},
	})
	if err != nil {
		return err
	}
	_, err = s.house.Consent.Publish(affairs, consent.Template{
		Kind: consent.Agreement, Name: fault.Text{ZH: "敏感信息记录知情同意书", EN: "Consent to keeping sensitive information"},
		Text:  fault.Text{ZH: "本人知悉并同意医院在病历中记录本人的敏感病史，仅诊疗组和依法有权者可见。", EN: "I know and agree that the hospital keeps my sensitive history in my record, seen by my team and by those whom the law entitles."},
		Scope: consent.Scope{Purposes: []string{consent.SensitiveRecord}}, Givers: []string{consent.ByPatient, consent.ByGuardian, consent.ByRelative}, Forms: []string{consent.Written, consent.Electronic},
	})
	if err != nil {
		return err
	}
	for i, e := range s.lying(2) {
		if err := s.bringFromElsewhere(s.asFeed(ctx), e); err != nil {
			return fmt.Errorf("document from elsewhere: %w", err)
		}
		if i == 0 {
			if err := s.authorise(ctx, e, form.ID); err != nil {
				return fmt.Errorf("authorisation: %w", err)
			}
		}
	}
	rule, err := s.house.Records.ProposeConsentRule(affairs, []record.SensitiveKind{record.Genetic})
	if err != nil {
		return err
	}
	return s.house.Records.SettleConsentRule(s.as(ctx, s.anybody(synth.President), "management"), rule.ID, true)
}

// lying are the last stays of patients of ordinary sensitivity who are in the house. They
// lie where the first resident does not work, so that the demonstration has a colleague
// to whom they are strangers.
func (s *settler) lying(n int) []synth.Encounter {
	var found []synth.Encounter
	his := s.anybody(synth.Resident).Department
	for _, e := range slices.Backward(s.hospital.Encounters) {
		if e.End == nil && e.Sensitivity <= 2 && e.Department != his && len(found) < n {
			found = append(found, e)
		}
	}
	return found
}

func (s *settler) bringFromElsewhere(ctx context.Context, e synth.Encounter) error {
	var subject *vault.Subject
	id := s.patients[e.Patient]
	err := s.house.Store.Read(ctx, func(r db.Reader) (err error) {
		subject, err = s.house.Patients.FindSubject(ctx, r, s.house.Birth.Org, id)
		return err
	})
	if err != nil {
		return err
	}
	filing, err := s.house.Records.PrepareFiling(ctx, subject, record.Filing{
		Patient: id, Kind: "C0053", Title: "出院小结", Source: demoSource, Custodian: elsewhere, At: s.house.Clock.Now().Add(-400 * 24 * time.Hour),
		Content: record.Content{Sections: []record.Section{
			{Key: "course", Title: "诊疗经过", Text: "入院后完善检查，予对症治疗，病情平稳后出院。"},
			{Key: "advice", Title: "出院医嘱", Text: "门诊随诊，定期复查。"},
		}},
	})
	if err != nil {
		return err
	}
	return s.act(ctx, func(ctx context.Context, w *act.Work) error { return s.house.Records.FileIn(ctx, w, filing) })
}

func (s *settler) authorise(ctx context.Context, e synth.Encounter, form string) error {
	id := s.patients[e.Patient]
	var encounter string
	err := s.house.Store.Read(ctx, func(r db.Reader) error {
		known, err := s.house.Patients.Find(ctx, r, s.house.Birth.Org, id)
		if at := slices.IndexFunc(known.Encounters, patient.Encounter.Open); at >= 0 {
			encounter = known.Encounters[at].ID
		}
		return err
	})
	if err != nil {
		return err
	}
	p := s.hospital.Patients[slices.IndexFunc(s.hospital.Patients, func(p synth.Patient) bool { return p.Key == e.Patient })]
	proof := sm.Sum([]byte(form + id))
	_, err = s.house.Consent.Give(s.as(ctx, s.person(s.people[e.Attending]), "care"), consent.Giving{
		Patient: id, Template: form, Relation: consent.ByPatient, Form: consent.Electronic, Encounter: encounter, Evidence: proof[:],
		Until: s.house.Clock.Now().Add(30 * 24 * time.Hour), Giver: consent.Giver{Name: p.Name.Full, Document: "id-card", Number: p.IDNumber},
	})
	return err
}
