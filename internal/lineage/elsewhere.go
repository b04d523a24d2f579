package lineage

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// What follows reads rows of other rooms. Their lists show what somebody may open now;
// where something went is asked of what is over too. Nothing here is content, and
// nothing that is read so gives anything.

// at reads a moment of the store; 0 is none.
func at(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

type paper struct {
	id, title, author, source string
	stored                    time.Time
}

// papersOf reads one document, or all of a patient and one more than are told.
func papersOf(ctx context.Context, r db.Reader, org string, of Subject) ([]paper, error) {
	column := "patient"
	if of.Kind == OfDocument {
		column = "id"
	}
	return db.Several(ctx, r, func(row db.Rows, x *paper) error {
		var stored int64
		err := row.Scan(&x.id, &x.title, &x.author, &x.source, &stored)
		x.stored = at(stored)
		return err
	}, "SELECT id, title, author, source, created_at FROM record_document WHERE org = $1 AND "+column+" = $2 ORDER BY created_at, id LIMIT $3", org, of.ID, int64(mostDocuments)+1)
}

type arrival struct {
	file, kind, digest, by string
	at                     time.Time
}

// arrivalsOf reads in which file a document came last, and who or what handed it in.
func arrivalsOf(ctx context.Context, r db.Reader, org, document string) ([]arrival, error) {
	return db.Several(ctx, r, func(row db.Rows, x *arrival) error {
		var when int64
		err := row.Scan(&x.file, &x.kind, &x.by, &when)
		x.at = at(when)
		return err
	}, `SELECT f.id, f.kind, b.actor, e.at FROM intake_entry e JOIN intake_raw w ON w.org = e.org AND w.id = e.raw
		JOIN intake_file f ON f.org = w.org AND f.id = w.file JOIN intake_batch b ON b.org = f.org AND b.id = f.batch
		WHERE e.org = $1 AND e.object = $2 ORDER BY e.at, f.id`, org, document)
}

type version struct {
	number int
	author string
	at     time.Time
	digest []byte
}

func versionsOf(ctx context.Context, r db.Reader, org, document string) ([]version, error) {
	return db.Several(ctx, r, func(row db.Rows, x *version) error {
		var number, when int64
		err := row.Scan(&number, &x.author, &when, &x.digest)
		x.number, x.at = int(number), at(when)
		return err
	}, "SELECT number, author, at, digest FROM record_version WHERE org = $1 AND document = $2 ORDER BY number", org, document)
}

type signature struct {
	number int
	person string
	at     time.Time
}

func signaturesOf(ctx context.Context, r db.Reader, org, document string) ([]signature, error) {
	return db.Several(ctx, r, func(row db.Rows, x *signature) error {
		var number, when int64
		err := row.Scan(&number, &x.person, &when)
		x.number, x.at = int(number), at(when)
		return err
	}, "SELECT number, person, at FROM record_signature WHERE org = $1 AND document = $2 ORDER BY number, person", org, document)
}

// sheets are the documents that something held.
type sheets []struct {
	Document string `json:"document"`
	Version  int    `json:"version"`
}

// from are the versions of some documents that something held.
func (s sheets) from(about map[string]bool) []string {
	var all []string
	for _, one := range s {
		if about[one.Document] {
			all = append(all, one.Document+"/"+strconv.Itoa(one.Version))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

type issue struct {
	sheets
	id, serial, kind, person string
	at                       time.Time
	digest                   []byte
}

func issuesOf(ctx context.Context, r db.Reader, org, patient string) ([]issue, error) {
	return db.Several(ctx, r, func(row db.Rows, x *issue) error {
		var when int64
		var documents string
		if err := row.Scan(&x.id, &x.serial, &x.kind, &x.person, &when, &x.digest, &documents); err != nil {
			return err
		}
		x.at = at(when)
		return json.Unmarshal([]byte(documents), &x.sheets)
	}, "SELECT id, serial, kind, person, at, digest, documents FROM output_issue WHERE org = $1 AND patient = $2 ORDER BY at, id", org, patient)
}

type forward struct {
	id, document, to string
	at               time.Time
}

func forwardsOf(ctx context.Context, r db.Reader, org, patient string) ([]forward, error) {
	return db.Several(ctx, r, func(row db.Rows, x *forward) error {
		var when int64
		err := row.Scan(&x.id, &x.document, &x.to, &when)
		x.at = at(when)
		return err
	}, "SELECT id, document, recipient, since FROM output_forward WHERE org = $1 AND patient = $2 ORDER BY since, id", org, patient)
}

type handover struct {
	sheets
	id, caseID, by, outcome string
	at, back                time.Time
	digest                  []byte
}

// handoversOf reads the copies that were handed out to people from outside.
func handoversOf(ctx context.Context, r db.Reader, org, patient string) ([]handover, error) {
	return db.Several(ctx, r, func(row db.Rows, x *handover) error {
		var when, back int64
		var documents string
		if err := row.Scan(&x.id, &x.caseID, &x.by, &when, &x.digest, &documents, &x.outcome, &back); err != nil {
			return err
		}
		x.at, x.back = at(when), at(back)
		return json.Unmarshal([]byte(documents), &x.sheets)
	}, `SELECT h.id, h.case_id, h.by_person, h.at, h.digest, h.documents, COALESCE(b.outcome, ''), COALESCE(b.at, 0) FROM sharing_handover h
		LEFT JOIN sharing_return b ON b.org = h.org AND b.handover = h.id WHERE h.org = $1 AND h.patient = $2 AND h.manner = 'copied' ORDER BY h.at, h.id`, org, patient)
}
