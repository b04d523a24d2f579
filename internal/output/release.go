package output

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

// Sheets are prints as they come out of the printer.
type Sheets struct {
	Hold
	Bytes []byte
}

// Release hands over a print of one's own, to whoever has just shown again who he is.
func (room *Room) Release(ctx context.Context, hold string) (Sheets, error) {
	return room.release(ctx, hold, "")
}

func (room *Room) release(ctx context.Context, hold, station string) (Sheets, error) {
	views, err := room.printable(ctx, hold)
	if err != nil {
		return Sheets{}, err
	}
	var s Sheets
	err = room.desk.Do(ctx, "output.release", func(ctx context.Context, w *act.Work) (err error) {
		s = Sheets{}
		if s.Hold, err = holds.Get(ctx, w, w.Actor().Org, hold); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, s.object()); err != nil {
			return err
		}
		if err := s.fetchable(w.Now()); err != nil {
			return err
		}
		known, err := room.patients.Find(ctx, w, s.Org, s.Patient)
		if err != nil {
			return err
		}
		for _, v := range views {
			if err := w.PermitTo(ctx, "record.print", documentObject(v.Document, known)); err != nil {
				return err
			}
		}
		key, err := room.vault.Subject(ctx, w, s.Org, holdKey(s.ID))
		if err != nil {
			return err
		}
		if s.Bytes, err = key.Open(holdPlace(s.ID), s.Sealed); err != nil {
			return err
		}
		return room.endIn(ctx, w, &s.Hold, Released, station)
	})
	if err != nil {
		return Sheets{}, err
	}
	return s, nil
}

// printable reads the documents of a print again, for whoever asked for it: a seal or
// an end that came while it waited holds for it too.
func (room *Room) printable(ctx context.Context, hold string) ([]*record.View, error) {
	var i Issue
	err := room.desk.Disclose(ctx, "output.release", func(ctx context.Context, r *act.Reading) error {
		h, err := holds.Get(ctx, r, r.Actor().Org, hold)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, h.object()); err != nil {
			return err
		}
		if err := h.fetchable(r.Now()); err != nil {
			return err
		}
		if i, err = issues.Get(ctx, r, h.Org, h.ID); err == nil && i.Purpose != r.Actor().Purpose {
			err = errPurpose.With()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	wanted := make([]Wanted, len(i.Documents))
	for n, d := range i.Documents {
		wanted[n] = Wanted{Document: d.Document, Version: d.Version}
	}
	return room.read(ctx, wanted)
}

func (h Hold) fetchable(at time.Time) error {
	switch {
	case h.State == Expired, h.State == Waiting && !h.live(at):
		return errOver.With()
	case h.State != Waiting:
		return errState.With("state", h.State)
	}
	return nil
}

// longestRegistration bounds stations, badges and routes.
const longestRegistration = 2 * 365 * 24 * time.Hour

// Station is a printer at which prints are fetched by badge. Its row is keyed.
type Station struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	Name   string    `db:"name"`
	Place  string    `db:"place"`
	Secret []byte    `db:"secret"` // SM3 of what the station shows
	Since  time.Time `db:"since"`
	Until  time.Time `db:"until"`
	SetBy  string    `db:"set_by"`
	MAC    []byte    `db:"mac"`
}

// Badge is a card by which a person fetches prints, and does nothing else. Its row is
// keyed.
type Badge struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	Person string    `db:"person"`
	Number string    `db:"number"` // blind index
	Since  time.Time `db:"since"`
	Until  time.Time `db:"until"`
	SetBy  string    `db:"set_by"`
	MAC    []byte    `db:"mac"`
}

func checkUntil(e *fault.Error, until, now time.Time) {
	if !until.After(now) || until.Sub(now) > longestRegistration {
		e.At("until", fault.Text{ZH: "请写明截止时间，最长两年", EN: "give an end, at most two years away"})
	}
}

// SetStation registers a printer. The secret that the station shows is returned once.
func (room *Room) SetStation(ctx context.Context, name, where string, until time.Time) (Station, string, error) {
	if err := room.desk.Begin(ctx, "output.set-station"); err != nil {
		return Station{}, "", err
	}
	now := room.desk.Now()
	e := errInput.With()
	e.MustName("name", name, maxName)
	e.MayName("place", where, maxName)
	checkUntil(e, until, now)
	if err := e.OrNil(); err != nil {
		return Station{}, "", err
	}
	var random [32]byte
	_, _ = rand.Read(random[:])
	secret := hex.EncodeToString(random[:])
	digest := sm.Sum([]byte(secret))
	s := Station{Org: act.From(ctx).Org, ID: id.New(now), Name: name, Place: where, Secret: digest[:], Since: now, Until: until.UTC(), SetBy: act.From(ctx).ID}
	err := room.desk.Do(ctx, "output.set-station", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(s.Org)); err != nil {
			return err
		}
		w.Note("station", s.ID)
		return stations.Insert(ctx, w, &s)
	})
	return s, secret, err
}

