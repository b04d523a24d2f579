package handover_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/handover"
)

func (h *hospital) opened(partner string) handover.Case {
	h.T.Helper()
	return must[handover.Case](h.T)(h.room.Open(h.as("head"), handover.Opening{Ground: handover.Merger, Words: "两院合并", Partner: partner, Until: h.Clock.Now().AddDate(0, 1, 0)}))
}

// released is a handover whose export may be fetched.
func (h *hospital) released(partner string) handover.Case {
	h.T.Helper()
	c := h.opened(partner)
	must[handover.Case](h.T)(h.room.Approve(h.as("boss"), c.ID))
	h.run()
	return must[handover.Case](h.T)(h.room.Release(h.as("head"), c.ID))
}

func (h *hospital) found(id string) handover.Comparison {
	h.T.Helper()
	must[handover.Comparing](h.T)(h.room.Compare(h.as("head"), id))
	h.run()
	seen := must[handover.Seen](h.T)(h.room.View(h.as("head"), id))
	if len(seen.Comparisons) == 0 {
		h.T.Fatalf("nothing was compared: %+v", seen.Progress)
	}
	return seen.Comparisons[0]
}

func TestAHouseIsHandedOverWholeAndClosedBySignaturesOfBothSides(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		to, partner := h.taker()
		c := h.released(partner)
		folder := to.open(h, c.ID)
		report, receipt := to.verify(t, folder)
		if !report.Matches() || report.Digest != c.Digest {
			t.Fatalf("%+v", report.Differences)
		}
		if report.Rows["document"] != 3 || report.Rows["version"] != 3 || report.Rows["signature"] != 3 || report.Rows["patient"] != 1 || report.Rows["ledger_block"] == 0 {
			t.Errorf("%v", report.Rows)
		}
		if !slices.Equal(slices.Sorted(slices.Values(handover.Sets())), report.Sets()) {
			t.Errorf("%v", report.Sets())
		}
		h.readable(folder)
		c = must[handover.Case](t)(h.room.Receive(h.as("head"), c.ID, receipt))
		if c.State != handover.Matched {
			t.Fatalf("%s", c.State)
		}
		must[handover.Case](t)(h.room.Sign(h.as("head"), c.ID))
		if _, err := h.room.Close(h.as("boss"), c.ID); faulttest.Code(err) != "handover.compare-first" {
			t.Errorf("closed without a comparison: %v", err)
		}
		if f := h.found(c.ID); f.Missing+f.Gone != 0 || f.Compared < 15 {
			t.Fatalf("%+v", f)
		}
		h.Clock.Advance(time.Minute)
		c = must[handover.Case](t)(h.room.Close(h.as("boss"), c.ID))
		if c.State != handover.Closed || c.ClosedBy != h.people["boss"] {
			t.Errorf("%+v", c)
		}
		if _, err := h.file("又胸痛"); err != nil {
			t.Errorf("after the end nobody writes: %v", err)
		}
		if last := h.Last(); last.Verb == "" {
			t.Error("nothing was accounted for")
		}
		h.holds("handover.matched", "handover.nothing-missing")
	})
}

// readable looks for what a reader without this program needs.
func (h *hospital) readable(folder fstest.MapFS) {
	h.T.Helper()
	var content, shared int
	for name := range maps.Keys(folder) {
		switch {
		case strings.HasSuffix(name, "/content.json"):
			content++
			if !strings.Contains(string(folder[name].Data), "胸痛3天") {
				h.T.Errorf("%s does not say what was written", name)
			}
		case strings.HasSuffix(name, "/cda.xml"):
			shared++
		}
	}
	if content != 3 || shared != 3 {
		h.T.Errorf("%d originals, %d shared documents", content, shared)
	}
	if rows := string(folder["data/patient-000001.ndjson"].Data); !strings.Contains(rows, "王小明") {
		h.T.Errorf("the patient cannot be read: %s", rows)
	}
}

