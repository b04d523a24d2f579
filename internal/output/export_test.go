package output_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/staff"
)

func TestAListLeavesMaskedMarkedAndAFewTimes(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		x := h.export("affairs", asking())
		if x.State != output.Ready || x.Lines != 4 || x.Patients != 4 || x.Pages != 4 {
			t.Fatalf("%+v", x)
		}
		if _, err := h.room.Download(elsewhere(h.as("affairs")), x.ID, ""); faulttest.Code(err) != "output.other-session" {
			t.Errorf("in another session: %v", err)
		}
		if _, err := h.room.Download(h.as("second"), x.ID, ""); !refused(err) {
			t.Errorf("by a colleague: %v", err)
		}
		f, err := h.fetch("affairs", x.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(f.Bytes)), "\r\n")
		first, last := strings.TrimPrefix(lines[0], "\ufeff"), lines[len(lines)-1]
		if first != last || !strings.Contains(first, f.Issue.Serial) || !strings.Contains(first, f.Code) || !strings.Contains(first, "N-affairs") || !strings.Contains(first, "医务(2026)3 号") {
			t.Errorf("the mark reads %q and %q", first, last)
		}
		if lines[2] != `"李*","'=1+1"` {
			t.Errorf("a row reads %q", lines[2])
		}
		if v, err := h.room.Verify(h.nobody(), f.Code, f.Bytes); err != nil || v.File != output.FileSame || v.Lines != 4 {
			t.Errorf("verified %+v: %v", v, err)
		}
		again, err := h.room.Download(h.as("affairs"), x.ID, "")
		if err != nil || !bytes.Equal(again.Bytes, f.Bytes) {
			t.Errorf("the second time other bytes: %v", err)
		}
		if _, err := h.room.Download(h.as("affairs"), x.ID, ""); err != nil {
			t.Errorf("the third time: %v", err)
		}
		if _, err := h.room.Download(h.as("affairs"), x.ID, ""); faulttest.Code(err) != "output.over" {
			t.Errorf("the fourth time: %v", err)
		}
		if h.did("output.download") < 3 || h.Count("output_issue") != 1 {
			t.Errorf("%d downloads in the account of %d copies", h.did("output.download"), h.Count("output_issue"))
		}
	})
}

func TestAFileIsDestroyedWhenItsTimeIsOver(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		x := h.export("affairs", asking())
		h.Clock.Advance(24 * time.Hour)
		if _, err := h.room.Download(h.as("affairs"), x.ID, ""); faulttest.Code(err) != "output.over" {
			t.Errorf("a day later: %v", err)
		}
		if err := h.room.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if x = h.settled("affairs", x.ID); x.State != output.Expired || h.Count("output_part") != 0 {
			t.Errorf("%s, %d parts left", x.State, h.Count("output_part"))
		}
	})
}

func TestWhatAListMayHold(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for name, c := range map[string]struct {
			change func(*output.AskingFor)
			fields string
		}{
			"no case":           {func(a *output.AskingFor) { a.Case = "" }, "case"},
			"no such list":      {func(a *output.AskingFor) { a.List = "x" }, "list"},
			"no such column":    {func(a *output.AskingFor) { a.Columns = []string{"x"} }, "columns"},
			"no such filter":    {func(a *output.AskingFor) { a.Filter = map[string]string{"x": "y"} }, "filter.x"},
			"unmasked, why":     {func(a *output.AskingFor) { a.Unmasked = true }, "words"},
			"no such format":    {func(a *output.AskingFor) { a.Format = "doc" }, "format"},
			"no such profile":   {func(a *output.AskingFor) { a.Profile = "x" }, "profile"},
			"a profile of care": {func(a *output.AskingFor) { a.Profile = "care" }, ""},
		} {
			in := asking()
			c.change(&in)
			if _, err := h.room.Ask(h.as("affairs"), in); err == nil || faulttest.Fields(err) != c.fields {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.room.Ask(h.as("chen"), asking()); faulttest.Code(err) != "output.other-purpose" {
			t.Errorf("for care: %v", err)
		}
		in := asking()
		in.Unmasked, in.Words, in.Columns, in.Format = true, "逐人核对投诉", []string{"name"}, output.XLSX
		x := h.export("affairs", in)
		f, err := h.fetch("affairs", x.ID, "")
		if err != nil || !bytes.HasPrefix(f.Bytes, []byte("PK")) || !strings.HasSuffix(f.Name, ".xlsx") {
			t.Errorf("%s: %v", f.Name, err)
		}
		if seen, err := h.room.ViewExport(h.as("discipline"), x.ID); err != nil || seen.Reason != "逐人核对投诉" {
			t.Errorf("why it is unmasked: %q %v", seen.Reason, err)
		}
	})
}

