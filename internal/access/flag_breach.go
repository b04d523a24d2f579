package access

import (
	"context"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/staff"
)

// FlagBreach suspends at once what leads somebody beyond the patients of his work, until
// somebody else has reviewed it. He is told, and keeps those whom he treats.
func (room *Room) FlagBreach(ctx context.Context, said Flagging) (BreachFlag, error) {
	const verb = "access.flag-breach"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return BreachFlag{}, err
	}
	if err := said.check(); err != nil {
		return BreachFlag{}, err
	}
	actor, freeze := act.From(ctx), id.New(room.desk.Now())
	n, err := room.sealNote(ctx, "", wordsPlace("Freeze", freeze, "breach"), said.Words)
	if err != nil {
		return BreachFlag{}, room.desk.Missing(ctx, verb, err)
	}
	made := BreachFlag{
		Org: actor.Org, Freeze: freeze, Person: said.Person, Cause: said.Cause, Evidence: said.Evidence, Reference: strings.TrimSpace(said.Reference),
		Words: n.words, FlaggedBy: actor.ID,
	}
	var b BreachFlag
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		b = made
		return room.flagIn(ctx, w, &b, n)
	})
	return b, err
}

func (room *Room) flagIn(ctx context.Context, w *act.Work, b *BreachFlag, n note) error {
	concerned := b.object()
	concerned.Author = ""
	if err := w.Permit(ctx, concerned); err != nil {
		return err
	}
	if err := checkFlagged(ctx, w, *b); err != nil {
		return err
	}
	held, err := grantsTo(ctx, w, b.Org, b.Person, w.Now())
	if err != nil {
		return err
	}
	f := Freeze{Org: b.Org, ID: b.Freeze, Person: b.Person, Since: w.Now(), Until: w.Now().Add(breachLasts)}
	review, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: BreachReview, To: duty.To{Role: "security-administrator"}, Subject: f.ID, Urgent: true})
	if err != nil {
		return err
	}
	if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: BreachTold, To: duty.To{Person: b.Person}, Subject: f.ID, Deadline: f.Until}); err != nil {
		return err
	}
	b.Flagged, b.ReviewBy, b.Suspended = w.Now(), review.Deadline, len(held)
	w.Note("freeze", f.ID)
	w.Note("person", b.Person)
	w.Note("cause", b.Cause)
	w.Note(b.Evidence, b.Reference)
	w.Note("suspended", strconv.Itoa(b.Suspended))
	if err := n.keep(ctx, w); err != nil {
		return err
	}
	if err := freezes.Insert(ctx, w, &f); err != nil {
		return err
	}
	return breaches.Insert(ctx, w, b)
}

// checkFlagged finds what only the store can say to be wrong with a flag.
func checkFlagged(ctx context.Context, w *act.Work, b BreachFlag) error {
	e := errGrantInput.With()
	names, err := staff.Names(ctx, w, b.Org, []string{b.Person}, w.Now())
	if err != nil {
		return err
	}
	if _, known := names[b.Person]; !known {
		e.At("person", fault.Text{ZH: "没有这个人，请从人员列表中选择", EN: "there is no such person; choose from the staff"})
	}
	if b.Evidence == ByEntry {
		there, err := ledger.Landed(ctx, w, b.Reference)
		if err != nil {
			return err
		}
		if !there {
			e.At("reference", fault.Text{ZH: "审计记录中没有这个编号，请从审计记录复制", EN: "the ledger has no such entry; copy its id from there"})
		}
	}
	if err := e.OrNil(); err != nil {
		return err
	}
	open, err := openBreaches(ctx, w, b.Org, b.Person, w.Now())
	if err == nil && len(open) > 0 {
		return errFlagged.With()
	}
	return err
}
