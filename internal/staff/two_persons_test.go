package staff

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// related is the same rule written again, slowly: a matrix of who acts for whom,
// closed by repetition, and every pair looked at.
func related(b Bonds, first, second []string, at time.Time) bool {
	const people = 7
	number := func(id string) int { return int(id[0] - 'a') }
	var acts [people][people]bool
	for i := range acts {
		acts[i][i] = true
	}
	for _, d := range b.Delegations {
		if at.UnixMicro() >= d.Since.UnixMicro() && at.UnixMicro() < d.Until.UnixMicro() {
			acts[number(d.To)][number(d.From)] = true
		}
	}
	for range people {
		for i := range people {
			for j := range people {
				for k := range people {
					if acts[i][k] && acts[k][j] {
						acts[i][j] = true
					}
				}
			}
		}
	}
	var one [people][people]bool
	for i := range one {
		one[i][i] = true
	}
	for _, c := range b.Creations {
		one[number(c.By)][number(c.Whom)] = true
	}
	for _, r := range b.Resets {
		if age := at.UnixMicro() - r.At.UnixMicro(); age >= 0 && age <= (30*24*time.Hour).Microseconds() {
			one[number(r.By)][number(r.Whom)] = true
		}
	}
	for _, p := range first {
		for _, q := range second {
			for i := range people {
				for j := range people {
					if acts[number(p)][i] && acts[number(q)][j] && (one[i][j] || one[j][i]) {
						return true
					}
				}
			}
		}
	}
	return false
}

func TestTwoPersonsAreUnrelatedExactlyWhenASlowReferenceSaysSo(t *testing.T) {
	someone := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g"})
	moment := func(t *rapid.T) time.Time {
		return noon.Add(time.Duration(rapid.IntRange(-32*24, 32*24).Draw(t, "hour")) * time.Hour)
	}
	tells := 0
	rapid.Check(t, func(t *rapid.T) {
		var b Bonds
		for range rapid.IntRange(0, 5).Draw(t, "delegations") {
			b.Delegations = append(b.Delegations, Delegation{someone.Draw(t, "from"), someone.Draw(t, "to"), moment(t), moment(t)})
		}
		for range rapid.IntRange(0, 3).Draw(t, "creations") {
			b.Creations = append(b.Creations, Creation{someone.Draw(t, "by"), someone.Draw(t, "whom")})
		}
		for range rapid.IntRange(0, 3).Draw(t, "resets") {
			b.Resets = append(b.Resets, Reset{someone.Draw(t, "by"), someone.Draw(t, "whom"), moment(t)})
		}
		party := rapid.SliceOfN(someone, 1, 2)
		first, second := party.Draw(t, "first"), party.Draw(t, "second")
		want := !related(b, first, second, noon)
		if got := b.TwoPersons(first, second, noon); got != want {
			t.Fatalf("%v and %v: two persons %t, want %t\n%+v", first, second, got, want, b)
		}
		if b.TwoPersons(first, second, noon) != b.TwoPersons(second, first, noon) {
			t.Fatal("the order of the parties tells")
		}
		if want {
			tells++
		}
	})
	if tells == 0 {
		t.Error("no two people were ever unrelated")
	}
}

func TestWhoCountsAsWhom(t *testing.T) {
	live := func(from, to string) Delegation {
		return Delegation{from, to, noon.Add(-time.Hour), noon.Add(time.Hour)}
	}
	for name, c := range map[string]struct {
		bonds         Bonds
		first, second []string
		two           bool
	}{
		"strangers":                  {Bonds{}, []string{"a"}, []string{"b"}, true},
		"one person":                 {Bonds{}, []string{"a"}, []string{"a"}, false},
		"who profits decides":        {Bonds{}, []string{"a", "b"}, []string{"b"}, false},
		"nobody":                     {Bonds{}, nil, []string{"b"}, false},
		"without an id":              {Bonds{}, []string{"a"}, []string{""}, false},
		"a deputy for his principal": {Bonds{Delegations: []Delegation{live("a", "b")}}, []string{"a"}, []string{"b"}, false},
		"a deputy's deputy":          {Bonds{Delegations: []Delegation{live("a", "b"), live("b", "c")}}, []string{"a"}, []string{"c"}, false},
		"two deputies of one":        {Bonds{Delegations: []Delegation{live("a", "b"), live("a", "c")}}, []string{"b"}, []string{"c"}, false},
		"principals of one deputy":   {Bonds{Delegations: []Delegation{live("a", "c"), live("b", "c")}}, []string{"a"}, []string{"b"}, true},
		"a deputy of yesterday":      {Bonds{Delegations: []Delegation{{"a", "b", noon.Add(-2 * time.Hour), noon}}}, []string{"a"}, []string{"b"}, true},
		"who made the account":       {Bonds{Creations: []Creation{{"a", "b"}}}, []string{"b"}, []string{"a"}, false},
		"accounts made by one":       {Bonds{Creations: []Creation{{"a", "b"}, {"a", "c"}}}, []string{"b"}, []string{"c"}, true},
		"reset thirty days ago":      {Bonds{Resets: []Reset{{"a", "b", noon.Add(-ResetTells)}}}, []string{"b"}, []string{"a"}, false},
		"reset longer ago":           {Bonds{Resets: []Reset{{"a", "b", noon.Add(-ResetTells - time.Microsecond)}}}, []string{"b"}, []string{"a"}, true},
		"a deputy of who reset":      {Bonds{Resets: []Reset{{"a", "b", noon}}, Delegations: []Delegation{live("a", "c")}}, []string{"b"}, []string{"c"}, false},
	} {
		if got := c.bonds.TwoPersons(c.first, c.second, noon); got != c.two {
			t.Errorf("%s: two persons %t", name, got)
		}
	}
}
