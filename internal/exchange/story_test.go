package exchange_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/record"
)

func TestAPackageGoesFromOneHouseToAnother(t *testing.T) {
	two(t, func(t *testing.T, a, b *hospital) {
		to, _ := link(a, b, "platform")
		who, stay := a.bring("李四", "ZY-1")
		document := a.admission(who, stay)
		sent := must[exchange.Package](t)(a.room.Send(a.as("chen"), exchange.Sending{Partner: to.ID, Patient: who, Documents: []string{document}}))
		if sent.Sequence != 1 || sent.State != exchange.Waiting {
			t.Fatalf("%+v", sent)
		}
		a.settle()
		got := b.arrivals()
		if len(got) != 1 || got[0].Outcome != exchange.Received || got[0].Taken != 1 || got[0].Package != sent.ID || !bytes.Equal(got[0].Digest, sent.Digest) {
			t.Fatalf("%+v", got)
		}
		if n := b.Count("record_document"); n != 1 {
			t.Errorf("the other house holds %d documents", n)
		}
		if p := a.packages()[0]; p.State != exchange.Arrived || p.Tries != 1 {
			t.Errorf("%+v", p)
		}
		if n := a.Count("recipient_receipt WHERE outcome = 'matched'"); n != 1 {
			t.Errorf("%d receipts match in the outward register", n)
		}
		if bytes.Contains(b.got[0], []byte("胸痛")) || bytes.Contains(b.got[0], []byte("李四")) {
			t.Error("what travels can be read")
		}
		vouched := must[exchange.Vouched](t)(b.room.Verify(t.Context(), sent.SHA256))
		if vouched.Known {
			t.Error("the house that received it says that it made it")
		}
		if vouched = must[exchange.Vouched](t)(a.room.Verify(t.Context(), sent.SHA256)); !vouched.Known || vouched.Sequence != 1 || !vouched.Received {
			t.Errorf("%+v", vouched)
		}
		for _, check := range []string{"exchange.settled", "exchange.alteration-found", "exchange.verified-by-recipient", "exchange.conforming"} {
			if f := a.verdict(check); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", check, f)
			}
		}
	})
}

func TestAPackageThatIsAlteredOnItsWayIsKeptApartAndSentAgain(t *testing.T) {
	two(t, func(t *testing.T, a, b *hospital) {
		to, _ := link(a, b, "platform")
		who, stay := a.bring("李四", "ZY-1")
		document := a.admission(who, stay)
		b.meddle = func(_ http.ResponseWriter, raw []byte) ([]byte, bool) {
			switch len(b.got) {
			case 1:
				raw = bytes.Clone(raw)
				raw[len(raw)/2] ^= 1
			case 2:
				raw = raw[:len(raw)-20]
			}
			return raw, false
		}
		sent := must[exchange.Package](t)(a.room.Send(a.as("chen"), exchange.Sending{Partner: to.ID, Patient: who, Documents: []string{document}}))
		for range 3 {
			a.settle()
			a.Clock.Advance(time.Hour)
		}
		var outcomes []string
		for _, x := range b.arrivals() {
			outcomes = append(outcomes, x.Outcome)
			if x.Outcome != exchange.Received && (b.tasks(exchange.Apart, x.ID) != 1 || x.Blob == "" || x.Taken > 0) {
				t.Errorf("not kept apart and alarmed: %+v", x)
			}
		}
		if got := strings.Join(outcomes, " "); !strings.Contains(got, exchange.Altered) || !strings.Contains(got, exchange.Partial) || !strings.Contains(got, exchange.Received) || len(outcomes) != 3 {
			t.Errorf("arrived: %s", got)
		}
		if n := b.Count("record_document"); n != 1 {
			t.Errorf("%d documents were taken", n)
		}
		if p := a.packages()[0]; p.State != exchange.Arrived || p.Tries != 3 {
			t.Errorf("%+v", p)
		}
		if n := a.tasks(exchange.Unreceived, sent.ID); n != 0 {
			t.Errorf("the sender still has %d tasks about it", n)
		}
		if f := a.verdict("exchange.settled"); f.Verdict != evidence.Met || !strings.Contains(f.Detail.EN, "2 times altered") {
			t.Errorf("%+v", f)
		}
		if f := b.verdict("exchange.whole-or-nothing"); f.Verdict != evidence.Met || f.Figure != "0 / 3" {
			t.Errorf("%+v", f)
		}
	})
}

