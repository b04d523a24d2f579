package duty

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/vault"
)

// ChannelKind is by what way messages go out.
type ChannelKind string

// The ways.
const (
	WeCom    ChannelKind = "wecom"    // group robot of 企业微信
	DingTalk ChannelKind = "dingtalk" // group robot of 钉钉, signed where there is a secret
	Webhook  ChannelKind = "webhook"  // office automation and anything else that takes JSON
	SMS      ChannelKind = "sms"      // a gateway that takes JSON of the hospital's own form
	MailTo   ChannelKind = "mail"
)

// personal ways reach a person; the others reach a group.
func (k ChannelKind) personal() bool { return k == SMS || k == MailTo }

// Occasion is what a message is sent for.
type Occasion string

// The occasions.
const (
	OnOpened    Occasion = "opened"
	OnReminded  Occasion = "reminded"
	OnLate      Occasion = "overdue"
	OnEscalated Occasion = "escalated"
)

// Channel is a registered way out. It lets data leave, so its row is keyed.
type Channel struct {
	Org       string      `db:"org,key"`
	ID        string      `db:"id,key"`
	Kind      ChannelKind `db:"kind"`
	Name      string      `db:"name"`
	Address   string      `db:"address"` // without its query, which is sealed with the secret
	Internal  bool        `db:"internal"`
	Plain     bool        `db:"plain"`
	Sender    string      `db:"sender"`    // mail: the address of the house
	Recipient string      `db:"recipient"` // mail: an address in which {number} is the staff number
	Template  string      `db:"template"`  // SMS: JSON in which {phone} and {text} are put
	Link      string      `db:"link"`      // where the house is reached
	Occasions []string    `db:"occasions,json"`
	Secret    []byte      `db:"secret"` // sealed channelSecret
	Stopped   time.Time   `db:"stopped"`
	Made      time.Time   `db:"made"`
	By        string      `db:"made_by"`
	MAC       []byte      `db:"mac"`
}

var channels = db.Define[Channel]("duty_channel")

// channelSecret is what of a channel nobody may read who reads its row: robots have
// their key in the query of their address.
type channelSecret struct {
	Query  string `json:"query"`
	Secret string `json:"secret"`
}

func (c Channel) destination(query string) dial.Destination {
	to := dial.Destination{Address: c.Address, Internal: c.Internal, Plain: c.Plain}
	if query != "" {
		to.Address += "?" + query
	}
	return to
}

func (c Channel) check() error {
	e := errInput.With()
	e.MustSay("name", c.Name, maxName)
	switch c.Kind {
	case WeCom, DingTalk, Webhook, SMS:
		if c.destination("").CheckWeb() != nil {
			e.At("address", fault.Text{ZH: "应为 https://主机/路径；内部目标登记为 internal 和 plain 后可用 http", EN: "is https://host/path; http only for a destination that is internal and plain"})
		}
	case MailTo:
		c.checkMail(e)
	default:
		e.At("kind", fault.Text{ZH: "应为 wecom、dingtalk、webhook、sms 或 mail", EN: "must be wecom, dingtalk, webhook, sms or mail"})
	}
	if c.Kind == SMS && (!json.Valid([]byte(fill(c.Template, "x", "x"))) || !strings.Contains(c.Template, "{phone}") || !strings.Contains(c.Template, "{text}")) {
		e.At("template", fault.Text{ZH: `应为含 {phone} 和 {text} 的 JSON，如 {"mobile":"{phone}","content":"{text}"}`, EN: `is JSON with {phone} and {text}, such as {"mobile":"{phone}","content":"{text}"}`})
	}
	if u, err := url.Parse(c.Link); err != nil || u.Scheme != "https" || u.Host == "" || u.RawQuery != "" {
		e.At("link", fault.Text{ZH: "应为本系统的 https 地址", EN: "is the https address of this system"})
	}
	if len(c.Occasions) == 0 || slices.ContainsFunc(c.Occasions, func(o string) bool {
		return !slices.Contains([]Occasion{OnOpened, OnReminded, OnLate, OnEscalated}, Occasion(o))
	}) {
		e.At("occasions", fault.Text{ZH: "从 opened、reminded、overdue、escalated 中选择", EN: "choose of opened, reminded, overdue, escalated"})
	}
	return e.OrNil()
}

