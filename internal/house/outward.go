package house

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/recipient"
)

// guard asks the register of recipients, which is put together later, before data of a
// shape goes out.
func (h *House) guard(shape string) dial.Guard {
	return func(ctx context.Context, to dial.Destination) error { return h.Recipients.Admits(shape)(ctx, to) }
}

func (h *House) recipientList() output.Source {
	return output.Source{
		ID: "recipients", Name: fault.Text{ZH: "数据接收方登记", EN: "Recipients"},
		Columns: []output.Column{
			column("code", "代码", "Code"), column("name", "名称", "Name"), column("kind", "种类", "Kind"), column("state", "状态", "State"), column("shapes", "数据", "Data"),
			column("fields", "字段", "Fields"), column("basis", "依据", "Basis"), column("owner", "责任人", "Owner"), column("approvedBy", "批准人", "Approved by"), column("account", "账号", "Account"),
			column("since", "开始", "Since"), column("until", "截止", "Until"),
		},
		Page: func(ctx context.Context, _ map[string]string, cursor string, limit int) (output.Rows, error) {
			page, err := h.Recipients.List(ctx, web.Paging{Cursor: cursor, Limit: limit})
			rows := output.Rows{Next: page.Next}
			for _, x := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Cells: []string{
					x.Code, x.Said.NameZH, x.Kind, x.State, strings.Join(x.Said.Shapes, " "), strings.Join(x.Said.Fields, " "), x.Said.Basis, nameOf(page.Names, x.Said.Owner),
					nameOf(page.Names, x.ApprovedBy), x.Said.Account, onPaper(x.Since), onPaper(x.Until),
				}})
			}
			return rows, err
		},
	}
}

func (h *House) sendingList() output.Source {
	return output.Source{
		ID: "transmissions", Name: fault.Text{ZH: "外发记录", EN: "Sent out"}, Filters: []string{"recipient", "patient", "outcome", "from", "to"},
		Columns: []output.Column{
			column("to", "接收方", "Recipient"), column("sequence", "序号", "No."), column("sent", "发送时间", "Sent"), column("sender", "发送人", "Sender"), column("shape", "数据", "Data"),
			column("channel", "渠道", "Way"), column("purpose", "目的", "Purpose"), column("basis", "依据", "Basis"), column("count", "项数", "Items"), column("digest", "摘要", "Digest"),
			column("receipt", "回执", "Receipt"), column("received", "回执时间", "Received"),
		},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			q, err := sendingQuery(filter)
			if err != nil {
				return output.Rows{}, err
			}
			page, err := h.Recipients.Trace(ctx, q, web.Paging{Cursor: cursor, Limit: limit})
			rows := output.Rows{Next: page.Next}
			for _, s := range page.Items {
				outcome, received := "", time.Time{}
				if n := len(s.Receipts); n > 0 {
					outcome, received = s.Receipts[n-1].Outcome, s.Receipts[n-1].At
				}
				rows.Rows = append(rows.Rows, output.Row{Cells: []string{
					s.To, strconv.Itoa(s.Sequence), onPaper(s.Sent), nameOf(page.Names, s.Sender), s.Shape, s.Channel, s.Purpose, s.Basis, strconv.Itoa(s.Count),
					fmt.Sprintf("%x", s.Digest), outcome, onPaper(received),
				}})
			}
			return rows, err
		},
	}
}

// sendingQuery is what the page of sendings asks; its days are those of the hospital, as
// in the account of use.
func sendingQuery(filter map[string]string) (recipient.Query, error) {
	days, err := ledgerQuery(map[string]string{"from": filter["from"], "to": filter["to"]})
	return recipient.Query{Recipient: filter["recipient"], Patient: filter["patient"], Outcome: filter["outcome"], From: days.From, To: days.To}, err
}
