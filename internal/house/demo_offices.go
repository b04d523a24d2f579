package house

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/inspection"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/synth"
)

// settleOffices has the offices of the demonstration do what is asked of the offices of
// a hospital: posts are filled, licences registered, promises published, rights reviewed,
// an inspection held, and at last the personnel roster is taken in.
func (s *settler) settleOffices(ctx context.Context) error {
	for _, part := range []struct {
		what   string
		settle func(context.Context) error
	}{
		{"who gives what", s.settleAuthorities},
		{"how far grants reach", s.settleFrames},
		{"posts of IT", s.settlePosts},
		{"licences", s.settleLicences},
		{"the undertaking", s.settleUndertaking},
		{"the agreement of a partner", s.settlePartner},
		{"a flow", s.settleFlow},
		{"forms", s.settleForms},
		{"rules of orders", s.settleOrders},
		{"records past their term", s.settleRetention},
		{"hours", s.settleHours},
		{"faces", s.settleFaces},
		{"the review of rights", s.settleReview},
		{"writing limits", s.settleDeadlines},
		{"an inspection", s.settleDraw},
		{"the roster", s.settleRoster},
		{"who is barred", s.settleBarred},
		{"what leaves", s.settlePlatform},
		{"claims", s.settleClaims},
	} {
		if err := part.settle(ctx); err != nil {
			return fmt.Errorf("%s: %w", part.what, err)
		}
	}
	return nil
}

const insuranceOfficerZH = "许文静"

// laterPeople are those of the demonstration whom the invented hospital does not have.
var laterPeople = []struct{ number, zh, en, office, role, titleZH, titleEN string }{
	{"90002", "何知远", "He Zhiyuan", "information", "it-head", "信息科主任", "Head of IT"},
	{"90003", "陆明川", "Lu Mingchuan", "information", "network-administrator", "网络工程师", "Network engineer"},
	{"90004", insuranceOfficerZH, "Xu Wenjing", "office", "insurance-office", "医保办主任", "Head of the insurance office"},
}

