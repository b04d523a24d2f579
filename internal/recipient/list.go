package recipient

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// Told is a recipient with what went there so far.
type Told struct {
	Recipient
	volume
	Missing int // receipts that did not come, or came altered
	Untold  int // notices that could not be told
}

// Listed is a page with the people whom its items name.
type Listed struct {
	web.Page[Told]
	Names map[string]staff.Name
}

// List discloses the register, by code.
func (room *Room) List(ctx context.Context, p web.Paging) (Listed, error) {
	var l Listed
	var after string
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "recipient.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		rows, err := recipientsAfter(ctx, r, org, after, limit)
		if err != nil {
			return err
		}
		all := make([]Told, len(rows))
		var people []string
		for i, x := range rows {
			if all[i], err = toldOf(ctx, r, x); err != nil {
				return err
			}
			people = append(people, x.Said.Owner, x.WantedBy, x.MadeBy, x.ApprovedBy)
		}
		if l.Page, err = web.PageOf(all, limit, func(t Told) string { return t.Code }); err != nil {
			return err
		}
		l.Names, err = namesOf(ctx, r, people)
		return err
	})
	return l, err
}

func namesOf(ctx context.Context, r *act.Reading, people []string) (map[string]staff.Name, error) {
	people = slices.DeleteFunc(people, func(one string) bool { return one == "" })
	return staff.Names(ctx, r, r.Actor().Org, people, r.Now())
}

func toldOf(ctx context.Context, r db.Reader, x Recipient) (Told, error) {
	t := Told{Recipient: x}
	var err error
	if t.volume, err = volumeOf(ctx, r, x.Org, x.ID); err != nil {
		return t, err
	}
	if t.Missing, err = counted(ctx, r, `SELECT COUNT(*) FROM recipient_receipt c JOIN recipient_sending s ON s.org = c.org AND s.id = c.sending
		WHERE c.org = $1 AND s.recipient = $2 AND c.outcome IN ($3, $4)
		AND NOT EXISTS (SELECT 1 FROM recipient_receipt l WHERE l.org = c.org AND l.sending = c.sending AND l.number > c.number AND l.outcome = $5)`,
		x.Org, x.ID, Absent, Altered, Late); err != nil {
		return t, err
	}
	t.Untold, err = counted(ctx, r, "SELECT COUNT(*) FROM recipient_notice WHERE org = $1 AND recipient = $2 AND state = $3", x.Org, x.ID, Failed)
	return t, err
}

func counted(ctx context.Context, r db.Reader, question string, args ...any) (int, error) {
	rows, err := r.Query(ctx, question, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}

// Seen is everything about a recipient.
type Seen struct {
	Told
	Sendings []Sent
	Names    map[string]staff.Name
}

// View discloses a recipient with the newest of what went there.
func (room *Room) View(ctx context.Context, recipient string) (Seen, error) {
	var seen Seen
	err := room.desk.Disclose(ctx, "recipient.view", func(ctx context.Context, r *act.Reading) error {
		x, err := recipients.Get(ctx, r, r.Actor().Org, recipient)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, x.Object()); err != nil {
			return err
		}
		if seen.Told, err = toldOf(ctx, r, x); err != nil {
			return err
		}
		newest, err := sendings.Select(ctx, r, "WHERE org = $1 AND recipient = $2 ORDER BY sequence DESC LIMIT $3", x.Org, x.ID, int64(mostShown))
		if err != nil {
			return err
		}
		people := []string{x.Said.Owner, x.WantedBy, x.MadeBy, x.ApprovedBy}
		if seen.Sendings, err = sentOf(ctx, r, newest); err != nil {
			return err
		}
		for _, s := range newest {
			people = append(people, s.Sender)
		}
		seen.Names, err = namesOf(ctx, r, people)
		return err
	})
	return seen, err
}

// toldLimit bounds how many notices about one thing are shown.
const toldLimit = 200

// NoticesAbout discloses which systems were told of a seal, or of an order to end a
// right, and what became of it.
func (room *Room) NoticesAbout(ctx context.Context, subject string) ([]Notice, map[string]Recipient, error) {
	var all []Notice
	by := map[string]Recipient{}
	err := room.desk.Disclose(ctx, "recipient.told", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		r.Note("subject", subject)
		if all, err = notices.Select(ctx, r, "WHERE org = $1 AND subject = $2 ORDER BY id DESC LIMIT $3", org, subject, int64(toldLimit)); err != nil {
			return err
		}
		clear(by)
		for _, n := range all {
			if _, met := by[n.Recipient]; met {
				continue
			}
			if by[n.Recipient], err = recipients.Get(ctx, r, org, n.Recipient); err != nil {
				return err
			}
		}
		return nil
	})
	return all, by, err
}
