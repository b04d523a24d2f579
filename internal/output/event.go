package output

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
)

// EventKinds are the ways in which other systems see data leave.
func EventKinds() []string { return slices.Clone(eventKinds) }

var eventKinds = []string{"mail", "chat", "net-disk", "removable-media", "print", "screenshot", "upload", "transfer"}

// Event is what another system saw leave, as it reports it. It never changes.
type Event struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Source     string    `db:"source"`
	Reference  string    `db:"reference"` // the source's own number: reported once
	Kind       string    `db:"kind"`
	Outcome    string    `db:"outcome"` // blocked, held or passed
	Person     string    `db:"person"`
	Patients   int       `db:"patients"`
	Bytes      int64     `db:"bytes"`
	Code       string    `db:"code"`  // issue that the code on the content names
	Words      []byte    `db:"words"` // sealed under the key of the house
	Happened   time.Time `db:"happened"`
	At         time.Time `db:"at"`
	ReportedBy string    `db:"reported_by"`
}

// Reporting is an event as a source reports it.
type Reporting struct {
	Source    string
	Reference string
	Kind      string
	Outcome   string
	Person    string
	Patients  int
	Bytes     int64
	Code      string // a code found on the content
	Words     string
	Happened  time.Time
}

func (in Reporting) check(now time.Time) error {
	e := errInput.With()
	e.MustName("source", in.Source, 40)
	e.MustName("reference", in.Reference, maxName)
	e.MayName("person", in.Person, 40)
	e.MaySay("words", in.Words, maxWords)
	if !slices.Contains(eventKinds, in.Kind) {
		e.At("kind", fault.Text{ZH: "请从事件种类中选择：" + strings.Join(eventKinds, "、"), EN: "a kind is one of " + strings.Join(eventKinds, ", ")})
	}
	if !slices.Contains([]string{"blocked", "held", "passed"}, in.Outcome) {
		e.At("outcome", fault.Text{ZH: "结果应为 blocked、held 或 passed", EN: "an outcome is blocked, held or passed"})
	}
	if in.Patients < 0 || in.Bytes < 0 {
		e.At("patients", fault.Text{ZH: "数量不能为负", EN: "counts are not negative"})
	}
	if in.Happened.IsZero() || in.Happened.After(now.Add(time.Hour)) {
		e.At("happened", fault.Text{ZH: "请给出发生时间，不能晚于现在", EN: "say when it happened; not later than now"})
	}
	return e.OrNil()
}

// nameSource lets a foreign system report under its own code and no other's. A person
// says whose report he hands in.
func (room *Room) nameSource(ctx context.Context, in *Reporting) error {
	actor := act.From(ctx)
	if actor.Kind != act.Feed || room.codeOf == nil {
		return nil
	}
	return room.desk.Look(ctx, func(r db.Reader) (err error) {
		in.Source, err = room.codeOf(ctx, r, actor.Org, actor.ID)
		return err
	})
}

// Report takes in what another system saw leave. What passed opens a task to look into
// it within the same act.
func (room *Room) Report(ctx context.Context, in Reporting) (Event, error) {
	if err := room.desk.Begin(ctx, "output.report"); err != nil {
		return Event{}, err
	}
	now := room.desk.Now()
	if err := room.nameSource(ctx, &in); err != nil {
		return Event{}, err
	}
	if err := in.check(now); err != nil {
		return Event{}, err
	}
	key, fresh, err := room.houseKey(ctx)
	if err != nil {
		return Event{}, err
	}
	v := Event{
		Org: act.From(ctx).Org, ID: id.New(now), Source: in.Source, Reference: in.Reference, Kind: in.Kind, Outcome: in.Outcome, Person: in.Person,
		Patients: in.Patients, Bytes: in.Bytes, Happened: in.Happened.UTC(), ReportedBy: act.From(ctx).ID,
	}
	if in.Words != "" {
		if v.Words, err = key.Seal(place("OutputEvent", v.ID, "1", "words"), []byte(in.Words)); err != nil {
			return v, err
		}
	}
	err = room.desk.Do(ctx, "output.report", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(v.Org)); err != nil {
			return err
		}
		n, err := countRows(ctx, w, "SELECT COUNT(*) FROM output_event WHERE org = $1 AND source = $2 AND reference = $3", v.Org, v.Source, v.Reference)
		if err != nil {
			return err
		}
		if n > 0 {
			return errRepeated.With()
		}
		if fresh {
			if err := key.Save(ctx, w); err != nil {
				return err
			}
		}
		v.At = w.Now()
		if v.Code, err = issueNamed(ctx, w, in.Code); err != nil {
			return err
		}
		w.Note("event", v.ID)
		w.Note("kind", v.Kind)
		w.Note("patients", strconv.Itoa(v.Patients))
		if v.Outcome == "passed" {
			w.Note("alarm", "passed")
			if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Leak, To: duty.To{Role: "medical-affairs"}, Subject: v.ID, Urgent: true}); err != nil {
				return err
			}
		}
		return events.Insert(ctx, w, &v)
	})
	return v, err
}
