package retention

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "retention.never-early", Demands: []string{"B-041", "B-042"},
			Title: text("没有在保存期满前销毁的病历", "No record was destroyed before its term had ended"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM retention_item WHERE state = 'destroyed' AND at < term_ended"},
				evidence.Query{SQL: "SELECT COUNT(*) FROM retention_item WHERE state = 'destroyed'"}, text("已销毁的病历", "records destroyed")),
		},
		{
			ID: "retention.term", Demands: []string{"B-041", "B-042"},
			Title: text("住院三十年、门急诊十五年，再次就诊重新起算（现场试算）", "Thirty years from a discharge, fifteen from a visit, anew with each (tried at this moment)"),
			Run:   tryTerms,
		},
		{
			ID: "retention.by-many", Demands: []string{"B-043"},
			Title: text("每次销毁都经鉴定、三个部门审批和两人监销，证明可核验", "Every destruction was appraised, approved by three offices and seen by two, and its certificate is genuine"),
			Run:   room.eachByMany,
		},
		{
			ID: "retention.gone", Demands: []string{"B-043"},
			Title: text("已销毁病历的密钥均已不存在", "No key of a record that was destroyed exists any more"),
			Run:   room.eachIsGone,
		},
		{
			ID: "retention.only-way", Demands: []string{"B-053"},
			Title: text("每个失去密钥的患者都在一份已执行的销毁清单上", "Every patient without a key is on a destruction list that was carried out"),
			Run:   room.noneElse,
		},
	}
}

func told(bad, all int, zh, en string) evidence.Finding {
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", bad, all), Detail: text(
		fmt.Sprintf("%d %s中有 %d 不符合", all, zh, bad), fmt.Sprintf("%d of %d %s do not comply", bad, all, en))}
	if bad > 0 {
		f.Verdict = evidence.NotMet
	}
	return f
}

// tryTerms asks for the term around the ends that the law names.
func tryTerms(context.Context) (evidence.Finding, error) {
	at := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 3, 0, 0, 0, time.UTC)
	}
	cases := []struct {
		care patient.LastCare
		now  time.Time
		over bool
	}{
		{patient.LastCare{Inpatient: at(1996, 5, 6)}, at(2026, 5, 6), false},
		{patient.LastCare{Inpatient: at(1996, 5, 6)}, at(2026, 5, 7), true},
		{patient.LastCare{Inpatient: at(1996, 2, 29)}, at(2026, 2, 28), false},
		{patient.LastCare{Visit: at(2011, 5, 6)}, at(2026, 5, 6), false},
		{patient.LastCare{Visit: at(2011, 5, 6)}, at(2026, 5, 7), true},
		{patient.LastCare{Visit: at(2011, 5, 6), Inpatient: at(2010, 1, 1)}, at(2026, 5, 7), false},
		{patient.LastCare{Visit: at(1980, 5, 6), Open: true}, at(2026, 5, 7), false},
		{patient.LastCare{}, at(2026, 5, 7), false},
	}
	bad := 0
	for _, c := range cases {
		if TermOf(c.care).Over(c.now) != c.over {
			bad++
		}
	}
	return told(bad, len(cases), "项试算", "terms tried"), nil
}

const checkedAtOnce = 200

// eachDestroyed calls look with every destruction that was carried out, and its list.
func eachDestroyed(ctx context.Context, r db.Reader, look func(Destruction, []Item) error) error {
	for after, more := (Destruction{}), true; more; {
		page, err := destructions.Select(ctx, r, "WHERE state = $1 AND (org, id) > ($2, $3) ORDER BY org, id LIMIT $4", Destroyed, after.Org, after.ID, int64(checkedAtOnce))
		if err != nil {
			return err
		}
		for _, d := range page {
			after = d
			listed, err := itemsOf(ctx, r, d.Org, d.ID)
			if err == nil {
				err = look(d, listed)
			}
			if err != nil {
				return err
			}
		}
		more = len(page) == checkedAtOnce
	}
	return nil
}

func (room *Room) eachByMany(ctx context.Context) (evidence.Finding, error) {
	bad, all := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		bad, all = 0, 0
		return eachDestroyed(ctx, r, func(d Destruction, listed []Item) error {
			done, err := stepsOf(ctx, r, d.Org, d.ID)
			if err != nil {
				return err
			}
			certificate, err := Certificate(d, listed, done)
			sum := sm.Sum(certificate)
			if all++; !byMany(d, done) || !bytes.Equal(sum[:], d.Digest) {
				bad++
			}
			return err
		})
	})
	return told(bad, all, "次销毁", "destructions"), err
}

func byMany(d Destruction, done []Step) bool {
	deciders := append(byWhom(done, StepDrawUp), append(byWhom(done, StepAppraise), byWhom(done, StepApprove)...)...)
	seeing := append(present(done, d.Ended), byWhom(done, StepDestroy)...)
	return len(deciders) == 2+len(Offices) && distinct(deciders) && len(seeing) > Witnesses && distinct(seeing)
}

func distinct(people []string) bool {
	return len(slices.Compact(slices.Sorted(slices.Values(people)))) == len(people)
}

func (room *Room) eachIsGone(ctx context.Context) (evidence.Finding, error) {
	bad, all := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		bad, all = 0, 0
		return eachDestroyed(ctx, r, func(d Destruction, listed []Item) error {
			for _, item := range listed {
				if item.State != ItemDestroyed {
					continue
				}
				_, err := room.vault.Subject(ctx, r, d.Org, item.Patient)
				if all++; err == nil {
					bad++
				} else if !errors.Is(err, vault.KeyDestroyed) {
					return err
				}
			}
			return nil
		})
	})
	return told(bad, all, "份已销毁的病历", "records destroyed"), err
}

func (room *Room) noneElse(ctx context.Context) (evidence.Finding, error) {
	bad, all := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		bad, all = 0, 0
		return patient.EachWithoutKey(ctx, r, func(org, one string) error {
			item, listed, err := listedAlready(ctx, r, org, one)
			if all++; !listed || item.State != ItemDestroyed {
				bad++
			}
			return err
		})
	})
	return told(bad, all, "名失去密钥的患者", "patients without a key"), err
}
