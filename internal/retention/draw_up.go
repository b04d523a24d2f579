package retention

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// DrawingUp asks for a list of records to be destroyed.
type DrawingUp struct {
	Title    string
	Patients []string // none: as many as are due and fit
	Words    string   // why
}

// DrawUp lists records whose term is over. Of those that are named, each that must be kept
// is refused with the reason and, where its term runs, the day on which it ends; nothing is
// listed then.
func (room *Room) DrawUp(ctx context.Context, in DrawingUp) (Destruction, error) {
	if err := room.desk.Begin(ctx, "retention.draw-up"); err != nil {
		return Destruction{}, err
	}
	err := errors.Join(mayName("title", in.Title, 100), mustSay("words", in.Words))
	if err == nil && len(in.Patients) > MaxItems {
		err = errInput.With().At("patients", text(fmt.Sprintf("一份清单最多 %d 份病历", MaxItems), fmt.Sprintf("a list has at most %d records", MaxItems)))
	}
	if err != nil {
		return Destruction{}, err
	}
	d := Destruction{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Title: in.Title, State: Drawn}
	key, err := room.vault.NewSubject(d.Org, d.ID)
	if err != nil {
		return d, err
	}
	listed, err := room.stubs(ctx, d, key, in.Patients)
	if err != nil {
		return d, err
	}
	s := said{id: id.New(room.desk.Now())}
	if s.words, err = key.Seal(stepPlace(s.id), []byte(in.Words)); err != nil {
		return d, err
	}
	err = room.desk.Do(ctx, "retention.draw-up", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(d.Org)); err != nil {
			return err
		}
		if err := key.Save(ctx, w); err != nil {
			return err
		}
		if err := enter(ctx, w, d, listed); err != nil {
			return err
		}
		d.DrawnBy, d.Drawn, d.Items, d.Rev = w.Actor().ID, w.Now(), len(listed), 1
		w.Note("items", fmt.Sprint(len(listed)))
		first := Step{Org: d.Org, ID: s.id, List: d.ID, Kind: StepDrawUp, Person: d.DrawnBy, At: d.Drawn, Words: s.words}
		if err := steps.Insert(ctx, w, &first); err != nil {
			return err
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Appraisal, To: duty.To{Role: "quality"}, Subject: d.ID}); err != nil {
			return err
		}
		return destructions.Insert(ctx, w, &d)
	})
	return d, err
}

// enter lists records, each after whatever keeps it was asked once more.
func enter(ctx context.Context, w *act.Work, d Destruction, listed []Item) error {
	for i, item := range listed {
		_, kept, err := keeps(ctx, w, d.Org, item.Patient, w.Now())
		if err != nil {
			return err
		}
		if kept != "" {
			return errInput.With().At(fmt.Sprintf("patients[%d]", i), sayKept(kept, Term{}))
		}
		w.Concerns(policy.Object{Kind: "Patient", ID: item.Patient, Org: d.Org, Patient: item.Patient})
		item.At = w.Now()
		if err := items.Insert(ctx, w, &item); err != nil {
			return err
		}
	}
	return nil
}

// stubs are the records of a list with what stays of them. Nobody named: the first that are
// due.
func (room *Room) stubs(ctx context.Context, d Destruction, key *vault.Subject, named []string) (listed []Item, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		listed = nil
		if len(named) == 0 {
			return room.eachDue(ctx, r, d.Org, "", func(item Item) (more bool, err error) {
				item, err = room.stub(ctx, r, d, key, item)
				if errors.Is(err, vault.KeyDestroyed) {
					return true, nil
				}
				listed = append(listed, item)
				return len(listed) < MaxItems, err
			})
		}
		e := errInput.With()
		for i, one := range named {
			item, kept, err := keeps(ctx, r, d.Org, one, room.desk.Now())
			if err != nil {
				return err
			}
			if kept != "" || slices.Contains(named[:i], one) {
				e.At(fmt.Sprintf("patients[%d]", i), sayKept(kept, Term{Ends: item.TermEnded, Class: item.Class}))
				continue
			}
			if item, err = room.stub(ctx, r, d, key, item); err != nil {
				return err
			}
			listed = append(listed, item)
		}
		return e.OrNil()
	})
	if err == nil && len(listed) == 0 {
		err = errNothing.With()
	}
	return listed, err
}

