package intake

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/fhir"
)

// attachment is what a document carries beside its text.
type attachment struct {
	mediaType string
	content   []byte
}

// mostAttachments bounds the attachments of one document.
const mostAttachments = 20

// encapsulated reads an OBX of type ED: text is shown, anything else is attached
// and said to be there.
func (m *message) encapsulated(r result) (text string, attached []attachment) {
	element := "OBX[" + itoa(r.place) + "]-5"
	var said []string
	for _, v := range r.Get("5").Repetitions() {
		e := v.ED()
		content, err := e.Content()
		if err != nil {
			m.found(ruleAttachmentBroken.warning(element))
			continue
		}
		switch kind := e.MediaType(); kind {
		case "text/plain":
			said = append(said, e.TextOf(content))
		case "text/html":
			shown, problems := fhir.Narrative(e.TextOf(content))
			for _, p := range problems {
				f := fromFHIR(p)
				f.Severity, f.Element = Warning, element
				m.found(f)
			}
			said = append(said, shown)
		default:
			said = append(said, "［附件］"+kind+"，"+strconv.Itoa((len(content)+1023)>>10)+" KiB")
			attached = append(attached, attachment{kind, content})
		}
	}
	return strings.Join(said, "\n"), attached
}

// contentOfDocument is the keyed digest of what a document says and carries.
func (m *message) contentOfDocument(c record.Content, attached []attachment) (string, error) {
	if len(attached) == 0 {
		return m.contentOf(c)
	}
	digests := make([]string, len(attached))
	for i, a := range attached {
		digests[i] = m.room.keyed(m.org, a.content)
	}
	return m.contentOf(struct {
		record.Content
		Attachments []string
	}{c, digests})
}

const scopeAttachment = "attachment"

func attachmentRef(document string, version, n int) string {
	return document + "/" + itoa(version) + "/" + itoa(n)
}

// attach keeps what a version of a document carries, sealed under the key of the
// patient.
func (m *message) attach(ctx context.Context, document string, version int, attached []attachment) error {
	for i, a := range attached {
		if i == mostAttachments {
			m.found(ruleManyAttachments.warning("OBX-5"))
			return nil
		}
		m.found(ruleAttachment.warning("OBX-5"))
		raw, err := m.keepAs(ctx, id.New(m.room.desk.Now()), m.from.file, m.who.subject, -1, a.content)
		if err != nil {
			return err
		}
		e := m.entry(scopeAttachment, "", a.mediaType, document)
		e.Ref, e.Raw, e.Content = attachmentRef(document, version, i+1), raw.ID, m.room.keyed(m.org, a.content)
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
