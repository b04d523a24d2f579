package patient

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// lying are the patients whose admission to a department does not stand by one
// person's word alone.
const lying = `SELECT patient FROM patient_encounter e WHERE org = $1 AND department = $2 AND until IS NULL AND NOT EXISTS (
	SELECT 1 FROM patient_word x WHERE x.org = e.org AND x.encounter = e.id AND x.confirmed IS NULL)`

// Lying returns the patients who lie in a department now; of some, when they are
// given.
func (room *Room) Lying(ctx context.Context, r db.Reader, org, department string, some []string) ([]string, error) {
	return amongThose(ctx, r, lying, []any{org, department}, some)
}

// CaredFor returns the patients to whom a person has a live care relation; of some,
// when they are given.
func (room *Room) CaredFor(ctx context.Context, r db.Reader, org, person string, some []string, at time.Time) ([]string, error) {
	return amongThose(ctx, r, "SELECT patient FROM patient_relation WHERE org = $1 AND person = $2 AND until > $3 AND since <= $4 AND kind <> $5",
		[]any{org, person, at.UnixMicro(), at.UnixMicro(), policy.TieWork}, some)
}

func amongThose(ctx context.Context, r db.Reader, question string, args []any, some []string) ([]string, error) {
	if len(some) == 1 {
		question += " AND patient = $" + strconv.Itoa(len(args)+1)
		args = append(args, some[0])
	}
	found, err := ids(ctx, r, question, args...)
	slices.Sort(found)
	found = slices.Compact(found)
	if len(some) > 0 {
		found = slices.DeleteFunc(found, func(id string) bool { return !slices.Contains(some, id) })
	}
	return found, err
}
