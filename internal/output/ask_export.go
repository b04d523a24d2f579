package output

import (
	"context"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/vault"
)

// exportJob reads a list into an export.
const exportJob = "output.export"

type exportArgs struct {
	Org    string `json:"org"`
	Export string `json:"export"`
}

// Ask begins an export. It runs as later work, and its rows are read under the rights
// that whoever asked has then.
func (room *Room) Ask(ctx context.Context, in AskingFor) (Export, error) {
	if err := room.desk.Begin(ctx, "output.export"); err != nil {
		return Export{}, err
	}
	profile, err := room.profileFor(ctx, in.Profile, func(p Profile) bool { return p.Exports })
	if err != nil {
		return Export{}, err
	}
	source, known := room.source(in.List)
	if err := in.check(source, known, profile); err != nil {
		return Export{}, err
	}
	made, key, err := room.prepareExport(ctx, in)
	if err != nil {
		return Export{}, err
	}
	var x Export
	err = room.desk.Do(ctx, "output.export", func(ctx context.Context, w *act.Work) error {
		x = made
		if err := w.Permit(ctx, houseObject(x.Org)); err != nil {
			return err
		}
		if err := mayExport(ctx, w, x, profile); err != nil {
			return err
		}
		w.Note("export", x.ID)
		w.Note("list", x.List)
		w.Note("unmasked", strconv.FormatBool(x.Unmasked))
		if err := key.Save(ctx, w); err != nil {
			return err
		}
		x.Job, err = job.Enqueue(ctx, w, job.Order{Org: x.Org, Kind: exportJob, Args: exportArgs{x.Org, x.ID}, By: w.ID(), Now: w.Now()})
		if err != nil {
			return err
		}
		return exports.Insert(ctx, w, &x)
	})
	return x, err
}

func (room *Room) prepareExport(ctx context.Context, in AskingFor) (Export, *vault.Subject, error) {
	actor, now := act.From(ctx), room.desk.Now()
	x := Export{
		Org: actor.Org, ID: id.New(now), List: in.List, Filter: in.Filter, Columns: in.Columns, Unmasked: in.Unmasked, Format: in.Format, Profile: in.Profile,
		Purpose: actor.Purpose, Case: strings.TrimSpace(in.Case), Person: actor.ID, Session: actor.Session, Terminal: actor.Terminal, IP: actor.IP, Zone: actor.Zone,
		Weak: actor.Weak, State: Running, Asked: now,
	}
	key, err := room.vault.NewSubject(x.Org, exportKey(x.ID))
	if err == nil && in.Unmasked {
		x.Words, err = key.Seal(wordsPlace(x.ID), []byte(strings.TrimSpace(in.Words)))
	}
	return x, key, err
}

// mayExport refuses whoever has nothing left of his quota, or an output under review.
func mayExport(ctx context.Context, w *act.Work, x Export, p Profile) error {
	n, err := countRows(ctx, w, "SELECT COUNT(*) FROM output_export WHERE org = $1 AND person = $2 AND state = $3", x.Org, x.Person, Held)
	if err != nil {
		return err
	}
	if n > 0 {
		return errSuspended.With()
	}
	used, err := usedBy(ctx, w, x.Org, x.Person, p, w.Actor().Roles, w.Now())
	if err != nil {
		return err
	}
	return used.within()
}
