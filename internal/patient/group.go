package patient

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/staff"
)

// mostInGroup bounds how many people of a department are looked at for a group.
const mostInGroup = 1000

// ranks are the posts of a medical group at the bedside, the lead's first, and as
// what each of them belongs to the team.
var ranks = []struct{ post, role string }{{"chief", "senior"}, {"attending", "senior"}, {"resident", "resident"}, {"head-nurse", "nurse"}, {"nurse", "nurse"}}

// gather adds the medical group (医疗组) that an admission names to its team: whoever
// holds a post in it now. Its lead is the attending, unless another was named.
func (in *Admission) gather(ctx context.Context, w *act.Work) error {
	if in.Group == "" {
		return nil
	}
	posts, err := staff.Holders(ctx, w, w.Actor().Org, in.Department, "", w.Now(), mostInGroup)
	if err != nil {
		return err
	}
	found := false
	for _, rank := range ranks {
		for _, p := range posts {
			if p.Team != in.Group || p.Role != rank.post {
				continue
			}
			found = true
			if in.Attending == "" && rank.role == "senior" {
				in.Attending = p.Person
			}
			if p.Person != in.Attending && !slices.ContainsFunc(in.Team, func(m Member) bool { return m.Person == p.Person }) {
				in.Team = append(in.Team, Member{Person: p.Person, Role: rank.role})
			}
		}
	}
	if !found {
		return errInvalid.With().At("group", text("该科室没有这个医疗组", "the department has no such medical group"))
	}
	return nil
}
