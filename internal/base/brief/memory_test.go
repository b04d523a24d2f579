package brief_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/base/brief"
)

var morning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func TestWhatIsRememberedEnds(t *testing.T) {
	m := brief.New[string, int](10)
	_, asOf, found := m.Find("a", morning)
	if found {
		t.Fatal("something was remembered that nobody had told")
	}
	m.Put("a", 1, morning.Add(time.Second), asOf)
	if v, _, found := m.Find("a", morning.Add(time.Second-1)); !found || v != 1 {
		t.Errorf("%d %t", v, found)
	}
	if _, _, found := m.Find("a", morning.Add(time.Second)); found {
		t.Error("it was remembered beyond its end")
	}
}

func TestWhatWasReadBeforeAChangeIsNotRemembered(t *testing.T) {
	m := brief.New[string, int](10)
	_, asOf, _ := m.Find("a", morning)
	m.Drop(func(key string, _ int) bool { return key == "b" })
	m.Put("a", 1, morning.Add(time.Second), asOf)
	if _, _, found := m.Find("a", morning); found {
		t.Error("what was read before a change was put back after it")
	}
}

func TestOnlyWhatMatchesIsDropped(t *testing.T) {
	m := brief.New[string, int](10)
	for i, key := range []string{"a", "b"} {
		_, asOf, _ := m.Find(key, morning)
		m.Put(key, i, morning.Add(time.Second), asOf)
	}
	m.Drop(func(_ string, value int) bool { return value == 0 })
	_, _, a := m.Find("a", morning)
	_, _, b := m.Find("b", morning)
	if a || !b {
		t.Errorf("a %t, b %t", a, b)
	}
	m.Forget()
	if _, _, b := m.Find("b", morning); b {
		t.Error("something was left")
	}
}

func TestAMemoryDoesNotGrowBeyondItsLimit(t *testing.T) {
	m := brief.New[int, int](3)
	for i := range 4 {
		_, asOf, _ := m.Find(i, morning)
		m.Put(i, i, morning.Add(time.Second), asOf)
	}
	_, _, first := m.Find(0, morning)
	if _, _, last := m.Find(3, morning); first || !last {
		t.Errorf("the first %t, the last %t", first, last)
	}
}
