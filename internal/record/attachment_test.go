package record_test

import (
	"context"
	"encoding/binary"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/record"
)

// bag carries what came with every version of every document: by its order.
type bag []string

func (b bag) AttachmentsOf(context.Context, db.Reader, string, string, int) ([]record.Attachment, error) {
	all := make([]record.Attachment, len(b))
	for i := range b {
		all[i] = record.Attachment{Number: i + 1, MediaType: "image/png"}
	}
	return all, nil
}

func (b bag) OpenAttachment(_ context.Context, _ db.Reader, _ string, a record.Attachment) ([]byte, error) {
	return []byte(b[a.Number-1]), nil
}

const (
	png  = "\x89PNG\r\n\x1a\n picture"
	page = "<!doctype html><script>alert(1)</script>"
)

func bmp() string {
	content := append([]byte("BM"), make([]byte, 40)...)
	binary.LittleEndian.PutUint32(content[2:], uint32(len(content)))
	return string(content)
}

func TestAnAttachmentIsWhatItsBytesSay(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		webp := "RIFF\x00\x00\x00\x00WEBPVP8 "
		want := []struct{ content, media string }{
			{png, "image/png"}, {"\xFF\xD8\xFF\xE0..", "image/jpeg"}, {"GIF89a..", "image/gif"}, {webp, "image/webp"}, {"%PDF-1.7\n", "application/pdf"},
			{"II*\x00....", "image/tiff"}, {bmp(), "image/bmp"}, {strings.Repeat("\x00", 128) + "DICM....", "application/dicom"},
			{"\uFEFF<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", "application/xml"},
			{page, ""}, {"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>", ""}, {" %PDF-1.7", ""}, {"BM is a name", ""}, {"PK\x03\x04", ""}, {"", ""},
			{"<script>ClinicalDoc</script>", ""},
		}
		var carried bag
		for _, one := range want {
			carried = append(carried, one.content)
		}
		o.room.Carries(carried)
		document := o.fileFed(source, record.Filing{Encounter: o.encounter, Title: "检查报告", Content: says("见附件")})
		all, err := o.room.Attachments(o.as("lin"), document, 0)
		if err != nil || len(all) != len(want) {
			t.Fatalf("%d attachments: %v", len(all), err)
		}
		for i, a := range all {
			if a.Media != want[i].media || a.Size != len(want[i].content) || len(a.Digest) != 32 || a.Content != nil {
				t.Errorf("%q: %+v", want[i].content, a)
			}
			_, opened := o.room.OpenAttachment(o.as("lin"), document, 1, i+1)
			if (opened == nil) != (want[i].media != "") {
				t.Errorf("%q was opened: %v", want[i].content, opened)
			}
			shown := slices.Contains([]string{"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}, want[i].media)
			if _, err := o.room.ShowAttachment(o.as("lin"), document, 1, i+1); (err == nil) != shown || !shown && codeOf(err) != "record.attachment-form" {
				t.Errorf("%q was shown: %v", want[i].content, err)
			}
		}
		if v := o.view("lin", document, 0); v.Attached != len(want) {
			t.Errorf("the document tells of %d attachments", v.Attached)
		}
	})
}

func TestOpeningAnAttachmentIsAnActOfItsOwn(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.room.Carries(bag{png})
		document := o.fileFed(source, record.Filing{Encounter: o.encounter, Title: "检查报告", Content: says("见附件")})
		a, err := o.room.ShowAttachment(o.as("lin"), document, 0, 1)
		if err != nil || string(a.Content) != png || a.Version != 1 {
			t.Fatalf("%+v: %v", a, err)
		}
		if e := o.Last(); e.Verb != "record.attachment" || e.Outcome != ledger.Done || e.Objects[0].ID != document || e.Note["attachment"] != "1" || e.Note["version"] != "1" {
			t.Errorf("%+v", e)
		}
		_, listed := o.room.Attachments(o.as("gu"), document, 0)
		o.refused(listed, "record.attachment")
		_, opened := o.room.OpenAttachment(o.as("gu"), document, 0, 1)
		o.refused(opened, "record.attachment")
		for name, at := range map[string][2]int{"number": {1, 2}, "version": {2, 1}, "no number": {1, 0}} {
			if _, err := o.room.ShowAttachment(o.as("lin"), document, at[0], at[1]); codeOf(err) != act.ErrAbsent.Name {
				t.Errorf("another %s: %v", name, err)
			}
		}
		own := o.file(nil)
		if all, err := o.room.Attachments(o.as("lin"), own, 0); err != nil || len(all) != 0 {
			t.Errorf("what was written here carries nothing: %+v %v", all, err)
		}
		if err := o.room.Seal(o.as("affairs"), document, "dispute"); err != nil {
			t.Fatal(err)
		}
		_, opened = o.room.ShowAttachment(o.as("lin"), document, 0, 1)
		o.refused(opened, "record.attachment")
	})
}

func TestTheBytesOfAnAttachmentMayDoNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.room.Carries(bag{png, page})
		document := o.fileFed(source, record.Filing{Encounter: o.encounter, Title: "检查报告", Content: says("见附件")})
		s := web.New("test")
		o.room.Routes(s)
		handler := s.Handler()
		get := func(number string) *httptest.ResponseRecorder {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, "/api/documents/"+document+"/attachments/content?number="+number, nil)
			handler.ServeHTTP(w, r.WithContext(act.With(r.Context(), act.From(o.as("lin")))))
			return w
		}
		w := get("1")
		if w.Code != http.StatusOK || w.Body.String() != png {
			t.Fatalf("%d %q", w.Code, w.Body)
		}
		for header, want := range map[string]string{
			"Content-Type": "image/png", "Content-Disposition": `attachment; filename="attachment-1.png"`, "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := w.Header().Values(header); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %q", header, got)
			}
		}
		if w := get("2"); w.Code != http.StatusConflict || strings.Contains(w.Body.String(), "script") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}
