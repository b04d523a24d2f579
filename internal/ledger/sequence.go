package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/merkle"
)

const (
	// gatherWait lets blocks gather before they are placed together, so that
	// a lone caller does not share every commit with the sequencer.
	gatherWait = 100 * time.Millisecond
	// signEvery is how often a checkpoint is signed while there is news.
	signEvery = time.Second
	// A step places at most so much, to keep its transaction short.
	maxStepBlocks  = 240
	maxStepEntries = 32 << 10
	maxStepBytes   = 16 << 20
)

// sequencer gives blocks their places while its lease stands.
type sequencer struct {
	*Ledger
	lease  db.Lease
	tree   *merkle.Tree
	signed int64     // size of the newest checkpoint
	newest time.Time // highest time of what was placed or signed
}

// takeOver rebuilds the edge of the tree, and refuses to go on from a tree that
// does not extend the newest checkpoint.
func (l *Ledger) takeOver(ctx context.Context, lease db.Lease) (*sequencer, error) {
	s := &sequencer{Ledger: l, lease: lease}
	err := l.store.Read(ctx, func(r db.Reader) error {
		size, err := placedSize(ctx, r)
		if err != nil {
			return err
		}
		reading := l.read(r, size)
		if s.tree, err = reading.edge(ctx); err != nil {
			return err
		}
		last, err := l.Latest(ctx, r)
		if errors.Is(err, ErrNoCheckpoint) {
			return nil
		}
		if err != nil {
			return err
		}
		s.signed, s.newest = last.Size, last.At
		root, err := merkle.Root(last.Size, reading.nodes(ctx))
		if err == nil && root != last.Root {
			err = fmt.Errorf("%w: root of %d entries is %x, the checkpoint says %x", errForked, last.Size, root, last.Root)
		}
		return err
	})
	if errors.Is(err, errForked) || tampered(err) {
		l.tell(ctx, Finding{Kind: "forked", Cause: err, Text: fault.Text{
			ZH: "账本与其最近的检查点不符，已停止签发检查点；请运行核验。",
			EN: "the ledger does not extend its newest checkpoint, and no checkpoint is signed until it does; run the verifier",
		}})
	}
	if err != nil {
		return nil, err
	}
	l.publish(s.tree.Size(), s.signed)
	return s, nil
}

var errForked = errors.New("ledger: the tree does not extend its newest checkpoint")

// tampered tells what no failure of the machinery explains.
func tampered(err error) bool {
	for _, sign := range []error{db.ErrForged, db.ErrNone, errHole, errBody, errNote} {
		if errors.Is(err, sign) {
			return true
		}
	}
	return false
}

func (l *Ledger) publish(placed, signed int64) {
	l.gauges.placed.Set(float64(placed))
	l.gauges.signed.Set(float64(signed))
	l.moved.step()
}

