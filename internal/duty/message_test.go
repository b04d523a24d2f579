package duty_test

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
)

// outside is a server outside the house that keeps what it is sent.
type outside struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	answer string
	got    []received
}

type received struct {
	url, body string
	header    http.Header
}

func (h *hospital) outside(answer string) *outside {
	o := &outside{status: http.StatusOK, answer: answer}
	o.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		o.mu.Lock()
		defer o.mu.Unlock()
		o.got = append(o.got, received{r.URL.String(), string(body), r.Header})
		w.WriteHeader(o.status)
		_, _ = io.WriteString(w, o.answer)
	}))
	h.T.Cleanup(o.Close)
	h.roots.AddCert(o.Certificate())
	return o
}

func (o *outside) say(status int, answer string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.status, o.answer = status, answer
}

func (o *outside) received() []received {
	o.mu.Lock()
	defer o.mu.Unlock()
	got := o.got
	o.got = nil
	return got
}

func (h *hospital) register(c duty.Channel, secret string) duty.Channel {
	h.T.Helper()
	c.Name, c.Internal, c.Link = string(c.Kind), true, "https://medward.hospital.example"
	if c.Occasions == nil {
		c.Occasions = []string{"opened"}
	}
	made, err := h.room.Register(h.as("safe"), c, secret)
	if err != nil {
		h.T.Fatal(err)
	}
	return made
}

func (h *hospital) settle() {
	h.T.Helper()
	if err := h.jobs.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
}

func (h *hospital) messages() map[duty.MessageState]int {
	h.T.Helper()
	found := map[duty.MessageState]int{}
	for _, m := range webtest.EveryPage(h.T, func(cursor string) (web.Page[duty.Message], error) { return h.room.Messages(h.as("safe"), cursor, 2) }) {
		found[m.State]++
	}
	return found
}

// noContent fails the test when a message says more than it may.
func (h *hospital) noContent(text string) {
	h.T.Helper()
	for _, secret := range []string{"李四", "patient-1", "口令"} {
		if strings.Contains(text, secret) {
			h.T.Errorf("a message says %s: %s", secret, text)
		}
	}
}

func (h *hospital) openAboutPatient() duty.Task {
	var opened duty.Task
	h.in(func(ctx context.Context, w *act.Work) (err error) {
		opened, err = h.room.OpenIn(ctx, w, duty.Opening{Kind: checkup, To: duty.To{Person: h.id("lin")}, Subject: "thing", Patient: "patient-1"})
		return err
	})
	return opened
}

func TestRobotsAreSpokenToInTheirOwnForm(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-03-02 08:00")
		o := h.outside(`{"errcode":0,"errmsg":"ok"}`)
		h.register(duty.Channel{Kind: duty.WeCom, Address: o.URL + "/cgi-bin/webhook/send?key=secret-key"}, "")
		ding := h.register(duty.Channel{Kind: duty.DingTalk, Address: o.URL + "/robot/send?access_token=token"}, "SEC1")
		task := h.openAboutPatient()
		if got := o.received(); len(got) != 0 || h.messages()[duty.Waiting] != 2 {
			t.Fatalf("sent before the act was durable: %v", got)
		}
		h.settle()
		got := o.received()
		if len(got) != 2 || h.messages()[duty.Sent] != 2 {
			t.Fatalf("%d messages, %v", len(got), h.messages())
		}
		for _, r := range got {
			var body struct {
				MsgType string `json:"msgtype"`
				Text    struct{ Content string }
			}
			if err := json.Unmarshal([]byte(r.body), &body); err != nil || body.MsgType != "text" {
				t.Fatalf("%s %v", r.body, err)
			}
			want := "【医守】核对；截止 2026-03-10 00:00。请登录查看：https://medward.hospital.example/duty/" + task.ID
			if body.Text.Content != want {
				t.Errorf("%s", body.Text.Content)
			}
			h.noContent(r.body + r.url)
			if strings.Contains(r.url, "robot") {
				at := "1772409600000"
				code := hmac.New(sha256.New, []byte("SEC1"))
				code.Write([]byte(at + "\nSEC1"))
				q := base64.StdEncoding.EncodeToString(code.Sum(nil))
				if !strings.Contains(r.url, "timestamp="+at) || !strings.Contains(r.url, "access_token=token") || !strings.Contains(strings.ReplaceAll(strings.ReplaceAll(r.url, "%2B", "+"), "%2F", "/"), "sign="+strings.TrimRight(q, "=")) {
					t.Errorf("the robot is not signed to: %s", r.url)
				}
			} else if !strings.HasSuffix(r.url, "?key=secret-key") {
				t.Errorf("the key is lost: %s", r.url)
			}
		}
		if strings.Contains(ding.Address, "token") {
			t.Errorf("the key of a robot is kept in the clear: %s", ding.Address)
		}
		e := h.Last()
		for _, e = range h.Entries() {
			if e.Verb == "duty.deliver" {
				break
			}
		}
		if e.Actor.Kind != "job" || e.Outcome != ledger.Done || e.Note["state"] != "sent" {
			t.Errorf("who delivered: %+v", e)
		}
	})
}

