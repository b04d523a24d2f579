package accesslog

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// Tried is what a line of a sample would become.
type Tried struct {
	Line  int64
	Event *Event // nil when it would be set aside
	Rule  Rule
	Field string
	// Person is whose account it is; empty: nobody's. Known says whether the patient is
	// here. Neither tells more than the sample did.
	Person string
	Known  bool
}

// Trial is what a sample would become.
type Trial struct {
	Lines   []Tried
	Missing []string // columns that the mapping names and the header does not
	Names   map[string]staff.Name
}

const (
	maxSample      = 64 << 10
	maxSampleLines = 100
)

// TryMapping reads a sample by a mapping and keeps nothing.
func (room *Room) TryMapping(ctx context.Context, source string, m Mapping, sample []byte) (Trial, error) {
	if err := room.desk.Begin(ctx, "accesslog.try"); err != nil {
		return Trial{}, err
	}
	if len(sample) == 0 || len(sample) > maxSample {
		return Trial{}, errInput.With().At("sample", fault.Text{ZH: "样例为 1 字节至 64 KiB", EN: "a sample has 1 byte to 64 KiB"})
	}
	if err := m.check(); err != nil {
		return Trial{}, err
	}
	reader, err := newReader(m, room.desk.Now())
	if err != nil {
		return Trial{}, err
	}
	t := readSample(reader, sample)
	err = room.told(ctx, "accesslog.try", func(ctx context.Context, r *act.Reading) error {
		r.Note("source", source)
		return room.recognise(ctx, r, source, m, &t)
	})
	return t, err
}

func readSample(reader *reader, sample []byte) Trial {
	t := Trial{Lines: []Tried{}}
	for number, line := range bytes.Split(sample, []byte("\n")) {
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(bytes.TrimSpace(line)) == 0 || reader.takesHeader(line) {
			continue
		}
		if len(t.Lines) == maxSampleLines {
			break
		}
		tried := Tried{Line: int64(number + 1)}
		e, err := reader.read(line)
		if b := (*broken)(nil); errors.As(err, &b) {
			tried.Rule, tried.Field = b.rule, b.field
		} else {
			tried.Event = &e
		}
		t.Lines = append(t.Lines, tried)
	}
	t.Missing = reader.missing()
	return t
}

// recognise tells whose accounts and which patients the sample names.
func (room *Room) recognise(ctx context.Context, r *act.Reading, source string, m Mapping, t *Trial) error {
	known := newFaces(room, r.Actor().Org, source, m)
	var events []Event
	for _, line := range t.Lines {
		if line.Event != nil {
			events = append(events, *line.Event)
		}
	}
	if err := known.meet(ctx, r, events); err != nil {
		return err
	}
	var people []string
	for i := range t.Lines {
		line := &t.Lines[i]
		if line.Event == nil {
			continue
		}
		line.Person, line.Known = known.person(*line.Event), known.patient(*line.Event) != ""
		if line.Person != "" {
			people = append(people, line.Person)
		}
	}
	slices.Sort(people)
	var err error
	t.Names, err = staff.Names(ctx, r, r.Actor().Org, slices.Compact(people), r.Now())
	return err
}
