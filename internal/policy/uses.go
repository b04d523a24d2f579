package policy

import (
	"fmt"

	"github.com/medward/medward/internal/base/fault"
)

var namedUses = []NamedUse{
	{Borrow, fault.Text{ZH: "借出", EN: "borrow"}},
	{Edit, fault.Text{ZH: "编辑", EN: "edit"}},
	{Modify, fault.Text{ZH: "改动", EN: "modify"}},
	{Open, fault.Text{ZH: "打开", EN: "open"}},
	{Search, fault.Text{ZH: "检索", EN: "search"}},
}

var namedLinks = []NamedLink{
	{Collect, fault.Text{ZH: "采集", EN: "collection"}},
	{Enter, fault.Text{ZH: "录入", EN: "entry"}},
	{Store, fault.Text{ZH: "存储", EN: "storage"}},
	{Consult, fault.Text{ZH: "查阅", EN: "consultation"}},
	{Copy, fault.Text{ZH: "复制", EN: "copying"}},
	{Transmit, fault.Text{ZH: "传输", EN: "transmission"}},
	{Share, fault.Text{ZH: "共享", EN: "sharing"}},
	{Destroy, fault.Text{ZH: "销毁", EN: "destruction"}},
}

type verbUse struct {
	use  Use
	link Link
}

// useTable says of every verb that touches a patient's information what it is. Verbs of
// one line are of one kind in one link.
var useTable = []struct {
	verbUse
	verbs []string
}{
	{verbUse{Edit, Collect}, []string{
		"patient.register", "patient.admit", "patient.ask", "patient.answer", "consent.give", "consent.send-code", "consent.confirm-code", "consent.refuse", "consent.notify", "consent.set-guardian",
		"intake.import", "intake.quarantine", "intake.retry", "feed.take", "accesslog.receive", "decide.afterwards", "order.report",
	}},
	{verbUse{Edit, Enter}, []string{"record.draft", "record.file", "record.sign"}},
	{verbUse{Modify, Enter}, []string{
		"record.amend", "amendment.open", "amendment.write", "amendment.sign", "amendment.withdraw", "amendment.decide", "amendment.review", "amendment.settle-complaint", "amendment.complain", "patient.update", "patient.discharge", "patient.transfer", "patient.confirm-admission", "patient.call-off", "patient.plan-operations",
		"consent.withdraw", "consent.exempt", "consent.end-exemption", "intake.review", "order.decide", "deadline.set-condition", "deadline.explain", "deadline.pause", "deadline.resume",
	}},
	{verbUse{Modify, Store}, []string{
		"record.archive", "record.seal", "record.unseal", "record.mark-sensitive", "record.lift-sensitive", "access.seal", "access.renew-seal", "access.unseal", "access.list-on-seal",
		"retention.hold", "retention.lift-hold",
	}},
	{verbUse{Modify, Consult}, []string{
		"patient.relate", "patient.end-relation", "patient.take-on", "patient.put-on-worklist", "patient.reassign", "patient.take-off-worklist",
		"access.withdraw", "access.review", "accesslog.explain", "accesslog.raise", "decide.settle",
	}},
	{verbUse{Open, Consult}, []string{
		"record.view", "amendment.view", "amendment.replay", "record.versions", "record.attachment", "patient.view", "patient.locate",
		"patient.see-id-number", "patient.see-phone", "patient.see-address", "patient.see-contacts",
		"access.state-reason", "access.break-glass", "access.unmask", "access.see-seal", "consent.view", "intake.view", "ledger.view", "ledger.prove", "lineage.view", "inspection.view",
	}},
	{verbUse{Search, Consult}, []string{
		"patient.find", "patient.see-asked", "patient.see-worklist", "record.list", "amendment.list", "record.observations", "record.orders", "order.list", "access.list", "access.see-seals",
		"accesslog.events", "figures.open", "accesslog.readers", "accesslog.questions", "consent.list", "consent.screen", "intake.list", "ledger.search", "ledger.readers", "ledger.mine", "policy.reach",
		"inspection.draw", "inspection.answer", "sharing.list", "sharing.list-claims", "sharing.list-items", "sharing.view", "sharing.view-claims", "deadline.mine", "deadline.list", "deadline.see", "output.see", "decide.ask", "decide.uses", "decide.land",
	}},
	{verbUse{Borrow, Consult}, []string{"access.request"}},
	{verbUse{Borrow, Copy}, []string{
		"record.print", "output.print", "output.copy", "output.extract", "output.take-attachment", "output.export", "output.bulk", "output.release", "output.pledge",
		"output.download", "sharing.export-claims", "output.approve", "output.refuse", "output.dispose", "output.verify",
	}},
	{verbUse{Borrow, Transmit}, []string{"record.release", "amendment.acknowledge", "output.forward", "output.open", "output.send", "output.report", "recipient.send", "recipient.receive", "exchange.send", "exchange.receive"}},
	{verbUse{Borrow, Share}, []string{
		"sharing.receive", "sharing.check", "sharing.fix-scope", "sharing.approve", "sharing.review", "sharing.confirm", "sharing.refuse", "sharing.disclose",
		"sharing.return", "sharing.close", "sharing.ask-claims", "sharing.approve-claims", "sharing.end-claims", "sharing.fix-masking", "sharing.read-claims",
	}},
	{verbUse{Modify, Destroy}, []string{"output.cancel", "output.clock", "retention.draw-up", "retention.appraise", "retention.approve", "retention.witness", "retention.destroy", "retention.stop"}},
}

var useByVerb = func() map[string]verbUse {
	all := map[string]verbUse{}
	for _, line := range useTable {
		for _, verb := range line.verbs {
			if _, twice := all[verb]; twice {
				panic(fmt.Sprintf("policy: %s has two kinds of use", verb))
			}
			all[verb] = line.verbUse
		}
	}
	return all
}()
