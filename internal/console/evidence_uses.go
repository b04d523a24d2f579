package console

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

const aDay = 24 * time.Hour

// useChecks count what the ledger of the last day tells of patients, by the five kinds of
// use and by the eight links of their information's life.
func (room *Room) useChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "house.uses-by-kind", Demands: []string{"A-131"},
			Title: fault.Text{ZH: "凡接触患者信息的操作都属于借出、编辑、改动、打开、检索之一；24 小时内各类次数", EN: "Whatever touches a patient's information is borrowing, editing, modifying, opening or searching; how often within 24 hours"},
			Run: room.countedUses(func(count map[string]int64) (zh, en []string) {
				for _, u := range policy.Uses() {
					n := sum(count, func(verb string) bool { use, _ := policy.UseOf(verb); return use == u.ID })
					zh, en = append(zh, fmt.Sprintf("%s %d", u.Name.ZH, n)), append(en, fmt.Sprintf("%s %d", u.Name.EN, n))
				}
				return zh, en
			}),
		},
		{
			ID: "house.uses-by-link", Demands: []string{"B-008"},
			Title: fault.Text{ZH: "采集、录入、存储、查阅、复制、传输、共享、销毁八个环节的操作都有规则和记录；24 小时内各环节次数", EN: "Collection, entry, storage, consultation, copying, transmission, sharing and destruction each have their rules and their account; how often within 24 hours"},
			Run: room.countedUses(func(count map[string]int64) (zh, en []string) {
				for _, l := range policy.Links() {
					n := sum(count, func(verb string) bool { _, link := policy.UseOf(verb); return link == l.ID })
					zh, en = append(zh, fmt.Sprintf("%s %d", l.Name.ZH, n)), append(en, fmt.Sprintf("%s %d", l.Name.EN, n))
				}
				return zh, en
			}),
		},
	}
}

// countedUses is met when no verb of the rules in force, and none that the ledger
// tells of a patient, is without a kind.
func (room *Room) countedUses(told func(map[string]int64) (zh, en []string)) func(context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		count, strange, err := room.verbsOfTheDay(ctx)
		if err != nil {
			return evidence.Finding{}, err
		}
		unmapped := append(policy.WithoutUse(room.rules.At(room.house.Now())), strange...)
		zh, en := told(count)
		f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d", len(unmapped)), Detail: fault.Text{
			ZH: strings.Join(zh, "，") + fmt.Sprintf("；未归类 %d", len(unmapped)), EN: strings.Join(en, ", ") + fmt.Sprintf("; without a kind %d", len(unmapped)),
		}}
		if len(unmapped) > 0 {
			f.Verdict = evidence.NotMet
			f.Detail.ZH += "：" + strings.Join(unmapped, "、")
			f.Detail.EN += ": " + strings.Join(unmapped, ", ")
		}
		return f, nil
	}
}

// verbsOfTheDay counts the uses of the last day by their verbs, refused ones too.
// Strange verbs are those of entries about a patient that have no kind.
func (room *Room) verbsOfTheDay(ctx context.Context) (count map[string]int64, strange []string, err error) {
	tallies, err := room.ledger.RecentTallies(ctx, room.org, room.accounts.Now().Add(-aDay))
	count = map[string]int64{}
	for _, t := range tallies {
		if use, _ := policy.UseOf(t.Verb); use != "" {
			count[t.Verb] = t.Done + t.Refused
		} else if t.Patient {
			strange = append(strange, t.Verb)
		}
	}
	return count, strange, err
}

func sum(count map[string]int64, counts func(verb string) bool) int64 {
	var n int64
	for verb, times := range count {
		if counts(verb) {
			n += times
		}
	}
	return n
}
