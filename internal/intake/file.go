package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
)

// file is one input under way. Its row, and the key that seals what belongs to
// no single patient, are written with the first unit that is taken from it.
type file struct {
	row     fileRow
	subject *vault.Subject
	report  *FileReport
	raw     []byte
	resumes bool // an earlier run was cut off, or something is retried
	retries bool // a person asked for what is quarantined
	begun   bool
	unless  string    // nothing of its one resource is created where this finds something
	arrived time.Time // where it waited before the run; otherwise the run's own beginning
	due     int       // units, or candidates not yet made into units, still to be settled
}

// told is what a file's sealed column says.
type told struct {
	Name     string    `json:"name"`
	Findings []Finding `json:"findings"`
	More     int       `json:"more,omitempty"`
}

func toldPlace(fileID string, rev int) vault.Place {
	return vault.Place{Kind: "Import", Object: fileID, Version: itoa(rev), Field: "told"}
}

// newFile prepares the row and the key of an input that is not known yet.
func (r *run) newFile(name, kind string, raw []byte, digest string) (*file, error) {
	now := r.room.desk.Now()
	f := &file{raw: raw, due: 1, report: &FileReport{ID: id.New(now), Name: name, Kind: kind, State: Running, Findings: []Finding{}}}
	f.row = fileRow{
		Org: r.org, ID: f.report.ID, Batch: r.batch.ID, Source: r.source.ID, Digest: digest, Kind: kind, State: Running,
		Bytes: int64(len(raw)), Rev: 1, Begun: now,
	}
	var err error
	if f.subject, err = r.room.vault.NewSubject(r.org, f.row.ID); err != nil {
		return nil, err
	}
	return f, f.sealTold()
}

func (f *file) sealTold() error {
	plain, err := json.Marshal(told{Name: f.report.Name, Findings: f.report.Findings, More: f.report.More})
	if err != nil {
		return err
	}
	f.row.Sealed, err = f.subject.Seal(toldPlace(f.row.ID, f.row.Rev), plain)
	return err
}

func openTold(subject *vault.Subject, row fileRow) (told, error) {
	var t told
	plain, err := subject.Open(toldPlace(row.ID, row.Rev), row.Sealed)
	if err != nil {
		return t, errUnreadable.Because(err)
	}
	return t, json.Unmarshal(plain, &t)
}

// fileRows is how many protected rows the frame of a file costs: its row, its
// key, and the row again at the end.
const fileRows = 3

func (f *file) begin(ctx context.Context, w *act.Work) error {
	if err := f.subject.Save(ctx, w); err != nil {
		return err
	}
	return files.Insert(ctx, w, &f.row)
}

// close is the row of a file that is done.
func (f *file) close() (fileRow, error) {
	c := f.report.Counts
	f.row.Rev++
	f.row.State = Done
	if f.retries {
		c = Counts{Read: f.row.Received, Created: f.row.Created + c.Created, Updated: f.row.Updated + c.Updated, Unchanged: f.row.Unchanged, Quarantined: c.Quarantined}
	}
	f.row.Received, f.row.Created, f.row.Updated, f.row.Unchanged, f.row.Quarantined = c.Read, c.Created, c.Updated, c.Unchanged, c.Quarantined
	err := f.sealTold()
	return f.row, err
}

const (
	// maxInline is how large a raw input may be to be kept in its row.
	maxInline = 64 << 10
	rawRows   = 1
)

func rawPlace(rawID string) vault.Place {
	return vault.Place{Kind: "Raw", Object: rawID, Field: "bytes"}
}

// keep seals bytes as they were received. A large input is durable among the
// blobs when keep returns.
func (r *run) keep(ctx context.Context, f *file, subject *vault.Subject, place int, content []byte) (rawRow, error) {
	return r.keepAs(ctx, id.New(r.room.desk.Now()), f, subject, place, content)
}

func (r *run) keepAs(ctx context.Context, rawID string, f *file, subject *vault.Subject, place int, content []byte) (rawRow, error) {
	row := rawRow{Org: r.org, ID: rawID, File: f.row.ID, Subject: subject.ID(), Place: int64(place), Size: int64(len(content))}
	var err error
	if len(content) <= maxInline {
		row.Sealed, err = subject.Seal(rawPlace(row.ID), content)
		return row, err
	}
	blob, err := subject.PutBlob(ctx, r.room.blobs, rawPlace(row.ID), bytes.NewReader(content))
	row.Blob = blob.ID
	return row, err
}
