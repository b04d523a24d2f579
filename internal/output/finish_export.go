package output

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
)

// finish asks about every patient once more and decides what a list that was read to
// its end waits for.
func (room *Room) finish(ctx context.Context, args exportArgs) error {
	x, err := room.load(ctx, args.Org, args.Export)
	if err != nil || x.State != Running {
		return err
	}
	if err := room.askAll(ctx, x); err != nil {
		if why := whyStopped(err); why != "" {
			return room.stop(ctx, x, why)
		}
		return err
	}
	rule := ""
	err = room.desk.Do(room.clockContext(ctx), "output.clock", func(ctx context.Context, w *act.Work) error {
		fresh, err := room.exportIn(ctx, w, args.Org, args.Export)
		if err != nil || fresh.State != Running {
			return err
		}
		p, err := profileOf(ctx, w, fresh.Org, fresh.Profile)
		if err != nil {
			return err
		}
		if rule, err = suspicionOf(ctx, w, fresh.Org, fresh.Person, p, w.Now()); err != nil {
			return err
		}
		w.Note("export", fresh.ID)
		w.Note("patients", strconv.Itoa(fresh.Patients))
		if rule != "" {
			return room.holdIn(ctx, w, &fresh, rule)
		}
		return room.passIn(ctx, w, &fresh, p)
	})
	if err == nil && rule != "" && room.o.Alarm != nil {
		room.o.Alarm(ctx, "a suspicious output is held: "+rule, errors.New(x.ID))
	}
	return err
}

// askAll asks about every patient of an export, as whoever asked for it.
func (room *Room) askAll(ctx context.Context, x Export) error {
	person, err := room.asPerson(ctx, x)
	if err != nil {
		return err
	}
	if source, known := room.source(x.List); !known || !source.Patients {
		return nil
	}
	all, err := room.patientsIn(ctx, x)
	if err != nil {
		return err
	}
	return room.mustStill(person, all)
}

// holdIn keeps a suspicious file back until somebody has judged it.
func (room *Room) holdIn(ctx context.Context, w *act.Work, x *Export, rule string) error {
	x.State, x.Alarm = Held, rule
	w.Note("alarm", rule)
	if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Suspicion, To: duty.To{Role: "medical-affairs"}, Subject: x.ID, Urgent: true}); err != nil {
		return err
	}
	return exports.Update(ctx, w, x)
}

// passIn lets a file on: to two people where it names many patients, and otherwise to
// whoever asked.
func (room *Room) passIn(ctx context.Context, w *act.Work, x *Export, p Profile) error {
	if x.Patients > p.Threshold {
		x.State = Approving
		role := "medical-affairs"
		if x.Purpose == "research" || x.Purpose == "teaching" {
			role = "science-education"
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: role}, Subject: x.ID}); err != nil {
			return err
		}
		return exports.Update(ctx, w, x)
	}
	x.readyFor(p, w.Now())
	w.Note("state", x.State)
	return exports.Update(ctx, w, x)
}

func (x *Export) readyFor(p Profile, at time.Time) {
	x.State, x.Until = Ready, at.Add(time.Duration(p.FileHours)*time.Hour)
}
