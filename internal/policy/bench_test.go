package policy_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/medward/medward/internal/policy"
)

func aReading() policy.Request {
	return policy.Request{
		Actor: person("attending", 4, "cardiology", "surgery"), Verb: "record.view", Object: note(signed),
		Ties:    []policy.Tie{tie("duty", ""), tie("care", "attending")},
		Purpose: "care", At: noon,
	}
}

// BenchmarkDecide is one decision of a running house, whose facts were met before.
func BenchmarkDecide(b *testing.B) {
	for name, change := range map[string]func(*policy.Request){
		"allowed": func(*policy.Request) {},
		"refused": func(r *policy.Request) { r.Ties = nil },
		"lapsed":  func(r *policy.Request) { r.At = r.At.Add(24 * time.Hour) },
	} {
		b.Run(name, func(b *testing.B) {
			rules, r := book(b), aReading()
			change(&r)
			b.ReportAllocs()
			for b.Loop() {
				rules.Decide(r)
			}
		})
	}
}

func BenchmarkDecideParallel(b *testing.B) {
	rules, r := book(b), aReading()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			rules.Decide(r)
		}
	})
}

// BenchmarkDecideList is a list of 100 documents of 20 patients.
func BenchmarkDecideList(b *testing.B) {
	rules, r := book(b), aReading()
	objects, ties := make([]policy.Object, 100), make([][]policy.Tie, 100)
	for i := range objects {
		objects[i] = note(level(1+i%5), by(fmt.Sprint("p", i%7)))
		objects[i].Signed = i%2 == 0
		objects[i].Discharged = i%3 == 0
		if i%4 != 0 {
			ties[i] = r.Ties
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		rules.DecideAll(r, objects, ties)
	}
}

func BenchmarkScope(b *testing.B) {
	rules, actor := book(b), person("attending", 4, "cardiology")
	b.ReportAllocs()
	for b.Loop() {
		rules.Scope(actor, "record.list", "Document", "care")
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := policy.Default(); err != nil {
			b.Fatal(err)
		}
	}
}
