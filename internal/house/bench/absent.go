package bench

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/house"
)

// guesses is how often each kind of thing is asked for, there and not there. By
// chance alone the figure strays by 0.0065 (one standard deviation).
const guesses = 4000

// measureAbsent measures whether the time of a no tells what exists: somebody who may
// open neither asks in turn for what is there and for what is not, over HTTPS. The
// figure is how often he is right who takes the slower of two answers for either.
func measureAbsent(ctx context.Context, b *bench) error {
	asked, err := b.strangers(ctx)
	if err != nil {
		return err
	}
	if err := b.tell(ctx, asked, "absent", "无权与不存在的答复时间可分辨度", "a no to what exists told from a no to what does not, by time"); err != nil {
		return err
	}
	if err := b.reopen(ctx, 0); err != nil {
		return err
	}
	err = b.tell(ctx, asked, "absent_at_once", "（不按整步答复时）", "without even steps")
	return errors.Join(err, b.reopen(ctx, house.EvenStep))
}

// hidden is what a stranger asks for: by its place in a request, of things that exist
// and that he may not open.
type hidden struct {
	kind   string
	zh     string
	method string
	path   string
	body   string
	ids    []string
	asker  string // person
}

// strangers finds things that exist, and somebody who may not open them.
func (b *bench) strangers(ctx context.Context) ([]hidden, error) {
	doctors, err := b.doctors(ctx)
	if err != nil {
		return nil, err
	}
	asker := doctors[0]
	all := []hidden{
		{kind: "document", zh: "文书", method: http.MethodGet, path: "/api/documents/%s"},
		{kind: "patient", zh: "患者", method: http.MethodGet, path: "/api/patients/%s"},
		{kind: "encounter", zh: "就诊", method: http.MethodPost, path: "/api/encounters/%s/discharge", body: "{}"},
		{kind: "staff", zh: "人员", method: http.MethodGet, path: "/api/persons/%s/qualifications"},
		{kind: "sealed", zh: "封存文书", method: http.MethodGet, path: "/api/documents/%s"},
	}
	err = b.house.Tending(ctx, func() error {
		for _, d := range doctors[1:] {
			as := act.With(ctx, d.actor)
			all[3].ids = append(all[3].ids, d.person)
			for _, p := range d.patients {
				if slices.Contains(asker.patients, p) {
					continue
				}
				if err := b.about(as, p, asker, all); err != nil {
					return err
				}
			}
		}
		return nil
	})
	for i := range all {
		all[i].asker = asker.person
	}
	return all, err
}

// about gathers what belongs to a patient, and puts every other document under seal.
func (b *bench) about(as context.Context, patientID string, asker doctor, all []hidden) error {
	all[1].ids = append(all[1].ids, patientID)
	seen, err := b.house.Patients.View(as, patientID)
	if err != nil {
		return err
	}
	for _, e := range seen.Encounters {
		all[2].ids = append(all[2].ids, e.ID)
	}
	lines, err := b.house.Records.List(as, patientID, "", 20)
	if err != nil {
		return err
	}
	for i, line := range lines.Items {
		if i%2 == 0 {
			all[0].ids = append(all[0].ids, line.ID)
			continue
		}
		if err := b.seal(as, asker, line.ID); err != nil {
			return err
		}
		all[4].ids = append(all[4].ids, line.ID)
	}
	return nil
}

// seal puts a document under seal, as the office does that answers for it.
func (b *bench) seal(ctx context.Context, like doctor, document string) error {
	office := like.actor
	office.ID, office.Roles, office.Departments, office.Purpose = "bench-affairs", []string{"medical-affairs"}, nil, "legal"
	return b.house.Records.Seal(act.With(ctx, office), document, "dispute")
}

// reopen opens the house again with another step between its noes.
func (b *bench) reopen(ctx context.Context, step time.Duration) error {
	b.config.Step = step
	if err := b.house.Close(); err != nil {
		return err
	}
	opened, err := house.Open(ctx, b.config)
	b.house = opened
	return err
}