// SetBadge registers a card for a person. An earlier registration of the card ends.
func (room *Room) SetBadge(ctx context.Context, person, number string, until time.Time) (Badge, error) {
	if err := room.desk.Begin(ctx, "output.set-station"); err != nil {
		return Badge{}, err
	}
	now := room.desk.Now()
	e := errInput.With()
	e.MustName("number", number, maxName)
	checkUntil(e, until, now)
	if err := e.OrNil(); err != nil {
		return Badge{}, err
	}
	org := act.From(ctx).Org
	b := Badge{Org: org, ID: id.New(now), Person: person, Number: room.badgeIndex(org, number), Since: now, Until: until.UTC(), SetBy: act.From(ctx).ID}
	err := room.desk.Do(ctx, "output.set-station", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if known, err := staff.Known(ctx, w, org, []string{person}); err != nil || !known[person] {
			return errInput.Because(err).At("person", fault.Text{ZH: "没有这位人员", EN: "there is no such person"})
		}
		earlier, err := badges.Select(ctx, w, "WHERE org = $1 AND number = $2 AND until > $3", org, b.Number, w.Now().UnixMicro())
		if err != nil {
			return err
		}
		for _, old := range earlier {
			if old.Until = w.Now(); !old.Until.After(old.Since) {
				return errChanged.With()
			}
			if err := badges.Update(ctx, w, &old); err != nil {
				return err
			}
		}
		w.Note("badge", b.ID)
		return badges.Insert(ctx, w, &b)
	})
	return b, err
}

func (room *Room) badgeIndex(org, number string) string {
	return room.vault.Blind(org, "output.badge", strings.ToUpper(strings.TrimSpace(number)))
}

// Fetch hands over the prints that wait for whoever holds a card, at a registered
// station. Nobody is signed in there: the station shows its secret and the person his
// card, and the prints are released in his name, under the rights that he has then.
func (room *Room) Fetch(ctx context.Context, stationID, secret, badge string) ([]Sheets, error) {
	from := act.From(ctx)
	if !room.throttle.Allows(from.IP, room.desk.Now()) {
		return nil, errVerify.With()
	}
	person, station, err := room.atStation(ctx, from, stationID, secret, badge)
	if err != nil {
		return nil, err
	}
	var waiting []Hold
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		waiting, err = heldFor(ctx, r, station.Org, person.ID, room.desk.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []Sheets
	for _, h := range waiting {
		i, err := room.issue(ctx, h.Org, h.ID)
		if err != nil {
			return nil, err
		}
		person.Purpose = i.Purpose
		s, err := room.release(act.With(ctx, person), h.ID, station.ID)
		if errors.Is(err, act.ErrRefused) || errors.Is(err, errState) || errors.Is(err, errOver) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, errBadge.With()
	}
	return out, nil
}

// atStation answers who stands at which station. Whatever is wrong is answered alike.
func (room *Room) atStation(ctx context.Context, from act.Actor, stationID, secret, badge string) (act.Actor, Station, error) {
	var person act.Actor
	var station Station
	now := room.desk.Now()
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		digest := sm.Sum([]byte(secret))
		if station, err = stations.Get(ctx, r, room.o.Org, stationID); err != nil {
			return err
		}
		if !sm.Equal(station.Secret, digest[:]) || !now.Before(station.Until) {
			return errBadge.With()
		}
		held, err := badges.Select(ctx, r, "WHERE org = $1 AND number = $2 AND until > $3", station.Org, room.badgeIndex(station.Org, badge), now.UnixMicro())
		if err != nil || len(held) == 0 {
			return errBadge.Because(err)
		}
		person, err = staff.ActorOf(ctx, r, station.Org, held[0].Person, now)
		return err
	})
	if errors.Is(err, db.ErrNone) || errors.Is(err, staff.ErrNoPerson) {
		err = errBadge.Because(err)
	}
	// Showing the card is showing again who one is; it is one factor and no more.
	person.IP, person.Zone, person.Terminal, person.Weak, person.Session = from.IP, from.Zone, "station "+station.ID, true, "station-"+station.ID
	return person, station, err
}

func (room *Room) issue(ctx context.Context, org, issueID string) (Issue, error) {
	var i Issue
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		i, err = issues.Get(ctx, r, org, issueID)
		return err
	})
	return i, err
}
