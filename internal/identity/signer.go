package identity

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Signer signs as one person for as long as the person's session lives. Its key
// is kept in memory only.
type Signer struct {
	person string
	key    string
	open   *vault.Signer
}

// Person is who signs.
func (s *Signer) Person() string { return s.person }

// Key is the id of the key, by which [Room.VerifySignature] finds its public half.
func (s *Signer) Key() string { return s.key }

// Sign returns the SM2 signature of a message, or vault.SigningEnded once the
// session is over.
func (s *Signer) Sign(message []byte) ([]byte, error) { return s.open.Sign(message) }

// OpenSigner returns the signer of the caller's session, opening the key the
// first time. It fails with act.ErrNobody when the session is over.
func (r *Room) OpenSigner(ctx context.Context) (*Signer, error) {
	caller := act.From(ctx)
	var session Session
	var key signingKey
	var subject *vault.Subject
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		if session, err = sessions.Get(ctx, v, caller.Org, caller.Session); errors.Is(err, db.ErrNone) {
			return act.ErrNobody.Because(err)
		}
		if err != nil {
			return err
		}
		if !session.Live(r.desk.Now()) || session.Person != caller.ID {
			return act.ErrNobody.With()
		}
		if key, err = keyOf(ctx, v, session.Org, session.Person); errors.Is(err, db.ErrNone) {
			return errNoKey.Because(err)
		}
		if err != nil {
			return err
		}
		subject, err = r.vault.Subject(ctx, v, session.Org, session.Person)
		return err
	})
	if err != nil {
		return nil, r.doubted(ctx, err)
	}
	return r.signers.of(session, key, subject)
}

// VerifySignature reports whether a signature of a message was made with a key,
// and by whom. It fails with [db.ErrNone] when there is no such key.
func (r *Room) VerifySignature(ctx context.Context, v db.Reader, org, key string, message, signature []byte) (person string, valid bool, err error) {
	found, err := keys.Get(ctx, v, org, key)
	if err != nil {
		return "", false, r.doubted(ctx, err)
	}
	public, err := sm.ParsePublicKey(found.Public)
	if err != nil {
		return "", false, err
	}
	return found.Person, public.Verify(message, signature), nil
}

// signers are the open ones by session.
type signers struct {
	mu        sync.Mutex
	bySession map[string]*Signer
}

func newSigners() *signers { return &signers{bySession: map[string]*Signer{}} }

func (s *signers) of(in Session, key signingKey, subject *vault.Subject) (*Signer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if open := s.bySession[in.ID]; open != nil {
		return open, nil
	}
	opened, err := subject.OpenSigningKey(key.ID, key.Private)
	if err != nil {
		return nil, err
	}
	signer := &Signer{person: in.Person, key: key.ID, open: opened}
	s.bySession[in.ID] = signer
	return signer, nil
}

func (s *signers) close(session string) {
	s.closeIf(func(id string, _ *Signer) bool { return id == session })
}

func (s *signers) closePerson(person string) {
	s.closeIf(func(_ string, open *Signer) bool { return open.person == person })
}

func (s *signers) closeIf(match func(session string, open *Signer) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for session, open := range s.bySession {
		if match(session, open) {
			_ = open.open.Close() // never fails
			delete(s.bySession, session)
		}
	}
}

func (s *signers) sessions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.bySession))
}
