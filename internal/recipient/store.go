package recipient

import (
	"context"
	"math"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// told is up to when what happened was told to those who listen.
type told struct {
	Org  string    `db:"org,key"`
	Told time.Time `db:"told"`
}

var (
	recipients = db.Define[Recipient]("recipient_recipient")
	sendings   = db.Define[Sending]("recipient_sending", db.AsFinal)
	abouts     = db.Define[about]("recipient_about", db.AsFinal)
	receipts   = db.Define[Receipt]("recipient_receipt", db.AsFinal)
	notices    = db.Define[Notice]("recipient_notice")
	findings   = db.Define[Finding]("recipient_finding")
	places     = db.Define[told]("recipient_place", db.AsUpkeep)
)

const (
	// atOnce bounds what one step of the clock looks at; it goes on from there.
	atOnce = 200
	// mostShown bounds the history that is shown with a recipient.
	mostShown = 100
)

// listPlace is where a page of a list that runs back in time ended.
type listPlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

var fromNewest = listPlace{At: math.MaxInt64}

func first[T any](rows []T, err error) (T, bool, error) {
	var none T
	if err != nil || len(rows) == 0 {
		return none, false, err
	}
	return rows[0], true, nil
}

func recipientCoded(ctx context.Context, r db.Reader, org, code string) (Recipient, bool, error) {
	return first(recipients.Select(ctx, r, "WHERE org = $1 AND code = $2", org, code))
}

func recipientsAfter(ctx context.Context, r db.Reader, org, after string, limit int) ([]Recipient, error) {
	return recipients.Select(ctx, r, "WHERE org = $1 AND code > $2 ORDER BY code LIMIT $3", org, after, int64(limit)+1)
}

// each calls look with every recipient that is not ended.
func each(ctx context.Context, r db.Reader, org string, look func(Recipient)) error {
	for after, more := "", true; more; {
		page, err := recipients.Select(ctx, r, "WHERE org = $1 AND state <> $2 AND id > $3 ORDER BY id LIMIT $4", org, Ended, after, int64(atOnce))
		if err != nil {
			return err
		}
		for _, x := range page {
			after = x.ID
			look(x)
		}
		more = len(page) == atOnce
	}
	return nil
}

func lastSequence(ctx context.Context, r db.Reader, org, recipient string) (int, error) {
	last, _, err := first(sendings.Select(ctx, r, "WHERE org = $1 AND recipient = $2 ORDER BY sequence DESC LIMIT $3", org, recipient, int64(1)))
	return last.Sequence, err
}

func receiptsOf(ctx context.Context, r db.Reader, org, sending string) ([]Receipt, error) {
	return receipts.Select(ctx, r, "WHERE org = $1 AND sending = $2 ORDER BY number", org, sending)
}

func patientsOf(ctx context.Context, r db.Reader, org, sending string) ([]string, error) {
	rows, err := abouts.Select(ctx, r, "WHERE org = $1 AND sending = $2 ORDER BY patient", org, sending)
	all := make([]string, len(rows))
	for i, a := range rows {
		all[i] = a.Patient
	}
	return all, err
}

// unreceived are sendings whose receipt should be there and is not, oldest first.
func unreceived(ctx context.Context, r db.Reader, org string, now time.Time) ([]Sending, error) {
	return sendings.Select(ctx, r, `WHERE org = $1 AND receipt_by <= $2 AND NOT EXISTS
		(SELECT 1 FROM recipient_receipt x WHERE x.org = recipient_sending.org AND x.sending = recipient_sending.id) ORDER BY receipt_by, id LIMIT $3`, org, now.UnixMicro(), int64(atOnce))
}

// volume is how often and how much was sent to a recipient.
type volume struct {
	times, items, bytes int64
	last                time.Time
}

// volumeOf is all that ever went to a recipient.
func volumeOf(ctx context.Context, r db.Reader, org, recipient string) (volume, error) {
	return volumeSince(ctx, r, org, recipient, time.Time{})
}

func volumeSince(ctx context.Context, r db.Reader, org, recipient string, since time.Time) (volume, error) {
	var v volume
	from := int64(0)
	if !since.IsZero() {
		from = since.UnixMicro()
	}
	rows, err := r.Query(ctx, "SELECT COUNT(*), COALESCE(SUM(count), 0), COALESCE(SUM(bytes), 0), COALESCE(MAX(sent), 0) FROM recipient_sending WHERE org = $1 AND recipient = $2 AND sent >= $3", org, recipient, from)
	if err != nil {
		return v, err
	}
	defer rows.Close()
	var last int64
	for rows.Next() {
		if err := rows.Scan(&v.times, &v.items, &v.bytes, &last); err != nil {
			return v, err
		}
	}
	if last > 0 {
		v.last = time.UnixMicro(last).UTC()
	}
	return v, rows.Err()
}
