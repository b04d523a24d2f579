package privilege

import (
	"bytes"
	"context"
	"errors"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// Record takes the next part of a recording: events in the form asciicast v2, one to a
// line, or none to say that the recorder is there. Parts come in order, from 0. What
// looks like a secret is masked before it is kept. The same part sent again is the
// same part.
func (room *Room) Record(ctx context.Context, session string, at int, events string) (Session, error) {
	if err := room.desk.Begin(ctx, "privilege.record"); err != nil {
		return Session{}, err
	}
	read, err := ReadEvents(events)
	if err != nil {
		return Session{}, err
	}
	text, err := WriteEvents(MaskEvents(read))
	if err != nil {
		return Session{}, err
	}
	s, err := room.sealer(ctx)
	if err != nil {
		return Session{}, err
	}
	body, err := s.seal(place("Session", session, "part-"+strconv.Itoa(at)), text)
	if err != nil {
		return Session{}, err
	}
	one, err := room.changeSession(ctx, "privilege.record", session, func(ctx context.Context, w *act.Work, one *Session) error {
		if one.State != Running || one.over(w.Now()) != "" {
			return ended(*one, one.over(w.Now()))
		}
		return keepPart(ctx, w, one, at, text, body)
	})
	if one.State == Running && one.over(room.desk.Now()) != "" {
		return one, errors.Join(err, room.endOver(ctx, one))
	}
	return one, err
}

func keepPart(ctx context.Context, w *act.Work, one *Session, at int, text string, body []byte) error {
	one.Heard = w.Now()
	if at == one.Parts-1 {
		last, err := parts.Get(ctx, w, one.Org, one.ID, at)
		if err != nil {
			return err
		}
		var before []byte
		if at > 0 {
			prior, err := parts.Get(ctx, w, one.Org, one.ID, at-1)
			if err != nil {
				return err
			}
			before = prior.Digest
		}
		if bytes.Equal(last.Digest, chain(before, text)) {
			return nil
		}
	}
	if at != one.Parts {
		return errPlace.With("place", strconv.Itoa(one.Parts))
	}
	if text == "" {
		return nil
	}
	p := Part{Org: one.Org, Session: one.ID, Place: at, At: w.Now(), Body: body, Digest: chain(one.Head, text)}
	one.Head, one.Parts = p.Digest, one.Parts+1
	w.Note("part", strconv.Itoa(at))
	return parts.Insert(ctx, w, &p)
}

func ended(one Session, why string) error {
	if why == "" {
		why = one.EndReason
	}
	text, known := endings[why]
	if !known {
		text = endings[Finished]
	}
	e := errOver.With()
	e.Said = &text
	return e
}

// endOver ends a session whose time is over or whose recording fell silent.
func (room *Room) endOver(ctx context.Context, one Session) error {
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		fresh, err := sessions.Get(ctx, w, one.Org, one.ID)
		if err != nil {
			return err
		}
		why := fresh.over(w.Now())
		if why == "" {
			return nil
		}
		w.Note("session", fresh.ID)
		fresh.end(why, w)
		if err := room.duty.CancelIn(ctx, w, SecondPerson, fresh.ID); err != nil {
			return err
		}
		if fresh.State == Lapsed {
			if err := room.duty.CancelIn(ctx, w, UrgentReview, fresh.ID); err != nil {
				return err
			}
		}
		return sessions.Update(ctx, w, &fresh)
	})
}

// Transcript is a recording as the auditor sees it.
type Transcript struct {
	Session
	Events []Event
	// Whole says that no part is missing and every one holds on to the one before.
	Whole bool
}

// Replay discloses what was recorded, to the auditor alone, and recomputes its chain.
func (room *Room) Replay(ctx context.Context, session string) (Transcript, error) {
	var t Transcript
	err := room.desk.Disclose(ctx, "privilege.replay", func(ctx context.Context, r *act.Reading) (err error) {
		t = Transcript{}
		if t.Session, err = sessions.Get(ctx, r, r.Actor().Org, session); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, t.object()); err != nil {
			return err
		}
		r.Note("session", t.ID)
		return room.unroll(ctx, r, &t)
	})
	return t, err
}

func (room *Room) unroll(ctx context.Context, r db.Reader, t *Transcript) error {
	all, err := partsOf(ctx, r, t.Org, t.ID)
	if err != nil {
		return err
	}
	var head []byte
	t.Whole = len(all) == t.Parts
	for i, p := range all {
		text, err := room.open(ctx, r, t.Org, place("Session", t.ID, "part-"+strconv.Itoa(p.Place)), p.Body)
		if err != nil {
			return err
		}
		events, err := ReadEvents(text)
		if err != nil {
			return err
		}
		head = chain(head, text)
		t.Whole = t.Whole && p.Place == i && bytes.Equal(head, p.Digest)
		t.Events = append(t.Events, events...)
	}
	t.Whole = t.Whole && bytes.Equal(head, t.Head)
	return nil
}
