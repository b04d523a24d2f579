package house_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/kit/hl7v2"
)

// connected registers a source, has its owner sign, somebody else approve, and a key
// issued, all over HTTP, and returns its id and what its machine shows.
func connected(t *testing.T, h *housetest.House, code string, shapes ...string) (id, key string) {
	t.Helper()
	owner, runs, judges := h.SignIn(h.Pick("technician", nil)), h.SignIn(h.Pick("system-administrator", nil)), h.SignIn(h.Pick("security-administrator", nil))
	var made struct{ ID, Secret string }
	runs.Must("POST", "/api/sources", map[string]any{
		"code": code, "nameZh": "检验系统", "kinds": []string{"rest", "syslog"}, "owner": owner.Who.Person, "purpose": "检验结果回传", "standard": "HL7 v2.5.1", "shapes": shapes,
		"senders": []any{map[string]any{"application": "LIS"}}, "networks": []string{"127.0.0.0/8"}, "perMinute": 600,
	}, http.StatusCreated, &made)
	id = made.ID
	owner.Must("POST", "/api/sources/"+id+"/agreement", map[string]any{"words": "仅用于本院检验结果", "since": h.Time.Now(), "until": h.Time.Now().AddDate(1, 0, 0)}, http.StatusCreated, nil)
	judges.Must("POST", "/api/sources/"+id+"/approve", nil, http.StatusOK, nil)
	runs.Must("POST", "/api/sources/"+id+"/keys", map[string]any{"kind": "bearer", "until": h.Time.Now().AddDate(0, 6, 0)}, http.StatusCreated, &made)
	runs.Must("POST", "/api/sources/"+id+"/begin", nil, http.StatusOK, nil)
	return id, made.Secret
}

// hand hands HL7 v2 in as a machine and returns the status, what became of it, and the
// answer.
func hand(t *testing.T, h *housetest.House, key, query, text string) (status int, total map[string]int, answer string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.Server.URL+"/api/import"+query, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := h.Server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var whole json.RawMessage
	if err := json.NewDecoder(res.Body).Decode(&whole); err != nil {
		t.Fatal(err)
	}
	var report struct{ Total map[string]int }
	if err := json.Unmarshal(whole, &report); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, report.Total, string(whole)
}

func admission(sender, version, control string) string {
	return strings.Join([]string{
		"MSH|^~\\&|" + sender + "|LAB|MEDWARD|H|20260302093000||ADT^A01^ADT_A01|" + control + "|P|" + version + "||||||UNICODE UTF-8",
		"EVN|A01|20260302093000",
		"PID|1||M" + control + "^^^H^MR||测试^患者||19600302|F",
		"PV1|1|I|W1^12^3||||||||||||||||V" + control + "|||||||||||||||||||||||||20260302090000",
	}, "\r") + "\r"
}

func TestAMachineHandsInUnderItsOwnKeyAndNothingElse(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		id, key := connected(t, h, "lis", "patients", "visits")
		status, total, answer := hand(t, h, key, "", admission("LIS", "2.5.1", "1"))
		if status != http.StatusOK || total["created"] != 1 {
			t.Fatalf("%d %s", status, answer)
		}
		if _, again, answer := hand(t, h, key, "", admission("LIS", "2.5.1", "1")); again["unchanged"] != 1 || again["created"] != 0 {
			t.Errorf("sent again: %s", answer)
		}
		for rule, text := range map[string]string{
			"intake.sender": admission("RIS", "2.5.1", "2"), "intake.standard-version": admission("LIS", "2.4", "3"),
			"act.refused": strings.ReplaceAll(admission("LIS", "2.5.1", "4"), "ADT^A01^ADT_A01", "MDM^T02^MDM_T02") + "TXA|1|CN|TX|20260302093000||||||||D4|||||LA\rOBX|1|TX|1^主诉||头痛||||||F\r",
		} {
			if status, total, answer := hand(t, h, key, "", text); status != http.StatusOK || total["quarantined"] != 1 || !strings.Contains(answer, rule) {
				t.Errorf("%s: %d %s", rule, status, answer)
			}
		}
		if status, _, answer := hand(t, h, key, "?source=his", admission("LIS", "2.5.1", "5")); status != http.StatusForbidden || !strings.Contains(answer, "intake.other-source") {
			t.Errorf("under another name: %d %s", status, answer)
		}

		machine := h.Nobody()
		machine.Token = key
		for _, path := range []string{"/api/patients", "/api/quarantine", "/api/imports", "/api/elsewhere"} {
			if status, answer := machine.Ask("GET", path, nil); status != http.StatusForbidden || !strings.Contains(string(answer), "source.path") {
				t.Errorf("%s: %d %s", path, status, answer)
			}
		}
		if status, answer := machine.Ask("POST", "/api/output/events", map[string]any{}); status != http.StatusForbidden || !strings.Contains(string(answer), "source.path") {
			t.Errorf("an event: %d %s", status, answer)
		}

		var seen struct {
			Health struct{ Received, Quarantined, Refused, Measured int }
		}
		h.SignIn(h.Pick("auditor", nil)).Must("GET", "/api/sources/"+id, nil, http.StatusOK, &seen)
		if seen.Health.Received != 5 || seen.Health.Quarantined != 3 || seen.Health.Refused != 5 || seen.Health.Measured == 0 {
			t.Errorf("%+v", seen)
		}

		h.Time.Advance(370 * 24 * time.Hour)
		if status, _, answer := hand(t, h, key, "", admission("LIS", "2.5.1", "6")); status < 400 {
			t.Errorf("a year later: %d %s", status, answer)
		}
	})
}

