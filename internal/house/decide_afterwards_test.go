package house_test

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/house/housetest"
)

// broughtIn is what became of uses that were handed in.
type broughtIn struct {
	Uses []struct {
		Event, ID, Taken, State, Decision string
		Rule                              struct{ ZH, EN string }
		Conditions                        []string
	}
	Account string
}

// outage is a request of a caller that had no answer in the hour before.
func outage(h *housetest.House, uses ...fields) fields {
	now := h.Time.Now()
	return fields{"sent": now, "outage": fields{"since": now.Add(-time.Hour), "until": now}, "uses": uses}
}

func useOf(h *housetest.House, event, number, action string, object fields) fields {
	return fields{
		"event": event, "at": h.Time.Now().Add(-10 * time.Minute), "person": fields{"number": number}, "action": action, "object": object,
		"place": fields{"ip": "127.0.0.1", "terminal": "ward-3", "strong": true, "stepped": true},
	}
}

func bringIn(machine *housetest.Caller, body fields) (all broughtIn) {
	machine.Must("POST", "/api/decide/afterwards", body, http.StatusOK, &all)
	return all
}

func TestWhatWasDoneWithoutAnAnswerIsJudgedByItsTime(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		source, machine := asker(t, h, "emr")
		s := setScene(t, h)
		h.Time.Advance(2 * time.Hour)
		number := numberOf(t, h, s.doctor.Who.Person)
		stranger := h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department })
		theirs := numberOf(t, h, stranger.Person)
		mine := fields{"kind": "document", "patient": s.number}
		emergency := useOf(h, "e-4", theirs, "open", mine)
		emergency["why"] = "夜间抢救"
		body := outage(h,
			useOf(h, "e-1", number, "open", mine), useOf(h, "e-2", theirs, "open", mine), useOf(h, "e-3", number, "print", mine), emergency,
			useOf(h, "e-5", "nobody", "open", mine), useOf(h, "e-6", number, "open", fields{"kind": "document", "patient": "M-NONE"}), useOf(h, "e-7", number, "devour", mine),
		)
		first := bringIn(machine, body)
		want := []string{"explained", "waiting", "waiting", "waiting", "waiting", "waiting", "waiting"}
		for i, u := range first.Uses {
			if u.Taken != "new" || u.State != want[i] || u.Rule.ZH == "" || u.Rule.EN == "" {
				t.Errorf("%s: %+v, want %s", u.Event, u, want[i])
			}
		}
		if first.Uses[0].Decision != "allow" || first.Uses[1].Decision != "break-glass" || !slices.Equal(first.Uses[4].Conditions, []string{"person"}) {
			t.Errorf("%+v", first.Uses)
		}
		entry := entryOf(t, h, first.Account)
		if entry.Verb != "decide.afterwards" || entry.Actor.ID != source || entry.Note["new"] != "7" || entry.Note["waiting"] != "6" {
			t.Errorf("%+v", entry)
		}

		h.Time.Advance(time.Minute)
		body["sent"] = h.Time.Now()
		again := bringIn(machine, body)
		for i, u := range again.Uses {
			if u.Taken != "known" || u.ID != first.Uses[i].ID || u.State != first.Uses[i].State {
				t.Errorf("handed in twice: %+v", u)
			}
		}
		other := bringIn(machine, outage(h, useOf(h, "e-1", theirs, "open", mine)))
		if u := other.Uses[0]; u.Taken != "reused" || u.ID != first.Uses[0].ID {
			t.Errorf("the same id for something else: %+v", u)
		}
		verifyClean(t, h)
	})
}

func TestATieThatCameLaterExplainsNothingThatWasDoneBefore(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, machine := asker(t, h, "emr")
		s := setScene(t, h)
		h.Time.Advance(time.Hour)
		stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))
		stranger.Must("POST", "/api/patients/"+s.patient+"/break-glass", fields{"choice": "emergency-consult", "words": "夜间急会诊", "hours": 1}, http.StatusCreated, nil)
		h.Time.Advance(15 * time.Minute)
		number, object := numberOf(t, h, stranger.Who.Person), fields{"kind": "document", "patient": s.patient}
		before, within := useOf(h, "before", number, "open", object), useOf(h, "within", number, "open", object)
		before["at"] = h.Time.Now().Add(-20 * time.Minute)
		all := bringIn(machine, outage(h, before, within))
		if all.Uses[0].State != "waiting" || all.Uses[1].State != "explained" {
			t.Errorf("%+v", all.Uses)
		}
		h.Time.Advance(3 * time.Hour)
		late := useOf(h, "late", number, "open", object)
		late["at"] = h.Time.Now().Add(-170 * time.Minute)
		wide := outage(h, late)
		wide["outage"] = fields{"since": h.Time.Now().Add(-4 * time.Hour), "until": h.Time.Now()}
		if all := bringIn(machine, wide); all.Uses[0].State != "explained" {
			t.Errorf("a broken glass that has ended since: %+v", all.Uses)
		}
	})
}

