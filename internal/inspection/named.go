package inspection

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// named finds what was named: by its number, as people read it from paper, or by its
// id, as other pages lead here.
func (room *Room) named(ctx context.Context, r db.Reader, org string, in Wanted) (string, error) {
	var found string
	var err error
	switch in.Kind {
	case Patient:
		found, err = room.namedPatient(ctx, r, org, in.Subject)
	case Person:
		found, err = namedPerson(ctx, r, org, in.Subject)
	case Leaver:
		found, err = namedLeaver(ctx, r, org, in.Subject)
	case Sealed:
		found, err = room.namedSeal(ctx, r, org, in.Subject)
	case Glass:
		found, err = room.namedGlass(ctx, r, org, in.Subject)
	case Granted:
		found, err = namedGrant(ctx, r, org, in.Subject)
	}
	if err == nil && found == "" {
		err = errInput.With().At("subject", fault.Text{ZH: "没有找到，请核对病案号、工号或编号", EN: "nothing is found; check the record number, staff number or id"})
	}
	return found, err
}

func (room *Room) namedPatient(ctx context.Context, r db.Reader, org, subject string) (string, error) {
	same, err := room.patients.Same(ctx, r, org, patient.Demographics{RecordNumber: subject})
	if err != nil || len(same) > 0 {
		return first(same), err
	}
	return one(ctx, r, "SELECT id FROM patient_patient WHERE org = $1 AND id = $2", org, subject)
}

func namedPerson(ctx context.Context, r db.Reader, org, subject string) (string, error) {
	p, err := staff.FindByNumber(ctx, r, org, subject)
	if !errors.Is(err, staff.ErrNoPerson) {
		return p.ID, err
	}
	return one(ctx, r, "SELECT id FROM staff_person WHERE org = $1 AND id = $2", org, subject)
}

func namedLeaver(ctx context.Context, r db.Reader, org, subject string) (string, error) {
	person, err := namedPerson(ctx, r, org, subject)
	if err != nil {
		return "", err
	}
	return one(ctx, r, "SELECT id FROM staff_departure WHERE org = $1 AND (id = $2 OR person = $3) ORDER BY at DESC, id DESC LIMIT 1", org, subject, person)
}

func (room *Room) namedSeal(ctx context.Context, r db.Reader, org, subject string) (string, error) {
	patientID, err := room.namedPatient(ctx, r, org, subject)
	if err != nil {
		return "", err
	}
	return one(ctx, r, "SELECT id FROM access_seal WHERE org = $1 AND (id = $2 OR patient = $3) ORDER BY since DESC, id DESC LIMIT 1", org, subject, patientID)
}

// namedGlass finds a break-glass by its id, or the newest at a patient.
func (room *Room) namedGlass(ctx context.Context, r db.Reader, org, subject string) (string, error) {
	patientID, err := room.namedPatient(ctx, r, org, subject)
	if err != nil {
		return "", err
	}
	return one(ctx, r, "SELECT id FROM access_reason WHERE org = $1 AND kind = $2 AND (id = $3 OR patient = $4) ORDER BY since DESC, id DESC LIMIT 1", org, policy.TieGlass, subject, patientID)
}

// namedGrant finds a grant by its id, or the newest of a person.
func namedGrant(ctx context.Context, r db.Reader, org, subject string) (string, error) {
	person, err := namedPerson(ctx, r, org, subject)
	if err != nil {
		return "", err
	}
	return one(ctx, r, "SELECT id FROM access_grant WHERE org = $1 AND (id = $2 OR person = $3) ORDER BY since DESC, id DESC LIMIT 1", org, subject, person)
}

// one asks for one id; none is empty.
func one(ctx context.Context, r db.Reader, question string, args ...any) (string, error) {
	found, err := db.Several(ctx, r, func(row db.Rows, id *string) error { return row.Scan(id) }, question, args...)
	return first(found), err
}

func first(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}
