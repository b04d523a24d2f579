package record_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
)

func TestASignatureCoversTheVersionThatWasRead(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(nil)
		o.refused(o.room.Sign(o.as("chen"), id, 1), "record.sign") // a superior signs after the author
		o.refused(o.room.Sign(o.as("xu"), id, 1), "record.sign")
		o.withoutPen("lin", func() {
			if err := o.room.Sign(o.as("lin"), id, 1); codeOf(err) != "record.signing-session-closed" {
				t.Errorf("without a pen: %v", err)
			}
		})
		if err := o.room.Sign(o.as("lin"), id, 7); codeOf(err) != act.ErrAbsent.Name {
			t.Errorf("a version that is not there: %v", err)
		}
		if err := o.room.Sign(o.as("lin"), id, 1); err != nil {
			t.Fatal(err)
		}
		if e := o.Last(); e.Verb != "record.sign" || e.Note["version"] != "1" || !slices.Equal(wrote(e), []string{"record_document", "record_signature"}) {
			t.Errorf("%+v", e)
		}
		if err := o.room.Sign(o.as("lin"), id, 1); codeOf(err) != "record.signed-already" {
			t.Errorf("twice: %v", err)
		}
		if err := o.room.Sign(o.as("chen"), id, 1); err != nil {
			t.Fatal(err)
		}
		v := o.view("lin", id, 0)
		if v.State != record.Signed || len(v.Signatures) != 2 || !v.Signatures[0].Valid || !v.Signatures[1].Valid {
			t.Errorf("%+v", v.Signatures)
		}
		roles := map[string]string{v.Signatures[0].Person: v.Signatures[0].Role, v.Signatures[1].Person: v.Signatures[1].Role}
		if roles["lin"] != "author" || roles["chen"] != "countersign" {
			t.Errorf("%v", roles)
		}
		if _, err := o.amend("lin", record.Amendment{Document: id, Base: 1, Content: says("新版")}); err != nil {
			t.Fatal(err)
		}
		if err := o.room.Sign(o.as("lin"), id, 1); codeOf(err) != "record.changed" {
			t.Errorf("an overtaken version: %v", err)
		}
	})
}

func TestTheStatesOfADocument(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(nil)
		o.refused(o.room.Archive(o.as("clerk"), id), "record.archive") // unsigned
		if err := o.room.Sign(o.as("lin"), id, 1); err != nil {
			t.Fatal(err)
		}
		o.refused(o.room.Archive(o.as("chen"), id), "record.archive") // the office's to do
		if err := o.room.Archive(o.as("clerk"), id); err != nil {
			t.Fatal(err)
		}
		if e := o.Last(); e.Verb != "record.archive" || !slices.Equal(wrote(e), []string{"record_document"}) {
			t.Errorf("%+v", e)
		}
		err := o.room.Archive(o.as("clerk"), id)
		if codeOf(err) != "record.state" || !strings.Contains(fault.From(err).Message("zh"), "已归档") || !strings.Contains(fault.From(err).Message("en"), "archived") {
			t.Errorf("twice: %v", err)
		}
		_, err = o.amend("lin", record.Amendment{Document: id, Base: 1, Content: says("归档后")})
		o.refused(err, "record.amend")
		o.refused(o.room.Sign(o.as("chen"), id, 1), "record.sign")
		if o.view("lin", id, 0).State != record.Archived {
			t.Error("the document is not archived")
		}
	})
}

func TestTheSealsOfADocument(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(nil)
		seal := func(kind string) error { return o.room.Seal(o.as("affairs"), id, kind) }
		if err := seal("forever"); !slices.Equal(fields(err), []string{"kind"}) {
			t.Error(err)
		}
		if err := o.room.Unseal(o.as("affairs"), id); codeOf(err) != "record.state" || !strings.Contains(fault.From(err).Message("zh"), "未封存") {
			t.Errorf("lifted without a seal: %v", err)
		}
		o.refused(o.room.Seal(o.as("chen"), id, record.DisputeSeal), "record.seal")
		if err := seal(record.AttentionSeal); err != nil {
			t.Fatal(err)
		}
		if err := seal(record.DisputeSeal); err != nil {
			t.Errorf("a dispute follows the attention: %v", err)
		}
		for _, kind := range []string{record.AttentionSeal, record.DisputeSeal} {
			if err := seal(kind); codeOf(err) != "record.state" {
				t.Errorf("%s over a dispute seal: %v", kind, err)
			}
		}
		_, err := o.room.View(o.as("lin"), id, 0)
		o.refused(err, "record.view")
		_, err = o.amend("lin", record.Amendment{Document: id, Base: 1, Content: says("封存后")})
		o.refused(err, "record.amend")
		o.refused(o.room.Sign(o.as("lin"), id, 1), "record.sign")
		if err := o.room.Unseal(o.as("affairs"), id); err != nil {
			t.Fatal(err)
		}
		if v := o.view("lin", id, 0); v.Seal != "" || v.Version != 1 {
			t.Errorf("%+v", v)
		}
	})
}

