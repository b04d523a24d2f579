package house

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/debarment"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/staff"
)

// receivedBy tells the register of who is barred to whom the copy was given that bears a
// code: whoever a case names, whoever the copy was made out to, or nobody but who took it.
func (h *House) receivedBy(ctx context.Context, r db.Reader, org, code string) (debarment.Copy, bool, error) {
	g, known, err := h.Output.GivenUnder(ctx, r, org, code)
	if err != nil || !known {
		return debarment.Copy{}, false, err
	}
	c := debarment.Copy{Issue: g.ID, Serial: g.Serial, At: g.At, Person: g.Person, Patient: g.Patient, Kind: debarment.Natural}
	if g.To != "" {
		c.Names = []string{g.To}
	}
	given, ofCase, err := h.Sharing.ReceivedBy(ctx, r, org, g.ID)
	if err != nil || !ofCase {
		return c, true, err
	}
	if c.Case, c.Names, c.Numbers = given.Case, given.Names, given.Numbers; given.Agency != "" {
		c.Kind, c.Names, c.Numbers = debarment.Organisation, []string{given.Agency}, nil
	}
	return c, true, nil
}

// standing tells the register of who is barred whom the house lets in already.
func (h *House) standing(ctx context.Context, r db.Reader, org string, names []string, person string) ([]staff.Party, error) {
	var all []staff.Party
	for _, of := range []debarment.StandingOf{staff.PartiesNamed, recipient.Parties, h.Exchange.Parties} {
		found, err := of(ctx, r, org, names, person)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// debarmentList is the register as it leaves in a file. Document numbers and facts stay.
func (h *House) debarmentList() output.Source {
	return output.Source{
		ID: "debarments", Name: fault.Text{ZH: "禁入名单", EN: "Who is barred"},
		Columns: []output.Column{
			column("name", "姓名或名称", "Name"), column("kind", "种类", "Kind"), column("reason", "缘由", "Reason"), column("basis", "依据", "Basis"), column("state", "状态", "State"),
			column("since", "开始", "Since"), column("until", "截止", "Until"), column("review", "复核", "Review"), column("proposedBy", "提出人", "Proposed by"), column("settledBy", "确认人", "Settled by"),
			column("hits", "命中次数", "Hits"),
		},
		Page: func(ctx context.Context, _ map[string]string, cursor string, limit int) (output.Rows, error) {
			page, err := h.Debarments.List(ctx, "", web.Paging{Cursor: cursor, Limit: limit})
			rows := output.Rows{Next: page.Next}
			for _, d := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Cells: []string{
					d.Name, d.Kind, d.Reason, d.Basis, d.State, onPaper(d.Since), onPaper(d.Until), onPaper(d.Review), nameOf(page.Names, d.ProposedBy), nameOf(page.Names, d.SettledBy),
					strconv.Itoa(d.Hits),
				}})
			}
			return rows, err
		},
	}
}
