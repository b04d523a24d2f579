package duty

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/kit/calendar"
)

// letter is a message ready to go.
type letter struct {
	message Message
	channel Channel
	hidden  channelSecret
	number  string // of the person's
	phone   string
	title   string
	count   int
	late    bool
	due     time.Time
	now     time.Time
}

// deliver sends one message. The job that carries it is tried again with growing
// pauses; a message may arrive twice where the house ends between sending and
// keeping that it was sent.
func (room *Room) deliver(ctx context.Context, at *job.Work) error {
	ctx = room.jobContext(ctx)
	var args deliverArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	l, err := room.write(ctx, args)
	if err != nil || l.message.State != Waiting {
		return err
	}
	if !l.channel.Stopped.IsZero() || l.nobody() {
		return room.settle(ctx, l.message, func(m *Message, now time.Time) { m.State, m.Settled = Dropped, now })
	}
	sent := room.send(ctx, l)
	kept := room.settle(ctx, l.message, func(m *Message, now time.Time) {
		m.Tries++
		switch {
		case sent == nil:
			m.State, m.Settled, m.Failure = Sent, now, ""
		case at.Task.Tries >= at.Task.MaxTries:
			m.State, m.Settled, m.Failure = Failed, now, fault.From(sent).Code.Name
		default:
			m.Failure = fault.From(sent).Code.Name
		}
	})
	return errors.Join(sent, kept)
}

// settle keeps what became of a message.
func (room *Room) settle(ctx context.Context, m Message, how func(m *Message, now time.Time)) error {
	return room.desk.Do(ctx, "duty.deliver", func(ctx context.Context, w *act.Work) error {
		fresh, err := messages.Get(ctx, w, m.Org, m.ID)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, houseObject(m.Org)); err != nil {
			return err
		}
		how(&fresh, w.Now())
		w.Note("message", fresh.ID)
		w.Note("state", string(fresh.State))
		return messages.Update(ctx, w, &fresh)
	})
}

// write reads what a message says. Nothing about a patient is read.
func (room *Room) write(ctx context.Context, args deliverArgs) (letter, error) {
	l := letter{now: room.desk.Now(), count: 1}
	err := room.look(ctx, func(r db.Reader) (err error) {
		if l.message, err = messages.Get(ctx, r, args.Org, args.Message); err != nil {
			return err
		}
		if l.channel, err = channels.Get(ctx, r, args.Org, l.message.Channel); err != nil {
			return err
		}
		t, err := tasks.Get(ctx, r, args.Org, l.message.Task)
		if err != nil {
			return err
		}
		l.title, l.due, l.late = t.Title().ZH, t.Deadline, t.IsLate(l.now)
		hidden, err := room.openWords(ctx, r, args.Org, "", secretPlace(l.channel.ID), l.channel.Secret)
		if err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(hidden), &l.hidden); err != nil || l.message.Person == "" {
			return err
		}
		if l.number, l.phone, err = room.staff.Contact(ctx, r, args.Org, l.message.Person); err != nil {
			return err
		}
		waiting, err := room.countFor(ctx, r, personActor(args.Org, l.message.Person), l.now)
		l.count = max(1, waiting.Todo)
		return err
	})
	return l, err
}

// nobody reports whether there is no way to reach the person.
func (l letter) nobody() bool { return l.channel.Kind == SMS && l.phone == "" }

// text is all that leaves the house.
func (l letter) text() string {
	var w strings.Builder
	w.WriteString("【医守】" + l.title)
	switch {
	case l.message.Occasion == OnEscalated:
		w.WriteString("已超期，现升级至您处理")
	case l.late:
		w.WriteString("已超期")
	}
	if l.message.Person != "" {
		w.WriteString("；您共有 " + strconv.Itoa(l.count) + " 项待办")
	}
	return w.String() + "；截止 " + l.due.In(calendar.Zone).Format("2006-01-02 15:04") + "。请登录查看：" + l.link()
}

func (l letter) link() string {
	return strings.TrimSuffix(l.channel.Link, "/") + "/duty/" + l.message.Task
}

