package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

const (
	// decideRate is how many questions a second other systems ask here, evenly spread.
	decideRate = 500
	// decideCallers is over how many connections.
	decideCallers = 32
)

// measureDecide measures answering other systems over HTTPS at a steady rate, and how
// many are answered when they ask as fast as they can. A question that begins late took
// so much longer.
func measureDecide(ctx context.Context, b *bench) error {
	doctors, err := b.doctors(ctx)
	if err != nil {
		return err
	}
	return b.served(ctx, func(ctx context.Context, address string) error {
		key, err := b.connect(ctx, address)
		if err != nil {
			return err
		}
		questions, err := b.questions(ctx, doctors, key)
		if err != nil {
			return err
		}
		return b.decide(ctx, address, questions)
	})
}

func (b *bench) decide(ctx context.Context, address string, questions [][]byte) error {
	trust, err := b.trust()
	if err != nil {
		return err
	}
	callers := make([]*reader, decideCallers)
	for i := range callers {
		if callers[i], err = dial(ctx, address, trust); err != nil {
			return err
		}
		defer callers[i].conn.Close() //nolint:errcheck // nothing is under way
	}
	asked := make([]int, decideCallers)
	ask := func(_ context.Context, caller int) error {
		asked[caller]++
		return callers[caller].ask(questions[(caller+asked[caller]*decideCallers)%len(questions)])
	}
	s, err := steadily(ctx, decideCallers, decideRate, b.Lasting, ask)
	if err != nil {
		return err
	}
	b.add("decide_per_second", s.perSecond(), "为他系统判定（HTTPS，每秒 500 问，32 个连接：凭据、关系、判权、记账落盘）", "questions of other systems answered over HTTPS at 500/s: key, ties, policy, durable account")
	b.add("decide_p50_ms", s.quantile(0.5), "判定：中位时间", "answering another system: median")
	b.add("decide_p99_ms", s.quantile(0.99), "判定：99% 在此时间内", "answering another system: 99% within")
	before, err := processing()
	if err != nil {
		return err
	}
	answered := sum(asked)
	if s, err = crowd(ctx, decideCallers, b.Lasting, ask); err != nil {
		return err
	}
	after, err := processing()
	b.add("decide_most_per_second", s.perSecond(), "判定：不限速时", "answering other systems as fast as they ask")
	each := (after - before).Seconds() * 1000 / float64(sum(asked)-answered)
	b.add("decide_processor_ms", each, "判定：每问占用处理器（含提问方）", "processor time of one question, that of who asks included")
	return err
}

func sum(counts []int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}

// questions are what another system asks, as it goes over the wire: half of them about
// patients of the doctor, half about those of others.
func (b *bench) questions(ctx context.Context, doctors []doctor, key string) ([][]byte, error) {
	people := make([]string, len(doctors))
	for i, d := range doctors {
		people[i] = d.person
	}
	var names map[string]staff.Name
	err := b.house.Store.Read(ctx, func(r db.Reader) (err error) {
		names, err = staff.Names(ctx, r, b.house.Birth.Org, people, b.house.Clock.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	var all [][]byte
	for i, d := range doctors {
		others := doctors[(i+1)%len(doctors)].patients
		for _, patient := range slices.Concat(d.patients, others[:min(len(others), len(d.patients))]) {
			body, err := json.Marshal(map[string]any{
				"person": map[string]any{"number": names[d.person].Number}, "action": "open", "object": map[string]any{"kind": "document", "patient": patient},
				"place": map[string]any{"ip": "127.0.0.1", "terminal": "ward-3"},
			})
			if err != nil {
				return nil, err
			}
			all = append(all, fmt.Appendf(nil, "POST /api/decide HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", key, len(body), body))
		}
	}
	return all, nil
}

// connect registers a source that may ask, has its owner sign and somebody else approve,
// and returns its key.
func (b *bench) connect(ctx context.Context, address string) (key string, err error) {
	trust, err := b.trust()
	if err != nil {
		return "", err
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: trust}}
	defer client.CloseIdleConnections()
	who := map[string]string{} // tokens by role
	var owner string
	for _, role := range []string{"technician", "system-administrator", "security-administrator"} {
		person, token, err := b.somebody(ctx, role)
		if err != nil {
			return "", err
		}
		if who[role] = token; role == "technician" {
			owner = person
		}
	}
	now := b.house.Clock.Now()
	var made struct{ ID, Secret string }
	for _, one := range []struct {
		role, path string
		body       map[string]any
	}{
		{"system-administrator", "", map[string]any{
			"code": "bench-emr", "nameZh": "电子病历系统", "kinds": []string{"api-caller"}, "owner": owner, "purpose": "访问判定", "shapes": []string{"decisions"},
			"networks": []string{"127.0.0.0/8"}, "perMinute": 100_000,
		}},
		{"technician", "/agreement", map[string]any{"words": "仅用于访问判定", "since": now, "until": now.AddDate(0, 6, 0)}},
		{"security-administrator", "/approve", nil},
		{"system-administrator", "/begin", nil},
		{"system-administrator", "/keys", map[string]any{"kind": "bearer", "until": now.AddDate(0, 1, 0)}},
	} {
		path := "/api/sources"
		if one.path != "" {
			path += "/" + made.ID + one.path
		}
		answer := made
		if err := post(ctx, client, "https://"+address+path, who[one.role], one.body, &answer); err != nil {
			return "", err
		}
		if made.Secret = answer.Secret; made.ID == "" {
			made.ID = answer.ID
		}
	}
	return made.Secret, nil
}

// somebody signs the first of the invented people in who holds a role.
func (b *bench) somebody(ctx context.Context, role string) (person, token string, err error) {
	people, err := b.house.Identity.DemoPeople(ctx)
	if err != nil {
		return "", "", err
	}
	for _, p := range people {
		if slices.Contains(p.Roles, role) {
			in, err := b.house.Identity.SignInAs(ctx, p.Person)
			return p.Person, in.Token, err
		}
	}
	return "", "", fmt.Errorf("bench: the invented hospital has no %s", role)
}

// post asks for something that is done, and reads the answer.
func post(ctx context.Context, client *http.Client, address, token string, body, into any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(text))
	if err != nil {
		return err
	}
	req.Host = "localhost"
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end here
	var answer json.RawMessage
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return err
	}
	if res.StatusCode >= http.StatusMultipleChoices {
		return errors.New("bench: " + address + ": " + res.Status + ": " + string(answer))
	}
	return json.Unmarshal(answer, into)
}
