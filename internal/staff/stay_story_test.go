package staff_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

const day = 24 * time.Hour

func (o *office) of(category staff.Category, number, zh string) staff.Person {
	o.T.Helper()
	p, err := o.room.AddPerson(o.admin, staff.NewPerson{Number: number, NameZH: zh, Category: category})
	if err != nil {
		o.T.Fatal(err)
	}
	return p
}

func (o *office) stay(n staff.NewStay) staff.Stay {
	o.T.Helper()
	s, err := o.room.BeginStay(o.admin, n)
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

func (o *office) trained(p staff.Person, length time.Duration) {
	o.T.Helper()
	if _, err := o.room.RecordTraining(o.admin, staff.NewPassed{Person: p.ID, Course: "信息安全与保密", Until: o.Clock.Now().Add(length)}); err != nil {
		o.T.Fatal(err)
	}
}

// roles are those by which a person may act at this moment.
func (o *office) roles(p staff.Person) []string {
	o.T.Helper()
	a, err := o.actor(p.ID)
	if err != nil {
		o.T.Fatal(err)
	}
	return a.Roles
}

func (o *office) mustHold(p staff.Person, when string, roles ...string) {
	o.T.Helper()
	if got := o.roles(p); !slices.Equal(got, roles) {
		o.T.Errorf("%s %s holds %v, want %v", p.NameZH, when, got, roles)
	}
}

func (o *office) standing(p staff.Person) staff.Standing {
	o.T.Helper()
	var s staff.Standing
	err := o.Store.Read(o.T.Context(), func(r db.Reader) (err error) {
		s, err = staff.StandingOf(o.T.Context(), r, acttest.Org, p.ID, o.Time.Now())
		return err
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

// at moves the clock to a moment.
func (o *office) at(moment time.Time) { o.Clock.Advance(moment.Sub(o.Clock.Now())) }

func (o *office) as(p staff.Person, departments []string, roles ...string) context.Context {
	return acttest.For(o.Person(p.ID, departments, 3, roles...), "management")
}

func TestATraineeHasNothingBeforeTheTrainingAndNothingAfterTheProgramme(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, lab := o.department("0301", "心血管内科"), o.department("0801", "检验科")
		teacher, pupil := o.person("10001", "陈雅琴", "Chen Yaqin"), o.of(staff.Trainee, "T001", "林晓")
		o.appoint(teacher, ward, "chief", 1000)
		end := o.Clock.Now().Add(300 * day)
		ask := staff.NewStay{Person: pupil.ID, Kind: staff.Training, Department: ward.ID, Sponsor: teacher.ID, Until: end, Programme: end}

		unsponsored := ask
		unsponsored.Sponsor = ""
		beyond := ask
		beyond.Until = end.Add(day)
		elsewhere := ask
		elsewhere.Posts = []staff.NewPost{{Department: lab.ID}}
		for name, c := range map[string]struct {
			ask   staff.NewStay
			field string
		}{"no sponsor": {unsponsored, "sponsor"}, "beyond the programme": {beyond, "until"}, "in another department": {elsewhere, "posts[0].department"}} {
			if _, err := o.room.BeginStay(o.admin, c.ask); err == nil || fault.From(err).Fields[0].Path != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}

		made := o.stay(ask)
		o.mustHold(pupil, "before the training")
		if s := o.standing(pupil); s.Lacks != staff.LackTraining {
			t.Errorf("lacks %q", s.Lacks)
		}
		o.trained(pupil, 100*day)
		o.mustHold(pupil, "after the training", "resident")
		if s := o.standing(pupil); !s.Provisional || !s.Actor().Provisional {
			t.Error("what a trainee writes is not provisional")
		}
		for name, n := range map[string]staff.NewAppointment{
			"of another department": {Person: pupil.ID, Role: "resident", Department: lab.ID, Until: end},
			"past the programme":    {Person: pupil.ID, Role: "resident", Department: ward.ID, Until: end.Add(day)},
		} {
			if _, err := o.room.Appoint(o.admin, n); fault.KindOf(err) != fault.Conflict {
				t.Errorf("an appointment %s: %v", name, err)
			}
		}
		o.Clock.Advance(100 * day)
		o.mustHold(pupil, "after the training ran out")
		o.trained(pupil, 400*day)
		o.at(end.Add(-time.Microsecond))
		o.mustHold(pupil, "in the last moment", "resident")
		o.at(end)
		o.mustHold(pupil, "after the programme")
		if _, err := o.room.MoveStay(o.admin, made.ID, end.Add(day), time.Time{}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a stay that is over was extended: %v", err)
		}
	})
}

func TestAnExtensionAndAnEarlyEndMoveAllThatHangsOnAStay(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, other := o.department("0301", "心血管内科"), o.department("0302", "呼吸内科")
		teacher, pupil := o.person("10001", "陈雅琴", "Chen Yaqin"), o.of(staff.Trainee, "T001", "林晓")
		o.appoint(teacher, ward, "chief", 1000)
		o.trained(pupil, 900*day)
		begin := o.Clock.Now()
		stay := o.stay(staff.NewStay{Person: pupil.ID, Kind: staff.Training, Department: ward.ID, Sponsor: teacher.ID, Until: begin.Add(100 * day), Programme: begin.Add(300 * day)})
		if _, err := o.room.BeginStay(o.admin, staff.NewStay{
			Person: pupil.ID, Kind: staff.Rotation, Department: other.ID, Sponsor: teacher.ID, Since: begin.Add(50 * day), Until: begin.Add(101 * day),
		}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a rotation beyond its training: %v", err)
		}
		o.stay(staff.NewStay{Person: pupil.ID, Kind: staff.Rotation, Department: other.ID, Sponsor: teacher.ID, Since: begin.Add(50 * day), Until: begin.Add(90 * day)})

		education := acttest.For(o.Person("edu", []string{"edu"}, 1, "science-education"), "management")
		if _, err := o.room.MoveStay(education, stay.ID, begin.Add(400*day), time.Time{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("moved beyond the programme: %v", err)
		}
		if _, err := o.room.MoveStay(education, stay.ID, begin.Add(200*day), time.Time{}); err != nil {
			t.Fatal(err)
		}
		o.at(begin.Add(150 * day))
		o.mustHold(pupil, "after the extension", "resident")

		o.stay(staff.NewStay{Person: pupil.ID, Kind: staff.Rotation, Department: other.ID, Sponsor: teacher.ID, Until: begin.Add(190 * day)})
		if _, err := o.room.MoveStay(education, stay.ID, begin.Add(160*day), time.Time{}); err != nil {
			t.Fatal(err)
		}
		o.at(begin.Add(160 * day))
		if s := o.standing(pupil); len(s.Appointments) != 0 {
			t.Errorf("the rotation outlived the training: %+v", s.Appointments)
		}
	})
}

func TestASponsorEndsAStayAtOnceAndNobodyElseDoes(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward := o.department("0301", "心血管内科")
		teacher, guest := o.person("10001", "陈雅琴", "Chen Yaqin"), o.of(staff.Visiting, "V001", "马莉")
		o.appoint(teacher, ward, "attending", 300)
		o.trained(guest, 300*day)
		stay := o.stay(staff.NewStay{Person: guest.ID, Kind: staff.Guest, Department: ward.ID, Sponsor: teacher.ID, Until: o.Clock.Now().Add(100 * day)})
		o.mustHold(guest, "as a guest", "resident")

		if _, err := o.room.EndStay(o.as(guest, []string{ward.ID}, "resident"), stay.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the guest ended it himself: %v", err)
		}
		if _, err := o.room.EndStay(o.Person("colleague", []string{ward.ID}, 5, "chief"), stay.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a colleague ended it: %v", err)
		}
		if found, err := o.room.ListStays(o.Person(teacher.ID, []string{ward.ID}, 4, "attending"), staff.StaysFilter{}, "", 10); err != nil || len(found.Items) != 1 {
			t.Errorf("the sponsor sees %v, %v", found, err)
		}
		if found, err := o.room.ListStays(o.Person("colleague", nil, 4, "attending"), staff.StaysFilter{}, "", 10); err != nil || len(found.Items) != 0 {
			t.Errorf("a stranger sees %v, %v", found, err)
		}
		if _, err := o.room.EndStay(o.Person(teacher.ID, []string{ward.ID}, 4, "attending"), stay.ID); err != nil {
			t.Fatal(err)
		}
		o.mustHold(guest, "after the end")
		if e := o.Last(); e.Verb != "staff.end-stay" || e.Actor.ID != teacher.ID || e.Note["stay"] != stay.ID {
			t.Errorf("the ledger tells %+v", e)
		}
	})
}

