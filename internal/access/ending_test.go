package access_test

import (
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/staff"
)

// follow lets a process look at what was ordered, as it does every second.
func (h *hospital) follow(rooms ...*access.Room) {
	h.T.Helper()
	if err := h.Ledger.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
	for _, room := range rooms {
		if err := room.FollowEnds(h.T.Context()); err != nil {
			h.T.Fatal(err)
		}
	}
}

func (h *hospital) orders(who string) []access.EndingSeen {
	h.T.Helper()
	page, err := h.room.Endings(h.as(who), "", "", 50)
	if err != nil {
		h.T.Fatal(err)
	}
	return page.Items
}

// beside is a second process at the same store.
func (h *hospital) beside() *access.Room {
	return access.New(access.Options{
		Door: h.Door, Rules: h.rules, Patients: h.patients, Duty: h.duty, Vault: h.Vault, Jobs: job.NewRunner(h.Store, h.Time, nil), Ledger: h.Ledger, Org: acttest.Org,
	})
}

func TestEveryEndIsTriedInEveryProcess(t *testing.T) {
	for kind, end := range map[string]func(t *testing.T, h *hospital) (subject, person string){
		access.EndOfGrant: func(t *testing.T, h *hospital) (string, string) {
			q := h.approve("wang", h.apply("zhao"))
			if _, err := h.room.Revoke(h.as("wang"), q.Grant); err != nil {
				t.Fatal(err)
			}
			return q.Grant, h.id("zhao")
		},
		access.EndOfReason: func(t *testing.T, h *hospital) (string, string) {
			given := h.state("sun")
			if err := h.room.Withdraw(h.as("affairs"), given.ID); err != nil {
				t.Fatal(err)
			}
			return given.ID, h.id("sun")
		},
		access.EndOfGlass: func(t *testing.T, h *hospital) (string, string) {
			given := h.glass("zhao", 2)
			if err := h.room.Withdraw(h.as("zhao"), given.ID); err != nil {
				t.Fatal(err)
			}
			return given.ID, h.id("zhao")
		},
		access.EndOfPost: func(t *testing.T, h *hospital) (string, string) {
			who, err := h.staff.ViewPerson(h.as("safe"), h.id("zhao"))
			if err != nil {
				t.Fatal(err)
			}
			post := who.Appointments[0].ID
			if _, err := h.staff.EndAppointment(h.as("safe"), post); err != nil {
				t.Fatal(err)
			}
			return post, h.id("zhao")
		},
		access.EndOfTurn: func(t *testing.T, h *hospital) (string, string) {
			turn, err := h.duty.PutOnRoster(h.as("affairs"), duty.NewTurn{Kind: duty.HeadOf, Dept: h.place("heart"), Person: h.id("qian"), Until: h.Clock.Now().Add(24 * time.Hour)})
			if err == nil {
				err = h.duty.EndTurn(h.as("affairs"), turn.ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			return turn.ID, h.id("qian")
		},
	} {
		t.Run(kind, func(t *testing.T) {
			staffed(t, func(t *testing.T, h *hospital) {
				other := h.beside()
				h.follow(h.room, other)
				subject, person := end(t, h)
				h.follow(h.room)
				found := h.orders("affairs")
				if len(found) != 1 || found[0].Kind != kind || found[0].Subject != subject || found[0].Person != person || found[0].Due != found[0].Asked {
					t.Fatalf("%+v", found)
				}
				if found[0].State != access.Ending || len(found[0].Trials) != 1 || len(found[0].Alive) != 2 {
					t.Errorf("one of two processes has tried it: %+v", found[0])
				}
				h.follow(other, h.room)
				if found := h.orders("affairs"); len(found) != 1 || found[0].State != access.Ended || len(found[0].Trials) != 2 || found[0].Settled.IsZero() {
					t.Errorf("%+v", found)
				}
				if e := h.Last(); e.Verb != "access.clock" && e.Verb != "access.see-grants" {
					t.Errorf("%+v", e)
				}
				if mine := h.orders("quality"); len(mine) != 0 {
					t.Errorf("an order that does not concern one is shown: %+v", mine)
				}
			})
		})
	}
}

func TestAnEndThatDoesNotHoldTurnsRed(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		var alarms []string
		h.alarmed = func(what string) { alarms = append(alarms, what) }
		given := h.glass("zhao", 4)
		h.Behind("CREATE TABLE kept AS SELECT * FROM access_reason")
		if err := h.room.Withdraw(h.as("affairs"), given.ID); err != nil {
			t.Fatal(err)
		}
		// The row as it was has a code that is right.
		h.Behind("DELETE FROM access_reason")
		h.Behind("INSERT INTO access_reason SELECT * FROM kept")
		h.follow(h.room)
		if found := h.orders("affairs"); len(found) != 1 || found[0].State != access.Ending {
			t.Fatalf("a right may be found open for moments: %+v", found)
		}
		h.Clock.Advance(11 * time.Second)
		h.follow(h.room)
		found := h.orders("affairs")
		if len(found) != 1 || found[0].State != access.Failed || !slices.Contains(found[0].Trials[0].Open, access.OpenRules) {
			t.Fatalf("%+v", found)
		}
		if len(alarms) != 1 || h.waits("safe", access.EndFailed) != 1 {
			t.Errorf("alarms %v, tasks %d", alarms, h.waits("safe", access.EndFailed))
		}
		if got := h.verdict("access.ends-in-every-process"); got != "not-met" {
			t.Errorf("%s", got)
		}
		h.follow(h.room)
		if len(alarms) != 1 {
			t.Errorf("it is alarmed again and again: %v", alarms)
		}
	})
}

