package retention

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// DueItem is a record whose term is over and that may be listed.
type DueItem struct {
	Item
	Called string // masked name
}

// Due discloses a page of the records that may be listed for destruction now, by patient.
func (room *Room) Due(ctx context.Context, p web.Paging) (page web.Page[DueItem], err error) {
	after := place{}
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(p.Limit)
	err = room.desk.Disclose(ctx, "retention.due", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		var found []DueItem
		err := room.eachDue(ctx, r, org, after.ID, func(item Item) (bool, error) {
			found = append(found, DueItem{Item: item})
			return len(found) <= limit, nil
		})
		if err != nil {
			return err
		}
		if page, err = web.PageOf(found, limit, func(one DueItem) place { return place{ID: one.Patient} }); err != nil {
			return err
		}
		return room.call(ctx, r, page.Items)
	})
	return page, err
}

func (room *Room) call(ctx context.Context, r *act.Reading, some []DueItem) error {
	patients := make([]string, len(some))
	for i, one := range some {
		patients[i] = one.Patient
		r.Concerns(policy.Object{Kind: "Patient", ID: one.Patient, Org: r.Actor().Org, Patient: one.Patient})
	}
	called, err := room.patients.Called(ctx, r, r.Actor().Org, patients)
	for i := range some {
		some[i].Called = called[some[i].Patient]
	}
	return err
}

// Listed is a page with the people whom it names.
type Listed[T any] struct {
	web.Page[T]
	Names map[string]staff.Name
}

// List discloses the destructions, the newest first.
func (room *Room) List(ctx context.Context, p web.Paging) (Listed[Destruction], error) {
	return disclosed(ctx, room, p, destructionsBefore,
		func(d Destruction) place { return place{d.Drawn.UnixMicro(), d.ID} },
		func(_ *act.Reading, d Destruction) []string { return []string{d.DrawnBy} })
}

// Holds discloses the holds, the newest first.
func (room *Room) Holds(ctx context.Context, p web.Paging) (Listed[Hold], error) {
	return disclosed(ctx, room, p, holdsBefore,
		func(h Hold) place { return place{h.Since.UnixMicro(), h.ID} },
		func(r *act.Reading, h Hold) []string {
			r.Concerns(policy.Object{Kind: "Patient", ID: h.Patient, Org: h.Org, Patient: h.Patient})
			return []string{h.By, h.LiftedBy}
		})
}

func disclosed[T any](ctx context.Context, room *Room, p web.Paging, before func(context.Context, db.Reader, string, place, int) ([]T, error), placeOf func(T) place, people func(*act.Reading, T) []string) (l Listed[T], err error) {
	from := place{At: math.MaxInt64}
	if _, err := web.DecodeCursor(p.Cursor, &from); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err = room.desk.Disclose(ctx, "retention.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		rows, err := before(ctx, r, org, from, limit)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(rows, limit, placeOf); err != nil {
			return err
		}
		var named []string
		for _, one := range l.Items {
			named = append(named, people(r, one)...)
		}
		l.Names, err = whoIs(ctx, r, named)
		return err
	})
	return l, err
}

func whoIs(ctx context.Context, r *act.Reading, people []string) (map[string]staff.Name, error) {
	people = slices.DeleteFunc(people, func(one string) bool { return one == "" })
	return staff.Names(ctx, r, r.Actor().Org, people, r.Now())
}

// SeenItem is a record on a list with its stub.
type SeenItem struct {
	Item
	Stub Stub
}

// SeenStep is a step with what was said.
type SeenStep struct {
	Step
	Words string
}

// Seen is a destruction with all of its list.
type Seen struct {
	Destruction
	Items       []SeenItem
	Steps       []SeenStep
	Office      string // whose approval it waits for, or ""
	Certificate []byte // none before the end
	Genuine     bool   // the certificate is the one that was kept
	Names       map[string]staff.Name
}

// View discloses a destruction.
func (room *Room) View(ctx context.Context, list string) (Seen, error) {
	var seen Seen
	err := room.desk.Disclose(ctx, "retention.view", func(ctx context.Context, r *act.Reading) (err error) {
		seen = Seen{}
		if seen.Destruction, err = destructions.Get(ctx, r, r.Actor().Org, list); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, seen.object()); err != nil {
			return err
		}
		return room.fill(ctx, r, &seen)
	})
	return seen, err
}

func (room *Room) fill(ctx context.Context, r *act.Reading, seen *Seen) error {
	d := seen.Destruction
	key, err := room.vault.Subject(ctx, r, d.Org, d.ID)
	if err != nil {
		return err
	}
	listed, err := itemsOf(ctx, r, d.Org, d.ID)
	if err != nil {
		return err
	}
	all, err := stepsOf(ctx, r, d.Org, d.ID)
	if err != nil {
		return err
	}
	if seen.Items, err = openStubs(r, key, listed); err != nil {
		return err
	}
	var named []string
	for _, s := range all {
		words, err := openWords(key, s)
		if err != nil {
			return err
		}
		named = append(named, s.Person)
		seen.Steps = append(seen.Steps, SeenStep{s, words})
	}
	if d.State == Appraised {
		seen.Office = Offices[len(byWhom(all, StepApprove))]
	}
	if d.State == Destroyed {
		if seen.Certificate, err = Certificate(d, listed, all); err != nil {
			return err
		}
		sum := sm.Sum(seen.Certificate)
		seen.Genuine = bytes.Equal(sum[:], d.Digest)
	}
	seen.Names, err = whoIs(ctx, r, named)
	return err
}

func openStubs(r *act.Reading, key *vault.Subject, listed []Item) ([]SeenItem, error) {
	seen := make([]SeenItem, len(listed))
	for i, item := range listed {
		plain, err := key.Open(stubPlace(item.List, item.Patient), item.Stub)
		if err != nil {
			return nil, err
		}
		seen[i].Item = item
		if err := json.Unmarshal(plain, &seen[i].Stub); err != nil {
			return nil, errors.Join(vault.ContentTampered.With(), err)
		}
		r.Concerns(policy.Object{Kind: "Patient", ID: item.Patient, Org: item.Org, Patient: item.Patient})
	}
	return seen, nil
}

func openWords(key *vault.Subject, s Step) (string, error) {
	if len(s.Words) == 0 {
		return "", nil
	}
	plain, err := key.Open(stepPlace(s.ID), s.Words)
	return string(plain), err
}
