package record

import (
	"cmp"
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Observation is something measured or found, as the source reports it. What it
// says is sealed; the code and the time are not.
type Observation struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Patient     string    `db:"patient"`
	Encounter   string    `db:"encounter"`
	Code        string    `db:"code"` // system|code, for example loinc|718-7
	At          time.Time `db:"at"`
	Flag        string    `db:"flag"` // "", H, L, HH, LL, A
	Sensitivity int       `db:"sensitivity"`
	Department  string    `db:"department"`
	Sealed      []byte    `db:"sealed"` // Finding
	Rev         int       `db:"rev"`
	Source      string    `db:"source"`
	CreatedAt   time.Time `db:"created_at"`
}

// Finding is what an observation says.
type Finding struct {
	Name  string    `json:"name"`
	Value string    `json:"value"` // as the source writes it
	Unit  string    `json:"unit,omitempty"`
	Range string    `json:"range,omitempty"`
	State string    `json:"state,omitempty"` // final, preliminary, corrected …
	Note  string    `json:"note,omitempty"`
	Parts []Finding `json:"parts,omitempty"` // components, such as systolic and diastolic
}

// Order is something ordered, read-only as the source reports it.
type Order struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Patient     string    `db:"patient"`
	Encounter   string    `db:"encounter"`
	Kind        string    `db:"kind"` // drug, lab, imaging, nursing, procedure, other
	State       string    `db:"state"`
	At          time.Time `db:"at"`
	Sensitivity int       `db:"sensitivity"`
	Department  string    `db:"department"`
	Sealed      []byte    `db:"sealed"` // Instruction
	Rev         int       `db:"rev"`
	Source      string    `db:"source"`
	CreatedAt   time.Time `db:"created_at"`
}

// Instruction is what an order says.
type Instruction struct {
	Name      string `json:"name"`
	Code      string `json:"code,omitempty"`
	Dose      string `json:"dose,omitempty"`
	Route     string `json:"route,omitempty"`
	Frequency string `json:"frequency,omitempty"`
	Note      string `json:"note,omitempty"`
	Requester string `json:"requester,omitempty"` // as the source names him
}

var (
	observations = db.Define[Observation]("record_observation")
	orders       = db.Define[Order]("record_order")
)

// SealObservation makes an observation ready to be written: o without what this
// fills in, and its finding. A new one (no ID) gets an id; rev counts from 1.
func (room *Room) SealObservation(subject *vault.Subject, o Observation, f Finding) (Observation, error) {
	o.fill(room.desk.Now())
	var err error
	o.Sealed, err = sealJSON(subject, vault.Place{Kind: "Observation", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "finding"}, f)
	return o, err
}

func (o *Observation) fill(now time.Time) {
	if o.ID == "" {
		o.ID, o.CreatedAt = id.New(now), now
	}
	o.Rev, o.Sensitivity = o.Rev+1, max(1, o.Sensitivity)
}

// SealOrder makes an order ready to be written, as [Room.SealObservation] does.
func (room *Room) SealOrder(subject *vault.Subject, o Order, in Instruction) (Order, error) {
	if o.ID == "" {
		o.ID, o.CreatedAt = id.New(room.desk.Now()), room.desk.Now()
	}
	o.Rev, o.Sensitivity = o.Rev+1, max(1, o.Sensitivity)
	var err error
	o.Sealed, err = sealJSON(subject, vault.Place{Kind: "Order", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "instruction"}, in)
	return o, err
}

func sealJSON(subject *vault.Subject, at vault.Place, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return subject.Seal(at, plain)
}

// ObserveIn writes a sealed observation as a part of an act: a new one, or the
// next revision of one that the same source made.
func (room *Room) ObserveIn(ctx context.Context, w *act.Work, o Observation) error {
	if o.Rev == 1 {
		if err := w.PermitTo(ctx, "record.file", o.object()); err != nil {
			return err
		}
		if err := observations.Insert(ctx, w, &o); err != nil {
			return err
		}
		return room.touched(ctx, w, o)
	}
	old, err := room.ObservationOf(ctx, w, o.Org, o.ID)
	if err != nil {
		return err
	}
	if err := w.PermitTo(ctx, "record.amend", old.object()); err != nil {
		return err
	}
	if old.Rev != o.Rev-1 || old.Patient != o.Patient || old.Source != o.Source {
		return errOvertaken.With()
	}
	if err := observations.Update(ctx, w, &o); err != nil {
		return err
	}
	return room.touched(ctx, w, o)
}

// OrderIn writes a sealed order as a part of an act.
func (room *Room) OrderIn(ctx context.Context, w *act.Work, o Order) error {
	if o.Rev == 1 {
		if err := w.PermitTo(ctx, "record.file", o.object()); err != nil {
			return err
		}
		return orders.Insert(ctx, w, &o)
	}
	old, err := room.OrderOf(ctx, w, o.Org, o.ID)
	if err != nil {
		return err
	}
	if err := w.PermitTo(ctx, "record.amend", old.object()); err != nil {
		return err
	}
	if old.Rev != o.Rev-1 || old.Patient != o.Patient || old.Source != o.Source {
		return errOvertaken.With()
	}
	return orders.Update(ctx, w, &o)
}

// ObservationOf reads an observation for a feed that brings its next revision.
func (room *Room) ObservationOf(ctx context.Context, r db.Reader, org, observation string) (Observation, error) {
	o, err := observations.Get(ctx, r, org, observation)
	return o, absent(err)
}

// OrderOf reads an order for a feed that brings its next revision.
func (room *Room) OrderOf(ctx context.Context, r db.Reader, org, order string) (Order, error) {
	o, err := orders.Get(ctx, r, org, order)
	return o, absent(err)
}

