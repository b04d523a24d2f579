package bench

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/house"
)

// Options say what to measure and where.
type Options struct {
	// Folder is that of a store, which is left alone: the scratch store is made
	// on the same disk.
	Folder string
	// URL is of an empty, migrated PostgreSQL database, as the role that serves;
	// the embedded store when empty.
	URL     string
	Version string
	Log     *slog.Logger
	Parts   []string      // of [Parts]; all that take a minute when empty
	Lasting time.Duration // of each measurement under load; 5 s when zero
	// Progress is told what is being done; it may be nil.
	Progress func(doing string)
}

// Lasting is how long a measurement under load takes when nothing is said.
const Lasting = 5 * time.Second

// warming is how long callers work before it counts.
const warming = time.Second

// part is one thing that can be measured.
type part struct {
	name string
	run  func(ctx context.Context, b *bench) error
	long bool // takes minutes, and is measured only when it is named
}

// The order in which parts are measured: what fills the store comes last.
var parts = []part{
	{"policy", measurePolicy, false},
	{"open", measureOpen, false},
	{"absent", measureAbsent, true},
	{"decide", measureDecide, false},
	{"fhir", measureFHIR, false},
	{"act", measureAct, false},
	{"import", measureImport, false},
	{"ledger", measureLedger, false},
}

// Parts names what can be measured.
func Parts() []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	return names
}

var errPart = fault.Define("bench.unknown-part", fault.Invalid,
	"没有名为 {part} 的测量项。", "There is no measurement called {part}.",
	"choose among ledger, act, policy, open, decide, fhir, import and absent, or none for all but the last")

// bench is a measurement under way.
type bench struct {
	Options
	house  *house.House
	config house.Config
	folder string // for files of its own
	report Report
}

// Run measures and reports. The scratch store is removed again; what was written
// into a PostgreSQL database stays there.
func Run(ctx context.Context, o Options) (Report, error) {
	for _, name := range o.Parts {
		if !slices.Contains(Parts(), name) {
			return Report{}, errPart.With("part", name)
		}
	}
	if o.Lasting == 0 {
		o.Lasting = Lasting
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	b := &bench{Options: o, report: Report{Engine: db.SQLite, Processors: runtime.GOMAXPROCS(0), Version: o.Version}}
	if o.URL != "" {
		b.report.Engine = db.Postgres
	}
	err := b.inScratch(ctx, func() error { return b.measure(ctx) })
	return b.report, err
}

func (b *bench) measure(ctx context.Context) error {
	before, err := processing()
	if err != nil {
		return err
	}
	took := start()
	for _, p := range parts {
		if named := slices.Contains(b.Parts, p.name); !named && (p.long || len(b.Parts) > 0) {
			continue
		}
		b.Progress(p.name)
		if err := p.run(ctx, b); err != nil {
			return fmt.Errorf("measuring %s: %w", p.name, err)
		}
	}
	after, err := processing()
	b.report.Used = (after - before).Seconds() / took.elapsed().Seconds()
	return err
}
