package record

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
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

// View discloses a version of a document; version 0 is the newest.
func (room *Room) View(ctx context.Context, document string, version int) (*View, error) {
	var v View
	err := room.desk.Disclose(ctx, "record.view", func(ctx context.Context, r *act.Reading) error {
		f, err := room.find(ctx, r, r.Actor().Org, document)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, f.object(f.discharged())); err != nil {
			return err
		}
		v = View{Document: f.Document, Tie: r.Tie(), Account: r.ID(), ReadAt: r.Now()}
		shown := cmp.Or(version, f.Version)
		r.Note("version", strconv.Itoa(shown))
		return room.fill(ctx, r, &v, shown)
	})
	if err != nil {
		return nil, err
	}
	return &v, nil
}

func (room *Room) fill(ctx context.Context, r *act.Reading, v *View, version int) error {
	all, err := versionsOf(ctx, r, v.Document)
	if err != nil {
		return err
	}
	signed, err := signaturesOf(ctx, r, v.Document)
	if err != nil {
		return err
	}
	subject, err := room.patients.Subject(ctx, r, v.Org, v.Patient)
	if err != nil {
		return errUnreadable.Because(err)
	}
	shown := false
	people := []string{v.Author}
	for _, one := range all {
		people = append(people, one.Author)
		v.Versions = append(v.Versions, VersionLine{Number: one.Number, Author: one.Author, At: one.At, Signed: signedBySomeone(signed, one.Number)})
		if one.Number != version {
			continue
		}
		shown = true
		v.Shown = one
		if v.Content, err = open(subject, one); err != nil {
			return err
		}
		if len(one.Reason) > 0 {
			reason, err := subject.Open(place(one.Document, one.Number, "reason"), one.Reason)
			if err != nil {
				return errUnreadable.Because(err)
			}
			v.Reason = string(reason)
		}
	}
	if !shown {
		return act.ErrAbsent.With()
	}
	for _, s := range signed {
		if s.Number != version {
			continue
		}
		people = append(people, s.Person)
		valid, err := room.signer.Verify(ctx, r, s.Org, s.Key, Signable(v.Document, v.Shown), s.Value)
		if err != nil {
			return err
		}
		v.Signatures = append(v.Signatures, Checked{Signature: s, Valid: valid})
	}
	v.People, err = staff.Names(ctx, r, v.Org, people, r.Now())
	return err
}

func signedBySomeone(signed []Signature, number int) bool {
	for _, s := range signed {
		if s.Number == number {
			return true
		}
	}
	return false
}
