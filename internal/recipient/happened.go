package recipient

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// overlap is how far back each look goes: further than the clocks of two processes
// differ, and than an act takes to be durable.
const overlap = time.Minute

// Follow tells the systems that listen of what happened since it looked last, however
// long ago that is. Every process of a house calls it every second; what one has taken
// up, another passes over.
func (room *Room) Follow(ctx context.Context) error {
	now := room.desk.Now()
	var to []Recipient
	var since time.Time
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if to, err = listening(ctx, r, room.org, now); err != nil {
			return err
		}
		place, err := places.Get(ctx, r, room.org)
		if errors.Is(err, db.ErrNone) {
			place.Told, err = now, nil
		}
		since = place.Told
		return err
	})
	if err != nil || len(to) == 0 {
		return err
	}
	for {
		full, reached, err := room.takeUp(ctx, to, since, now)
		if err != nil {
			return err
		}
		if err := room.keepPlace(ctx, reached); err != nil || !full {
			return err
		}
		since = reached.Add(overlap) // what was just reached is within the next look
	}
}

// takeUp tells of a bounded part of what happened, and how far that reaches.
func (room *Room) takeUp(ctx context.Context, to []Recipient, since, now time.Time) (full bool, reached time.Time, err error) {
	var fresh []happened
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		fresh, err = happenedSince(ctx, r, room.org, since.Add(-overlap), atOnce)
		return err
	})
	if err != nil || len(fresh) == 0 {
		return false, now, err
	}
	reached = now
	if full = len(fresh) >= atOnce; full {
		reached = fresh[len(fresh)-1].at
		full = reached.After(since)
	}
	unknown, err := room.untold(ctx, to, fresh)
	if err != nil || len(unknown) == 0 {
		return full, reached, err
	}
	err = room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		for _, h := range unknown {
			for _, x := range to {
				if err := tellIn(ctx, w, x, h); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return full, reached, err
}

// untold are those of which some system was not told, so that nothing is written when
// there is nothing new.
func (room *Room) untold(ctx context.Context, to []Recipient, all []happened) ([]happened, error) {
	var left []happened
	err := room.desk.Look(ctx, func(r db.Reader) error {
		left = nil
		for _, h := range all {
			told, err := notices.Select(ctx, r, "WHERE org = $1 AND subject = $2 AND cause = $3", room.org, h.subject, h.cause)
			if err != nil {
				return err
			}
			if len(told) < len(to) {
				left = append(left, h)
			}
		}
		return nil
	})
	return left, err
}

func (room *Room) keepPlace(ctx context.Context, reached time.Time) error {
	return room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		return places.Put(ctx, w, &told{room.org, reached})
	})
}

// What follows reads rows of room access, of which other systems are to be told. What is
// so read gives nothing to anybody here.

// happenedSince reads seals that were placed, changed or lifted, and rights that were
// ended, oldest first.
func happenedSince(ctx context.Context, r db.Reader, org string, since time.Time, limit int) ([]happened, error) {
	return severalHappened(ctx, r, `SELECT event, subject, patient, cause, at FROM (
		SELECT 'seal' AS event, t.seal AS subject, s.patient AS patient, t.id AS cause, t.at AS at FROM access_seal_step t JOIN access_seal s ON s.org = t.org AND s.id = t.seal
		WHERE t.org = $1 AND t.at > $2 AND t.kind IN ('placed', 'lifted', 'document')
		UNION ALL SELECT 'ending', id, patient, id, asked FROM access_ending WHERE org = $3 AND asked > $4) x ORDER BY at, cause LIMIT $5`,
		org, since.UnixMicro(), org, since.UnixMicro(), int64(limit))
}

// presentSeals are the seals that lie now; a system that begins to listen is told of each.
func presentSeals(ctx context.Context, r db.Reader, org string) ([]happened, error) {
	return severalHappened(ctx, r, "SELECT 'seal', id, patient, id, since FROM access_seal WHERE org = $1 AND lifted IS NULL ORDER BY since, id", org)
}

func severalHappened(ctx context.Context, r db.Reader, question string, args ...any) ([]happened, error) {
	rows, err := r.Query(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []happened
	for rows.Next() {
		var h happened
		var at int64
		if err := rows.Scan(&h.event, &h.subject, &h.patient, &h.cause, &at); err != nil {
			return nil, err
		}
		h.at = time.UnixMicro(at).UTC()
		all = append(all, h)
	}
	return all, rows.Err()
}

// tellPresentIn tells a system that begins to listen, or does again, what is so now.
func (room *Room) tellPresentIn(ctx context.Context, w *act.Work, x Recipient) error {
	if x.Kind != KindWebhook || !x.Takes(ShapeEvents) || !x.Live(w.Now()) {
		return nil
	}
	lying, err := presentSeals(ctx, w, x.Org)
	if err != nil {
		return err
	}
	for _, h := range lying {
		h.cause += "@" + w.ID() // as it is at this beginning
		if err := tellIn(ctx, w, x, h); err != nil {
			return err
		}
	}
	return nil
}

// present reads what is so of a subject at the moment of telling.
func present(ctx context.Context, r db.Reader, n Notice, now time.Time) (message, error) {
	m := message{V: messageVersion, ID: n.ID, Event: n.Event, Subject: n.Subject, Patient: n.Patient}
	if n.Event == EventEnding {
		return m, m.ofEnding(ctx, r, n.Org, now)
	}
	return m, m.ofSeal(ctx, r, n.Org)
}

func (m *message) ofSeal(ctx context.Context, r db.Reader, org string) error {
	rows, err := r.Query(ctx, "SELECT kind, since, COALESCE(lifted, 0) FROM access_seal WHERE org = $1 AND id = $2", org, m.Subject)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var since, lifted int64
		if err := rows.Scan(&m.Kind, &since, &lifted); err != nil {
			return err
		}
		m.State, m.Since = "sealed", onWire(since)
		if lifted > 0 {
			m.State, m.Since = "lifted", onWire(lifted)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	m.Documents, err = sealedDocuments(ctx, r, org, m.Subject)
	return err
}

func sealedDocuments(ctx context.Context, r db.Reader, org, seal string) ([]string, error) {
	rows, err := r.Query(ctx, "SELECT document FROM access_seal_document WHERE org = $1 AND seal = $2 AND state = 'sealed' ORDER BY document", org, seal)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func (m *message) ofEnding(ctx context.Context, r db.Reader, org string, now time.Time) error {
	rows, err := r.Query(ctx, "SELECT kind, person, due FROM access_ending WHERE org = $1 AND id = $2", org, m.Subject)
	if err != nil {
		return err
	}
	defer rows.Close()
	var person string
	for rows.Next() {
		var due int64
		if err := rows.Scan(&m.Kind, &person, &due); err != nil {
			return err
		}
		m.State, m.Since = "ended", onWire(due)
	}
	if err := rows.Err(); err != nil || person == "" {
		return err
	}
	names, err := staff.Names(ctx, r, org, slices.Clone([]string{person}), now)
	m.Person = names[person].Number
	return err
}

func onWire(micros int64) string { return time.UnixMicro(micros).UTC().Format(time.RFC3339Nano) }
