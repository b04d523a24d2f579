package access

import (
	"context"
	"errors"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// note is what somebody wrote, sealed before the act that keeps it.
type note struct {
	words []byte
	key   *vault.Subject // the key under which it lies, when that is new and must be kept too
}

func wordsPlace(kind, id, field string) vault.Place {
	return vault.Place{Kind: kind, Object: id, Version: "1", Field: field}
}

// sealNote seals text under the patient's key, or under that of the house where
// there is no patient.
func (room *Room) sealNote(ctx context.Context, patient string, at vault.Place, text string) (note, error) {
	if text = strings.TrimSpace(text); text == "" {
		return note{}, nil
	}
	var n note
	err := room.desk.Look(ctx, func(r db.Reader) error {
		org := act.From(ctx).Org
		var subject *vault.Subject
		var err error
		if patient != "" {
			subject, err = room.patients.FindSubject(ctx, r, org, patient)
		} else {
			subject, err = room.vault.Subject(ctx, r, org, vault.House)
		}
		if patient == "" && errors.Is(err, vault.KeyDestroyed) {
			subject, err = room.vault.NewSubject(org, vault.House)
			n.key = subject
		}
		if err != nil {
			return err
		}
		n.words, err = subject.Seal(at, []byte(text))
		return err
	})
	return n, err
}

// keep saves the key of a note if it is new.
func (n note) keep(ctx context.Context, w *act.Work) error {
	if n.key == nil {
		return nil
	}
	return n.key.Save(ctx, w)
}

// openNote opens what somebody wrote. The words about a patient who was erased are
// erased with him.
func (room *Room) openNote(ctx context.Context, r db.Reader, org, patient string, at vault.Place, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	if patient == "" {
		patient = vault.House
	}
	subject, err := room.vault.Subject(ctx, r, org, patient)
	if errors.Is(err, vault.KeyDestroyed) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	words, err := subject.Open(at, sealed)
	return string(words), err
}
