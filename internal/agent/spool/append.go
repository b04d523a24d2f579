package spool

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/medward/medward/kit/sm"
)

// together is how many records are written and made durable at once, at most.
const together = 128

// togetherBytes is how many bytes are, roughly.
const togetherBytes = 8 << 20

// entry is content that waits to be durable.
type entry struct {
	lane    byte
	content []byte
	done    chan error // holds one
}

// Append takes content into a lane. When it returns nil the content is durable. It returns
// [ErrFull], [ErrTooLarge] or [ErrClosed], or what the disk says; then the content is not
// taken.
func (s *Spool) Append(lane byte, content []byte) error {
	if len(content) > MaxContent {
		return ErrTooLarge
	}
	e := &entry{lane, content, make(chan error, 1)}
	select {
	case <-s.closing:
		return ErrClosed
	case s.entries <- e:
	}
	select {
	case err := <-e.done:
		return err
	case <-s.finished:
		select {
		case err := <-e.done:
			return err
		default:
			return ErrClosed
		}
	}
}

// write makes entries durable, many at once, until the spool is closed.
func (s *Spool) write() {
	defer close(s.finished)
	for {
		select {
		case <-s.closing:
			return
		case first := <-s.entries:
			batch := s.gather(first)
			if err := s.writeBatch(batch); err != nil {
				s.writeEach(batch, err)
				continue
			}
			tell(batch, nil)
		}
	}
}

func (s *Spool) gather(first *entry) []*entry {
	batch, size := []*entry{first}, len(first.content)
	for len(batch) < together && size < togetherBytes {
		select {
		case e := <-s.entries:
			batch, size = append(batch, e), size+len(e.content)
		default:
			return batch
		}
	}
	return batch
}

func tell(batch []*entry, err error) {
	for _, e := range batch {
		e.done <- err
	}
}

// writeEach tries entries one by one where all of them together were too many.
func (s *Spool) writeEach(batch []*entry, err error) {
	if !errors.Is(err, ErrFull) || len(batch) == 1 {
		tell(batch, err)
		return
	}
	for _, e := range batch {
		e.done <- s.writeBatch([]*entry{e})
	}
}

func (s *Spool) writeBatch(batch []*entry) error {
	seg, err := s.begin(batch)
	if err != nil {
		return spaceless(err)
	}
	now := s.clock.Now()
	var out []byte
	refs := make([]ref, len(batch))
	for i, e := range batch {
		at := seg.size + int64(len(out))
		record := seal(s.key, seg.id, at, e.lane, now, e.content)
		out = append(out, record...)
		refs[i] = ref{seg, uint32(at), uint32(len(record))} //nolint:gosec // a segment ends long before 4 GiB
	}
	_, err = seg.file.WriteAt(out, seg.size)
	if err == nil {
		err = s.sync(seg.file)
	}
	if err != nil {
		return errors.Join(spaceless(err), s.abandon(seg, len(batch)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seg.size += int64(len(out))
	s.size += int64(len(out))
	for i, e := range batch {
		l := &s.lanes[e.lane]
		l.waiting = append(l.waiting, refs[i])
		l.signal()
	}
	return nil
}

// begin returns the segment to write to, which cannot go while it holds the batch.
func (s *Spool) begin(batch []*entry) (*segment, error) {
	var size int64
	for _, e := range batch {
		size += headerSize + sm.Overhead + int64(len(e.content))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.size+size > s.most {
		return nil, fmt.Errorf("%w: %d of %d bytes are in use", ErrFull, s.size, s.most)
	}
	if s.active != nil && s.active.size >= s.whole {
		s.active = nil
	}
	if s.active == nil {
		seg, err := newSegment(s.folder, s.next)
		if err != nil {
			return nil, err
		}
		s.active, s.next, s.size = seg, s.next+1, s.size+seg.size
	}
	s.active.held += len(batch)
	return s.active, nil
}

// abandon takes back what was not written. What a disk keeps of it after a failure nobody
// can tell, so the segment is not written to again.
func (s *Spool) abandon(seg *segment, records int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := seg.file.Truncate(seg.size)
	seg.held -= records
	s.active = nil
	if seg.held == 0 {
		err = errors.Join(err, s.drop(seg))
	}
	return err
}

// drop deletes a segment that holds nothing any more.
func (s *Spool) drop(seg *segment) error {
	if s.active == seg {
		s.active = nil
	}
	s.size -= seg.size + seg.answersSize
	return seg.remove()
}

// spaceless is [ErrFull] for a disk that is full.
func spaceless(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return errors.Join(ErrFull, err)
	}
	return err
}
