package identity_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/staff"
)

// phones are telephones of a test, in place of a gateway.
type phones struct {
	mu    sync.Mutex
	codes map[string][]string
	down  bool
}

func (p *phones) Send(_ context.Context, _ identity.GatewaySettings, secret, phone, code string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down || secret != "gateway-token" {
		return errors.New("down")
	}
	p.codes[phone] = append(p.codes[phone], code)
	return nil
}

func (p *phones) last(phone string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if got := p.codes[phone]; len(got) > 0 {
		return got[len(got)-1]
	}
	return ""
}

var smsSettings = identity.WaySettings{Gateway: &identity.GatewaySettings{Address: "https://sms.example/send"}}

// hirePhoned hires somebody whose telephone is known.
func (g *gate) hirePhoned(name, role, phone string) employee {
	g.T.Helper()
	ctx := g.founder()
	person, err := g.staff.AddPerson(ctx, staff.NewPerson{Number: name, NameZH: "某某", NameEN: "Mou Mou", Category: staff.Employee, Phone: phone})
	if err != nil {
		g.T.Fatal(err)
	}
	g.appoint(person.ID, role, 30)
	made, err := g.room.CreateAccount(ctx, identity.NewAccount{Person: person.ID, Name: name})
	if err != nil {
		g.T.Fatal(err)
	}
	c := g.at(loopback)
	c.signIn(name, made.Password)
	const chosen = "Correct horse 9 battery"
	c.change(made.Password, chosen)
	c.must(204, "DELETE", "/api/session", "")
	return employee{person: person.ID, account: made.Account.ID, name: name, password: chosen}
}

func TestACodeSentToATelephoneIsASecondFactorButNotForAdministrators(t *testing.T) {
	var sms *phones
	rules := easyRules()
	rules.Factor.Roles = []string{"dba"}
	bothWith(t, identity.Options{Rules: rules, Gateway: gatewayFunc(func() identity.Gateway { return sms })}, func(t *testing.T, g *gate) {
		sms = &phones{codes: map[string][]string{}}
		admin := g.safe()
		nurse, dba, silent := g.hirePhoned("chenyaqin", "nurse", "13800000001"), g.hirePhoned("wangfang", "dba", "13800000002"), g.hire("liqiang", "nurse")
		c := g.at(wardPC)
		body := func(e employee, password string) string {
			return `{"name":"` + e.name + `","password":"` + password + `"}`
		}
		if a := c.ask("POST", "/api/session/code", body(nurse, nurse.password)); a.status != 404 {
			t.Errorf("before there is a gateway: %d %v", a.status, a.body)
		}
		admin.setWay(identity.SMS, smsSettings, "gateway-token")
		if a := c.ask("POST", "/api/session/code", body(nurse, "a guess")); a.status != 401 || sms.last("13800000001") != "" {
			t.Errorf("without the password: %d %v", a.status, a.body)
		}
		if a := c.ask("POST", "/api/session/code", body(silent, silent.password)); a.body["code"] != "identity.no-phone" {
			t.Errorf("without a telephone: %d %v", a.status, a.body)
		}
		c.must(204, "POST", "/api/session/code", body(nurse, nurse.password))
		if last := g.Last(); last.Verb != "identity.send-code" || last.Outcome != "done" {
			t.Errorf("the ledger tells %+v", last)
		}
		code := sms.last("13800000001")
		if a := c.ask("POST", "/api/session/code", body(nurse, nurse.password)); a.status != 429 || a.header.Get("Retry-After") != "60" {
			t.Errorf("another at once: %d %v", a.status, a.body)
		}
		if a := c.signInWith(nurse.name, nurse.password, "000000"); code != "000000" && a.body["code"] != "identity.code-wrong" {
			t.Errorf("a wrong code: %d %v", a.status, a.body)
		}
		if a := c.signInWith(nurse.name, nurse.password, code); a.status != 201 || c.who()["means"] != "password+sms" || c.who()["strong"] != true {
			t.Errorf("the code: %d %v", a.status, a.body)
		}
		if again := g.at(homePC); again.signInWith(nurse.name, nurse.password, code).status == 201 && again.who()["strong"] != false {
			t.Error("the code was good twice")
		}
		g.Clock.Advance(time.Minute)
		c.must(204, "POST", "/api/session/code", body(nurse, nurse.password))
		g.Clock.Advance(5 * time.Minute)
		if late := g.at(wardPC); late.signInWith(nurse.name, nurse.password, sms.last("13800000001")).status == 201 && late.who()["strong"] != false {
			t.Error("the code was good after five minutes")
		}
		c.must(204, "POST", "/api/session/code", body(dba, dba.password))
		c.signInWith(dba.name, dba.password, sms.last("13800000002"))
		if who := c.who(); len(who["roles"].([]any)) != 0 || len(who["waiting"].([]any)) != 1 {
			t.Errorf("an administrator by a message: %v", who)
		}
		if strings.Contains(g.Log.String(), code) || g.Count("identity_ceremony WHERE factor = 'message'") == 0 {
			t.Error("the code is in the log, or not kept")
		}
		sms.down = true
		g.Clock.Advance(10 * time.Minute)
		if a := c.ask("POST", "/api/session/code", body(nurse, nurse.password)); a.status != 503 || a.body["code"] != "identity.gateway" {
			t.Errorf("a gateway that is down: %d %v", a.status, a.body)
		}
	})
}

// gatewayFunc finds the gateway when it is used.
type gatewayFunc func() identity.Gateway

func (f gatewayFunc) Send(ctx context.Context, to identity.GatewaySettings, secret, phone, code string) error {
	return f().Send(ctx, to, secret, phone, code)
}

func TestACodeGoesOutToTheRegisteredGateway(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		got := make(chan map[string]string, 1)
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			var message map[string]string
			text, _ := io.ReadAll(r.Body)
			_ = json.Unmarshal(text, &message)
			message["authorization"] = r.Header.Get("Authorization")
			got <- message
		}))
		defer server.Close()
		admin := g.safe()
		e := g.hirePhoned("chenyaqin", "nurse", "13800000001")
		admin.setWay(identity.SMS, identity.WaySettings{Gateway: &identity.GatewaySettings{Address: server.URL + "/send", Internal: true, Plain: true}}, "gateway-token")
		g.at(wardPC).must(204, "POST", "/api/session/code", `{"name":"`+e.name+`","password":"`+e.password+`"}`)
		message := <-got
		if message["to"] != "13800000001" || message["authorization"] != "Bearer gateway-token" || len(message["code"]) != 6 || !strings.Contains(message["text"], message["code"]) {
			t.Errorf("the gateway got %v", message)
		}
	})
}
