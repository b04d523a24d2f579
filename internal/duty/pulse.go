package duty

import (
	"context"
	"sync"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// pulse tells everybody who listens that something has happened to some task, on
// whichever process. It looks once a second for all, and not at all while nobody
// listens.
type pulse struct {
	recent func(ctx context.Context) (recentSteps, error)

	mu        sync.Mutex
	listeners map[chan struct{}]string // by person
	stop      context.CancelFunc
}

const (
	beat = time.Second
	// maxListeners bounds the streams of one process, and of one person.
	maxListeners = 8192
	maxOfPerson  = 6
)

func newPulse(recent func(ctx context.Context) (recentSteps, error)) *pulse {
	return &pulse{recent: recent, listeners: map[chan struct{}]string{}}
}

// listen returns a channel on which a change is told, and how to stop listening; or
// false when there are too many already.
func (p *pulse) listen(person string) (heard <-chan struct{}, leave func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	of := 0
	for _, other := range p.listeners {
		if other == person {
			of++
		}
	}
	if len(p.listeners) >= maxListeners || of >= maxOfPerson {
		return nil, nil, false
	}
	c := make(chan struct{}, 1)
	p.listeners[c] = person
	if p.stop == nil {
		var ctx context.Context
		ctx, p.stop = context.WithCancel(context.Background())
		go p.watch(ctx)
	}
	return c, func() { p.leave(c) }, true
}

func (p *pulse) leave(c chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.listeners, c)
	if len(p.listeners) == 0 && p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

func (p *pulse) watch(ctx context.Context) {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	last, _ := p.recent(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now, err := p.recent(ctx)
		if err != nil {
			continue // those who listen count again now and then anyway
		}
		if now.newest > last.newest || now.newest == last.newest && now.n > last.n {
			p.tell()
		}
		last = now
	}
}

func (p *pulse) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.listeners {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// window is how far back the pulse looks for steps: further than the clocks of two
// processes differ, and than an act takes to become durable.
const window = 10 * time.Second

// recent tells the steps of the last seconds apart from those of any other moment.
func (room *Room) recent(ctx context.Context) (steps recentSteps, err error) {
	err = room.look(ctx, func(r db.Reader) error {
		rows, err := r.Query(ctx, "SELECT COUNT(*), COALESCE(MAX(at), 0) FROM duty_step WHERE org = $1 AND at >= $2", room.org, room.desk.Now().Add(-window).UnixMicro())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&steps.n, &steps.newest); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	return steps, err
}

// recentSteps are how many steps there were, and when the newest was.
type recentSteps struct{ n, newest int64 }
