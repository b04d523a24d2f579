package inspection

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Rows of other rooms, read to be counted and dated. Their lists show what lives, to
// those who keep it; an inspection asks about what has ended too, and about everybody.
// Nothing here is content, and nothing that is read so gives anything.

// at reads a moment of the store; 0 is none.
func at(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

func treatedIn(ctx context.Context, r db.Reader, org, patient string) ([]string, error) {
	return db.Several(ctx, r, func(row db.Rows, id *string) error { return row.Scan(id) },
		"SELECT DISTINCT department FROM patient_encounter WHERE org = $1 AND patient = $2", org, patient)
}

type registration struct {
	source  string
	created time.Time
}

func registrationOf(ctx context.Context, r db.Reader, org, patient string) ([]registration, error) {
	return db.Several(ctx, r, func(row db.Rows, x *registration) error {
		var created int64
		err := row.Scan(&x.source, &created)
		x.created = at(created)
		return err
	}, "SELECT source, created_at FROM patient_patient WHERE org = $1 AND id = $2", org, patient)
}

type encounter struct {
	id, kind, department, source string
	since, until                 time.Time
	tied                         int // people with a live care relation to it
}

func encountersOf(ctx context.Context, r db.Reader, org, patient string, now time.Time) ([]encounter, error) {
	return db.Several(ctx, r, func(row db.Rows, x *encounter) error {
		var since, until, tied int64
		err := row.Scan(&x.id, &x.kind, &x.department, &x.source, &since, &until, &tied)
		x.since, x.until, x.tied = at(since), at(until), int(tied)
		return err
	}, `SELECT e.id, e.kind, e.department, e.source, e.since, COALESCE(e.until, 0),
		(SELECT COUNT(*) FROM patient_relation p WHERE p.org = e.org AND p.patient = e.patient AND p.since <= $3 AND p.until > $4)
		FROM patient_encounter e WHERE e.org = $1 AND e.patient = $2 ORDER BY e.since DESC, e.id`, org, patient, now.UnixMicro(), now.UnixMicro())
}

// paper is the newest version of a document, with a signature on it when there is one.
type paper struct {
	id, patient, kind, state, source string
	version                          int
	at                               time.Time // of the document
	author                           string    // of the version
	written                          time.Time
	digest, signature                []byte
	key, signer                      string
	ended                            bool // its encounter is over
}

func papersOf(ctx context.Context, r db.Reader, org, patient string) ([]paper, error) {
	return db.Several(ctx, r, func(row db.Rows, x *paper) error {
		var version, when, written, ended int64
		err := row.Scan(&x.id, &x.patient, &x.kind, &x.state, &x.source, &version, &when, &x.author, &written, &x.digest, &x.key, &x.signer, &x.signature, &ended)
		x.version, x.at, x.written, x.ended = int(version), at(when), at(written), ended > 0
		return err
	}, `SELECT d.id, d.patient, d.kind, d.state, d.source, d.version, d.at, v.author, v.at, v.digest, COALESCE(s.signing_key, ''), COALESCE(s.person, ''), s.value,
		(SELECT COUNT(*) FROM patient_encounter e WHERE e.org = d.org AND e.id = d.encounter AND e.until IS NOT NULL)
		FROM record_document d JOIN record_version v ON v.org = d.org AND v.document = d.id AND v.number = d.version
		LEFT JOIN record_signature s ON s.org = d.org AND s.document = d.id AND s.number = d.version
		WHERE d.org = $1 AND d.patient = $2 ORDER BY d.at DESC, d.id`, org, patient)
}

type correction struct {
	document, author string
	number           int
	at               time.Time
	reasoned         bool
}

func correctionsOf(ctx context.Context, r db.Reader, org, patient string) ([]correction, error) {
	return db.Several(ctx, r, func(row db.Rows, x *correction) error {
		var number, when, reasoned int64
		err := row.Scan(&x.document, &x.author, &number, &when, &reasoned)
		x.number, x.at, x.reasoned = int(number), at(when), reasoned > 0
		return err
	}, `SELECT v.document, v.author, v.number, v.at, CASE WHEN v.reason IS NULL AND v.source = $3 THEN 0 ELSE 1 END
		FROM record_version v JOIN record_document d ON d.org = v.org AND d.id = v.document
		WHERE d.org = $1 AND d.patient = $2 AND v.number > 1 ORDER BY v.at DESC, v.document`, org, patient, "")
}

type reason struct {
	id, person, patient, kind, choice, verdict string
	since, until, reviewBy                     time.Time
}

// reasonsOf reads stated reasons and break-glasses about a patient or of a person.
func reasonsOf(ctx context.Context, r db.Reader, org, column, id string) ([]reason, error) {
	return db.Several(ctx, r, func(row db.Rows, x *reason) error {
		var since, until, review int64
		err := row.Scan(&x.id, &x.person, &x.patient, &x.kind, &x.choice, &x.verdict, &since, &until, &review)
		x.since, x.until, x.reviewBy = at(since), at(until), at(review)
		return err
	}, "SELECT id, person, patient, kind, choice, verdict, since, until, COALESCE(review_by, 0) FROM access_reason WHERE org = $1 AND "+column+" = $2 ORDER BY since DESC, id", org, id)
}

type seal struct {
	id, kind, patient, owner, liftedBy string
	since, renewBy, freeFrom, lifted   time.Time
	parties                            bool
}

// sealsWhere reads seals by their id or by their patient.
func sealsWhere(ctx context.Context, r db.Reader, org, column, id string) ([]seal, error) {
	return db.Several(ctx, r, func(row db.Rows, x *seal) error {
		var since, renew, free, lifted, parties int64
		err := row.Scan(&x.id, &x.kind, &x.patient, &x.owner, &x.liftedBy, &since, &renew, &free, &lifted, &parties)
		x.since, x.renewBy, x.freeFrom, x.lifted, x.parties = at(since), at(renew), at(free), at(lifted), parties > 0
		return err
	}, `SELECT id, kind, patient, owner, lifted_by, since, COALESCE(renew_by, 0), COALESCE(free_from, 0), COALESCE(lifted, 0),
		CASE WHEN parties IS NULL THEN 0 ELSE 1 END FROM access_seal WHERE org = $1 AND `+column+` = $2 ORDER BY since DESC, id`, org, id)
}

type sealStep struct {
	kind, person string
	at           time.Time
}

func sealSteps(ctx context.Context, r db.Reader, org, id string) ([]sealStep, error) {
	return db.Several(ctx, r, func(row db.Rows, x *sealStep) error {
		var when int64
		err := row.Scan(&x.kind, &x.person, &when)
		x.at = at(when)
		return err
	}, "SELECT kind, person, at FROM access_seal_step WHERE org = $1 AND seal = $2 ORDER BY at, id", org, id)
}

type sealedPaper struct {
	document, state string
	version         int
	digest, now     []byte // as listed, and of that version as the store has it
}

func sealedPapers(ctx context.Context, r db.Reader, org, id string) ([]sealedPaper, error) {
	return db.Several(ctx, r, func(row db.Rows, x *sealedPaper) error {
		var version int64
		err := row.Scan(&x.document, &x.state, &version, &x.digest, &x.now)
		x.version = int(version)
		return err
	}, `SELECT s.document, s.state, s.version, s.digest, v.digest FROM access_seal_document s
		LEFT JOIN record_version v ON v.org = s.org AND v.document = s.document AND v.number = s.version
		WHERE s.org = $1 AND s.seal = $2 ORDER BY s.document`, org, id)
}

// span is something that somebody has for a time.
type span struct {
	id, person, kind, state string
	since, until, ended     time.Time
}

// end is when the span is over.
func (s span) end() time.Time {
	if !s.ended.IsZero() && s.ended.Before(s.until) {
		return s.ended
	}
	return s.until
}

func (s span) live(now time.Time) bool { return !s.since.After(now) && s.end().After(now) }

func spans(ctx context.Context, r db.Reader, question string, args ...any) ([]span, error) {
	return db.Several(ctx, r, func(row db.Rows, x *span) error {
		var since, until, ended int64
		err := row.Scan(&x.id, &x.person, &x.kind, &x.state, &since, &until, &ended)
		x.since, x.until, x.ended = at(since), at(until), at(ended)
		return err
	}, question, args...)
}

func teamOf(ctx context.Context, r db.Reader, org, patient string) ([]span, error) {
	return spans(ctx, r, "SELECT id, person, kind, role, since, until, 0 FROM patient_relation WHERE org = $1 AND patient = $2 ORDER BY since, id", org, patient)
}

func listedOn(ctx context.Context, r db.Reader, org, id string) ([]span, error) {
	return spans(ctx, r, "SELECT person, person, given_by, '', since, until, 0 FROM access_seal_person WHERE org = $1 AND seal = $2 ORDER BY since, person", org, id)
}

func postsOf(ctx context.Context, r db.Reader, org, person string) ([]span, error) {
	return spans(ctx, r, "SELECT id, person, role, department, since, until, COALESCE(ended, 0) FROM staff_appointment WHERE org = $1 AND person = $2 ORDER BY since DESC, id", org, person)
}

// staysOf reads stays; the state is the sponsor.
func staysOf(ctx context.Context, r db.Reader, org, person string) ([]span, error) {
	return spans(ctx, r, "SELECT id, person, kind, sponsor, since, until, COALESCE(ended, 0) FROM staff_stay WHERE org = $1 AND person = $2 ORDER BY since DESC, id", org, person)
}

func licencesOf(ctx context.Context, r db.Reader, org, person string) ([]span, error) {
	return spans(ctx, r, "SELECT id, person, kind, '', since, until, COALESCE(ended, 0) FROM staff_qualification WHERE org = $1 AND person = $2 ORDER BY since DESC, id", org, person)
}

func promisesOf(ctx context.Context, r db.Reader, org, person string) ([]span, error) {
	return spans(ctx, r, `SELECT s.id, s.person, u.title_zh, u.title_en, s.signed, s.until, 0 FROM staff_signature s
		JOIN staff_undertaking u ON u.org = s.org AND u.id = s.undertaking WHERE s.org = $1 AND s.person = $2 ORDER BY s.signed DESC, s.id`, org, person)
}

func grantsOf(ctx context.Context, r db.Reader, org, person string) ([]span, error) {
	return spans(ctx, r, "SELECT id, patient, cause, state, since, until, COALESCE(ended, 0) FROM access_grant WHERE org = $1 AND person = $2 ORDER BY since DESC, id", org, person)
}

// sessionsOf reads sessions; ended is when the session was seen last, if it had not
// ended before.
func sessionsOf(ctx context.Context, r db.Reader, org, person string) ([]session, error) {
	return db.Several(ctx, r, func(row db.Rows, x *session) error {
		var since, seen, until, ended int64
		err := row.Scan(&x.id, &x.terminal, &since, &seen, &until, &ended)
		x.since, x.seen, x.until, x.ended = at(since), at(seen), at(until), at(ended)
		return err
	}, "SELECT id, terminal, since, seen, until, COALESCE(ended, 0) FROM identity_session WHERE org = $1 AND person = $2 ORDER BY since DESC, id", org, person)
}

type session struct {
	id, terminal              string
	since, seen, until, ended time.Time
}

func (s session) open(now time.Time) bool { return s.ended.IsZero() && s.until.After(now) }

// tally counts rows by a word of theirs.
func tally(ctx context.Context, r db.Reader, question string, args ...any) (map[string]int, error) {
	type counted struct {
		word string
		n    int64
	}
	found, err := db.Several(ctx, r, func(row db.Rows, x *counted) error { return row.Scan(&x.word, &x.n) }, question, args...)
	all := map[string]int{}
	for _, c := range found {
		all[c.word] += int(c.n)
	}
	return all, err
}

func accountsOf(ctx context.Context, r db.Reader, org, person string) (map[string]int, error) {
	return tally(ctx, r, "SELECT state, COUNT(*) FROM identity_account WHERE org = $1 AND person = $2 GROUP BY state", org, person)
}

func factorsOf(ctx context.Context, r db.Reader, org, person string) (map[string]int, error) {
	return tally(ctx, r, "SELECT state, COUNT(*) FROM identity_factor WHERE org = $1 AND person = $2 GROUP BY state", org, person)
}

// findingsOf counts what was found about a person's account, by whether it is disposed of.
func findingsOf(ctx context.Context, r db.Reader, org, person string) (map[string]int, error) {
	return tally(ctx, r, "SELECT CASE WHEN disposed IS NULL THEN 'open' ELSE 'closed' END, COUNT(*) FROM identity_finding WHERE org = $1 AND person = $2 GROUP BY disposed", org, person)
}

type departure struct {
	person, kind, by string
	at, made         time.Time
}

func departureOf(ctx context.Context, r db.Reader, org, id string) ([]departure, error) {
	return db.Several(ctx, r, func(row db.Rows, x *departure) error {
		var when, made int64
		err := row.Scan(&x.person, &x.kind, &x.by, &when, &made)
		x.at, x.made = at(when), at(made)
		return err
	}, "SELECT person, kind, made_by, at, made FROM staff_departure WHERE org = $1 AND id = $2", org, id)
}

type exitLine struct {
	kind, by    string
	due, signed time.Time
}

func exitLinesOf(ctx context.Context, r db.Reader, org, occasion string) ([]exitLine, error) {
	return db.Several(ctx, r, func(row db.Rows, x *exitLine) error {
		var due, signed int64
		err := row.Scan(&x.kind, &x.by, &due, &signed)
		x.due, x.signed = at(due), at(signed)
		return err
	}, "SELECT kind, signed_by, due, COALESCE(signed, 0) FROM staff_line WHERE org = $1 AND occasion = $2 ORDER BY due, id", org, occasion)
}

type given struct {
	decision               string
	since, until, withdrew time.Time
	review                 time.Time
}

func consentsOf(ctx context.Context, r db.Reader, org, patient string) ([]given, error) {
	return db.Several(ctx, r, func(row db.Rows, x *given) error {
		var since, until, withdrew, review int64
		err := row.Scan(&x.decision, &since, &until, &withdrew, &review)
		x.since, x.until, x.withdrew, x.review = at(since), at(until), at(withdrew), at(review)
		return err
	}, "SELECT decision, since, COALESCE(until, 0), COALESCE(withdrawn, 0), COALESCE(review_by, 0) FROM consent_record WHERE org = $1 AND patient = $2 ORDER BY since DESC, id", org, patient)
}

type outside struct {
	id, kind, state            string
	received, deadline, closed time.Time
	approved                   time.Time
}

func outsideOf(ctx context.Context, r db.Reader, org, patient string) ([]outside, error) {
	return db.Several(ctx, r, func(row db.Rows, x *outside) error {
		var received, deadline, approved, closed int64
		err := row.Scan(&x.id, &x.kind, &x.state, &received, &deadline, &approved, &closed)
		x.received, x.deadline, x.approved, x.closed = at(received), at(deadline), at(approved), at(closed)
		return err
	}, "SELECT id, kind, state, received, deadline, COALESCE(approved, 0), COALESCE(closed, 0) FROM sharing_case WHERE org = $1 AND patient = $2 ORDER BY received DESC, id", org, patient)
}

// copiesOf counts what was handed over: all, and what should have come back and did not.
func copiesOf(ctx context.Context, r db.Reader, org, patient string, now time.Time) (map[string]int, error) {
	return tally(ctx, r, `SELECT 'late', COUNT(*) FROM sharing_handover h WHERE h.org = $1 AND h.patient = $2 AND h.return_by < $3
			AND NOT EXISTS (SELECT 1 FROM sharing_return x WHERE x.org = h.org AND x.handover = h.id)
		UNION ALL SELECT 'all', COUNT(*) FROM sharing_handover h WHERE h.org = $4 AND h.patient = $5`, org, patient, now.UnixMicro(), org, patient)
}
