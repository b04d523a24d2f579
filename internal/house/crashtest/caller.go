package crashtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// acknowledged is an act of which a caller was told that it was done.
type acknowledged struct {
	verb     string
	document string
	version  int
	text     string // what the version says
	account  string // of a reading: its ledger entry
	patient  string
	number   string // of a registration: the record number
	token    string // of whom it was told
}

// caller works at the records of one doctor's patients, one act after another.
type caller struct {
	base     string
	client   *http.Client
	token    string
	name     string // unique among callers and rounds
	patients []string
	told     func(acknowledged)

	made     int
	document acknowledged // what it works at; no document when its id is empty
}

type person struct {
	Person string
	Roles  []struct{ ID string }
}

func (c *caller) signIn(ctx context.Context, who person) error {
	var in struct{ Token string }
	if err := c.ask(ctx, http.MethodPost, "/api/session", map[string]any{"person": who.Person, "bearer": true}, &in); err != nil {
		return err
	}
	c.token = in.Token
	var mine struct {
		Items []struct {
			ID    string
			Level int
		}
	}
	if err := c.ask(ctx, http.MethodGet, "/api/patients?scope=mine&open=true", nil, &mine); err != nil {
		return err
	}
	for _, p := range mine.Items {
		if p.Level == 1 {
			c.patients = append(c.patients, p.ID)
		}
	}
	return nil
}

// work acts until ctx ends. An act that failed may have been done all the same,
// so that its document is left alone from then on.
func (c *caller) work(ctx context.Context) {
	steps := []func(context.Context) (acknowledged, error){c.file, c.read, c.amend, c.sign, c.register, c.amend, c.read}
	for i := 0; ctx.Err() == nil; i = (i + 1) % len(steps) {
		done, err := steps[i](ctx)
		if err != nil {
			i, c.document = -1, acknowledged{}
			pause(ctx)
			continue
		}
		done.token = c.token
		c.told(done)
	}
}

// pause keeps callers from asking a house that cannot answer without end.
func pause(ctx context.Context) {
	select {
	case <-time.After(50 * time.Millisecond):
	case <-ctx.Done():
	}
}

func (c *caller) text() string {
	c.made++
	return fmt.Sprintf("病程记录 %s-%d：患者今日体温正常，继续观察。", c.name, c.made)
}

func sections(text string) []map[string]string {
	return []map[string]string{{"key": "progress", "title": "病程记录", "text": text}}
}

func (c *caller) file(ctx context.Context) (acknowledged, error) {
	text, patient := c.text(), c.patients[c.made%len(c.patients)]
	var made struct{ ID string }
	err := c.ask(ctx, http.MethodPost, "/api/patients/"+patient+"/documents", map[string]any{
		"kind": "C0038", "title": "日常病程记录", "sections": sections(text), "sign": c.made%2 == 0,
	}, &made)
	c.document = acknowledged{verb: "record.file", document: made.ID, version: 1, text: text, patient: patient}
	return c.document, err
}

func (c *caller) amend(ctx context.Context) (acknowledged, error) {
	text := c.text()
	err := c.ask(ctx, http.MethodPost, "/api/documents/"+c.document.document+"/versions", map[string]any{
		"base": c.document.version, "sections": sections(text), "reason": "补录体温",
	}, nil)
	c.document.verb, c.document.text = "record.amend", text
	c.document.version++
	return c.document, err
}

func (c *caller) sign(ctx context.Context) (acknowledged, error) {
	err := c.ask(ctx, http.MethodPost, "/api/documents/"+c.document.document+"/signatures", map[string]any{"version": c.document.version}, nil)
	done := c.document
	done.verb = "record.sign"
	return done, err
}

func (c *caller) read(ctx context.Context) (acknowledged, error) {
	var shown struct{ Mark struct{ Account string } }
	err := c.ask(ctx, http.MethodGet, "/api/documents/"+c.document.document, nil, &shown)
	return acknowledged{verb: "record.view", document: c.document.document, patient: c.document.patient, account: shown.Mark.Account}, err
}

func (c *caller) register(ctx context.Context) (acknowledged, error) {
	c.made++
	number := fmt.Sprintf("CR-%s-%d", c.name, c.made)
	var made struct{ ID string }
	err := c.ask(ctx, http.MethodPost, "/api/patients", map[string]any{
		"name": "测试患者", "sex": "female", "birthDate": "1960-03-02", "recordNumber": number,
	}, &made)
	return acknowledged{verb: "patient.register", patient: made.ID, number: number}, err
}

// ask asks and reads the answer into the value to which into points, if there
// is one.
func (c *caller) ask(ctx context.Context, method, path string, body, into any) error {
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, content)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	res, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, answer)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer, into)
}

// crowd is several callers at work, and what was acknowledged to them.
type crowd struct {
	stop    context.CancelFunc
	working sync.WaitGroup

	mu   sync.Mutex
	done []acknowledged
	more chan struct{} // replaced and closed with each acknowledgement
}

// callers is how many work at a time.
const callers = 8

// gather signs callers in at a server and lets them work.
func (s *Store) gather(ctx context.Context, p *server) (*crowd, error) {
	trust, err := s.trust()
	if err != nil {
		return nil, err
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: trust, MaxIdleConnsPerHost: callers}}
	s.serial++
	all := &crowd{more: make(chan struct{})}
	ctx, all.stop = context.WithCancel(ctx)
	var people struct{ Items []person }
	if err := (&caller{base: "https://" + p.address, client: client}).ask(ctx, http.MethodGet, "/api/session/demo-people", nil, &people); err != nil {
		return nil, err
	}
	signedIn := 0
	for _, who := range people.Items {
		if signedIn == callers || !slices.ContainsFunc(who.Roles, func(r struct{ ID string }) bool { return r.ID == "resident" || r.ID == "attending" }) {
			continue
		}
		c := &caller{base: "https://" + p.address, client: client, name: fmt.Sprintf("%d-%d", s.serial, signedIn), told: all.told}
		if err := c.signIn(ctx, who); err != nil {
			return nil, err
		}
		if len(c.patients) > 0 {
			signedIn++
			all.working.Go(func() { c.work(ctx) })
		}
	}
	if signedIn == 0 {
		return nil, fmt.Errorf("crashtest: the demo hospital has no doctor with a patient")
	}
	return all, nil
}

func (c *crowd) told(a acknowledged) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = append(c.done, a)
	close(c.more)
	c.more = make(chan struct{})
}

func (c *crowd) count() (int, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.done), c.more
}

// reach waits until so many acts were acknowledged.
func (c *crowd) reach(ctx context.Context, many int) error {
	for {
		n, more := c.count()
		if n >= many {
			return nil
		}
		select {
		case <-more:
		case <-ctx.Done():
			return fmt.Errorf("%d acts were acknowledged while %d were waited for: %w", n, many, ctx.Err())
		}
	}
}

// leave ends the callers' work and returns what was acknowledged to them.
func (c *crowd) leave() []acknowledged {
	c.stop()
	c.working.Wait()
	return c.done
}