func TestPackagesArriveInTheirOrderAndOnce(t *testing.T) {
	two(t, func(t *testing.T, a, b *hospital) {
		to, _ := link(a, b, "platform")
		who, stay := a.bring("李四", "ZY-1")
		send := func(kind, title string) {
			document := a.file(who, stay, kind, title, record.Section{Key: "chief-complaint", Title: "主诉", Text: "胸痛" + title}, record.Section{Key: "present-illness", Title: "现病史", Text: "胸痛"})
			must[exchange.Package](t)(a.room.Send(a.as("chen"), exchange.Sending{Partner: to.ID, Patient: who, Documents: []string{document}}))
		}
		lost := false
		b.meddle = func(w http.ResponseWriter, raw []byte) ([]byte, bool) {
			if !lost { // it arrives, and its receipt is lost
				lost = true
				w.WriteHeader(http.StatusBadGateway)
				return raw, true
			}
			return raw, false
		}
		send("C0034", "一")
		send("C0034", "二")
		for range 4 {
			a.settle()
			a.Clock.Advance(time.Hour)
		}
		for _, p := range a.packages() {
			if p.State != exchange.Arrived {
				t.Errorf("%+v", p)
			}
		}
		first, second := b.got[0], b.got[len(b.got)-1]
		before := b.Count("record_document")
		for name, c := range map[string]struct {
			raw  []byte
			want string
		}{"again": {first, exchange.Repeated}, "the last again": {second, exchange.Repeated}} {
			b.Clock.Advance(time.Minute)
			if _, err := b.room.Receive(asMachine(b), c.raw); err != nil {
				t.Fatal(err)
			}
			if got := b.arrivals()[0]; got.Outcome != c.want {
				t.Errorf("%s: %+v", name, got)
			}
		}
		if n := b.Count("record_document"); n != before || n != 2 {
			t.Errorf("%d documents, %d before", n, before)
		}
	})
}

