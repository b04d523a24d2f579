package recipient_test

import (
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/kit/sm"
)

func certified(s *system) *x509.CertPool {
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return roots
}

func errorFields(err error) any { return fault.From(err).Fields }

func confirming(body []byte) string {
	sum := sm.Sum(body)
	return `{"outcome":"confirmed","digest":"` + hex.EncodeToString(sum[:]) + `"}`
}

func TestASystemIsToldOfASealSignedAndConfirmsIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patient, s := o.bring("李四"), o.system()
		o.seal("seal-before", patient)
		o.Clock.Advance(2 * time.Minute)
		x := o.live(s.writing(o))
		secret, err := o.room.IssueSecret(o.as("sys"), x.ID)
		if err != nil {
			t.Fatal(err)
		}
		o.follow()
		if len(s.got) != 1 {
			t.Fatalf("who begins to listen was told %d times what was so already", len(s.got))
		}
		o.Clock.Advance(2 * time.Minute)
		o.seal("seal-1", patient)
		o.follow()
		o.follow()
		if len(s.got) != 2 {
			t.Fatalf("told %d times", len(s.got))
		}
		got := s.got[1]
		var said struct{ Event, Subject, State, Kind, Patient string }
		if err := json.Unmarshal(got.body, &said); err != nil || said.Event != "seal" || said.Subject != "seal-1" || said.State != "sealed" || said.Kind != "attention" || said.Patient != patient {
			t.Errorf("%s %v", got.body, err)
		}
		seconds, _ := strconv.ParseInt(got.header.Get("Medward-Time"), 10, 64)
		sequence, _ := strconv.Atoi(got.header.Get("Medward-Sequence"))
		signed := recipient.SignedText(got.header.Get("Medward-Notice"), sequence, time.Unix(seconds, 0), got.header.Get("Medward-Nonce"), got.body)
		if got.header.Get("Medward-Signature") != recipient.Signature(secret, signed) {
			t.Error("the signature is not over what came")
		}
		if told := o.told("seal-1"); len(told) != 1 || told[0].State != recipient.Confirmed || told[0].Told != "sealed" {
			t.Errorf("%+v", told)
		}
		seen, err := o.room.View(o.as("auditor"), x.ID)
		if err != nil || len(seen.Sendings) != 2 || seen.Sendings[0].Receipts[0].Outcome != recipient.Matched {
			t.Errorf("%+v %v", seen.Sendings, err)
		}
		o.Clock.Advance(time.Minute)
		o.lift("seal-1")
		o.follow()
		if told := o.told("seal-1"); len(told) != 2 || told[0].Told != "lifted" {
			t.Errorf("%+v", told)
		}
	})
}

func TestASystemThatWasDownIsToldWhatIsSoWhenItIsBack(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patient, s := o.bring("李四"), o.system()
		x := o.live(s.writing(o))
		o.follow()
		s.down = true
		o.Clock.Advance(time.Minute)
		o.seal("seal-1", patient)
		o.follow()
		if o.tasks(recipient.Unanswered, x.ID) != 0 {
			t.Error("one failure alarmed already")
		}
		for range 14 {
			o.Clock.Advance(time.Hour)
			o.follow()
		}
		if told := o.told("seal-1"); len(told) != 1 || told[0].State != recipient.Failed || o.tasks(recipient.Unanswered, x.ID) != 1 {
			t.Fatalf("%+v", told)
		}
		o.lift("seal-1")
		s.down = false
		o.follow()
		for _, n := range o.told("seal-1") {
			if n.State != recipient.Confirmed || n.Told != "lifted" {
				t.Errorf("%+v", n)
			}
		}
		for _, got := range s.got {
			var said struct{ State string }
			if err := json.Unmarshal(got.body, &said); err != nil || said.State != "lifted" {
				t.Errorf("it was told what is over: %s", got.body)
			}
		}
		if o.tasks(recipient.Unanswered, x.ID) != 0 {
			t.Error("the owner is still asked")
		}
	})
}

func TestWhatFailedIsTriedAgainByItself(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patient, s := o.bring("李四"), o.system()
		o.live(s.writing(o))
		o.follow()
		s.down = true
		o.Clock.Advance(time.Minute)
		o.seal("seal-1", patient)
		for range 14 {
			o.follow()
			o.Clock.Advance(time.Hour)
		}
		s.down = false
		o.tick()
		o.follow()
		if told := o.told("seal-1"); told[0].State != recipient.Confirmed {
			t.Errorf("%+v", told)
		}
	})
}

func TestASystemMaySayThatItCannot(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patient, s := o.bring("李四"), o.system()
		o.live(s.writing(o))
		o.follow()
		s.answer = func(*http.Request, []byte) string { return `{"outcome":"unsupported"}` }
		o.Clock.Advance(time.Minute)
		o.seal("seal-1", patient)
		o.follow()
		if told := o.told("seal-1"); len(told) != 1 || told[0].State != recipient.Unsupported {
			t.Errorf("%+v", told)
		}
		s.answer = func(*http.Request, []byte) string { return confirming([]byte("something else")) }
		o.seal("seal-2", patient)
		o.follow()
		told := o.told("seal-2")
		if len(told) != 1 || told[0].State != recipient.Failed || o.tasks(recipient.Recall, told[0].Sending) != 1 {
			t.Errorf("another digest was taken for a receipt: %+v", told)
		}
		s.answer = func(*http.Request, []byte) string { return `hello` }
		o.seal("seal-3", patient)
		o.follow()
		if told := o.told("seal-3"); len(told) != 1 || told[0].State != recipient.Waiting || told[0].Failure != "recipient.answer" {
			t.Errorf("%+v", told)
		}
	})
}

func TestAnEndedRightIsToldByStaffNumber(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.system()
		o.live(s.writing(o))
		o.follow()
		now := o.Clock.Now().UnixMicro()
		o.Behind("INSERT INTO access_ending (org, id, act, kind, subject, person, patient, by_person, asked, due, state, remains, trials, mac) VALUES ('org-mingzhou', 'end-1', 'a', 'grant', 'g', $1, '', 'x', $2, $3, 'ending', '', '[]', $4)",
			o.people["wang"], now, now, []byte("m"))
		o.follow()
		var said struct{ Event, Kind, State, Person string }
		if len(s.got) != 1 {
			t.Fatalf("told %d times", len(s.got))
		}
		if err := json.Unmarshal(s.got[0].body, &said); err != nil || said.Event != "ending" || said.Kind != "grant" || said.State != "ended" || said.Person != "N-wang" {
			t.Errorf("%s %v", s.got[0].body, err)
		}
	})
}