func (room *Room) send(ctx context.Context, l letter) error {
	switch l.channel.Kind {
	case MailTo:
		return room.dial.Send(ctx, l.channel.destination(l.hidden.Query), l.mail())
	case SMS:
		return room.post(ctx, l.channel.destination(l.hidden.Query), l.bearer(), []byte(fill(l.channel.Template, l.phone, l.text())))
	case Webhook:
		body := l.webhook()
		return room.post(ctx, l.channel.destination(l.hidden.Query), l.signature(body), body)
	}
	return room.robot(ctx, l)
}

func (room *Room) post(ctx context.Context, to dial.Destination, header http.Header, body []byte) error {
	_, err := room.dial.Post(ctx, to, header, body)
	return err
}

// robot posts to a group robot, which answers 200 with a code of its own.
func (room *Room) robot(ctx context.Context, l letter) error {
	body, err := json.Marshal(map[string]any{"msgtype": "text", "text": map[string]string{"content": l.text()}})
	if err != nil {
		return err
	}
	to := l.channel.destination(l.hidden.Query)
	if l.channel.Kind == DingTalk {
		if to.Address, err = signedDingTalk(to.Address, l.hidden.Secret, l.now); err != nil {
			return err
		}
	}
	answer, err := room.dial.Post(ctx, to, jsonHeader(), body)
	if err != nil {
		return err
	}
	var said struct {
		Code *int `json:"errcode"`
	}
	if err := json.Unmarshal(answer, &said); err != nil || said.Code == nil {
		return dial.Refused("no errcode")
	}
	if *said.Code != 0 {
		return dial.Refused("errcode " + strconv.Itoa(*said.Code))
	}
	return nil
}

// signedDingTalk adds the time and its signature to the address of a robot that is
// kept by 加签: HMAC-SHA256 of "milliseconds\nsecret" under the secret.
func signedDingTalk(address, secret string, now time.Time) (string, error) {
	if secret == "" {
		return address, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	at := strconv.FormatInt(now.UnixMilli(), 10)
	code := hmac.New(sha256.New, []byte(secret))
	code.Write([]byte(at + "\n" + secret))
	q := u.Query()
	q.Set("timestamp", at)
	q.Set("sign", base64.StdEncoding.EncodeToString(code.Sum(nil)))
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// webhook is the form for office automation and anything else.
func (l letter) webhook() []byte {
	body, _ := json.Marshal(struct { //nolint:errchkjson // strings, a number and a time
		ID       string    `json:"id"`
		Occasion Occasion  `json:"occasion"`
		Title    string    `json:"title"`
		Text     string    `json:"text"`
		Count    int       `json:"count"`
		Deadline time.Time `json:"deadline"`
		Link     string    `json:"link"`
		At       time.Time `json:"at"`
	}{l.message.ID, l.message.Occasion, l.title, l.text(), l.count, l.due, l.link(), l.now})
	return body
}

// SignatureHeader carries HMAC-SHA256 of a webhook's body under the channel's secret.
const SignatureHeader = "Medward-Signature"

func (l letter) signature(body []byte) http.Header {
	h := jsonHeader()
	if l.hidden.Secret != "" {
		code := hmac.New(sha256.New, []byte(l.hidden.Secret))
		code.Write(body)
		h.Set(SignatureHeader, "sha256="+hex.EncodeToString(code.Sum(nil)))
	}
	return h
}

func (l letter) bearer() http.Header {
	h := jsonHeader()
	if l.hidden.Secret != "" {
		h.Set("Authorization", "Bearer "+l.hidden.Secret)
	}
	return h
}

func jsonHeader() http.Header {
	return http.Header{"Content-Type": {"application/json; charset=utf-8"}}
}

func (l letter) mail() dial.Mail {
	m := dial.Mail{
		ID: l.message.ID, From: l.channel.Sender, To: strings.ReplaceAll(l.channel.Recipient, "{number}", l.number),
		Subject: "【医守】" + l.title, Text: l.text() + "\n", At: l.now,
	}
	if l.hidden.Secret != "" {
		m.User, m.Password = l.channel.Sender, l.hidden.Secret
	}
	return m
}

// fill puts a number and a text into a JSON template, as parts of its strings.
func fill(template, phone, text string) string {
	return strings.NewReplacer("{phone}", inString(phone), "{text}", inString(text)).Replace(template)
}

func inString(s string) string {
	quoted, _ := json.Marshal(s) //nolint:errchkjson // a string
	return string(quoted[1 : len(quoted)-1])
}
