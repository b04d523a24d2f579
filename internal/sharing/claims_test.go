package sharing_test

import (
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/pkcs7"
	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/sharing"
)

// insurer is somebody outside who holds the key to what is exported to him.
type insurer struct {
	key  *sm2.PrivateKey
	cert *smx509.Certificate
	pem  string
}

func newInsurer(t testing.TB, usage smx509.KeyUsage, from, to time.Time) insurer {
	t.Helper()
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &smx509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "明州市医疗保障局"}, NotBefore: from, NotAfter: to, KeyUsage: usage, SignatureAlgorithm: smx509.SM2WithSM3,
	}
	der, err := smx509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := smx509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return insurer{key, cert, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))}
}

type openedSheet struct {
	Insurer string              `json:"insurer"`
	Rows    []map[string]string `json:"rows"`
}

// opens decrypts an envelope as the insurer does.
func (i insurer) opens(t *testing.T, envelope []byte) (sheet openedSheet) {
	t.Helper()
	p7, err := pkcs7.Parse(envelope)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := p7.Decrypt(i.cert, i.key)
	if err == nil {
		err = json.Unmarshal(plain, &sheet)
	}
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func (c *counter) insurer() insurer {
	return newInsurer(c.T, smx509.KeyUsageKeyEncipherment, c.Clock.Now().Add(-time.Hour), c.Clock.Now().AddDate(1, 0, 0))
}

// settles says in the ledger of consents that the fund is settled by law.
func (c *counter) settles() {
	c.T.Helper()
	_, err := c.consents.Exempt(acttest.For(c.as("night"), "legal"), consent.Exemption{
		Basis: "insurance-fund", Article: "社会保险法第三章", Purpose: "insurance", Requester: c.people["claims"], Until: c.Clock.Now().AddDate(0, 6, 0),
	}, "医保结算")
	if err != nil {
		c.T.Fatal(err)
	}
}

// billed files and archives a discharge record with much more than a bill needs.
func (c *counter) billed(of, encounter, diagnosis string) {
	c.T.Helper()
	id, err := c.records.File(c.as("chen"), record.Filing{
		Patient: of, Encounter: encounter, Kind: "C0049", Title: "出院记录", Sign: true, Content: record.Content{Sections: []record.Section{
			{Key: "discharge-diagnosis", Title: "出院诊断", Text: diagnosis},
			{Key: "hospital-course", Title: "诊疗经过", Text: "患者自述家庭矛盾"},
			{Key: "outcome", Title: "治疗结果", Text: "好转"},
		}},
	})
	if err == nil {
		err = c.records.Archive(acttest.For(c.as("window"), "coding"), id)
	}
	if err != nil {
		c.T.Fatal(err)
	}
}

func (c *counter) asking(i insurer) sharing.AskingClaims {
	return sharing.AskingClaims{
		Kind: sharing.ClaimSettlement, Insurer: "明州市医疗保障局", Basis: "insurance-fund", Article: "社会保险法第二十八条", Reviewer: c.people["claims"],
		Until: c.Clock.Now().Add(10 * 24 * time.Hour), Certificate: i.pem, Claims: []sharing.NewClaim{{Number: "J-001", Encounter: c.encounter}},
		Extras: []sharing.Extra{{Field: "outcome", Words: "核对转归"}, {Field: "course", Words: "核对治疗"}},
	}
}

func (c *counter) claimTask(i insurer, extras ...string) sharing.ClaimTask {
	c.T.Helper()
	made, err := c.room.AskClaims(c.as("billing"), c.asking(i))
	if err == nil {
		made, err = c.room.ApproveClaims(c.as("night"), made.ID, extras)
	}
	if err != nil {
		c.T.Fatal(err)
	}
	return made
}

func TestAnInsurerIsToldTheFieldsOfListedClaimsAndNothingElse(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		c.settles()
		c.billed(c.patient, c.encounter, "2型糖尿病")
		c.billed(c.other, c.elsewhere, "高血压3级")
		task := c.claimTask(c.insurer(), "outcome")
		rows, err := c.room.ReadClaims(c.as("claims"), task.ID, "", 0)
		if err != nil || len(rows.Items) != 1 {
			t.Fatalf("%+v: %v", rows, err)
		}
		cells := rows.Items[0].Cells
		if cells["claim"] != "J-001" || cells["diagnosis"] != "2型糖尿病" || cells["outcome"] != "好转" || cells["admitted"] == "" {
			t.Errorf("%v", cells)
		}
		told, err := json.Marshal(rows.Items)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"李四", "李*", "王五", "家庭矛盾", "高血压", "1960", c.patient} {
			if strings.Contains(string(told), secret) {
				t.Errorf("the insurer is told %q: %s", secret, told)
			}
		}
		if _, err := c.patients.View(c.as("claims"), c.patient); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the reviewer opened the patient: %v", err)
		}
		for _, document := range []string{c.document, c.foreign} {
			if _, err := c.records.View(c.as("claims"), document, 0); !errors.Is(err, act.ErrRefused) {
				t.Errorf("the reviewer opened a note: %v", err)
			}
		}
	})
}