func (room *Room) stub(ctx context.Context, r db.Reader, d Destruction, key *vault.Subject, item Item) (Item, error) {
	facts, err := room.patients.FactsOf(ctx, r, d.Org, item.Patient)
	if err != nil {
		return item, err
	}
	called, err := room.patients.Called(ctx, r, d.Org, []string{item.Patient})
	if err != nil {
		return item, err
	}
	held, err := record.HoldingsOf(ctx, r, d.Org, item.Patient)
	if err != nil {
		return item, err
	}
	plain, err := json.Marshal(Stub{RecordNumber: facts.Demographics.RecordNumber, Name: called[item.Patient]})
	if err != nil {
		return item, err
	}
	item.Org, item.List, item.State, item.Documents, item.Digest = d.Org, d.ID, ItemListed, held.Documents, held.Digest
	item.Stub, err = key.Seal(stubPlace(d.ID, item.Patient), plain)
	return item, err
}

// eachDue calls with the records that may be listed now, by patient, until that says
// enough.
func (room *Room) eachDue(ctx context.Context, r db.Reader, org, after string, do func(Item) (more bool, err error)) error {
	const atOnce = 200
	now := room.desk.Now()
	stay, visit := longAgo(now)
	for {
		page, err := patient.CaredForUntil(ctx, r, org, stay, visit, after, atOnce)
		if err != nil {
			return err
		}
		for _, c := range page {
			after = c.Patient
			item, kept, err := keeps(ctx, r, org, c.Patient, now)
			if err != nil {
				return err
			}
			if kept != "" {
				continue
			}
			if more, err := do(item); err != nil || !more {
				return err
			}
		}
		if len(page) < atOnce {
			return nil
		}
	}
}

// Reasons beyond those of an item for which a record is not listed.
const (
	keptByList = "list" // it is on a list already, or was destroyed by one
)

// keeps says what keeps a patient's record, "" for nothing, and how it would be listed.
func keeps(ctx context.Context, r db.Reader, org, one string, now time.Time) (item Item, kept string, err error) {
	item, kept, err = keepsOff(ctx, r, org, one, now)
	if err != nil || kept != "" {
		return item, kept, err
	}
	_, listed, err := listedAlready(ctx, r, org, one)
	if listed {
		kept = keptByList
	}
	return item, kept, err
}

// keepsOff is what keeps a record, whatever list it is on.
func keepsOff(ctx context.Context, r db.Reader, org, one string, now time.Time) (item Item, kept string, err error) {
	care, err := patient.LastCareOf(ctx, r, org, one)
	if err != nil {
		return item, "", err
	}
	term := TermOf(care)
	item = Item{Org: org, Patient: one, Class: term.Class, LastStay: care.Inpatient, LastVisit: care.Visit, TermEnded: term.Ends}
	if !term.Over(now) {
		return item, KeptByTerm, nil
	}
	_, held, err := holding(ctx, r, org, one, now)
	if err != nil || held {
		return item, KeptByHold, err
	}
	sealed, err := access.UnderSeal(ctx, r, org, one)
	if err == nil && !sealed {
		sealed, err = record.AnySealed(ctx, r, org, one)
	}
	if sealed {
		kept = KeptBySeal
	}
	return item, kept, err
}

func sayKept(kept string, t Term) fault.Text {
	switch kept {
	case KeptByTerm:
		if t.Ends.IsZero() {
			return text("患者在院或从未就诊，不能列入", "the patient is here, or never came")
		}
		day := t.Ends.In(calendar.Zone).Format("2006-01-02")
		return text("保存期未满，自 "+day+" 起方可列入", "its term has not ended; it may be listed from "+day+" on")
	case KeptByHold:
		return text("已被保全，解除后方可列入", "it is on hold")
	case KeptBySeal:
		return text("处于封存中，启封后方可列入", "it is under seal")
	}
	return text("已在一份清单中，或已销毁", "it is on a list already, or was destroyed")
}