func TestWhatNothingExplainsIsSettledBySomebodyElseInTime(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, machine := asker(t, h, "emr")
		s := setScene(t, h)
		h.Time.Advance(2 * time.Hour)
		judge := h.Pick("medical-affairs", nil)
		object := fields{"kind": "document", "patient": s.patient}
		all := bringIn(machine, outage(h, useOf(h, "e-1", numberOf(t, h, judge.Person), "copy", object), useOf(h, "e-2", numberOf(t, h, h.Pick("technician", nil).Person), "copy", object)))
		affairs := h.SignIn(judge)
		affairs.Purpose = "management"
		var list struct {
			Items []struct {
				ID, Event, Source, Person string
				Said                      struct{ Action string }
			}
			Names map[string]struct{ Number string }
		}
		affairs.Must("GET", "/api/decide/uses", nil, http.StatusOK, &list)
		if len(list.Items) != 2 || list.Items[0].Source != "emr" || list.Items[0].Said.Action != "copy" || list.Names[list.Items[0].Person].Number == "" {
			t.Fatalf("%+v", list)
		}
		settle := fields{"outcome": "accepted", "words": "转科当时所需"}
		affairs.Refused("POST", "/api/decide/uses/"+all.Uses[0].ID+"/settle", settle, "act.refused")
		affairs.Must("POST", "/api/decide/uses/"+all.Uses[1].ID+"/settle", settle, http.StatusNoContent, nil)
		affairs.Refused("POST", "/api/decide/uses/"+all.Uses[1].ID+"/settle", settle, "decide.settled")
		h.SignIn(s.doctor.Who).Refused("GET", "/api/decide/uses", nil, "act.refused")
		affairs.Must("GET", "/api/decide/uses?state=accepted", nil, http.StatusOK, &list)
		if len(list.Items) != 1 {
			t.Errorf("%+v", list)
		}
		if settled(t, h) != evidence.Met {
			t.Error("what waits for a moment is no failure yet")
		}
		h.Time.Advance(11 * 24 * time.Hour)
		if settled(t, h) != evidence.NotMet {
			t.Error("what nobody has settled in eleven days shows nowhere")
		}
		watcher := h.SignIn(h.Pick("discipline", nil))
		watcher.Purpose = "supervision"
		watcher.Must("POST", "/api/decide/uses/"+all.Uses[0].ID+"/settle", fields{"outcome": "raised", "words": "无工作需要"}, http.StatusNoContent, nil)
		if settled(t, h) != evidence.Met {
			t.Error("all is settled")
		}
		verifyClean(t, h)
	})
}

func settled(t *testing.T, h *housetest.House) evidence.Verdict {
	t.Helper()
	for _, check := range h.Decisions.Checks() {
		if check.ID == "decide.uses-settled" {
			return check.Ask(t.Context()).Verdict
		}
	}
	t.Fatal("no such check")
	return ""
}

func TestAClockThatIsOffAndTimesThatCannotBeAreRefused(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		_, machine := asker(t, h, "emr")
		s := setScene(t, h)
		one := useOf(h, "e-1", numberOf(t, h, s.doctor.Who.Person), "open", fields{"kind": "patient", "patient": s.patient})
		body := outage(h, one)
		body["sent"] = h.Time.Now().Add(-3 * time.Minute)
		machine.Refused("POST", "/api/decide/afterwards", body, "decide.clock")
		for path, change := range map[string]func(body, use fields){
			"uses[0].at":    func(_, use fields) { use["at"] = h.Time.Now().Add(-2 * time.Hour) },
			"outage.until":  func(body, _ fields) { body["outage"].(fields)["until"] = h.Time.Now().Add(time.Hour) },
			"outage.since":  func(body, _ fields) { body["outage"].(fields)["since"] = h.Time.Now().AddDate(0, 0, -32) },
			"uses[1].event": func(body, use fields) { body["uses"] = []fields{use, use} },
		} {
			use := useOf(h, "e-1", "10001", "open", fields{"kind": "patient", "patient": s.patient})
			body := outage(h, use)
			change(body, use)
			p := machine.Refused("POST", "/api/decide/afterwards", body, "decide.input")
			if len(p.Fields) == 0 || p.Fields[0].Path != path {
				t.Errorf("%s: %+v", path, p.Fields)
			}
		}
		many := make([]fields, 51)
		for i := range many {
			many[i] = useOf(h, "e-"+strconv.Itoa(i), "10001", "open", fields{"kind": "patient", "patient": s.patient})
		}
		if status, answer := machine.Ask("POST", "/api/decide/afterwards", outage(h, many...)); status != http.StatusUnprocessableEntity {
			t.Errorf("51 uses: %d %s", status, answer)
		}
		full := bringIn(machine, outage(h, many[:50]...))
		if len(full.Uses) != 50 {
			t.Errorf("%d of 50 uses", len(full.Uses))
		}
	})
}
