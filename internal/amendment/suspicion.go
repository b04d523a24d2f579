package amendment

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
)

// What cannot be so (B-021).
const (
	BeforeAdmission = "before-admission" // it tells of a time before the encounter began
	AfterDeath      = "after-death"      // it tells of a time after the record of death
	OffDuty         = "off-duty"         // its author stands on a roster and was not on duty
	Identical       = "identical"        // another document of the patient says exactly the same
)

// deathRecord is the kind of WS/T 500 that says when a patient died.
const deathRecord = "C0050"

// afterDeath are kinds that are rightly written afterwards: the discussion of a death, and
// what is written about the whole stay.
var afterDeath = []string{deathRecord, "C0036", "C0051", "C0053"}

// States of a suspicion.
const (
	Suspect   = "open"
	Cleared   = "cleared"   // it is so, and why
	Confirmed = "confirmed" // it was made up or altered; what follows is for people to do
)

// Suspicion is an entry that cannot be so, as a rule found it. A person says what it is.
type Suspicion struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Rule       string    `db:"rule"`
	Document   string    `db:"document"`
	Number     int       `db:"number"` // of the version
	Patient    string    `db:"patient"`
	Title      string    `db:"title"`
	Department string    `db:"department"`
	Writer     string    `db:"writer"`
	Other      string    `db:"other"` // the document that says the same
	Found      time.Time `db:"found"`
	State      string    `db:"state"`
	Settled    time.Time `db:"settled"`
	SettledBy  string    `db:"settled_by"`
	Reason     []byte    `db:"reason"` // sealed
}

func (s Suspicion) object() policy.Object {
	return policy.Object{Kind: "Amendment", ID: s.ID, Org: s.Org, Patient: s.Patient, Department: s.Department, Concerns: s.Writer}
}

// Scan is one look of a detector. It never changes.
type Scan struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Kind     string    `db:"kind"`
	Reached  time.Time `db:"reached"` // up to which version it looked
	Examined int       `db:"examined"`
	Found    int       `db:"found"`
	At       time.Time `db:"at"`
}

// Kinds of scan.
const (
	OfEntries  = "entries"
	OfVersions = "versions"
)

const (
	scanned = 200
	// scanEvery is after how long a scan is written down although nothing was new.
	scanEvery = 24 * time.Hour
)

// lastScan is the newest of a kind.
func lastScan(ctx context.Context, r db.Reader, org, kind string) (Scan, error) {
	found, err := scans.Select(ctx, r, "WHERE org = $1 AND kind = $2 ORDER BY at DESC, id DESC LIMIT 1", org, kind)
	if err != nil || len(found) == 0 {
		return Scan{}, err
	}
	return found[0], nil
}

// implausible says by which rules of time an entry cannot be so.
func (e entry) implausible() []string {
	var rules []string
	if !e.since.IsZero() && e.at.Before(e.since.Add(-grace)) {
		rules = append(rules, BeforeAdmission)
	}
	if !e.died.IsZero() && e.at.After(e.died.Add(grace)) && !slices.Contains(afterDeath, e.form) {
		rules = append(rules, AfterDeath)
	}
	return rules
}

// grace is how far two clocks of a hospital may differ, and how long an emergency is
// written up before its admission is entered.
const grace = 2 * time.Hour

// detect looks through what was written since the last look.
func (room *Room) detect(ctx context.Context) error {
	now := room.desk.Now()
	next := Scan{Org: room.o.Org, ID: id.New(now), Kind: OfEntries, At: now}
	var found []Suspicion
	err := room.desk.Look(ctx, func(r db.Reader) error {
		last, err := lastScan(ctx, r, room.o.Org, OfEntries)
		if err != nil {
			return err
		}
		next.Reached = last.Reached
		fresh, err := entriesSince(ctx, r, room.o.Org, last.Reached, scanned)
		if err != nil || len(fresh) == 0 && now.Sub(last.At) < scanEvery {
			return err
		}
		next.Examined = len(fresh)
		for _, e := range fresh {
			next.Reached = e.written
			s, err := suspect(ctx, r, room.o.Org, e)
			if err != nil {
				return err
			}
			found = append(found, s...)
		}
		next.Found = len(found)
		return nil
	})
	if err != nil || next.Examined == 0 && !room.scanDue(ctx, OfEntries) {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		for _, s := range found {
			if err := room.suspectIn(ctx, w, s); err != nil {
				return err
			}
		}
		return scans.Insert(ctx, w, &next)
	})
}

// scanDue reports whether a look must be written down for its time alone.
func (room *Room) scanDue(ctx context.Context, kind string) (due bool) {
	err := room.desk.Look(ctx, func(r db.Reader) error {
		last, err := lastScan(ctx, r, room.o.Org, kind)
		due = room.desk.Now().Sub(last.At) >= scanEvery
		return err
	})
	return err == nil && due
}

