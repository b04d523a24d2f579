package patient

import (
	"context"
	"slices"
	"strconv"
	"strings"
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
	Erased      time.Time `db:"erased"` // when what is sealed of him was destroyed by law; zero: it is kept
}

var (
	patients   = db.Define[row]("patient_patient")
	encounters = db.Define[Encounter]("patient_encounter")
	relations  = db.Define[Relation]("patient_relation")
	words      = db.Define[word]("patient_word")

	requisitions = db.Define[Requisition]("patient_requisition")
	performers   = db.Define[Performer]("patient_performer")
	worklists    = db.Define[Item]("patient_worklist")
)

func byBlind(ctx context.Context, r db.Reader, org, column, blind string) ([]row, error) {
	return patients.Select(ctx, r, "WHERE org = $1 AND "+column+" = $2 ORDER BY id LIMIT 20", org, blind)
}

func encountersOf(ctx context.Context, r db.Reader, org, patient string) (stays []Encounter, err error) {
	var given []word
	err = r.Together(ctx,
		func() (err error) {
			stays, err = encounters.Select(ctx, r, "WHERE org = $1 AND patient = $2 ORDER BY since DESC, id DESC", org, patient)
			return err
		},
		func() (err error) {
			given, err = words.Select(ctx, r, "WHERE org = $1 AND patient = $2", org, patient)
			return err
		},
	)
	mark(stays, given)
	return stays, err
}

// liveRelationsOf reads the relations of a person to all patients, or to one.
func liveRelationsOf(ctx context.Context, r db.Reader, org, person string, patientIDs []string, at time.Time) ([]Relation, error) {
	if len(patientIDs) == 1 {
		return relations.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND until > $3 AND person = $4", org, patientIDs[0], at.UnixMicro(), person)
	}
	return relations.Select(ctx, r, "WHERE org = $1 AND person = $2 AND until > $3", org, person, at.UnixMicro())
}

func teamOf(ctx context.Context, r db.Reader, org, patient string, at time.Time) ([]Relation, error) {
	return relations.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND until > $3 ORDER BY since, id", org, patient, at.UnixMicro())
}

// callsOf reads with which kind of requisition relations came, by their ids.
func callsOf(ctx context.Context, r db.Reader, org string, team []Relation) (map[string]string, error) {
	came := slices.DeleteFunc(slices.Clone(team), func(relation Relation) bool { return relation.Source != fromRequisition })
	if len(came) == 0 {
		return nil, nil
	}
	rows, err := r.Query(ctx, `SELECT p.relation, q.kind FROM patient_requisition q JOIN patient_performer p ON p.org = q.org AND p.requisition = q.id
		WHERE q.org = $1 AND q.patient = $2`, org, came[0].Patient)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	calls := map[string]string{}
	for rows.Next() {
		var relation, kind string
		if err := rows.Scan(&relation, &kind); err != nil {
			return nil, err
		}
		calls[relation] = kind
	}
	return calls, rows.Err()
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

// amongWhom returns which of some patients a person of the staff is. It goes by
// their keys: nothing else of a patient tells who he is without reading all.
func amongWhom(ctx context.Context, r db.Reader, org, person string, patientIDs []string) ([]string, error) {
	var all []string
	for some := range slices.Chunk(patientIDs, idsAtOnce) {
		where, args := among("id", org, some)
		found, err := ids(ctx, r, "SELECT id FROM patient_patient "+where+" AND staff = $"+strconv.Itoa(len(args)+1), append(args, person)...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// change is that a patient was registered or changed.
type change struct {
	at  time.Time
	id  string
	rev int
}

// changesAfter reads what became of patients after a change, in its order.
func changesAfter(ctx context.Context, r db.Reader, org string, after change, limit int) ([]change, error) {
	rows, err := r.Query(ctx, "SELECT updated_at, id, rev FROM patient_patient WHERE org = $1 AND (updated_at, id) > ($2, $3) ORDER BY updated_at, id LIMIT $4",
		org, after.at.UnixMicro(), after.id, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []change
	for rows.Next() {
		var c change
		var at, rev int64
		if err := rows.Scan(&at, &c.id, &rev); err != nil {
			return nil, err
		}
		c.at, c.rev = time.UnixMicro(at).UTC(), int(rev)
		all = append(all, c)
	}
	return all, rows.Err()
}

// idsAtOnce is how many ids one question asks for. Shorter lists repeat their last id
// up to the next of listLengths, so that an engine meets few statements and prepares
// each once, and nobody who asks about one patient pays for a hundred.
const idsAtOnce = 100

var listLengths = []int{1, 8, 30, idsAtOnce}

// among is the condition that a column of the organisation's rows is one of at most
// idsAtOnce values.
func among(column, org string, some []string) (string, []any) {
	length := listLengths[slices.IndexFunc(listLengths, func(n int) bool { return n >= len(some) })]
	places, args := make([]string, length), []any{org}
	for i := range length {
		places[i] = "$" + strconv.Itoa(i+2)
		args = append(args, some[min(i, len(some)-1)])
	}
	return "WHERE org = $1 AND " + column + " IN (" + strings.Join(places, ", ") + ")", args
}

// byIDs reads patients, in no order.
func byIDs(ctx context.Context, r db.Reader, org string, wanted []string) ([]row, error) {
	var found []row
	for some := range slices.Chunk(wanted, idsAtOnce) {
		where, args := among("id", org, some)
		rows, err := patients.Select(ctx, r, where, args...)
		if err != nil {
			return nil, err
		}
		found = append(found, rows...)
	}
	return found, nil
}

// encountersOfAll reads the encounters of patients, the newest of each first.
func encountersOfAll(ctx context.Context, r db.Reader, org string, patientIDs []string) (map[string][]Encounter, error) {
	stays := map[string][]Encounter{}
	for some := range slices.Chunk(patientIDs, idsAtOnce) {
		where, args := among("patient", org, some)
		all, err := encounters.Select(ctx, r, where+" ORDER BY since DESC, id DESC", args...)
		if err != nil {
			return nil, err
		}
		given, err := words.Select(ctx, r, where, args...)
		if err != nil {
			return nil, err
		}
		mark(all, given)
		for _, e := range all {
			stays[e.Patient] = append(stays[e.Patient], e)
		}
	}
	return stays, nil
}

// relationsOf reads the live relations that came with an encounter.
func relationsOf(ctx context.Context, r db.Reader, e Encounter, at time.Time) ([]Relation, error) {
	team, err := teamOf(ctx, r, e.Org, e.Patient, at)
	return slices.DeleteFunc(team, func(relation Relation) bool { return relation.Encounter != e.ID || relation.hasItsEnd() }), err
}
