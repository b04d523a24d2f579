package staff

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// FindByName returns the people who bear exactly this name, in either script, at
// most two: whoever speaks of somebody by name must mean one only.
func FindByName(ctx context.Context, r db.Reader, org, name string) ([]Person, error) {
	return people.Select(ctx, r, "WHERE org = $1 AND (name_zh = $2 OR name_en = $3) ORDER BY id LIMIT 2", org, name, name)
}

// FindDepartmentByName returns the departments that bear exactly this name, in
// either language, at most two.
func FindDepartmentByName(ctx context.Context, r db.Reader, org, name string) ([]Department, error) {
	return departments.Select(ctx, r, "WHERE org = $1 AND (name_zh = $2 OR name_en = $3) ORDER BY id LIMIT 2", org, name, name)
}
