package house_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/house/housetest"
)

// linked is a link as a source gets it.
type linked struct {
	URL     string
	Until   time.Time
	Account string
}

// launcher is a foreign system that may ask for links.
func launcher(t *testing.T, h *housetest.House) (source string, machine *housetest.Caller) {
	t.Helper()
	id, key := connected(t, h, "emr", "launches")
	machine = h.Nobody()
	machine.Token = key
	return id, machine
}

func launch(t *testing.T, machine *housetest.Caller, number, patient string) (secret string, link linked) {
	t.Helper()
	machine.Must("POST", "/api/launch", fields{"person": fields{"number": number}, "patient": patient, "purpose": "care"}, http.StatusCreated, &link)
	before, secret, found := strings.Cut(link.URL, "#")
	if !found || !strings.HasSuffix(before, "/launch") || strings.Contains(link.URL, patient) {
		t.Fatalf("%s", link.URL)
	}
	return secret, link
}

func TestALinkLeadsItsPersonOnceAndInTime(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		source, machine := launcher(t, h)
		s := setScene(t, h)
		number := numberOf(t, h, s.doctor.Who.Person)
		secret, link := launch(t, machine, number, s.number)
		if life := link.Until.Sub(h.Time.Now()); life > time.Minute {
			t.Errorf("a link that is good for %s", life)
		}
		if e := entryOf(t, h, link.Account); e.Verb != "decide.launch" || e.Actor.ID != source {
			t.Errorf("%+v", e)
		}
		nobody := h.Nobody()
		var opened struct{ Claim string }
		nobody.Must("POST", "/api/launch/open", fields{"link": secret}, http.StatusOK, &opened)
		nobody.Refused("POST", "/api/launch/open", fields{"link": secret}, "decide.launch-spent")
		nobody.Refused("POST", "/api/launch/land", fields{"claim": opened.Claim}, "act.nobody")

		other := h.SignIn(h.Pick("nurse", nil))
		p := other.Refused("POST", "/api/launch/land", fields{"claim": opened.Claim}, "act.refused")
		if len(p.Extra.Conditions) == 0 || !strings.Contains(p.Detail, "他人") {
			t.Errorf("not told why: %+v", p)
		}
		s.doctor.Refused("POST", "/api/launch/land", fields{"claim": secret}, "decide.launch")
		var landing struct {
			Patient, Purpose string
			Source           struct{ ZH string }
		}
		s.doctor.Must("POST", "/api/launch/land", fields{"claim": opened.Claim}, http.StatusOK, &landing)
		if landing.Patient != s.patient || landing.Purpose != "care" || landing.Source.ZH == "" {
			t.Errorf("%+v", landing)
		}
		s.doctor.Refused("POST", "/api/launch/land", fields{"claim": opened.Claim}, "decide.launch-spent")
		s.doctor.Must("GET", "/api/patients/"+landing.Patient, nil, http.StatusOK, nil)

		late, _ := launch(t, machine, number, s.patient)
		h.Time.Advance(time.Minute)
		nobody.Refused("POST", "/api/launch/open", fields{"link": late}, "decide.launch-late")
		slow, _ := launch(t, machine, number, s.patient)
		nobody.Must("POST", "/api/launch/open", fields{"link": slow}, http.StatusOK, &opened)
		h.Time.Advance(5 * time.Minute)
		s.doctor.Refused("POST", "/api/launch/land", fields{"claim": opened.Claim}, "decide.launch-late")

		counts := map[string]int{}
		if err := h.Ledger.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, e := range entriesOf(t, h, "decide.open-launch", "decide.land") {
			counts[e.Verb+" "+e.Outcome+" "+e.Note["in-vain"]]++
		}
		for what, want := range map[string]int{
			"decide.open-launch done ": 2, "decide.open-launch done decide.launch-spent": 1, "decide.open-launch done decide.launch-late": 1,
			"decide.land done ": 1, "decide.land refused ": 1, "decide.land done decide.launch-spent": 1, "decide.land done decide.launch-late": 1,
		} {
			if counts[what] != want {
				t.Errorf("%q stands %d times on the account, want %d; all: %v", what, counts[what], want, counts)
			}
		}
		for _, check := range h.Decisions.Checks() {
			if f := check.Ask(t.Context()); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", check.ID, f)
			}
		}
		verifyClean(t, h)
	})
}

func TestALinkTellsItsSourceNothingAndOpensNothing(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		id, machine := launcher(t, h)
		s := setScene(t, h)
		stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))
		number := numberOf(t, h, stranger.Who.Person)
		for _, patient := range []string{s.patient, "M-NONE"} {
			secret, _ := launch(t, machine, number, patient)
			var opened struct{ Claim string }
			h.Nobody().Must("POST", "/api/launch/open", fields{"link": secret}, http.StatusOK, &opened)
			var landing struct{ Patient string }
			stranger.Must("POST", "/api/launch/land", fields{"claim": opened.Claim}, http.StatusOK, &landing)
			if p := stranger.Refused("GET", "/api/patients/"+landing.Patient, nil, "act.refused"); p.Extra.Way != "break-glass" {
				t.Errorf("%s: %+v", patient, p)
			}
		}
		machine.Refused("POST", "/api/launch", fields{"person": fields{"number": "nobody"}, "patient": s.patient}, "decide.launch-nobody")
		machine.Refused("POST", "/api/launch", fields{"person": fields{"number": number}, "patient": s.patient, "purpose": "curiosity"}, "decide.input")
		s.doctor.Refused("POST", "/api/launch", fields{"person": fields{"number": number}, "patient": s.patient}, "act.refused")
		h.Nobody().Refused("POST", "/api/launch/open", fields{"link": "nonsense"}, "decide.launch")

		secret, _ := launch(t, machine, number, s.patient)
		h.Nobody().Refused("POST", "/api/launch/open", fields{"link": secret[:len(secret)-43] + strings.Repeat("A", 43)}, "decide.launch")
		h.SignIn(h.Pick("system-administrator", nil)).Must("POST", "/api/sources/"+id+"/suspend", fields{"words": "停机"}, http.StatusOK, nil)
		h.Nobody().Refused("POST", "/api/launch/open", fields{"link": secret}, "decide.launch")
		_, key := connected(t, h, "lis", "results")
		machine.Token = key
		machine.Refused("POST", "/api/launch", fields{"person": fields{"number": number}, "patient": s.patient}, "source.path")
	})
}

// followed is an entry about a link that was followed.
type followed struct {
	Verb, Outcome string
	Note          map[string]string
}

func entriesOf(t *testing.T, h *housetest.House, verbs ...string) (all []followed) {
	t.Helper()
	auditor := h.SignIn(h.Pick("auditor", nil))
	var page struct {
		Items []struct{ ID, Verb string }
		Next  string
	}
	for cursor, more := "", true; more; cursor, more = page.Next, page.Next != "" {
		page.Items, page.Next = nil, ""
		auditor.Must("GET", "/api/ledger?limit=200&cursor="+cursor, nil, http.StatusOK, &page)
		for _, line := range page.Items {
			if !slices.Contains(verbs, line.Verb) {
				continue
			}
			var seen struct{ Entry followed }
			auditor.Must("GET", "/api/ledger/entries/"+line.ID, nil, http.StatusOK, &seen)
			all = append(all, seen.Entry)
		}
	}
	return all
}
