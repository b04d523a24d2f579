package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// AgreedWith finds the agreement that an institution of this name, which is registered
// as a vendor, has with the house at a moment (B-095).
func AgreedWith(ctx context.Context, r db.Reader, org, name string, at time.Time) (Agreement, bool, error) {
	all, err := agreements.Select(ctx, r,
		"WHERE org = $1 AND vendor IN (SELECT id FROM staff_vendor WHERE org = $2 AND name = $3) ORDER BY since DESC, id DESC", org, org, name)
	if err != nil {
		return Agreement{}, false, err
	}
	for _, a := range all {
		if a.Holds(at) {
			return a, true, nil
		}
	}
	return Agreement{}, false, nil
}

// PartiesNamed returns who bears one of these names among the firms, and who bears one
// among the people or is a person of this id.
func PartiesNamed(ctx context.Context, r db.Reader, org string, names []string, person string) ([]Party, error) {
	var all []Party
	seen := map[string]bool{}
	add := func(p Person) {
		if !seen[p.ID] {
			seen[p.ID] = true
			all = append(all, Party{Name: p.NameZH, Person: p.ID, About: numberOf(p.Number)})
		}
	}
	if person != "" {
		p, err := findPerson(ctx, r, org, person)
		if err := mustKnow(p, err); err != nil {
			return nil, err
		}
		add(p)
	}
	for _, name := range names {
		found, err := people.Select(ctx, r, "WHERE org = $1 AND name_zh = $2 ORDER BY id LIMIT $3", org, name, int64(maxNamesakes))
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			add(p)
		}
	}
	firms, err := companies.Select(ctx, r, "WHERE org = $1 ORDER BY code LIMIT $2", org, int64(maxDepartments))
	for _, c := range firms {
		all = append(all, Party{Name: c.Name, Number: c.Code, About: vendorOf(c.Code)})
	}
	return all, err
}

// maxNamesakes bounds how many people of one name are told of.
const maxNamesakes = 50
