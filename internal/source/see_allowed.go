package source

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Allowed is what somebody let a program read, with how it was used.
type Allowed struct {
	Allowance
	Source Source
	Use    useRow
	// Live reports whether the program may still act by it: its time, the agreement and,
	// among one's own, the session.
	Live bool
	// Begun reports a program that was begun from a patient here.
	Begun bool
}

// AllowedList is a page of them with the people whom it names.
type AllowedList struct {
	web.Page[Allowed]
	Names map[string]staff.Name
}

func (a Allowance) object() policy.Object {
	return policy.Object{Kind: "Source", ID: a.Source, Org: a.Org, Concerns: a.Person}
}

// MyAllowed discloses to a person what he let programs read, newest first.
func (room *Room) MyAllowed(ctx context.Context, p web.Paging) (AllowedList, error) {
	me := act.From(ctx)
	return room.allowed(ctx, p, policy.Object{Kind: "Source", ID: "allowed", Org: me.Org, Concerns: me.ID}, "person", me.ID)
}

// AllowedTo discloses what people let a program read, newest first.
func (room *Room) AllowedTo(ctx context.Context, source string, p web.Paging) (AllowedList, error) {
	return room.allowed(ctx, p, policy.Object{Kind: "Source", ID: source, Org: act.From(ctx).Org}, "source", source)
}

func (room *Room) allowed(ctx context.Context, p web.Paging, of policy.Object, column, id string) (AllowedList, error) {
	var l AllowedList
	var before string
	if _, err := web.DecodeCursor(p.Cursor, &before); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "source.see-allowed", func(ctx context.Context, r *act.Reading) error {
		if column == "source" {
			if _, err := sources.Get(ctx, r, of.Org, id); err != nil {
				return absent(err)
			}
		}
		if err := r.Permit(ctx, of); err != nil {
			return err
		}
		rows, err := allowancesBefore(ctx, r, of.Org, column, id, before, limit)
		if err != nil {
			return err
		}
		told := make([]Allowed, len(rows))
		var people []string
		for i, a := range rows {
			if told[i], err = room.tellAllowed(ctx, r, a); err != nil {
				return err
			}
			people = append(people, a.Person)
			if column == "source" { // who runs programs need not know about whom they read
				told[i].Patient = ""
			} else if a.Patient != "" {
				r.Concerns(policy.Object{Kind: "Patient", ID: a.Patient, Org: a.Org, Patient: a.Patient})
			}
		}
		if l.Page, err = web.PageOf(told, limit, func(a Allowed) string { return a.ID }); err != nil {
			return err
		}
		l.Names, err = namesOf(ctx, r, people)
		return err
	})
	return l, err
}

func (room *Room) tellAllowed(ctx context.Context, r *act.Reading, a Allowance) (Allowed, error) {
	s, err := sources.Get(ctx, r, a.Org, a.Source)
	if err != nil {
		return Allowed{}, err
	}
	used, err := room.usedOf(ctx, r, a)
	if err != nil {
		return Allowed{}, err
	}
	said, err := contextOf(ctx, r, a)
	if err != nil {
		return Allowed{}, err
	}
	told := Allowed{Allowance: a, Source: s, Use: used, Live: a.Live(r.Now()) && s.Live(r.Now()), Begun: said.Launch != ""}
	if told.Live && a.Person == r.Actor().ID {
		told.Live = room.stillThere(ctx, a)
	}
	return told, nil
}

func (room *Room) usedOf(ctx context.Context, r db.Reader, a Allowance) (useRow, error) {
	kept, err := useOf(ctx, r, a.Org, a.ID)
	if fresh := room.meter.useOf(a.Org, a.ID); fresh.Times > 0 {
		kept = kept.plus(fresh)
	}
	return kept, err
}
