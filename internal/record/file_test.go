package record_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/record"
)

func TestFilingSealsTheContentAndAccountsForIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Content, f.Sign = says("患者诉胸痛"), true })
		e := o.Last()
		if e.Verb != "record.file" || e.Objects[0].ID != id || e.Objects[0].Patient != o.patient || !slices.Equal(wrote(e), []string{"record_document", "record_signature", "record_version"}) {
			t.Errorf("%+v", e)
		}
		v := o.view("lin", id, 0)
		if v.State != record.Signed || v.Version != 1 || v.Department != cardiology || v.Author != "lin" || v.Content.Sections[0].Text != "患者诉胸痛" || v.Sensitivity != 1 {
			t.Errorf("%+v", v)
		}
		if len(v.Signatures) != 1 || !v.Signatures[0].Valid || v.Signatures[0].Role != "author" {
			t.Errorf("%+v", v.Signatures)
		}
		if e := o.Last(); e.Verb != "record.view" || e.ID != v.Account || e.Why.Tie != nil || e.Note["version"] != "1" {
			t.Errorf("%+v", e)
		}
		if v := o.view("chen", id, 0); v.Tie == nil || v.Tie.Kind != "care" || o.Last().Why.Tie.ID != v.Tie.ID {
			t.Errorf("what explains the access: %+v, %+v", v.Tie, o.Last().Why)
		}
		o.read(func(r db.Reader) error {
			rows, err := r.Query(t.Context(), "SELECT sealed FROM record_version")
			if err != nil {
				return err
			}
			defer rows.Close()
			var sealed []byte
			rows.Next()
			if err := rows.Scan(&sealed); err != nil {
				return err
			}
			if strings.Contains(string(sealed), "胸痛") || strings.Contains(o.Log.String(), "胸痛") {
				t.Error("content lies open")
			}
			return nil
		})
	})
}

func TestADocumentIsGuardedAtLeastAsItsEncounter(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.patient, o.encounter = o.bring("赵六", 4)
		for asked, want := range map[int]int{0: 4, 2: 4, 5: 5} {
			id := o.file(func(f *record.Filing) { f.Sensitivity = asked })
			if v := o.view("lin", id, 0); v.Sensitivity != want {
				t.Errorf("asked for %d, got %d, want %d", asked, v.Sensitivity, want)
			}
			_, err := o.room.View(o.as("he"), id, 0)
			o.refused(err, "record.view")
		}
	})
}

func TestWhatCannotBeFiledNamesTheField(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		_, foreign := o.bring("王五", 1)
		for want, change := range map[string]func(*record.Filing){
			"kind":        func(f *record.Filing) { f.Kind = "" },
			"title":       func(f *record.Filing) { f.Title = " 　" },
			"title ":      func(f *record.Filing) { f.Title = strings.Repeat("长", 201) },
			"title  ":     func(f *record.Filing) { f.Title = "a\x00" },
			"sensitivity": func(f *record.Filing) { f.Sensitivity = 6 },
			"at":          func(f *record.Filing) { f.At = o.Clock.Now().Add(2 * time.Hour) },
			"sections":    func(f *record.Filing) { f.Content = says(" ") },
			"encounter":   func(f *record.Filing) { f.Encounter = foreign },
			"encounter ":  func(f *record.Filing) { f.Encounter = "nowhere" },
		} {
			in := record.Filing{Patient: o.patient, Encounter: o.encounter, Kind: "C0038", Title: "记录", Content: says("内容")}
			change(&in)
			if _, err := o.room.File(o.as("lin"), in); codeOf(err) != "record.invalid" || !slices.Equal(fields(err), []string{strings.TrimSpace(want)}) {
				t.Errorf("%s: %v", want, err)
			}
		}
		in := record.Filing{Patient: o.patient, Encounter: o.encounter, Kind: "C0038", Title: "记录", Content: says("内容")}
		_, err := o.room.File(o.as("gu"), in)
		o.refused(err, "record.file")
		in.Sign = true
		o.withoutPen("lin", func() {
			if _, err := o.room.File(o.as("lin"), in); codeOf(err) != "record.signing-session-closed" {
				t.Errorf("signed without a pen: %v", err)
			}
		})
		in.Patient = "nobody"
		if _, err := o.room.File(o.as("lin"), in); codeOf(err) != act.ErrRefused.Name {
			t.Errorf("a patient who does not exist is a stranger: %v", err)
		}
		if n := o.Count("record_document") + o.Count("record_version"); n != 0 {
			t.Errorf("%d rows were written", n)
		}
	})
}

