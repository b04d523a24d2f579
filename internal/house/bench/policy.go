package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/policy"
)

// rounds is how often a decision is asked for again.
const rounds = 200

// measurePolicy measures decisions about facts that were never met before, and
// about facts that were.
func measurePolicy(_ context.Context, b *bench) error {
	rules, err := policy.Default()
	if err != nil {
		return err
	}
	asked := questions(b.house.Clock.Now())
	cold := decide(rules, asked)
	b.add("policy_decision_cold_p50_ms", cold.quantile(0.5), "判权（首次遇到的情形）：中位时间", "a decision on facts never met before: median")
	b.add("policy_decision_cold_p99_ms", cold.quantile(0.99), "判权（首次遇到的情形）：99% 在此时间内", "a decision on facts never met before: 99% within")
	hot := decide(rules, slices.Repeat(asked, rounds))
	b.add("policy_decision_p50_ms", hot.quantile(0.5), "判权：中位时间", "a decision: median")
	b.add("policy_decision_p99_ms", hot.quantile(0.99), "判权：99% 在此时间内", "a decision: 99% within")
	b.add("policy_decisions_per_second", hot.perSecond(), "判权（单线程）", "decisions, one thread")
	list := decideLists(rules, asked[0])
	b.add("policy_list_of_100_p50_ms", list.quantile(0.5), "100 份文书的列表判权：中位时间", "a list of 100 documents: median")
	return nil
}

// questions are readings that differ in facts: who asks, about what, with which
// tie, for what.
func questions(at time.Time) []policy.Request {
	tie := policy.Tie{Kind: policy.TieCare, ID: "tie", Role: "attending", Source: "bench", Since: at.Add(-time.Hour), Until: at.Add(time.Hour)}
	ties := [][]policy.Tie{{tie}, nil}
	var all []policy.Request
	for _, role := range []string{"attending", "resident", "chief", "nurse", "records-clerk", "quality", "auditor", "discipline"} {
		for _, purpose := range []string{"care", "quality", "supervision"} {
			for level := 1; level <= 5; level++ {
				for i, held := range ties {
					all = append(all, policy.Request{
						Actor:  policy.Actor{Kind: "person", ID: "p", Org: "o", Roles: []string{role}, Departments: []string{"d"}, Clearance: 4},
						Verb:   "record.view",
						Object: policy.Object{Kind: "Document", ID: "x", Org: "o", Patient: "q", Department: "d", Sensitivity: level, Author: "a", Signed: i == 0},
						Ties:   held, Purpose: purpose, At: at,
					})
				}
			}
		}
	}
	return all
}

func decide(rules *policy.Book, asked []policy.Request) sample {
	s := sample{took: make([]time.Duration, len(asked))}
	all := start()
	for i, q := range asked {
		each := start()
		rules.Decide(q)
		s.took[i] = each.elapsed()
	}
	s.elapsed = all.elapsed()
	slices.Sort(s.took)
	return s
}

func decideLists(rules *policy.Book, q policy.Request) sample {
	objects, ties := make([]policy.Object, 100), make([][]policy.Tie, 100)
	for i := range objects {
		objects[i] = q.Object
		objects[i].ID, objects[i].Author = fmt.Sprint("x", i), fmt.Sprint("a", i%7)
		objects[i].Sensitivity, objects[i].Signed, objects[i].Discharged = 1+i%5, i%2 == 0, i%3 == 0
		if i%4 != 0 {
			ties[i] = q.Ties
		}
	}
	s := sample{took: make([]time.Duration, rounds)}
	for i := range s.took {
		each := start()
		rules.DecideAll(q, objects, ties)
		s.took[i] = each.elapsed()
	}
	slices.Sort(s.took)
	return s
}
