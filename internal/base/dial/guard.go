package dial

import "context"

// Guard is asked before anything goes to a destination, and says why not.
type Guard func(ctx context.Context, to Destination) error

// Guarded is the dialer with somebody who is asked first.
func (d *Dialer) Guarded(by Guard) *Dialer { return &Dialer{roots: d.roots, guard: by} }