func TestADLPAndABastionReportAsMachines(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		id, key := connected(t, h, "guard", "leaving", "recordings")
		machine := h.Nobody()
		machine.Token = key
		var event struct{ ID string }
		machine.Must("POST", "/api/output/events", map[string]any{
			"source": "guard", "reference": "1", "kind": "mail", "outcome": "blocked", "happened": h.Time.Now(),
		}, http.StatusCreated, &event)
		machine.Must("POST", "/api/privilege/recordings", bodies["receiveRecording"], http.StatusCreated, nil)
		if status, answer := machine.Ask("POST", "/api/import", nil); status != http.StatusForbidden || !strings.Contains(string(answer), "source.path") {
			t.Errorf("an import: %d %s", status, answer)
		}
		if n := named(t, h, "output_event WHERE reported_by", id) + named(t, h, "privilege_recording WHERE by_actor", id); n != 2 {
			t.Errorf("%d rows name the machine", n)
		}
	})
}

// named counts rows that name an actor.
func named(t *testing.T, h *housetest.House, where, actor string) (n int64) {
	t.Helper()
	err := h.Store.Read(t.Context(), func(r db.Reader) error {
		rows, err := r.Query(t.Context(), "SELECT COUNT(*) FROM "+where+" = $1", actor)
		if err != nil {
			return err
		}
		defer rows.Close()
		rows.Next()
		return rows.Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestHL7OverMLLPIsAnsweredWhenItIsDurableAndTakenOnce(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		connected(t, h, "lis", "patients", "visits")
		at, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		var listening sync.WaitGroup
		listening.Go(func() {
			if err := h.Sources.Listen(ctx, at, source.Listening{Take: h.Intake.Take, Log: slog.New(slog.DiscardHandler)}); err != nil {
				t.Error(err)
			}
		})
		defer listening.Wait()
		defer stop()
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", at.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		frames := hl7v2.NewFrames(conn, 1<<20)
		const sent = 30
		for i := range sent {
			if _, err := conn.Write(hl7v2.Frame([]byte(admission("LIS", "2.5.1", strconv.Itoa(i%20))))); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := conn.Write(hl7v2.Frame([]byte(admission("LIS", "2.4", "x")))); err != nil {
			t.Fatal(err)
		}
		for i := range sent + 1 {
			raw, err := frames.Next()
			if err != nil {
				t.Fatal(err)
			}
			want, named := "AA", strconv.Itoa(i%20)
			if i == sent {
				want, named = "AE", "x"
			}
			if ack, err := hl7v2.Parse(raw); err != nil || ack.Get("MSA-1").Text() != want || ack.Get("MSA-2").Text() != named {
				t.Errorf("answer %d: %q %v", i, raw, err)
			}
		}
		if n := named(t, h, "intake_entry WHERE scope = 'hl7 message' AND kind", "ADT"); n != 20 {
			t.Errorf("%d messages were taken, want 20", n)
		}
		if n := named(t, h, "intake_quarantine WHERE rule", "intake.standard-version"); n != 1 {
			t.Errorf("%d were set aside, want 1", n)
		}
	})
}
