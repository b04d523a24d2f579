package record

import (
	"cmp"
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/kit/sm"
)

// Carried is an attachment that was opened.
type Carried struct {
	Attachment
	Form
	Document Document
	Version  int
	Size     int
	Digest   []byte // SM3 of its bytes
	Content  []byte // none in a list
}

// Attachments discloses what came with a version of a document, without its bytes;
// version 0 is the newest.
func (room *Room) Attachments(ctx context.Context, document string, version int) ([]Carried, error) {
	var all []Carried
	err := room.desk.Disclose(ctx, "record.attachment", func(ctx context.Context, r *act.Reading) error {
		d, shown, held, err := room.carriedBy(ctx, r, document, version)
		if err != nil {
			return err
		}
		all = make([]Carried, 0, len(held))
		for _, a := range held {
			one, err := room.carry(ctx, r, d, shown, a)
			if err != nil {
				return err
			}
			one.Content = nil
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// OpenAttachment discloses the bytes of an attachment, if they are of a known form.
// When it returns without an error the account is durable.
func (room *Room) OpenAttachment(ctx context.Context, document string, version, number int) (*Carried, error) {
	return room.openAttachment(ctx, document, version, number, Form.Known)
}

// ShowAttachment is [Room.OpenAttachment] for a page, where only some forms are shown.
func (room *Room) ShowAttachment(ctx context.Context, document string, version, number int) (*Carried, error) {
	return room.openAttachment(ctx, document, version, number, func(f Form) bool { return f.Shown })
}

func (room *Room) openAttachment(ctx context.Context, document string, version, number int, fits func(Form) bool) (*Carried, error) {
	var out Carried
	err := room.desk.Disclose(ctx, "record.attachment", func(ctx context.Context, r *act.Reading) error {
		d, shown, held, err := room.carriedBy(ctx, r, document, version)
		if err != nil {
			return err
		}
		if number < 1 || number > len(held) {
			return act.ErrAbsent.With()
		}
		r.Note("attachment", strconv.Itoa(number))
		if out, err = room.carry(ctx, r, d, shown, held[number-1]); err == nil && !fits(out.Form) {
			err = errForm.With()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// carriedBy finds a version of a document, permits, and lists what came with it.
func (room *Room) carriedBy(ctx context.Context, r *act.Reading, document string, version int) (Document, int, []Attachment, error) {
	f, err := room.find(ctx, r, r.Actor().Org, document)
	if err != nil {
		return Document{}, 0, nil, err
	}
	if err := r.Permit(ctx, f.object(f.discharged())); err != nil {
		return Document{}, 0, nil, err
	}
	f.standing.note(r)
	shown := cmp.Or(version, f.Version)
	if shown < 1 || shown > f.Version {
		return Document{}, 0, nil, act.ErrAbsent.With()
	}
	r.Note("version", strconv.Itoa(shown))
	held, err := room.attachmentsOf(ctx, r, f.Document, shown)
	return f.Document, shown, held, err
}

// attachmentsOf asks only about what a source filed: nobody else attaches anything.
func (room *Room) attachmentsOf(ctx context.Context, r *act.Reading, d Document, version int) ([]Attachment, error) {
	if room.carrier == nil || d.Source == "" {
		return nil, nil
	}
	return room.carrier.AttachmentsOf(ctx, r, d.Org, d.ID, version)
}

func (room *Room) carry(ctx context.Context, r *act.Reading, d Document, version int, a Attachment) (Carried, error) {
	content, err := room.carrier.OpenAttachment(ctx, r, d.Org, a)
	if err != nil {
		return Carried{}, errUnreadable.Because(err)
	}
	digest := sm.Sum(content)
	return Carried{Attachment: a, Form: formOf(content), Document: d, Version: version, Size: len(content), Digest: digest[:], Content: content}, nil
}
