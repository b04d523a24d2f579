package deadline

import (
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
)

// Choices are the reasons for which a document is late, or dates itself back.
var Choices = []string{"emergency", "waiting", "handover", "system", "forgotten", "other"}

// Explain says why a document is late, or dates itself back. Nothing becomes less late by
// it; a further reason stands beside the first.
func (room *Room) Explain(ctx context.Context, due, choice, words string) (Due, error) {
	if err := room.desk.Begin(ctx, "deadline.explain"); err != nil {
		return Due{}, err
	}
	words = strings.TrimSpace(words)
	e := errInput.With()
	if !slices.Contains(Choices, choice) {
		e.At("choice", text("请选择原因", "choose a reason"))
	}
	if choice == "other" {
		e.MustSay("words", words, maxWords)
	} else {
		e.MaySay("words", words, maxWords)
	}
	if err := e.OrNil(); err != nil {
		return Due{}, err
	}
	patient, err := room.patientOf(ctx, due)
	if err != nil {
		return Due{}, err
	}
	given := Reason{ID: id.New(room.desk.Now()), Due: due, Choice: choice}
	if given.Words, err = room.seal(ctx, patient, wordsPlace("DeadlineReason", given.ID), words); err != nil {
		return Due{}, err
	}
	return room.change(ctx, "deadline.explain", due, func(ctx context.Context, w *act.Work, d *Due) error {
		if !d.Late && !d.Backdated && !d.IsOverdue(w.Now()) && d.Overdue.IsZero() {
			return errNotLate.With()
		}
		given.Org, given.At, given.By = d.Org, w.Now(), w.Actor().ID
		if err := reasons.Insert(ctx, w, &given); err != nil {
			return err
		}
		d.Explained, d.Updated = true, w.Now()
		return dues.Update(ctx, w, d)
	})
}
