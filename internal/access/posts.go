package access

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// postsAfter reads the appointments that live at a moment, by their ids, as lines of
// a review. A list for people to judge does not give power, so the rows are not held
// against their codes here.
func postsAfter(ctx context.Context, r db.Reader, org string, at time.Time, after string, n int) ([]Line, error) {
	now := at.UnixMicro()
	rows, err := r.Query(ctx, `SELECT id, person, role, department, until FROM staff_appointment
		WHERE org = $1 AND since <= $2 AND until > $3 AND (ended IS NULL OR ended > $4) AND id > $5 ORDER BY id LIMIT $6`, org, now, now, now, after, int64(n))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var posts []Line
	for rows.Next() {
		l := Line{Kind: LinePost}
		var until int64
		if err := rows.Scan(&l.Subject, &l.Person, &l.Role, &l.Department, &until); err != nil {
			return nil, err
		}
		l.Until = time.UnixMicro(until).UTC()
		posts = append(posts, l)
	}
	return posts, rows.Err()
}

// conflicting returns the people whose live posts exclude one another.
func conflicting(ctx context.Context, r db.Reader, org string, at time.Time) (people []string, held int, err error) {
	roles := map[string][]string{}
	for after := ""; ; {
		posts, err := postsAfter(ctx, r, org, at, after, 1000)
		if err != nil {
			return nil, 0, err
		}
		for _, l := range posts {
			roles[l.Person] = append(roles[l.Person], l.Role)
		}
		if len(posts) < 1000 {
			break
		}
		after = lastSubject(posts)
	}
	for person, held := range roles {
		if len(policy.ConflictsAmong(held)) > 0 {
			people = append(people, person)
		}
	}
	slices.Sort(people)
	return people, len(roles), nil
}

// InConflict discloses who holds posts that exclude one another now.
func (room *Room) InConflict(ctx context.Context) ([]string, error) {
	var people []string
	err := room.asking.Disclose(ctx, "policy.view", func(ctx context.Context, r *act.Reading) (err error) {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		people, _, err = conflicting(ctx, r, r.Actor().Org, r.Now())
		return err
	})
	return people, err
}