func TestAPackageBeforeItsTurnIsKeptApart(t *testing.T) {
	two(t, func(t *testing.T, a, b *hospital) {
		to, from := link(a, b, "platform")
		who, stay := a.bring("李四", "ZY-1")
		send := func() {
			must[exchange.Package](t)(a.room.Send(a.as("chen"), exchange.Sending{Partner: to.ID, Patient: who, Documents: []string{a.admission(who, stay)}}))
			a.settle()
		}
		send()
		must[exchange.Partner](t)(b.room.End(b.as("safe"), from.ID))
		b.Clock.Advance(time.Minute)
		b.partner(exchange.Registering{Source: from.Source, Card: from.Card}) // which expects the first
		send()
		got := b.arrivals()[0]
		if got.Outcome != exchange.OutOfOrder || got.Sequence != 2 || b.tasks(exchange.Apart, got.ID) != 1 || b.Count("record_document") != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestAPackageThatWasGivenUpHoldsTheOthersBackUntilItIsSentAgain(t *testing.T) {
	two(t, func(t *testing.T, a, b *hospital) {
		to, _ := link(a, b, "platform")
		who, stay := a.bring("李四", "ZY-1")
		b.meddle = func(w http.ResponseWriter, raw []byte) ([]byte, bool) {
			w.WriteHeader(http.StatusBadGateway)
			return raw, true
		}
		var sent []exchange.Package
		for range 2 {
			a.Clock.Advance(time.Second)
			sent = append(sent, must[exchange.Package](t)(a.room.Send(a.as("chen"), exchange.Sending{Partner: to.ID, Patient: who, Documents: []string{a.admission(who, stay)}})))
		}
		for range 13 {
			a.settle()
			a.Clock.Advance(6 * time.Hour)
		}
		if all := a.packages(); all[1].State != exchange.Failed || all[0].State != exchange.Waiting || len(b.got) != 12 {
			t.Fatalf("after %d tries: %+v", len(b.got), all)
		}
		if f := a.verdict("exchange.settled"); f.Verdict != evidence.NotMet || a.tasks(exchange.Unreceived, sent[0].ID) != 1 {
			t.Errorf("a package was given up: %+v", f)
		}
		tried := must[exchange.Carried](t)(a.room.View(a.as("sys"), sent[0].ID))
		if len(tried.Tries) != 12 || tried.Tries[0].Outcome == "" || len(tried.Tries[0].Receipt) != 0 || tried.State != exchange.Failed {
			t.Errorf("what is told of the tries: %+v", tried)
		}
		b.meddle = nil
		must[exchange.Package](t)(a.room.Resend(a.as("chen"), sent[0].ID))
		a.settle()
		for _, p := range a.packages() {
			if p.State != exchange.Arrived {
				t.Errorf("%+v", p)
			}
		}
		if f := a.verdict("exchange.settled"); f.Verdict != evidence.Met {
			t.Errorf("%+v", f)
		}
	})
}

func TestNothingGoesToWhomItMayNot(t *testing.T) {
	two(t, func(t *testing.T, a, b *hospital) {
		to, _ := link(a, b, "partner")
		who, stay := a.bring("李四", "ZY-1")
		document := a.admission(who, stay)
		send := func(documents ...string) error {
			_, err := a.room.Send(a.as("chen"), exchange.Sending{Partner: to.ID, Patient: who, Documents: documents})
			return err
		}
		if err := send(document); faulttest.Code(err) != "exchange.no-agreement" {
			t.Errorf("without an agreement: %v", err)
		}
		a.agree("第二医院")
		if err := send(document); faulttest.Code(err) != "exchange.no-consent" {
			t.Errorf("without consent: %v", err)
		}
		a.consented(who, "第二医院")
		homeless := a.file(who, stay, "C0034", "入院记录", record.Section{Key: "x", Title: "自拟段落", Text: "随访"})
		if err := send(document, homeless); faulttest.Code(err) != "exchange.not-conforming" || !strings.Contains(faulttest.Fields(err), "documents[0]") {
			t.Errorf("not of the standard: %v", err)
		}
		if n := a.Count("exchange_package") + a.Count("recipient_sending"); n != 0 {
			t.Errorf("%d rows say that something left", n)
		}
		if err := send(document); err != nil {
			t.Fatal(err)
		}
		a.Clock.Advance(366 * 24 * time.Hour)
		if err := send(document); faulttest.Code(err) != "exchange.not-live" {
			t.Errorf("after its time: %v", err)
		}
	})
}

func TestAPartnerIsApprovedByAnotherWhoComparedTheFingerprint(t *testing.T) {
	two(t, func(t *testing.T, a, b *hospital) {
		card := b.keyed("第二医院")
		id, _ := a.source("second")
		p := must[exchange.Partner](t)(a.room.Register(a.as("sys"), exchange.Registering{Source: id, Card: card, Until: a.Clock.Now().AddDate(1, 0, 0)}))
		if _, err := a.room.Approve(a.as("sys"), p.ID, card.Fingerprint()); err == nil {
			t.Error("whoever registered it approved it")
		}
		for _, wrong := range []string{"", card.Fingerprint()[:8], strings.Repeat("0", 16)} {
			if _, err := a.room.Approve(a.as("safe"), p.ID, wrong); faulttest.Code(err) != "exchange.fingerprint" {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		said := strings.ToUpper(card.Fingerprint()[:8] + " " + card.Fingerprint()[8:16])
		if p, err := a.room.Approve(a.as("safe"), p.ID, said); err != nil || p.State != exchange.Live {
			t.Errorf("%+v %v", p, err)
		}
		a.Behind("UPDATE exchange_partner SET until = until + 1")
		_, err := a.room.Partners(a.as("sys"), web.Paging{})
		if err == nil {
			t.Error("a partner that was changed behind the house is believed")
		}
	})
}

func TestWhatCameFromAnotherHouseGoesOnOnlyWithItsPermission(t *testing.T) {
	two(t, func(t *testing.T, a, b *hospital) {
		to, _ := link(a, b, "platform")
		who, stay := a.bring("李四", "ZY-1")
		must[exchange.Package](t)(a.room.Send(a.as("chen"), exchange.Sending{Partner: to.ID, Patient: who, Documents: []string{a.admission(who, stay)}}))
		a.settle()
		// The third house is the first again, under other keys: what b got from a is to go there.
		third := b.partner(exchange.Registering{Recipient: b.recipient(a, "platform"), Card: a.keyed("第三医院"), Credential: "x"})
		got := b.came()
		b.admit(got.Patient, got.Source)
		send := func() error {
			_, err := b.room.Send(b.as("chen"), exchange.Sending{Partner: third.ID, Patient: got.Patient, Documents: []string{got.ID}})
			return err
		}
		if err := send(); faulttest.Code(err) != "exchange.onwards" {
			t.Errorf("without permission: %v", err)
		}
		if n := b.Count("exchange_package"); n != 0 {
			t.Errorf("%d packages went on", n)
		}
		if f := b.verdict("exchange.onwards"); f.Verdict != evidence.Met {
			t.Errorf("%+v", f)
		}
	})
}
