package staff_test

import (
	"testing"

	"github.com/medward/medward/internal/staff"
)

func (o *office) verdicts() map[string]string {
	o.T.Helper()
	all := map[string]string{}
	for _, c := range o.room.Checks() {
		f := c.Ask(o.T.Context())
		all[c.ID] = string(f.Verdict)
		if f.Verdict == "unknown" || f.Detail.ZH == "" || f.Detail.EN == "" {
			o.T.Errorf("%s: %+v", c.ID, f)
		}
	}
	return all
}

func (o *office) mustBe(when string, want map[string]string) {
	o.T.Helper()
	got := o.verdicts()
	for id, verdict := range want {
		if got[id] != verdict {
			o.T.Errorf("%s %s is %s", when, id, got[id])
		}
	}
}

func TestLifecycleChecksTellWhatIsSoAndWhatIsNot(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward := o.department("0301", "心血管内科")
		teacher, guest, chen := o.person("10001", "王强", "Wang Qiang"), o.of(staff.Visiting, "V001", "马莉"), o.person("10002", "陈雅琴", "Chen Yaqin")
		o.appoint(teacher, ward, "attending", 300)
		o.appoint(chen, ward, "dba", 300)
		o.stay(staff.NewStay{Person: guest.ID, Kind: staff.Guest, Department: ward.ID, Sponsor: teacher.ID, Until: o.Clock.Now().Add(100 * day)})
		o.mustBe("at first", map[string]string{
			"staff.leavers-hold-nothing": "met", "staff.short-stays-bound-posts": "met", "staff.stays-have-sponsors": "met", "staff.exit-lists-closed": "met",
			"staff.lacks-give-nothing": "met", "staff.roles-independent": "met", "staff.roster-reconciled": "not-met",
			"staff.licences-required": "not-met", "staff.undertakings-in-force": "not-met",
		})
		o.publish(10, nil)
		for _, role := range []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician"} {
			if _, err := o.room.RequireLicence(o.admin, staff.Requirement{Role: role, Kind: staff.Title}); err != nil {
				t.Fatal(err)
			}
		}
		file := []byte(rosterHead + "10001,王强,,本院职工,,,在职\nV001,马莉,,进修,,,在职\n10002,陈雅琴,,本院职工,,,离职\n")
		plan, err := o.room.PreviewRoster(o.admin, file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.ApplyRoster(o.admin, file, plan.Digest); err != nil {
			t.Fatal(err)
		}
		o.mustBe("after the roster", map[string]string{
			"staff.roster-reconciled": "met", "staff.licences-required": "met", "staff.undertakings-in-force": "met", "staff.leavers-hold-nothing": "met",
		})
		o.Clock.Advance(5 * day)
		o.mustBe("after five days", map[string]string{"staff.exit-lists-closed": "not-met"})

		o.Behind("UPDATE staff_appointment SET ended = NULL WHERE person = '" + chen.ID + "'")
		o.Behind("UPDATE staff_appointment SET until = until + 1 WHERE person = '" + guest.ID + "'")
		o.Behind("UPDATE staff_appointment SET ended = since WHERE person = '" + teacher.ID + "'")
		o.forgedAreFound(t)
	})
}

// forgedAreFound: what is not read through its code is found by counting; what is
// read refuses to answer.
func (o *office) forgedAreFound(t *testing.T) {
	t.Helper()
	for _, c := range o.room.Checks() {
		f := c.Ask(t.Context())
		switch c.ID {
		case "staff.leavers-hold-nothing", "staff.short-stays-bound-posts", "staff.stays-have-sponsors":
			if f.Verdict != "not-met" {
				t.Errorf("%s: %+v", c.ID, f)
			}
		case "staff.roles-independent", "staff.lacks-give-nothing":
			if f.Verdict == "met" {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
	}
}
