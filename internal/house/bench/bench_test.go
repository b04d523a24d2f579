package bench_test

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/bench"
	"github.com/medward/medward/internal/house/housetest"
)

var quiet = slog.New(slog.DiscardHandler)

func TestEverythingIsMeasuredAndNothingStays(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for half a minute")
	}
	disk := t.TempDir()
	report, err := bench.Run(t.Context(), bench.Options{Folder: filepath.Join(disk, "data"), Log: quiet, Lasting: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"ledger_entries_per_second", "ledger_one_caller_p50_ms", "act_per_second", "act_p99_ms", "policy_decision_p50_ms",
		"policy_list_of_100_p50_ms", "open_per_second", "open_p50_ms", "open_p99_ms", "decide_per_second", "decide_p99_ms", "decide_most_per_second", "fhir_read_per_second", "fhir_read_p99_ms", "fhir_search_per_second", "import_fhir_resources_per_second", "import_hl7_messages_per_second",
		"import_hl7_same_patient_messages_per_second",
	} {
		if value, _ := fields[name].(float64); value <= 0 {
			t.Errorf("%s is %v", name, fields[name])
		}
	}
	for name, value := range fields {
		_, measured := value.(float64)
		if measured && !strings.HasPrefix(name, "processors") && !strings.HasSuffix(name, "_per_second") && !strings.HasSuffix(name, "_ms") {
			t.Errorf("%s does not say its unit", name)
		}
	}
	if left, err := os.ReadDir(disk); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestADatabaseInUseIsLeftAlone(t *testing.T) {
	h := housetest.Demo(t, db.Postgres)
	_, err := bench.Run(t.Context(), bench.Options{Folder: t.TempDir(), URL: h.Config.URL, Log: quiet, Parts: []string{"policy"}})
	if err == nil || !strings.Contains(err.Error(), "house.database-in-use") {
		t.Errorf("got %v", err)
	}
	report, err := h.Verify(t.Context(), "", nil)
	if err != nil || !report.Consistent {
		t.Errorf("%v, findings %v", err, report.Findings)
	}
}

func TestAnUnknownPartIsNamed(t *testing.T) {
	if _, err := bench.Run(t.Context(), bench.Options{Parts: []string{"weather"}}); err == nil || !strings.Contains(err.Error(), "bench.unknown-part") {
		t.Errorf("got %v", err)
	}
}
