package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/hl7v2"
)

// Retry takes what is quarantined once more, after its cause was removed. What
// belongs to it in the same input is retried with it.
func (room *Room) Retry(ctx context.Context, quarantineID string) (Report, error) {
	q, from, batch, err := room.openRetry(ctx, quarantineID)
	if err != nil {
		return Report{}, err
	}
	r := room.newRun(act.From(ctx), from, batch, nil)
	f, pieces, err := r.reopen(ctx, q)
	if err != nil {
		return Report{}, err
	}
	f.due = len(pieces)
	r.reports = []*FileReport{f.report}
	err = r.drive(room.asFeed(ctx, from, r.importer), each(pieces))
	report := r.report(from.Code)
	r.batch.end(report, err)
	return report, errors.Join(err, room.closeRetry(context.WithoutCancel(ctx), r.batch, q))
}

func each(all []*candidate) iter.Seq2[*candidate, error] {
	return func(yield func(*candidate, error) bool) {
		for _, c := range all {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (q quarantineRow) object() policy.Object {
	return policy.Object{Kind: "Quarantine", ID: q.ID, Org: q.Org}
}

// openRetry begins the batch of a retry.
func (room *Room) openRetry(ctx context.Context, quarantineID string) (q quarantineRow, s source.Source, b Batch, err error) {
	caller := act.From(ctx)
	now := room.desk.Now()
	err = room.desk.Do(ctx, "intake.retry", func(ctx context.Context, w *act.Work) error {
		if q, err = quarantines.Get(ctx, w, caller.Org, quarantineID); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, q.object()); err != nil {
			return err
		}
		if q.State != Waiting {
			return errSettled.With()
		}
		if s, err = room.sources.Find(ctx, w, caller.Org, q.Source); err != nil {
			return err
		}
		if !s.Live(w.Now()) {
			return errSourceEnded.With("source", s.Code)
		}
		b = Batch{Org: caller.Org, ID: id.New(now), Source: s.ID, Actor: caller.ID, State: Running, Started: now}
		return batches.Insert(ctx, w, &b)
	})
	return q, s, b, err
}

func (room *Room) closeRetry(ctx context.Context, b Batch, q quarantineRow) error {
	return room.desk.Do(ctx, "intake.retry", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, q.object()); err != nil {
			return err
		}
		b.Ended = w.Now()
		return batches.Update(ctx, w, &b)
	})
}

// reopen unseals the input of what is quarantined.
func (r *run) reopen(ctx context.Context, q quarantineRow) (*file, []*candidate, error) {
	f := &file{begun: true, resumes: true, retries: true}
	var bytes []byte
	var t told
	var kept rawRow
	err := r.room.look(ctx, func(reader db.Reader) (err error) {
		if f.row, err = files.Get(ctx, reader, q.Org, q.File); err != nil {
			return err
		}
		if f.subject, err = r.room.vault.Subject(ctx, reader, q.Org, q.File); err != nil {
			return err
		}
		if t, err = openTold(f.subject, f.row); err != nil {
			return err
		}
		if f.row.Kind == KindHL7 && q.Scope == scopeMessage {
			if kept, err = raws.Get(ctx, reader, q.Org, q.Raw); err != nil {
				return err
			}
			bytes, err = r.room.rawOf(ctx, reader, q.Org, q.Raw)
			return err
		}
		bytes, err = r.room.wholeOf(ctx, reader, f.row)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	f.raw = bytes
	f.report = &FileReport{ID: f.row.ID, Name: t.Name, Kind: f.row.Kind, State: Running, Findings: []Finding{}}
	if f.row.Kind == KindHL7 && q.Scope == scopeMessage {
		return f, []*candidate{r.messageCandidate(f, "message", hl7v2.Raw{Bytes: bytes, Offset: int(kept.Place)})}, nil
	}
	f.row.Kind = kindOf(bytes)
	return f, r.cut(f), nil
}

// rawOf unseals bytes as they were received.
func (room *Room) rawOf(ctx context.Context, r db.Reader, org, rawID string) (content []byte, err error) {
	row, err := raws.Get(ctx, r, org, rawID)
	if err != nil {
		return nil, absent(err)
	}
	subject, err := room.vault.Subject(ctx, r, org, row.Subject)
	if err != nil {
		return nil, errUnreadable.Because(err)
	}
	if row.Blob == "" {
		content, err = subject.Open(rawPlace(row.ID), row.Sealed)
	} else {
		content, err = room.rawBlob(ctx, subject, row)
	}
	if err != nil {
		return nil, errUnreadable.Because(err)
	}
	return content, nil
}

func (room *Room) rawBlob(ctx context.Context, subject *vault.Subject, row rawRow) (content []byte, err error) {
	blob, err := subject.OpenBlob(ctx, room.blobs, rawPlace(row.ID), row.Blob)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, blob.Close()) }()
	return io.ReadAll(blob)
}

// Living tells which of some blobs a raw input lies in.
func (room *Room) Living(ctx context.Context, ids []string) (map[string]bool, error) {
	living := make(map[string]bool, len(ids))
	err := room.look(ctx, func(r db.Reader) error {
		for _, blob := range ids {
			found, err := raws.Select(ctx, r, "WHERE blob = $1 LIMIT 1", blob)
			if err != nil {
				return err
			}
			living[blob] = len(found) > 0
		}
		return nil
	})
	return living, err
}

// wholeOf unseals an input that was kept in one piece.
func (room *Room) wholeOf(ctx context.Context, r db.Reader, row fileRow) ([]byte, error) {
	kept, err := raws.Select(ctx, r, "WHERE org = $1 AND file = $2 AND place = $3 ORDER BY id DESC", row.Org, row.ID, 0)
	if err != nil {
		return nil, err
	}
	for _, raw := range kept {
		if raw.Size == row.Bytes {
			return room.rawOf(ctx, r, row.Org, raw.ID)
		}
	}
	return nil, fmt.Errorf("intake: the bytes of %s are not kept in one piece", row.ID)
}

// Dismiss settles what is quarantined as not needed. Its bytes stay.
func (room *Room) Dismiss(ctx context.Context, quarantineID string) error {
	return room.desk.Do(ctx, "intake.review", func(ctx context.Context, w *act.Work) error {
		q, err := quarantines.Get(ctx, w, w.Actor().Org, quarantineID)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, q.object()); err != nil {
			return err
		}
		if q.State != Waiting {
			return errSettled.With()
		}
		q.State, q.SettledBy, q.SettledAt = Dismissed, w.Actor().ID, w.Now()
		return quarantines.Update(ctx, w, &q)
	})
}
