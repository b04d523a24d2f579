package sharing_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/sharing"
)

// told files and archives a document that tells more than a court asks for.
func (c *counter) told() string {
	c.T.Helper()
	id, err := c.records.File(c.as("chen"), record.Filing{
		Patient: c.patient, Encounter: c.encounter, Kind: "C0049", Title: "出院记录", Sign: true, Content: record.Content{Sections: []record.Section{
			{Key: "discharge-diagnosis", Title: "出院诊断", Text: "右股骨骨折"},
			{Key: "outcome", Title: "治疗结果", Text: "好转"},
			{Key: "hospital-course", Title: "诊疗经过", Text: "其妻赵兰陪护，赵兰自述曾患肝炎；予手术固定"},
			{Key: "personal-history", Title: "个人史", Text: "既往婚外关系"},
		}},
	})
	if err == nil {
		err = c.records.Archive(acttest.For(c.as("window"), "coding"), id)
	}
	if err != nil {
		c.T.Fatal(err)
	}
	return id
}

func TestACourtGetsTheMinimumAndWhatTheLegalReviewDisclosed(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		document := c.told()
		made := c.scoped("court", sharing.Scope{Documents: []string{document}, Copies: true})
		if _, err := c.room.Approve(c.as("zhou"), made.ID); faulttest.Code(err) != "sharing.not-reviewed" {
			t.Fatalf("approved without a legal review: %v", err)
		}
		found, err := c.room.Items(c.as("law"), made.ID)
		if err != nil || len(found.Documents) != 1 || len(found.Documents[0].Headings) != 4 {
			t.Fatalf("%+v: %v", found, err)
		}
		bare := []sharing.Item{{Document: document, Section: "hospital-course", Disclosed: true, Ground: sharing.Ordered}}
		if _, err := c.room.FixMasking(c.as("law"), made.ID, bare); faulttest.Fields(err) != "items[0].words" {
			t.Errorf("disclosed without a reason: %v", err)
		}
		items := []sharing.Item{
			{Document: document, Section: "hospital-course", Disclosed: true, Ground: sharing.Ordered, Reasons: sharing.Reasons{Words: "调取函第二项", Phrases: []string{"赵兰", "曾患肝炎"}}},
			{Document: document, Section: "outcome", Ground: sharing.Unrelated, Reasons: sharing.Reasons{Words: "与案情无关"}},
		}
		if _, err := c.room.FixMasking(c.as("law"), made.ID, items); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.Approve(c.as("zhou"), made.ID); err != nil {
			t.Fatal(err)
		}
		in := c.handing()
		in.Documents = []string{document}
		handed, err := c.room.HandOver(c.as("helper"), made.ID, in)
		if err != nil {
			t.Fatal(err)
		}
		copied := string(handed.Copy.Bytes)
		for _, secret := range []string{"赵兰", "肝炎", "婚外", "好转"} {
			if strings.Contains(copied, secret) {
				t.Errorf("the copy says %q", secret)
			}
		}
		for _, said := range []string{"右股骨骨折", "予手术固定", "■■■", "未提供：治疗结果、个人史"} {
			if !strings.Contains(copied, said) {
				t.Errorf("the copy does not say %q", said)
			}
		}
		looked, err := c.room.HandOver(c.as("helper"), made.ID, sharing.Handing{Manner: sharing.Viewed, Documents: []string{document}})
		if err != nil || len(looked.Views[0].Content.Sections) != 3 {
			t.Errorf("what is shown is not what is copied: %+v: %v", looked.Views, err)
		}
		seen, err := c.room.View(c.as("auditor"), made.ID)
		if err != nil || !seen.Reviewed || seen.Masking.Disclosed != 1 || seen.Masking.Masked != 1 {
			t.Errorf("%+v: %v", seen.Masking, err)
		}
		kept := map[string]string{}
		for _, cut := range seen.Cuts[handed.ID] {
			kept[cut.Section] = cut.Ground
		}
		if len(kept) != 3 || kept["outcome"] != sharing.Unrelated || kept["personal-history"] != sharing.Beyond || kept["hospital-course"] != sharing.ThirdParty {
			t.Errorf("kept back: %v", kept)
		}
	})
}

func TestAScopeThatChangedIsReviewedAgain(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.reviewed(c.scoped("court", c.copies()))
		wider := sharing.Scope{Forms: []string{"C0034", "C0038"}, Copies: true}
		if _, err := c.room.FixScope(c.as("window"), made.ID, sharing.Scoping{Scope: wider, Assistant: c.people["helper"], Until: made.Until}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.Approve(c.as("zhou"), made.ID); faulttest.Code(err) != "sharing.not-reviewed" {
			t.Errorf("approved a scope that nobody reviewed: %v", err)
		}
		outside := []sharing.Item{{Document: c.foreign, Section: "a", Disclosed: true, Ground: sharing.Ordered, Reasons: sharing.Reasons{Words: "x"}}}
		if _, err := c.room.FixMasking(c.as("law"), made.ID, outside); faulttest.Fields(err) != "items[0].section" {
			t.Errorf("ruled upon another patient's document: %v", err)
		}
		if _, err := c.room.Approve(c.as("zhou"), c.reviewed(made).ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.FixMasking(c.as("law"), made.ID, nil); faulttest.Code(err) != "sharing.out-of-order" {
			t.Errorf("ruled after the approval: %v", err)
		}
	})
}

func TestAPatientsOwnCopyIsWhole(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		document := c.told()
		own, err := c.room.Approve(c.as("colleague"), c.scoped("agent", sharing.Scope{Documents: []string{document}, Copies: true}).ID)
		if err != nil {
			t.Fatal(err)
		}
		in := c.handing()
		in.Documents = []string{document}
		handed, err := c.room.HandOver(acttest.For(c.as("helper"), "patient-request"), own.ID, in)
		if err != nil || len(handed.Cuts) != 0 || !strings.Contains(string(handed.Copy.Bytes), "既往婚外关系") {
			t.Errorf("%+v: %v", handed.Cuts, err)
		}
	})
}

func TestNothingThatNobodyDisclosedIsLeftAndEverythingStrippedIsListed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"outcome", "operation", "dates", "x", "y", "z", "w"}), rapid.ID[string]).Draw(t, "sections")
		v := &record.View{Document: record.Document{ID: "d"}}
		for _, key := range keys {
			v.Content.Sections = append(v.Content.Sections, record.Section{Key: key, Title: key, Text: "secret of " + key})
		}
		var items []sharing.Item
		for _, key := range rapid.SliceOfDistinct(rapid.SampledFrom(append([]string{"elsewhere"}, keys...)), rapid.ID[string]).Draw(t, "ruled") {
			items = append(items, sharing.Item{Document: "d", Section: key, Disclosed: rapid.Bool().Draw(t, key)})
		}
		cuts := sharing.Strip("court", v, items)
		for _, key := range keys {
			i := slices.IndexFunc(items, func(i sharing.Item) bool { return i.Section == key })
			may := i >= 0 && items[i].Disclosed || i < 0 && slices.Contains([]string{"outcome", "operation", "dates"}, key)
			left := slices.ContainsFunc(v.Content.Sections, func(s record.Section) bool { return s.Key == key })
			listed := slices.ContainsFunc(cuts, func(c sharing.Cut) bool { return c.Section == key })
			if left != may || listed == may {
				t.Fatalf("%s: may %v, left %v, listed %v", key, may, left, listed)
			}
		}
	})
}
