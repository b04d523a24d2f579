package ledger

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// gauges publish how far the ledger has come. The lag of the index is
// placed − indexed.
type gauges struct {
	placed, signed, indexed prometheus.Gauge
	alarms                  prometheus.Counter
}

func newGauges() gauges {
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "medward", Subsystem: "ledger", Name: name, Help: help})
	}
	return gauges{
		placed:  gauge("placed_entries", "Entries that have their place in the tree."),
		signed:  gauge("signed_entries", "Entries under the newest checkpoint."),
		indexed: gauge("indexed_entries", "Entries that search can find."),
		alarms: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "medward", Subsystem: "ledger", Name: "alarms_total", Help: "Findings of the sequencer and the indexer.",
		}),
	}
}

func (g gauges) register(to prometheus.Registerer) error {
	return errors.Join(to.Register(g.placed), to.Register(g.signed), to.Register(g.indexed), to.Register(g.alarms))
}
