package decide

import (
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

func TestAPersonNamedTwiceMustBeOne(t *testing.T) {
	numbers, accounts := map[string]string{"1001": "chen", "1002": "li"}, map[string]string{"chenx": "chen"}
	for _, one := range []struct {
		named Person
		want  string
	}{
		{Person{Number: "1001"}, "chen"},
		{Person{Account: "chenx"}, "chen"},
		{Person{Number: "1001", Account: "chenx"}, "chen"},
		{Person{Number: "1002", Account: "chenx"}, ""},
		{Person{Number: "1001", Account: "nobody"}, ""},
		{Person{Number: "9"}, ""},
	} {
		if got := personOf(one.named, numbers, accounts); got != one.want {
			t.Errorf("%+v is %q, want %q", one.named, got, one.want)
		}
	}
}

func TestAnAgreementReachesToItsDepartmentsOnly(t *testing.T) {
	here, elsewhere, nowhere := policy.Object{Department: "cardiology"}, policy.Object{Department: "oncology"}, policy.Object{}
	bound := &round{agreed: &policy.Agreed{Departments: []string{"cardiology"}}}
	if !bound.opens(here) || bound.opens(elsewhere) || !bound.opens(nowhere) {
		t.Error("a source that is bound to one department reaches to others, or not to its own")
	}
	if free := (&round{agreed: &policy.Agreed{}}); !free.opens(here) || !free.opens(elsewhere) {
		t.Error("a source that is bound to no department does not reach to all")
	}
}

func TestAnAnswerEndsWithWhatItRestsOn(t *testing.T) {
	now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	if got := sooner(now.Add(yesHolds), now.Add(time.Second)); !got.Equal(now.Add(time.Second)) {
		t.Errorf("it outlives what it rests on: %s", got)
	}
	if got := sooner(now.Add(yesHolds), time.Time{}); !got.Equal(now.Add(yesHolds)) {
		t.Errorf("without an end of its own: %s", got)
	}
}

func TestWhatLeavesOrIsWrittenHoldsForOnceAndANoShortest(t *testing.T) {
	for _, a := range Actions() {
		if no := a.holds(false); no >= a.holds(true) {
			t.Errorf("%s: a no holds %s", a.ID, no)
		}
		if (a.leaves || a.writes) != (a.holds(true) == onceHolds) {
			t.Errorf("%s: a yes holds %s", a.ID, a.holds(true))
		}
	}
}

func TestAskingNamesEveryFieldThatIsWrong(t *testing.T) {
	in := Asking{Questions: []Question{{Action: "open", Object: Object{Kind: Patient, Patient: "M1"}, Person: Person{Number: "1"}}, {Object: Object{Sensitivity: 6}}}}
	err := in.check()
	for _, path := range []string{"questions[1].person", "questions[1].action", "questions[1].object.kind", "questions[1].object.patient", "questions[1].object.sensitivity"} {
		found := false
		for _, f := range fault.From(err).Fields {
			found = found || f.Path == path
		}
		if !found {
			t.Errorf("%s is not named: %v", path, err)
		}
	}
	if in.Questions = in.Questions[:1]; in.check() != nil {
		t.Errorf("a question that is whole: %v", in.check())
	}
	in.Questions = make([]Question, MaxBatch+1)
	if err := in.check(); err == nil || !strings.Contains(fault.From(err).Fields[0].Path, "questions") {
		t.Errorf("too many questions: %v", err)
	}
}
