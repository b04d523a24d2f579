package record_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
)

func diagnosed(text string) record.Content {
	return record.Content{Sections: []record.Section{{Key: "discharge-diagnosis", Title: "出院诊断", Text: text}}}
}

func TestWhatADiagnosisStatesIsToldByCodeAndWord(t *testing.T) {
	type kinds = []record.SensitiveKind
	history := func(title, text string) record.Content {
		return record.Content{Sections: []record.Section{{Key: "history", Title: title, Text: text}}}
	}
	for name, one := range map[string]struct {
		content record.Content
		want    kinds
	}{
		"a word":                     {diagnosed("1. 肺部感染\n2. 人类免疫缺陷病毒病"), kinds{record.Infectious}},
		"a code":                     {diagnosed("肺部感染（B20.1）"), kinds{record.Infectious}},
		"two kinds":                  {diagnosed("重度抑郁发作；血友病A"), kinds{record.Genetic, record.Psychiatric}},
		"English":                    {record.Content{Sections: []record.Section{{Key: "x", Title: "Diagnoses", Text: "Paranoid schizophrenia"}}}, kinds{record.Psychiatric}},
		"a code of somewhere else":   {diagnosed("高血压（I10）"), nil},
		"a code that ends the range": {diagnosed("A64"), kinds{record.Infectious}},
		"a code behind the range":    {diagnosed("A65"), nil},
		"sleep is not psychiatry":    {diagnosed("失眠（F51.0）"), nil},
		"what is denied":             {diagnosed("1. 排除梅毒\n2. 胃炎"), nil},
		"what is weighed":            {record.Content{Sections: []record.Section{{Key: "differential", Title: "鉴别诊断", Text: "梅毒"}}}, nil},
		"running text":               {says("家属称其兄患精神分裂症"), nil},
		"a history":                  {history("传染病史", "2015年患梅毒，已治愈"), kinds{record.Infectious}},
		"a history denied":           {history("传染病史", "否认肝炎、结核等传染病史"), nil},
		"a history not taken":        {history("遗传病史", " "), nil},
		"another history":            {history("既往史", "高血压10年"), nil},
	} {
		if got := record.SensitiveIn(one.content); !slices.Equal(got, one.want) {
			t.Errorf("%s: %v, not %v", name, got, one.want)
		}
	}
}

func FuzzSensitiveInReadsAnything(f *testing.F) {
	f.Add("discharge-diagnosis", "出院诊断", "1. 梅毒（A53.9）；否认HIV")
	f.Fuzz(func(t *testing.T, key, title, text string) {
		kinds := record.SensitiveIn(record.Content{Sections: []record.Section{{Key: key, Title: title, Text: text}}})
		for _, k := range kinds {
			if !slices.Contains(record.SensitiveKinds, k) || k == record.Confidential {
				t.Errorf("%q told by a rule", k)
			}
		}
	})
}

func TestADocumentThatStatesASensitiveHistoryIsHiddenAndItsKindSealed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Content = diagnosed("人类免疫缺陷病毒病") })
		if e := o.Last(); !slices.Equal(wrote(e), []string{"record_document", "record_sensitive", "record_version"}) {
			t.Errorf("%v", wrote(e))
		}
		v := o.view("lin", id, 0)
		if v.Sensitivity != record.SensitiveLevel || v.Sensitive == nil || !slices.Equal(v.Sensitive.Kinds, []record.SensitiveKind{record.Infectious}) || v.Sensitive.How != record.MarkedByRule || v.Sensitive.By != "lin" {
			t.Fatalf("%d %+v", v.Sensitivity, v.Sensitive)
		}
		_, err := o.room.View(o.as("he"), id, 0) // of the ward, not of the team
		o.refused(err, "record.view")
		page, err := o.room.List(o.as("he"), o.patient, "", 10)
		if err != nil || len(page.Items) != 0 {
			t.Errorf("listed for the ward: %+v %v", page.Items, err)
		}
		o.read(func(r db.Reader) error {
			rows, err := r.Query(t.Context(), "SELECT sealed FROM record_sensitive")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var sealed []byte
				if err := rows.Scan(&sealed); err != nil {
					return err
				}
				if strings.Contains(string(sealed), "infectious") {
					t.Error("the kind of history lies open")
				}
			}
			return rows.Err()
		})
	})
}

func TestAWriterSaysWhatItTellsOf(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Sensitive = []record.SensitiveKind{record.Confidential, record.Genetic} })
		v := o.view("lin", id, 0)
		if v.Sensitive == nil || v.Sensitive.How != record.MarkedByHand || !slices.Equal(v.Sensitive.Kinds, []record.SensitiveKind{record.Genetic, record.Confidential}) {
			t.Errorf("%+v", v.Sensitive)
		}
		_, err := o.room.File(o.as("lin"), record.Filing{Patient: o.patient, Encounter: o.encounter, Kind: "C0038", Title: "甲", Content: says("乙"), Sensitive: []record.SensitiveKind{"secret"}})
		if !slices.Equal(fields(err), []string{"sensitive"}) {
			t.Errorf("%v", err)
		}
		plain := o.file(nil)
		if v := o.view("lin", plain, 0); v.Sensitive != nil || v.Sensitivity != 1 {
			t.Errorf("an ordinary note: %+v", v.Sensitive)
		}
	})
}

