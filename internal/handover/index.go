package handover

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// entriesOfRun are the rows that a run carried, in their order.
func (room *Room) entriesOfRun(ctx context.Context, c Case, run int) (iter.Seq2[entry, error], error) {
	var held []Part
	var store *vault.Subject
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if held, err = partsOf(ctx, r, c, run); err != nil {
			return err
		}
		store, err = room.vault.Subject(ctx, r, c.Org, c.ID)
		return err
	})
	return func(yield func(entry, error) bool) {
		for _, p := range held {
			if !room.entriesOfPart(ctx, store, p, yield) {
				return
			}
		}
	}, err
}

func (room *Room) entriesOfPart(ctx context.Context, store *vault.Subject, p Part, yield func(entry, error) bool) bool {
	in, err := store.OpenBlob(ctx, room.blobs, p.place("index"), p.Index)
	if err != nil {
		return yield(entry{}, err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	return eachEntry(in, yield)
}

func eachEntry(in io.Reader, yield func(entry, error) bool) bool {
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if e, err := parseEntry(lines.Text()); !yield(e, err) || err != nil {
			return false
		}
	}
	if err := lines.Err(); err != nil {
		return yield(entry{}, errUnreadable.Because(err))
	}
	return true
}

// pulled is a sequence of entries, of which the next is seen before it is taken.
type pulled struct {
	next func() (entry, error, bool)
	stop func()
	at   entry
	left bool
}

func pull(seq iter.Seq2[entry, error]) (*pulled, error) {
	next, stop := iter.Pull2(seq)
	p := &pulled{next: next, stop: stop}
	return p, p.take()
}

func (p *pulled) take() (err error) {
	p.at, err, p.left = p.next()
	return err
}

// merged are the rows that the runs up to one carried, each as the newest of them did.
func (room *Room) merged(ctx context.Context, c Case, last int) (iter.Seq2[entry, error], error) {
	runs := make([]*pulled, 0, last)
	stop := func() {
		for _, p := range runs {
			p.stop()
		}
	}
	for run := 1; run <= last; run++ {
		seq, err := room.entriesOfRun(ctx, c, run)
		if err == nil {
			var p *pulled
			p, err = pull(seq)
			runs = append(runs, p)
		}
		if err != nil {
			stop()
			return nil, err
		}
	}
	return func(yield func(entry, error) bool) {
		defer stop()
		for {
			e, found, err := newest(runs)
			if err != nil {
				yield(e, err)
				return
			}
			if !found || !yield(e, nil) {
				return
			}
		}
	}, nil
}

// newest takes the lowest entry from all runs and returns it as the last of them has it.
func newest(runs []*pulled) (low entry, found bool, err error) {
	for _, p := range runs {
		if p.left && (!found || !low.before(p.at)) {
			low, found = p.at, true
		}
	}
	for _, p := range runs {
		if found && p.left && p.at.set == low.set && p.at.key == low.key {
			err = errors.Join(err, p.take())
		}
	}
	return low, found, err
}

// before is what earlier runs carried, asked in the order of the rows.
type before struct{ *pulled }

func (room *Room) carriedBefore(ctx context.Context, c Case, last int) (*before, error) {
	seq, err := room.merged(ctx, c, last)
	if err != nil {
		return nil, err
	}
	p, err := pull(seq)
	return &before{p}, err
}

// has reports whether a row was carried exactly as it is.
func (b *before) has(e entry) (bool, error) {
	for b.left && b.at.before(e) {
		if err := b.take(); err != nil {
			return false, err
		}
	}
	return b.left && b.at == e, nil
}