func TestARobotThatSaysNoIsTriedAgainUntilItsTriesAreUsedUp(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		o := h.outside(`{"errcode":45009,"errmsg":"too often"}`)
		h.register(duty.Channel{Kind: duty.WeCom, Address: o.URL}, "")
		h.openAboutPatient()
		h.settle()
		if len(o.received()) != 1 || h.messages()[duty.Waiting] != 1 {
			t.Fatalf("%v", h.messages())
		}
		o.say(http.StatusFound, "")
		h.Clock.Advance(2 * time.Second)
		h.settle()
		if h.messages()[duty.Waiting] != 1 {
			t.Errorf("a redirect counts as sent: %v", h.messages())
		}
		o.say(http.StatusOK, `{"errcode":0}`)
		h.Clock.Advance(time.Minute)
		h.settle()
		if h.messages()[duty.Sent] != 1 {
			t.Errorf("%v", h.messages())
		}
		o.say(http.StatusInternalServerError, "")
		h.openAboutPatient()
		for range 20 {
			h.settle()
			h.Clock.Advance(time.Hour)
		}
		if got := h.messages(); got[duty.Failed] != 1 || got[duty.Waiting] != 0 {
			t.Errorf("%v", got)
		}
		if n := len(o.received()); n < 10 || n > 20 {
			t.Errorf("%d tries", n)
		}
	})
}

func TestAGatewayAndAWebhookGetTheHospitalsOwnForm(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-03-02 08:00")
		o := h.outside("fine")
		h.register(duty.Channel{Kind: duty.SMS, Address: o.URL + "/sms", Template: `{"to":["{phone}"],"say":"{text}","sign":"医院"}`}, "bearer-token")
		hook := h.register(duty.Channel{Kind: duty.Webhook, Address: o.URL + "/oa"}, "hook-secret")
		h.openAboutPatient()
		h.openAboutPatient()
		h.settle()
		got := o.received()
		if len(got) != 3 {
			t.Fatalf("one SMS that counts both tasks, and two posts: %d", len(got))
		}
		for _, r := range got {
			h.noContent(r.body)
			if r.url == "/oa" {
				code := hmac.New(sha256.New, []byte("hook-secret"))
				code.Write([]byte(r.body))
				var body struct{ Occasion, Title, Link string }
				if err := json.Unmarshal([]byte(r.body), &body); err != nil || body.Occasion != "opened" || body.Title != "核对" || r.header.Get(duty.SignatureHeader) != "sha256="+hex.EncodeToString(code.Sum(nil)) {
					t.Errorf("%s %v", r.body, r.header)
				}
				continue
			}
			var body struct {
				To  []string
				Say string
			}
			if err := json.Unmarshal([]byte(r.body), &body); err != nil || body.To[0] != "1390000004" || !strings.Contains(body.Say, "您共有 2 项待办") || r.header.Get("Authorization") != "Bearer bearer-token" {
				t.Errorf("%s %v", r.body, err)
			}
		}
		if err := h.room.Stop(h.as("safe"), hook.ID); err != nil {
			t.Fatal(err)
		}
		h.openAboutPatient()
		h.settle()
		if got := o.received(); len(got) != 1 {
			t.Errorf("a closed channel is still used: %d", len(got))
		}
	})
}