func TestMarksAreSetByThoseWhoTreatAndLiftedByWhoLeads(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Sensitivity = 2 })
		mark := func(who string, kinds ...record.SensitiveKind) error {
			return o.room.MarkSensitive(o.as(who), id, kinds)
		}
		o.refused(mark("gu", record.Psychiatric), "record.mark-sensitive")
		for _, kinds := range [][]record.SensitiveKind{nil, {"secret"}} {
			if err := mark("lin", kinds...); !slices.Equal(fields(err), []string{"kinds"}) {
				t.Errorf("%v: %v", kinds, err)
			}
		}
		lift := func(who, words string) error { return o.room.LiftSensitive(o.as(who), id, words) }
		if err := lift("chen", "并非精神科诊断"); codeOf(err) != "record.state" {
			t.Errorf("lifted without a mark: %v", err)
		}
		if err := errors.Join(mark("lin", record.Psychiatric), mark("chen", record.Infectious)); err != nil {
			t.Fatal(err)
		}
		v := o.view("lin", id, 0)
		if v.Sensitivity != 4 || !slices.Equal(v.Sensitive.Kinds, []record.SensitiveKind{record.Infectious, record.Psychiatric}) || v.Sensitive.By != "chen" {
			t.Errorf("%+v", v.Sensitive)
		}
		o.refused(lift("lin", "并非敏感"), "record.lift-sensitive")
		if err := lift("chen", " "); !slices.Equal(fields(err), []string{"words"}) {
			t.Error(err)
		}
		if err := lift("chen", "复核：均已排除"); err != nil {
			t.Fatal(err)
		}
		if v := o.view("lin", id, 0); v.Sensitivity != 2 || v.Sensitive != nil {
			t.Errorf("after it was lifted: %d %+v", v.Sensitivity, v.Sensitive)
		}
		o.refused(o.room.MarkSensitive(o.as("lin"), "nowhere", []record.SensitiveKind{record.Genetic}), "record.mark-sensitive")
	})
}

func TestACorrectionThatStatesMoreIsMarkedAndAJudgementIsKept(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Content = diagnosed("胃炎") })
		if _, err := o.amend("lin", record.Amendment{Document: id, Base: 1, Content: diagnosed("胃炎\n梅毒")}); err != nil {
			t.Fatal(err)
		}
		if v := o.view("lin", id, 0); v.Sensitivity != 4 || v.Sensitive == nil || v.Sensitive.Kinds[0] != record.Infectious {
			t.Fatalf("%+v", v.Sensitive)
		}
		if err := o.room.LiftSensitive(o.as("chen"), id, "生物学假阳性"); err != nil {
			t.Fatal(err)
		}
		if _, err := o.amend("lin", record.Amendment{Document: id, Base: 2, Content: diagnosed("胃溃疡\n梅毒")}); err != nil {
			t.Fatal(err)
		}
		if v := o.view("lin", id, 0); v.Sensitive != nil || v.Sensitivity != 1 {
			t.Errorf("what the lead judged was judged again by a rule: %+v", v.Sensitive)
		}
		if _, err := o.amend("lin", record.Amendment{Document: id, Base: 3, Content: diagnosed("胃溃疡\n偏执型精神分裂症")}); err != nil {
			t.Fatal(err)
		}
		if v := o.view("lin", id, 0); v.Sensitive == nil || v.Sensitive.Kinds[0] != record.Psychiatric {
			t.Errorf("another history: %+v", v.Sensitive)
		}
	})
}

func TestASensitiveDocumentOpensElsewhereAfterSayingAgainWhoOneIs(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id := o.file(func(f *record.Filing) { f.Content = diagnosed("人类免疫缺陷病毒病") })
		glass := policy.Tie{Kind: policy.TieGlass, ID: "g", Role: "care", Since: o.Clock.Now(), Until: o.Clock.Now().Add(day)}
		o.Door.Ties(func(_ ctx, _ db.Reader, actor act.Actor, _ []string, _ time.Time) (map[string][]policy.Tie, error) {
			if actor.ID != "gu" {
				return nil, nil
			}
			return map[string][]policy.Tie{o.patient: {glass}}, nil
		})
		stale := act.From(o.as("gu"))
		stale.Stale = true
		_, err := o.room.View(act.With(o.T.Context(), stale), id, 0)
		o.refused(err, "record.view")
		if refusal, ok := fault.From(err).Detail.(act.Refusal); !ok || refusal.Way != policy.WayStepUp {
			t.Errorf("the way out: %+v", refusal)
		}
		page, err := o.room.List(act.With(o.T.Context(), stale), o.patient, "", 10)
		if err != nil || len(page.Items) != 1 {
			t.Errorf("an emergency must see that there is something: %+v %v", page.Items, err)
		}
		if _, err := o.room.View(o.as("gu"), id, 0); err != nil {
			t.Errorf("after showing who he is: %v", err)
		}
		mine := act.From(o.as("lin"))
		mine.Stale = true
		if _, err := o.room.View(act.With(o.T.Context(), mine), id, 0); err != nil {
			t.Errorf("the team is asked nothing: %v", err)
		}
	})
}

func TestTheCheckSeesAMarkedDocumentThatIsNotGuarded(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.file(func(f *record.Filing) { f.Content = diagnosed("重度抑郁发作") })
		o.file(nil)
		check := func() evidence.Finding {
			for _, c := range o.room.Checks() {
				if c.ID == "record.sensitive-guarded" {
					return c.Ask(t.Context())
				}
			}
			t.Fatal("no such check")
			return evidence.Finding{}
		}
		if f := check(); f.Verdict != evidence.Met || f.Figure != "0 / 1" {
			t.Errorf("%+v", f)
		}
		o.behind("UPDATE record_document SET sensitivity = 1")
		if f := check(); f.Verdict != evidence.NotMet || f.Figure != "1 / 1" {
			t.Errorf("%+v", f)
		}
	})
}
