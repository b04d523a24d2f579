package handover

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/kit/sm"
)

// rehearse reads an export back, as its receiver would, holds every row against its
// schema and against what the house holds, and keeps the result (C-145). Nothing of it
// touches a disk unsealed.
func (room *Room) rehearse(ctx context.Context, m *making) error {
	key, err := m.sender.Opener(ctx)
	if err != nil {
		return err
	}
	defer key.Clear()
	back := &readingBack{making: m, key: key}
	b := &besides{
		Comparing: Comparing{Org: m.Org, Handover: m.ID, Number: 1, Run: m.Run, State: Reading, AskedBy: m.OpenedBy, Since: room.desk.Now()},
		room:      room, house: m.sender.Card(),
	}
	if err := b.walk(ctx, back.rows(ctx)); err != nil {
		return err
	}
	taken, err := room.takeOver(ctx, back, b)
	if err != nil {
		return err
	}
	for _, d := range back.differs {
		b.Gone++
		if err := b.list(ctx, d); err != nil {
			return err
		}
	}
	b.found = b.found[:min(len(b.found), rehearsalDifferences)]
	return room.desk.Do(ctx, "handover.carry", func(ctx context.Context, w *act.Work) error {
		c, err := getCase(ctx, w, m.Org, m.ID)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		if c.State != Making {
			return errOrder.With("state", c.State)
		}
		taken.At = w.Now()
		taken.note(w)
		if err := takeovers.Insert(ctx, w, &taken); err != nil {
			return err
		}
		return keepComparison(ctx, w, c, b, func(c *Case) {
			c.State, c.Settled = Matched, w.Now()
			if b.Missing+b.Gone+taken.Extra > 0 {
				c.State = Differs
			}
		})
	})
}

// rehearsalDifferences is how many differences of a rehearsal are listed; all are counted.
const rehearsalDifferences = 400

// readingBack opens an export part by part.
type readingBack struct {
	*making
	key     *sm.OpeningKey
	differs []Difference
}

func (b *readingBack) differ(kind, where, _ string) {
	if len(b.differs) < rehearsalDifferences {
		b.differs = append(b.differs, Difference{kind, "export", where})
	}
}

// maxItems is how many files a part may hold.
const maxItems = 1 << 20

var errEnough = errors.New("handover: nobody reads on")

// rows are the rows of the export in their order, each as it was read back.
func (b *readingBack) rows(ctx context.Context) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		all, err := b.parts(ctx)
		readers := map[string]*bundle.Rows{}
		for _, p := range all {
			if err != nil {
				break
			}
			err = b.part(ctx, p, readers, yield)
		}
		if err != nil && !errors.Is(err, errEnough) {
			yield(entry{}, err)
		}
	}
}

func (b *readingBack) parts(ctx context.Context) (all []Part, err error) {
	err = b.desk.Look(ctx, func(r db.Reader) (err error) {
		all, err = partsOf(ctx, r, b.Case, b.Run)
		return err
	})
	return all, err
}

func (b *readingBack) part(ctx context.Context, p Part, readers map[string]*bundle.Rows, yield func(entry, error) bool) error {
	limits := parcel.Limits{Bytes: p.Bytes, Items: maxItems, Item: p.Bytes}
	err := b.reading(ctx, p, func(in io.Reader) error {
		if _, err := parcel.Check(in, limits); err != nil {
			b.differ(bundle.Altered, p.Blob, "")
		}
		return nil
	})
	if err != nil {
		return err
	}
	originals := map[string]bundle.File{}
	return b.reading(ctx, p, func(in io.Reader) error {
		_, err := parcel.Open(in, b.key, limits, func(item parcel.Item, content []byte) error {
			f := bundle.Measured(item.Name, "", content)
			switch place, set := setOf(item.Name); {
			case item.Name == bundle.ManifestName && bundle.Digest(content) != b.Digest:
				b.differ(bundle.Unsigned, item.Name, "")
			case set == nil:
				originals[f.Name] = f
			default:
				return b.file(place, *set, item.Name, content, originals, readers, yield)
			}
			return nil
		})
		return err
	})
}

// reading opens the blob of a part.
func (b *readingBack) reading(ctx context.Context, p Part, fn func(in io.Reader) error) error {
	in, err := b.store.OpenBlob(ctx, b.blobs, p.place("part"), p.Blob)
	if err != nil {
		return err
	}
	return errors.Join(fn(in), in.Close())
}

// setOf is the set whose rows a file holds.
func setOf(name string) (int, *set) {
	for i := range sets {
		if bundle.IsData(sets[i].name, name) {
			return i, &sets[i]
		}
	}
	return 0, nil
}

func (b *readingBack) file(place int, s set, name string, content []byte, originals map[string]bundle.File, readers map[string]*bundle.Rows, yield func(entry, error) bool) error {
	rows := readers[s.name]
	if rows == nil {
		schema, err := readBackSchema(s)
		if err != nil {
			return err
		}
		rows = &bundle.Rows{Schema: schema, Differ: b.differ}
		readers[s.name] = rows
	}
	rows.Named = func(f bundle.File) {
		if got, there := originals[f.Name]; !there || got.SM3 != f.SM3 || got.SHA256 != f.SHA256 {
			b.differ(bundle.Missing, f.Name, "")
		}
	}
	enough := false
	rows.Each = func(key string, line []byte) {
		sum := sm.Sum(line)
		enough = enough || !yield(entry{place, key, hexed(sum[:])}, nil)
	}
	if err := rows.Read(name, bytes.NewReader(content)); err != nil {
		return err
	}
	if enough {
		return errEnough
	}
	return nil
}

// readBackSchema is the schema of a set as a reader of the export has it.
func readBackSchema(s set) (schema bundle.Schema, err error) {
	text, err := json.Marshal(bundle.SchemaOf(s.name, s.about, s.key, s.columns))
	if err != nil {
		return schema, err
	}
	err = json.Unmarshal(text, &schema)
	return schema, err
}
