package house_test

import (
	"bufio"
	"io"
	"net/http"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
)

// A page that listens for its bell must neither outlive its session nor keep it alive.
func TestTheBellEndsWithTheSession(t *testing.T) {
	h := housetest.Demo(t, db.SQLite)
	doctor := h.SignIn(h.Pick("resident", nil))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.Server.URL+"/api/duty/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+doctor.Token)
	res, err := h.Server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewReader(res.Body)
	if line, err := lines.ReadString('\n'); err != nil || line != "event: waiting\n" {
		t.Fatalf("%d %q %v", res.StatusCode, line, err)
	}
	doctor.Must("DELETE", "/api/session", nil, http.StatusNoContent, nil)
	if _, err := io.Copy(io.Discard, lines); err != nil {
		t.Fatal(err)
	}
	if status, _ := doctor.Ask("GET", "/api/duty/count", nil); status != http.StatusUnauthorized {
		t.Errorf("the session that is over counts: %d", status)
	}
}
