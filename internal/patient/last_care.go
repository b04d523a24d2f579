package patient

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// LastCare is when a patient was last cared for.
type LastCare struct {
	Patient   string
	Inpatient time.Time // end of the last stay that has ended; zero: there was none
	Visit     time.Time // the last visit that was no stay, or its end; zero: there was none
	Open      bool      // a stay lasts
}

const lastCare = `SELECT patient, COALESCE(MAX(CASE WHEN kind = $2 THEN until END), 0), COALESCE(MAX(CASE WHEN kind <> $2 THEN COALESCE(until, since) END), 0),
	COUNT(CASE WHEN kind = $2 AND until IS NULL THEN 1 END) FROM patient_encounter WHERE org = $1 `

// LastCareOf tells when a patient was last cared for. Nobody of that id, and somebody
// who never came, was cared for never.
func LastCareOf(ctx context.Context, r db.Reader, org, patient string) (LastCare, error) {
	found, err := lastCares(ctx, r, lastCare+"AND patient = $3 GROUP BY patient", org, Inpatient, patient)
	if err != nil || len(found) == 0 {
		return LastCare{Patient: patient}, err
	}
	return found[0], nil
}

// CaredForUntil lists, by id, the patients after one whose last stay ended by a moment and
// whose last visit was by another, and whom no stay keeps here.
func CaredForUntil(ctx context.Context, r db.Reader, org string, stay, visit time.Time, after string, limit int) ([]LastCare, error) {
	return lastCares(ctx, r, lastCare+`AND patient > $3 GROUP BY patient
		HAVING COUNT(CASE WHEN kind = $2 AND until IS NULL THEN 1 END) = 0 AND COALESCE(MAX(CASE WHEN kind = $2 THEN until END), 0) <= $4
		AND COALESCE(MAX(CASE WHEN kind <> $2 THEN COALESCE(until, since) END), 0) <= $5 ORDER BY patient LIMIT $6`,
		org, Inpatient, after, stay.UnixMicro(), visit.UnixMicro(), int64(limit))
}

func lastCares(ctx context.Context, r db.Reader, sql string, args ...any) (found []LastCare, err error) {
	rows, err := r.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c LastCare
		var stay, visit, open int64
		if err := rows.Scan(&c.Patient, &stay, &visit, &open); err != nil {
			return nil, err
		}
		c.Inpatient, c.Visit, c.Open = moment(stay), moment(visit), open > 0
		found = append(found, c)
	}
	return found, rows.Err()
}

func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// Erase destroys a patient's data key as a part of an act that has been permitted, and with
// it everything that is sealed under it, and takes him out of every index. What stays is
// that somebody of this id was cared for, where and when.
func (room *Room) Erase(ctx context.Context, w *act.Work, org, patient string) error {
	p, err := patients.Get(ctx, w, org, patient)
	if err != nil {
		return absent(err)
	}
	p.RecordBlind, p.IDBlind, p.PhoneBlind = "", "", ""
	p.Rev++
	p.UpdatedAt, p.Erased = w.Now(), w.Now()
	if err := patients.Update(ctx, w, &p); err != nil {
		return err
	}
	err = room.vault.DestroySubject(ctx, w, org, patient)
	if errors.Is(err, vault.KeyDestroyed) {
		return nil
	}
	return err
}

// EachWithoutKey calls look with every patient whose data key is no more, however that came.
func EachWithoutKey(ctx context.Context, r db.Reader, look func(org, patient string) error) error {
	rows, err := r.Query(ctx, "SELECT p.org, p.id FROM patient_patient p WHERE NOT EXISTS (SELECT 1 FROM vault_key k WHERE k.org = p.org AND k.subject = p.id) ORDER BY p.org, p.id")
	if err != nil {
		return err
	}
	var gone [][2]string
	for rows.Next() {
		var one [2]string
		if err := rows.Scan(&one[0], &one[1]); err != nil {
			rows.Close()
			return err
		}
		gone = append(gone, one)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return err
	}
	for _, one := range gone {
		if err := look(one[0], one[1]); err != nil {
			return err
		}
	}
	return nil
}
