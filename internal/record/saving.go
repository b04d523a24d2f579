package record

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// On what something that needs written consent was saved.
const (
	SavedByConsent   = "consent"
	SavedByEmergency = "emergency" // the consent follows
	SavedByImport    = "import"    // it came so; what was imported is never lost
)

// Saving is one version that was saved with a sensitive history that needs the patient's
// written consent (B-016). Of which kind it tells is nowhere here. Its row is keyed.
type Saving struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Patient   string    `db:"patient"`
	Document  string    `db:"document"`
	Number    int       `db:"number"` // of the version
	Person    string    `db:"person"` // who wrote it, or the feed
	Cause     string    `db:"cause"`
	Choice    string    `db:"choice"`  // of an emergency
	Words     []byte    `db:"words"`   // of an emergency, sealed
	Consent   string    `db:"consent"` // on which it rests, at once or afterwards
	At        time.Time `db:"at"`
	Deadline  time.Time `db:"deadline"`  // of the consent that follows
	Completed time.Time `db:"completed"` // when it rested on a consent
	MAC       []byte    `db:"mac"`
}

var savings = db.Define[Saving]("record_saving")

// Exception says why a sensitive history is saved before the patient has agreed.
type Exception struct {
	Choice string
	Words  string
}

// Exceptions are the reasons that may be chosen.
var Exceptions = []string{"rescue", "incapable", "reporting", "other"}

func (x *Exception) check(e *fault.Error) {
	if x == nil {
		return
	}
	if !slices.Contains(Exceptions, x.Choice) {
		e.At("emergency.choice", text("请从紧急情形中选择", "choose one of the emergencies"))
	}
	e.MustSay("emergency.words", x.Words, maxReason)
}

// ConsentDue asks the writer for the written consent that was not there when he saved.
var ConsentDue = duty.Define(duty.Kind{
	ID: "record.consent-due", Name: fault.Text{ZH: "补签敏感信息书面同意", EN: "Obtain the written consent to sensitive information that was saved"},
	Limit: calendar.Limit{N: 3, Unit: calendar.WorkingDays}, Remind: []calendar.Fraction{{N: 1, Of: 2}},
	Escalate: []duty.Rung{{To: duty.Head}, {To: duty.Office, Role: "medical-affairs", After: calendar.Limit{N: 1, Unit: calendar.WorkingDays}}},
})

// preparedSaving is what is known of a saving before its act begins.
type preparedSaving struct {
	Saving
	kinds []SensitiveKind
}

func prepareSaving(subject *vault.Subject, d Document, v Version, kinds []SensitiveKind, x *Exception) (*preparedSaving, error) {
	if len(kinds) == 0 {
		return nil, nil
	}
	s := &preparedSaving{Saving: Saving{Org: d.Org, ID: id.New(v.At), Patient: d.Patient, Document: d.ID, Number: v.Number, Person: v.Author}, kinds: kinds}
	if x == nil {
		return s, nil
	}
	s.Choice = x.Choice
	var err error
	s.Words, err = subject.Seal(savingPlace(s.Saving), []byte(strings.TrimSpace(x.Words)))
	return s, err
}

func savingPlace(s Saving) vault.Place {
	return vault.Place{Kind: "Document", Object: s.Document, Version: s.ID, Field: "emergency"}
}

func openSavingsOf(ctx context.Context, r db.Reader, org, patient string) ([]Saving, error) {
	return savings.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND completed IS NULL ORDER BY id", org, patient)
}

func savingsPage(ctx context.Context, r db.Reader, org string, open bool, after listPlace, n int) ([]Saving, error) {
	only := ""
	if open {
		only = "completed IS NULL AND "
	}
	return savings.Select(ctx, r, "WHERE "+only+"org = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4", org, after.At, after.ID, int64(n))
}
