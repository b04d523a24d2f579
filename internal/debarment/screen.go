package debarment

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// MustPass implements [staff.Barring].
func (room *Room) MustPass(ctx context.Context, r *act.Reading, parties ...staff.Party) error {
	all, err := room.holding(ctx, r, r.Actor().Org, r.Now())
	if err != nil || len(all) == 0 {
		return err
	}
	held, named := heldBack{}, make([]asked, len(parties))
	for i, p := range parties {
		named[i] = askedAs(p)
	}
	for _, k := range all {
		for _, p := range named {
			f := found{known: k, party: p.Party, how: k.match(p), verb: r.Verb()}
			if f.how == "" {
				continue
			}
			if f.state, err = room.judged(ctx, r, f); err != nil {
				return err
			}
			if f.state != Another {
				held.all = append(held.all, f)
			}
		}
	}
	if len(held.all) == 0 {
		return nil
	}
	return held.refusal()
}

// judged is what a match comes to: refused where it is certain or somebody said that it
// is the same, let in while somebody's word that it is another counts, and else asked.
func (room *Room) judged(ctx context.Context, r db.Reader, f found) (string, error) {
	if f.how != ByName {
		return Refused, nil
	}
	before, err := hitsOf(ctx, r, f.Org, f.ID, f.party.About)
	if err != nil {
		return "", err
	}
	parties, err := room.partiesOf(ctx, r, f.Org, f.ID, before)
	if err != nil {
		return "", err
	}
	for _, h := range before {
		switch {
		case !parties[h.ID].like(f.party):
		case h.lets(room.desk.Now()):
			return Another, nil
		case h.State == Same:
			return Refused, nil
		}
	}
	return Asked, nil
}

func (h *heldBack) refusal() error {
	code, problem := errNamesake, fault.Text{ZH: "与禁入名单中的名称相同，等待核对", EN: "is a name in the register of who is barred; somebody looks at it"}
	for _, f := range h.all {
		if f.state == Refused {
			code, problem = errBarred, fault.Text{ZH: "在禁入名单中", EN: "is barred"}
		}
	}
	e := code.Because(h)
	for _, f := range h.all {
		e.At(f.party.Field, problem)
	}
	return e
}

// Kept implements [staff.Barring].
func (room *Room) Kept(ctx context.Context, err error) error {
	held, ours := errors.AsType[*heldBack](err)
	if !ours {
		return err
	}
	by := act.From(ctx)
	kept := room.desk.Do(room.asHouse(context.WithoutCancel(ctx)), "debarment.hit", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(room.org)); err != nil {
			return err
		}
		w.Note("person", by.ID)
		return room.keepIn(ctx, w, held.all, by.ID)
	})
	return errors.Join(err, kept)
}

// keepIn writes hits in an act that was permitted, and asks somebody to look. A party
// that is tried again in the same matter is the same hit.
func (room *Room) keepIn(ctx context.Context, w *act.Work, all []found, by string) error {
	for _, f := range all {
		h, known, err := room.openHit(ctx, w, f)
		if err != nil {
			return err
		}
		h.Last, h.Times, h.Person = w.Now(), h.Times+1, by
		w.Note("hit", h.ID)
		if known {
			if err := hits.Update(ctx, w, &h); err != nil {
				return err
			}
			continue
		}
		if err := hits.Insert(ctx, w, &h); err != nil {
			return err
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Judging, To: duty.To{Role: keeper}, Subject: h.ID}); err != nil {
			return err
		}
	}
	return nil
}

// openHit is the open hit of a party in a matter, or a new one.
func (room *Room) openHit(ctx context.Context, w *act.Work, f found) (h Hit, known bool, err error) {
	before, err := hitsOf(ctx, w, f.Org, f.ID, f.party.About)
	if err != nil {
		return h, false, err
	}
	parties, err := room.partiesOf(ctx, w, f.Org, f.ID, before)
	if err != nil {
		return h, false, err
	}
	for _, one := range before {
		if one.open() && one.Verb == f.verb && parties[one.ID].like(f.party) {
			return one, true, nil
		}
	}
	h = Hit{Org: f.Org, ID: id.New(w.Now()), Debarment: f.ID, How: f.how, Verb: f.verb, About: f.party.About, State: f.state, First: w.Now()}
	text, err := json.Marshal(party{f.party.Name, f.party.Number, f.party.Person})
	if err != nil {
		return h, false, err
	}
	key, err := room.vault.Subject(ctx, w, f.Org, f.ID)
	if err != nil {
		return h, false, err
	}
	h.Party, err = key.Seal(partyPlace(h.ID), text)
	return h, false, err
}
