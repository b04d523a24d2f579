package house

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/debarment"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
	"github.com/medward/medward/kit/synth"
)

// demoInsurer is the certificate of the demonstration's insurance fund. Nobody holds its key.
//
//go:embed demo_insurer.pem
var demoInsurer string

// settleBarred bars a firm and an unknown person, proposes another, and has somebody name
// the firm, so that the register and its hits can be looked at.
func (s *settler) settleBarred(ctx context.Context) error {
	affairs := s.as(ctx, s.anybody(synth.MedicalAffairs), "management")
	discipline := s.as(ctx, s.anybody(synth.Discipline), "supervision")
	now := s.house.Clock.Now()
	proposals := []debarment.Proposal{
		{
			Kind: debarment.Organisation, Reason: "sold", Basis: "个人信息保护法第十条；刑法第二百五十三条之一", Evidence: []debarment.Proof{{What: "演示：（2025）棠刑初字第 17 号刑事判决书"}},
			Content: debarment.Content{Name: "蓝港数据服务有限公司", Aliases: []string{"蓝港信息"}, Number: "91330000DEMO00099X", Facts: "演示：购得出院患者名单并转售给月子中心。"}, Review: now.AddDate(0, 6, 0),
		},
		{
			Kind: debarment.Natural, Reason: "spread", Basis: "网络安全法第四十四条", Evidence: []debarment.Proof{{What: "演示：公安机关行政处罚决定书"}},
			Content: debarment.Content{Name: "吴敏之", Facts: "演示：在网络上传播患者病历照片。"}, Until: now.AddDate(0, 11, 0),
		},
		{
			Kind: debarment.Organisation, Reason: "misused", Basis: "数据安全法第三十二条", Evidence: []debarment.Proof{{What: "演示：合同第九条及检查记录"}},
			Content: debarment.Content{Name: "东海智诊科技有限公司", Number: "91330000DEMO00088X", Facts: "演示：将交付的影像用于约定以外的模型训练。"}, Review: now.AddDate(1, 0, 0),
		},
	}
	for i, in := range proposals {
		d, err := s.house.Debarments.Propose(affairs, in)
		if err == nil && i < len(proposals)-1 {
			_, err = s.house.Debarments.Settle(discipline, d.ID, d.Rev, true)
		}
		if err != nil {
			return err
		}
	}
	keeper := s.as(ctx, s.anybody(synth.SecurityAdmin), "management")
	for _, firm := range []struct{ code, name string }{{"91330000DEMO00099X", "蓝港云数据公司"}, {"LG-2", "蓝港信息"}} {
		if _, err := s.house.Staff.AddVendor(keeper, firm.code, firm.name); err == nil {
			return fmt.Errorf("%s was let in", firm.name)
		}
	}
	return nil
}

// settlePlatform registers a regional platform with its volume, and sends it a summary of
// one patient, whose receipt came.
func (s *settler) settlePlatform(ctx context.Context) error {
	affairs, now := s.as(ctx, s.anybody(synth.MedicalAffairs), "management"), s.house.Clock.Now()
	x, err := s.house.Recipients.Register(affairs, recipient.Writing{
		Code: "city-platform", Kind: "platform", NameZH: "棠阴市健康信息平台", NameEN: "City health platform", Owner: s.people[s.anybody(synth.Quality).Key], Address: "https://platform.invalid/in",
		Verified: "演示：由卫健委公函核实", Shapes: []string{"results"}, Fields: []string{"检验结果"}, Purpose: "检验结果互认", Basis: "演示：区域检验结果互认办法", Hours: 24,
		Volume: recipient.Volume{Once: 100, Daily: 2000, DailyMB: 512}, Since: now, Until: now.AddDate(1, 0, 0),
	})
	if err == nil {
		x, err = s.house.Recipients.Approve(s.as(ctx, s.anybody(synth.SecurityAdmin), "operation"), x.ID)
	}
	if err != nil {
		return err
	}
	sum := sm.Sum([]byte("demo sending"))
	sent, err := s.house.Recipients.Send(affairs, recipient.Leaving{
		Recipient: x.ID, Channel: "政务外网", Shape: "results", Digest: sum[:], Bytes: 4096, Items: []recipient.Item{{Kind: "Observation", ID: "demo", Patient: s.patients[s.hospital.Patients[0].Key]}},
	})
	if err == nil {
		_, err = s.house.Recipients.Receive(affairs, sent.ID, recipient.Receiving{Digest: sum[:]})
	}
	return err
}

// mostClaims is how many claims the demonstration's task lists.
const mostClaims = 6

// settleClaims has the insurance office ask for two tasks, which wait to be approved.
func (s *settler) settleClaims(ctx context.Context) error {
	officer, err := s.insuranceOfficer(ctx)
	if err != nil {
		return err
	}
	listed, err := s.someClaims(ctx)
	if err != nil || len(listed) < 2 {
		return err
	}
	asked := sharing.AskingClaims{
		Kind: sharing.ClaimReview, Insurer: "棠阴市医疗保障局", Basis: "insurance-fund", Article: "社会保险法第三十一条", Reviewer: act.From(officer).ID,
		Until: s.house.Clock.Now().AddDate(0, 1, 0), Certificate: demoInsurer, Claims: listed, Extras: []sharing.Extra{{Field: "course", Words: "核对住院天数与诊疗经过是否相符"}},
	}
	if _, err := s.house.Sharing.AskClaims(officer, asked); err != nil {
		return err
	}
	asked.Kind, asked.Extras, asked.Claims = sharing.ClaimSettlement, nil, listed[:1]
	_, err = s.house.Sharing.AskClaims(officer, asked)
	return err
}

func (s *settler) someClaims(ctx context.Context) ([]sharing.NewClaim, error) {
	var listed []sharing.NewClaim
	err := s.house.Store.Read(ctx, func(r db.Reader) error {
		listed = nil
		for _, p := range s.hospital.Patients {
			if len(listed) == mostClaims || !s.wentHome(p) {
				continue
			}
			known, err := s.house.Patients.Find(ctx, r, s.house.Birth.Org, s.patients[p.Key])
			if err != nil {
				return err
			}
			over := slices.IndexFunc(known.Encounters, func(e patient.Encounter) bool { return !e.Open() })
			if over >= 0 {
				listed = append(listed, sharing.NewClaim{Number: fmt.Sprintf("JS2026%04d", len(listed)+1), Encounter: known.Encounters[over].ID})
			}
		}
		return nil
	})
	return listed, err
}

// insuranceOfficer acts as the head of the insurance office.
func (s *settler) insuranceOfficer(ctx context.Context) (context.Context, error) {
	var found []staff.Person
	err := s.house.Store.Read(ctx, func(r db.Reader) (err error) {
		found, err = staff.FindByName(ctx, r, s.house.Birth.Org, insuranceOfficerZH)
		return err
	})
	if err != nil || len(found) == 0 {
		return ctx, err
	}
	return act.With(ctx, act.Actor{Actor: policy.Actor{
		Kind: act.Person, ID: found[0].ID, Org: s.house.Birth.Org, Roles: []string{"insurance-office"}, Departments: []string{s.office("office")}, Clearance: clearance,
	}, Purpose: "insurance"}), nil
}