func (s *sequencer) run(ctx context.Context) error {
	tick := time.NewTicker(signEvery)
	defer tick.Stop()
	for {
		more, err := s.step(ctx)
		if err != nil {
			return err
		}
		if more {
			select {
			case <-tick.C:
				err = s.sign(ctx)
			default:
			}
			if err != nil {
				return err
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			err = s.sign(ctx)
		case <-s.hurry:
			err = s.settleNow(ctx)
		case <-s.committed:
			err = s.gather(ctx)
		}
		if err != nil {
			return err
		}
	}
}

func (s *sequencer) gather(ctx context.Context) error {
	select {
	case <-time.After(gatherWait):
		return nil
	case <-s.hurry:
		return s.settleNow(ctx)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *sequencer) settleNow(ctx context.Context) error {
	for {
		more, err := s.step(ctx)
		if err != nil {
			return err
		}
		if !more {
			return s.sign(ctx)
		}
	}
}

// step places what waits and reports whether more waits.
func (s *sequencer) step(ctx context.Context) (more bool, err error) {
	found, more, err := s.next(ctx)
	if err != nil || len(found) == 0 {
		return more, err
	}
	first := s.tree.Size()
	var placed []placeRow
	var full []tileRow
	for _, b := range found {
		entries, err := b.entries()
		if err != nil {
			return false, err
		}
		placed = append(placed, placeRow{First: s.tree.Size(), Block: b.ID, Count: b.Count})
		for _, e := range entries {
			for _, t := range s.tree.Append(merkle.Leaf(e)) {
				full = append(full, tileRow{Level: int64(t.Level), Number: t.Number, Hashes: t.Bytes()})
			}
		}
		if at := time.UnixMicro(b.At).UTC(); at.After(s.newest) {
			s.newest = at
		}
	}
	err = s.store.Write(ctx, db.Tx{Loose: true, Do: func(ctx context.Context, w db.Writer) error {
		if err := db.Check(ctx, w, s.lease); err != nil {
			return err
		}
		for i := range placed {
			if err := places.Insert(ctx, w, &placed[i]); err != nil {
				return err
			}
		}
		for i := range full {
			if err := tiles.Insert(ctx, w, &full[i]); err != nil {
				return err
			}
		}
		return settlePending(ctx, w, first)
	}})
	if err != nil {
		return false, fmt.Errorf("placing %d blocks from position %d on: %w", len(placed), first, err)
	}
	s.publish(s.tree.Size(), s.signed)
	signal(s.placed)
	return more, nil
}

// next reads the authentic blocks to be placed next, in their order.
func (s *sequencer) next(ctx context.Context) (found []blockRow, more bool, err error) {
	err = s.store.Read(ctx, func(r db.Reader) error {
		limit := maxStepBlocks + s.badCount()
		waits, err := readWaiting(ctx, r, limit)
		if err != nil {
			return err
		}
		chosen, cut := s.choose(ctx, waits)
		more = cut || len(waits) == limit
		found, err = s.fetch(ctx, r, chosen)
		return err
	})
	return found, more && len(found) > 0, err
}

// choose leaves out what can have no place, and cuts what one step takes.
func (s *sequencer) choose(ctx context.Context, waits []waiting) (chosen []waiting, cut bool) {
	var count, length int64
	for _, w := range waits {
		switch {
		case s.isBad(w.block):
			continue
		case !w.here:
			s.reject(ctx, w.block, "missing", nil)
			continue
		case w.placed:
			s.reject(ctx, w.block, "replayed", nil)
			continue
		}
		count, length = count+w.count, length+w.length
		if len(chosen) > 0 && (len(chosen) == maxStepBlocks || count > maxStepEntries || length > maxStepBytes) {
			return chosen, true
		}
		chosen = append(chosen, w)
	}
	return chosen, false
}

// fetch reads blocks and leaves out those that the house did not write.
func (s *sequencer) fetch(ctx context.Context, r db.Reader, chosen []waiting) ([]blockRow, error) {
	if len(chosen) == 0 {
		return nil, nil
	}
	all, err := blocks.Select(ctx, r, "WHERE id IN (SELECT block FROM ledger_pending WHERE turn >= $1 AND turn <= $2)",
		chosen[0].turn, chosen[len(chosen)-1].turn)
	if errors.Is(err, db.ErrForged) {
		return s.fetchSingly(ctx, r, chosen)
	}
	if err != nil {
		return nil, err
	}
	byID := make(map[string]blockRow, len(all))
	for _, b := range all {
		byID[b.ID] = b
	}
	found := make([]blockRow, 0, len(chosen))
	for _, w := range chosen {
		found = append(found, byID[w.block])
	}
	return found, nil
}

func (s *sequencer) fetchSingly(ctx context.Context, r db.Reader, chosen []waiting) ([]blockRow, error) {
	var found []blockRow
	for _, w := range chosen {
		b, err := blocks.Get(ctx, r, w.block)
		switch {
		case errors.Is(err, db.ErrForged):
			s.reject(ctx, w.block, "forged", err)
		case err != nil:
			return nil, err
		default:
			found = append(found, b)
		}
	}
	return found, nil
}

var rejections = map[string]fault.Text{
	"forged":   {ZH: "账本中有一个区块不是本系统写入的，已拒绝入列。", EN: "a block that the house did not write was refused its place"},
	"missing":  {ZH: "账本中有一个待入列区块的内容已不存在。", EN: "a block that waited for its place is gone"},
	"replayed": {ZH: "账本中有一个已入列的区块被再次提交。", EN: "a block that has its place already was handed in again"},
}

func (s *sequencer) reject(ctx context.Context, block, kind string, cause error) {
	s.setBad(block)
	s.tell(ctx, Finding{Kind: kind, Block: block, Text: rejections[kind], Cause: cause})
}

// sign makes the checkpoint of what is placed, and renews the lease.
func (s *sequencer) sign(ctx context.Context) error {
	now := s.clock.Now()
	size := s.tree.Size()
	var row *checkpointRow
	if size > s.signed {
		if now.After(s.newest) {
			s.newest = now
		}
		root := s.tree.Root()
		c, err := sign(s.signer, Checkpoint{Origin: s.origin, Size: size, Root: root, At: s.newest, After: s.signed})
		if err != nil {
			return err
		}
		row = &checkpointRow{Size: size, At: c.At.UnixMicro(), Root: root[:], Note: c.Note}
	}
	err := s.store.Write(ctx, db.Tx{Loose: true, Do: func(ctx context.Context, w db.Writer) error {
		if _, err := db.Renew(ctx, w, s.lease, now, leaseTerm); err != nil {
			return err
		}
		if row == nil {
			return nil
		}
		return checkpoints.Insert(ctx, w, row)
	}})
	if err != nil {
		return fmt.Errorf("signing a checkpoint of %d entries: %w", size, err)
	}
	s.signed = size
	s.publish(size, size)
	return nil
}
