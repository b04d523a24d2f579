package spool

import (
	"context"
	"errors"
)

// atOnce is in bytes, how much is handed out at once when it is more than one record.
const atOnce = 8 << 20

// Next waits until a lane holds something and returns its first records, at most so many.
// They stay where they are until [Spool.Answered]. A record that does not open is set
// aside, named in the log, and passed over.
func (s *Spool) Next(ctx context.Context, lane byte, most int) ([]Record, error) {
	for {
		records, err := s.first(lane, most)
		if err != nil || len(records) > 0 {
			return records, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.closing:
			return nil, ErrClosed
		case <-s.lanes[lane].arrived:
		}
	}
}

func (s *Spool) first(lane byte, most int) (records []Record, err error) {
	s.mu.Lock()
	waiting := s.lanes[lane].waiting
	waiting = waiting[:min(most, len(waiting))]
	s.mu.Unlock()
	size := 0
	for _, r := range waiting {
		if size += int(r.size); size > atOnce && len(records) > 0 {
			break
		}
		raw, err := r.segment.record(r)
		if err != nil {
			return nil, err
		}
		content, err := open(s.key, r.segment.id, int64(r.offset), raw)
		if err != nil && len(records) > 0 {
			return records, nil
		}
		if err != nil {
			return nil, s.passOver(lane, r)
		}
		h, _ := parseHeader(raw)
		records = append(records, Record{At: h.at, Content: content})
	}
	return records, nil
}

// passOver sets the first record of a lane aside.
func (s *Spool) passOver(lane byte, r ref) error {
	if err := s.setAside(r.segment, stretch{int64(r.offset), int64(r.offset) + int64(r.size)}); err != nil {
		return err
	}
	s.mu.Lock()
	s.aside++
	s.mu.Unlock()
	return s.Answered(lane, 1)
}

// Answered lets the first records of a lane go.
func (s *Spool) Answered(lane byte, records int) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &s.lanes[lane]
	records = min(records, len(l.waiting))
	for _, r := range l.waiting[:records] {
		seg := r.segment
		if seg.held--; seg.held == 0 {
			err = errors.Join(err, s.drop(seg))
			continue
		}
		before := seg.answersSize
		if failed := seg.answer(int64(r.offset)); failed != nil {
			s.log.Warn("what was delivered cannot be remembered and may be sent again", "segment", seg.number, "cause", failed)
		}
		s.size += seg.answersSize - before
	}
	if l.waiting = l.waiting[records:]; len(l.waiting) == 0 {
		l.waiting = nil
	} else {
		l.signal()
	}
	return err
}
