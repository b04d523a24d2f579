package handover

import (
	"context"
	"iter"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/job"
)

// Kinds of difference between what is held and what was carried.
const (
	NotCarried = "missing"
	Changed    = "changed"
	Gone       = "gone"
	NotTaken   = "not-taken" // an empty house did not come to hold it
)

const (
	// namedDifferences is how many differences the row of a comparison names.
	namedDifferences = 20
	// listedDifferences is how many differences are listed for a comparison; all are counted.
	listedDifferences = 100_000
	// stepPages and stepDifferences are how much a comparison reads and finds before it
	// writes down how far it has come.
	stepPages, stepDifferences = 20, 300
)

// compare carries a comparison out. Whoever begins again goes on where the last step was
// kept.
func (room *Room) compare(ctx context.Context, at *job.Work) error {
	var args compareArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	ctx = room.asHouse(ctx)
	c, b, err := room.resume(ctx, args)
	if err != nil || b.State != Reading {
		return err
	}
	b.keep = func(ctx context.Context) error {
		if err := room.keepStep(ctx, b); err != nil {
			return err
		}
		return at.Report(ctx, sets[min(b.Mark.Set, len(sets)-1)].name, int64(b.Mark.Set), int64(len(sets)))
	}
	carried, err := room.merged(ctx, c, c.Run)
	if err != nil {
		return err
	}
	if err := b.walk(ctx, carried); err != nil || b.State != Reading {
		return err
	}
	return room.concludeComparison(ctx, b)
}

// resume finds a comparison and how far it has come.
func (room *Room) resume(ctx context.Context, args compareArgs) (c Case, b *besides, err error) {
	b = &besides{room: room}
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		if c, err = cases.Get(ctx, r, args.Org, args.Handover); err != nil {
			return err
		}
		if b.Comparing, err = comparing.Get(ctx, r, args.Org, args.Handover, int64(args.Number)); err != nil {
			return err
		}
		b.whole = b.Comparing
		last, err := listings.Select(ctx, r, "WHERE org = $1 AND handover = $2 AND comparison = $3 ORDER BY number DESC LIMIT 1", c.Org, c.ID, int64(args.Number))
		if err != nil {
			return err
		}
		if len(last) > 0 {
			b.listed = last[0].Number
		}
		b.named, err = firstListed(ctx, r, c, args.Number)
		if err != nil {
			return err
		}
		sender, err := room.exchange.Sender(ctx, r, c.Org)
		b.house = sender.Card()
		return err
	})
	return c, b, err
}

// besides walks what is held and what was carried side by side.
type besides struct {
	Comparing
	whole  Comparing // as of the last row that was held against everything before it
	room   *Room
	house  exchange.Card
	there  *pulled
	named  []Difference // the first ones
	listed int64        // number of the last difference that is listed
	found  []Listing    // not yet kept
	keep   func(ctx context.Context) error
}

func (b *besides) walk(ctx context.Context, carried iter.Seq2[entry, error]) error {
	var err error
	if b.there, err = pull(carried); err != nil {
		return err
	}
	defer b.there.stop()
	if err := b.skip(); err != nil {
		return err
	}
	for pages := 1; b.Mark.Set < len(sets); pages++ {
		rows, err := b.page(ctx)
		if err != nil {
			return err
		}
		for _, one := range rows {
			if err := b.beside(ctx, entryOf(b.Mark.Set, one)); err != nil || b.State != Reading {
				return err
			}
			b.Mark.After = marked(one.key)
			b.whole = b.Comparing
		}
		if len(rows) == 0 {
			b.Mark = mark{Set: b.Mark.Set + 1}
		}
		if pages%stepPages == 0 && b.keep != nil {
			if err := b.keep(ctx); err != nil || b.State != Reading {
				return err
			}
		}
	}
	return b.rest(ctx)
}

// page reads the next rows that are held, none of a set that is not compared.
func (b *besides) page(ctx context.Context) ([]row, error) {
	s := sets[b.Mark.Set]
	if s.account {
		return nil, nil
	}
	return b.room.readPage(ctx, s, b.Org, b.house, b.Mark.after())
}

// skip passes over what was compared before a break.
func (b *besides) skip() error {
	if len(b.Mark.After) == 0 && b.Mark.Set == 0 {
		return nil
	}
	done := entry{set: b.Mark.Set}
	if len(b.Mark.After) > 0 {
		done.key = row{key: b.Mark.after()}.keyText()
	}
	for b.there.left && !done.before(b.there.at) {
		if err := b.there.take(); err != nil {
			return err
		}
	}
	return nil
}

// beside holds a row against the next that was carried.
func (b *besides) beside(ctx context.Context, held entry) error {
	b.Compared++
	for b.there.left && b.there.at.before(held) {
		if err := b.gone(ctx); err != nil {
			return err
		}
	}
	if !b.there.left || held.before(b.there.at) {
		b.Missing++
		return b.differ(ctx, NotCarried, held)
	}
	if b.there.at.digest != held.digest {
		b.Missing++
		if err := b.differ(ctx, Changed, held); err != nil {
			return err
		}
	}
	return b.there.take()
}

func (b *besides) rest(ctx context.Context) error {
	for b.there.left && b.State == Reading {
		if err := b.gone(ctx); err != nil {
			return err
		}
	}
	return nil
}

// gone takes what was carried and is no longer held.
func (b *besides) gone(ctx context.Context) error {
	e := b.there.at
	if !sets[e.set].account {
		b.Gone++
		if err := b.differ(ctx, Gone, e); err != nil {
			return err
		}
	}
	return b.there.take()
}

// differ lists a difference, once: what a break left listed is not listed again.
func (b *besides) differ(ctx context.Context, kind string, e entry) error {
	return b.list(ctx, Difference{kind, sets[e.set].name, e.key})
}

func (b *besides) list(ctx context.Context, d Difference) error {
	number := b.Missing + b.Gone
	if number <= b.listed || number > listedDifferences {
		return nil
	}
	if len(b.named) < namedDifferences {
		b.named = append(b.named, d)
	}
	b.listed = number
	b.found = append(b.found, Listing{Org: b.Org, Handover: b.Handover, Comparison: b.Number, Number: number, Kind: d.Kind, Set: d.Set, Record: d.Key})
	if len(b.found) < stepDifferences || b.keep == nil {
		return nil
	}
	return b.keep(ctx)
}
