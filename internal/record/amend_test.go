package record_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/record"
)

func TestAnAmendmentKeepsEveryEarlierVersion(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Sign = true })
		o.Clock.Advance(time.Hour)
		number, err := o.amend("chen", record.Amendment{Document: id, Base: 1, Content: says("体温 38.2"), Reason: " 漏记体温 ", Sign: true})
		if err != nil || number != 2 {
			t.Fatal(number, err)
		}
		if e := o.Last(); e.Verb != "record.amend" || e.Note["version"] != "2" || !slices.Equal(wrote(e), []string{"record_document", "record_signature", "record_version"}) {
			t.Errorf("%+v", e)
		}
		now, first := o.view("lin", id, 0), o.view("lin", id, 1)
		if now.Reason != "漏记体温" || now.Content.Sections[0].Text != "体温 38.2" || now.Shown.Author != "chen" || now.Author != "lin" || len(now.Versions) != 2 || !now.Signatures[0].Valid {
			t.Errorf("%+v", now)
		}
		if first.Content.Sections[0].Text != "体温正常" || first.Reason != "" || !first.Signatures[0].Valid || first.Signatures[0].Person != "lin" {
			t.Errorf("%+v", first)
		}
		if _, err := o.room.View(o.as("lin"), id, 3); codeOf(err) != act.ErrAbsent.Name {
			t.Errorf("a version that is not there: %v", err)
		}
		unsigned, err := o.amend("lin", record.Amendment{Document: id, Base: 2, Content: says("体温 38.3")})
		if err != nil || o.view("lin", id, unsigned).State != record.Filed {
			t.Error("an unsigned version stands as signed", err)
		}
	})
}

func TestAnAmendmentMadeFromAnOldVersionKeepsTheDraft(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(nil)
		draft, _, err := o.room.SaveDraft(o.as("lin"), record.Draft{Patient: o.patient, Document: id, Base: 1, Writing: record.Writing{Sections: says("写了很久").Sections}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.amend("chen", record.Amendment{Document: id, Base: 1, Content: says("上级更正")}); err != nil {
			t.Fatal(err)
		}
		_, err = o.amend("lin", record.Amendment{Document: id, Base: 1, Content: says("写了很久"), Draft: draft})
		if codeOf(err) != "record.changed" || !strings.Contains(err.Error(), "version 2") {
			t.Errorf("%v", err)
		}
		kept, err := o.room.OpenDraft(o.as("lin"), draft)
		if err != nil || kept.Writing.Sections[0].Text != "写了很久" {
			t.Errorf("%+v %v", kept, err)
		}
		if _, err := o.amend("lin", record.Amendment{Document: id, Base: 2, Content: says("写了很久"), Draft: draft}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.OpenDraft(o.as("lin"), draft); codeOf(err) != "record.draft-gone" {
			t.Errorf("the draft outlives the document: %v", err)
		}
	})
}

func TestOfTwoAmendmentsAtOnceOneWins(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(nil)
		var all sync.WaitGroup
		errs := make([]error, 5)
		for i := range errs {
			all.Go(func() {
				_, errs[i] = o.amend([]string{"lin", "chen"}[i%2], record.Amendment{Document: id, Base: 1, Content: says(fmt.Sprint(i))})
			})
		}
		all.Wait()
		lost := 0
		for _, err := range errs {
			if codeOf(err) == "record.changed" {
				lost++
			}
		}
		if v := o.view("lin", id, 0); lost != len(errs)-1 || v.Version != 2 || o.Count("record_version") != 2 {
			t.Errorf("%d lost, version %d: %v", lost, v.Version, errs)
		}
	})
}

func TestWhatCannotBeAmendedNamesTheField(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(nil)
		for want, in := range map[string]record.Amendment{
			"reason":   {Base: 1, Content: says("x"), Reason: " 改 "},
			"reason ":  {Base: 1, Content: says("x"), Reason: strings.Repeat("长", 501)},
			"reason  ": {Base: 1, Content: says("x"), Reason: "改\x00改"},
			"base":     {Content: says("x"), Reason: "更正"},
			"sections": {Base: 1, Reason: "更正"},
		} {
			in.Document = id
			if _, err := o.room.Amend(o.as("lin"), in); !slices.Equal(fields(err), []string{strings.TrimSpace(want)}) {
				t.Errorf("%s: %v", want, err)
			}
		}
		_, err := o.amend("xu", record.Amendment{Document: id, Base: 1, Content: says("x")})
		o.refused(err, "record.amend")
		_, err = o.amend("lin", record.Amendment{Document: "nothing", Base: 1, Content: says("x")})
		o.refused(err, "record.amend")
	})
}

func TestAFeedNeverOverwritesWhatAPersonCorrected(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.fileFed(source, record.Filing{Encounter: o.encounter, Title: "入院记录", Content: says("入院"), Author: "lin", Department: cardiology})
		correct := func(feed string, base int) error {
			p, err := o.room.PrepareAmendment(o.feed(feed), record.Amendment{Document: id, Base: base, Content: says("来源更正"), Reason: "来源更正"})
			if err != nil {
				return err
			}
			return o.do(feed, "record.amend", func(ctx ctx, w *act.Work) error { return o.room.AmendIn(ctx, w, p) })
		}
		o.refused(correct("another", 1), "record.amend")
		if err := correct(source, 1); err != nil {
			t.Fatal(err)
		}
		if v := o.view("lin", id, 0); v.Shown.Source != source || v.Shown.Author != source {
			t.Errorf("%+v", v.Shown)
		}
		if _, err := o.amend("lin", record.Amendment{Document: id, Base: 2, Content: says("医师更正")}); err != nil {
			t.Fatal(err)
		}
		if v := o.view("lin", id, 0); v.Shown.Source != "" || v.Source != source {
			t.Errorf("a person's words stand under the feed's name: %+v", v.Shown)
		}
		o.refused(correct(source, 3), "record.amend")
	})
}
