package evidence_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

func TestACheckThatCouldNotRunIsUnknownAndNeverMet(t *testing.T) {
	c := evidence.Check{Run: func(context.Context) (evidence.Finding, error) {
		return evidence.Finding{Verdict: evidence.Met, Figure: "0 / 0"}, errors.New("password of the database")
	}}
	f := c.Ask(t.Context())
	if f.Verdict != evidence.Unknown || f.Figure == "0 / 0" || strings.Contains(f.Detail.EN+f.Detail.ZH, "password") {
		t.Errorf("%+v", f)
	}
}

func TestDemandsAreNamedOnceInOrder(t *testing.T) {
	got := evidence.Demands([]evidence.Check{{Demands: []string{"D-2", "A-1"}}, {}, {Demands: []string{"B-1", "A-1"}}})
	if !slices.Equal(got, []string{"A-1", "B-1", "D-2"}) {
		t.Errorf("%v", got)
	}
}

func TestNoneIsMetAsLongAsNothingIsBad(t *testing.T) {
	dbtest.Empty.Both(t, func(t *testing.T, at dbtest.Place) {
		s, err := at.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		count := func(sql string, args ...any) evidence.Query {
			return evidence.Query{SQL: sql, Args: func() []any { return args }}
		}
		all := evidence.Query{SQL: "SELECT COUNT(*) FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) AS t"}
		above := func(least int) evidence.Query {
			return count("SELECT COUNT(*) FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) AS t WHERE n > $1", least)
		}
		for least, want := range map[int]evidence.Finding{3: {Verdict: evidence.Met, Figure: "0 / 3"}, 1: {Verdict: evidence.NotMet, Figure: "2 / 3"}} {
			f, err := evidence.None(s.Read, above(least), all, fault.Text{ZH: "数", EN: "numbers"})(t.Context())
			if err != nil || f.Verdict != want.Verdict || f.Figure != want.Figure || !strings.Contains(f.Detail.EN, "numbers") || !strings.Contains(f.Detail.ZH, "数") {
				t.Errorf("above %d: %+v %v", least, f, err)
			}
		}
		for name, q := range map[string]evidence.Query{"no table": count("SELECT COUNT(*) FROM nowhere"), "no number": count("SELECT 'x'")} {
			if f, err := evidence.None(s.Read, q, all, fault.Text{})(t.Context()); err == nil {
				t.Errorf("%s: %+v", name, f)
			}
		}
	})
}