func TestLateTasksAreToldToWhomTheyClimb(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		o := h.outside("fine")
		h.register(duty.Channel{Kind: duty.SMS, Address: o.URL, Template: `{"p":"{phone}","t":"{text}"}`, Occasions: []string{"reminded", "overdue", "escalated"}}, "")
		h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}, Words: "口令"})
		h.settle()
		if len(o.received()) != 0 {
			t.Error("told of what was not asked for")
		}
		h.Clock.Advance(12 * time.Hour)
		h.tick()
		h.settle()
		if got := o.received(); len(got) != 1 || !strings.Contains(got[0].body, "1390000004") || strings.Contains(got[0].body, "超期") {
			t.Errorf("%v", got)
		}
		h.Clock.Advance(12 * time.Hour)
		h.tick()
		h.settle()
		got := o.received()
		if len(got) != 2 {
			t.Fatalf("%v", got)
		}
		for _, r := range got {
			h.noContent(r.body)
			if toHead := strings.Contains(r.body, "1390000002"); toHead != strings.Contains(r.body, "升级") || !strings.Contains(r.body, "已超期") {
				t.Errorf("%s", r.body)
			}
		}
	})
}

func TestMailGoesToTheStaffNumber(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		address, letters := mailbox(t)
		h.register(duty.Channel{Kind: duty.MailTo, Address: address, Plain: true, Sender: "medward@x.cn", Recipient: "{number}@x.cn"}, "")
		h.openAboutPatient()
		h.settle()
		letter := <-letters
		header, body, _ := strings.Cut(letter, "\n\n")
		text, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(body, "\n", ""))
		if err != nil || !strings.Contains(header, "To: N004@x.cn") || !strings.Contains(string(text), "您共有 1 项待办") {
			t.Errorf("%s\n%s %v", header, text, err)
		}
		h.noContent(string(text))
		if h.messages()[duty.Sent] != 1 {
			t.Errorf("%v", h.messages())
		}
	})
}

// mailbox is a mail server in this process.
func mailbox(t *testing.T) (address string, letters <-chan string) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	taken := make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		in := bufio.NewScanner(conn)
		say := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
		say("220 box")
		for in.Scan() {
			if !strings.HasPrefix(in.Text(), "DATA") {
				say("250 fine")
				continue
			}
			say("354 go on")
			var letter strings.Builder
			for in.Scan() && in.Text() != "." {
				letter.WriteString(in.Text() + "\n")
			}
			say("250 taken")
			taken <- letter.String()
		}
	}()
	return listener.Addr().String(), taken
}

func TestWaysOutAreRegisteredByTheirPostAndChecked(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		good := duty.Channel{Kind: duty.Webhook, Name: "OA", Address: "https://oa.x.cn/in", Link: "https://m.x.cn", Occasions: []string{"opened"}}
		_, err := h.room.Register(h.as("sys"), good, "")
		h.refused(err, "duty.set-channel")
		for field, change := range map[string]func(*duty.Channel){
			"address":   func(c *duty.Channel) { c.Address = "http://oa.x.cn/in" },
			"kind":      func(c *duty.Channel) { c.Kind = "fax" },
			"name":      func(c *duty.Channel) { c.Name = "" },
			"link":      func(c *duty.Channel) { c.Link = "http://m.x.cn" },
			"occasions": func(c *duty.Channel) { c.Occasions = []string{"always"} },
			"template":  func(c *duty.Channel) { c.Kind, c.Template = duty.SMS, `{"a":"{phone}"` },
			"sender":    func(c *duty.Channel) { c.Kind, c.Address = duty.MailTo, "mail.x.cn:465" },
		} {
			c := good
			change(&c)
			if _, err := h.room.Register(h.as("safe"), c, ""); faulttest.Code(err) != "duty.input" || !strings.Contains(faulttest.Fields(err), field) {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := h.room.Register(h.as("safe"), good, ""); err != nil {
			t.Fatal(err)
		}
		h.openAboutPatient()
		h.Behind("UPDATE duty_channel SET address = 'https://elsewhere.x.cn/in'")
		h.settle()
		if _, err := h.room.Channels(h.as("safe"), "", 0); faulttest.Code(err) != "act.undecided" {
			t.Errorf("a forged channel: %v", err)
		}
	})
}
