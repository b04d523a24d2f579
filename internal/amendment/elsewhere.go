package amendment

import (
	"context"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// What follows reads rows of other rooms: their lists show what somebody may open now, and
// whoever has a document is asked of what is over too. It dates and names who has it, and
// what is read so gives nothing.

// held is a document that something which left holds.
type held []struct {
	Document string `json:"document"`
	Version  int    `json:"version"`
}

func (s held) version(document string) (int, bool) {
	for _, one := range s {
		if one.Document == document {
			return one.Version, true
		}
	}
	return 0, false
}

// issuesOf reads who printed, exported or quoted a document; what was made for a request
// from outside stands with its case.
func issuesOf(ctx context.Context, r db.Reader, c Case) ([]Affected, error) {
	return severalHolding(ctx, r, c, ByIssue, "SELECT id, '', person, at, documents FROM output_issue WHERE org = $1 AND patient = $2 AND case_no = '' ORDER BY at, id")
}

// shownOf reads to whom a document was shown, without a copy, on a request from outside.
func shownOf(ctx context.Context, r db.Reader, c Case) ([]Affected, error) {
	return severalHolding(ctx, r, c, ByHand, "SELECT id, case_id, '', at, documents FROM sharing_handover WHERE org = $1 AND patient = $2 AND manner <> 'copied' ORDER BY at, id")
}

func severalHolding(ctx context.Context, r db.Reader, c Case, kind, question string) ([]Affected, error) {
	type row struct {
		Affected
		has bool
	}
	found, err := db.Several(ctx, r, func(rows db.Rows, x *row) error {
		var at int64
		var documents string
		if err := rows.Scan(&x.Ref, &x.Recipient, &x.Person, &at, &documents); err != nil {
			return err
		}
		var all held
		if err := json.Unmarshal([]byte(documents), &all); err != nil {
			return err
		}
		x.Kind, x.At = kind, time.UnixMicro(at).UTC()
		x.Version, x.has = all.version(c.Document)
		return nil
	}, question, c.Org, c.Patient)
	var kept []Affected
	for _, x := range found {
		if x.has && x.Version <= c.Base {
			kept = append(kept, x.Affected)
		}
	}
	return kept, err
}

// forwardsOf reads which colleagues were pointed to a document.
func forwardsOf(ctx context.Context, r db.Reader, c Case) ([]Affected, error) {
	return db.Several(ctx, r, func(rows db.Rows, x *Affected) error {
		var at int64
		err := rows.Scan(&x.Ref, &x.Person, &at)
		x.Kind, x.At, x.Version = ByForward, time.UnixMicro(at).UTC(), c.Base
		return err
	}, "SELECT id, recipient, since FROM output_forward WHERE org = $1 AND document = $2 ORDER BY since, id", c.Org, c.Document)
}

// rolesOf are the roles that somebody holds at a moment; none of who has left.
func rolesOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]string, error) {
	now := at.UnixMicro()
	return db.Several(ctx, r, func(rows db.Rows, x *string) error { return rows.Scan(x) },
		"SELECT role FROM staff_appointment WHERE org = $1 AND person = $2 AND since <= $3 AND until > $4 AND (ended IS NULL OR ended > $5)", org, person, now, now, now)
}

// askerOf is what a rule has to know of who wants to correct what somebody wrote.
func askerOf(ctx context.Context, r db.Reader, org, person, writer string, at time.Time) (a asker, err error) {
	own, err := rolesOf(ctx, r, org, person, at)
	if err != nil {
		return a, err
	}
	others, err := rolesOf(ctx, r, org, writer, at)
	return asker{author: person == writer, rank: rankOf(own), above: rankOf(others)}, err
}

// entry is a version as the detectors look at it.
type entry struct {
	document, patient, encounter, form, title, department, author, source string
	number                                                                int
	digest                                                                []byte
	at, written                                                           time.Time // what it tells took place; it was written
	since, died                                                           time.Time // of the encounter; of a record of death
}

// entriesSince reads the versions that were written after a moment, the oldest first.
func entriesSince(ctx context.Context, r db.Reader, org string, after time.Time, limit int) ([]entry, error) {
	return db.Several(ctx, r, func(rows db.Rows, x *entry) error {
		var number, at, written, since, died int64
		err := rows.Scan(&x.document, &x.patient, &x.encounter, &x.form, &x.title, &x.department, &x.author, &x.source, &number, &x.digest, &at, &written, &since, &died)
		x.number, x.at, x.written, x.since, x.died = int(number), moment(at), moment(written), moment(since), moment(died)
		return err
	}, `SELECT d.id, d.patient, d.encounter, d.kind, d.title, d.department, v.author, v.source, v.number, v.digest, d.at, v.at, COALESCE(e.since, 0),
		COALESCE((SELECT MIN(x.at) FROM record_document x WHERE x.org = d.org AND x.patient = d.patient AND x.kind = $1 AND x.id <> d.id AND x.state <> $2), 0)
		FROM record_version v JOIN record_document d ON d.org = v.org AND d.id = v.document LEFT JOIN patient_encounter e ON e.org = d.org AND e.id = d.encounter
		WHERE v.org = $3 AND v.at > $4 ORDER BY v.at, v.document, v.number LIMIT $5`, deathRecord, "filed", org, after.UnixMicro(), int64(limit))
}

func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// twinOf is another document of a patient that says exactly the same, or "".
func twinOf(ctx context.Context, r db.Reader, org string, e entry) (string, error) {
	found, err := db.Several(ctx, r, func(rows db.Rows, x *string) error { return rows.Scan(x) },
		`SELECT v.document FROM record_version v JOIN record_document d ON d.org = v.org AND d.id = v.document
		WHERE v.org = $1 AND d.patient = $2 AND v.document <> $3 AND v.digest = $4 AND (v.at, v.document) < ($5, $6) ORDER BY v.at LIMIT 1`, org, e.patient, e.document, e.digest, e.written.UnixMicro(), e.document)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// rostered tells whether somebody stands on a roster within days of a moment, and whether
// he was on duty at it. Who stands on none cannot be off duty.
func rostered(ctx context.Context, r db.Reader, org, person string, at time.Time) (stands, on bool, err error) {
	type turn struct{ since, until int64 }
	near := 3 * 24 * time.Hour
	found, err := db.Several(ctx, r, func(rows db.Rows, x *turn) error { return rows.Scan(&x.since, &x.until) },
		"SELECT since, until FROM duty_roster WHERE org = $1 AND person = $2 AND ended IS NULL AND since < $3 AND until > $4", org, person, at.Add(near).UnixMicro(), at.Add(-near).UnixMicro())
	for _, t := range found {
		from, to := moment(t.since).Add(-overrun), moment(t.until).Add(overrun)
		on = on || !at.Before(from) && at.Before(to)
	}
	return len(found) > 0, on, err
}

// overrun is how long before and after a shift people write without that being odd.
const overrun = 2 * time.Hour
