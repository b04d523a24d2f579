package access

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A wider frame never refuses what a narrower one lets pass.
func TestWideningAFrameRefusesNothingMore(t *testing.T) {
	verbs := []string{"patient.view", "record.list", "record.view", "record.print"}
	purposes := []string{"care", "teaching", "quality"}
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		some := func(all []string, name string) []string {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, len(all), rapid.ID[string]).Draw(t, name)
		}
		narrow := Frame{Verbs: some(verbs, "verbs"), Purposes: some(purposes, "purposes"), Level: rapid.IntRange(1, 5).Draw(t, "level"), Days: rapid.IntRange(1, 30).Draw(t, "days")}
		wide := Frame{
			Verbs: append(slices.Clone(narrow.Verbs), some(verbs, "more verbs")...), Purposes: append(slices.Clone(narrow.Purposes), some(purposes, "more purposes")...),
			Level: narrow.Level + rapid.IntRange(0, 2).Draw(t, "higher"), Days: narrow.Days + rapid.IntRange(0, 30).Draw(t, "longer"),
		}
		asked := wish{
			Scope: Scope{Verbs: some(verbs, "asked"), Purpose: rapid.SampledFrom(purposes).Draw(t, "purpose"), Until: now.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "for")) * day)},
			level: rapid.IntRange(0, 5).Draw(t, "patient"), from: now,
		}
		before := narrow.beyond(asked)
		for _, limit := range wide.beyond(asked) {
			if !slices.Contains(before, limit) {
				t.Fatalf("%s is passed in the wider frame only", limit)
			}
		}
		if over := (Frame{}).beyond(asked); len(over) > 0 {
			t.Fatalf("a frame without limits is passed: %v", over)
		}
	})
}