func (s *settler) settlePosts(ctx context.Context) error {
	keeper := s.as(ctx, s.anybody(synth.SecurityAdmin), "management")
	for _, p := range laterPeople {
		made, err := s.house.Staff.AddPerson(keeper, staff.NewPerson{Number: p.number, NameZH: p.zh, NameEN: p.en, Category: staff.Employee})
		if err != nil {
			return err
		}
		err = s.appointByRequest(ctx, made.ID, p.office, p.role, p.titleZH, p.titleEN)
		if err == nil {
			_, err = s.house.Identity.CreateAccount(keeper, identity.NewAccount{Person: made.ID, Name: p.number, ByChoice: true})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var licenceOf = map[synth.Role]staff.QualificationKind{
	synth.Resident: staff.PhysicianLicence, synth.Attending: staff.PhysicianLicence, synth.Chief: staff.PhysicianLicence,
	synth.Nurse: staff.NurseLicence, synth.HeadNurse: staff.NurseLicence, synth.Pharmacist: staff.PharmacistTitle, synth.Technician: staff.TechnicianTitle,
}

// settleLicences registers everybody's licence before the rule that asks for it.
func (s *settler) settleLicences(ctx context.Context) error {
	affairs := s.as(ctx, s.anybody(synth.MedicalAffairs), "management")
	now := s.house.Clock.Now()
	for _, p := range s.hospital.People {
		kind, needed := licenceOf[p.Role]
		if !needed {
			continue
		}
		_, err := s.house.Staff.AddQualification(affairs, staff.NewQualification{
			Person: s.people[p.Key], Kind: kind, Number: "演示" + p.StaffNumber, Issuer: "棠阴市卫生健康委员会", Since: now.AddDate(-3, 0, 0), Until: now.AddDate(10, 0, 0),
		})
		if err != nil {
			return fmt.Errorf("of %s: %w", p.Key, err)
		}
	}
	for _, role := range slices.Sorted(maps.Keys(licenceOf)) {
		if _, err := s.house.Staff.RequireLicence(affairs, staff.Requirement{Role: string(role), Kind: licenceOf[role]}); err != nil {
			return fmt.Errorf("for %s: %w", role, err)
		}
	}
	return nil
}

// signersOfEachRole are as many of each role as sign the undertaking at once. The others
// have its grace, as in a hospital that has just published it.
const signersOfEachRole = 3

func (s *settler) settleUndertaking(ctx context.Context) error {
	affairs := s.as(ctx, s.anybody(synth.MedicalAffairs), "management")
	published, err := s.house.Staff.PublishUndertaking(affairs, staff.NewUndertaking{
		Code: "confidentiality", TitleZH: "患者信息保密承诺书", TitleEN: "Undertaking on patients' privacy",
		TextZH: "我承诺：只为工作需要查看患者信息；不打听、不传播、不截图、不外发；账号只由本人使用；离岗时交还全部权限和资料；违反时承担相应责任。",
		TextEN: "I undertake to look at patients' information for my work only; not to ask after it, spread it, photograph it or send it out; to use my account alone; to give back every right and paper when I leave; and to answer for a breach.",
		Period: 365, Grace: 60,
	})
	if err != nil {
		return err
	}
	signed := map[synth.Role]int{}
	for _, p := range s.hospital.People {
		if signed[p.Role]++; signed[p.Role] > signersOfEachRole {
			continue
		}
		err := s.signedIn(ctx, s.people[p.Key], func(in context.Context) error {
			_, err := s.house.Staff.SignUndertaking(in, published.ID)
			return err
		})
		if err != nil {
			return fmt.Errorf("signed by %s: %w", p.Key, err)
		}
	}
	return nil
}

// settlePartner files the confidentiality agreement of the insurer that asks for records.
func (s *settler) settlePartner(ctx context.Context) error {
	keeper := s.as(ctx, s.anybody(synth.SecurityAdmin), "management")
	for _, asked := range requests {
		if asked.kind != "insurer" {
			continue
		}
		made, err := s.house.Staff.AddVendor(keeper, "91330000DEMO00001X", asked.agency)
		if err != nil {
			return err
		}
		_, err = s.house.Staff.FileAgreement(keeper, staff.NewAgreement{
			Vendor: made.ID, Scope: "理赔核查所需病历的保密与销毁", Until: s.house.Clock.Now().AddDate(1, 0, 0), FileName: "保密协议.txt", File: []byte("演示用保密协议，双方已签章。"), Privacy: true,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *settler) settleFlow(ctx context.Context) error {
	affairs := s.as(ctx, s.anybody(synth.MedicalAffairs), "management")
	_, err := s.house.Duty.SetFlow(affairs, duty.Flow{NameZH: "信息安全问题处置", NameEN: "Handling an information security problem", Steps: []duty.FlowTask{
		{NameZH: "安全管理员核实并止损", NameEN: "The security administrator verifies and contains it", Role: "security-administrator", Limit: "4h"},
		{NameZH: "信息科负责人提出整改", NameEN: "The head of IT proposes a remedy", Role: "it-head", Limit: "1wd"},
		{NameZH: "医务科评估对患者的影响", NameEN: "Medical affairs judge what it means for patients", Role: "medical-affairs", Limit: "2wd"},
	}})
	return err
}

// settleHours lets engineers of vendors in by day only.
func (s *settler) settleHours(ctx context.Context) error {
	keeper := s.as(ctx, s.anybody(synth.SecurityAdmin), "management")
	held, err := s.house.Identity.ViewRules(keeper)
	if err != nil {
		return err
	}
	rules := held.Rules
	rules.Hours = append(rules.Hours, identity.Hours{Role: "vendor-engineer", From: "08:00", To: "18:00"})
	_, err = s.house.Identity.SetRules(keeper, held.Number, rules)
	return err
}

// settleFaces opens the way by which a demonstration pretends to know faces.
func (s *settler) settleFaces(ctx context.Context) error {
	keeper := s.as(ctx, s.anybody(synth.SecurityAdmin), "management")
	_, err := s.house.Identity.SetWay(keeper, identity.StandInWay())
	return err
}

// settleReview has the rights of everybody reviewed, and each reviewer answer.
func (s *settler) settleReview(ctx context.Context) error {
	affairs := s.anybody(synth.MedicalAffairs)
	if _, err := s.house.Access.OpenCampaign(s.as(ctx, affairs, "management"), "本季度权限复核"); err != nil {
		return err
	}
	if err := s.house.Access.Tick(ctx); err != nil {
		return err
	}
	for _, p := range s.hospital.People {
		if p.Role != synth.Chief && p.Role != synth.HeadNurse && p.Key != affairs.Key {
			continue
		}
		if err := s.keepAll(s.as(ctx, p, "management")); err != nil {
			return fmt.Errorf("by %s: %w", p.Key, err)
		}
	}
	return nil
}

// keepAll keeps every line that waits for somebody, but for one about himself, on which
// he may not decide.
func (s *settler) keepAll(reviewer context.Context) error {
	for {
		waiting, err := s.house.Access.MyLines(reviewer, "", 100)
		if err != nil {
			return err
		}
		var verdicts []access.Verdict
		for _, l := range waiting.Items {
			if l.Person != act.From(reviewer).ID {
				verdicts = append(verdicts, access.Verdict{Line: l.ID, Keep: true})
			}
		}
		if len(verdicts) == 0 {
			return nil
		}
		if err := s.house.Access.DecideLines(reviewer, verdicts); err != nil {
			return err
		}
	}
}

// settleDraw holds an inspection on the spot: a patient is drawn and answered about.
func (s *settler) settleDraw(ctx context.Context) error {
	auditor := s.as(ctx, s.anybody(synth.Auditor), "supervision")
	d, err := s.house.Inspector.Prepare(auditor, inspection.Wanted{Kind: inspection.Patient})
	if err == nil {
		d, err = s.house.Inspector.Choose(auditor, d.ID, 1203)
	}
	if err == nil {
		_, err = s.house.Inspector.Answer(auditor, d.ID)
	}
	return err
}

// settleRoster takes in the roster of the personnel office, which is everybody by now.
func (s *settler) settleRoster(ctx context.Context) error {
	keeper := s.as(ctx, s.anybody(synth.SecurityAdmin), "management")
	codes := map[string]string{}
	for _, d := range s.hospital.Departments {
		codes[d.Key] = d.Code
	}
	var file strings.Builder
	file.WriteString("工号,姓名,拼音,类别,科室代码,状态\n")
	for _, p := range s.hospital.People {
		fmt.Fprintf(&file, "%s,%s,%s,本院职工,%s,在职\n", p.StaffNumber, p.Name.Full, p.Name.Pinyin, codes[p.Department])
	}
	for _, p := range laterPeople {
		fmt.Fprintf(&file, "%s,%s,%s,本院职工,%s,在职\n", p.number, p.zh, p.en, codes["dept-"+p.office])
	}
	fmt.Fprintf(&file, "%s,%s,%s,本院职工,,合同到期\n", leaverNumber, leaverZH, leaverEN)
	plan, err := s.house.Staff.PreviewRoster(keeper, []byte(file.String()))
	if err == nil {
		_, err = s.house.Staff.ApplyRoster(keeper, []byte(file.String()), plan.Digest)
	}
	if err != nil {
		return err
	}
	return s.house.Staff.Remind(act.With(ctx, act.Actor{}), s.house.Birth.Org)
}

// demoNetworks are the networks of a demonstration for which none were named: those
// that belong to nobody in particular.
var demoNetworks = []netip.Prefix{
	netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("fc00::/7"),
}

// inside are the networks that count as the hospital's own.
func (h *House) inside(named []netip.Prefix) []netip.Prefix {
	if len(named) == 0 && h.Birth.Kind == DemoStore {
		return demoNetworks
	}
	return named
}
