package record

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// lookedBack is for how long openings are counted.
const lookedBack = 90 * 24 * time.Hour

func (room *Room) consentChecks() []evidence.Check {
	if room.agreements.Signed == nil {
		return nil
	}
	return []evidence.Check{
		{
			ID: "record.saved-with-consent", Demands: []string{"B-016"},
			Title: text("须书面同意的敏感信息都凭同意保存，紧急情形按期补签", "What needs written consent is saved with it, and in time where it follows"), Run: room.savedWithConsent,
		},
		{
			ID: "record.elsewhere-authorised", Demands: []string{"C-069"},
			Title: text("外院病历都凭患者本次就诊的授权或紧急调阅打开", "What came from other institutions opens by the patient's authorisation or by break-glass"), Run: room.elsewhereAuthorised,
		},
	}
}

// savedWithConsent counts savings on each ground, and those whose consent is late.
func (room *Room) savedWithConsent(ctx context.Context) (evidence.Finding, error) {
	var rule *ConsentRule
	var all []Saving
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if rule, err = consentRuleInForce(ctx, r, room.agreements.Org); err != nil {
			return err
		}
		all, err = savings.Select(ctx, r, "WHERE org = $1 ORDER BY id", room.agreements.Org)
		return err
	})
	with, waiting, late := 0, 0, 0
	for _, s := range all {
		switch {
		case !s.Completed.IsZero():
			with++
		case s.Deadline.Before(room.desk.Now()):
			late++
		default:
			waiting++
		}
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", with, len(all)), Detail: text(
		fmt.Sprintf("须同意的保存 %d 次，有书面同意 %d 次，待补签 %d 次，超期未补 %d 次", len(all), with, waiting, late),
		fmt.Sprintf("%d savings that need consent: %d with it, %d where it follows, %d where it is late", len(all), with, waiting, late))}
	if rule == nil {
		f.Verdict = evidence.NotMet
		f.Detail = text("尚未设置哪些敏感信息须书面同意", "which sensitive information needs written consent is not set")
	}
	if late > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// elsewhereAuthorised reads from the ledger by what treating people opened documents of
// other institutions.
func (room *Room) elsewhereAuthorised(ctx context.Context) (evidence.Finding, error) {
	var by struct{ authorised, glass, neither, documents int }
	err := room.desk.Look(ctx, func(r db.Reader) error {
		from := room.desk.Now().Add(-lookedBack)
		all, err := origins.Select(ctx, r, "WHERE org = $1 ORDER BY document", room.agreements.Org)
		if err != nil {
			return err
		}
		by.documents = len(all)
		for _, o := range all {
			opened, err := room.openings(ctx, r, o, from)
			if err != nil {
				return err
			}
			for _, e := range opened {
				switch {
				case e.Note["authorisation"] != "":
					by.authorised++
				case e.Why.Tie != nil && e.Why.Tie.Kind == policy.TieGlass:
					by.glass++
				default:
					by.neither++
				}
			}
		}
		return nil
	})
	opened := by.authorised + by.glass + by.neither
	share := 100
	if opened > 0 {
		share = 100 * by.authorised / opened
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d%%", share), Detail: text(
		fmt.Sprintf("外院文书 %d 份，90 天内为诊疗打开 %d 次：凭授权 %d 次，紧急调阅 %d 次，无依据 %d 次", by.documents, opened, by.authorised, by.glass, by.neither),
		fmt.Sprintf("%d documents of other institutions were opened for care %d times within 90 days: %d by authorisation, %d by break-glass, %d by neither", by.documents, opened, by.authorised, by.glass, by.neither))}
	if by.neither > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// openings are the entries by which people opened a document for care since it is here.
func (room *Room) openings(ctx context.Context, r db.Reader, o Origin, from time.Time) ([]ledger.Entry, error) {
	if from.Before(o.At) {
		from = o.At
	}
	q := ledger.Query{
		Org: o.Org, Kind: "Document", Object: o.Document, Outcome: ledger.Done, Verbs: []string{"record.view", "record.versions", "record.attachment"}, From: from, Limit: ledger.MaxPage,
	}
	var all []ledger.Entry
	for {
		page, err := room.agreements.Ledger.Search(ctx, r, q)
		if err != nil {
			return nil, err
		}
		for _, line := range page.Lines {
			if line.ActorKind != act.Person || line.Purpose != "care" && line.Purpose != "teaching" {
				continue
			}
			placed, err := room.agreements.Ledger.ByID(ctx, r, line.ID)
			if err != nil {
				return nil, err
			}
			all = append(all, placed.Entry)
		}
		if q.After = page.Next; q.After == 0 {
			return all, nil
		}
	}
}
