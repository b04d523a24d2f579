package crashtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/ledger"
)

// patience bounds every wait of a round.
const patience = 2 * time.Minute

// check opens the store again and looks for everything that was acknowledged:
// as its readers, with the sessions they had, and in the ledger; and verifies.
func (s *Store) check(t *testing.T, done []acknowledged) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	h, err := house.Open(ctx, configOf(s.folder, s.url, io.Discard))
	if err != nil {
		t.Fatalf("the store does not open any more: %v", err)
	}
	tending, stop := context.WithCancel(ctx)
	var tended sync.WaitGroup
	tended.Go(func() {
		if err := h.Tend(tending); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(h.Handler(nil))
	defer func() {
		server.Close()
		stop()
		tended.Wait()
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, missing := range lookForEach(ctx, server, done) {
		t.Error("acknowledged and lost: ", missing)
	}
	if err := h.Ledger.Settle(ctx); err != nil {
		t.Fatal("the ledger does not settle: ", err)
	}
	s.checkLedger(ctx, t, h, done)
}

func (s *Store) checkLedger(ctx context.Context, t *testing.T, h *house.House, done []acknowledged) {
	t.Helper()
	err := h.Store.Read(ctx, func(r db.Reader) error {
		var all []error
		for what, many := range entriesOf(done) {
			all = append(all, what.inLedger(ctx, h, r, many))
		}
		return errors.Join(all...)
	})
	if err != nil {
		t.Error(err)
	}
	report, err := h.Verify(ctx, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Error("the verifier found: ", f.Text.EN)
	}
	if !report.Consistent || report.Waiting > 0 {
		t.Errorf("the verifier is not content: %d findings, %d waiting", len(report.Findings), report.Waiting)
	}
}

// account is what a ledger entry must be found by: the id of a reading's entry,
// or the verb and object of a change.
type account struct{ entry, verb, object string }

// entriesOf says how many entries of each kind there must be at the least.
func entriesOf(done []acknowledged) map[account]int {
	many := map[account]int{}
	for _, a := range done {
		switch a.verb {
		case "record.view":
			many[account{entry: a.account}]++
		case "patient.register":
			many[account{verb: a.verb, object: a.patient}]++
		default:
			many[account{verb: a.verb, object: a.document}]++
		}
	}
	return many
}

func (a account) inLedger(ctx context.Context, h *house.House, r db.Reader, many int) error {
	if a.entry != "" {
		if _, err := h.Ledger.ByID(ctx, r, a.entry); err != nil {
			return fmt.Errorf("the entry %s of an acknowledged reading: %w", a.entry, err)
		}
		return nil
	}
	kind := "Document"
	if a.verb == "patient.register" {
		kind = "Patient"
	}
	page, err := h.Ledger.Search(ctx, r, ledger.Query{Org: h.Birth.Org, Verbs: []string{a.verb}, Kind: kind, Object: a.object, Outcome: ledger.Done})
	if err == nil && page.Count < int64(many) {
		err = fmt.Errorf("%d acts %s of %s were acknowledged, the ledger holds %d", many, a.verb, a.object, page.Count)
	}
	return err
}

// lookForEach reads everything acknowledged once more as those to whom it was.
func lookForEach(ctx context.Context, server *httptest.Server, done []acknowledged) (missing []error) {
	var looking sync.WaitGroup
	var mu sync.Mutex
	todo := make(chan acknowledged)
	for range callers {
		looking.Go(func() {
			for a := range todo {
				c := &caller{base: server.URL, client: server.Client(), token: a.token}
				if err := c.lookFor(ctx, a); err != nil {
					mu.Lock()
					missing = append(missing, fmt.Errorf("%s %s version %d %s: %w", a.verb, a.document, a.version, a.number, err))
					mu.Unlock()
				}
			}
		})
	}
	for _, a := range done {
		if a.verb != "record.view" {
			todo <- a
		}
	}
	close(todo)
	looking.Wait()
	return missing
}

func (c *caller) lookFor(ctx context.Context, a acknowledged) error {
	if a.verb == "patient.register" {
		var found struct{ Cards []struct{ ID string } }
		err := c.ask(ctx, http.MethodPost, "/api/patients/locate", map[string]string{"identifier": a.number}, &found)
		if err == nil && (len(found.Cards) != 1 || found.Cards[0].ID != a.patient) {
			err = fmt.Errorf("located as %v", found.Cards)
		}
		return err
	}
	var shown struct {
		Sections   []struct{ Text string }
		Signatures []struct{ Valid bool }
	}
	if err := c.ask(ctx, http.MethodGet, fmt.Sprintf("/api/documents/%s?version=%d", a.document, a.version), nil, &shown); err != nil {
		return err
	}
	if len(shown.Sections) != 1 || shown.Sections[0].Text != a.text {
		return fmt.Errorf("it now says %v", shown.Sections)
	}
	if a.verb == "record.sign" && (len(shown.Signatures) != 1 || !shown.Signatures[0].Valid) {
		return fmt.Errorf("its signatures: %v", shown.Signatures)
	}
	return nil
}
