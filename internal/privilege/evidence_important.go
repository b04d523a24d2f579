package privilege

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
)

// lookedBack is how far back important operations are counted.
const lookedBack = 90 * 24 * time.Hour

func (room *Room) importantChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "privilege.important-by-two", Demands: []string{"B-108", "E-197"},
			Title: fault.Text{ZH: "重要操作都经第二人独立验证", EN: "Every important operation was confirmed by a second person"}, Run: room.importantByTwo,
		},
		{
			ID: "privilege.important-list-by-two", Demands: []string{"B-108"},
			Title: fault.Text{ZH: "重要操作清单的变更都由两人完成", EN: "Every change of the list of important operations was made by two persons"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM privilege_important WHERE state = 'agreed' AND (settled_by = '' OR settled_by = proposed_by)"},
				evidence.Query{SQL: "SELECT COUNT(*) FROM privilege_important WHERE state = 'agreed'"}, fault.Text{ZH: "清单变更", EN: "changes of the list"}),
		},
	}
}

// importantByTwo counts, of the operations at which the door asks for a second person, how
// many had one, and how many attempts by one person were refused.
func (room *Room) importantByTwo(ctx context.Context) (evidence.Finding, error) {
	var done, alone, attempts int
	err := room.desk.Look(ctx, func(r db.Reader) error {
		done, alone, attempts = 0, 0, 0
		agreed, err := importantAgreed(ctx, r, room.org)
		if err != nil {
			return err
		}
		since := map[string]time.Time{}
		for _, one := range agreed {
			if since[one.Verb].IsZero() {
				since[one.Verb] = one.Settled
			}
		}
		var verbs []string
		for _, o := range operations(agreed) {
			if o.Flow == (fault.Text{}) {
				verbs = append(verbs, o.Verb)
			}
			if o.Floor {
				delete(since, o.Verb)
			}
		}
		return room.eachOf(ctx, r, verbs, func(e ledger.Entry) {
			second := e.Note[secondNote]
			switch {
			case e.Outcome == ledger.Refused && second == secondMissing:
				attempts++
			case e.Outcome != ledger.Done || e.Actor.Kind != "person" || time.UnixMicro(e.At).Before(since[e.Verb]):
			case second == "" || second == secondMissing:
				alone++
				done++
			default:
				done++
			}
		})
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: percent(done-alone, done), Detail: fault.Text{
		ZH: fmt.Sprintf("近 90 天 %d 次重要操作中 %d 次由第二人验证，拒绝单人操作 %d 次", done, done-alone, attempts),
		EN: fmt.Sprintf("of %d important operations within 90 days %d were confirmed by a second person, %d attempts by one were refused", done, done-alone, attempts),
	}}
	if alone > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

func percent(part, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%d %%", part*100/of)
}

// eachOf reads the account of some verbs, back to [lookedBack].
func (room *Room) eachOf(ctx context.Context, r db.Reader, verbs []string, take func(ledger.Entry)) error {
	q := ledger.Query{Org: room.org, Verbs: verbs, From: room.desk.Now().Add(-lookedBack), Limit: ledger.MaxPage}
	for {
		page, err := room.ledger.Search(ctx, r, q)
		if err != nil {
			return err
		}
		for _, line := range page.Lines {
			entry, err := room.ledger.ByID(ctx, r, line.ID)
			if err != nil {
				return err
			}
			take(entry.Entry)
		}
		if page.Next == 0 {
			return nil
		}
		q.After = page.Next
	}
}