func (b *bench) tell(ctx context.Context, asked []hidden, name, zh, en string) error {
	return b.served(ctx, func(ctx context.Context, address string) error {
		trust, err := b.trust()
		if err != nil {
			return err
		}
		in, err := b.house.Identity.SignInAs(ctx, asked[0].asker)
		if err != nil {
			return err
		}
		told, errs := make([]float64, len(asked)), make([]error, len(asked))
		var asking sync.WaitGroup
		for i, h := range asked {
			asking.Go(func() { told[i], errs[i] = h.tell(ctx, address, trust, in.Token) })
			if b.config.Step == 0 {
				asking.Wait() // without steps nothing but the answer may take time
			}
		}
		asking.Wait()
		for i, h := range asked {
			b.add(name+"_"+h.kind+"_auc", told[i], h.zh+zh, h.kind+": "+en)
		}
		return errors.Join(errs...)
	})
}

// tell asks for what is there and for what is not, in random order, and returns how
// far the times give away which is which: 0.5 is not at all, 1 always.
func (h hidden) tell(ctx context.Context, address string, trust *tls.Config, token string) (float64, error) {
	line, err := dial(ctx, address, trust)
	if err != nil {
		return 0, err
	}
	defer line.conn.Close() //nolint:errcheck // nothing is under way
	ask := func(id string) (time.Duration, int, error) {
		request := fmt.Appendf(nil, "%s "+h.path+" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			h.method, id, token, len(h.body), h.body)
		return line.refused(request)
	}
	var there []string
	_, length, err := ask(id.New(time.Unix(0, 0)))
	if err != nil {
		return 0, fmt.Errorf("bench: nothing of kind %s: %w", h.kind, err)
	}
	for _, one := range h.ids {
		// Whoever works in the same department is answered in other words.
		if _, n, err := ask(one); err == nil && n == length {
			there = append(there, one)
		}
	}
	if len(there) == 0 {
		return 0, fmt.Errorf("bench: no %s that is a stranger's", h.kind)
	}
	var present, absent []time.Duration
	for i := range 2 * guesses {
		one, times := there[i/2%len(there)], &present
		if (i%2 == 0) == (rand.IntN(2) == 0) { //nolint:gosec // an order, not a secret
			times = &absent
		}
		if times == &absent {
			one = id.Before(one, randomly())
		}
		took, _, err := ask(one)
		if err != nil {
			return 0, err
		}
		*times = append(*times, took)
	}
	return toldApart(present, absent), nil
}

// randomly returns what no code would give.
func randomly() []byte {
	code := make([]byte, 16)
	for i := range code {
		code[i] = byte(rand.IntN(256)) //nolint:gosec // an id that names nothing
	}
	return code
}

// refused asks and wants a refusal; it returns how long that took and how long it was.
func (r *reader) refused(request []byte) (time.Duration, int, error) {
	took := start()
	if _, err := r.conn.Write(request); err != nil {
		return 0, 0, err
	}
	res, err := http.ReadResponse(r.answer, nil)
	if err != nil {
		return 0, 0, err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end here
	text, err := io.ReadAll(res.Body)
	elapsed := took.elapsed()
	if err == nil && res.StatusCode != http.StatusForbidden {
		err = fmt.Errorf("bench: %s: %s", res.Status, text)
	}
	return elapsed, len(text), err
}

// toldApart is the area under the curve by which one sample is told from another
// (Mann and Whitney 1947), whichever of the two is the slower.
func toldApart(a, b []time.Duration) float64 {
	type one struct {
		took  time.Duration
		fromA bool
	}
	var all []one
	for _, t := range a {
		all = append(all, one{t, true})
	}
	for _, t := range b {
		all = append(all, one{t, false})
	}
	slices.SortFunc(all, func(x, y one) int { return int(x.took - y.took) })
	var ranks float64
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].took == all[i].took {
			j++
		}
		for k := i; k < j; k++ {
			if all[k].fromA {
				ranks += float64(i+j+1) / 2
			}
		}
		i = j
	}
	n, m := float64(len(a)), float64(len(b))
	area := (ranks - n*(n+1)/2) / (n * m)
	return max(area, 1-area)
}