func TestALargeListNeedsTwoUnrelatedPeopleAndACode(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.setProfile("office", func(p *output.Profile) { p.Threshold = 3 })
		x := h.export("affairs", asking())
		if x.State != output.Approving || !slices.Contains(h.tasks(), "output.approval") {
			t.Fatalf("%s, tasks %v", x.State, h.tasks())
		}
		if _, err := h.room.Download(h.as("affairs"), x.ID, ""); faulttest.Code(err) != "output.state" {
			t.Errorf("before it is approved: %v", err)
		}
		if _, _, err := h.room.Approve(h.as("affairs"), x.ID); !refused(err) {
			t.Errorf("by who asked: %v", err)
		}
		h.bonds = staff.Bonds{Creations: []staff.Creation{{By: h.person("affairs"), Whom: h.person("second")}}}
		if _, _, err := h.room.Approve(h.as("second"), x.ID); faulttest.Code(err) != "output.related" {
			t.Errorf("by somebody whose account he made: %v", err)
		}
		h.bonds = staff.Bonds{}
		if _, release, err := h.room.Approve(h.as("second"), x.ID); err != nil || release != "" {
			t.Fatalf("the first: %q %v", release, err)
		}
		if _, _, err := h.room.Approve(h.as("second"), x.ID); faulttest.Code(err) != "output.voted" {
			t.Errorf("twice by one: %v", err)
		}
		_, release, err := h.room.Approve(h.as("zhou"), x.ID)
		if err != nil || release == "" {
			t.Fatalf("the second: %q %v", release, err)
		}
		for _, wrong := range []string{"", "AAAA-BBBB-CCCC"} {
			if _, err := h.fetch("affairs", x.ID, wrong); faulttest.Code(err) != "output.wrong-code" {
				t.Errorf("with the code %q: %v", wrong, err)
			}
		}
		if _, err := h.fetch("affairs", x.ID, strings.ToLower(release)); err != nil {
			t.Errorf("with the code: %v", err)
		}
		if n := h.number("SELECT COUNT(*) FROM output_export WHERE code IS NOT NULL"); n != 0 {
			t.Error("the code counts again")
		}
	})
}

func TestAReleaseCodeEnds(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.setProfile("office", func(p *output.Profile) { p.Threshold = 0 })
		x := h.export("affairs", asking())
		if _, _, err := h.room.Approve(h.as("second"), x.ID); err != nil {
			t.Fatal(err)
		}
		_, release, err := h.room.Approve(h.as("third"), x.ID)
		if err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(8 * time.Hour)
		if _, err := h.fetch("affairs", x.ID, release); faulttest.Code(err) != "output.wrong-code" {
			t.Errorf("eight hours later: %v", err)
		}
		other := h.export("affairs", asking())
		if x, err = h.room.Refuse(h.as("second"), other.ID); err != nil || x.State != output.Refused || h.number("SELECT COUNT(*) FROM output_part WHERE export = '"+x.ID+"'") != 0 {
			t.Errorf("refused: %s %v", x.State, err)
		}
	})
}

