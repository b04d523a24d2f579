package sysaccount

import (
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Row is a person with his accounts in every system.
type Row struct {
	Person   string
	Accounts []Account
	Red      []string // accounts that must be closed, as system/account
}

// Matrix lists who has an account where, by person.
func (room *Room) Matrix(ctx context.Context, p web.Paging) (staff.Paged[Row], error) {
	var l staff.Paged[Row]
	var after string
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.told(ctx, "sysaccount.list", func(ctx context.Context, r *act.Reading) error {
		people, err := texts(ctx, r, "SELECT DISTINCT person FROM sysaccount_account WHERE org = $1 AND person > $2 AND gone IS NULL ORDER BY person LIMIT $3", r.Actor().Org, after, int64(limit)+1)
		if err != nil {
			return err
		}
		page, err := web.PageOf(people, limit, func(p string) string { return p })
		if err != nil {
			return err
		}
		l.Next = page.Next
		if l.Items, err = room.rows(ctx, r, page.Items); err != nil {
			return err
		}
		l.Names, err = namesOf(ctx, r, page.Items)
		return err
	})
	return l, err
}

func (room *Room) rows(ctx context.Context, r *act.Reading, people []string) ([]Row, error) {
	held, err := accountsOfPeople(ctx, r, r.Actor().Org, people)
	if err != nil {
		return nil, err
	}
	red, err := redOf(ctx, r, people)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(people))
	for i, person := range people {
		rows[i] = Row{Person: person, Red: red[person]}
		for _, a := range held {
			if a.Person == person && a.Gone.IsZero() {
				rows[i].Accounts = append(rows[i].Accounts, a)
			}
		}
	}
	return rows, nil
}

// redOf are the accounts of people that must be closed.
func redOf(ctx context.Context, r *act.Reading, people []string) (map[string][]string, error) {
	red := map[string][]string{}
	if len(people) == 0 {
		return red, nil
	}
	places, args := within(people, 4)
	rows, err := issues.Select(ctx, r, "WHERE org = $1 AND closed IS NULL AND kind IN ($2, $3) AND person IN ("+places+")", append([]any{r.Actor().Org, Leaver, Transfer}, args...)...)
	for _, i := range rows {
		red[i.Person] = append(red[i.Person], i.Source+"/"+i.Account)
	}
	return red, err
}

func namesOf(ctx context.Context, r *act.Reading, people []string) (map[string]staff.Name, error) {
	people = slices.DeleteFunc(slices.Clone(people), func(p string) bool { return p == "" })
	slices.Sort(people)
	return staff.Names(ctx, r, r.Actor().Org, slices.Compact(people), r.Now())
}

// OfPerson discloses the accounts of one person in every system.
func (room *Room) OfPerson(ctx context.Context, person string) (Row, error) {
	var row Row
	err := room.desk.Disclose(ctx, "sysaccount.of-person", func(ctx context.Context, r *act.Reading) error {
		if _, err := staff.StandingOf(ctx, r, r.Actor().Org, person, r.Now()); errors.Is(err, staff.ErrNoPerson) {
			return act.ErrAbsent.Because(err)
		} else if err != nil {
			return err
		}
		if err := r.Permit(ctx, policy.Object{Kind: "Person", ID: person, Org: r.Actor().Org, Concerns: person}); err != nil {
			return err
		}
		rows, err := room.rows(ctx, r, []string{person})
		if err == nil {
			row = rows[0]
		}
		return err
	})
	return row, err
}

// Seen is an issue with what was said of it.
type Seen struct {
	Issue
	Said string
	Mine bool // whoever looks may dispose of it
}

// Issues lists issues in a state, newest first; of one system, when it is named.
func (room *Room) Issues(ctx context.Context, source, state string, p web.Paging) (staff.Paged[Seen], error) {
	var l staff.Paged[Seen]
	if !slices.Contains([]string{Open, Confirmed, ToClose, Closed}, state) {
		return l, errInput.With().At("state", fault.Text{ZH: "应为 open、confirmed、to-close 或 closed", EN: "is open, confirmed, to-close or closed"})
	}
	before := "~"
	if _, err := web.DecodeCursor(p.Cursor, &before); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.told(ctx, "sysaccount.list", func(ctx context.Context, r *act.Reading) error {
		where, args := "WHERE org = $1 AND state = $2 AND id < $3", []any{r.Actor().Org, state, before, int64(limit) + 1}
		if source != "" {
			where, args = where+" AND source = $5", append(args, source)
		}
		rows, err := issues.Select(ctx, r, where+" ORDER BY id DESC LIMIT $4", args...)
		if err != nil {
			return err
		}
		page, err := web.PageOf(rows, limit, func(i Issue) string { return i.ID })
		if err != nil {
			return err
		}
		l.Next, l.Items = page.Next, nil
		var people []string
		for _, i := range page.Items {
			said, err := room.words(ctx, r, i)
			if err != nil {
				return err
			}
			l.Items = append(l.Items, Seen{Issue: i, Said: said, Mine: GroupOf(i.Kind) != Red && i.Closed.IsZero() && i.Person != r.Actor().ID})
			people = append(people, i.Person, i.By)
		}
		l.Names, err = namesOf(ctx, r, people)
		return err
	})
	return l, err
}