func TestAwayRestsTheHomePostAndRestoresItAfterwards(t *testing.T) {
	for name, end := range map[string]func(o *office, s staff.Stay) time.Time{
		"on the day": func(_ *office, s staff.Stay) time.Time { return s.Until },
		"moved later": func(o *office, s staff.Stay) time.Time {
			moved, err := o.room.MoveStay(o.admin, s.ID, s.Until.Add(20*day), s.Until.Add(20*day))
			if err != nil {
				o.T.Fatal(err)
			}
			return moved.Until
		},
		"early": func(o *office, s staff.Stay) time.Time {
			o.at(s.Since.Add(10 * day))
			ended, err := o.room.EndStay(o.admin, s.ID)
			if err != nil {
				o.T.Fatal(err)
			}
			return ended.End()
		},
		"before it began": func(o *office, s staff.Stay) time.Time {
			if _, err := o.room.EndStay(o.admin, s.ID); err != nil {
				o.T.Fatal(err)
			}
			return s.Since
		},
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, o *office) {
				ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
				o.appoint(chen, ward, "attending", 300)
				begin := o.Clock.Now().Add(5 * day)
				away := o.stay(staff.NewStay{Person: chen.ID, Kind: staff.Support, Department: ward.ID, Since: begin, Until: begin.Add(60 * day)})
				if _, err := o.room.BeginStay(o.admin, staff.NewStay{
					Person: chen.ID, Kind: staff.LongLeave, Department: ward.ID, Since: begin.Add(day), Until: begin.Add(90 * day),
				}); fault.KindOf(err) != fault.Conflict {
					t.Errorf("away twice: %v", err)
				}
				o.mustHold(chen, "before", "attending")
				back := end(o, away)
				if back.After(begin) && o.Clock.Now().Before(begin) {
					o.at(begin.Add(-time.Microsecond))
					o.mustHold(chen, "in the last moment before", "attending")
					o.at(begin)
					o.mustHold(chen, "away")
				}
				if o.Clock.Now().Before(back) {
					o.at(back.Add(-time.Microsecond))
				}
				if back.After(o.Clock.Now()) && !o.Clock.Now().Before(begin) {
					o.mustHold(chen, "in the last moment away")
				}
				if o.Clock.Now().Before(back) {
					o.at(back)
				}
				o.mustHold(chen, "back", "attending")
				o.Clock.Advance(300 * day)
				o.mustHold(chen, "after the end of the post")
			})
		})
	}
}

