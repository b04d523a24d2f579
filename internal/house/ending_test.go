package house_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
)

// An open page at one process learns within five seconds of what was ended at another,
// and every kind of end is tried in both.
func TestAnEndReachesOpenPagesAndIsTriedInEveryProcess(t *testing.T) {
	h := housetest.Demo(t, db.Postgres)
	other := h.Beside()
	s := setScene(t, h)
	administrator, affairs := h.SignIn(h.Pick("security-administrator", nil)), h.SignIn(h.Pick("medical-affairs", nil))
	stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department })).At(other)
	var glass struct{ ID string }
	stranger.Must("POST", "/api/patients/"+s.patient+"/break-glass", map[string]any{"choice": "resuscitation", "words": "心跳骤停抢救"}, http.StatusCreated, &glass)
	stranger.Must("GET", "/api/patients/"+s.patient, nil, http.StatusOK, nil)

	page := openPage(t, stranger, other)
	affairs.Must("POST", "/api/reasons/"+glass.ID+"/withdraw", nil, http.StatusNoContent, nil)
	if told := page.next(t); told.Kind != "glass" || told.Patient != s.patient {
		t.Errorf("%+v", told)
	}
	if status, body := stranger.Ask("GET", "/api/patients/"+s.patient, nil); status != http.StatusForbidden {
		t.Errorf("the page asks again: %d %s", status, body)
	}

	var file, account struct{ ID string }
	affairs.Must("POST", "/api/output/exports", map[string]any{"list": "inbox", "format": "csv", "profile": "office", "case": "2026-18"}, http.StatusCreated, &file)
	affairs.Must("POST", "/api/output/exports/"+file.ID+"/cancel", nil, http.StatusOK, nil)
	var session struct{ Session string }
	stranger.Must("GET", "/api/session", nil, http.StatusOK, &session)
	stranger.Must("DELETE", "/api/identity/sessions/"+session.Session, nil, http.StatusNoContent, nil)

	doctor := s.doctor.At(other)
	var accounts struct{ Items []struct{ ID, Person string } }
	administrator.Must("GET", "/api/accounts?limit=200", nil, http.StatusOK, &accounts)
	for _, a := range accounts.Items {
		if a.Person == s.doctor.Who.Person {
			account.ID = a.ID
		}
	}
	theirs := openPage(t, doctor, other)
	administrator.Must("POST", "/api/accounts/"+account.ID+"/disable", nil, http.StatusNoContent, nil)
	if told := theirs.next(t); told.Kind != "" && told.Kind != "account" {
		t.Errorf("%+v", told)
	}
	if status, _ := doctor.Ask("GET", "/api/patients/"+s.patient, nil); status != http.StatusUnauthorized {
		t.Errorf("a page of an account that was disabled asks again: %d", status)
	}

	want := map[string]string{"glass": glass.ID, "account": account.ID, "export": file.ID, "session": session.Session}
	for range 3 {
		if err := errors.Join(h.Ledger.Settle(t.Context()), h.Access.FollowEnds(t.Context()), other.Access.FollowEnds(t.Context())); err != nil {
			t.Fatal(err)
		}
		var orders struct {
			Items []struct {
				Kind, Subject, State string
				Trials               []struct{ At *time.Time }
			}
		}
		affairs.Must("GET", "/api/revocations?state=ended", nil, http.StatusOK, &orders)
		for _, o := range orders.Items {
			if want[o.Kind] == o.Subject && len(o.Trials) == 2 {
				delete(want, o.Kind)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not found to hold in both processes: %v", want)
	}
}

// page is an open page that is told what ends.
type page struct{ lines *bufio.Scanner }

type toldEnd struct{ Kind, Patient string }

func openPage(t *testing.T, who *housetest.Caller, at *housetest.House) page {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.Server.URL+"/api/duty/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+who.Token)
	res, err := at.Server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	opened := page{bufio.NewScanner(res.Body)}
	for opened.lines.Scan() && !strings.HasPrefix(opened.lines.Text(), "event: waiting") {
	}
	return opened
}

// next is what the page is told has ended, within five seconds; nothing when the stream
// ends, as that of a session does.
func (p page) next(t *testing.T) toldEnd {
	t.Helper()
	began := time.Now()
	var told toldEnd
	for p.lines.Scan() {
		if p.lines.Text() != "event: ended" {
			continue
		}
		p.lines.Scan()
		if err := json.Unmarshal([]byte(strings.TrimPrefix(p.lines.Text(), "data: ")), &told); err != nil {
			t.Fatal(err)
		}
		break
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the open page was told after %s", took)
	} else {
		t.Logf("told %q after %s", told.Kind, took.Round(10*time.Millisecond))
	}
	return told
}
