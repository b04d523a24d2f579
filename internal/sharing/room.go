package sharing

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Patients *patient.Room
	Records  *record.Room
	Duty     *duty.Room
	Outputs  *output.Room
	// Recipients keeps what left, and for whom.
	Recipients *recipient.Room
	Bonds      staff.BondsOf // none: two people are two ids
	// Barring is the register of who is barred. Nil: nobody is.
	Barring staff.Barring
}

// Room holds the cases.
type Room struct {
	desk     *act.Desk
	patients *patient.Room
	records  *record.Room
	duty     *duty.Room
	outputs  *output.Room
	outward  *recipient.Room
	bonds    staff.BondsOf
	barring  staff.Barring
}

// New returns the room.
func New(o Options) *Room {
	room := &Room{desk: o.Door.Desk("sharing"), patients: o.Patients, records: o.Records, duty: o.Duty, outputs: o.Outputs, outward: o.Recipients, bonds: o.Bonds}
	if room.barring = o.Barring; o.Barring == nil {
		room.barring = staff.NobodyBarred{}
	}
	o.Outputs.Recalls(room.recalled)
	return room
}

func workingDays(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.WorkingDays} }

var half = []calendar.Fraction{{N: 1, Of: 2}}

// The tasks that the room opens.
var (
	Handling = duty.Define(duty.Kind{
		ID: "sharing.handling", Name: fault.Text{ZH: "外部调阅办理", EN: "A request from outside"}, Limit: workingDays(5), Remind: half, Escalate: duty.Usual(),
	})
	Confirmation = duty.Define(duty.Kind{
		ID: "sharing.confirmation", Name: fault.Text{ZH: "确认总值班代批的外部调阅", EN: "Confirm an approval of the administrator on duty"}, Limit: workingDays(1), Remind: half,
		Escalate: []duty.Rung{{To: duty.Office, Role: "medical-affairs"}},
	})
	ClaimApproval = duty.Define(duty.Kind{
		ID: "sharing.claim-approval", Name: fault.Text{ZH: "审批医保调阅任务", EN: "Approve a claim task"}, Limit: workingDays(2), Remind: half, Escalate: duty.Usual(),
	})
	Return = duty.Define(duty.Kind{
		ID: "sharing.return", Name: fault.Text{ZH: "外部调阅资料收回或销毁确认", EN: "Return or destruction of what was handed over"}, Limit: workingDays(20), Remind: half, Escalate: duty.Usual(),
	})
)

var (
	cases     = db.Define[Case]("sharing_case")
	steps     = db.Define[Step]("sharing_step", db.AsFinal)
	handovers = db.Define[Handover]("sharing_handover", db.AsFinal)
	returns   = db.Define[Returned]("sharing_return", db.AsFinal)

	maskings = db.Define[Masking]("sharing_masking", db.AsFinal)
	rulings  = db.Define[Ruling]("sharing_ruling", db.AsFinal)
	cuts     = db.Define[Cut]("sharing_cut", db.AsFinal)

	claimTasks   = db.Define[ClaimTask]("sharing_claim_task")
	claims       = db.Define[Claim]("sharing_claim", db.AsFinal)
	claimExports = db.Define[ClaimExport]("sharing_claim_export", db.AsFinal)
)

// Step is one thing that happened to a case. It never changes.
type Step struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	Case   string    `db:"case_id"`
	Kind   string    `db:"kind"` // the second half of the verb
	At     time.Time `db:"at"`
	Person string    `db:"person"`
	Words  []byte    `db:"words"` // sealed
}

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

func recordStep(ctx context.Context, w *act.Work, c Case, kind string, words []byte) error {
	return steps.Insert(ctx, w, &Step{Org: c.Org, ID: id.New(w.Now()), Case: c.ID, Kind: kind, At: w.Now(), Person: w.Actor().ID, Words: words})
}

// step is one step of a case: it is found, permitted, decided upon and saved.
func (room *Room) step(ctx context.Context, verb, caseID, kind string, words []byte, decide func(ctx context.Context, w *act.Work, c *Case) error) (Case, error) {
	var c Case
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		var err error
		if c, err = cases.Get(ctx, w, w.Actor().Org, caseID); err != nil {
			return absent(err)
		}
		ties, err := room.standingIn(ctx, &w.Reading, c)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, c.object(), ties...); err != nil {
			return err
		}
		w.Note("case", c.ID)
		if err := decide(ctx, w, &c); err != nil {
			return err
		}
		if err := recordStep(ctx, w, c, kind, words); err != nil {
			return err
		}
		return cases.Update(ctx, w, &c)
	})
	return c, err
}

// standingIn says whether the actor stands in for the head of the institution: as
// administrator on duty, outside working hours.
func (room *Room) standingIn(ctx context.Context, r *act.Reading, c Case) ([]policy.Tie, error) {
	worked, err := room.worked(ctx, r)
	if err != nil || worked {
		return nil, err
	}
	onDuty, err := duty.AdministratorsOnDuty(ctx, r, c.Org, r.Now())
	for _, person := range onDuty {
		if person == r.Actor().ID {
			return []policy.Tie{{Kind: policy.TieCharge, ID: c.ID, Role: "administrator", Source: "roster", Since: r.Now(), Until: r.Now().Add(time.Minute)}}, err
		}
	}
	return nil, err
}

// worked reports whether this is a moment of working hours.
func (room *Room) worked(ctx context.Context, r *act.Reading) (bool, error) {
	cal, err := room.duty.Calendar(ctx, r, r.Actor().Org)
	if err != nil {
		return false, err
	}
	return cal.WorkingTime(r.Now(), r.Now().Add(time.Minute)) > 0, nil
}

// sealFor seals what is written about a case, before the act that keeps it.
func (room *Room) sealFor(ctx context.Context, patientID string, at vault.Place, text string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	var sealed []byte
	err := room.desk.Look(ctx, func(r db.Reader) error {
		subject, err := room.patients.FindSubject(ctx, r, act.From(ctx).Org, patientID)
		if err != nil {
			return err
		}
		sealed, err = subject.Seal(at, []byte(text))
		return err
	})
	return sealed, err
}
