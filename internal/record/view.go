package record

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// View is one version of a document as a reader gets it.
type View struct {
	Document
	Shown      Version
	Content    Content
	Reason     string // why this version was made
	Versions   []VersionLine
	Signatures []Checked
	People     map[string]staff.Name
	Attached   int // how many attachments came with this version
	Sensitive  *Sensitive
	Holds      []Hold  // that lie on it now
	From       *Origin // the other institution from which it came; nil: written here
	Tie        *policy.Tie
	Account    string // id of the ledger entry of this reading, for the mark
	ReadAt     time.Time
}

// VersionLine is a version in the list of versions.
type VersionLine struct {
	Number int
	Author string
	At     time.Time
	Signed bool
}

// Checked is a signature with the outcome of its verification.
type Checked struct {
	Signature
	Valid bool
}

// gathered is a document with all that it takes to show it. It is read before
// policy is asked, because what does not depend on one another costs a round
// trip together; nothing is unsealed before a yes.
type gathered struct {
	found
	versions   []Version
	signatures []Signature
	holds      []Hold // that lie on it now
	subject    *vault.Subject
	unreadable error // why there is no subject
}

func (room *Room) gather(ctx context.Context, r *act.Reading, document string) (g gathered, err error) {
	org := r.Actor().Org
	err = r.Together(ctx,
		func() (err error) {
			g.Document, err = getDocument(ctx, r, org, document)
			return err
		},
		func() (err error) {
			g.versions, err = versionsOf(ctx, r, org, document)
			return err
		},
		func() (err error) {
			g.signatures, err = signaturesOf(ctx, r, org, document)
			return err
		},
		func() (err error) {
			g.holds, err = lyingOn(ctx, r, org, document)
			return err
		},
	)
	if err != nil {
		return g, err
	}
	err = r.Together(ctx,
		func() (err error) {
			g.patient, err = room.patients.Find(ctx, r, org, g.Patient)
			return err
		},
		func() error {
			g.subject, g.unreadable = room.patients.Subject(ctx, r, org, g.Patient)
			return nil
		},
		func() (err error) {
			g.standing, err = room.standingOf(ctx, r, g.Document, r.Now())
			return err
		},
	)
	return g, err
}

// View discloses a version of a document; version 0 is the newest.
func (room *Room) View(ctx context.Context, document string, version int) (*View, error) {
	var v View
	err := room.desk.Disclose(ctx, "record.view", func(ctx context.Context, r *act.Reading) error {
		g, err := room.gather(ctx, r, document)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, g.object(g.discharged())); err != nil {
			return err
		}
		v = View{Document: g.Document, Holds: g.holds, From: g.standing.origin, Tie: r.Tie(), Account: r.ID(), ReadAt: r.Now()}
		g.standing.note(r)
		shown := cmp.Or(version, g.Version)
		r.Note("version", strconv.Itoa(shown))
		return room.fill(ctx, r, &v, g, shown)
	})
	if err != nil {
		return nil, err
	}
	return &v, nil
}

func (room *Room) fill(ctx context.Context, r *act.Reading, v *View, g gathered, version int) error {
	if g.unreadable != nil {
		return errUnreadable.Because(g.unreadable)
	}
	shown := false
	people := []string{v.Author}
	for _, one := range g.versions {
		people = append(people, one.Author)
		v.Versions = append(v.Versions, VersionLine{Number: one.Number, Author: one.Author, At: one.At, Signed: signedBySomeone(g.signatures, one.Number)})
		if one.Number != version {
			continue
		}
		shown = true
		if err := v.show(g.subject, one); err != nil {
			return err
		}
	}
	if !shown {
		return act.ErrAbsent.With()
	}
	for _, s := range g.signatures {
		if s.Number == version {
			people = append(people, s.Person)
			v.Signatures = append(v.Signatures, Checked{Signature: s})
		}
	}
	return r.Together(ctx,
		func() error { return room.check(ctx, r, v) },
		func() error {
			held, err := room.attachmentsOf(ctx, r, v.Document, version)
			v.Attached = len(held)
			return err
		},
		func() error { return v.mark(ctx, r, g.subject) },
		func() (err error) {
			v.People, err = staff.Names(ctx, r, v.Org, people, r.Now())
			return err
		},
	)
}

// mark tells of which sensitive history a document is marked. One of a lower level is not.
func (v *View) mark(ctx context.Context, r *act.Reading, subject *vault.Subject) error {
	if v.Sensitivity < SensitiveLevel {
		return nil
	}
	all, err := marksOf(ctx, r, v.Org, v.ID)
	if err != nil {
		return err
	}
	v.Sensitive, err = sensitiveBy(subject, all)
	return err
}

// show unseals a version.
func (v *View) show(subject *vault.Subject, one Version) (err error) {
	v.Shown = one
	if v.Content, err = open(subject, one); err != nil || len(one.Reason) == 0 {
		return err
	}
	reason, err := subject.Open(place(one.Document, one.Number, "reason"), one.Reason)
	if err != nil {
		return errUnreadable.Because(err)
	}
	v.Reason = string(reason)
	return nil
}

// check verifies the signatures of the shown version.
func (room *Room) check(ctx context.Context, r *act.Reading, v *View) error {
	checks := make([]func() error, len(v.Signatures))
	for i := range v.Signatures {
		checks[i] = func() (err error) {
			s := &v.Signatures[i]
			s.Valid, err = room.signer.Verify(ctx, r, s.Org, s.Key, Signable(v.Document, v.Shown), s.Value)
			return err
		}
	}
	return r.Together(ctx, checks...)
}

func signedBySomeone(signed []Signature, number int) bool {
	for _, s := range signed {
		if s.Number == number {
			return true
		}
	}
	return false
}