func TestAConsentWithdrawnDuringAnExportEndsIt(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		form, err := h.consents.Publish(h.as("affairs"), consent.Template{
			Kind: consent.Agreement, Name: fault.Text{ZH: "科研使用同意书"}, Text: fault.Text{ZH: "本人同意将病历用于科研。"},
			Scope: consent.Scope{Purposes: []string{"research"}}, Givers: []string{consent.ByPatient}, Forms: []string{consent.Written},
		})
		if err != nil {
			t.Fatal(err)
		}
		var given []consent.Record
		for _, p := range h.ill[:3] {
			rec, err := h.consents.Give(h.as("chen"), consent.Giving{
				Patient: p, Template: form.ID, Relation: consent.ByPatient, Form: consent.Written, Evidence: bytes.Repeat([]byte{7}, 32), Until: h.Clock.Now().AddDate(1, 0, 0),
				Giver: consent.Giver{Name: "李四", Document: "id-card", Number: "330000196003020011"},
			})
			if err != nil {
				t.Fatal(err)
			}
			given = append(given, rec)
		}
		in := asking()
		in.Profile = "research"
		whole := h.export("gao", in)
		if whole.State != output.Ready || whole.Lines != 3 || whole.LeftOut != 1 {
			t.Fatalf("who never consented is in it, or who did is not: %+v", whole)
		}
		h.turn = func(page int) {
			if page == 3 {
				if _, err := h.consents.Withdraw(h.as("chen"), given[0].ID, consent.Withdrawing{Relation: consent.ByPatient}); err != nil {
					t.Fatal(err)
				}
			}
		}
		x := h.export("gao", in)
		if x.State != output.Stopped || x.Why != output.WhyConsent || h.number("SELECT COUNT(*) FROM output_part WHERE export = '"+x.ID+"'") != 0 {
			t.Errorf("withdrawn while it ran: %s because of %q", x.State, x.Why)
		}
		if _, err := h.fetch("gao", whole.ID, ""); faulttest.Code(err) != "output.state" {
			t.Errorf("a file that was ready before: %v", err)
		}
	})
}

func TestWhatEndsDuringAnExportEndsIt(t *testing.T) {
	for _, c := range []struct {
		name, why string
		end       func(h *hospital)
	}{
		{"a grant", output.WhyPatient, func(h *hospital) { h.Clock.Advance(25 * time.Hour) }},
		{"a session", output.WhySession, func(h *hospital) { h.live = false }},
		{"an appointment", output.WhyPatient, func(h *hospital) {
			if _, err := h.staff.EndAppointment(h.as("security"), h.postOf("affairs")); err != nil {
				h.T.Fatal(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			both(t, func(t *testing.T, h *hospital) {
				h.granted = h.Clock.Now().Add(24 * time.Hour)
				h.turn = func(page int) {
					if page == 2 {
						c.end(h)
					}
				}
				made, err := h.room.Ask(h.as("affairs"), asking())
				if err != nil {
					t.Fatal(err)
				}
				h.mustStop(made.ID, c.why)
			})
		})
	}
}

func (h *hospital) mustStop(export, why string) {
	h.T.Helper()
	if x := h.settled("second", export); x.State != output.Stopped || x.Why != why {
		h.T.Errorf("%s because of %q, want %q", x.State, x.Why, why)
	}
}

func TestAQuotaEndsAnExport(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.setProfile("office", func(p *output.Profile) {
			p.Quotas = []output.Quota{{Day: 2, Month: 10}, {Role: "medical-affairs", Day: 3, Month: 10}}
		})
		x := h.export("affairs", asking())
		if x.State != output.Stopped || x.Why != output.WhyQuota || x.Lines != 3 {
			t.Errorf("%s because of %q after %d", x.State, x.Why, x.Lines)
		}
		h.Clock.Advance(24 * time.Hour)
		h.setProfile("office", func(p *output.Profile) { p.Quotas = []output.Quota{{Day: 5, Month: 5}} })
		if x = h.export("affairs", asking()); x.State != output.Ready {
			t.Errorf("the next day: %s because of %q", x.State, x.Why)
		}
		used, err := h.room.MyQuota(h.as("affairs"), "office")
		if err != nil || used.Day != 4 || used.Month != 4 {
			t.Errorf("the same patients count once a month: %+v %v", used, err)
		}
	})
}

func TestReadingManyIsCounted(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.setProfile(output.Bulk, func(p *output.Profile) { p.Quotas = []output.Quota{{Day: 3, Month: 10}} })
		if err := h.room.Count(h.as("chen"), h.ill[:3]); err != nil {
			t.Fatal(err)
		}
		if err := h.room.Count(h.as("chen"), h.ill[:3]); err != nil {
			t.Errorf("the same again: %v", err)
		}
		if err := h.room.Count(h.as("chen"), h.ill[3:]); faulttest.Code(err) != "output.quota" {
			t.Errorf("one more: %v", err)
		}
	})
}

