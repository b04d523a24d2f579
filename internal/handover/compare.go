package handover

import (
	"context"
	"iter"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/exchange"
)

// Kinds of difference between what is held and what was carried.
const (
	NotCarried = "missing"
	Changed    = "changed"
	Gone       = "gone"
)

// namedDifferences is how many differences a comparison names; all are counted.
const namedDifferences = 200

// Compare holds every record of the house against what the runs of a handover carried,
// row by row, and keeps what it finds (C-048).
func (room *Room) Compare(ctx context.Context, id string) (Comparison, error) {
	c, house, err := room.toCompare(ctx, id)
	if err != nil {
		return Comparison{}, err
	}
	carried, err := room.merged(ctx, c, c.Run)
	if err != nil {
		return Comparison{}, err
	}
	found, err := room.compared(ctx, c, house, carried)
	if err != nil {
		return found, err
	}
	err = room.desk.Do(ctx, "handover.compare", func(ctx context.Context, w *act.Work) error {
		return room.keepComparison(ctx, w, &found, nil)
	})
	return found, err
}

// toCompare turns away whoever may not compare before everything is read.
func (room *Room) toCompare(ctx context.Context, id string) (c Case, house exchange.Card, err error) {
	err = room.desk.Disclose(ctx, "handover.compare", func(ctx context.Context, r *act.Reading) (err error) {
		if c, err = getCase(ctx, r, r.Actor().Org, id); err != nil {
			return err
		}
		if err := r.Permit(ctx, c.object()); err != nil {
			return err
		}
		if c.State == Asked || c.State == Making || !c.Open() {
			return errOrder.With("state", c.State)
		}
		sender, err := room.exchange.Sender(ctx, r, c.Org)
		house = sender.Card()
		return err
	})
	return c, house, err
}

// compared walks what is held and what was carried side by side.
func (room *Room) compared(ctx context.Context, c Case, house exchange.Card, carried iter.Seq2[entry, error]) (Comparison, error) {
	found := Comparison{Org: c.Org, Handover: c.ID, Run: c.Run, At: room.desk.Now(), Differences: []Difference{}}
	there, err := pull(carried)
	if err != nil {
		return found, err
	}
	defer there.stop()
	for place, s := range sets {
		if s.account {
			continue
		}
		for from := (mark{Set: place}); ; {
			rows, err := room.readPage(ctx, s, c.Org, house, from.after())
			if err != nil {
				return found, err
			}
			for _, one := range rows {
				if err := found.beside(entryOf(place, one), there); err != nil {
					return found, err
				}
			}
			if len(rows) == 0 {
				break
			}
			from.After = marked(rows[len(rows)-1].key)
		}
	}
	return found, found.rest(there)
}

// beside holds a row against the next that was carried.
func (f *Comparison) beside(held entry, there *pulled) error {
	f.Compared++
	for there.left && there.at.before(held) {
		f.gone(there.at)
		if err := there.take(); err != nil {
			return err
		}
	}
	switch {
	case !there.left || held.before(there.at):
		f.Missing++
		f.name(NotCarried, held)
		return nil
	case there.at.digest != held.digest:
		f.Missing++
		f.name(Changed, held)
	}
	return there.take()
}

func (f *Comparison) rest(there *pulled) error {
	for there.left {
		f.gone(there.at)
		if err := there.take(); err != nil {
			return err
		}
	}
	return nil
}

func (f *Comparison) gone(e entry) {
	if !sets[e.set].account {
		f.Gone++
		f.name(Gone, e)
	}
}

func (f *Comparison) name(kind string, e entry) {
	if len(f.Differences) < namedDifferences {
		f.Differences = append(f.Differences, Difference{kind, sets[e.set].name, e.key})
	}
}

// keepComparison writes a comparison down, and what it came to with its case.
func (room *Room) keepComparison(ctx context.Context, w *act.Work, found *Comparison, also func(*Case)) error {
	c, err := getCase(ctx, w, found.Org, found.Handover)
	if err != nil {
		return err
	}
	if err := w.Permit(ctx, c.object()); err != nil {
		return err
	}
	if c.Run != found.Run {
		return errOrder.With("state", c.State)
	}
	earlier, err := comparisonsOf(ctx, w, c)
	if err != nil {
		return err
	}
	found.Number, found.By = len(earlier)+1, w.Actor().ID
	w.Note("missing", strconv.FormatInt(found.Missing, 10))
	w.Note("gone", strconv.FormatInt(found.Gone, 10))
	w.Note("compared", strconv.FormatInt(found.Compared, 10))
	if err := comparisons.Insert(ctx, w, found); err != nil {
		return err
	}
	c.Missing, c.Compared = found.Missing+found.Gone, w.Now()
	if also != nil {
		also(&c)
	}
	c.Rev++
	return cases.Update(ctx, w, &c)
}
