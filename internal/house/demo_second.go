package house

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// beforeTwo does an important operation as two people do it: it is tried, a second person
// is called and confirms, and it is done.
func (s *settler) beforeTwo(first, second context.Context, do func(ctx context.Context) error) error {
	err := do(first)
	wanted, ok := fault.From(err).Detail.(act.SecondWanted)
	if !errors.Is(err, act.ErrSecondWanted) || !ok {
		return err
	}
	call, err := s.house.Privilege.Call(first, wanted.Verb, wanted.Kind, wanted.Object, wanted.Said)
	if err != nil {
		return err
	}
	if _, err := s.house.Privilege.Confirm(second, call.ID); err != nil {
		return err
	}
	return do(first)
}
