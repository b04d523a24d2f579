package house

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/output"
)

// handoverList is the handovers of the house and their rehearsals, as a file.
func (h *House) handoverList() output.Source {
	return output.Source{
		ID: "handovers", Name: fault.Text{ZH: "信息移交", EN: "Handovers of the house"},
		Columns: []output.Column{
			column("opened", "申请时间", "Asked"), column("ground", "依据", "Ground"), column("receiver", "接收方", "Receiver"), column("state", "状态", "State"), column("rows", "行数", "Rows"),
			column("missing", "缺失", "Missing"), column("openedBy", "申请人", "Asked by"), column("approvedBy", "批准人", "Approved by"), column("until", "最迟恢复写入", "Written to again"), column("digest", "清单摘要 SM3", "Manifest (SM3)"),
		},
		Page: func(ctx context.Context, _ map[string]string, cursor string, limit int) (output.Rows, error) {
			page, err := h.Handovers.List(ctx, web.Paging{Cursor: cursor, Limit: limit})
			rows := output.Rows{Next: page.Next}
			for _, c := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Cells: []string{
					onPaper(c.Opened), c.Ground, c.Receiver, c.State, strconv.FormatInt(c.Rows, 10), strconv.FormatInt(c.Missing, 10),
					nameOf(page.Names, c.OpenedBy), nameOf(page.Names, c.ApprovedBy), onPaper(c.Until), c.Digest,
				}})
			}
			return rows, err
		},
	}
}

// handoverDifferenceList is what a comparison found, row by row, as a file.
func (h *House) handoverDifferenceList() output.Source {
	return output.Source{
		ID: "handover-differences", Name: fault.Text{ZH: "移交比对差异", EN: "Differences of a handover"}, Filters: []string{"handover", "comparison"},
		Columns: []output.Column{column("number", "序号", "Number"), column("kind", "差异", "Difference"), column("set", "内容", "Content"), column("record", "记录编号", "Record")},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			comparison, _ := strconv.Atoi(filter["comparison"]) // none is of no comparison, which lists nothing
			page, err := h.Handovers.Differences(ctx, filter["handover"], comparison, web.Paging{Cursor: cursor, Limit: limit})
			rows := output.Rows{Next: page.Next}
			for _, l := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Cells: []string{strconv.FormatInt(l.Number, 10), l.Kind, l.Set, l.Record}})
			}
			return rows, err
		},
	}
}
