package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/sm"
)

// House is the subject that owns what belongs to an organisation as a whole.
const House = "house"

// Subject is an owner of a data key, opened. It may be used by many goroutines at
// once, and must not outlive the request or job for which it was opened.
type Subject struct {
	org, id string
	vault   *Vault
	secret  []byte
	key     *sm.Key
	created time.Time
}

// ID returns the subject's id.
func (s *Subject) ID() string { return s.id }

// Org returns the organisation's id.
func (s *Subject) Org() string { return s.org }

// NewSubject makes a data key for a subject that has none. It is called before
// the act; the key is nowhere until [Subject.Save].
func (v *Vault) NewSubject(org, subject string) (*Subject, error) {
	if subject == "" {
		return nil, errors.New("vault: a subject needs an id")
	}
	return v.subject(org, subject, sm.NewSecret(), v.clock.Now())
}

func (v *Vault) subject(org, id string, secret []byte, created time.Time) (*Subject, error) {
	key, err := sm.NewKey(secret, "subject", v.with)
	if err != nil {
		return nil, err
	}
	return &Subject{org: org, id: id, vault: v, secret: secret, key: key, created: created}, nil
}

// Save keeps the key of a new subject, wrapped under the current epoch. The
// epoch is read in the same transaction, so that a rotation cannot end it
// unseen.
func (s *Subject) Save(ctx context.Context, w db.Writer) error {
	epoch, err := epochToWrapUnder(ctx, w)
	if err != nil {
		return err
	}
	row, err := s.vault.wrap(s.org, s.id, epoch, s.secret, s.created)
	if errors.Is(err, KeyDestroyed) {
		return fmt.Errorf("epoch %d ended since it was read: %w", epoch, errors.Join(db.ErrCollided, err))
	}
	if err != nil {
		return err
	}
	return keyRows.Insert(ctx, w, &row)
}

// Subject opens the data key of a subject. It fails with [KeyDestroyed] when the
// key is no more. The store is asked every time, so that a key destroyed by
// anyone is never used from memory.
func (v *Vault) Subject(ctx context.Context, r db.Reader, org, subject string) (*Subject, error) {
	row, err := findKey(ctx, r, org, subject)
	if err != nil {
		v.opened.drop(org, subject)
		return nil, err
	}
	return v.open(row)
}

// Subjects opens the data keys of several subjects. Those whose key was destroyed
// are missing from the answer.
func (v *Vault) Subjects(ctx context.Context, r db.Reader, org string, subjects ...string) (map[string]*Subject, error) {
	found := make(map[string]*Subject, len(subjects))
	for some := range slices.Chunk(subjects, keysAtOnce) {
		rows, err := findKeys(ctx, r, org, some)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			s, err := v.open(row)
			if errors.Is(err, KeyDestroyed) {
				continue
			}
			if err != nil {
				return nil, err
			}
			found[row.Subject] = s
		}
	}
	return found, nil
}

// DestroySubject removes the data key of a subject. Copies of the database still
// hold it until the next [Vault.Rotate].
func (v *Vault) DestroySubject(ctx context.Context, w db.Writer, org, subject string) error {
	row, err := findKey(ctx, w, org, subject)
	if err != nil {
		return err
	}
	v.opened.drop(org, subject)
	return keyRows.Delete(ctx, w, &row)
}

func (v *Vault) open(row keyRow) (*Subject, error) {
	if s := v.opened.get(row); s != nil {
		return s, nil
	}
	secret, err := v.unwrap(row)
	if err != nil {
		return nil, err
	}
	s, err := v.subject(row.Org, row.Subject, secret, row.Created)
	if err != nil {
		return nil, err
	}
	v.opened.put(row, s)
	return s, nil
}

func (v *Vault) wrap(org, subject string, epoch int64, secret []byte, created time.Time) (keyRow, error) {
	wrapped, err := v.keys.Wrap(epoch, secret, wrapBound(org, subject, epoch))
	if err != nil {
		return keyRow{}, wrapFault(epoch, err)
	}
	return keyRow{Org: org, Subject: subject, Epoch: epoch, Wrapped: wrapped, Created: created}, nil
}

func (v *Vault) unwrap(row keyRow) ([]byte, error) {
	secret, err := v.keys.Unwrap(row.Epoch, row.Wrapped, wrapBound(row.Org, row.Subject, row.Epoch))
	if err != nil {
		return nil, wrapFault(row.Epoch, err)
	}
	return secret, nil
}

func wrapBound(org, subject string, epoch int64) []byte {
	return Place{Kind: "data-key", Version: strconv.FormatInt(epoch, 10)}.bound("medward key 1", org, subject)
}

func wrapFault(epoch int64, err error) error {
	switch {
	case errors.Is(err, ErrEpochEnded):
		return KeyDestroyed.Because(err)
	case errors.Is(err, ErrEpochUnknown):
		return KeyUnknown.With("epoch", strconv.FormatInt(epoch, 10)).Because(err)
	case errors.Is(err, ErrWrapBroken):
		return ContentTampered.Because(err)
	}
	return fmt.Errorf("vault: epoch %d: %w", epoch, err)
}

const sealedForm = "medward sealed 1"

// Seal returns plain sealed for one place.
func (s *Subject) Seal(at Place, plain []byte) ([]byte, error) {
	return s.key.Seal(plain, at.bound(sealedForm, s.org, s.id)), nil
}

// Open returns what was sealed for the same place, or [ContentTampered].
func (s *Subject) Open(at Place, sealed []byte) ([]byte, error) {
	plain, err := s.key.Open(sealed, at.bound(sealedForm, s.org, s.id))
	if err != nil {
		return nil, ContentTampered.Because(fmt.Errorf("%s %s version %q field %q: %w", at.Kind, at.Object, at.Version, at.Field, err))
	}
	return plain, nil
}

func sameKey(a, b keyRow) bool { return a.Epoch == b.Epoch && bytes.Equal(a.Wrapped, b.Wrapped) }
