package order

import (
	"context"
	"sync"
	"time"

	"github.com/medward/medward/internal/base/db"
)

const (
	beat = time.Second
	// window is how far back the pulse looks: further than an act takes to be durable.
	window = 10 * time.Second
	// maxListeners bounds the streams of one process, and of one person.
	maxListeners = 4096
	maxOfPerson  = 6
)

// beatOf are what was heard of lately: by patient, and of stock under no name; and how
// much of it there is.
type beatOf map[string]heardOf

type heardOf struct{ n, newest int64 }

type listener struct {
	person string
	of     string // patient, or empty for stock and conflicts
	tell   chan struct{}
}

// pulse tells open pages that something about a patient's orders, or about stock, was
// heard of, on whichever process. It looks once a second for all of them, and not at all
// while nobody listens.
type pulse struct {
	recent func(ctx context.Context) (beatOf, error)

	mu        sync.Mutex
	listeners map[*listener]bool
	stop      context.CancelFunc
}

func newPulse(recent func(ctx context.Context) (beatOf, error)) *pulse {
	return &pulse{recent: recent, listeners: map[*listener]bool{}}
}

// listen returns a channel on which a change is told, and how to stop; or false when
// there are too many already.
func (p *pulse) listen(person, patient string) (heard <-chan struct{}, leave func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	of := 0
	for other := range p.listeners {
		if other.person == person {
			of++
		}
	}
	if len(p.listeners) >= maxListeners || of >= maxOfPerson {
		return nil, nil, false
	}
	l := &listener{person: person, of: patient, tell: make(chan struct{}, 1)}
	p.listeners[l] = true
	if p.stop == nil {
		var ctx context.Context
		ctx, p.stop = context.WithCancel(context.Background())
		go p.watch(ctx)
	}
	return l.tell, func() { p.leave(l) }, true
}

func (p *pulse) leave(l *listener) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.listeners, l)
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
			continue // the next beat looks at the same stretch again
		}
		p.tell(last, now)
		last = now
	}
}

func (p *pulse) tell(last, now beatOf) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.listeners {
		before, after := last[l.of], now[l.of]
		stock := l.of != "" && fresher(last[""], now[""])
		if !stock && !fresher(before, after) {
			continue
		}
		select {
		case l.tell <- struct{}{}:
		default:
		}
	}
}

func fresher(before, after heardOf) bool {
	return after.newest > before.newest || after.newest == before.newest && after.n > before.n
}

// recent tells what was heard of in the last seconds. What is found against an order is
// heard of under its patient and under no name.
func (room *Room) recent(ctx context.Context) (beatOf, error) {
	beats := beatOf{}
	since := room.desk.Now().Add(-window).UnixMicro()
	err := room.desk.Look(ctx, func(r db.Reader) error {
		for _, question := range []string{
			"SELECT patient, COUNT(*), MAX(heard) FROM order_course WHERE org = $1 AND heard >= $2 GROUP BY patient",
			"SELECT patient, COUNT(*), MAX(heard) FROM order_step WHERE org = $1 AND heard >= $2 GROUP BY patient",
			"SELECT patient, COUNT(*), MAX(changed) FROM order_conflict WHERE org = $1 AND changed >= $2 GROUP BY patient",
			"SELECT '', COUNT(*), MAX(changed) FROM order_conflict WHERE org = $1 AND changed >= $2",
			"SELECT '', COUNT(*), MAX(heard) FROM order_stock WHERE org = $1 AND heard >= $2",
		} {
			if err := beats.add(ctx, r, question, room.org, since); err != nil {
				return err
			}
		}
		return nil
	})
	return beats, err
}

func (b beatOf) add(ctx context.Context, r db.Reader, question, org string, since int64) error {
	rows, err := r.Query(ctx, question, org, since)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var of string
		var n int64
		var newest *int64
		if err := rows.Scan(&of, &n, &newest); err != nil {
			return err
		}
		if newest != nil {
			was := b[of]
			b[of] = heardOf{was.n + n, max(was.newest, *newest)}
		}
	}
	return rows.Err()
}
