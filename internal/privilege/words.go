package privilege

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

func place(kind, id, field string) vault.Place {
	return vault.Place{Kind: kind, Object: id, Version: "1", Field: field}
}

// sealer seals texts under the key of the house, before the act that keeps them.
type sealer struct {
	key   *vault.Subject
	fresh bool // the key is new and must be kept too
}

func (room *Room) sealer(ctx context.Context) (sealer, error) {
	var s sealer
	org := act.From(ctx).Org
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		s.key, err = room.vault.Subject(ctx, r, org, vault.House)
		return err
	})
	if errors.Is(err, vault.KeyDestroyed) {
		s.fresh = true
		s.key, err = room.vault.NewSubject(org, vault.House)
	}
	return s, err
}

func (s sealer) seal(at vault.Place, text string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	return s.key.Seal(at, []byte(text))
}

// keep saves the key of the house if this was its first use.
func (s sealer) keep(ctx context.Context, w *act.Work) error {
	if !s.fresh {
		return nil
	}
	return s.key.Save(ctx, w)
}

func (room *Room) open(ctx context.Context, r db.Reader, org string, at vault.Place, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	key, err := room.vault.Subject(ctx, r, org, vault.House)
	if err != nil {
		return "", err
	}
	text, err := key.Open(at, sealed)
	return string(text), err
}
