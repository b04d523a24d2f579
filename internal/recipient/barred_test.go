package recipient_test

import (
	"log/slog"
	"testing"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/debarment"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/recipient"
)

func TestARecipientThatIsBarredIsHeldBackAndOneThatStandsIsTold(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		register := debarment.New(debarment.Options{Door: o.Door, Duty: o.duty, Vault: o.Vault, Org: acttest.Org})
		register.Tie(nil, recipient.Parties)
		o.room = recipient.New(recipient.Options{Door: o.Door, Patients: o.patients, Duty: o.duty, Vault: o.Vault, Jobs: job.NewRunner(o.Store, o.Time, slog.New(slog.DiscardHandler)), Org: acttest.Org, Barring: register})
		waits, err := o.room.Register(o.as("sys"), o.platform())
		if err != nil {
			t.Fatal(err)
		}
		d, err := register.Propose(o.as("yiwu"), debarment.Proposal{
			Kind: debarment.Organisation, Reason: "leaked", Basis: "个人信息保护法第十条", Evidence: []debarment.Proof{{What: "处罚决定"}},
			Content: debarment.Content{Name: o.platform().NameZH, Facts: "泄露"}, Review: o.Clock.Now().AddDate(0, 6, 0),
		})
		if err == nil {
			_, err = register.Settle(o.as("safe"), d.ID, d.Rev, true)
		}
		if err != nil {
			t.Fatal(err)
		}
		found := func() []debarment.SeenHit {
			page, err := register.Hits(o.as("auditor"), "", "open", web.Paging{})
			if err != nil {
				t.Fatal(err)
			}
			return page.Items
		}
		if all := found(); len(all) != 1 || all[0].Verb != debarment.Standing || all[0].About != "recipient:province" {
			t.Fatalf("%+v", all)
		}
		if _, err := o.room.Approve(o.as("safe"), waits.ID); code(err) != "debarment.namesake" {
			t.Errorf("what waited was approved: %v", err)
		}
		again := o.platform()
		again.Code, again.NameZH = "province-2", "省 健康信息平台"
		if _, err := o.room.Register(o.as("sys"), again); code(err) != "debarment.namesake" || fault.From(err).Fields[0].Path != "nameZh" {
			t.Errorf("%v", err)
		}
		if n := len(found()); n != 3 {
			t.Errorf("%d hits are on record", n)
		}
	})
}