// stubborn is a break-glass whose withdrawal was undone behind the house.
func (h *hospital) stubborn(given access.Reason) {
	h.T.Helper()
	h.Behind("CREATE TABLE kept AS SELECT * FROM access_reason")
	if err := h.room.Withdraw(h.as("affairs"), given.ID); err != nil {
		h.T.Fatal(err)
	}
	h.Behind("DELETE FROM access_reason")
	h.Behind("INSERT INTO access_reason SELECT * FROM kept")
}

// tryNext lets the clock come to the next trial of the newest order, and it is tried.
func (h *hospital) tryNext(rooms ...*access.Room) access.EndingSeen {
	h.T.Helper()
	next := h.orders("affairs")[0].Again.Next
	h.Clock.Advance(next.Sub(h.Clock.Now()))
	h.tick()
	h.follow(rooms...)
	return h.orders("affairs")[0]
}

func TestAnEndThatFailedIsTriedAgainAfterGrowingPauses(t *testing.T) {
	grown := []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 8 * time.Hour}
	for name, c := range map[string]struct {
		give  func(h *hospital) access.Reason
		state string // of the retry in the end
		waits map[*duty.Kind]int
	}{
		"that ran out meanwhile": {func(h *hospital) access.Reason { return h.glass("zhao", 8) }, access.RetryHeld, map[*duty.Kind]int{access.EndFailed: 0, access.EndGivenUp: 0}},
		"that goes on":           {func(h *hospital) access.Reason { return h.state("sun") }, access.RetryGivenUp, map[*duty.Kind]int{access.EndFailed: 1, access.EndGivenUp: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			staffed(t, func(t *testing.T, h *hospital) {
				h.alarmed = func(string) {}
				h.stubborn(c.give(h))
				h.Clock.Advance(11 * time.Second)
				h.follow(h.room)
				var pauses []time.Duration
				found := h.orders("affairs")[0]
				for ; !found.Again.Next.IsZero(); found = h.tryNext(h.room) {
					if found.State != access.Failed {
						t.Fatalf("%+v", found)
					}
					pauses = append(pauses, found.Again.Next.Sub(h.Clock.Now()))
				}
				if !slices.Equal(pauses, grown) || found.Again.State != c.state || found.Again.Tries != len(grown) || (found.State == access.Ended) != (c.state == access.RetryHeld) {
					t.Errorf("%v %+v", pauses, found)
				}
				for kind, want := range c.waits {
					who := map[*duty.Kind]string{access.EndFailed: "safe", access.EndGivenUp: "affairs"}[kind]
					if got := h.waits(who, kind); got != want {
						t.Errorf("%s waits for %d of %s, want %d", who, got, kind.ID, want)
					}
				}
			})
		})
	}
}

func TestAProcessLooksBackToWhereTheHouseHadStopped(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.follow(h.room)
		h.Clock.Advance(10 * time.Second)
		h.follow(h.room)
		given := h.glass("zhao", 2)
		if err := h.room.Withdraw(h.as("zhao"), given.ID); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(3*24*time.Hour + 5*time.Hour)
		late := h.beside()
		for range 14 {
			h.follow(late)
		}
		found := h.orders("affairs")
		if len(found) != 1 || found[0].Subject != given.ID || found[0].State != access.Ended || found[0].Due.After(found[0].Settled.Add(-3*24*time.Hour)) {
			t.Errorf("%+v", found)
		}
	})
}

func TestHowFarAProcessLooksBackIsBounded(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		var alarms []string
		h.alarmed = func(what string) { alarms = append(alarms, what) }
		first := h.beside()
		h.follow(first)
		h.Clock.Advance(10 * time.Second)
		h.follow(first)
		given := h.glass("zhao", 2)
		if err := h.room.Withdraw(h.as("zhao"), given.ID); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(31 * 24 * time.Hour)
		for range 30*4 + 2 {
			h.follow(h.room)
		}
		if found := h.orders("affairs"); len(found) != 0 || len(alarms) != 1 {
			t.Errorf("%+v, alarms %v", found, alarms)
		}
	})
}

