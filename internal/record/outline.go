package record

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// Outline is a document with the headings of its newest version, without its text.
type Outline struct {
	Document
	Headings []Section // no text
}

// maxOutlined bounds the documents of one patient that are outlined at a time.
const maxOutlined = 50

// OutlinesIn reads the headings of a patient's documents that are wanted, the newest
// first; more tells that there are others beyond the first 50. It is a part of another
// room's act, which was permitted for the patient and names him in its account.
func (room *Room) OutlinesIn(ctx context.Context, r db.Reader, org, patientID string, wanted func(Document) bool) (found []Outline, more bool, err error) {
	subject, err := room.patients.Subject(ctx, r, org, patientID)
	if err != nil {
		return nil, false, errUnreadable.Because(err)
	}
	after := fromNewest
	for {
		batch, err := documentsOf(ctx, r, org, patientID, after, atOnce)
		if err != nil {
			return nil, false, err
		}
		for _, d := range batch {
			after = listPlace{At: d.At.UnixMicro(), ID: d.ID}
			if !wanted(d) {
				continue
			}
			if len(found) == maxOutlined {
				return found, true, nil
			}
			v, err := versions.Get(ctx, r, org, d.ID, d.Version)
			if err != nil {
				return nil, false, absent(err)
			}
			content, err := open(subject, v)
			if err != nil {
				return nil, false, err
			}
			one := Outline{Document: d}
			for _, s := range content.Sections {
				one.Headings = append(one.Headings, Section{Key: s.Key, Title: s.Title})
			}
			found = append(found, one)
		}
		if len(batch) < atOnce {
			return found, false, nil
		}
	}
}