func (o Observation) object() policy.Object {
	return policy.Object{Kind: "Observation", ID: o.ID, Org: o.Org, Patient: o.Patient, Department: o.Department, Sensitivity: o.Sensitivity, CreatedBy: o.Source}
}

func (o Order) object() policy.Object {
	return policy.Object{Kind: "Order", ID: o.ID, Org: o.Org, Patient: o.Patient, Department: o.Department, Sensitivity: o.Sensitivity, CreatedBy: o.Source}
}

// Observed is an observation with what it says.
type Observed struct {
	Observation
	Finding Finding
}

// Ordered is an order with what it says.
type Ordered struct {
	Order
	Instruction Instruction
}

// Observations discloses a page of a patient's observations, newest first, of
// one code or, when code is empty, of all.
func (room *Room) Observations(ctx context.Context, patientID, code, cursor string, limit int) (web.Page[Observed], error) {
	return pageOf(ctx, room, "record.observations", patientID, cursor, limit, sealedRows[Observation, Observed]{
		read: func(ctx context.Context, r db.Reader, org string, after listPlace, n int) ([]Observation, error) {
			if code != "" {
				return observations.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND code = $3 AND (at, id) < ($4, $5) ORDER BY at DESC, id DESC LIMIT $6", org, patientID, code, after.At, after.ID, n)
			}
			return observations.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND (at, id) < ($3, $4) ORDER BY at DESC, id DESC LIMIT $5", org, patientID, after.At, after.ID, n)
		},
		describe: func(o Observation) (policy.Object, listPlace) {
			return o.object(), listPlace{At: o.At.UnixMicro(), ID: o.ID}
		},
		open: func(subject *vault.Subject, o Observation) (Observed, error) {
			out := Observed{Observation: o}
			err := openJSON(subject, vault.Place{Kind: "Observation", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "finding"}, o.Sealed, &out.Finding)
			return out, err
		},
	})
}

// Orders discloses a page of a patient's orders, newest first.
func (room *Room) Orders(ctx context.Context, patientID, cursor string, limit int) (web.Page[Ordered], error) {
	return pageOf(ctx, room, "record.orders", patientID, cursor, limit, sealedRows[Order, Ordered]{
		read: func(ctx context.Context, r db.Reader, org string, after listPlace, n int) ([]Order, error) {
			return orders.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND (at, id) < ($3, $4) ORDER BY at DESC, id DESC LIMIT $5", org, patientID, after.At, after.ID, n)
		},
		describe: func(o Order) (policy.Object, listPlace) {
			return o.object(), listPlace{At: o.At.UnixMicro(), ID: o.ID}
		},
		open: func(subject *vault.Subject, o Order) (Ordered, error) {
			out := Ordered{Order: o}
			err := openJSON(subject, vault.Place{Kind: "Order", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "instruction"}, o.Sealed, &out.Instruction)
			return out, err
		},
	})
}

func openJSON(subject *vault.Subject, at vault.Place, sealed []byte, into any) error {
	plain, err := subject.Open(at, sealed)
	if err != nil {
		return errUnreadable.Because(err)
	}
	if err := json.Unmarshal(plain, into); err != nil {
		return errUnreadable.Because(err)
	}
	return nil
}

// sealedRows is how a page of sealed rows of one kind is made: how they are read
// after a place, what policy must know of each, and how each is opened.
type sealedRows[Row, Out any] struct {
	read     func(ctx context.Context, r db.Reader, org string, after listPlace, n int) ([]Row, error)
	describe func(Row) (policy.Object, listPlace)
	open     func(*vault.Subject, Row) (Out, error)
}

// pageOf discloses a page of sealed rows of one patient, newest first: those
// that the actor may see.
func pageOf[Row, Out any](ctx context.Context, room *Room, verb, patientID, cursor string, limit int, rows sealedRows[Row, Out]) (web.Page[Out], error) {
	var page web.Page[Out]
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err := room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		page = web.Page[Out]{Items: []Out{}}
		known, err := room.patients.Find(ctx, r, r.Actor().Org, patientID)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, known.Object); err != nil {
			return err
		}
		subject, err := room.patients.Subject(ctx, r, known.Object.Org, patientID)
		if err != nil {
			return errUnreadable.Because(err)
		}
		if err := rows.fill(ctx, r, known.Object, subject, after, limit, &page); err != nil {
			return err
		}
		r.Note("shown", strconv.Itoa(len(page.Items)))
		return nil
	})
	return page, err
}

// fill walks back in time until the page is full.
func (rows sealedRows[Row, Out]) fill(ctx context.Context, r *act.Reading, of policy.Object, subject *vault.Subject, after listPlace, limit int, page *web.Page[Out]) error {
	for last := after; ; {
		batch, err := rows.read(ctx, r, of.Org, after, atOnce)
		if err != nil {
			return err
		}
		objects := make([]policy.Object, len(batch))
		for i, row := range batch {
			objects[i], _ = rows.describe(row)
			objects[i].Department = cmp.Or(objects[i].Department, of.Department)
		}
		allowed, err := r.Allowed(ctx, objects)
		if err != nil {
			return err
		}
		for i, row := range batch {
			if !allowed[i] {
				continue
			}
			if len(page.Items) == limit {
				page.Next, err = web.EncodeCursor(last)
				return err
			}
			item, err := rows.open(subject, row)
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
			_, last = rows.describe(row)
		}
		if len(batch) < atOnce {
			return nil
		}
		_, after = rows.describe(batch[len(batch)-1])
	}
}
