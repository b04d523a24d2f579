package bench

import "time"

// watch measures by the machine's own clock: what is measured is the machine,
// and nothing is dated by it.
type watch struct{ begun time.Time }

func start() watch { return watch{time.Now()} } //nolint:forbidigo // see above

func (w watch) elapsed() time.Duration { return time.Since(w.begun) } //nolint:forbidigo // see above
