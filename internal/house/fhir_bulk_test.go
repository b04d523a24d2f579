package house_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/house/housetest"
)

func TestBulkDataLeavesByACaseOfAPerson(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		doctor := app{t, h, s.doctor}
		doctor.refused("GET", "/Patient/$export", http.StatusForbidden, "fhir.export", "Prefer", "respond-async")
		_, key := connected(t, h, "lis", "patients")
		machine := app{t, h, h.Nobody()}
		machine.caller.Token = key
		if got := machine.ask("GET", "/Patient/$export?case=1&profile=records", "", "Prefer", "respond-async"); got.status != http.StatusForbidden {
			t.Errorf("a machine: %d %s", got.status, got.body)
		}
		viewerProgram(t, h, "user/Patient.rs")
		clerk := h.SignIn(h.Pick("records-clerk", nil))
		program := app{t, h, h.Nobody()}
		program.caller.Token, _ = allowProgram(t, h, clerk, "user/Patient.rs", "")
		program.refused("GET", "/Patient/$export?case=1&profile=records", http.StatusForbidden, "source.beyond-scope", "Prefer", "respond-async")

		records := app{t, h, clerk}
		var profiles struct {
			Items []struct {
				ID       string
				Exports  bool
				Purposes []string
			}
		}
		clerk.Must("GET", "/api/output/profiles", nil, http.StatusOK, &profiles)
		profile := ""
		for _, p := range profiles.Items {
			if p.Exports && strings.Contains(strings.Join(p.Purposes, " "), "coding") {
				profile = p.ID
			}
		}
		of := "/Patient/$export?case=2026-7&profile=" + profile
		records.refused("GET", of, http.StatusBadRequest, "fhir.parameter")
		records.refused("GET", of+"&_type=Observation", http.StatusBadRequest, "fhir.parameter", "Prefer", "respond-async")
		asked := records.ask("GET", of, "", "Prefer", "respond-async")
		place := asked.header.Get("Content-Location")
		if asked.status != http.StatusAccepted || place == "" {
			t.Fatalf("%d %v %s", asked.status, asked.header, asked.body)
		}
		if waits := records.ask("GET", place, ""); waits.status != http.StatusAccepted || waits.header.Get("X-Progress") == "" {
			t.Errorf("before it is read: %d %v %s", waits.status, waits.header, waits.body)
		}
		readWhole(t, h, func() bool {
			return strings.Contains(records.ask("GET", place, "").header.Get("X-Progress"), "reading")
		})
		id := place[strings.LastIndex(place, "/")+1:]
		code := approveLarge(h, id)
		done := records.ask("GET", place, "")
		var manifest struct {
			RequiresAccessToken bool
			Output              []struct {
				Type, URL string
				Count     int
			}
		}
		if err := json.Unmarshal(done.body, &manifest); err != nil || done.status != http.StatusOK || len(manifest.Output) != 1 || !manifest.RequiresAccessToken {
			t.Fatalf("%d %s %v", done.status, done.body, err)
		}
		file := manifest.Output[0]
		if unsigned := records.ask("GET", file.URL, ""); unsigned.status == http.StatusOK {
			t.Error("it left before its person signed for it")
		}
		clerk.Must("POST", "/api/output/exports/"+id+"/pledge", nil, http.StatusOK, nil)
		if code != "" {
			if got := records.ask("GET", file.URL, ""); got.status == http.StatusOK {
				t.Error("it left without its release code")
			}
		}
		got := records.ask("GET", file.URL, "", "Medward-Release-Code", code)
		lines := strings.Split(strings.TrimSpace(string(got.body)), "\n")
		if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/fhir+ndjson" || len(lines) != file.Count || file.Count == 0 {
			t.Fatalf("%d %v: %d lines of %d", got.status, got.header, len(lines), file.Count)
		}
		for _, line := range lines {
			r := records.read("a line", "Patient", reply{body: []byte(line)})
			if r.ID == "" || r.BirthDate != "" || !strings.Contains(line, "urn:medward:issue") {
				t.Errorf("%s", line)
			}
		}
		other := records.ask("GET", of, "", "Prefer", "respond-async").header.Get("Content-Location")
		if back := records.ask("DELETE", other, ""); back.status != http.StatusAccepted {
			t.Errorf("taken back: %d %s", back.status, back.body)
		}
		if over := records.ask("GET", other, ""); over.status != http.StatusConflict {
			t.Errorf("after it was taken back: %d %s", over.status, over.body)
		}
		stranger := app{t, h, h.SignIn(h.Pick("resident", nil))}
		if hidden := stranger.ask("GET", place, ""); hidden.status != http.StatusForbidden {
			t.Errorf("a stranger's export: %d", hidden.status)
		}
	})
}

// approveLarge says yes twice to an export that waits for that, and returns its release
// code.
func approveLarge(h *housetest.House, id string) string {
	for _, role := range []string{"medical-affairs", "president"} {
		status, body := h.SignIn(h.Pick(role, nil)).Ask("POST", "/api/output/exports/"+id+"/approve", nil)
		var said struct{ ReleaseCode string }
		if status == http.StatusOK && json.Unmarshal(body, &said) == nil && said.ReleaseCode != "" {
			return said.ReleaseCode
		}
	}
	return ""
}

// readWhole lets later work go on, minute by minute, until an export is no longer read.
func readWhole(t *testing.T, h *housetest.House, reading func() bool) {
	t.Helper()
	for range 5 {
		if err := h.Jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !reading() {
			return
		}
		h.Time.Advance(time.Minute)
	}
}
