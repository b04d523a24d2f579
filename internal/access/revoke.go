package access

import (
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// probeJob asks policy again after a grant has ended.
const probeJob = "access.probe"

type probeArgs struct {
	Org   string `json:"org"`
	Grant string `json:"grant"`
}

// Revoke ends a grant now: for its holder, whoever approved it, and the offices that
// answer for grants. It counts from the next request of every session.
func (room *Room) Revoke(ctx context.Context, grant string) (Grant, error) {
	var g Grant
	err := room.desk.Do(ctx, "access.revoke", func(ctx context.Context, w *act.Work) (err error) {
		if g, err = grants.Get(ctx, w, w.Actor().Org, grant); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, g.object(), g.charges(w)...); err != nil {
			return err
		}
		if g.State != Live {
			return errEnded.With()
		}
		cause := Revoked
		if g.Person == w.Actor().ID {
			cause = GivenBack
		}
		return room.endIn(ctx, w, &g, cause)
	})
	return g, err
}

// charges is the tie of whoever approved the grant.
func (g Grant) charges(w *act.Work) []policy.Tie {
	if !slices.Contains(g.Approvers, w.Actor().ID) {
		return nil
	}
	return []policy.Tie{charge(g.ID, w.Now())}
}

// endIn stops a grant within an act and orders the trial of its end.
func (room *Room) endIn(ctx context.Context, w *act.Work, g *Grant, cause string) error {
	by := w.Actor().ID
	at := w.Now()
	if over := g.End(); over.Before(at) {
		at = over
	}
	g.end(at, by, cause)
	w.Note("grant", g.ID)
	w.Note("cause", cause)
	if err := grants.Update(ctx, w, g); err != nil {
		return err
	}
	_, err := job.Enqueue(ctx, w, job.Order{Org: g.Org, Kind: probeJob, Args: probeArgs{g.Org, g.ID}, By: w.ID(), Now: w.Now()})
	return err
}

// probe tries the end of a grant: it asks the rules, as the person, for what was
// granted, with all that this room would tell the door. Only then is the grant
// ended; where it still opens, somebody is told at once.
func (room *Room) probe(ctx context.Context, at *job.Work) error {
	var args probeArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	var still Grant
	err := room.desk.Do(room.clockContext(ctx), "access.clock", func(ctx context.Context, w *act.Work) error {
		g, err := grants.Get(ctx, w, args.Org, args.Grant)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, g.object()); err != nil || g.State != Ending {
			return err
		}
		g.State, g.Checked = Ended, w.Now()
		reached, remains, err := room.reaches(ctx, w, g)
		if err != nil {
			return err
		}
		g.Remains, still = remains, Grant{}
		if reached {
			g.State, still = Failed, g
			if err := room.redIn(ctx, w, g.ID); err != nil {
				return err
			}
		}
		w.Note("grant", g.ID)
		w.Note("state", g.State)
		return grants.Update(ctx, w, &g)
	})
	if err == nil && still.ID != "" && room.alarm != nil {
		room.alarm(ctx, "a grant still opens after its end", errors.New(still.ID))
	}
	return err
}

// reaches reports whether a grant still opens what it opened, and if not, the kind
// of tie by which its holder gets there all the same.
func (room *Room) reaches(ctx context.Context, r *act.Work, g Grant) (bool, string, error) {
	person, err := staff.ActorOf(ctx, r, g.Org, g.Person, r.Now())
	if errors.Is(err, staff.ErrNoPerson) {
		return false, "", nil
	}
	if err != nil {
		return false, "", err
	}
	object := policy.Object{Kind: "Document", ID: "any", Org: g.Org, Patient: g.Patient, Department: g.Department, Encounter: g.Scope.Encounter, Sensitivity: 1, Signed: true, Archived: true, Discharged: true}
	if len(g.Scope.Forms) > 0 {
		object.Form = g.Scope.Forms[0]
	}
	found, err := room.ties(ctx, r, person, []string{g.Patient}, r.Now())
	if err != nil {
		return false, "", err
	}
	remains := ""
	for _, verb := range g.Scope.Verbs {
		o := object
		if kinds := room.rules.Kinds(verb); !slices.Contains(kinds, o.Kind) {
			o.Kind = kinds[0]
		}
		d := room.rules.Decide(policy.Request{Actor: person.Actor, Verb: verb, Object: o, Ties: found[g.Patient], Purpose: g.Scope.Purpose, At: r.Now()})
		switch {
		case d.Failed != nil:
			return false, "", d.Failed
		case d.Tie != nil && d.Tie.ID == g.ID:
			return true, "", nil
		case d.Allowed && d.Tie != nil:
			remains = d.Tie.Kind
		}
	}
	return false, remains, nil
}

// clockContext acts as the house itself.
func (room *Room) clockContext(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
}
