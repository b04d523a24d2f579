package source

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

var errNoPEM = errors.New("source: no usable PEM block")

// IssueKey makes a key of a source whose agreement is in force, and returns what its
// holder is shown, once. A certificate or public key has nothing to show.
func (room *Room) IssueKey(ctx context.Context, source string, in Issuing) (Key, string, error) {
	if err := room.desk.Begin(ctx, "source.issue-key"); err != nil {
		return Key{}, "", err
	}
	now := room.desk.Now()
	if err := in.check(now); err != nil {
		return Key{}, "", err
	}
	k := Key{
		Org: act.From(ctx).Org, ID: id.New(now), Source: source, Kind: in.Kind, Since: now, Until: in.Until.UTC(), MadeBy: act.From(ctx).ID, Made: now, Follows: in.Follows,
	}
	var sealer *vault.Subject
	issued, err := in.make(k, func(secret []byte) (sealed []byte, err error) {
		if sealer, err = room.vault.NewSubject(k.Org, k.ID); err != nil {
			return nil, err
		}
		return sealer.Seal(secretPlace(k.ID), secret)
	})
	if err != nil {
		return Key{}, "", err
	}
	_, err = room.change(ctx, "source.issue-key", source, func(ctx context.Context, w *act.Work, s *Source) error {
		if s.State != Approved && s.State != Live && s.State != Suspended || s.byHand() || s.Agreement == "" || !s.Until.After(w.Now()) {
			return errNoAgreement.With()
		}
		w.Note("key", issued.ID)
		w.Note("kind", issued.Kind)
		if sealer != nil {
			if err := sealer.Save(ctx, w); err != nil {
				return err
			}
		}
		if in.Follows != "" {
			if err := room.overlap(ctx, w, s.ID, in); err != nil {
				return err
			}
		}
		return keys.Insert(ctx, w, &issued.Key)
	})
	if err != nil {
		return Key{}, "", err
	}
	return issued.Key, issued.Secret, nil
}

// overlap lets the key that is followed go on for a while, and no longer.
func (room *Room) overlap(ctx context.Context, w *act.Work, source string, in Issuing) error {
	old, err := keys.Get(ctx, w, w.Actor().Org, in.Follows)
	if err != nil || old.Source != source {
		return absent(err)
	}
	if end := w.Now().Add(in.Overlap); end.Before(old.Until) {
		old.Until = end
	}
	if err := room.duty.DoneIn(ctx, w, KeyRenewal, old.ID); err != nil {
		return err
	}
	return keys.Update(ctx, w, &old)
}

// SecondHalf makes the other half of a key, for somebody unrelated to whoever made the
// first. From then on the two halves together open.
func (room *Room) SecondHalf(ctx context.Context, source, key string) (secret string, err error) {
	if err := room.desk.Begin(ctx, "source.issue-key"); err != nil {
		return "", err
	}
	half := newSecret()
	sum := sm.Sum([]byte(half))
	_, err = room.changeKey(ctx, "source.issue-key", source, key, func(ctx context.Context, w *act.Work, k *Key) error {
		if !k.Halves || len(k.Half) > 0 || !k.Ended.IsZero() {
			return errOtherHalf.With()
		}
		if err := room.mustBeAnother(ctx, w, k.MadeBy); err != nil {
			return err
		}
		k.Half, k.HalfBy = sum[:], w.Actor().ID
		return nil
	})
	if err != nil {
		return "", err
	}
	return half, nil
}

// EndKey ends a key at once.
func (room *Room) EndKey(ctx context.Context, source, key string) (Key, error) {
	return room.changeKey(ctx, "source.end-key", source, key, func(ctx context.Context, w *act.Work, k *Key) error {
		if !k.Ended.IsZero() {
			return nil
		}
		k.Ended, k.EndedBy = w.Now(), w.Actor().ID
		return room.duty.CancelIn(ctx, w, KeyRenewal, k.ID)
	})
}

func (room *Room) changeKey(ctx context.Context, verb, source, key string, do func(ctx context.Context, w *act.Work, k *Key) error) (Key, error) {
	var k Key
	_, err := room.change(ctx, verb, source, func(ctx context.Context, w *act.Work, s *Source) (err error) {
		if k, err = keys.Get(ctx, w, s.Org, key); err != nil {
			return absent(err)
		}
		if k.Source != s.ID {
			return act.ErrAbsent.With()
		}
		w.Note("key", k.ID)
		if err := do(ctx, w, &k); err != nil {
			return err
		}
		return keys.Update(ctx, w, &k)
	})
	return k, err
}

func secretPlace(key string) vault.Place {
	return vault.Place{Kind: "SourceKey", Object: key, Version: "1", Field: "secret"}
}
