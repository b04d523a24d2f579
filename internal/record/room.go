package record

import (
	"context"
	"encoding/json"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Signer signs for people and checks their signatures. It is room identity's.
type Signer interface {
	// Sign signs with the key of the actor's open signing session, and returns
	// the key's id. It fails when no signing session is open.
	Sign(ctx context.Context, actor act.Actor, message []byte) (key string, signature []byte, err error)
	// Verify reports whether a signature of a key covers the message.
	Verify(ctx context.Context, r db.Reader, org, key string, message, signature []byte) (bool, error)
}

// Room holds the records.
type Room struct {
	desk     *act.Desk
	patients *patient.Room
	signer   Signer
	carrier  Carrier
	guided   bool // what is signed is corrected by the steps of room amendment only
	complete Complete

	agreements Agreements
	touches    Touched
}

// New returns the room.
func New(door *act.Door, p *patient.Room, signer Signer) *Room {
	room := &Room{desk: door.Desk("record"), patients: p, signer: signer}
	door.Ties(room.ties)
	return room
}

// Carries adds who keeps what documents carry. It is called while the house is put
// together.
func (room *Room) Carries(by Carrier) { room.carrier = by }

// Guides has what is signed corrected in guided steps, and in no other way by people. It
// is called while the house is put together.
func (room *Room) Guides() { room.guided = true }

// found is a document with what policy must know about its patient.
type found struct {
	Document
	patient  patient.Known
	standing standing
}

func (room *Room) find(ctx context.Context, r db.Reader, org, id string) (found, error) {
	d, err := getDocument(ctx, r, org, id)
	if err != nil {
		return found{}, err
	}
	known, err := room.patients.Find(ctx, r, org, d.Patient)
	if err != nil {
		return found{}, err
	}
	from, err := room.standingOf(ctx, r, d, room.desk.Now())
	return found{Document: d, patient: known, standing: from}, err
}

// discharged reports whether the document's encounter gives the ward nothing any more, or
// not yet: an admission that stands by one person's word gives it nothing to read or to
// write.
func (f found) discharged() bool {
	e, known := f.during()
	return f.ended() || known && e.Unconfirmed != ""
}

// ended reports whether the document's encounter has ended.
func (f found) ended() bool {
	if e, known := f.during(); known {
		return !e.Open()
	}
	return f.patient.Object.Discharged
}

// during is the encounter of the document.
func (f found) during() (patient.Encounter, bool) {
	for _, e := range f.patient.Encounters {
		if e.ID == f.Encounter {
			return e, true
		}
	}
	return patient.Encounter{}, false
}

// unprepared tells why an act about a document could not be prepared, to those who
// may do it: others would learn from it what there is.
func (room *Room) unprepared(ctx context.Context, verb, document string, cause error) error {
	return room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		f, err := room.find(ctx, r, r.Actor().Org, document)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, f.object(f.discharged())); err != nil {
			return err
		}
		return cause
	})
}

// open unseals a version and holds it against its digest.
func open(subject *vault.Subject, v Version) (Content, error) {
	var c Content
	plain, err := subject.Open(place(v.Document, v.Number, "content"), v.Sealed)
	if err != nil {
		return c, errUnreadable.Because(err)
	}
	if err := json.Unmarshal(plain, &c); err != nil {
		return c, errUnreadable.Because(err)
	}
	digest, err := c.Digest()
	if err != nil {
		return c, err
	}
	if !sm.Equal(digest, v.Digest) {
		return c, errUnreadable.With()
	}
	return c, nil
}

// draftVersion is a version that is sealed, and signed if it is to be, before
// the transaction begins.
type draftVersion struct {
	Version
	signature *Signature
}

// prepare seals the content of a version of which number, author and source are
// given, and signs it when sign is set.
func (room *Room) prepare(ctx context.Context, subject *vault.Subject, d Document, given Version, c Content, reason string, sign bool) (draftVersion, error) {
	actor, number := act.From(ctx), given.Number
	v := draftVersion{Version: given}
	v.Org, v.Document, v.At = d.Org, d.ID, room.desk.Now()
	plain, err := c.canonical()
	if err != nil {
		return v, err
	}
	if v.Digest, err = c.Digest(); err != nil {
		return v, err
	}
	if v.Sealed, err = subject.Seal(place(d.ID, number, "content"), plain); err != nil {
		return v, err
	}
	if reason != "" {
		if v.Reason, err = subject.Seal(place(d.ID, number, "reason"), []byte(reason)); err != nil {
			return v, err
		}
	}
	if !sign {
		return v, nil
	}
	key, value, err := room.signer.Sign(ctx, actor, Signable(d, v.Version))
	if err != nil {
		return v, errNoSigner.Because(err)
	}
	v.signature = &Signature{Org: d.Org, Document: d.ID, Number: number, Person: actor.ID, Role: "author", Key: key, Value: value, At: v.At}
	return v, nil
}

// save writes a prepared version and its signature.
func (v draftVersion) save(ctx context.Context, w *act.Work) error {
	if err := versions.Insert(ctx, w, &v.Version); err != nil {
		return err
	}
	if v.signature == nil {
		return nil
	}
	return signatures.Insert(ctx, w, v.signature)
}

func (v draftVersion) state() State {
	if v.signature != nil {
		return Signed
	}
	return Filed
}

// subjectOf reads the key of a patient's content before an act begins.
func (room *Room) subjectOf(ctx context.Context, org, patientID string) (*vault.Subject, error) {
	var subject *vault.Subject
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		subject, err = room.patients.FindSubject(ctx, r, org, patientID)
		return err
	})
	return subject, err
}