func (room *Room) words(ctx context.Context, r *act.Reading, i Issue) (string, error) {
	if len(i.Words) == 0 {
		return "", nil
	}
	key, err := room.vault.Subject(ctx, r, i.Org, vault.House)
	if err != nil {
		return "", err
	}
	text, err := key.Open(wordsPlace(i.ID), i.Words)
	return string(text), err
}

// RoleUse is a role of a system, what it comes to, and how many have it.
type RoleUse struct {
	Role    string
	Rule    *RoleRule // nil: nobody has said what it comes to
	Alive   int       // accounts
	Against []string  // roles of the system that nobody may hold together with it
}

// Standing is a system as its accounts stand.
type Standing struct {
	System
	Rev     int
	Mapping Mapping
	Last    *Snapshot
	Orphans int
	Open    map[string]int // issues by kind
	Roles   []RoleUse
}

// Standings discloses how every system stands: its newest list, its roles and what is open.
func (room *Room) Standings(ctx context.Context) ([]Standing, map[string]staff.Name, error) {
	var all []Standing
	var names map[string]staff.Name
	err := room.told(ctx, "sysaccount.list", func(ctx context.Context, r *act.Reading) error {
		codes, err := systems(ctx, r, r.Actor().Org)
		if err != nil {
			return err
		}
		all = nil
		var owners []string
		for _, code := range codes {
			s, err := room.standingOf(ctx, r, code)
			if err != nil {
				return err
			}
			all, owners = append(all, s), append(owners, s.Owner)
		}
		names, err = namesOf(ctx, r, owners)
		return err
	})
	return all, names, err
}

func (room *Room) standingOf(ctx context.Context, r *act.Reading, code string) (Standing, error) {
	org := r.Actor().Org
	s := Standing{Open: map[string]int{}}
	system, known, err := room.systems(ctx, r, org, code)
	if err != nil {
		return s, err
	}
	if s.System = system; !known {
		s.System = System{Code: code, Name: fault.Text{ZH: code, EN: code}}
	}
	m, _, err := mappingOf(ctx, r, org, code)
	if err != nil {
		return s, err
	}
	s.Rev, s.Mapping = m.Rev, m.Mapping
	last, taken, err := lastSnapshot(ctx, r, org, code)
	if err != nil {
		return s, err
	}
	if taken {
		s.Last = &last
	}
	open, err := standing(ctx, r, org, code)
	if err != nil {
		return s, err
	}
	for _, i := range open {
		if i.State != Confirmed {
			s.Open[i.Kind]++
		}
	}
	s.Roles, err = room.roleUses(ctx, r, code)
	return s, err
}

func (room *Room) roleUses(ctx context.Context, r *act.Reading, code string) ([]RoleUse, error) {
	rules, err := rulesOf(ctx, r, r.Actor().Org, code)
	if err != nil {
		return nil, err
	}
	all, err := accountsOf(ctx, r, r.Actor().Org, code)
	if err != nil {
		return nil, err
	}
	uses := map[string]int{}
	for _, a := range all {
		for _, role := range a.Roles {
			if a.Alive && a.Gone.IsZero() {
				uses[role]++
			}
		}
	}
	for role := range rules {
		uses[role] += 0
	}
	listed := []RoleUse{}
	for role, n := range uses {
		use := RoleUse{Role: role, Alive: n, Against: []string{}}
		if rule, known := rules[role]; known {
			use.Rule = &rule
			for other, theirs := range rules {
				if conflicting(rule.Ours, theirs.Ours) {
					use.Against = append(use.Against, other)
				}
			}
			slices.Sort(use.Against)
		}
		listed = append(listed, use)
	}
	slices.SortFunc(listed, func(a, b RoleUse) int {
		if a.Role < b.Role {
			return -1
		}
		return 1
	})
	return listed, nil
}
