package patient

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Silence finds the sources that used to be heard of and are not any longer, at a
// moment. What they said last about who lies where may be wrong.
type Silence func(ctx context.Context, r db.Reader, org string, at time.Time) ([]string, error)

// Sources tells the room which sources are silent. It is called while the house is
// put together.
func (room *Room) Sources(find Silence) { room.silence = find }

// ofSilentSources returns those of some patients of whom a silent source tells.
func (room *Room) ofSilentSources(ctx context.Context, r db.Reader, org string, patientIDs []string, at time.Time) ([]string, error) {
	if room.silence == nil || len(patientIDs) == 0 {
		return nil, nil
	}
	silent, err := room.silence(ctx, r, org, at)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, source := range silent {
		for some := range slices.Chunk(patientIDs, idsAtOnce) {
			where, args := among("id", org, some)
			theirs, err := ids(ctx, r, "SELECT id FROM patient_patient "+where+" AND source = $"+strconv.Itoa(len(args)+1), append(args, source)...)
			if err != nil {
				return nil, err
			}
			found = append(found, theirs...)
		}
	}
	return found, nil
}
