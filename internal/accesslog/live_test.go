package accesslog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
)

// spoken has the mapping of a log whose lines name no columns.
func (h *hospital) spoken() {
	h.T.Helper()
	m := mapping()
	m.Header, m.Columns = false, strings.Split(strings.TrimSpace(header), ",")
	if _, err := h.room.SetMapping(h.as("sys"), "his", m); err != nil {
		h.T.Fatal(err)
	}
}

func (h *hospital) says(all ...string) {
	h.T.Helper()
	if err := h.room.TakeLines(acttest.For(h.feed(), "operation"), "his", []byte(strings.Join(all, ""))); err != nil {
		h.T.Fatal(err)
	}
}

// runs are all there are, the oldest first, when no job waits.
func (h *hospital) runs() []accesslog.Run {
	h.T.Helper()
	if err := h.jobs.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
	l, err := h.room.ListRuns(h.as("sys"), "his", web.Paging{})
	if err != nil {
		h.T.Fatal(err)
	}
	slices.Reverse(l.Items)
	return l.Items
}

func TestLinesThatComeAsTheyHappenAreMatchedWhenTheirRunEnds(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.spoken()
		h.Clock.Advance(time.Hour)
		h.says(line(1, 5, "a-chen", "MR-1", "查看"), line(2, 6, "a-far", "MR-1", "查看"))
		h.says(line(3, 7, "a-chen", "MR-1", "打印"))
		if all := h.runs(); len(all) != 1 || all[0].State != accesslog.Receiving || all[0].Lines != 3 || all[0].Parts != 2 {
			t.Fatalf("%+v", all)
		}
		h.Clock.Advance(15 * time.Minute)
		h.says(line(4, 70, "a-chen", "MR-1", "查看"))
		all := h.runs()
		if len(all) != 2 || all[0].State != accesslog.Done || all[0].Tally.Events != 3 || all[0].Tally.Unexplained != 1 || all[1].Lines != 1 {
			t.Fatalf("%+v", all)
		}
	})
}

func TestALogThatFellSilentIsMatchedWithWhatCame(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.spoken()
		h.Clock.Advance(time.Hour)
		h.says(line(1, 5, "a-chen", "MR-1", "查看"))
		h.Clock.Advance(time.Second)
		if _, err := h.room.Begin(h.as("sys"), "his", time.Time{}); err != nil {
			t.Fatal(err)
		}
		tick := func(after time.Duration) []accesslog.Run {
			h.Clock.Advance(after)
			if err := h.room.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
			return h.runs()
		}
		if all := tick(59 * time.Minute); all[0].State != accesslog.Receiving {
			t.Fatalf("ended before its time: %+v", all)
		}
		all := tick(2 * time.Minute)
		if all[0].State != accesslog.Done || all[0].Tally.Events != 1 || all[1].State != accesslog.Done || all[1].Lines != 0 {
			t.Fatalf("%+v", all)
		}
		h.says(line(2, 6, "a-chen", "MR-1", "查看"))
		if all := h.runs(); len(all) != 3 || all[2].Lines != 1 {
			t.Errorf("what came after it: %+v", all)
		}
	})
}

func TestAMachineHandsInItsOwnLogOnly(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.spoken()
		if _, err := h.room.SetMapping(h.as("sys"), "pacs", mapping()); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Begin(acttest.For(h.feed(), "operation"), "pacs", time.Time{}); faulttest.Code(err) != "accesslog.source" {
			t.Errorf("a run of another system: %v", err)
		}
		of, err := h.room.Begin(h.as("sys"), "his", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Receive(acttest.For(h.feed(), "operation"), of.ID, 0, []byte(line(1, 5, "a-chen", "MR-1", "查看"))); !errors.Is(err, act.ErrAbsent) {
			t.Errorf("into the run of a person: %v", err)
		}
		if _, err := h.room.Finish(acttest.For(h.feed(), "operation"), of.ID); !errors.Is(err, act.ErrAbsent) {
			t.Errorf("ended the run of a person: %v", err)
		}
	})
}
