package amendment_test

import (
	"context"
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/amendment"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/sharing"
)

func TestAComplaintKeepsADocumentFromUseUntilItIsDecided(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		if _, err := h.room.Complain(h.as("xu"), document, "deceit", " 　"); !slices.Equal(fields(err), []string{"words"}) {
			t.Errorf("%v", err)
		}
		c := must[amendment.Complaint](t)(h.room.Complain(h.as("xu"), document, "deceit", "患者称未被告知"))
		if _, err := h.records.View(h.as("chen"), document, 0); err != nil || h.waiting(amendment.Complained, c.ID) != 1 {
			t.Fatalf("a complaint alone takes it away, or nobody is asked: %v", err)
		}
		_, err := h.room.SettleComplaint(h.as("xu"), c.ID, amendment.Quarantined, "x")
		h.refused(err)
		must[amendment.Complaint](t)(h.room.SettleComplaint(h.as("yiwu"), c.ID, amendment.Quarantined, "待核实"))
		_, err = h.records.View(h.as("chen"), document, 0)
		h.refused(err)
		if _, err := h.records.View(h.as("yiwu"), document, 0); err == nil {
			t.Error("who decides reads more than he could before")
		}
		h.met(t, "amendment.complaints-decided")
		if _, err := h.room.Open(h.as("lin"), document); codeOf(err) != "amendment.quarantined" {
			t.Errorf("corrected in quarantine: %v", err)
		}
		must[amendment.Complaint](t)(h.room.SettleComplaint(h.as("yiwu"), c.ID, amendment.Freed, "有签字同意书"))
		if _, err := h.records.View(h.as("chen"), document, 0); err != nil || h.waiting(amendment.Complained, c.ID) != 0 {
			t.Errorf("released and still held: %v", err)
		}
		if _, err := h.room.SettleComplaint(h.as("yiwu"), c.ID, amendment.Freed, "再次"); codeOf(err) != "amendment.settled" {
			t.Errorf("%v", err)
		}
		must[amendment.Complaint](t)(h.room.SettleComplaint(h.as("second"), c.ID, amendment.Removed, "签字系代签"))
		_, err = h.records.View(h.as("chen"), document, 0)
		h.refused(err)
		got, said, _, err := h.room.SayComplaint(h.as("yiwu"), c.ID)
		if err != nil || got.State != amendment.Removed || said.Words != "患者称未被告知" || said.Reason != "签字系代签" {
			t.Errorf("%+v %+v %v", got, said, err)
		}
		if _, _, _, err := h.room.SayComplaint(h.as("chen"), c.ID); err == nil {
			t.Error("a doctor reads complaints")
		}
	})
}

func TestWhatCannotBeSoIsReviewedByAPerson(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		h.Clock.Advance(5 * day)
		file := func(who string, at time.Time, kind string, c record.Content) string {
			return must[string](t)(h.records.File(h.as(who), record.Filing{Patient: h.patient, Encounter: h.encounter, Kind: kind, Title: "记录", Sign: true, At: at, Content: c}))
		}
		now := h.Clock.Now()
		sound := file("lin", now, "C0038", says("今日平稳", "同前"))
		h.Clock.Advance(time.Minute)
		early := file("lin", now.Add(-6*day), "C0038", says("入院前", "x"))
		copied := file("chen", now, "C0038", says("今日平稳", "同前"))
		file("chen", now.Add(-day), "C0050", says("死亡", "经过"))
		dead := file("chen", now, "C0038", says("查房平稳", "同前"))
		h.tick()
		listed := must[amendment.Listed[amendment.Suspicion]](t)(h.room.Suspicions(h.as("quality"), "", web.Paging{}))
		found := map[string]string{}
		for _, s := range listed.Items {
			found[s.Document+"/"+s.Rule] = s.ID
		}
		for _, want := range []string{early + "/before-admission", copied + "/identical", dead + "/after-death"} {
			if found[want] == "" {
				t.Errorf("%s was not found: %v", want, found)
			}
		}
		if found[sound+"/identical"] != "" || found[early+"/identical"] != "" {
			t.Errorf("found too much: %v", found)
		}
		h.tick()
		if again := must[amendment.Listed[amendment.Suspicion]](t)(h.room.Suspicions(h.as("quality"), "", web.Paging{})); len(again.Items) != len(listed.Items) {
			t.Errorf("found twice: %d, %d", len(listed.Items), len(again.Items))
		}
		id := found[copied+"/identical"]
		if h.waiting(amendment.Suspected, id) != 1 {
			t.Error("nobody is asked to review it")
		}
		if _, err := h.room.Review(h.as("quality"), id, amendment.Cleared, " "); !slices.Equal(fields(err), []string{"words"}) {
			t.Errorf("%v", err)
		}
		must[amendment.Suspicion](t)(h.room.Review(h.as("quality"), id, amendment.Cleared, "同日两份查房记录，经核实"))
		if h.waiting(amendment.Suspected, id) != 0 {
			t.Error("the review stays open")
		}
		h.met(t, "amendment.suspicions-reviewed")
		h.Clock.Advance(8 * day)
		if f := h.finding(t, "amendment.suspicions-reviewed"); f.Verdict != evidence.NotMet {
			t.Errorf("suspicions wait for eight days: %+v", f)
		}
	})
}