func TestATransferSwapsRightsAtTheSetHour(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, quality, chen := o.department("0301", "心血管内科"), o.department("0901", "质控科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		o.appoint(chen, ward, "attending", 300)
		midnight := o.Clock.Now().Add(16 * time.Hour)
		o.stay(staff.NewStay{
			Person: chen.ID, Kind: staff.Transfer, Department: quality.ID, Since: midnight, Until: midnight.Add(700 * day),
			Posts: []staff.NewPost{{Role: "quality", TitleZH: "质控员"}},
		})
		o.at(midnight.Add(-time.Microsecond))
		o.mustHold(chen, "before midnight", "attending")
		if s := o.standing(chen); s.Until != midnight {
			t.Errorf("the standing is to be asked for again at %s", s.Until)
		}
		o.at(midnight)
		o.mustHold(chen, "at midnight", "quality")
		lines, cleared, err := o.room.LinesOf(o.admin, chen.ID)
		if err != nil || cleared || len(lines) != 5 {
			t.Errorf("the hand-over has %d lines, clear %t, %v", len(lines), cleared, err)
		}
	})
}

func TestPersonnelBeginsStaysButAppointsNobody(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		personnel := acttest.For(o.Person("hr", []string{"hr"}, 1, "personnel"), "management")
		until := o.Clock.Now().Add(30 * day)
		if _, err := o.room.BeginStay(personnel, staff.NewStay{Person: chen.ID, Kind: staff.LongLeave, Department: ward.ID, Until: until}); err != nil {
			t.Errorf("a leave: %v", err)
		}
		_, err := o.room.BeginStay(personnel, staff.NewStay{Person: chen.ID, Kind: staff.Joining, Department: ward.ID, Until: until, Posts: []staff.NewPost{{Role: "chief"}}})
		if !errors.Is(err, act.ErrRefused) {
			t.Errorf("made a chief: %v", err)
		}
		education := acttest.For(o.Person("edu", []string{"edu"}, 1, "science-education"), "management")
		if _, err := o.room.BeginStay(education, staff.NewStay{Person: chen.ID, Kind: staff.LongLeave, Department: ward.ID, Since: until, Until: until.Add(day)}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the education office sent an employee on leave: %v", err)
		}
	})
}

