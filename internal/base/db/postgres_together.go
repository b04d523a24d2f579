package db

import (
	"context"
	"errors"
	"iter"
)

var errStopped = errors.New("db: another part failed")

// part is one of the parts of a Together: a coroutine that runs until it has
// asked a question, and goes on when the answer is there.
type part struct {
	next func() (struct{}, bool)
	stop func()
	err  error
}

// Together lets every part run until it waits for an answer, has all that was
// asked answered in one round trip, and so on until no part waits.
func (t *pgTx) Together(_ context.Context, parts ...func() error) error {
	if t.open != nil {
		return t.remember(errOneResult)
	}
	outer, asked := t.await, len(t.asked)
	defer func() {
		t.await, t.asked = outer, t.asked[:min(asked, len(t.asked))]
		if outer == nil && t.open == nil {
			_ = t.settle() // what it could report is remembered
		}
	}()
	running := make([]*part, len(parts))
	for i, do := range parts {
		running[i] = t.part(do)
		defer running[i].stop()
	}
	for {
		asked = len(t.asked)
		waiting := running[:0]
		for _, p := range running {
			if _, waits := p.next(); waits {
				waiting = append(waiting, p)
			} else if p.err != nil {
				return p.err
			}
		}
		if t.await = outer; len(waiting) == 0 {
			return nil
		}
		if err := t.answer(); err != nil {
			asked = len(t.asked) // what the others asked since then is theirs
			return err
		}
		running = waiting
	}
}

func (t *pgTx) part(do func() error) *part {
	p := &part{}
	p.next, p.stop = iter.Pull(func(yield func(struct{}) bool) {
		var await func() error
		await = func() error {
			more := yield(struct{}{})
			if t.await = await; !more {
				return errStopped
			}
			return nil
		}
		t.await = await
		p.err = do()
	})
	return p
}
