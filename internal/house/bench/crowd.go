package bench

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// sample is how long each of many like things took, shortest first, and how long
// it took to do all of them.
type sample struct {
	took    []time.Duration
	elapsed time.Duration
}

// crowd lets callers do one thing again and again until the time is over, and
// tells how long each took that began after warming. The first error ends it.
func crowd(ctx context.Context, callers int, lasting time.Duration, do func(ctx context.Context, caller int) error) (sample, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var over atomic.Bool
	var working sync.WaitGroup
	all := start()
	stop := time.AfterFunc(warming+lasting, func() { over.Store(true) })
	defer stop.Stop()
	each := make([][]time.Duration, callers)
	for caller := range callers {
		working.Go(func() {
			for !over.Load() && ctx.Err() == nil {
				one := start()
				counts := all.elapsed() >= warming
				if err := do(ctx, caller); err != nil {
					cancel(err)
					return
				}
				if counts {
					each[caller] = append(each[caller], one.elapsed())
				}
			}
		})
	}
	working.Wait()
	s := sample{took: slices.Concat(each...), elapsed: all.elapsed() - warming}
	slices.Sort(s.took)
	return s, context.Cause(ctx)
}

func (s sample) perSecond() float64 { return float64(len(s.took)) / s.elapsed.Seconds() }

// quantile returns in milliseconds what a share of the things took at most.
func (s sample) quantile(share float64) float64 {
	if len(s.took) == 0 {
		return 0
	}
	at := min(int(share*float64(len(s.took))), len(s.took)-1)
	return float64(s.took[at]) / float64(time.Millisecond)
}

// processing is how much processor time this process has had.
func processing() (time.Duration, error) {
	var used syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), err
}

// steadily lets callers do one thing so many times a second, evenly spread over them,
// and tells how long each took since it was due.
func steadily(ctx context.Context, callers, perSecond int, lasting time.Duration, do func(ctx context.Context, caller int) error) (sample, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	every := time.Second / time.Duration(perSecond)
	each := make([][]time.Duration, callers)
	var working sync.WaitGroup
	all := start()
	for caller := range callers {
		working.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				due := time.Duration(n*callers+caller) * every
				if due >= warming+lasting {
					return
				}
				if wait := due - all.elapsed(); wait > 0 {
					time.Sleep(wait)
				}
				if err := do(ctx, caller); err != nil {
					cancel(err)
					return
				}
				if due >= warming {
					each[caller] = append(each[caller], all.elapsed()-due)
				}
			}
		})
	}
	working.Wait()
	s := sample{took: slices.Concat(each...), elapsed: all.elapsed() - warming}
	slices.Sort(s.took)
	return s, context.Cause(ctx)
}
