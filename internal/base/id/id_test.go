package id_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/base/id"
)

func TestIDsSortByTimeAndDoNotRepeat(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	seen := map[string]bool{}
	last := ""
	for range 1000 {
		at = at.Add(time.Millisecond)
		next := id.New(at)
		if !id.Valid(next) || seen[next] || next <= last {
			t.Fatalf("%s after %s", next, last)
		}
		seen[next], last = true, next
	}
}

func TestValidRefusesWhatIsNotAnID(t *testing.T) {
	for _, s := range []string{"", "x", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVV", "01ARZ3NDEKTSV4RRFFQ69G5FA'", "../../../../etc/passwd...."} {
		if id.Valid(s) {
			t.Errorf("%q accepted", s)
		}
	}
}
