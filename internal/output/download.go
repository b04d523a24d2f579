package output

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/mark"
	"github.com/medward/medward/kit/sm"
)

// Fetched is a file that leaves.
type Fetched struct {
	Export Export
	Issue  Issue
	Code   string
	Name   string // of the file
	Bytes  []byte
}

// Download hands a file to whoever asked for it, in the session in which he did, while
// its time and its number of downloads last. Each patient in it is asked about again.
func (room *Room) Download(ctx context.Context, export, releaseCode string) (Fetched, error) {
	if err := room.desk.Begin(ctx, "output.download"); err != nil {
		return Fetched{}, err
	}
	x, err := room.fetchable(ctx, export)
	if err != nil {
		return Fetched{}, err
	}
	if err := room.askAll(ctx, x); err != nil {
		if why := whyStopped(err); why != "" {
			if err := room.stop(ctx, x, why); err != nil {
				return Fetched{}, err
			}
			return Fetched{}, errState.With("state", Stopped)
		}
		return Fetched{}, err
	}
	f, err := room.assemble(ctx, x)
	if err != nil {
		return Fetched{}, err
	}
	err = room.desk.Do(ctx, "output.download", func(ctx context.Context, w *act.Work) error {
		return room.saveDownload(ctx, w, &f, releaseCode)
	})
	if err != nil {
		return Fetched{}, err
	}
	return f, nil
}

// fetchable turns away whoever may not fetch a file before any of it is opened. The act
// that follows asks again.
func (room *Room) fetchable(ctx context.Context, exportID string) (Export, error) {
	var x Export
	err := room.desk.Disclose(ctx, "output.download", func(ctx context.Context, r *act.Reading) (err error) {
		if x, err = exports.Get(ctx, r, r.Actor().Org, exportID); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, x.object()); err != nil {
			return err
		}
		p, err := profileOf(ctx, r, x.Org, x.Profile)
		if err != nil {
			return err
		}
		if err := x.mayLeave(p, r.Actor(), r); err != nil {
			return err
		}
		return mustBePledged(ctx, r, x)
	})
	return x, err
}

// mayLeave holds a file to its state, its session, its time and its number.
func (x Export) mayLeave(p Profile, actor act.Actor, r *act.Reading) error {
	switch {
	case x.over() && x.State == Expired, x.State == Ready && (!r.Now().Before(x.Until) || x.Downloads >= p.Downloads):
		return errOver.With()
	case x.State != Ready:
		return errState.With("state", x.State)
	case x.Session != actor.Session:
		return errOtherSession.With()
	}
	return nil
}

// assemble makes the file and the row of its leaving. The same export gives the same
// bytes each time.
func (room *Room) assemble(ctx context.Context, x Export) (Fetched, error) {
	f := Fetched{Export: x}
	source, known := room.source(x.List)
	if !known {
		return f, act.ErrAbsent.With()
	}
	var rows [][]string
	err := room.desk.Look(ctx, func(r db.Reader) error {
		key, err := room.vault.Subject(ctx, r, x.Org, exportKey(x.ID))
		if err != nil {
			return err
		}
		if rows, err = openParts(ctx, r, x, key); err != nil || x.Issue == "" {
			return err
		}
		f.Issue, err = issues.Get(ctx, r, x.Org, x.Issue)
		return err
	})
	if err != nil {
		return f, err
	}
	code, err := room.issueOf(x, &f.Issue, rows)
	if err != nil {
		return f, err
	}
	who, err := room.nameOf(ctx, x.Org, x.Person)
	if err != nil {
		return f, err
	}
	f.Code = code.String()
	f.Name = x.List + "-" + f.Issue.Serial + "." + x.Format
	line := strings.Join(filled("MEDWARD 医守", "编号 "+f.Issue.Serial, "校验码 "+f.Code, who, clock(f.Issue.At), "案由 "+x.Case), " | ")
	if f.Bytes, err = x.file(source, rows, source.Name.ZH, f.Issue.Serial, line); err != nil {
		return f, err
	}
	digest := sm.Sum(f.Bytes)
	f.Issue.File = digest[:]
	return f, nil
}

// issueOf is the row of a file that leaves for the first time, or the one that there
// is, with its code.
func (room *Room) issueOf(x Export, i *Issue, rows [][]string) (mark.Code, error) {
	if i.ID == "" {
		now := room.desk.Now()
		*i = Issue{
			Org: x.Org, ID: id.New(now), Kind: Exported, Profile: x.Profile, List: x.List, Copies: 1, Lines: x.Lines, Patients: x.Patients, Purpose: x.Purpose,
			Case: x.Case, Person: x.Person, Session: x.Session, Terminal: x.Terminal, At: now, Digest: rowsDigest(rows), Documents: []Sheet{},
		}
		i.Serial = serialOf(i.ID, now)
	}
	return room.marked(i)
}

func openParts(ctx context.Context, r db.Reader, x Export, key *vault.Subject) ([][]string, error) {
	held, err := parts.Select(ctx, r, "WHERE org = $1 AND export = $2 ORDER BY n", x.Org, x.ID)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, one := range held {
		text, err := key.Open(partPlace(x.ID, one.N), one.Sealed)
		if err != nil {
			return nil, err
		}
		var some [][]string
		if err := json.Unmarshal(text, &some); err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

func (room *Room) saveDownload(ctx context.Context, w *act.Work, f *Fetched, releaseCode string) error {
	x, err := exports.Get(ctx, w, w.Actor().Org, f.Export.ID)
	if err != nil {
		return absent(err)
	}
	if err := w.Permit(ctx, x.object()); err != nil {
		return err
	}
	p, err := profileOf(ctx, w, x.Org, x.Profile)
	if err != nil {
		return err
	}
	if err := x.mayLeave(p, w.Actor(), &w.Reading); err != nil {
		return err
	}
	if err := mustBePledged(ctx, w, x); err != nil {
		return err
	}
	if x.CodeBy != "" && x.Released.IsZero() {
		if !w.Now().Before(x.CodeUntil) || !sm.Equal(releaseDigest(releaseCode), x.Code) {
			return errCode.With()
		}
		x.Released, x.Code = w.Now(), nil
		w.Note("released-by", x.CodeBy)
	}
	w.Note("export", x.ID)
	w.Note("issue", f.Issue.ID)
	w.Note("serial", f.Issue.Serial)
	w.Note("lines", strconv.Itoa(x.Lines))
	w.Note("patients", strconv.Itoa(x.Patients))
	if x.Issue != "" && x.Issue != f.Issue.ID {
		return errState.With("state", x.State) // fetched twice at once: the copy in hand has no row
	}
	x.Downloads++
	if x.Issue == "" {
		x.Issue = f.Issue.ID
		if err := issues.Insert(ctx, w, &f.Issue); err != nil {
			return err
		}
	}
	f.Export = x
	return exports.Update(ctx, w, &x)
}
