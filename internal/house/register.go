package house

import (
	"context"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/output"
)

// sourceList is the register of interfaces.
func (h *House) sourceList() output.Source {
	return output.Source{
		ID: "sources", Name: fault.Text{ZH: "接口登记", EN: "Register of interfaces"},
		Columns: []output.Column{
			column("code", "代码", "Code"), column("name", "名称", "Name"), column("state", "状态", "State"), column("owner", "责任人", "Owner"), column("vendor", "厂商", "Vendor"),
			column("purpose", "用途", "Purpose"), column("kinds", "连接方式", "Connected by"), column("standard", "标准版本", "Standard"), column("shapes", "数据范围", "Data"),
			column("operations", "接口", "Interfaces"), column("networks", "网段", "Networks"), column("keys", "有效凭据", "Keys"), column("perMinute", "每分钟上限", "Calls a minute"),
			column("since", "承诺开始", "Agreed since"), column("until", "承诺截止", "Agreed until"), column("calls", "7天调用", "Calls, 7 days"), column("refused", "7天拒绝", "Refused, 7 days"),
			column("received", "7天消息", "Messages, 7 days"), column("quarantined", "7天隔离", "Quarantined, 7 days"),
		},
		Page: func(ctx context.Context, _ map[string]string, cursor string, limit int) (output.Rows, error) {
			page, err := h.Sources.List(ctx, web.Paging{Cursor: cursor, Limit: limit})
			rows := output.Rows{Next: page.Next}
			for _, s := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Cells: []string{
					s.Code, s.NameZH, s.State, nameOf(page.Names, s.Owner), s.Vendor, s.Purpose, strings.Join(s.Kinds, " "), s.Standard, strings.Join(s.Shapes, " "),
					strings.Join(s.Operations(), " "), strings.Join(s.Networks, " "), strconv.Itoa(s.Keys), strconv.Itoa(s.PerMinute), onPaper(s.Since), onPaper(s.Until),
					strconv.Itoa(s.Health.Calls), strconv.Itoa(s.Health.Refused), strconv.Itoa(s.Health.Received), strconv.Itoa(s.Health.Quarantined),
				}})
			}
			return rows, err
		},
	}
}
