package id_test

import (
	"bytes"
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

func TestAnIDBeforeAnotherIsChosenByTheCodeAlone(t *testing.T) {
	later := id.New(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	code, another := bytes.Repeat([]byte{0xa5}, 16), bytes.Repeat([]byte{0x5a}, 16)
	before := id.Before(later, code)
	if !id.Valid(before) || before >= later || before != id.Before(later, code) || before == id.Before(later, another) {
		t.Errorf("%s before %s", before, later)
	}
	if yearAgo := id.New(time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)); before < yearAgo {
		t.Errorf("%s is more than a year before %s", before, later)
	}
	if odd := id.Before("no id", code); !id.Valid(odd) {
		t.Errorf("got %s", odd)
	}
}
