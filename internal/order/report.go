package order

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// Report is what a system says of an order. Number is by which it calls the order; where
// it gives none, the order is followed by itself.
type Report struct {
	Org         string
	Source      string
	Number      string
	Ordered     string // id of the order in room record
	Patient     string
	Encounter   string
	Kind        string
	State       string
	Prescriber  string
	Department  string
	Sensitivity int
	Text        Text
	Began       time.Time
	Said        time.Time
}

// Named is the id under which a number of a source is followed.
func (room *Room) Named(org, source, number string) string {
	return nameOf(room.vault.Blind(org, "order.number", source+"\x00"+number))
}

// Item is the digest under which the code of what is ordered is kept.
func (room *Room) Item(org, code string) string {
	if code = plain(code); code == "" {
		return ""
	}
	return room.vault.Blind(org, "order.item", code)
}

// Seal makes a report ready to be written.
func (room *Room) Seal(subject *vault.Subject, in Report) (Course, error) {
	c := Course{
		Org: in.Org, ID: room.Named(in.Org, in.Source, cmp.Or(in.Number, in.Ordered)), Ordered: in.Ordered, Patient: in.Patient, Encounter: in.Encounter, Source: in.Source,
		Item: room.Item(in.Org, in.Text.Code), Kind: in.Kind, State: in.State, Prescriber: in.Prescriber, Department: in.Department, Sensitivity: max(1, in.Sensitivity),
		Began: in.Began, Said: in.Said, Heard: room.desk.Now(),
	}
	if c.State == Stopped {
		c.Stopped = c.Said
	}
	text, err := json.Marshal(in.Text)
	if err != nil {
		return c, err
	}
	c.Sealed, err = subject.Seal(c.place(), text)
	return c, err
}

// CourseIn writes what was reported of an order as a part of an act. What is older than
// what is known changes nothing.
func (room *Room) CourseIn(ctx context.Context, w *act.Work, c Course) error {
	if err := w.PermitTo(ctx, "order.report", c.object()); err != nil {
		return err
	}
	old, err := courses.Get(ctx, w, c.Org, c.ID)
	switch {
	case errors.Is(err, db.ErrNone):
		if err := courses.Insert(ctx, w, &c); err != nil {
			return err
		}
		return room.TouchedIn(ctx, w, c.Org, c.Patient)
	case err != nil:
		return err
	case old.Patient != c.Patient:
		return errOther.With()
	case c.Said.Before(old.Said):
		return nil
	}
	c.Rev, c.Began, c.Prescriber = old.Rev+1, old.Began, cmp.Or(c.Prescriber, old.Prescriber)
	if c.State == Stopped && old.State == Stopped {
		c.Stopped = old.Stopped
	}
	if err := courses.Update(ctx, w, &c); err != nil {
		return err
	}
	return room.weighIn(ctx, w, c.Org, c.Patient)
}

// StepIn writes that something was done on an order, known or not known yet. What was
// said before is not written twice.
func (room *Room) StepIn(ctx context.Context, w *act.Work, s Step) error {
	s.ID, s.Heard = nameOf(s.Course, s.Kind, s.At.UTC().Format(time.RFC3339Nano)), w.Now()
	if err := w.PermitTo(ctx, "order.report", s.object()); err != nil {
		return err
	}
	_, err := steps.Get(ctx, w, s.Org, s.ID)
	if !errors.Is(err, db.ErrNone) {
		return err
	}
	c, err := courses.Get(ctx, w, s.Org, s.Course)
	switch {
	case err == nil && c.Patient != s.Patient:
		return errOther.With()
	case err != nil && !errors.Is(err, db.ErrNone):
		return err
	}
	if err := steps.Insert(ctx, w, &s); err != nil || c.ID == "" {
		return err
	}
	return room.weighIn(ctx, w, s.Org, s.Patient)
}