func TestWhatWasMovedBehindTheHouseIsNotShownAsValid(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Sign = true })
		if _, err := o.amend("lin", record.Amendment{Document: id, Base: 1, Content: says("第二版")}); err != nil {
			t.Fatal(err)
		}
		o.behind("UPDATE record_signature SET number = 2")
		if v := o.view("lin", id, 2); len(v.Signatures) != 1 || v.Signatures[0].Valid {
			t.Errorf("the signature of version 1 covers version 2: %+v", v.Signatures)
		}
		o.behind("UPDATE record_signature SET number = 1")
		if v := o.view("lin", id, 1); !v.Signatures[0].Valid {
			t.Error("the test moved more than the signature")
		}
		for name, harm := range map[string]struct{ do, undo string }{
			"author": {"UPDATE record_version SET author = 'chen' WHERE number = 1", "UPDATE record_version SET author = 'lin' WHERE number = 1"},
			"time":   {"UPDATE record_version SET at = at + 1 WHERE number = 1", "UPDATE record_version SET at = at - 1 WHERE number = 1"},
			"key":    {"UPDATE record_signature SET signing_key = 'key-chen'", "UPDATE record_signature SET signing_key = 'key-lin'"},
		} {
			o.behind(harm.do)
			if v := o.view("lin", id, 1); v.Signatures[0].Valid {
				t.Errorf("another %s, and the signature is valid", name)
			}
			o.behind(harm.undo)
			if v := o.view("lin", id, 1); !v.Signatures[0].Valid {
				t.Errorf("%s: the test changed more than it says", name)
			}
		}
	})
}

func TestContentThatWasMovedOrChangedIsNotShown(t *testing.T) {
	for name, harm := range map[string]string{
		"the first version under the second": "UPDATE record_version SET sealed = (SELECT sealed FROM record_version WHERE number = 1 AND document = '{id}') WHERE number = 2 AND document = '{id}'",
		"with its digest too":                "UPDATE record_version SET sealed = (SELECT sealed FROM record_version WHERE number = 1 AND document = '{id}'), digest = (SELECT digest FROM record_version WHERE number = 1 AND document = '{id}') WHERE number = 2 AND document = '{id}'",
		"another digest":                     "UPDATE record_version SET digest = (SELECT digest FROM record_version WHERE number = 1 AND document = '{id}') WHERE number = 2 AND document = '{id}'",
		"another document's":                 "UPDATE record_version SET sealed = (SELECT sealed FROM record_version WHERE document <> '{id}'), digest = (SELECT digest FROM record_version WHERE document <> '{id}') WHERE number = 2 AND document = '{id}'",
		"the reason as content":              "UPDATE record_version SET sealed = reason WHERE number = 2 AND document = '{id}'",
		"another patient's document":         "UPDATE record_document SET patient = '{other}', encounter = '{stay}' WHERE id = '{id}'",
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, o *office) {
				other, stay := o.bring("王五", 1)
				id := o.file(nil)
				o.file(nil)
				if _, err := o.amend("lin", record.Amendment{Document: id, Base: 1, Content: says("第二版")}); err != nil {
					t.Fatal(err)
				}
				o.behind(strings.NewReplacer("{id}", id, "{other}", other, "{stay}", stay).Replace(harm))
				before := len(o.Entries())
				v, err := o.room.View(o.as("lin"), id, 0)
				if v != nil || codeOf(err) != "record.unreadable" {
					t.Errorf("%+v %v", v, err)
				}
				for _, e := range o.Entries()[before:] {
					if e.Outcome == ledger.Done {
						t.Errorf("a reading is accounted for that did not take place: %+v", e)
					}
				}
			})
		})
	}
}

func TestADischargedEncounterStaysWithItsTeamForAWeek(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(nil)
		err := o.Door.Desk("patient").Do(o.feed(source), "patient.discharge", func(ctx ctx, w *act.Work) error {
			return o.patients.DischargeIn(ctx, w, o.encounter, time.Time{})
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.room.View(o.as("he"), id, 0)
		o.refused(err, "record.view")
		o.view("chen", id, 0)
		o.Clock.Advance(patient.After)
		_, err = o.room.View(o.as("chen"), id, 0)
		o.refused(err, "record.view")
		if v := o.view("lin", id, 0); v.Author != "lin" {
			t.Error("the author cannot read what he wrote")
		}
	})
}

func TestEveryCheckOfTheRoomCanFail(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Sign = true })
		if _, err := o.amend("lin", record.Amendment{Document: id, Base: 1, Content: says("第二版"), Sign: true}); err != nil {
			t.Fatal(err)
		}
		if err := o.room.Archive(o.as("clerk"), id); err != nil {
			t.Fatal(err)
		}
		verdict := func(id string) string {
			for _, c := range o.room.Checks() {
				if c.ID == id {
					return string(c.Ask(t.Context()).Verdict)
				}
			}
			return "no such check"
		}
		for check, harm := range map[string]string{
			"record.amendments-have-reasons": "UPDATE record_version SET reason = NULL",
			"record.signed-before-archive":   "DELETE FROM record_signature",
			"record.every-version-kept":      "DELETE FROM record_version WHERE number = 1",
		} {
			if got := verdict(check); got != "met" {
				t.Errorf("%s: %s", check, got)
			}
			o.behind(harm)
			if got := verdict(check); got != "not-met" {
				t.Errorf("%s does not notice %s: %s", check, harm, got)
			}
		}
	})
}
