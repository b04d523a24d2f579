package house

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/kit/sm"
	"github.com/medward/medward/kit/synth"
)

// admissionRecord is the kind of document that the demonstration's requests ask for.
const admissionRecord = "C0034"

// request is a request from outside, and how far it has come.
type request struct {
	kind, agency, basis string
	names               []string
	purpose             string
	reached             string
	copies              bool
	refusedFor          string
}

var requests = []request{
	{kind: "court", agency: "棠阴市人民法院", basis: "民事诉讼法第七十条，医疗损害责任纠纷案调取证据", names: []string{"赵明", "钱立"}, purpose: "legal", reached: sharing.Approved, copies: true},
	{kind: "police", agency: "棠阴市公安局", basis: "刑事诉讼法第五十四条，故意伤害案", names: []string{"孙刚", "周毅"}, purpose: "legal", reached: sharing.Received},
	{kind: "insurer", agency: "东澜人寿保险公司", basis: "重大疾病保险理赔核查", names: []string{"吴敏", "郑佳"}, purpose: "insurance", reached: sharing.Scoped},
	{kind: "prosecutor", agency: "棠阴市人民检察院", basis: "刑事诉讼法第五十四条", names: []string{"冯凯", "陈岚"}, purpose: "legal", reached: sharing.Scoped, copies: true},
	{kind: "agent", basis: "患者本人转院就诊，申请复印病历", names: []string{"卫红"}, purpose: "patient-request", reached: sharing.Approved},
	{kind: "relative", basis: "办理死亡患者保险事宜", names: []string{"蒋文"}, purpose: "patient-request", reached: sharing.Refused, refusedFor: "所附关系证明与死亡患者不符，请补充公证文书后重新申请。"},
}

// settleSharing brings requests from outside to the window, each as far as it has come.
func (s *settler) settleSharing(ctx context.Context) error {
	clerks := s.everybody(synth.RecordsClerk, "")
	patients, err := s.archived(ctx, clerks[0], len(requests)+correctedPatients)
	if err != nil {
		return err
	}
	for i, asked := range requests[:min(len(requests), len(patients))] {
		if err := s.bringRequest(ctx, clerks, patients[i], asked); err != nil {
			return fmt.Errorf("request of %s: %w", asked.kind, err)
		}
	}
	return s.settleAmendments(ctx, clerks, patients[min(len(requests), len(patients)):])
}

// archived has the admission records of some patients who went home signed by their
// authors and locked by the records office, and returns the patients.
func (s *settler) archived(ctx context.Context, clerk synth.Person, n int) ([]string, error) {
	coding := s.cleared(ctx, clerk, "coding")
	var done []string
	for _, p := range s.hospital.Patients {
		if len(done) == n {
			break
		}
		if !s.wentHome(p) {
			continue
		}
		page, err := s.house.Records.List(coding, s.patients[p.Key], "", 0)
		if err != nil {
			return nil, err
		}
		for _, d := range page.Items {
			if d.Kind != admissionRecord {
				continue
			}
			err := s.signedIn(ctx, d.Author, func(author context.Context) error { return s.house.Records.Sign(author, d.ID, d.Version) })
			if err == nil {
				err = s.house.Records.Archive(coding, d.ID)
			}
			if err != nil {
				return nil, fmt.Errorf("archive %s of %s: %w", d.Kind, p.Key, err)
			}
		}
		done = append(done, s.patients[p.Key])
	}
	return done, nil
}

// signedIn lets somebody do what needs the key that a session opens.
func (s *settler) signedIn(ctx context.Context, person string, do func(ctx context.Context) error) error {
	admitted, err := s.house.Identity.SignInAs(act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Anonymous, ID: act.Anonymous, Org: s.house.Birth.Org}}), person)
	if err != nil {
		return err
	}
	actor := act.From(s.cleared(ctx, s.person(person), "care"))
	actor.Session = admitted.Session.ID
	in := act.With(ctx, actor)
	return errors.Join(do(in), s.house.Identity.SignOut(in))
}

// person is the invented one behind an id of the store.
func (s *settler) person(id string) synth.Person {
	i := slices.IndexFunc(s.hospital.People, func(p synth.Person) bool { return s.people[p.Key] == id })
	return s.hospital.People[i]
}

// wentHome reports whether a patient of ordinary sensitivity has an admission record and is not in the house.
func (s *settler) wentHome(p synth.Patient) bool {
	admitted := slices.ContainsFunc(s.hospital.Documents, func(d synth.Document) bool { return d.Patient == p.Key && d.Kind == admissionRecord })
	kept := slices.ContainsFunc(s.hospital.Encounters, func(e synth.Encounter) bool { return e.Patient == p.Key && (e.End == nil || e.Sensitivity > 3) })
	return admitted && !kept && !p.VIP
}

