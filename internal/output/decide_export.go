package output

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/sm"
)

// Vote is one person's yes to a large export. It never changes, and its row is keyed.
type Vote struct {
	Org    string    `db:"org,key"`
	Export string    `db:"export,key"`
	Person string    `db:"person,key"`
	At     time.Time `db:"at"`
	MAC    []byte    `db:"mac"`
}

// needed is how many people decide upon a large export.
const needed = 2

// Approve says yes to a large export. With the second yes there is a release code,
// which whoever gave it hands to whoever asked; it is shown once.
func (room *Room) Approve(ctx context.Context, export string) (x Export, code string, err error) {
	if err := room.desk.Begin(ctx, "output.approve"); err != nil {
		return x, "", err
	}
	fresh := newReleaseCode()
	err = room.desk.Do(ctx, "output.approve", func(ctx context.Context, w *act.Work) error {
		code = ""
		if x, err = room.decidable(ctx, w, export, Approving); err != nil {
			return err
		}
		said, err := votes.Select(ctx, w, "WHERE org = $1 AND export = $2 ORDER BY at, person", x.Org, x.ID)
		if err != nil {
			return err
		}
		if err := room.mustBeUnrelated(ctx, w, x, said); err != nil {
			return err
		}
		if err := votes.Insert(ctx, w, &Vote{Org: x.Org, Export: x.ID, Person: w.Actor().ID, At: w.Now()}); err != nil {
			return err
		}
		if len(said)+1 < needed {
			return nil
		}
		p, err := profileOf(ctx, w, x.Org, x.Profile)
		if err != nil {
			return err
		}
		code = fresh
		x.readyFor(p, w.Now())
		x.Code, x.CodeBy, x.CodeUntil = releaseDigest(code), w.Actor().ID, w.Now().Add(time.Duration(p.CodeHours)*time.Hour)
		if err := room.duty.DoneIn(ctx, w, Approval, x.ID); err != nil {
			return err
		}
		return exports.Update(ctx, w, &x)
	})
	if err != nil {
		return Export{}, "", err
	}
	return x, code, nil
}

func (room *Room) decidable(ctx context.Context, w *act.Work, exportID, state string) (Export, error) {
	x, err := exports.Get(ctx, w, w.Actor().Org, exportID)
	if err != nil {
		return x, absent(err)
	}
	if err := w.Permit(ctx, x.object()); err != nil {
		return x, err
	}
	w.Note("export", x.ID)
	if x.State != state {
		return x, errState.With("state", x.State)
	}
	return x, nil
}

// mustBeUnrelated wants two people who have nothing to do with one another, nor with
// whoever asked.
func (room *Room) mustBeUnrelated(ctx context.Context, w *act.Work, x Export, said []Vote) error {
	me := w.Actor().ID
	others := []string{x.Person}
	for _, v := range said {
		if v.Person == me {
			return errVoted.With()
		}
		others = append(others, v.Person)
	}
	return room.o.Bonds.MustBeAnother(ctx, w, errRelated, others...)
}

// Refuse says no to a large export, of which nothing remains.
func (room *Room) Refuse(ctx context.Context, export string) (Export, error) {
	return room.decide(ctx, "output.refuse", export, Approving, func(ctx context.Context, w *act.Work, x *Export) error {
		return room.wipeIn(ctx, w, x, Refused)
	})
}

// Dispose judges a suspicious export: it is released and goes on, or confirmed, and
// nothing of it leaves.
func (room *Room) Dispose(ctx context.Context, export string, release bool) (Export, error) {
	return room.decide(ctx, "output.dispose", export, Held, func(ctx context.Context, w *act.Work, x *Export) error {
		if !release {
			w.Note("verdict", Confirmed)
			return room.wipeIn(ctx, w, x, Confirmed)
		}
		w.Note("verdict", "released")
		if err := room.duty.DoneIn(ctx, w, Suspicion, x.ID); err != nil {
			return err
		}
		p, err := profileOf(ctx, w, x.Org, x.Profile)
		if err != nil {
			return err
		}
		return room.passIn(ctx, w, x, p)
	})
}

func (room *Room) decide(ctx context.Context, verb, export, state string, do func(ctx context.Context, w *act.Work, x *Export) error) (Export, error) {
	var x Export
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if x, err = room.decidable(ctx, w, export, state); err != nil {
			return err
		}
		return do(ctx, w, &x)
	})
	return x, err
}

// CancelExport takes an export of one's own back, whatever it waits for. One that is
// under review stays.
func (room *Room) CancelExport(ctx context.Context, export string) (Export, error) {
	var x Export
	err := room.desk.Do(ctx, "output.cancel", func(ctx context.Context, w *act.Work) (err error) {
		if x, err = exports.Get(ctx, w, w.Actor().Org, export); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, x.object()); err != nil {
			return err
		}
		if x.over() || x.State == Held {
			return errState.With("state", x.State)
		}
		return room.wipeIn(ctx, w, &x, Cancelled)
	})
	return x, err
}

// votesOn reads who has said yes.
func votesOn(ctx context.Context, r db.Reader, org, export string) ([]Vote, error) {
	return votes.Select(ctx, r, "WHERE org = $1 AND export = $2 ORDER BY at, person", org, export)
}

// newReleaseCode makes a code that nobody guesses: 60 bits that can be read out.
func newReleaseCode() string {
	var random [8]byte
	_, _ = rand.Read(random[:])
	text := base32.StdEncoding.EncodeToString(random[:])[:12]
	return text[:4] + "-" + text[4:8] + "-" + text[8:]
}

func releaseDigest(code string) []byte {
	plain := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
	digest := sm.Sum([]byte(plain))
	return digest[:]
}
