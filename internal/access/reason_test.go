package access

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

func TestWhatMustBeCompletedNamesTheField(t *testing.T) {
	glass := Asking{Choice: "resuscitation", Words: "心跳骤停抢救"}
	for _, c := range []struct {
		kind   string
		change func(*Asking)
		want   []string
	}{
		{Glass, func(*Asking) {}, nil},
		{Glass, func(a *Asking) { a.Hours = 8 }, nil},
		{Glass, func(a *Asking) { a.Hours = 9 }, []string{"hours"}},
		{Glass, func(a *Asking) { a.Hours = -1 }, []string{"hours"}},
		{Glass, func(a *Asking) { a.Hours = math.MaxInt }, []string{"hours"}},
		{Glass, func(a *Asking) { a.Hours = math.MaxInt/int(time.Hour) + 2 }, []string{"hours"}}, // wraps around when multiplied
		{Glass, func(a *Asking) { a.Words = " 抢救抢　 " }, []string{"words"}},
		{Glass, func(a *Asking) { a.Words = strings.Repeat("救", 501) }, []string{"words"}},
		{Glass, func(a *Asking) { a.Choice = "handover" }, []string{"choice"}},
		{Glass, func(a *Asking) { a.Choice, a.Words = "", "" }, []string{"choice", "words"}},
		{Stated, func(a *Asking) { a.Choice, a.Words = "handover", "" }, nil},
		{Stated, func(a *Asking) { a.Choice, a.Words = "other", "" }, []string{"words"}},
		{Stated, func(a *Asking) { a.Choice = "other" }, nil},
		{Stated, func(*Asking) {}, []string{"choice"}},
		{Stated, func(a *Asking) { a.Choice, a.Words = "handover", strings.Repeat("x", 501) }, []string{"words"}},
	} {
		in := glass
		c.change(&in)
		var got []string
		if err := in.check(c.kind, policy.Limits{}.Or()); err != nil {
			for _, f := range fault.From(err).Fields {
				got = append(got, f.Path)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %+v: %v, want %v", c.kind, in, got, c.want)
		}
	}
}

func TestAReasonLastsAsLongAsItsKindAllows(t *testing.T) {
	for _, c := range []struct {
		kind  string
		hours int
		want  time.Duration
	}{{Stated, 0, 24 * time.Hour}, {Stated, 200, 24 * time.Hour}, {Glass, 0, 4 * time.Hour}, {Glass, 1, time.Hour}, {Glass, 8, 8 * time.Hour}} {
		if got := (Asking{Hours: c.hours}).life(c.kind, policy.Limits{}.Or()); got != c.want {
			t.Errorf("%s of %d hours lasts %s", c.kind, c.hours, got)
		}
	}
}

func TestEveryChoiceIsOfOneKindAndSaysSoInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Choices() {
		if seen[c.ID] || c.Name.ZH == "" || c.Name.EN == "" || !slices.Contains([]string{Stated, Glass, Unmask}, c.Kind) {
			t.Errorf("%+v", c)
		}
		seen[c.ID] = true
	}
}
