package vault

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// keyRow is the wrapped data key of one subject.
type keyRow struct {
	Org     string    `db:"org,key"`
	Subject string    `db:"subject,key"`
	Epoch   int64     `db:"epoch"`
	Wrapped []byte    `db:"wrapped"`
	Created time.Time `db:"created"`
	MAC     []byte    `db:"mac"`
}

// rotationRow says that an epoch was begun, and when all keys of earlier epochs
// had been wrapped anew. The epoch of the highest row is the current one.
type rotationRow struct {
	Epoch    int64     `db:"epoch,key"`
	Begun    time.Time `db:"begun"`
	Finished time.Time `db:"finished"`
	MAC      []byte    `db:"mac"`
}

var (
	keyRows      = db.Define[keyRow]("vault_key")
	rotationRows = db.Define[rotationRow]("vault_rotation")
)

func findKey(ctx context.Context, r db.Reader, org, subject string) (keyRow, error) {
	row, err := keyRows.Get(ctx, r, org, subject)
	if errors.Is(err, db.ErrNone) {
		return row, KeyDestroyed.Because(err)
	}
	return row, err
}

// keysAtOnce is how many keys one question asks for. Shorter lists repeat their
// last subject, so that the question has one text.
const keysAtOnce = 32

var whereSubjects = func() string {
	places := make([]string, keysAtOnce)
	for i := range places {
		places[i] = fmt.Sprintf("$%d", i+2)
	}
	return "WHERE org = $1 AND subject IN (" + strings.Join(places, ", ") + ")"
}()

// findKeys returns the rows of at most keysAtOnce subjects, in no order.
func findKeys(ctx context.Context, r db.Reader, org string, subjects []string) ([]keyRow, error) {
	args := []any{org}
	for i := range keysAtOnce {
		args = append(args, subjects[min(i, len(subjects)-1)])
	}
	return keyRows.Select(ctx, r, whereSubjects, args...)
}

func keysBefore(ctx context.Context, r db.Reader, epoch int64, limit int) ([]keyRow, error) {
	return keyRows.Select(ctx, r, "WHERE epoch < $1 ORDER BY epoch, org, subject LIMIT $2", epoch, limit)
}

// latestRotation returns the zero row when there never was one.
func latestRotation(ctx context.Context, r db.Reader) (rotationRow, error) {
	rows, err := rotationRows.Select(ctx, r, "ORDER BY epoch DESC LIMIT 1")
	if err != nil || len(rows) == 0 {
		return rotationRow{}, err
	}
	return rows[0], nil
}

// finishedEpoch returns the highest epoch under which all keys were wrapped, or 0.
func finishedEpoch(ctx context.Context, r db.Reader) (int64, error) {
	rows, err := rotationRows.Select(ctx, r, "WHERE finished IS NOT NULL ORDER BY epoch DESC LIMIT 1")
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return rows[0].Epoch, nil
}

type epochInForce struct{}

// epochToWrapUnder is the current epoch, asked for once in a transaction: none
// begins an epoch and wraps under it.
func epochToWrapUnder(ctx context.Context, w db.Writer) (int64, error) {
	return db.Once(w, epochInForce{}, func() (int64, error) { return currentEpoch(ctx, w) })
}

func currentEpoch(ctx context.Context, r db.Reader) (int64, error) {
	row, err := latestRotation(ctx, r)
	return max(row.Epoch, FirstEpoch), err
}
