package figures

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawn is a year in some departments, with its sums.
func drawn(t *rapid.T) Table {
	var counted []count
	departments := rapid.IntRange(1, 6).Draw(t, "departments")
	few := rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3, 4, 5, 6, 30, 900})
	sum := map[int]int{}
	for d := range departments {
		whole := 0
		for m := range months {
			n := few.Draw(t, "n")
			whole, sum[m] = whole+n, sum[m]+n
			if n > 0 {
				counted = append(counted, count{department: string(rune('a' + d)), month: m, events: n, patients: n})
			}
		}
		sum[year] += whole
		if whole > 0 {
			counted = append(counted, count{department: string(rune('a' + d)), month: year, events: whole, patients: whole})
		}
	}
	for m, n := range sum {
		counted = append(counted, count{whole: true, month: m, events: n, patients: n})
	}
	return tableOf(counted)
}

func TestNoSmallNumberIsShownOrCanBeReckonedFromTheSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shown := drawn(t)
		whole := Table{Rows: slices.Clone(shown.Rows), Sums: shown.Sums}
		shown.hide()
		full, seen := whole.grid(), shown.grid()
		var hidden []*Cell
		for r, line := range seen {
			for c, cell := range line {
				switch {
				case cell.Hidden:
					hidden = append(hidden, cell)
				case full[r][c].small():
					t.Fatalf("row %d column %d stands for %d and is shown", r, c, full[r][c].Patients)
				case *cell != *full[r][c]:
					t.Fatalf("row %d column %d shows %v, not %v", r, c, *cell, *full[r][c])
				}
			}
		}
		known := reckoned(seen, hidden)
		for r, line := range seen {
			for c, cell := range line {
				if i := slices.Index(hidden, cell); i >= 0 && known[i] && full[r][c].small() {
					t.Fatalf("row %d column %d can be reckoned: %d", r, c, full[r][c].Patients)
				}
			}
		}
	})
}

const prime = 1_000_003

// reckoned tells which hidden numbers the sums determine: those whose unit vector is a
// combination of the equations that every line is, all parts less the sum.
func reckoned(g grid, hidden []*Cell) []bool {
	var equations [][]int
	for _, lines := range []grid{g, g.columns()} {
		for _, line := range lines {
			equation := make([]int, len(hidden))
			for i, cell := range line {
				if at := slices.Index(hidden, cell); at >= 0 {
					equation[at] = 1
					if i == len(line)-1 {
						equation[at] = prime - 1
					}
				}
			}
			equations = append(equations, equation)
		}
	}
	rank := 0
	for column := range hidden {
		pivot := slices.IndexFunc(equations[rank:], func(e []int) bool { return e[column] != 0 })
		if pivot < 0 {
			continue
		}
		equations[rank], equations[rank+pivot] = equations[rank+pivot], equations[rank]
		scale(equations[rank], inverse(equations[rank][column]))
		for i := range equations {
			if i != rank {
				subtract(equations[i], equations[rank], equations[i][column])
			}
		}
		if rank++; rank == len(equations) {
			break
		}
	}
	known := make([]bool, len(hidden))
	for _, e := range equations {
		only, n := -1, 0
		for i, v := range e {
			if v != 0 {
				only, n = i, n+1
			}
		}
		if n == 1 {
			known[only] = true
		}
	}
	return known
}

func scale(e []int, by int) {
	for i := range e {
		e[i] = e[i] * by % prime
	}
}

func subtract(e, other []int, times int) {
	for i := range e {
		e[i] = (e[i] + (prime-times)*other[i]) % prime
	}
}

func inverse(n int) int {
	power, result := prime-2, 1
	for n %= prime; power > 0; power >>= 1 {
		if power&1 == 1 {
			result = result * n % prime
		}
		n = n * n % prime
	}
	return result
}
