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
	found, err := room.compared(ctx, m.Case, m.sender.Card(), back.rows(ctx))
	if err != nil {
		return err
	}
	for _, d := range back.differs {
		found.Gone++
		found.Differences = append(found.Differences, d)
	}
	return room.desk.Do(ctx, "handover.carry", func(ctx context.Context, w *act.Work) error {
		return room.keepComparison(ctx, w, &found, func(c *Case) {
			c.State, c.Settled = Matched, w.Now()
			if found.Missing+found.Gone > 0 {
				c.State = Differs
			}
		})
	})
}

// readingBack opens an export part by part.
type readingBack struct {
	*making
	key     *sm.OpeningKey
	differs []Difference
}

func (b *readingBack) differ(kind, where, _ string) {
	if len(b.differs) < namedDifferences {
		b.differs = append(b.differs, Difference{kind, "export", where})
	}
}

var errEnough = errors.New("handover: nobody reads on")

// rows are the rows of the export in their order, each as it was read back.
func (b *readingBack) rows(ctx context.Context) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		var all []Part
		err := b.desk.Look(ctx, func(r db.Reader) (err error) {
			all, err = partsOf(ctx, r, b.Case, b.Run)
			return err
		})
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

func (b *readingBack) part(ctx context.Context, p Part, readers map[string]*bundle.Rows, yield func(entry, error) bool) error {
	in, err := b.store.OpenBlob(ctx, b.blobs, p.place("part"), p.Blob)
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(in)
	if err := errors.Join(err, in.Close()); err != nil {
		return err
	}
	limits := parcel.Limits{Bytes: int64(len(raw)), Items: 1 << 20, Item: int64(len(raw))}
	if _, err := parcel.Check(bytes.NewReader(raw), limits); err != nil {
		b.differ(bundle.Altered, p.Blob, "")
	}
	originals := map[string]bundle.File{}
	_, err = parcel.Open(bytes.NewReader(raw), b.key, limits, func(item parcel.Item, content []byte) error {
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
