package intake

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
)

// attachment is what a document carries beside its text.
type attachment struct {
	mediaType string
	content   []byte // nil for the piece itself, which is kept already
	element   string // in which it came
}

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
		if i == record.MostAttachments {
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
		if bad := m.room.dangers(ctx, a.content, a.element); len(bad) > 0 {
			for _, f := range bad {
				m.found(f)
			}
			continue
		}
		keep, err := m.keepAttached(ctx, m.from.file, m.who.subject, e, a.content)
		if err != nil {
			return err
		}
		m.unit.finally(rawRows+1, keep)
	}
	return nil
}

// keepAttached seals the bytes of an attachment and returns the step that keeps them
// with the entry by which they are found.
func (r *run) keepAttached(ctx context.Context, f *file, subject *vault.Subject, e entryRow, content []byte) (func(context.Context, *act.Work) error, error) {
	raw, err := r.keepAs(ctx, id.New(r.room.desk.Now()), f, subject, -1, content)
	if err != nil {
		return nil, err
	}
	e.Raw, e.Content = raw.ID, r.room.keyed(r.org, content)
	return func(ctx context.Context, w *act.Work) error {
		if err := raws.Insert(ctx, w, &raw); err != nil {
			return err
		}
		return entries.Insert(ctx, w, &e)
	}, nil
}

// AttachmentsOf lists what came with a version of a document, in its order. It is
// for whoever discloses the document.
func (room *Room) AttachmentsOf(ctx context.Context, r db.Reader, org, document string, version int) ([]record.Attachment, error) {
	rows, err := entries.Select(ctx, r, "WHERE org = $1 AND object = $2 AND scope = $3", org, document, scopeAttachment)
	if err != nil {
		return nil, err
	}
	of := make(map[string]entryRow, len(rows))
	for _, row := range rows {
		of[row.Ref] = row
	}
	var all []record.Attachment
	for n := 1; ; n++ {
		row, known := of[attachmentRef(document, version, n)]
		if !known {
			return all, nil
		}
		all = append(all, record.Attachment{Number: n, MediaType: row.Kind, Raw: row.Raw})
	}
}

// OpenAttachment unseals an attachment for whoever discloses its document.
func (room *Room) OpenAttachment(ctx context.Context, r db.Reader, org string, a record.Attachment) ([]byte, error) {
	return room.rawOf(ctx, r, org, a.Raw)
}
