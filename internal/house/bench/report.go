package bench

import (
	"encoding/json"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// Figure is one thing that was measured. Its name ends in its unit: _per_second,
// _p50_ms, _p99_ms or _ms; _auc has none.
type Figure struct {
	Name  string
	Text  fault.Text
	Value float64
	Goal  float64 // zero when there is none
	Least bool    // the goal is the least; otherwise the most
}

// Met reports whether a figure reaches its goal.
func (f Figure) Met() bool {
	if f.Least {
		return f.Value >= f.Goal
	}
	return f.Value <= f.Goal
}

// Report is what a machine can do.
type Report struct {
	Engine     db.Engine
	Processors int
	// Used is how many processors this process had on average. Little of many
	// means that the machine was busy with something else, or waited for a disk.
	Used    float64
	Version string
	Figures []Figure
}

// MarshalJSON writes the figures as fields of one flat object.
func (r Report) MarshalJSON() ([]byte, error) {
	fields := map[string]any{"engine": r.Engine, "processors": r.Processors, "processors_used": r.Used, "version": r.Version}
	for _, f := range r.Figures {
		fields[f.Name] = f.Value
	}
	return json.Marshal(fields)
}

// goals are those of the project, by engine. A figure that is not here has none.
var goals = map[db.Engine]map[string]float64{
	db.SQLite: {
		"ledger_entries_per_second": 100_000, "ledger_one_caller_p50_ms": 0.5,
		"act_per_second": 5_000, "open_per_second": 3_000, "open_p99_ms": 20, "decide_most_per_second": 500, "decide_p99_ms": 50,
		"policy_decision_p50_ms": 0.010, "policy_list_of_100_p50_ms": 0.2,
		"import_fhir_resources_per_second": 2_000, "import_hl7_messages_per_second": 2_000,
		"absent_document_auc": 0.52, "absent_patient_auc": 0.52, "absent_encounter_auc": 0.52, "absent_staff_auc": 0.52, "absent_sealed_auc": 0.52,
	},
	db.Postgres: {
		"act_per_second": 3_000, "open_per_second": 1_500, "open_p99_ms": 20, "decide_most_per_second": 500, "decide_p99_ms": 50,
		"policy_decision_p50_ms": 0.010, "policy_list_of_100_p50_ms": 0.2,
		"import_fhir_resources_per_second": 2_000, "import_hl7_messages_per_second": 2_000,
		"absent_document_auc": 0.52, "absent_patient_auc": 0.52, "absent_encounter_auc": 0.52, "absent_staff_auc": 0.52, "absent_sealed_auc": 0.52,
	},
}

func (b *bench) add(name string, value float64, zh, en string) {
	const perSecond = "_per_second"
	b.report.Figures = append(b.report.Figures, Figure{
		Name: name, Value: value, Text: fault.Text{ZH: zh, EN: en}, Goal: goals[b.report.Engine][name],
		Least: len(name) > len(perSecond) && name[len(name)-len(perSecond):] == perSecond,
	})
}
