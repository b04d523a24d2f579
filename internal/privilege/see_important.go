package privilege

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/staff"
)

// Listed is an operation of the list with the change of it that waits to be agreed to.
type Listed struct {
	Operation
	Waiting *Important
}

// ImportantList is the list, and the acts that wait for a second person now.
type ImportantList struct {
	Operations []Listed
	Addable    []string // verbs that may be added
	Calls      []Second // newest first
	Names      map[string]staff.Name
}

// ListImportant discloses the list of important operations and, to whoever may confirm
// them, the acts that wait; to others their own.
func (room *Room) ListImportant(ctx context.Context) (ImportantList, error) {
	var seen ImportantList
	err := room.desk.Disclose(ctx, "privilege.see-important", func(ctx context.Context, r *act.Reading) error {
		seen = ImportantList{}
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		agreed, err := importantAgreed(ctx, r, org)
		if err != nil {
			return err
		}
		waiting, err := importantProposed(ctx, r, org)
		if err != nil {
			return err
		}
		named := []string{}
		for _, o := range operations(agreed) {
			seen.Operations = append(seen.Operations, Listed{Operation: o})
		}
		for _, one := range waiting {
			named = append(named, one.ProposedBy)
			i := slices.IndexFunc(seen.Operations, func(l Listed) bool { return l.Verb == one.Verb })
			if i < 0 {
				i = len(seen.Operations)
				seen.Operations = append(seen.Operations, Listed{Operation: Operation{Verb: one.Verb}})
			}
			seen.Operations[i].Waiting = &one
		}
		for _, verb := range room.verbs {
			if mayWait(verb) && !slices.ContainsFunc(seen.Operations, func(l Listed) bool { return l.Verb == verb }) {
				seen.Addable = append(seen.Addable, verb)
			}
		}
		calls, err := openCalls(ctx, r, org, r.Now())
		if err != nil {
			return err
		}
		for _, one := range calls {
			if one.AskedBy == r.Actor().ID || one.State == Called {
				seen.Calls = append(seen.Calls, one)
				named = append(named, one.AskedBy, one.Second)
			}
		}
		seen.Names, err = staff.Names(ctx, r, org, named, r.Now())
		return err
	})
	return seen, err
}

// SeeCall discloses to whoever called for a second person how his call stands.
func (room *Room) SeeCall(ctx context.Context, call string) (Second, error) {
	var s Second
	err := room.desk.Disclose(ctx, "privilege.see-call", func(ctx context.Context, r *act.Reading) (err error) {
		if s, err = confirmations.Get(ctx, r, r.Actor().Org, call); err != nil {
			return absent(err)
		}
		return r.Permit(ctx, s.object())
	})
	return s, err
}
