package staff

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// staysOf returns the stays of people, ended ones included, in the order of their
// beginning.
func staysOf(ctx context.Context, r db.Reader, org string, persons ...string) ([]Stay, error) {
	where, args := within("person", org, persons)
	return stays.Select(ctx, r, where+" ORDER BY since, id", args...)
}

func findStay(ctx context.Context, r db.Reader, org, id string) (Stay, error) {
	found, err := stays.Get(ctx, r, org, id)
	if errors.Is(err, db.ErrNone) {
		return Stay{}, errNoStay.Because(err)
	}
	return found, err
}

func departuresOf(ctx context.Context, r db.Reader, org string, persons ...string) ([]Departure, error) {
	where, args := within("person", org, persons)
	return departures.Select(ctx, r, where+" ORDER BY at, id", args...)
}

func trainingsOf(ctx context.Context, r db.Reader, org, person string) ([]Passed, error) {
	return trainings.Select(ctx, r, "WHERE org = $1 AND person = $2 ORDER BY passed, id", org, person)
}

// StaysFilter chooses stays of a list.
type StaysFilter struct {
	Person  string
	Sponsor string
	Kind    StayKind
	Live    bool
}

func selectStays(ctx context.Context, r db.Reader, org string, f StaysFilter, at int64, after string, limit int) ([]Stay, error) {
	where, args := "WHERE org = $1", []any{org}
	add := appender(&where, &args)
	if f.Person != "" {
		add(" AND person = ?", f.Person)
	}
	if f.Sponsor != "" {
		add(" AND sponsor = ?", f.Sponsor)
	}
	if f.Kind != "" {
		add(" AND kind = ?", string(f.Kind))
	}
	if f.Live {
		add(" AND since <= ? AND until > ? AND (ended IS NULL OR ended > ?)", at, at, at)
	}
	add(" AND id > ? ORDER BY id LIMIT ?", after, int64(limit))
	return stays.Select(ctx, r, where, args...)
}

func findLine(ctx context.Context, r db.Reader, org, id string) (Line, error) {
	found, err := lines.Get(ctx, r, org, id)
	if errors.Is(err, db.ErrNone) {
		return Line{}, errNoLine.Because(err)
	}
	return found, err
}

func linesOf(ctx context.Context, r db.Reader, org, person string) ([]Line, error) {
	return lines.Select(ctx, r, "WHERE org = $1 AND person = $2 ORDER BY made, id", org, person)
}

func openLinesOf(ctx context.Context, r db.Reader, org string, limit int) ([]Line, error) {
	return lines.Select(ctx, r, "WHERE org = $1 AND signed IS NULL ORDER BY due, id LIMIT $2", org, int64(limit))
}

// unlisted returns the stays of guests that are over and for which no exit list was
// opened, unless their person has left altogether and has one.
func unlisted(ctx context.Context, r db.Reader, org string, at time.Time, limit int) ([]Stay, error) {
	now := at.UnixMicro()
	return stays.Select(ctx, r, `WHERE org = $1 AND sponsor <> '' AND kind <> $2 AND (until <= $3 OR ended <= $4)
		AND NOT EXISTS (SELECT 1 FROM staff_line l WHERE l.org = staff_stay.org AND l.occasion = staff_stay.id)
		AND NOT EXISTS (SELECT 1 FROM staff_departure d WHERE d.org = staff_stay.org AND d.person = staff_stay.person)
		ORDER BY until, id LIMIT $5`, org, string(Rotation), now, now, int64(limit))
}
