package output_test

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/record"
)

const scan = "%PDF-1.7\nscan"

// bag carries a scan, and something that is of no known form.
type bag struct{}

func (bag) AttachmentsOf(context.Context, db.Reader, string, string, int) ([]record.Attachment, error) {
	return []record.Attachment{{Number: 1, MediaType: "application/pdf", Raw: scan}, {Number: 2, MediaType: "application/pdf", Raw: "<script>"}}, nil
}

func (bag) OpenAttachment(_ context.Context, _ db.Reader, _ string, a record.Attachment) ([]byte, error) {
	return []byte(a.Raw), nil
}

// fileFed files a document as a feed does, with a scan beside it.
func (h *hospital) fileFed(of string) string {
	h.T.Helper()
	h.records.Carries(bag{})
	feed := h.Feed("his")
	var p *record.PreparedFiling
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		subject, err := h.patients.Subject(feed, r, acttest.Org, of)
		if err != nil {
			return err
		}
		p, err = h.records.PrepareFiling(feed, subject, record.Filing{
			Patient: of, Kind: "C0034", Title: "检查报告", Source: "his", Department: cardiology,
			Content: record.Content{Sections: []record.Section{{Key: "a", Title: "报告", Text: "见附件"}}},
		})
		return err
	})
	if err == nil {
		err = h.Door.Desk("record").Do(feed, "record.file", func(ctx context.Context, w *act.Work) error { return h.records.FileIn(ctx, w, p) })
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID()
}

func TestAnAttachmentLeavesCountedAndSignedFor(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		in := output.TakingAttachment{Document: h.fileFed(h.ill[0]), Number: 1, Profile: "office", Case: "医务(2026)3 号"}
		_, err := h.room.TakeAttachment(h.as("affairs"), in)
		if words := fault.From(err).Message("zh"); faulttest.Code(err) != "output.unsigned" || !strings.Contains(words, in.Document) || !strings.Contains(words, in.Case) {
			t.Fatalf("unsigned: %v", err)
		}
		if n := h.number("SELECT COUNT(*) FROM output_issue"); n != 0 {
			t.Fatal("something left unsigned")
		}
		in.Signed = true
		taken, err := h.room.TakeAttachment(h.as("affairs"), in)
		if err != nil || string(taken.Carried.Content) != scan || taken.Kind != output.Attached || !strings.HasSuffix(taken.Name(), taken.Serial+".pdf") {
			t.Fatalf("%+v: %v", taken, err)
		}
		if e := h.Last(); e.Verb != "output.take-attachment" || e.Note["issue"] != taken.ID || e.Note["attachment"] != "1" || len(e.Writes) != 3 {
			t.Errorf("%+v", e)
		}
		if n := h.number("SELECT COUNT(*) FROM staff_pledge"); n != 1 {
			t.Errorf("%d pledges", n)
		}
		found, err := h.room.Verify(h.nobody(), taken.Mark, []byte(scan))
		if err != nil || found.Kind != output.Attached || found.Documents[0].Document != in.Document {
			t.Errorf("%+v: %v", found, err)
		}
		h.setProfile("office", func(p *output.Profile) { p.Quotas = []output.Quota{{Day: 1, Month: 1}} })
		if _, err := h.room.TakeAttachment(h.as("affairs"), output.TakingAttachment{
			Document: h.fileFed(h.ill[1]), Number: 1, Profile: "office", Case: in.Case, Signed: true,
		}); faulttest.Code(err) != "output.quota" {
			t.Errorf("beyond the quota: %v", err)
		}
	})
}

func TestAnAttachmentIsTakenByThoseWhoMayExportOnly(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		in := output.TakingAttachment{Document: h.fileFed(h.ill[0]), Number: 1, Profile: "office", Case: "医务(2026)3 号", Signed: true}
		for _, who := range []string{"chen", "stranger", "zhou", "gao", "it"} {
			if _, err := h.room.TakeAttachment(h.as(who), in); !refused(err) {
				t.Errorf("%s: %v", who, err)
			}
		}
		unknown := in
		unknown.Number = 2
		if _, err := h.room.TakeAttachment(h.as("affairs"), unknown); faulttest.Code(err) != "record.attachment-form" {
			t.Errorf("of no known form: %v", err)
		}
		for name, change := range map[string]func(*output.TakingAttachment){
			"case": func(in *output.TakingAttachment) { in.Case = "" }, "": func(in *output.TakingAttachment) { in.Profile = "care" },
		} {
			wrong := in
			change(&wrong)
			if _, err := h.room.TakeAttachment(h.as("affairs"), wrong); err == nil || faulttest.Fields(err) != name {
				t.Errorf("%q: %v", name, err)
			}
		}
		away := act.From(h.as("affairs"))
		away.Zone = "remote"
		if _, err := h.room.TakeAttachment(act.With(t.Context(), away), in); !refused(err) {
			t.Errorf("from outside: %v", err)
		}
		if n := h.number("SELECT COUNT(*) FROM output_issue"); n != 0 {
			t.Errorf("%d attachments left", n)
		}
		body := `{"document":"` + in.Document + `","number":1,"profile":"office","case":"3","signed":true}`
		status, answer := h.ask("affairs", http.MethodPost, "/api/output/attachments", body)
		if status != http.StatusCreated || answer["file"] != base64.StdEncoding.EncodeToString([]byte(scan)) || answer["media"] != "application/pdf" {
			t.Errorf("%d %v", status, answer)
		}
	})
}
