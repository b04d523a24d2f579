package patient

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// row is a patient as the store holds him.
type row struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Rev         int       `db:"rev"`
	Sealed      []byte    `db:"sealed"` // Demographics
	RecordBlind string    `db:"record_blind"`
	IDBlind     string    `db:"id_blind"`
	PhoneBlind  string    `db:"phone_blind"`
	Level       int       `db:"level"` // sensitivity of the person: 4 for protected persons
	Staff       string    `db:"staff"` // the person of the staff that he is, or ""
	Source      string    `db:"source"`
	CreatedAt   time.Time `db:"created_at"`
	UpdatedAt   time.Time `db:"updated_at"`
}

var (
	patients   = db.Define[row]("patient_patient")
	encounters = db.Define[Encounter]("patient_encounter")
	relations  = db.Define[Relation]("patient_relation")
)

func byBlind(ctx context.Context, r db.Reader, org, column, blind string) ([]row, error) {
	return patients.Select(ctx, r, "WHERE org = $1 AND "+column+" = $2 ORDER BY id LIMIT 20", org, blind)
}

func encountersOf(ctx context.Context, r db.Reader, org, patient string) ([]Encounter, error) {
	return encounters.Select(ctx, r, "WHERE org = $1 AND patient = $2 ORDER BY since DESC, id DESC", org, patient)
}

func liveRelationsOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Relation, error) {
	return relations.Select(ctx, r, "WHERE org = $1 AND person = $2 AND until > $3", org, person, at.UnixMicro())
}

func teamOf(ctx context.Context, r db.Reader, org, patient string, at time.Time) ([]Relation, error) {
	return relations.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND until > $3 ORDER BY since, id", org, patient, at.UnixMicro())
}

// ids reads one column of ids.
func ids(ctx context.Context, r db.Reader, sql string, args ...any) ([]string, error) {
	rows, err := r.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}
