package house

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/figures"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/policy"
)

// matrixList is who may do what by which rules, for an inspection: a line for each
// act of each role.
func (h *House) matrixList() output.Source {
	return output.Source{
		ID: "matrix", Name: fault.Text{ZH: "权限矩阵", EN: "Permission matrix"},
		Columns: []output.Column{
			column("role", "岗位", "Role"), column("verb", "操作", "Act"), column("permits", "允许的规则", "Permitted by"), column("forbids", "限制的规则", "Restricted by"),
		},
		Page: func(ctx context.Context, _ map[string]string, cursor string, limit int) (output.Rows, error) {
			rules, err := h.Access.RulesInForce(ctx)
			if err != nil {
				return output.Rows{}, err
			}
			return pageOf(matrixRows(rules), cursor, limit)
		},
	}
}

// everybody stands for the roles of a rule that concerns all.
const everybody = "*"

// matrixRows turns rules into the acts that each role is permitted, with what restricts
// them.
func matrixRows(rules []policy.Rule) []output.Row {
	type place struct{ role, verb string }
	permits, forbids := map[place][]string{}, map[place][]string{}
	for _, rule := range rules {
		into := permits
		if rule.Effect == policy.Forbid {
			into = forbids
		}
		for _, role := range rolesOr(rule.Roles, everybody) {
			for _, verb := range rule.Verbs {
				into[place{role, verb}] = append(into[place{role, verb}], rule.ID)
			}
		}
	}
	names := map[string]string{everybody: "所有人"}
	for _, role := range policy.Roles() {
		names[role.ID] = role.Name.ZH
	}
	places := make([]place, 0, len(permits))
	for at := range permits {
		places = append(places, at)
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(strings.Compare(a.role, b.role), strings.Compare(a.verb, b.verb)) })
	rows := make([]output.Row, 0, len(places))
	for _, at := range places {
		restricted := forbids[at]
		if at.role != everybody {
			restricted = append(slices.Clone(restricted), forbids[place{everybody, at.verb}]...)
		}
		rows = append(rows, output.Row{Cells: []string{names[at.role], at.verb, strings.Join(permits[at], " "), strings.Join(restricted, " ")}})
	}
	return rows
}

func rolesOr(roles []string, otherwise string) []string {
	if len(roles) == 0 {
		return []string{otherwise}
	}
	return roles
}

// figuresList is a year of totals, in which small numbers stay hidden.
func (h *House) figuresList() output.Source {
	columns := []output.Column{column("department", "科室", "Department")}
	for month := 1; month <= 12; month++ {
		number := strconv.Itoa(month)
		columns = append(columns, column("m"+number, number+" 月", number))
	}
	columns = append(columns, column("year", "全年", "Year"))
	return output.Source{
		ID: "figures", Name: fault.Text{ZH: "管理统计", EN: "Figures"}, Filters: []string{"measure", "year"}, Columns: columns,
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			year, _ := strconv.Atoi(filter["year"]) // what is no year the room answers for
			shown, err := h.Figures.View(ctx, filter["measure"], year)
			if err != nil {
				return output.Rows{}, err
			}
			var rows []output.Row
			for _, row := range shown.Rows {
				rows = append(rows, output.Row{Cells: append([]string{shown.Departments[row.Department].ZH}, numbers(row)...)})
			}
			return pageOf(append(rows, output.Row{Cells: append([]string{"全院"}, numbers(shown.Sums)...)}), cursor, limit)
		},
	}
}

func numbers(row figures.Row) []string {
	cells := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		cells[i] = strconv.Itoa(c.Events)
		if c.Hidden {
			cells[i] = "不显示"
		}
	}
	return cells
}

// pageOf is a page of rows that are all known; the cursor is the place of its first.
func pageOf(all []output.Row, cursor string, limit int) (output.Rows, error) {
	from := 0
	if cursor != "" {
		var err error
		if from, err = strconv.Atoi(cursor); err != nil {
			return output.Rows{}, err
		}
	}
	from = min(max(from, 0), len(all))
	to := min(from+limit, len(all))
	page := output.Rows{Rows: all[from:to]}
	if to < len(all) {
		page.Next = strconv.Itoa(to)
	}
	return page, nil
}
