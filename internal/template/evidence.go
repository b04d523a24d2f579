package template

import (
	"bytes"
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	inUse := func() []any { return []any{Released, Retired} }
	return []evidence.Check{
		{
			ID: "template.approved", Demands: []string{"A-018", "B-010"},
			Title: fault.Text{ZH: "每个发布的表单版本都经编写人以外的人审核", EN: "Every released version of a form was approved by somebody who did not write it"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: `SELECT COUNT(*) FROM template_version v WHERE v.state IN ($1, $2) AND (v.approved IS NULL OR v.approved_by = '' OR v.approved_by = v.submitted_by OR NOT EXISTS
					(SELECT 1 FROM template_release r WHERE r.org = v.org AND r.id = v.id))`, Args: inUse},
				evidence.Query{SQL: "SELECT COUNT(*) FROM template_version WHERE state IN ($1, $2)", Args: inUse}, fault.Text{ZH: "发布的版本", EN: "released versions"}),
		},
		{
			ID: "template.standard", Demands: []string{"A-018"},
			Title: fault.Text{ZH: "没有缺少录入规范的发布版本，每个样例的判定仍与审核时一致", EN: "No released version lacks its entry standard, and each judges its samples as it did when it was approved"},
			Run:   room.eachStands,
		},
		{
			ID: "template.purposes", Demands: []string{"B-010"},
			Title: fault.Text{ZH: "发布的表单中，每个项目都写明采集目的和必要性", EN: "Every field of a released form says for what and why it is collected"},
			Run:   room.eachFieldHasPurpose,
		},
		{
			ID: "template.unchanged", Demands: []string{"A-018", "B-010"},
			Title: fault.Text{ZH: "发布的表单定义与审核时的内容一致（逐份核对摘要）", EN: "Every released definition is what was approved (digests compared now)"},
			Run:   room.eachIsUnchanged,
		},
		{
			ID: "template.refuses", Demands: []string{"B-010"},
			Title: fault.Text{ZH: "缺少采集目的或必要性的项目无法提交（现场试验）", EN: "A field without purpose or reason cannot be submitted (tried at this moment)"},
			Run:   tryWithoutPurpose,
		},
	}
}

// tally counts what is wrong among what there is.
type tally struct{ bad, all int }

func (t tally) finding(zh, en string) evidence.Finding {
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", t.bad, t.all), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 个%s中有 %d 个不符合", t.all, zh, t.bad), EN: fmt.Sprintf("%d of %d %s do not comply", t.bad, t.all, en),
	}}
	if t.bad > 0 {
		f.Verdict = evidence.NotMet
	}
	return f
}

func (t *tally) count(good bool) {
	t.all++
	if !good {
		t.bad++
	}
}

func (room *Room) count(ctx context.Context, look func(Release, *tally) error) (tally, error) {
	var t tally
	err := room.desk.Look(ctx, func(r db.Reader) error {
		t = tally{}
		return eachRelease(ctx, r, func(one Release) error { return look(one, &t) })
	})
	return t, err
}

func (room *Room) eachStands(ctx context.Context) (evidence.Finding, error) {
	t, err := room.count(ctx, func(one Release, t *tally) error {
		t.count(len(Judge(one.Content).Defects) == 0)
		return nil
	})
	return t.finding("发布的版本", "released versions"), err
}

func (room *Room) eachFieldHasPurpose(ctx context.Context) (evidence.Finding, error) {
	t, err := room.count(ctx, func(one Release, t *tally) error {
		why := map[string]bool{}
		for _, e := range one.Content.Standard.Entries {
			why[e.Field] = e.Why.ZH != "" && e.Why.EN != ""
		}
		for _, s := range one.Content.Definition.Sections {
			for _, f := range s.Fields {
				t.count(f.Purpose != "" && why[f.Key])
			}
		}
		return nil
	})
	return t.finding("项目", "fields"), err
}

func (room *Room) eachIsUnchanged(ctx context.Context) (evidence.Finding, error) {
	var t tally
	err := room.desk.Look(ctx, func(r db.Reader) error {
		t = tally{}
		return eachRelease(ctx, r, func(one Release) error {
			v, err := versions.Get(ctx, r, one.Org, one.ID)
			if err != nil {
				return err
			}
			digest, err := one.Content.digest()
			t.count(bytes.Equal(digest, one.Digest) && bytes.Equal(digest, v.Digest))
			return err
		})
	})
	return t.finding("发布的版本", "released versions"), err
}

// tryWithoutPurpose takes the purpose, and then the reason, of the first field of each
// form that comes with the program away, and wants each named as a defect.
func tryWithoutPurpose(context.Context) (evidence.Finding, error) {
	all, err := Starters()
	if err != nil {
		return evidence.Finding{}, err
	}
	var t tally
	for _, c := range all {
		first := &c.Definition.Sections[0].Fields[0]
		purpose := first.Purpose
		first.Purpose = ""
		t.count(len(Judge(c).Defects) > 0)
		first.Purpose = purpose
		c.Standard.Entries = c.Standard.Entries[1:]
		t.count(len(Judge(c).Defects) > 0)
	}
	return t.finding("试交的表单", "forms that were tried"), nil
}
