package intake

import (
	"bytes"
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/record"
)

// attachment is what a document carries beside its text.
type attachment struct {
	mediaType string
	content   []byte // nil for the piece itself, which is kept already
	element   string // in which it came
}

// mostAttachments bounds the attachments of one document.
const mostAttachments = 20

// contentOfDocument is the keyed digest of what a document says and carries.
func (m *filer) contentOfDocument(c record.Content, attached []attachment) (string, error) {
	if len(attached) == 0 {
		return m.contentOf(c)
	}
	var digests []string
	for _, a := range attached {
		if a.content != nil {
			digests = append(digests, m.room.keyed(m.org, a.content))
		}
	}
	return m.contentOf(struct {
		record.Content
		Attachments []string
	}{c, digests})
}

// attachedLine tells in a document that something is attached to it.
func attachedLine(mediaType string, size int) string {
	return "［附件］" + mediaType + "，" + itoa((size+1023)>>10) + " KiB"
}

const scopeAttachment = "attachment"

func attachmentRef(document string, version, n int) string {
	return document + "/" + itoa(version) + "/" + itoa(n)
}

// attach keeps what a version of a document carries, sealed under the key of the
// patient.
func (m *filer) attach(ctx context.Context, document string, version int, attached []attachment) error {
	for i, a := range attached {
		if i == mostAttachments {
			m.found(ruleManyAttachments.warning(a.element))
			return nil
		}
		e := m.entry(scopeAttachment, "", a.mediaType, document)
		e.Ref = attachmentRef(document, version, i+1)
		if a.content == nil {
			e.Content = m.room.keyed(m.org, m.from.raw)
			m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return entries.Insert(ctx, w, &e) })
			continue
		}
		m.found(ruleAttachment.warning(a.element))
		raw, err := m.keepAs(ctx, id.New(m.room.desk.Now()), m.from.file, m.who.subject, -1, a.content)
		if err != nil {
			return err
		}
		e.Raw, e.Content = raw.ID, m.room.keyed(m.org, a.content)
		m.unit.finally(rawRows+1, func(ctx context.Context, w *act.Work) error {
			if err := raws.Insert(ctx, w, &raw); err != nil {
				return err
			}
			return entries.Insert(ctx, w, &e)
		})
	}
	return nil
}

// Attachment is what came with a version of a document and is not text.
type Attachment struct {
	MediaType string
	Patient   string
	raw       string
}

// AttachmentsOf lists what came with a version of a document, in its order. It is
// for whoever discloses the document.
func (room *Room) AttachmentsOf(ctx context.Context, r db.Reader, org, document string, version int) ([]Attachment, error) {
	rows, err := entries.Select(ctx, r, "WHERE org = $1 AND object = $2 AND scope = $3", org, document, scopeAttachment)
	if err != nil {
		return nil, err
	}
	of := make(map[string]entryRow, len(rows))
	for _, row := range rows {
		of[row.Ref] = row
	}
	var all []Attachment
	for n := 1; ; n++ {
		row, known := of[attachmentRef(document, version, n)]
		if !known {
			return all, nil
		}
		all = append(all, Attachment{MediaType: row.Kind, Patient: row.Patient, raw: row.Raw})
	}
}

// OpenAttachment unseals an attachment for whoever discloses its document.
func (room *Room) OpenAttachment(ctx context.Context, r db.Reader, org string, a Attachment) (*bytes.Reader, error) {
	content, err := room.rawOf(ctx, r, org, a.raw)
	return bytes.NewReader(content), err
}
