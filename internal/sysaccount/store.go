package sysaccount

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// mappingRow is one version of a mapping.
type mappingRow struct {
	Org     string    `db:"org,key"`
	Source  string    `db:"source,key"`
	Rev     int       `db:"rev,key"`
	Mapping Mapping   `db:"mapping,json"`
	By      string    `db:"made_by"`
	Made    time.Time `db:"made"`
}

// Snapshot is a list that was taken.
type Snapshot struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Source  string    `db:"source"`
	By      string    `db:"taken_by"`
	Taken   time.Time `db:"taken"`
	Digest  string    `db:"digest"` // SM3 of the file
	Size    int       `db:"size"`   // accounts
	Alive   int       `db:"alive"`
	Added   int       `db:"added"`
	Changed int       `db:"changed"`
	Gone    int       `db:"gone"`
}

var (
	mappings  = db.Define[mappingRow]("sysaccount_mapping", db.AsFinal)
	snapshots = db.Define[Snapshot]("sysaccount_snapshot", db.AsFinal)
	accounts  = db.Define[Account]("sysaccount_account")
	roleRules = db.Define[RoleRule]("sysaccount_role")
	issues    = db.Define[Issue]("sysaccount_issue")
)

func first[T any](rows []T, err error) (T, bool, error) {
	var none T
	if err != nil || len(rows) == 0 {
		return none, false, err
	}
	return rows[0], true, nil
}

func mappingOf(ctx context.Context, r db.Reader, org, source string) (mappingRow, bool, error) {
	return first(mappings.Select(ctx, r, "WHERE org = $1 AND source = $2 ORDER BY rev DESC LIMIT 1", org, source))
}

func lastSnapshot(ctx context.Context, r db.Reader, org, source string) (Snapshot, bool, error) {
	return first(snapshots.Select(ctx, r, "WHERE org = $1 AND source = $2 ORDER BY id DESC LIMIT 1", org, source))
}

// systems are the codes of all systems that have a mapping.
func systems(ctx context.Context, r db.Reader, org string) ([]string, error) {
	return texts(ctx, r, "SELECT DISTINCT source FROM sysaccount_mapping WHERE org = $1 ORDER BY source", org)
}

func texts(ctx context.Context, r db.Reader, question string, args ...any) ([]string, error) {
	rows, err := r.Query(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

func accountsOf(ctx context.Context, r db.Reader, org, source string) ([]Account, error) {
	return accounts.Select(ctx, r, "WHERE org = $1 AND source = $2 ORDER BY account", org, source)
}

// accountsOfPeople are the accounts of some people in every system.
func accountsOfPeople(ctx context.Context, r db.Reader, org string, people []string) ([]Account, error) {
	if len(people) == 0 {
		return nil, nil
	}
	places, args := within(people, 2)
	return accounts.Select(ctx, r, "WHERE org = $1 AND person IN ("+places+") ORDER BY person, source, account", append([]any{org}, args...)...)
}

// within are the places and values of a list in SQL, the first of which has a number.
func within(values []string, first int) (places string, args []any) {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = "$" + strconv.Itoa(first+i)
		args = append(args, v)
	}
	return strings.Join(names, ", "), args
}

func rulesOf(ctx context.Context, r db.Reader, org, source string) (map[string]RoleRule, error) {
	rows, err := roleRules.Select(ctx, r, "WHERE org = $1 AND source = $2", org, source)
	rules := make(map[string]RoleRule, len(rows))
	for _, rule := range rows {
		rules[rule.Role] = rule
	}
	return rules, err
}

// standing are the issues of a system that are not closed.
func standing(ctx context.Context, r db.Reader, org, source string) ([]Issue, error) {
	return issues.Select(ctx, r, "WHERE org = $1 AND source = $2 AND closed IS NULL ORDER BY id", org, source)
}