func TestAHandoverIsNotClosedOnWhatChangedAfterItWasCompared(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		to, partner := h.taker()
		c := h.released(partner)
		_, receipt := to.verify(t, to.open(h, c.ID))
		must[handover.Case](t)(h.room.Receive(h.as("head"), c.ID, receipt))
		must[handover.Case](t)(h.room.Sign(h.as("head"), c.ID))
		h.found(c.ID)
		h.Clock.Advance(time.Minute)
		if err := h.patients.Discharge(h.Feed("his"), h.encounter, h.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Close(h.as("boss"), c.ID); faulttest.Code(err) != "handover.compare-first" {
			t.Fatalf("closed although the patient was discharged since: %v", err)
		}
	})
}

func TestPeopleDoNotWriteWhileTheHouseIsHandedOver(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		to, partner := h.taker()
		c := h.opened(partner)
		if _, err := h.file("申请之后"); err != nil {
			t.Errorf("what was only asked for already stops writing: %v", err)
		}
		must[handover.Case](t)(h.room.Approve(h.as("boss"), c.ID))
		_, err := h.file("移交期间")
		if faulttest.Code(err) != "act.refused" || !strings.Contains(err.Error(), "只读") && !strings.Contains(err.Error(), "handed over") {
			t.Fatalf("%v", err)
		}
		h.run()
		c = must[handover.Case](t)(h.room.Release(h.as("head"), c.ID))
		h.glass = true
		urgent := must[string](t)(h.file("抢救记录"))
		h.glass = false
		_, receipt := to.verify(t, to.open(h, c.ID))
		must[handover.Case](t)(h.room.Receive(h.as("head"), c.ID, receipt))
		must[handover.Case](t)(h.room.Sign(h.as("head"), c.ID))
		f := h.found(c.ID)
		if f.Missing < 3 || !slices.ContainsFunc(f.Differences, func(d handover.Difference) bool { return d.Set == "document" && d.Key == urgent }) {
			t.Fatalf("%+v", f)
		}
		if _, err := h.room.Close(h.as("boss"), c.ID); faulttest.Code(err) != "handover.missing" {
			t.Fatalf("closed although records are missing: %v", err)
		}
		h.fails("handover.nothing-missing")
		must[handover.Case](t)(h.room.Supplement(h.as("head"), c.ID))
		h.run()
		must[handover.Case](t)(h.room.Release(h.as("head"), c.ID))
		report, receipt := to.verify(t, to.open(h, c.ID))
		if report.Rows["document"] != 1 || report.Rows["patient"] != 0 || !report.Matches() {
			t.Errorf("the supplement holds %v, %v", report.Rows, report.Differences)
		}
		must[handover.Case](t)(h.room.Receive(h.as("head"), c.ID, receipt))
		must[handover.Case](t)(h.room.Sign(h.as("yiwu"), c.ID))
		if f := h.found(c.ID); f.Missing+f.Gone != 0 {
			t.Fatalf("%+v", f)
		}
		must[handover.Case](t)(h.room.Close(h.as("boss"), c.ID))
	})
}

func TestAFreezeEndsWithItsTimeAndWithBeingStopped(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		_, partner := h.taker()
		c := h.opened(partner)
		must[handover.Case](t)(h.room.Approve(h.as("boss"), c.ID))
		if _, err := h.file("期间"); faulttest.Code(err) != "act.refused" {
			t.Fatalf("%v", err)
		}
		must[handover.Case](t)(h.room.Stop(h.as("boss"), c.ID))
		if _, err := h.file("终止后"); err != nil {
			t.Errorf("%v", err)
		}
		d := h.opened(partner)
		must[handover.Case](t)(h.room.Approve(h.as("boss"), d.ID))
		h.Clock.Advance(32 * 24 * time.Hour)
		if _, err := h.file("到期后"); err != nil {
			t.Errorf("the time is over and nobody writes: %v", err)
		}
	})
}