func TestAProcessThatIsGoneIsNotWaitedFor(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		gone := h.beside()
		h.follow(h.room, gone)
		given := h.state("sun")
		if err := h.room.Withdraw(h.as("sun"), given.ID); err != nil {
			t.Fatal(err)
		}
		h.follow(h.room)
		if found := h.orders("sun"); len(found) != 1 || found[0].State != access.Ending {
			t.Fatalf("%+v", found)
		}
		h.Clock.Advance(31 * time.Second)
		h.follow(h.room)
		if found := h.orders("sun"); found[0].State != access.Ended || len(found[0].Trials) != 1 {
			t.Errorf("%+v", found)
		}
	})
}

func TestOpenPagesAreToldOfWhatEnds(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		told, leave := h.room.Listen(h.id("zhao"))
		defer leave()
		others, leaveThem := h.room.Listen(h.id("qian"))
		defer leaveThem()
		h.follow(h.room)
		heard := func(why, kind string) {
			t.Helper()
			select {
			case what := <-told:
				if what.Kind != kind || what.Patient != h.patient {
					t.Errorf("%s: %+v", why, what)
				}
			default:
				t.Errorf("%s: nothing is told", why)
			}
			select {
			case what := <-told:
				t.Errorf("%s: told twice: %+v", why, what)
			case what := <-others:
				t.Errorf("%s: somebody else is told: %+v", why, what)
			default:
			}
		}
		q := h.approve("wang", h.apply("zhao"))
		if _, err := h.room.Revoke(h.as("wang"), q.Grant); err != nil {
			t.Fatal(err)
		}
		h.follow(h.room)
		heard("revoked", access.EndOfGrant)
		h.approve("wang", h.apply("zhao"))
		h.Clock.Advance(48*time.Hour - time.Second)
		h.follow(h.room)
		h.Clock.Advance(time.Second)
		h.follow(h.room)
		heard("run out", access.EndOfGrant)
		given := h.glass("zhao", 1)
		h.Clock.Advance(time.Hour)
		h.follow(h.room)
		if heard("the break-glass ran out", access.EndOfGlass); given.Until.After(h.Clock.Now()) {
			t.Error("told before its time")
		}
	})
}

func TestAProcessThatComesLateTellsItsPagesOfWhatAnotherSettled(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		given := h.glass("zhao", 2)
		if err := h.room.Withdraw(h.as("zhao"), given.ID); err != nil {
			t.Fatal(err)
		}
		h.follow(h.room, h.room)
		late := h.beside()
		told, leave := late.Listen(h.id("zhao"))
		defer leave()
		h.follow(late)
		select {
		case what := <-told:
			if what.Kind != access.EndOfGlass || what.Patient != h.patient {
				t.Errorf("%+v", what)
			}
		default:
			t.Error("nothing is told")
		}
	})
}

func TestRulesThatWereTakenBackAreTriedWhereTheyWereNot(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		other := h.beside()
		h.follow(h.room, other)
		h.date(h.agreed(noReasons), access.Dating{})
		if _, err := h.room.RollBack(h.as("safe"), "误伤夜班"); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(time.Second)
		h.follow(h.room, other)
		found := h.orders("affairs")
		if len(found) != 1 || found[0].Kind != access.EndOfRelease || found[0].State != access.Ending || len(found[0].Trials) != 1 {
			t.Fatalf("the other process has not looked for the turn yet: %+v", found)
		}
		if err := other.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.follow(other)
		if found := h.orders("affairs"); found[0].State != access.Ended || len(found[0].Trials) != 2 {
			t.Errorf("%+v", found)
		}
	})
}

func TestAPostThatEndsLaterIsTriedAtItsTime(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		at := h.Clock.Now().Add(2 * time.Hour)
		if _, err := h.staff.Leave(h.as("safe"), staff.NewDeparture{Person: h.id("zhao"), Kind: staff.Resigned, At: at}); err != nil {
			t.Fatal(err)
		}
		h.follow(h.room)
		if found := h.orders("affairs"); len(found) != 1 || found[0].State != access.Ending || !found[0].Due.Equal(at) || len(found[0].Trials) != 0 {
			t.Fatalf("%+v", found)
		}
		h.Clock.Advance(2 * time.Hour)
		h.follow(h.room)
		if found := h.orders("affairs"); found[0].State != access.Ended {
			t.Errorf("%+v", found)
		}
	})
}
