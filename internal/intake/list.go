package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// newestFirst is where a list begins that runs back in time.
const newestFirst = "~"

// Listed is a batch in a list.
type Listed struct {
	Batch
	SourceName string
}

// List discloses the imports, newest first, from before an id on.
func (room *Room) List(ctx context.Context, before string, limit int) (page []Listed, next string, err error) {
	err = room.desk.Disclose(ctx, "intake.list", func(ctx context.Context, r *act.Reading) error {
		page, next = nil, ""
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		rows, err := batches.Select(ctx, r, "WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3", org, cmp.Or(before, newestFirst), limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			next = rows[limit-1].ID
		}
		for _, b := range rows {
			s, err := room.sources.Find(ctx, r, org, b.Source)
			if err != nil {
				return err
			}
			page = append(page, Listed{b, s.Code})
		}
		return nil
	})
	return page, next, err
}

// Seen is a batch with what became of its inputs.
type Seen struct {
	Listed
	Files []FileReport
}

// See discloses an import. The names of its inputs, which tell of people, are
// shown to who handed them in and to nobody else.
func (room *Room) See(ctx context.Context, batchID string) (Seen, error) {
	var seen Seen
	err := room.desk.Disclose(ctx, "intake.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		b, err := batches.Get(ctx, r, org, batchID)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, policy.Object{Kind: "Import", ID: b.ID, Org: org}); err != nil {
			return err
		}
		s, err := room.sources.Find(ctx, r, org, b.Source)
		if err != nil {
			return err
		}
		seen = Seen{Listed: Listed{b, s.Code}, Files: []FileReport{}}
		rows, err := files.Select(ctx, r, "WHERE org = $1 AND batch = $2 ORDER BY id LIMIT $3", org, b.ID, mostFiles)
		if err != nil {
			return err
		}
		for i, row := range rows {
			f, err := room.fileReport(ctx, r, row)
			if err != nil {
				return err
			}
			if b.Actor != r.Actor().ID {
				f.Name = "#" + itoa(i+1)
			}
			seen.Files = append(seen.Files, f)
		}
		return nil
	})
	return seen, err
}

// mostFiles is how many inputs of a batch are shown.
const mostFiles = 500

func (room *Room) fileReport(ctx context.Context, r db.Reader, row fileRow) (FileReport, error) {
	f := FileReport{ID: row.ID, Kind: row.Kind, State: row.State, Counts: row.counts()}
	subject, err := room.vault.Subject(ctx, r, row.Org, row.ID)
	if err != nil {
		return f, errUnreadable.Because(err)
	}
	t, err := openTold(subject, row)
	f.Name, f.Findings, f.More = t.Name, t.Findings, t.More
	return f, err
}

// Quarantined is something that could not be taken.
type Quarantined struct {
	ID       string
	File     string
	Source   string
	State    string
	Tries    int
	At       time.Time
	Where    string
	Findings []Finding
	Size     int64
	Settled  time.Time
}

// Quarantine discloses what is quarantined, newest first: where, which rule and
// why, and nothing of what it holds.
func (room *Room) Quarantine(ctx context.Context, state, before string, limit int) (page []Quarantined, next string, err error) {
	err = room.desk.Disclose(ctx, "intake.quarantine", func(ctx context.Context, r *act.Reading) error {
		page, next = nil, ""
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		rows, err := quarantines.Select(ctx, r, "WHERE org = $1 AND state = $2 AND id < $3 ORDER BY id DESC LIMIT $4", org, cmp.Or(state, Waiting), cmp.Or(before, newestFirst), limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			next = rows[limit-1].ID
		}
		for _, q := range rows {
			one, err := room.quarantined(ctx, r, q)
			if err != nil {
				return err
			}
			page = append(page, one)
		}
		return nil
	})
	return page, next, err
}

func (room *Room) quarantined(ctx context.Context, r db.Reader, q quarantineRow) (Quarantined, error) {
	one := Quarantined{ID: q.ID, File: q.File, Source: q.Source, State: q.State, Tries: q.Tries, At: q.At, Size: q.Size, Settled: q.SettledAt}
	subject, err := room.vault.Subject(ctx, r, q.Org, q.File)
	if err != nil {
		return one, errUnreadable.Because(err)
	}
	plain, err := subject.Open(groundsPlace(q.ID, q.Rev), q.Sealed)
	if err != nil {
		return one, errUnreadable.Because(err)
	}
	var g grounds
	err = json.Unmarshal(plain, &g)
	one.Where, one.Findings = g.Where, g.Findings
	return one, err
}

// Opened is something quarantined with what it holds.
type Opened struct {
	Quarantined
	FileName string
	Content  string // as text; bytes that are no text are replaced
	Cut      bool   // there is more
}

// mostShown is how many bytes of a quarantined piece are shown.
const mostShown = 256 << 10

// Open discloses something quarantined with its content.
func (room *Room) Open(ctx context.Context, quarantineID string) (Opened, error) {
	var o Opened
	err := room.desk.Disclose(ctx, "intake.view", func(ctx context.Context, r *act.Reading) error {
		q, err := quarantines.Get(ctx, r, r.Actor().Org, quarantineID)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, q.object()); err != nil {
			return err
		}
		if o.Quarantined, err = room.quarantined(ctx, r, q); err != nil {
			return err
		}
		row, err := files.Get(ctx, r, q.Org, q.File)
		if err != nil {
			return err
		}
		f, err := room.fileReport(ctx, r, row)
		if err != nil {
			return err
		}
		raw, err := room.rawOf(ctx, r, q.Org, q.Raw)
		if err != nil {
			return err
		}
		from := min(q.Place, int64(len(raw)))
		raw = raw[from:min(from+q.Size, int64(len(raw)))]
		o.FileName, o.Cut = f.Name, len(raw) > mostShown
		o.Content = strings.ToValidUTF8(string(raw[:min(len(raw), mostShown)]), "�")
		return nil
	})
	return o, err
}