func (s *settler) bringRequest(ctx context.Context, clerks []synth.Person, patientID string, asked request) error {
	window, second, assistant := s.cleared(ctx, clerks[0], asked.purpose), s.cleared(ctx, clerks[1], asked.purpose), s.cleared(ctx, clerks[2], asked.purpose)
	room := s.house.Sharing
	c, err := room.Receive(window, sharing.Receiving{Patient: patientID, Kind: asked.kind, Agency: asked.agency, Basis: asked.basis, Papers: presented(asked)})
	if err == nil {
		_, err = room.CheckIdentity(window, c.ID)
	}
	if err != nil || asked.reached == sharing.Received {
		return err
	}
	if asked.reached == sharing.Refused {
		_, err = room.Refuse(second, c.ID, asked.refusedFor)
		return err
	}
	if _, err = room.CheckIdentity(second, c.ID); err == nil {
		_, err = room.FixScope(window, c.ID, sharing.Scoping{
			Scope: sharing.Scope{Forms: []string{admissionRecord}, Copies: asked.copies}, Assistant: s.people[clerks[2].Key], Until: s.house.Clock.Now().Add(20 * 24 * time.Hour),
		})
	}
	if err != nil || asked.reached == sharing.Scoped {
		return err
	}
	approver := second
	if asked.agency != "" {
		approver = s.as(ctx, s.anybody(synth.President), "management")
		if err := s.reviewItems(ctx, c.ID); err != nil {
			return err
		}
	}
	if _, err = room.Approve(approver, c.ID); err != nil {
		return err
	}
	return s.handOver(assistant, c, asked)
}

// reviewItems has medical affairs disclose why the patient came, as the order asks, and
// leave the rest of the record at the minimum.
func (s *settler) reviewItems(ctx context.Context, caseID string) error {
	law := s.cleared(ctx, s.anybody(synth.MedicalAffairs), "legal")
	found, err := s.house.Sharing.Items(law, caseID)
	if err != nil {
		return err
	}
	var items []sharing.Item
	for _, d := range found.Documents {
		for _, h := range d.Headings {
			if h.Section == "present-illness" || h.Section == "chief-complaint" {
				items = append(items, sharing.Item{Document: d.Document, Section: h.Section, Disclosed: true, Ground: sharing.Ordered, Reasons: sharing.Reasons{Words: "调取证据函第一项：受伤经过"}})
			}
		}
	}
	_, err = s.house.Sharing.FixMasking(law, caseID, items)
	return err
}

// clearance lets the demonstration's people see what is of ordinary sensitivity.
const clearance = 3

// cleared acts as somebody of the demonstration who reads what the post may read.
func (s *settler) cleared(ctx context.Context, p synth.Person, purpose string) context.Context {
	actor := act.From(s.as(ctx, p, purpose))
	actor.Clearance = clearance
	return act.With(ctx, actor)
}

func (s *settler) handOver(ctx context.Context, c sharing.Case, asked request) error {
	page, err := s.house.Records.List(ctx, c.Patient, "", 0)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(page.Items, func(d record.Document) bool { return d.Kind == admissionRecord })
	if at < 0 {
		return errors.New("nothing of the scope is archived")
	}
	handing := sharing.Handing{Manner: sharing.Viewed, Documents: []string{page.Items[at].ID}}
	if asked.copies {
		receipt := sm.Sum([]byte("receipt " + asked.kind))
		handing.Manner, handing.Medium, handing.Format, handing.Receipt = sharing.Copied, "纸质", "html", receipt[:]
		handing.ReturnBy = s.house.Clock.Now().Add(10 * 24 * time.Hour)
	}
	_, err = s.house.Sharing.HandOver(ctx, c.ID, handing)
	return err
}

// presented are all the papers that a kind of requester must bring.
func presented(asked request) sharing.Papers {
	papers := sharing.Papers{Names: asked.names}
	for _, kind := range sharing.Kinds() {
		if kind.ID != asked.kind {
			continue
		}
		for _, p := range kind.Papers {
			scan := sm.Sum([]byte(asked.kind + " " + p.ID))
			papers.Presented = append(papers.Presented, sharing.Presented{Paper: p.ID, Number: "演示-" + p.ID, Issuer: asked.agency, Digest: hex.EncodeToString(scan[:])})
		}
	}
	return papers
}