func TestALeaverHoldsNothingFromTheMomentOn(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		var heard []string
		o.room.OnPowersChanged(func(_, person string) { heard = append(heard, person) })
		ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		o.appoint(chen, ward, "attending", 300)
		o.appoint(chen, ward, "quality", 300)
		evening := o.Clock.Now().Add(9 * time.Hour)
		heard = nil
		if _, err := o.room.Leave(o.admin, staff.NewDeparture{Person: chen.ID, Kind: staff.Retired, At: evening}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(heard, []string{chen.ID}) {
			t.Errorf("listeners heard %v", heard)
		}
		o.at(evening.Add(-time.Microsecond))
		o.mustHold(chen, "on the last day", "attending", "quality")
		o.at(evening)
		o.mustHold(chen, "retired")
		if s := o.standing(chen); s.Lacks != staff.LackPresence {
			t.Errorf("lacks %q", s.Lacks)
		}
		if _, err := o.room.Appoint(o.admin, staff.NewAppointment{Person: chen.ID, Role: "chief", Department: ward.ID, Until: evening.Add(day)}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("appointed after leaving: %v", err)
		}
		o.Clock.Advance(day)
		o.stay(staff.NewStay{Person: chen.ID, Kind: staff.Retained, Department: ward.ID, Until: o.Clock.Now().Add(100 * day), Posts: []staff.NewPost{{Role: "chief"}}})
		o.mustHold(chen, "reappointed", "chief")
	})
}

func TestALeaverIsClearedOnlyWhenEveryLineIsSignedByItsOwner(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		o.appoint(chen, ward, "attending", 300)
		o.appoint(o.person("10009", "王主任", "Wang Zhuren"), ward, "chief", 300)
		if _, err := o.room.Leave(o.admin, staff.NewDeparture{Person: chen.ID, Kind: staff.Resigned}); err != nil {
			t.Fatal(err)
		}
		lines, cleared, err := o.room.LinesOf(o.admin, chen.ID)
		if err != nil || cleared || len(lines) != 5 {
			t.Fatalf("%d lines, clear %t, %v", len(lines), cleared, err)
		}
		for _, l := range lines {
			departments := []string{"it"}
			if l.Department != "" {
				departments = []string{l.Department}
			}
			for _, wrong := range []context.Context{o.as(chen, departments, l.Role), o.Person("nurse", departments, 3, "nurse")} {
				if _, err := o.room.SignLine(wrong, l.ID); !errors.Is(err, act.ErrRefused) {
					t.Errorf("%s signed by somebody else: %v", l.Kind, err)
				}
			}
			owner := o.Person("owner", departments, 3, l.Role)
			if open, err := o.room.OpenLines(owner); err != nil || !slices.ContainsFunc(open, func(found staff.Line) bool { return found.ID == l.ID }) {
				t.Errorf("the owner of %s does not see it: %v", l.Kind, err)
			}
			signed, err := o.room.SignLine(owner, l.ID)
			if err != nil || signed.SignedBy != "owner" {
				t.Fatalf("%s: %+v, %v", l.Kind, signed, err)
			}
		}
		if _, cleared, err := o.room.LinesOf(o.admin, chen.ID); err != nil || !cleared {
			t.Errorf("clear %t, %v", cleared, err)
		}
	})
}

func TestAForgedStayOrDepartureGivesNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward := o.department("0301", "心血管内科")
		teacher, guest := o.person("10001", "陈雅琴", "Chen Yaqin"), o.of(staff.Visiting, "V001", "马莉")
		o.appoint(teacher, ward, "attending", 300)
		o.stay(staff.NewStay{Person: guest.ID, Kind: staff.Guest, Department: ward.ID, Sponsor: teacher.ID, Until: o.Clock.Now().Add(100 * day)})
		o.Behind("UPDATE staff_stay SET kind = 'joining' WHERE person = '" + guest.ID + "'")
		if _, err := o.actor(guest.ID); !errors.Is(err, db.ErrForged) {
			t.Errorf("a forged stay: %v", err)
		}
	})
}

func TestConflictingRolesAreNeverHeldTogether(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		it, wang := o.department("0901", "信息科"), o.person("10001", "王强", "Wang Qiang")
		first := o.appoint(wang, it, "dba", 30)
		for _, role := range []string{"auditor", "system-administrator", "network-administrator", "security-administrator"} {
			_, err := o.room.Appoint(o.admin, staff.NewAppointment{Person: wang.ID, Role: role, Department: it.ID, Since: first.Until.Add(-time.Hour), Until: first.Until.Add(time.Hour)})
			if fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s beside the database, for an hour: %v", role, err)
			}
		}
		after := staff.NewAppointment{Person: wang.ID, Role: "auditor", Department: it.ID, Since: first.Until, Until: first.Until.Add(day)}
		if _, err := o.room.Appoint(o.admin, after); err != nil {
			t.Errorf("one after the other: %v", err)
		}
		if _, err := o.room.Appoint(o.admin, staff.NewAppointment{Person: wang.ID, Role: "researcher", Department: it.ID, Until: first.Until}); err != nil {
			t.Errorf("what does not conflict: %v", err)
		}
	})
}
