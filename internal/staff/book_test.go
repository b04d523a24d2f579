package staff_test

import (
	"context"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// shown returns how a person is shown on a page, and what that asked.
func (o *office) shown(t *testing.T, id string) (name staff.Name, questions int64) {
	t.Helper()
	err := o.Door.Desk("staff").Disclose(o.admin, "staff.list", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: acttest.Org, Org: acttest.Org}); err != nil {
			return err
		}
		var err error
		questions, _ = o.Asked.During(func() {
			names, failed := staff.Names(ctx, r, acttest.Org, []string{id, "nobody"}, r.Now())
			name, err = names[id], failed
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return name, questions
}

func TestPagesRememberNamesForAMoment(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		o.shown(t, chen.ID)
		if name, asked := o.shown(t, chen.ID); name.ZH != "陈雅琴" || asked != 0 {
			t.Errorf("%+v, asked %d", name, asked)
		}
		o.appoint(chen, ward, "attending", 30)
		if name, _ := o.shown(t, chen.ID); name.Department.ZH != "心血管内科" {
			t.Errorf("an appointment of this process is not shown at once: %+v", name)
		}
		o.Behind("UPDATE staff_person SET name_zh = '陈雅芹'")
		o.Clock.Advance(2*time.Second - time.Microsecond)
		if name, asked := o.shown(t, chen.ID); name.ZH != "陈雅琴" || asked != 0 {
			t.Errorf("within two seconds: %+v, asked %d", name, asked)
		}
		o.Clock.Advance(time.Microsecond)
		if name, _ := o.shown(t, chen.ID); name.ZH != "陈雅芹" {
			t.Errorf("after two seconds another process's change is not shown: %+v", name)
		}
	})
}
