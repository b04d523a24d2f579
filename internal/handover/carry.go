package handover

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/job"
)

const (
	carryJob   = "handover.carry"
	carryTries = 20
)

type carryArgs struct {
	Org      string `json:"org"`
	Handover string `json:"handover"`
	Run      int    `json:"run"`
}

func order(ctx context.Context, w *act.Work, c Case) error {
	_, err := job.Enqueue(ctx, w, job.Order{
		Org: c.Org, Kind: carryJob, Args: carryArgs{c.Org, c.ID, c.Run}, By: w.ID(), Now: w.Now(), Dedupe: carryName(c), MaxTries: carryTries,
	})
	return err
}

// carry makes an export, part by part. Whoever begins again goes on after the last part
// that was kept; what was begun after it is made anew.
func (room *Room) carry(ctx context.Context, at *job.Work) error {
	var args carryArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	ctx = room.asHouse(ctx)
	m, last, err := room.begin(ctx, args)
	if err != nil || m.State != Making || m.Run != args.Run {
		return err
	}
	for !last.Mark.Done {
		next, rows, err := m.make(ctx, last.Number+1, last.Mark)
		if err != nil {
			return err
		}
		if err := room.keep(ctx, m, next, rows); err != nil {
			return err
		}
		last = next
		if err := at.Report(ctx, sets[min(next.Mark.Set, len(sets)-1)].name, int64(next.Mark.Set), int64(len(sets))); err != nil {
			return err
		}
	}
	if m.Ground != Rehearsal {
		return nil
	}
	return room.rehearse(ctx, m)
}

// begin finds an export and where it stands.
func (room *Room) begin(ctx context.Context, args carryArgs) (m *making, last Part, err error) {
	m = &making{Room: room}
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		if m.Case, err = cases.Get(ctx, r, args.Org, args.Handover); err != nil || m.State != Making {
			return err
		}
		if m.sender, err = room.exchange.Sender(ctx, r, args.Org); err != nil {
			return err
		}
		if m.to, err = room.receiver(ctx, r, m.Case, m.sender); err != nil {
			return err
		}
		if m.store, err = room.vault.Subject(ctx, r, m.Org, m.ID); err != nil {
			return err
		}
		last, _, err = lastPart(ctx, r, m.Case)
		return err
	})
	if err == nil && m.State == Making && m.Run > 1 {
		m.held, err = room.carriedBefore(ctx, m.Case, m.Run-1)
	}
	return m, last, err
}

// receiver is by whose keys an export is sealed: the partner's, or, to rehearse, those of
// the house.
func (room *Room) receiver(ctx context.Context, r db.Reader, c Case, house exchange.Sender) (exchange.Card, error) {
	if c.Ground == Rehearsal {
		return house.Card(), nil
	}
	p, err := room.exchange.Partner(ctx, r, c.Org, c.Partner)
	if err == nil && (!p.Live(room.desk.Now()) || p.Recipient == "") {
		err = errNotLive.With("name", p.Card.Name)
	}
	return p.Card, err
}

// keep writes a part down. The last one ends the run.
func (room *Room) keep(ctx context.Context, m *making, p Part, rows int64) error {
	return room.desk.Do(ctx, "handover.carry", func(ctx context.Context, w *act.Work) error {
		c, err := getCase(ctx, w, m.Org, m.ID)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		if c.State != Making || c.Run != p.Run || c.Parts != p.Number-1 {
			return errOrder.With("state", c.State)
		}
		p.Made = w.Now()
		w.Note("part", strconv.Itoa(p.Number))
		w.Note("rows", strconv.FormatInt(rows, 10))
		if err := parts.Insert(ctx, w, &p); err != nil {
			return err
		}
		c.Parts, c.Rows = p.Number, c.Rows+rows
		if p.Mark.Done {
			c.Digest = m.Digest
			if c.Ground != Rehearsal {
				c.State = Ready
			}
		}
		c.Rev++
		m.Case = c
		return cases.Update(ctx, w, &c)
	})
}
