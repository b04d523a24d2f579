package consent

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/patient"
)

// In which way a patient authorised that his history of other institutions is read.
const (
	BySignature = "signature" // on the screen
	ByPaper     = "paper"     // scanned
	ByCode      = "code"      // that was sent to his telephone
)

// Authorisation binds a consent to read the history of other institutions to one
// encounter (C-069): it opens nothing any more once that has ended. Its row is keyed.
type Authorisation struct {
	Org       string    `db:"org,key"`
	Consent   string    `db:"consent,key"`
	Patient   string    `db:"patient"`
	Encounter string    `db:"encounter"`
	Way       string    `db:"way"`
	At        time.Time `db:"at"`
	MAC       []byte    `db:"mac"`
}

var authorisations = db.Define[Authorisation]("consent_authorisation", db.AsFinal)

func (s Scope) forHistory() bool { return slices.Contains(s.Purposes, History) }

// bind ties a consent to the encounter for which it was given, where its scope asks for
// that.
func (room *Room) bind(ctx context.Context, w *act.Work, rec Record, encounter, way string) error {
	if !rec.Scope.forHistory() || rec.Decision != Given {
		return nil
	}
	known, err := room.patients.Find(ctx, w, rec.Org, rec.Patient)
	if err != nil {
		return err
	}
	if !lasts(known, encounter) {
		return errInput.With().At("encounter", fault.Text{ZH: "请选择进行中的就诊；授权只对本次就诊有效", EN: "choose an encounter that lasts: the authorisation is for that one only"})
	}
	w.Note("encounter", encounter)
	w.Note("way", way)
	return authorisations.Insert(ctx, w, &Authorisation{Org: rec.Org, Consent: rec.ID, Patient: rec.Patient, Encounter: encounter, Way: way, At: w.Now()})
}

func lasts(known patient.Known, encounter string) bool {
	return slices.ContainsFunc(known.Encounters, func(e patient.Encounter) bool { return e.ID == encounter && e.Open() })
}

// wayOf is how a consent that is recorded by hand was given.
func wayOf(form string) string {
	if form == Electronic {
		return BySignature
	}
	return ByPaper
}

// Opened answers, by patient, the id of a consent by which what came from other
// institutions may be read now: in force, signed, and given for an encounter that lasts.
func (room *Room) Opened(ctx context.Context, r db.Reader, org string, patients []string, at time.Time) (map[string]string, error) {
	given, err := standing(ctx, r, org, patients, at)
	if err != nil {
		return nil, err
	}
	opened := map[string]string{}
	for _, g := range given {
		if !g.SignedFor(History, at) {
			continue
		}
		a, err := authorisations.Get(ctx, r, org, g.ID)
		if err != nil {
			return nil, err
		}
		known, err := room.patients.Find(ctx, r, org, g.Patient)
		if err != nil {
			return nil, err
		}
		if a.Patient == g.Patient && lasts(known, a.Encounter) {
			opened[g.Patient] = g.ID
		}
	}
	return opened, nil
}
