package staff

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// Holders returns the appointments that are live at a moment in a department, with
// a role, or both; an empty department or role is any. They are in the order of
// their beginning, at most limit.
func Holders(ctx context.Context, r db.Reader, org, department, role string, at time.Time, limit int) ([]Appointment, error) {
	now := at.UnixMicro()
	switch {
	case department == "":
		return appointments.Select(ctx, r, "WHERE org = $1 AND role = $2 AND "+liveAt(3)+" ORDER BY since, id LIMIT $6", org, role, now, now, now, int64(limit))
	case role == "":
		return appointments.Select(ctx, r, "WHERE org = $1 AND department = $2 AND "+liveAt(3)+" ORDER BY since, id LIMIT $6", org, department, now, now, now, int64(limit))
	}
	return appointments.Select(ctx, r, "WHERE org = $1 AND department = $2 AND role = $3 AND "+liveAt(4)+" ORDER BY since, id LIMIT $7", org, department, role, now, now, now, int64(limit))
}

// DepartmentOf returns a department by its id, and whether there is one.
func DepartmentOf(ctx context.Context, r db.Reader, org, id string) (Department, bool, error) {
	found, err := departments.Get(ctx, r, org, id)
	if errors.Is(err, db.ErrNone) {
		return Department{}, false, nil
	}
	return found, err == nil, err
}

// Contact returns a person's staff number and telephone number, which is empty
// where there is none. It is for reaching the person and must not be shown to others.
func (r *Room) Contact(ctx context.Context, v db.Reader, org, person string) (number, phone string, err error) {
	found, err := findPerson(ctx, v, org, person)
	if err := mustKnow(found, err); err != nil {
		return "", "", err
	}
	if len(found.Phone) == 0 {
		return found.Number, "", nil
	}
	subject, err := r.vault.Subject(ctx, v, org, person)
	if errors.Is(err, vault.KeyDestroyed) {
		return found.Number, "", nil
	}
	if err != nil {
		return "", "", err
	}
	opened, err := subject.Open(phonePlace(person), found.Phone)
	return found.Number, string(opened), err
}

// Serving returns which of the people hold an appointment at a moment.
func Serving(ctx context.Context, r db.Reader, org string, people []string, at time.Time) (map[string]bool, error) {
	now, serving := at.UnixMicro(), make(map[string]bool, len(people))
	for some := range slices.Chunk(people, namesAtOnce) {
		where, args := within("person", org, some)
		n := len(args)
		held, err := appointments.Select(ctx, r, where+" AND "+liveAt(n+1), append(args, now, now, now)...)
		if err != nil {
			return nil, err
		}
		for _, a := range held {
			serving[a.Person] = true
		}
	}
	return serving, nil
}
