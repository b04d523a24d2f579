package accesslog

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// summary is what the lines of one person, patient, hour and verdict have in common. Who
// is not known stands under the name that the source gives.
type summary struct {
	person, account string
	patient, number string
	hour            time.Time
	verdict         string
	tie, unmet      string
}

// summarise turns the lines of a step into rows, one to an hour, and counts them.
func (m *matching) summarise(s *stretch) error {
	type drawn struct {
		row  Reported
		said Told
	}
	of := map[summary]*drawn{}
	var order []summary
	for _, e := range s.events {
		m.run.Tally.count(e.judged.verdict)
		m.health.note(&m.run, e)
		k := summary{
			person: e.person, patient: e.patient, hour: hourOf(e.At), verdict: e.judged.verdict, tie: e.judged.tie, unmet: strings.Join(e.judged.unmet, " "),
		}
		if e.person == "" {
			k.account = e.Account + "\x00" + e.Staff
		}
		if e.patient == "" {
			k.number = e.Patient
		}
		d := of[k]
		if d == nil {
			d = &drawn{row: Reported{
				Org: m.run.Org, ID: s.idOf(m.run, k, m.seen.key), Source: m.run.Source, Run: m.run.ID, Step: s.step, Person: e.person, Department: e.judged.department,
				Patient: e.patient, Hour: k.hour, First: e.At, Last: e.At, Verdict: k.verdict, Tie: k.tie, Unmet: e.judged.unmet, Line: e.line,
			}}
			of[k] = d
			order = append(order, k)
		}
		d.row.First, d.row.Last = earlier(d.row.First, e.At), later(d.row.Last, e.At)
		d.row.count(e.Action)
		d.said.note(e.Event)
	}
	for _, k := range order {
		d := of[k]
		text, err := json.Marshal(d.said)
		if err != nil {
			return err
		}
		if d.row.Told, err = m.key.Seal(toldPlace(d.row.ID), text); err != nil {
			return err
		}
		s.rows = append(s.rows, d.row)
	}
	return nil
}

// idOf is the same whenever the step is tried again, and tells nothing.
func (s *stretch) idOf(run Run, k summary, key []byte) string {
	parts := []string{run.ID, strconv.Itoa(s.step), k.person, k.account, k.patient, k.number, k.hour.Format(time.RFC3339), k.verdict, k.tie, k.unmet}
	return hex.EncodeToString(sm.HMAC(key, []byte(strings.Join(parts, "\x01")))[:13])
}

func toldPlace(event string) vault.Place {
	return vault.Place{Kind: "Reported", Object: event, Field: "told"}
}

func (t *Told) note(e Event) {
	if t.Account == "" {
		t.Account, t.Staff, t.Patient = e.Account, e.Staff, e.Patient
	}
	for list, value := range map[*[]string]string{&t.Documents: e.Document, &t.Terminals: e.Terminal, &t.IPs: e.IP} {
		if value != "" && len(*list) < maxTold && !slices.Contains(*list, value) {
			*list = append(*list, value)
		}
	}
}