func TestOnePersonDoesNotHandTheHouseOver(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		to, partner := h.taker()
		c := h.opened(partner)
		if _, err := h.room.Open(h.as("yiwu"), handover.Opening{Ground: handover.Closing, Words: "停业", Partner: partner, Until: h.Clock.Now().AddDate(0, 1, 0)}); faulttest.Code(err) != "handover.under-way" {
			t.Errorf("two at a time: %v", err)
		}
		if _, err := h.room.Approve(h.as("head"), c.ID); faulttest.Code(err) != "act.refused" {
			t.Errorf("whoever asked approves: %v", err)
		}
		if _, err := h.room.Release(h.as("head"), c.ID); faulttest.Code(err) != "handover.out-of-order" {
			t.Errorf("released before it was approved: %v", err)
		}
		must[handover.Case](t)(h.room.Approve(h.as("boss"), c.ID))
		h.run()
		if _, err := h.room.Fetch(h.as("head"), c.ID, 1); faulttest.Code(err) != "handover.out-of-order" {
			t.Errorf("fetched before it was released: %v", err)
		}
		must[handover.Case](t)(h.room.Release(h.as("head"), c.ID))
		if n := h.Count("recipient_sending"); n != 1 {
			t.Errorf("the outward register has %d rows", n)
		}
		folder := to.open(h, c.ID)
		delete(folder, "data/document-000001.ndjson")
		report, receipt := to.verify(t, folder)
		if report.Matches() {
			t.Fatal("a file is missing, and nobody notices")
		}
		seen := must[handover.Case](t)(h.room.Receive(h.as("head"), c.ID, receipt))
		if seen.State != handover.Differs {
			t.Errorf("%s", seen.State)
		}
		if _, err := h.room.Sign(h.as("head"), c.ID); faulttest.Code(err) != "handover.out-of-order" {
			t.Errorf("signed although it differs: %v", err)
		}
		stranger, _ := h.stranger().verify(t, to.open(h, c.ID))
		_, forged := h.stranger().verify(t, to.open(h, c.ID))
		if _, err := h.room.Receive(h.as("head"), c.ID, forged); faulttest.Code(err) != "handover.receipt" || !stranger.Matches() {
			t.Errorf("a receipt of somebody else: %v", err)
		}
		h.fails("handover.matched")
	})
}

func TestARehearsalReadsEverythingBackAndStopsNobody(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.fails("handover.exported-and-read-back")
		c := must[handover.Case](t)(h.room.Open(h.as("head"), handover.Opening{Ground: handover.Rehearsal, Words: "年度演练", Until: h.Clock.Now().AddDate(0, 0, 7)}))
		must[handover.Case](t)(h.room.Approve(h.as("boss"), c.ID))
		if _, err := h.file("演练期间"); err != nil {
			t.Errorf("a rehearsal keeps people from writing: %v", err)
		}
		h.run()
		seen := must[handover.Seen](t)(h.room.View(h.as("auditor"), c.ID))
		if seen.State != handover.Matched || len(seen.Comparisons) != 1 || seen.Comparisons[0].Compared < 15 || seen.Comparisons[0].Missing+seen.Comparisons[0].Gone != 0 || seen.Words != "年度演练" {
			t.Errorf("%s %+v", seen.State, seen.Comparisons)
		}
		if took := seen.Takeover; took == nil || took.Given != 4 || took.Taken != 4 || took.Patients != 1 || took.Missing+took.Extra+took.Aside != 0 {
			t.Errorf("the empty house took %+v", took)
		}
		h.holds("handover.exported-and-read-back")
		if l := must[handover.Listed](t)(h.room.List(h.as("auditor"), web.Paging{})); len(l.Items) != 1 || l.Names[h.people["boss"]].ZH != "boss" {
			t.Errorf("%+v", l)
		}
		h.Clock.Advance(400 * 24 * time.Hour)
		h.fails("handover.exported-and-read-back")
	})
}

func TestAnExportIsWholeInManyParts(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for range 20 {
			must[string](t)(h.file(strings.Repeat("长病程记录", 33_000)))
		}
		to, partner := h.taker()
		c := h.released(partner)
		if c.Parts < 2 {
			t.Fatalf("%d parts", c.Parts)
		}
		report, _ := to.verify(t, to.open(h, c.ID))
		if !report.Matches() || report.Rows["version"] != 23 {
			t.Errorf("%v %v", report.Rows, report.Differences)
		}
	})
}
