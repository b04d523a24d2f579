package figures

// hide hides every small number, and then as many more as it takes that no small one can
// be reckoned. A hidden number is reckoned where it is alone in a line, for it is the sum
// less the others; where those of its line stand together for few; or where it alone
// joins two groups of lines, for it is what the sums of one group lack.
func (t *Table) hide() {
	g := t.grid()
	for _, line := range g {
		for _, c := range line {
			c.Hidden = c.small()
		}
	}
	for g.giveCompany() || g.closeBridge() {
	}
	for _, line := range g {
		for _, c := range line {
			if c.Hidden {
				c.Events, c.Patients = 0, 0
			}
		}
	}
}

// grid are the lines of a table with their sums, and the line of sums last.
type grid [][]*Cell

func (t *Table) grid() grid {
	var g grid
	for i := range t.Rows {
		g = append(g, pointers(&t.Rows[i]))
	}
	return append(g, pointers(&t.Sums))
}

func pointers(row *Row) []*Cell {
	line := make([]*Cell, len(row.Cells))
	for i := range row.Cells {
		line[i] = &row.Cells[i]
	}
	return line
}

// columns are the lines of a grid across.
func (g grid) columns() grid {
	columns := make(grid, months+1)
	for i := range columns {
		for _, line := range g {
			columns[i] = append(columns[i], line[i])
		}
	}
	return columns
}

// giveCompany hides the least shown number of every line in which one alone is hidden, or
// in which the hidden ones together stand for few. It reports whether it hid any.
func (g grid) giveCompany() (did bool) {
	for _, lines := range []grid{g, g.columns()} {
		for _, line := range lines {
			hidden, together := 0, 0
			var least *Cell
			for _, c := range line {
				switch {
				case c.Hidden:
					hidden, together = hidden+1, together+c.Patients
				case c.Events > 0 && (least == nil || c.Patients < least.Patients):
					least = c
				}
			}
			if least != nil && (hidden == 1 || hidden > 1 && together < SmallCell) {
				least.Hidden, did = true, true
			}
		}
	}
	return did
}

// closeBridge looks for a small hidden number that alone joins two groups of lines, and
// hides the least that joins them too.
func (g grid) closeBridge() bool {
	for r, line := range g {
		for c, cell := range line {
			if !cell.Hidden || !cell.small() {
				continue
			}
			rows, columns := g.reached(r, cell)
			if columns[c] {
				continue
			}
			if other := g.between(rows, columns); other != nil {
				other.Hidden = true
				return true
			}
		}
	}
	return false
}

// reached are the rows and columns that hidden numbers join to a row, without one of them.
func (g grid) reached(from int, without *Cell) (rows, columns map[int]bool) {
	rows, columns = map[int]bool{from: true}, map[int]bool{}
	for grew := true; grew; {
		grew = false
		for r, line := range g {
			for c, cell := range line {
				if cell.Hidden && cell != without && rows[r] != columns[c] {
					rows[r], columns[c], grew = true, true, true
				}
			}
		}
	}
	return rows, columns
}

// between is the shown number of fewest patients that joins what was reached to what was
// not; one of nobody only when there is no other.
func (g grid) between(rows, columns map[int]bool) *Cell {
	var least *Cell
	for r, line := range g {
		for c, cell := range line {
			switch {
			case cell.Hidden || rows[r] == columns[c]:
			case least == nil, least.Events == 0 && cell.Events > 0, cell.Events > 0 && cell.Patients < least.Patients:
				least = cell
			}
		}
	}
	return least
}