func suspect(ctx context.Context, r db.Reader, org string, e entry) ([]Suspicion, error) {
	var found []Suspicion
	add := func(rule, other string) {
		found = append(found, Suspicion{
			Org: org, Rule: rule, Document: e.document, Number: e.number, Patient: e.patient, Title: e.title, Department: e.department, Writer: e.author, Other: other, State: Suspect,
		})
	}
	for _, rule := range e.implausible() {
		add(rule, "")
	}
	if e.source != "" {
		return found, nil
	}
	stands, on, err := rostered(ctx, r, org, e.author, e.written)
	if err != nil {
		return nil, err
	}
	if stands && !on {
		add(OffDuty, "")
	}
	twin, err := twinOf(ctx, r, org, e)
	if twin != "" {
		add(Identical, twin)
	}
	return found, err
}

// suspectIn writes a suspicion down and opens its review, once.
func (room *Room) suspectIn(ctx context.Context, w *act.Work, s Suspicion) error {
	before, err := suspicions.Select(ctx, w, "WHERE org = $1 AND rule = $2 AND document = $3 AND number = $4", s.Org, s.Rule, s.Document, int64(s.Number))
	if err != nil || len(before) > 0 {
		return err
	}
	s.ID, s.Found = id.New(w.Now()), w.Now()
	if _, err := room.o.Duty.OpenIn(ctx, w, duty.Opening{Kind: Suspected, To: duty.To{Role: "quality"}, Subject: s.ID, Patient: s.Patient}); err != nil {
		return err
	}
	return suspicions.Insert(ctx, w, &s)
}

// Review says of a suspicion what it is, with the reason.
func (room *Room) Review(ctx context.Context, suspicion, state, words string) (Suspicion, error) {
	if err := room.desk.Begin(ctx, "amendment.review"); err != nil {
		return Suspicion{}, err
	}
	e := errInput.With()
	if state != Cleared && state != Confirmed {
		e.At("state", fault.Text{ZH: "应为 cleared 或 confirmed", EN: "cleared or confirmed"})
	}
	e.MustSay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return Suspicion{}, err
	}
	var s Suspicion
	var sealed []byte
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if s, err = suspicions.Get(ctx, r, act.From(ctx).Org, suspicion); err != nil {
			return absent(err)
		}
		subject, err := room.o.Patients.FindSubject(ctx, r, s.Org, s.Patient)
		if err != nil {
			return err
		}
		sealed, err = subject.Seal(complaintPlace(s.ID, "reason"), []byte(strings.TrimSpace(words)))
		return err
	})
	if err != nil {
		return Suspicion{}, room.desk.Missing(ctx, "amendment.review", err)
	}
	err = room.desk.Do(ctx, "amendment.review", func(ctx context.Context, w *act.Work) (err error) {
		if s, err = suspicions.Get(ctx, w, w.Actor().Org, suspicion); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, s.object()); err != nil {
			return err
		}
		if s.State != Suspect {
			return errSettled.With()
		}
		w.Note("suspicion", s.ID)
		w.Note("state", state)
		s.State, s.Reason, s.Settled, s.SettledBy = state, sealed, w.Now(), w.Actor().ID
		if err := room.o.Duty.DoneIn(ctx, w, Suspected, s.ID); err != nil {
			return err
		}
		return suspicions.Update(ctx, w, &s)
	})
	return s, err
}

// compareVersions holds some of the newest versions, and over time all of them, against
// the digests under which they were signed (B-021, D-040).
func (room *Room) compareVersions(ctx context.Context) error {
	if !room.scanDue(ctx, OfVersions) {
		return nil
	}
	now := room.desk.Now()
	next := Scan{Org: room.o.Org, ID: id.New(now), Kind: OfVersions, At: now, Reached: now}
	var broken []string
	err := room.desk.Look(ctx, func(r db.Reader) error {
		document, number := "", 0
		for {
			batch, err := room.o.Records.CompareAfter(ctx, r, room.o.Org, document, number, scanned)
			if err != nil || len(batch) == 0 {
				return err
			}
			for _, c := range batch {
				next.Examined++
				if !c.Same {
					broken = append(broken, c.Document)
				}
			}
			document, number = batch[len(batch)-1].Document, batch[len(batch)-1].Number
			if next.Examined >= mostCompared {
				return nil
			}
		}
	})
	if err != nil {
		return err
	}
	next.Found = len(broken)
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		for _, d := range broken[:min(len(broken), atOnce)] {
			open, err := duty.OpenAbout(ctx, w, room.o.Org, Mismatched, d)
			if err == nil && len(open) == 0 {
				_, err = room.o.Duty.OpenIn(ctx, w, duty.Opening{Kind: Mismatched, To: duty.To{Role: "security-administrator"}, Subject: d, Urgent: true})
			}
			if err != nil {
				return err
			}
		}
		return errors.Join(scans.Insert(ctx, w, &next))
	})
}

// mostCompared bounds the versions of one look.
const mostCompared = 20_000
