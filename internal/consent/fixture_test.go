package consent_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

const cardiology = "cardiology"

// hospital is a bench with the rooms of patients, duty and consent, a patient under
// chen, and a researcher who holds a grant for everybody.
type hospital struct {
	*acttest.Bench
	room     *consent.Room
	patients *patient.Room
	staff    *staff.Room
	duty     *duty.Room
	http     http.Handler
	patient  string
	other    string
	gao      string // researcher, by the staff room
	affairs  string

	sentTo, sent string // the last text that went to a telephone
}

func both(t *testing.T, fn func(t *testing.T, h *hospital)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *hospital {
	b.T.Helper()
	rules, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	h := &hospital{Bench: b, patients: patient.New(b.Door, b.Vault), staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})}
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	h.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: h.staff, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	h.room = consent.New(consent.Options{Door: b.Door, Patients: h.patients, Duty: h.duty, Vault: b.Vault, Org: acttest.Org, Texts: func(_ context.Context, phone, text string) error {
		h.sentTo, h.sent = phone, text
		return nil
	}})
	b.Door.Ties(func(_ context.Context, _ db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
		found := map[string][]policy.Tie{}
		for _, p := range patients {
			found[p] = []policy.Tie{{Kind: policy.TieGrant, ID: "g1", Role: actor.Purpose, Since: at, Until: at.Add(time.Hour)}}
		}
		return found, nil
	})
	h.gao, h.affairs = h.hire("gao"), h.hire("affairs")
	h.patient, h.other = h.bring("李四"), h.bring("王五")
	s := web.New("test")
	h.room.Routes(s)
	s.Gate = b.Door.Begin
	h.http = s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if who := r.Header.Get("As"); who != "" {
				r = r.WithContext(act.With(r.Context(), act.From(h.as(who))))
			}
			next.ServeHTTP(w, r)
		})
	})
	return h
}

func (h *hospital) hire(name string) string {
	h.T.Helper()
	made, err := h.staff.AddPerson(h.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
	if err != nil {
		h.T.Fatal(err)
	}
	return made.ID
}

func (h *hospital) bring(name string) string {
	h.T.Helper()
	return h.bringWith(name, func(*patient.Demographics) {})
}

func (h *hospital) bringWith(name string, change func(*patient.Demographics)) string {
	h.T.Helper()
	feed := h.Feed("his")
	said := patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02"}
	change(&said)
	p, err := h.patients.Prepare(acttest.Org, patient.Registration{Demographics: said, Level: 1, Source: "his"})
	if err != nil {
		h.T.Fatal(err)
	}
	err = h.Door.Desk("patient").Do(feed, "patient.admit", func(ctx context.Context, w *act.Work) error {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		_, err := h.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: cardiology, Attending: "chen", Source: "his"})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID()
}

func (h *hospital) as(who string) context.Context {
	switch who {
	case "chen":
		return h.Person(who, []string{cardiology}, 4, "attending")
	case "stranger":
		return h.Person(who, []string{"surgery"}, 3, "resident")
	case "gao":
		return acttest.For(h.Person(h.gao, nil, 3, "researcher"), "research")
	case "affairs":
		return acttest.For(h.Person(h.affairs, []string{"affairs"}, 3, "medical-affairs"), "management")
	case "clerk":
		return acttest.For(h.Person(who, []string{"records"}, 3, "records-clerk"), "patient-request")
	case "insurance":
		return acttest.For(h.Person(who, []string{"records"}, 3, "records-clerk"), "insurance")
	case "auditor":
		return acttest.For(h.Person(who, nil, 1, "auditor"), "supervision")
	case "dba":
		return acttest.For(h.Person(who, nil, 1, "dba"), "operation")
	}
	h.T.Fatalf("nobody is called %s", who)
	return nil
}

// reads reports whether somebody opens a document of a patient.
func (h *hospital) reads(who, of string) bool {
	h.T.Helper()
	err := h.Door.Desk("record").Disclose(h.as(who), "record.view", func(ctx context.Context, r *act.Reading) error {
		return r.Permit(ctx, policy.Object{Kind: "Document", ID: "d1", Org: acttest.Org, Patient: of, Department: cardiology, Sensitivity: 1, Signed: true, Archived: true, Form: "C0034"})
	})
	if err != nil && !errors.Is(err, act.ErrRefused) {
		h.T.Fatalf("%s: %v", who, err)
	}
	return err == nil
}

var proof = bytes.Repeat([]byte{7}, 32)

var proofText = hex.EncodeToString(proof)

var li = consent.Giver{Name: "李四", Document: "id-card", Number: "330000196003020011"}

func (h *hospital) form(scope consent.Scope) consent.Template {
	h.T.Helper()
	t, err := h.room.Publish(h.as("affairs"), consent.Template{
		Kind: consent.Agreement, Name: fault.Text{ZH: "科研使用同意书"}, Text: fault.Text{ZH: "本人同意将病历用于科研。"}, Scope: scope,
		Givers: []string{consent.ByPatient, consent.ByGuardian, consent.ByRelative}, Forms: []string{consent.Written, consent.Electronic, consent.Verbal},
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return t
}

func (h *hospital) research() consent.Template {
	return h.form(consent.Scope{Purposes: []string{"research", "teaching"}, Recipients: []string{"某大学附属研究院"}})
}

func (h *hospital) giving(t consent.Template) consent.Giving {
	return consent.Giving{
		Patient: h.patient, Template: t.ID, Relation: consent.ByPatient, Form: consent.Written, Evidence: proof, Giver: li, Until: h.Clock.Now().AddDate(1, 0, 0),
	}
}

func (h *hospital) give(g consent.Giving) consent.Record {
	h.T.Helper()
	rec, err := h.room.Give(h.as("chen"), g)
	if err != nil {
		h.T.Fatal(err)
	}
	return rec
}

func (h *hospital) ask(who, method, path, body string) (int, map[string]any) {
	h.T.Helper()
	return webtest.Ask(h.T, h.http, who, method, path, body)
}
