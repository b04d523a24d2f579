package access

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Framed is a department with the frame that holds for it, the one that comes next, and the
// one that waits to be agreed to. The first is the house, without a department.
type Framed struct {
	Department      staff.Department
	InForce         *Frame // its own
	From            *Frame // that holds, of another; nil: its own, or none
	Coming, Waiting *Frame
}

// Frames discloses the frame of every department.
func (room *Room) Frames(ctx context.Context) ([]Framed, error) {
	departments, err := room.staff.ListDepartments(ctx)
	if err != nil {
		return nil, err
	}
	departments = append([]staff.Department{{}}, departments...)
	var all []Framed
	err = room.desk.Disclose(ctx, "access.see-frames", func(ctx context.Context, r *act.Reading) error {
		all = nil
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		agreed, err := framesAgreed(ctx, r, org)
		if err != nil {
			return err
		}
		waiting, err := framesProposed(ctx, r, org)
		if err != nil {
			return err
		}
		for _, d := range departments {
			one := Framed{Department: d}
			for _, f := range agreed {
				switch {
				case f.Department != d.ID:
				case f.Since.After(r.Now()):
					one.Coming = &f
				default:
					one.InForce = &f
				}
			}
			if i := slices.IndexFunc(waiting, func(f Frame) bool { return f.Department == d.ID }); i >= 0 {
				one.Waiting = &waiting[i]
			}
			all = append(all, one)
		}
		inherit(all)
		return nil
	})
	return all, err
}

// inherit gives each department without a frame of its own the nearest one above it.
func inherit(all []Framed) {
	at := func(id string) *Framed {
		i := slices.IndexFunc(all, func(f Framed) bool { return f.Department.ID == id })
		if i < 0 {
			return nil
		}
		return &all[i]
	}
	for i := range all {
		above := &all[i]
		for range framesUp {
			if above == nil || above.InForce != nil || above.Department.ID == "" {
				break
			}
			above = at(above.Department.Parent)
		}
		if above == nil || above.InForce == nil {
			above = at("")
		}
		if all[i].InForce == nil {
			all[i].From = above.InForce
		}
	}
}

// FrameHistory discloses every frame that was proposed, the newest first, from before an id on.
func (room *Room) FrameHistory(ctx context.Context, before string, limit int) ([]Frame, error) {
	var found []Frame
	err := room.desk.Disclose(ctx, "access.see-frames", func(ctx context.Context, r *act.Reading) (err error) {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		found, err = framesPage(ctx, r, r.Actor().Org, before, limit)
		return err
	})
	return found, err
}

// ExceptionSeen is an exception for those who may see it.
type ExceptionSeen struct {
	Exception
	Active bool // it lets somebody pass the frame now
	Mine   bool // the decision waits for whoever looks
	Said   string
	Votes  []Vote
	Names  map[string]staff.Name
}

// Exceptions discloses the exceptions that concern whoever asks or wait for him, and all of
// them to the offices; the newest first.
func (room *Room) Exceptions(ctx context.Context, active bool, cursor string, limit int) (web.Page[ExceptionSeen], error) {
	return walked(ctx, room, cursor, limit, func(ctx context.Context, r *act.Reading, after listPlace) ([]Exception, error) {
		return exceptionsPage(ctx, r, r.Actor().Org, after, atOnce)
	}, func(ctx context.Context, r *act.Reading, x Exception) (ExceptionSeen, bool, error) {
		seen, may, err := room.seeException(ctx, r, x)
		return seen, may && (!active || seen.Active || seen.State == Waiting), err
	}, func(x Exception) listPlace { return listPlace{x.Opened.UnixMicro(), x.ID} })
}

func (room *Room) seeException(ctx context.Context, r *act.Reading, x Exception) (ExceptionSeen, bool, error) {
	seen := ExceptionSeen{Exception: x}
	var err error
	if seen.Votes, err = votesOn(ctx, r, x.Org, x.ID); err != nil {
		return seen, false, err
	}
	voted := people(seen.Votes)
	if x.State == Waiting && len(x.Steps) > 0 {
		holders, delegates, err := room.approvers(ctx, r, x.asked(), x.Steps[x.Step], r.Now())
		if err != nil {
			return seen, false, err
		}
		seen.Mine = slices.Contains(append(holders, delegates...), r.Actor().ID) && !slices.Contains(voted, r.Actor().ID)
	}
	var extra []policy.Tie
	if seen.Mine || slices.Contains(voted, r.Actor().ID) {
		extra = append(extra, charge(x.ID, r.Now()))
	}
	if !room.maySee(r, x.object(), extra) {
		return seen, false, nil
	}
	if seen.Active = x.State == Approved && x.Until.After(r.Now()); seen.Active && x.Kind != ExceptionRole {
		g, err := grants.Get(ctx, r, x.Org, x.Result)
		if err != nil {
			return seen, false, err
		}
		seen.Active = g.live(r.Now())
	}
	if seen.Said, err = room.openNote(ctx, r, x.Org, x.Patient, wordsPlace("Grant", x.ID, "exception"), x.Words); err != nil {
		return seen, false, err
	}
	r.Concerns(policy.Object{Kind: "Grant", ID: x.ID, Patient: x.Patient})
	seen.Names, err = staff.Names(ctx, r, x.Org, append([]string{x.Requester, x.Person, x.ClosedBy}, voted...), r.Now())
	return seen, true, err
}