func TestAVersionThatWasAlteredBehindTheHouseIsFound(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		other := h.write("lin")
		h.tick()
		h.met(t, "amendment.versions-compared", "amendment.attempts-refused")
		if h.At.Engine == "sqlite" {
			h.Behind("DROP TRIGGER IF EXISTS record_version_never_changes")
		}
		h.Behind("UPDATE record_version SET sealed = (SELECT sealed FROM record_version WHERE document = $1) WHERE document = $2", other, document)
		h.Clock.Advance(25 * time.Hour)
		h.tick()
		if f := h.finding(t, "amendment.versions-compared"); f.Verdict != evidence.NotMet || f.Figure != "1 / 2" || h.waiting(amendment.Mismatched, document) != 1 {
			t.Errorf("%+v", f)
		}
	})
}

func TestAClaimIsHeldAgainstItsSignedSourceAndItsOfficeIsAlerted(t *testing.T) {
	both(t, func(t *testing.T, h *ward) {
		document := h.write("lin")
		h.archive(document)
		h.discharge()
		task := h.claims()
		check, found, err := h.room.CheckClaims(h.as("insurance"), task, []amendment.ClaimSaid{
			{Number: "1", Field: "diagnosis", Value: "左肺炎"}, {Number: "1", Field: "procedure", Value: "肺叶切除"}, {Number: "9", Field: "diagnosis", Value: "x"},
		})
		if err != nil || check.Differences != 2 || len(found) != 2 || found[0].Kind != amendment.NoSource || found[1].Kind != amendment.Unknown {
			t.Fatalf("%+v %v", found, err)
		}
		_, found, err = h.room.CheckClaims(h.as("insurance"), task, []amendment.ClaimSaid{{Number: "1", Field: "diagnosis", Value: "右肺炎"}})
		if err != nil || len(found) != 1 || found[0].Kind != amendment.Differs || found[0].Source != "左肺炎" || len(found[0].Sources) != 1 || found[0].Sources[0].Document != document || len(found[0].Sources[0].Digest) != 64 {
			t.Fatalf("%+v %v", found, err)
		}
		h.export(task)
		h.Clock.Advance(time.Hour)
		c := h.until("lin", document, amendment.StepConfirm)
		_, found, err = h.room.CheckClaims(h.as("insurance"), task, []amendment.ClaimSaid{{Number: "1", Field: "diagnosis", Value: "左肺炎"}})
		if err != nil || len(found) != 1 || found[0].Kind != amendment.NoSource {
			t.Errorf("a claim is told from what is in doubt: %+v %v", found, err)
		}
		must[amendment.Case](t)(h.room.Decide(h.as("yiwu"), c.ID, true, ""))
		must[amendment.Case](t)(h.room.Sign(h.as("lin"), c.ID))
		n := h.notice(c.ID, task)
		if n.Kind != amendment.ByClaim || n.State != amendment.Due || h.waiting(amendment.Tell, n.ID) != 1 {
			t.Errorf("%+v", n)
		}
		if seen := h.seen("insurance", c.ID); seen.Said.Before[0].Text != "左肺炎" || seen.Said.After[0].Text != "右肺炎" {
			t.Errorf("the office is not shown the difference: %+v", seen.Said)
		}
		h.met(t, "amendment.claims-alerted")
		must[amendment.Notice](t)(h.room.Acknowledge(h.as("insurance"), n.ID, amendment.Telling{State: amendment.Acknowledged}))
		h.met(t, "amendment.claims-alerted", "amendment.told")
	})
}

// discharge ends the stay of the patient as a feed does.
func (h *ward) discharge() {
	h.T.Helper()
	err := h.Door.Desk("patient").Do(h.Feed("his"), "patient.discharge", func(ctx context.Context, w *act.Work) error {
		return h.patients.DischargeIn(ctx, w, h.encounter, h.Clock.Now())
	})
	if err != nil {
		h.T.Fatal(err)
	}
}

// claims is a task by which an insurer is told the claim 1 of the stay.
func (h *ward) claims() string {
	h.T.Helper()
	key := must[*sm2.PrivateKey](h.T)(sm2.GenerateKey(rand.Reader))
	template := &smx509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "医疗保障局"}, NotBefore: h.Clock.Now().Add(-time.Hour), NotAfter: h.Clock.Now().AddDate(1, 0, 0),
		KeyUsage: smx509.KeyUsageKeyEncipherment, SignatureAlgorithm: smx509.SM2WithSM3,
	}
	der := must[[]byte](h.T)(smx509.CreateCertificate(rand.Reader, template, template, key.Public(), key))
	_, err := h.consents.Exempt(acttest.For(h.as("second"), "legal"), consent.Exemption{
		Basis: "insurance-fund", Article: "社会保险法第三章", Purpose: "insurance", Requester: h.people["insurance"], Until: h.Clock.Now().AddDate(0, 6, 0),
	}, "医保结算")
	if err != nil {
		h.T.Fatal(err)
	}
	made := must[sharing.ClaimTask](h.T)(h.sharing.AskClaims(h.as("billing"), sharing.AskingClaims{
		Kind: sharing.ClaimSettlement, Insurer: "医疗保障局", Basis: "insurance-fund", Article: "社会保险法第二十八条", Reviewer: h.people["insurance"], Until: h.Clock.Now().Add(10 * day),
		Certificate: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), Claims: []sharing.NewClaim{{Number: "1", Encounter: h.encounter}},
	}))
	return must[sharing.ClaimTask](h.T)(h.sharing.ApproveClaims(h.as("yiwu"), made.ID, nil)).ID
}

// export lets the rows of a task leave for its insurer.
func (h *ward) export(task string) {
	h.T.Helper()
	must[sharing.ClaimFile](h.T)(h.sharing.ExportClaims(h.as("insurance"), task))
}