func TestWhatIsWrittenOutsideAnEncounterBelongsWhereThePatientLies(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		in := record.Filing{Patient: o.patient, Kind: "C0038", Title: "护理记录", Content: says("夜间巡视")}
		for _, person := range []string{"wei", "gu"} { // a nurse of another ward, a surgeon whom nothing ties
			_, err := o.room.File(o.as(person), in)
			o.refused(err, "record.file")
			_, _, err = o.room.SaveDraft(o.as(person), record.Draft{Patient: o.patient, Writing: writing("他科患者")})
			o.refused(err, "record.draft")
		}
		if n := o.Count("record_document") + o.Count("record_draft"); n != 0 {
			t.Fatalf("%d rows were written by strangers", n)
		}
		id, err := o.room.File(o.as("he"), in) // the ward on which he lies
		if err != nil {
			t.Fatal(err)
		}
		if v := o.view("he", id, 0); v.Department != cardiology || v.Encounter != "" {
			t.Errorf("%+v", v.Document)
		}
		if _, _, err := o.room.SaveDraft(o.as("he"), record.Draft{Patient: o.patient, Writing: writing("本病区患者")}); err != nil {
			t.Error(err)
		}
		o.discharge()
		_, err = o.room.File(o.as("he"), in)
		o.refused(err, "record.file")
		_, _, err = o.room.SaveDraft(o.as("he"), record.Draft{Patient: o.patient, Writing: writing("已出院患者")})
		o.refused(err, "record.draft")
	})
}

func TestWhatIsWrittenOutsideAnEncounterIsGuardedAsThePatient(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.patient, _ = o.bring("赵六", 4)
		id := o.file(func(f *record.Filing) { f.Encounter = "" })
		if v := o.view("lin", id, 0); v.Sensitivity != 4 || v.Department != cardiology {
			t.Errorf("%+v", v.Document)
		}
	})
}

func TestAnotherOrganisationFindsNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(nil)
		a := act.From(o.as("chen"))
		a.Org = "org-elsewhere"
		other := act.With(t.Context(), a)
		_, view := o.room.View(other, id, 0)
		_, list := o.room.List(other, o.patient, "", 10)
		_, amend := o.room.Amend(other, record.Amendment{Document: id, Base: 1, Content: says("x"), Reason: "更正"})
		_, file := o.room.File(other, record.Filing{Patient: o.patient, Kind: "C", Title: "t", Content: says("x")})
		for name, err := range map[string]error{"view": view, "list": list, "amend": amend, "file": file, "sign": o.room.Sign(other, id, 1), "archive": o.room.Archive(other, id)} {
			if codeOf(err) != act.ErrRefused.Name || o.Last().Note["found"] != "no" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAFeedFilesUnderItsOwnName(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.fileFed(source, record.Filing{Encounter: o.encounter, Title: "入院记录", Content: says("入院"), Author: "chen", Department: surgery})
		v := o.view("chen", id, 0)
		if v.Source != source || v.Shown.Source != source || v.Shown.Author != "chen" || v.Department != surgery || v.State != record.Filed {
			t.Errorf("%+v", v)
		}
		if e := o.Last(); e.Actor.ID != "chen" || e.Org != acttest.Org {
			t.Errorf("%+v", e)
		}
	})
}