func TestOnlyTheReviewerReadsAnApprovedClaimTaskInItsTime(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		c.settles()
		c.billed(c.patient, c.encounter, "2型糖尿病")
		made, err := c.room.AskClaims(c.as("billing"), c.asking(c.insurer()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.ReadClaims(c.as("claims"), made.ID, "", 0); !errors.Is(err, act.ErrRefused) {
			t.Errorf("read before approval: %v", err)
		}
		for _, who := range []string{"billing", "claims", "window", "auditor", "dba", "chen"} {
			if _, err := c.room.ApproveClaims(c.as(who), made.ID, nil); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s approved: %v", who, err)
			}
		}
		if _, err := c.room.ApproveClaims(c.as("night"), made.ID, []string{"called"}); faulttest.Fields(err) != "extras" {
			t.Errorf("approved a field that nobody asked for: %v", err)
		}
		if _, err := c.room.ApproveClaims(c.as("night"), made.ID, nil); err != nil {
			t.Fatal(err)
		}
		for _, who := range []string{"billing", "window", "night", "zhou", "auditor", "dba", "chen"} {
			if _, err := c.room.ReadClaims(c.as(who), made.ID, "", 0); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s read: %v", who, err)
			}
			if _, err := c.room.ExportClaims(c.as(who), made.ID); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s exported: %v", who, err)
			}
		}
		if _, err := c.room.ReadClaims(acttest.For(c.as("claims"), "management"), made.ID, "", 0); !errors.Is(err, act.ErrRefused) {
			t.Errorf("read for another purpose: %v", err)
		}
		if _, err := c.room.ReadClaims(c.as("claims"), made.ID, "", 0); err != nil {
			t.Errorf("the reviewer may not read: %v", err)
		}
		c.Clock.Advance(10 * 24 * time.Hour)
		if _, err := c.room.ReadClaims(c.as("claims"), made.ID, "", 0); !errors.Is(err, act.ErrRefused) {
			t.Errorf("read after the end: %v", err)
		}
		again := c.claimTask(c.insurer())
		if _, err := c.room.EndClaims(c.as("billing"), again.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.ExportClaims(c.as("claims"), again.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("exported from a task that was ended: %v", err)
		}
		if n := c.Count("sharing_claim_export"); n != 0 {
			t.Errorf("%d exports", n)
		}
	})
}

func TestAnExportOpensForItsInsurerAloneAndIsCounted(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		c.settles()
		c.billed(c.patient, c.encounter, "2型糖尿病")
		theirs := c.insurer()
		task := c.claimTask(theirs, "outcome")
		file, err := c.room.ExportClaims(c.as("claims"), task.ID)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(file.Envelope), "糖尿病") {
			t.Error("the file says the diagnosis in clear")
		}
		sheet := theirs.opens(t, file.Envelope)
		if sheet.Insurer != "明州市医疗保障局" || len(sheet.Rows) != 1 || sheet.Rows[0]["diagnosis"] != "2型糖尿病" || sheet.Rows[0]["course"] != "" {
			t.Errorf("%+v", sheet)
		}
		if file.Recipient != "明州市医疗保障局" || file.Rows != 1 || !slices.Equal(file.Stripped, []string{"course"}) || !slices.Contains(file.Fields, "outcome") {
			t.Errorf("%+v", file.ClaimExport)
		}
		seen, err := c.room.ViewClaims(c.as("auditor"), task.ID)
		if err != nil || len(seen.Exports) != 1 || seen.Exports[0].ID != file.ID {
			t.Errorf("%+v: %v", seen, err)
		}
		if n := c.Count("recipient_sending"); n != 1 {
			t.Errorf("%d lines in the register of what left", n)
		}
	})
}

