package decide

import (
	"cmp"
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// How a use was taken.
const (
	TakenNew    = "new"
	TakenBefore = "known"  // the same was handed in before; it stands as it was judged then
	TakenReused = "reused" // its id was used for something else, and it was not taken
)

// Taken is what became of a use that was handed in.
type Taken struct {
	Use
	How string
}

// TakenIn are the uses of a request, in their order, and the id of the entry that tells
// of them.
type TakenIn struct {
	Uses    []Taken
	Account string
}

// drafted is a use before the act: sealed, and not yet judged.
type drafted struct {
	use  Use
	done Done
}

// HandIn takes what a caller did while we did not answer. Each use is kept as reported
// by its source, judged by what held at its time, and counts once by the id of its
// event. It fails with decide.clock when the clock of the caller is off.
func (room *Room) HandIn(ctx context.Context, in Afterwards) (TakenIn, error) {
	const verb = "decide.afterwards"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return TakenIn{}, err
	}
	if err := in.check(room.desk.Now()); err != nil {
		return TakenIn{}, err
	}
	key, err := room.vault.HouseKey(ctx, room.desk.Look, act.From(ctx).Org)
	if err != nil {
		return TakenIn{}, err
	}
	drafts, err := room.draft(ctx, key, in)
	if err != nil {
		return TakenIn{}, err
	}
	var out TakenIn
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		out = TakenIn{Account: w.ID()}
		before, err := usesOf(ctx, w, org, w.Actor().ID, in.Uses)
		if err != nil {
			return err
		}
		if err := key.Keep(ctx, w); err != nil {
			return err
		}
		then, err := room.findThen(ctx, &w.Reading, in.asking())
		if err != nil {
			return err
		}
		for _, d := range drafts {
			taken, err := room.take(ctx, w, then, d, before)
			if err != nil {
				return err
			}
			out.Uses = append(out.Uses, taken)
		}
		return room.tellTaken(ctx, w, in, out.Uses)
	})
	return out, err
}

func (room *Room) draft(ctx context.Context, key vault.HouseKey, in Afterwards) ([]drafted, error) {
	caller, now := act.From(ctx), room.desk.Now()
	drafts := make([]drafted, len(in.Uses))
	for i, d := range in.Uses {
		d.Purpose = cmp.Or(d.Purpose, "care")
		text, err := d.text()
		if err != nil {
			return nil, err
		}
		u := Use{
			Org: caller.Org, ID: id.New(now), Source: caller.ID, Event: d.Event, Mark: room.vault.Blind(caller.Org, "decide_use", string(text)), At: d.At.UTC(), Received: now,
			Action: known(d.Question.Action), Kind: d.Question.Object.Kind, Purpose: d.Purpose,
		}
		if u.Said, err = key.Seal(saidPlace(u.ID), text); err != nil {
			return nil, err
		}
		drafts[i] = drafted{u, d}
	}
	return drafts, nil
}

// known is an action that there is; what a caller makes up is sealed with what it said.
func known(action string) string {
	if named[action] {
		return action
	}
	return "-"
}

func (room *Room) take(ctx context.Context, w *act.Work, then *past, d drafted, before map[string]Use) (Taken, error) {
	if earlier, met := before[d.use.Event]; met {
		if earlier.Mark != d.use.Mark {
			return Taken{Use: earlier, How: TakenReused}, nil
		}
		return Taken{Use: earlier, How: TakenBefore}, nil
	}
	j, err := then.judge(ctx, &w.Reading, d.done)
	if err != nil {
		return Taken{}, err
	}
	u := d.use
	u.Batch = w.ID()
	u.take(j, d.done)
	for _, o := range []policy.Object{{Kind: "Person", ID: u.Person}, {Kind: "Patient", ID: u.Patient, Patient: u.Patient}} {
		if o.ID != "" {
			w.Concerns(o)
		}
	}
	return Taken{Use: u, How: TakenNew}, uses.Insert(ctx, w, &u)
}

// tellTaken writes into the account how many uses came, and orders the review of those
// that nothing explains.
func (room *Room) tellTaken(ctx context.Context, w *act.Work, in Afterwards, all []Taken) error {
	counts := map[string]int{}
	for _, t := range all {
		counts[t.How]++
		if t.How == TakenNew && t.State == Waiting {
			counts[Waiting]++
		}
	}
	for _, name := range []string{TakenNew, TakenBefore, TakenReused, Waiting} {
		w.Note(name, strconv.Itoa(counts[name]))
	}
	w.Note("outage-since", strconv.FormatInt(in.Since.UnixMicro(), 10))
	w.Note("outage-until", strconv.FormatInt(in.Until.UnixMicro(), 10))
	if counts[Waiting] == 0 {
		return nil
	}
	_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Reviewing, To: duty.To{Role: "medical-affairs"}, Subject: w.ID()})
	return err
}
