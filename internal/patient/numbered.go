package patient

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/base/db"
)

// Numbered returns whom exact record numbers, or ID numbers, belong to: a patient by
// each number as it was given. A number of nobody, or of several, is missing. It is a
// part of another room's act and discloses nothing.
func (room *Room) Numbered(ctx context.Context, r db.Reader, org string, numbers []string) (map[string]string, error) {
	found := map[string]string{}
	for _, column := range []string{byRecord, byID} {
		given := map[string][]string{}
		var blinds []string
		for _, number := range numbers {
			blind := room.blind(org, column, number)
			if _, known := found[number]; known || blind == "" {
				continue
			}
			if given[blind] == nil {
				blinds = append(blinds, blind)
			}
			given[blind] = append(given[blind], number)
		}
		if err := eachBlind(ctx, r, org, column, blinds, func(blind, patient string) {
			for _, number := range given[blind] {
				found[number] = patient
			}
		}); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// eachBlind tells the patient of every blind index that belongs to one only.
func eachBlind(ctx context.Context, r db.Reader, org, column string, blinds []string, tell func(blind, patient string)) error {
	for some := range slices.Chunk(blinds, idsAtOnce) {
		where, args := among(column+"_blind", org, some)
		rows, err := patients.Select(ctx, r, where, args...)
		if err != nil {
			return err
		}
		owners := map[string][]string{}
		for _, p := range rows {
			blind := p.RecordBlind
			if column == byID {
				blind = p.IDBlind
			}
			owners[blind] = append(owners[blind], p.ID)
		}
		for blind, ids := range owners {
			if len(ids) == 1 {
				tell(blind, ids[0])
			}
		}
	}
	return nil
}

// FindAll is [Room.Find] for many, by their ids. Who is not there is missing.
func (room *Room) FindAll(ctx context.Context, r db.Reader, org string, wanted []string) (map[string]Known, error) {
	rows, err := byIDs(ctx, r, org, wanted)
	if err != nil {
		return nil, err
	}
	stays, err := encountersOfAll(ctx, r, org, wanted)
	if err != nil {
		return nil, err
	}
	found := make(map[string]Known, len(rows))
	for _, p := range rows {
		found[p.ID] = Known{Object: object(p, stays[p.ID]), Encounters: stays[p.ID]}
	}
	return found, nil
}