func TestACertificateThatCannotKeepASecretIsRefused(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		now := c.Clock.Now()
		for name, text := range map[string]string{
			"none":         "",
			"signing only": newInsurer(t, smx509.KeyUsageDigitalSignature, now.Add(-time.Hour), now.AddDate(1, 0, 0)).pem,
			"over":         newInsurer(t, smx509.KeyUsageKeyEncipherment, now.AddDate(-1, 0, 0), now).pem,
			"not yet":      newInsurer(t, smx509.KeyUsageKeyEncipherment, now.Add(time.Hour), now.AddDate(1, 0, 0)).pem,
		} {
			in := c.asking(c.insurer())
			in.Certificate = text
			if _, err := c.room.AskClaims(c.as("billing"), in); faulttest.Fields(err) != "certificate" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for field, change := range map[string]func(*sharing.AskingClaims){
			"kind":                func(in *sharing.AskingClaims) { in.Kind = "audit" },
			"basis":               func(in *sharing.AskingClaims) { in.Basis = "because" },
			"article":             func(in *sharing.AskingClaims) { in.Article = "" },
			"until":               func(in *sharing.AskingClaims) { in.Until = now.AddDate(1, 0, 0) },
			"reviewer":            func(in *sharing.AskingClaims) { in.Reviewer = "nobody" },
			"claims":              func(in *sharing.AskingClaims) { in.Claims = nil },
			"claims[0].encounter": func(in *sharing.AskingClaims) { in.Claims = []sharing.NewClaim{{Number: "J-1", Encounter: "nothing"}} },
			"extras[0].words":     func(in *sharing.AskingClaims) { in.Extras = []sharing.Extra{{Field: "outcome"}} },
			"extras[0].field":     func(in *sharing.AskingClaims) { in.Extras = []sharing.Extra{{Field: "diagnosis", Words: "x"}} },
		} {
			in := c.asking(c.insurer())
			change(&in)
			if _, err := c.room.AskClaims(c.as("billing"), in); faulttest.Fields(err) != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestACommercialInsurerIsToldOnlyOfThoseWhoAgreed(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		c.settles()
		c.billed(c.patient, c.encounter, "2型糖尿病")
		c.billed(c.other, c.elsewhere, "高血压3级")
		in := c.asking(c.insurer())
		in.Insurer, in.Basis = "东澜人寿", sharing.ByConsent
		in.Claims = append(in.Claims, sharing.NewClaim{Number: "J-002", Encounter: c.elsewhere})
		made, err := c.room.AskClaims(c.as("billing"), in)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.ApproveClaims(c.as("night"), made.ID, nil); faulttest.Code(err) != "sharing.no-agreement" {
			t.Fatalf("approved without an agreement: %v", err)
		}
		c.agree("东澜人寿", c.Clock.Now().AddDate(0, 1, 0))
		if _, err := c.room.ApproveClaims(c.as("night"), made.ID, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.ExportClaims(c.as("claims"), made.ID); faulttest.Code(err) != "sharing.no-rows" {
			t.Errorf("exported without consent: %v", err)
		}
		form, err := c.consents.Publish(c.as("night"), consent.Template{
			Kind: consent.Agreement, Name: fault.Text{ZH: "理赔授权书"}, Text: fault.Text{ZH: "本人同意"}, Forms: []string{consent.Written}, Givers: []string{consent.ByPatient},
			Scope: consent.Scope{Purposes: []string{consent.Commercial}, Recipients: []string{"东澜人寿"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		given, err := c.consents.Give(c.as("chen"), consent.Giving{
			Patient: c.patient, Template: form.ID, Relation: consent.ByPatient, Form: consent.Written, Evidence: proof, Until: c.Clock.Now().AddDate(0, 1, 0),
			Giver: consent.Giver{Name: "李四", Document: "id-card", Number: "33"},
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := c.room.ReadClaims(c.as("claims"), made.ID, "", 0)
		if err != nil || len(rows.Items) != 1 || rows.Items[0].Number != "J-001" || !slices.Equal(rows.Withheld, []string{"J-002"}) {
			t.Errorf("%+v: %v", rows, err)
		}
		if _, err := c.consents.Withdraw(c.as("chen"), given.ID, consent.Withdrawing{Relation: consent.ByPatient}); err != nil {
			t.Fatal(err)
		}
		rows, err = c.room.ReadClaims(c.as("claims"), made.ID, "", 0)
		if err != nil || len(rows.Items) != 0 || len(rows.Withheld) != 2 {
			t.Errorf("after the withdrawal: %+v: %v", rows, err)
		}
	})
}