func TestASuspiciousListIsHeldUntilSomebodyJudgesIt(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.setProfile("office", func(p *output.Profile) { p.Burst = 3 })
		x := h.export("affairs", asking())
		if x.State != output.Held || x.Alarm != output.Burst || len(h.alarms) != 1 || !slices.Contains(h.tasks(), "output.suspicion") {
			t.Fatalf("%s by %q, alarms %v, tasks %v", x.State, x.Alarm, h.alarms, h.tasks())
		}
		if _, err := h.room.Download(h.as("affairs"), x.ID, ""); faulttest.Code(err) != "output.state" {
			t.Errorf("while it is held: %v", err)
		}
		if _, err := h.room.CancelExport(h.as("affairs"), x.ID); faulttest.Code(err) != "output.state" {
			t.Errorf("taken back by who is suspected: %v", err)
		}
		if _, err := h.room.Ask(h.as("affairs"), asking()); faulttest.Code(err) != "output.suspended" {
			t.Errorf("the next one: %v", err)
		}
		if _, err := h.room.Dispose(h.as("affairs"), x.ID, true); !refused(err) {
			t.Errorf("judged by himself: %v", err)
		}
		if x, err := h.room.Dispose(h.as("discipline"), x.ID, true); err != nil || x.State != output.Ready {
			t.Errorf("released: %s %v", x.State, err)
		}
		second := h.export("second", asking())
		if second.State != output.Held {
			t.Fatalf("%s", second.State)
		}
		if x, err := h.room.Dispose(h.as("discipline"), second.ID, false); err != nil || x.State != output.Confirmed || h.number("SELECT COUNT(*) FROM output_part WHERE export = '"+second.ID+"'") != 0 {
			t.Errorf("confirmed: %s %v", x.State, err)
		}
	})
}

func TestManyPatientsAtNightAreSuspicious(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.setProfile("office", func(p *output.Profile) { p.Night = 3 })
		if x := h.export("affairs", asking()); x.State != output.Ready {
			t.Errorf("at eight in the morning: %s by %q", x.State, x.Alarm)
		}
		h.Clock.Advance(15 * time.Hour)
		if x := h.export("second", asking()); x.State != output.Held || x.Alarm != output.Night {
			t.Errorf("at eleven at night: %s by %q", x.State, x.Alarm)
		}
	})
}

func TestAListThatOnlyRefersToPatientsCountsThem(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		in := asking()
		in.List = "readers"
		x, err := h.room.Ask(acttest.For(h.as("discipline"), "supervision"), in)
		if err != nil {
			t.Fatal(err)
		}
		if x = h.settled("discipline", x.ID); x.State != output.Ready || x.Patients != 4 || x.LeftOut != 0 {
			t.Errorf("%+v", x)
		}
		if x, err = h.room.CancelExport(h.as("discipline"), x.ID); err != nil || x.State != output.Cancelled {
			t.Errorf("taken back: %s %v", x.State, err)
		}
	})
}

func TestAFileAboutPatientsIsSignedForBeforeItLeaves(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		x := h.export("affairs", asking())
		if _, err := h.room.Download(h.as("affairs"), x.ID, ""); faulttest.Code(err) != "output.unpledged" {
			t.Errorf("fetched unsigned: %v", err)
		}
		seen, err := h.room.ViewExport(h.as("affairs"), x.ID)
		if err != nil || !strings.Contains(seen.Commitment.ZH, x.ID) || !strings.Contains(seen.Commitment.ZH, "患者 4 人") || !seen.Pledged.IsZero() {
			t.Errorf("what is to be signed: %+v %v", seen.Commitment, err)
		}
		if _, err := h.room.Pledge(h.as("second"), x.ID); !refused(err) {
			t.Errorf("signed by another: %v", err)
		}
		other := h.export("affairs", asking())
		if _, err := h.room.Pledge(h.as("affairs"), other.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Download(h.as("affairs"), x.ID, ""); faulttest.Code(err) != "output.unpledged" {
			t.Errorf("a word on another delivery counts: %v", err)
		}
		for range 2 {
			if _, err := h.room.Pledge(h.as("affairs"), x.ID); err != nil {
				t.Fatal(err)
			}
		}
		if n := h.Count("staff_pledge"); n != 2 {
			t.Errorf("%d pledges for two files", n)
		}
		if _, err := h.room.Download(h.as("affairs"), x.ID, ""); err != nil {
			t.Fatal(err)
		}
		if seen, err = h.room.ViewExport(h.as("discipline"), x.ID); err != nil || seen.Pledged.IsZero() {
			t.Errorf("when he signed: %v %v", seen.Pledged, err)
		}
	})
}