func (c Channel) checkMail(e *fault.Error) {
	if c.destination("").CheckMail() != nil {
		e.At("address", fault.Text{ZH: "应为邮件服务器的 主机:端口", EN: "is host:port of the mail server"})
	}
	if dial.CheckAddress(c.Sender) != nil {
		e.At("sender", fault.Text{ZH: "应为邮件地址", EN: "is a mail address"})
	}
	if !strings.Contains(c.Recipient, "{number}") || dial.CheckAddress(strings.ReplaceAll(c.Recipient, "{number}", "1")) != nil {
		e.At("recipient", fault.Text{ZH: "应为含 {number}（工号）的邮件地址", EN: "is a mail address with {number}, the staff number"})
	}
}

func secretPlace(channel string) vault.Place {
	return vault.Place{Kind: "DutyChannel", Object: channel, Field: "secret"}
}

// Register registers a way out. The secret is a robot's signing key, a bearer
// token or the password of a mailbox.
func (room *Room) Register(ctx context.Context, c Channel, secret string) (Channel, error) {
	if err := room.desk.Begin(ctx, "duty.set-channel"); err != nil {
		return Channel{}, err
	}
	if err := c.check(); err != nil {
		return Channel{}, err
	}
	c.ID = id.New(room.desk.Now())
	address, query, _ := strings.Cut(c.Address, "?")
	c.Address = address
	hidden, err := json.Marshal(channelSecret{query, secret}) //nolint:gosec // it is sealed in the next step, and goes nowhere else
	if err != nil {
		return Channel{}, err
	}
	var made Channel
	err = room.doing(ctx, "duty.set-channel", "", secretPlace(c.ID), string(hidden), func(ctx context.Context, w *act.Work, sealed []byte) error {
		made = c
		made.Org, made.Made, made.By, made.Secret, made.Stopped = w.Actor().Org, w.Now(), w.Actor().ID, sealed, time.Time{}
		if err := w.Permit(ctx, houseObject(made.Org)); err != nil {
			return err
		}
		w.Note("channel", made.ID)
		return channels.Insert(ctx, w, &made)
	})
	return made, err
}

// Stop closes a way out. What still waits for it is dropped.
func (room *Room) Stop(ctx context.Context, channel string) error {
	return room.desk.Do(ctx, "duty.set-channel", func(ctx context.Context, w *act.Work) error {
		c, err := channels.Get(ctx, w, w.Actor().Org, channel)
		if err != nil {
			return orAbsent(err)
		}
		if err := w.Permit(ctx, houseObject(c.Org)); err != nil {
			return err
		}
		if !c.Stopped.IsZero() {
			return errClosed.With()
		}
		c.Stopped = w.Now()
		w.Note("channel", c.ID)
		return channels.Update(ctx, w, &c)
	})
}

// Channels lists the ways out. Only who registers channels sees them.
func (room *Room) Channels(ctx context.Context, cursor string, limit int) (web.Page[Channel], error) {
	return listed(ctx, room, "duty.set-channel", cursor, limit, "", func(ctx context.Context, r *act.Reading, after string, n int64) ([]Channel, error) {
		return channels.Select(ctx, r, "WHERE org = $1 AND id > $2 ORDER BY id LIMIT $3", r.Actor().Org, after, n)
	}, func(c Channel) string { return c.ID })
}

// afterAll stands behind every id.
const afterAll = "~"

// Messages lists what was sent out and what became of it, the newest first. Only who
// registers channels sees it.
func (room *Room) Messages(ctx context.Context, cursor string, limit int) (web.Page[Message], error) {
	return listed(ctx, room, "duty.set-channel", cursor, limit, afterAll, func(ctx context.Context, r *act.Reading, after string, n int64) ([]Message, error) {
		return messages.Select(ctx, r, "WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3", r.Actor().Org, after, n)
	}, func(m Message) string { return m.ID })
}
