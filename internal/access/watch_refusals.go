package access

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
)

// watchRefusals freezes whoever was refused beyond his scope as often, within as long,
// as the organisation has set.
func (room *Room) watchRefusals(ctx context.Context) error {
	if room.ledger == nil {
		return nil
	}
	limits, now := room.rules.LimitsAt(room.desk.Now()), room.desk.Now()
	var refused map[string]int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		refused, err = room.refusedBeyond(ctx, r, now.Add(-limits.FreezeWindow()), now, limits.FreezeAfter)
		return err
	})
	for _, person := range slices.Sorted(maps.Keys(refused)) {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error {
			return room.freezeIn(ctx, w, person, refused[person])
		}))
	}
	return err
}

func (room *Room) freezeIn(ctx context.Context, w *act.Work, person string, refused int) error {
	already, err := frozenAt(ctx, w, room.org, person, w.Now())
	if err != nil || len(already) > 0 {
		return err
	}
	hours := room.rules.LimitsAt(w.Now()).FreezeHours
	f := Freeze{Org: room.org, ID: id.New(w.Now()), Person: person, Refused: refused, Since: w.Now(), Until: w.Now().Add(time.Duration(hours) * time.Hour)}
	w.Note("freeze", f.ID)
	w.Note("person", person)
	w.Note("refused", strconv.Itoa(refused))
	if err := freezes.Insert(ctx, w, &f); err != nil {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Frozen, To: duty.To{Role: "security-administrator"}, Subject: f.ID, Urgent: true})
	return err
}

// refusedBeyond counts by person the patients, or other things, that were refused beyond
// his scope in a time, where they are at least so many. What he has given a reason for
// since, and what lies before the end of his last freeze, does not count: a hospital at
// night is full of first tries that are explained the next minute.
func (room *Room) refusedBeyond(ctx context.Context, r db.Reader, from, to time.Time, least int) (map[string]int, error) {
	lines, err := room.refusalsOfPeople(ctx, r, from, to)
	if err != nil {
		return nil, err
	}
	over := map[string]int{}
	for person, refusals := range lines {
		if len(refusals) < least {
			continue
		}
		things, err := room.thingsBeyond(ctx, r, person, refusals, from)
		if err != nil {
			return nil, err
		}
		if things >= least {
			over[person] = things
		}
	}
	return over, nil
}

func (room *Room) refusalsOfPeople(ctx context.Context, r db.Reader, from, to time.Time) (map[string][]ledger.Line, error) {
	q := ledger.Query{Org: room.org, Outcome: ledger.Refused, Verbs: reaching, From: from, To: to, Limit: ledger.MaxPage}
	people := map[string][]ledger.Line{}
	for {
		page, err := room.ledger.Search(ctx, r, q)
		if err != nil {
			return nil, err
		}
		for _, line := range page.Lines {
			if line.ActorKind == act.Person {
				people[line.Actor] = append(people[line.Actor], line)
			}
		}
		if q.After = page.Next; q.After == 0 {
			return people, nil
		}
	}
}

func (room *Room) thingsBeyond(ctx context.Context, r db.Reader, person string, refusals []ledger.Line, from time.Time) (int, error) {
	last, err := lastFreezes(ctx, r, room.org, person)
	if err != nil {
		return 0, err
	}
	if len(last) > 0 && last[0].End().After(from) {
		from = last[0].End()
	}
	said, err := explained(ctx, r, room.org, person, from)
	if err != nil {
		return 0, err
	}
	things := map[string]bool{}
	for _, line := range refusals {
		thing := line.Patient
		if thing == "" {
			thing = line.Kind + " " + line.Object
		}
		if line.At.Before(from) || said[line.Patient] || things[thing] {
			continue
		}
		entry, err := room.ledger.ByID(ctx, r, line.ID)
		if err != nil {
			return 0, err
		}
		if beyondScope(entry.Entry.Why.Conditions) {
			things[thing] = true
		}
	}
	return len(things), nil
}
