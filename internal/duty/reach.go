package duty

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/staff"
)

// maxTold bounds how many people one event reaches by name.
const maxTold = 20

// above says which rank stands above another in a team.
var above = map[string][]string{"resident": {"attending", "chief"}, "attending": {"chief"}, "nurse": {"head-nurse"}}

// reach returns who stands on a step of a chain for a task, its holder left out.
func (room *Room) reach(ctx context.Context, w *act.Work, t Task, r Rung) ([]string, error) {
	var found []string
	var err error
	switch r.To {
	case Superior:
		found, err = superiors(ctx, w, t)
	case Head:
		found, err = HeadsOf(ctx, w, t.Org, t.Dept, w.Now())
	case Office:
		found, err = office(ctx, w, t.Org, r.Role)
	}
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(distinct(found), func(p string) bool { return p == t.Person })
	return found[:min(len(found), maxTold)], nil
}

// superiors are those of the next rank in the holder's team, or else in his
// department, or else whoever answers for it.
func superiors(ctx context.Context, w *act.Work, t Task) ([]string, error) {
	if t.Person != "" {
		posts, err := staff.Holders(ctx, w, t.Org, t.Dept, "", w.Now(), maxColleagues)
		if err != nil {
			return nil, err
		}
		for _, post := range posts {
			if post.Person != t.Person {
				continue
			}
			for _, rank := range above[post.Role] {
				if found := ofRank(posts, rank, post.Team); len(found) > 0 {
					return found, nil
				}
			}
		}
	}
	return HeadsOf(ctx, w, t.Org, t.Dept, w.Now())
}

// maxColleagues bounds the people of a department that are looked at.
const maxColleagues = 1000

func ofRank(posts []staff.Appointment, rank, team string) []string {
	var inTeam, all []string
	for _, a := range posts {
		if a.Role != rank {
			continue
		}
		all = append(all, a.Person)
		if team != "" && a.Team == team {
			inTeam = append(inTeam, a.Person)
		}
	}
	if len(inTeam) > 0 {
		return inTeam
	}
	return all
}

func office(ctx context.Context, w *act.Work, org, role string) ([]string, error) {
	held, err := staff.Holders(ctx, w, org, "", role, w.Now(), maxTold)
	if err != nil {
		return nil, err
	}
	if len(held) == 0 {
		return AdministratorsOnDuty(ctx, w, org, w.Now())
	}
	var persons []string
	for _, a := range held {
		persons = append(persons, a.Person)
	}
	return persons, nil
}
