package recipient

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "recipient"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.registerRoutes(s)
	room.sendingRoutes(s)
}

func (room *Room) registerRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/recipients", ID: "listRecipients", Verb: "recipient.list", Tag: tag,
		Summary: "List who receives data, by code, with how much went there"}, room.getRecipients)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/recipients/choices", ID: "listRecipientChoices", Verb: "recipient.list", Tag: tag,
		Summary: "List what can be chosen when a recipient is registered"}, room.getChoices)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients", ID: "registerRecipient", Verb: "recipient.register", Tag: tag, Status: http.StatusCreated,
		Summary: "Register a recipient; nothing goes there before somebody else approves it"}, room.postRecipient)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/recipients/{id}", ID: "viewRecipient", Verb: "recipient.view", Tag: tag,
		Summary: "Show a recipient with the newest of what went there"}, room.getRecipient)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/recipients/{id}", ID: "changeRecipient", Verb: "recipient.change", Tag: tag,
		Summary: "Write a recipient anew; what is in force stays until the change is approved"}, room.putRecipient)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients/{id}/approve", ID: "approveRecipient", Verb: "recipient.approve", Tag: tag,
		Summary: "Put what waits into force; somebody unrelated to whoever wrote it and to the owner"}, room.step(room.Approve))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients/{id}/return", ID: "returnRecipient", Verb: "recipient.return", Tag: tag,
		Summary: "Give what waits back, with a reason"}, room.said(room.Return))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients/{id}/suspend", ID: "suspendRecipient", Verb: "recipient.suspend", Tag: tag,
		Summary: "Stop everything that goes to a recipient, at once"}, room.said(room.Suspend))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients/{id}/begin", ID: "beginRecipient", Verb: "recipient.begin", Tag: tag,
		Summary: "Let what was suspended go on"}, room.step(room.Begin))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients/{id}/end", ID: "endRecipient", Verb: "recipient.end", Tag: tag,
		Summary: "Stop a recipient for good"}, room.said(room.End))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients/{id}/secret", ID: "issueRecipientSecret", Verb: "recipient.issue-secret", Tag: tag,
		Summary: "Make the secret with which a system is told of events; it is shown once"}, room.postSecret)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/recipients/findings", ID: "listEgressFindings", Verb: "recipient.list", Tag: tag,
		Summary: "List what went, or would have gone, to where nobody is registered, the newest first"}, room.getFindings)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients/findings/{id}/settle", ID: "settleEgressFinding", Verb: "recipient.settle", Tag: tag,
		Summary: "Close a finding with a reason"}, room.postSettle)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/recipients/egress", ID: "compareEgress", Verb: "recipient.compare", Tag: tag, MaxBody: 2 * MaxLog,
		Summary: "Hold a firewall's or gateway's log against the register"}, room.postEgress)
}

func (room *Room) sendingRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/transmissions", ID: "listTransmissions", Verb: "recipient.trace", Tag: tag,
		Summary: "List what was sent, by patient, recipient and period, the newest first"}, room.getSendings)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/transmissions", ID: "recordTransmission", Verb: "recipient.send", Tag: tag, Status: http.StatusCreated,
		Summary: "Record that something leaves for a recipient, before it does; refused where it may not"}, room.postSending)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/transmissions/{id}", ID: "viewTransmission", Verb: "recipient.trace", Tag: tag,
		Summary: "Show a sending with what it held and its receipts"}, room.getSending)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/transmissions/{id}/receipts", ID: "recordReceipt", Verb: "recipient.receive", Tag: tag, Status: http.StatusCreated,
		Summary: "Record a receipt; it is compared with what was sent"}, room.postReceipt)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/notices", ID: "listNotices", Verb: "recipient.told", Tag: tag,
		Summary: "List which systems were told of a seal or of an ended right, and what became of it"}, room.getNotices)
}

type listOut struct{ Body ListBody }

func (room *Room) getRecipients(ctx context.Context, in *web.Paging) (*listOut, error) {
	l, err := room.List(ctx, *in)
	now := room.desk.Now()
	return &listOut{ListBody{web.Shown(l.Page, func(t Told) Body { return wireTold(t, now) }), staff.WireNames(l.Names)}}, err
}

type choicesOut struct{ Body ChoicesBody }

func (room *Room) getChoices(ctx context.Context, _ *struct{}) (*choicesOut, error) {
	err := room.desk.Disclose(ctx, "recipient.list", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, houseObject(r.Actor().Org)) })
	if err != nil {
		return nil, err
	}
	return &choicesOut{ChoicesBody{Kinds(), Shapes()}}, nil
}

type recipientOut struct{ Body Body }

func (room *Room) postRecipient(ctx context.Context, in *struct{ Body WritingBody }) (*recipientOut, error) {
	x, err := room.Register(ctx, in.Body.writing())
	return &recipientOut{wireRecipient(x, room.desk.Now())}, err
}

type seenOut struct{ Body SeenBody }

func (room *Room) getRecipient(ctx context.Context, in *web.OfID) (*seenOut, error) {
	seen, err := room.View(ctx, in.ID)
	b := SeenBody{Body: wireTold(seen.Told, room.desk.Now()), Sendings: make([]SendingBody, len(seen.Sendings)), Names: staff.WireNames(seen.Names)}
	for i, s := range seen.Sendings {
		b.Sendings[i] = wireSent(s)
	}
	return &seenOut{b}, err
}

func (room *Room) putRecipient(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		WritingBody
		Rev int `json:"rev"`
	}
}) (*recipientOut, error) {
	x, err := room.Change(ctx, in.ID, in.Body.Rev, in.Body.writing())
	return &recipientOut{wireRecipient(x, room.desk.Now())}, err
}

// step is one that needs nothing but its recipient.
func (room *Room) step(do func(ctx context.Context, recipient string) (Recipient, error)) func(context.Context, *web.OfID) (*recipientOut, error) {
	return func(ctx context.Context, in *web.OfID) (*recipientOut, error) {
		x, err := do(ctx, in.ID)
		return &recipientOut{wireRecipient(x, room.desk.Now())}, err
	}
}

type saidIn struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"4000" doc:"why"`
	}
}

// said is a step that gives a reason.
func (room *Room) said(do func(ctx context.Context, recipient, words string) (Recipient, error)) func(context.Context, *saidIn) (*recipientOut, error) {
	return func(ctx context.Context, in *saidIn) (*recipientOut, error) {
		x, err := do(ctx, in.ID, in.Body.Words)
		return &recipientOut{wireRecipient(x, room.desk.Now())}, err
	}
}

type secretOut struct {
	Body struct {
		Secret string `json:"secret" doc:"shown once"`
	}
}

func (room *Room) postSecret(ctx context.Context, in *web.OfID) (*secretOut, error) {
	out := &secretOut{}
	var err error
	out.Body.Secret, err = room.IssueSecret(ctx, in.ID)
	return out, err
}

type findingsOut struct{ Body web.Page[FindingBody] }

func (room *Room) getFindings(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"open,settled" doc:"both when absent"`
}) (*findingsOut, error) {
	page, err := room.Findings(ctx, in.State, in.Paging)
	return &findingsOut{web.Shown(page, wireFinding)}, err
}

type findingOut struct{ Body FindingBody }

func (room *Room) postSettle(ctx context.Context, in *saidIn) (*findingOut, error) {
	f, err := room.Settle(ctx, in.ID, in.Body.Words)
	return &findingOut{wireFinding(f)}, err
}

type comparedOut struct{ Body ComparedBody }

func (room *Room) postEgress(ctx context.Context, in *struct {
	Body struct {
		Mapping Mapping `json:"mapping"`
		Text    string  `json:"text" doc:"the log: delimited text whose first line names its columns; 8 MiB at most"`
	}
}) (*comparedOut, error) {
	c, err := room.Compare(ctx, in.Body.Mapping, in.Body.Text)
	b := ComparedBody{Lines: c.Lines, Inside: c.Inside, Hosts: c.Hosts, Known: c.Known, Findings: make([]FindingBody, len(c.Findings))}
	for i, f := range c.Findings {
		b.Findings[i] = wireFinding(f)
	}
	return &comparedOut{b}, err
}

type tracedOut struct{ Body TracedBody }

func (room *Room) getSendings(ctx context.Context, in *struct {
	web.Paging
	Recipient string    `query:"recipient" maxLength:"40"`
	Patient   string    `query:"patient" maxLength:"40"`
	Outcome   string    `query:"outcome" enum:"waiting,matched,late,altered,duplicate,absent"`
	From      time.Time `query:"from"`
	To        time.Time `query:"to"`
}) (*tracedOut, error) {
	page, err := room.Trace(ctx, Query{Recipient: in.Recipient, Patient: in.Patient, Outcome: in.Outcome, From: in.From, To: in.To}, in.Paging)
	return &tracedOut{TracedBody{web.Shown(page.Page, wireSent), staff.WireNames(page.Names)}}, err
}

type sendingOut struct{ Body SendingBody }

func (room *Room) postSending(ctx context.Context, in *struct {
	Body struct {
		Recipient string `json:"recipient" maxLength:"40"`
		Channel   string `json:"channel" maxLength:"320" doc:"by what way it goes"`
		Shape     string `json:"shape" maxLength:"40"`
		Basis     string `json:"basis,omitempty" maxLength:"4000" doc:"that of the recipient when empty"`
		Items     []Item `json:"items" maxItems:"1000" nullable:"false"`
		Bytes     int64  `json:"bytes,omitempty" minimum:"0"`
		Digest    string `json:"digest" maxLength:"64" doc:"SM3 of what is sent, hexadecimal"`
	}
}) (*sendingOut, error) {
	b := in.Body
	s, err := room.Send(ctx, Leaving{Recipient: b.Recipient, Channel: b.Channel, Shape: b.Shape, Basis: b.Basis, Items: b.Items, Bytes: b.Bytes, Digest: digestOf(b.Digest)})
	return &sendingOut{wireSent(Sent{Sending: s})}, err
}

type openedOut struct{ Body OpenedBody }

func (room *Room) getSending(ctx context.Context, in *web.OfID) (*openedOut, error) {
	o, err := room.ViewSending(ctx, in.ID)
	return &openedOut{OpenedBody{wireSent(o.Sent), append([]Item{}, o.Items...), o.Erased, staff.WireNames(o.Names)}}, err
}

type receiptOut struct{ Body ReceiptBody }

func (room *Room) postReceipt(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Digest   string `json:"digest" maxLength:"64" doc:"SM3 of what arrived, hexadecimal"`
		Evidence string `json:"evidence,omitempty" maxLength:"64" doc:"SM3 of the paper or message that says so"`
	}
}) (*receiptOut, error) {
	r, err := room.Receive(ctx, in.ID, Receiving{digestOf(in.Body.Digest), digestOf(in.Body.Evidence)})
	return &receiptOut{wireReceipt(r)}, err
}

type noticesOut struct {
	Body struct {
		Items []NoticeBody `json:"items" nullable:"false"`
	}
}

func (room *Room) getNotices(ctx context.Context, in *struct {
	Subject string `query:"subject" required:"true" maxLength:"40" doc:"id of the seal, or of the order to end a right"`
}) (*noticesOut, error) {
	all, by, err := room.NoticesAbout(ctx, in.Subject)
	out := &noticesOut{}
	out.Body.Items = make([]NoticeBody, len(all))
	for i, n := range all {
		out.Body.Items[i] = wireNotice(n, by[n.Recipient])
	}
	return out, err
}

// digestOf reads a digest; what is none is one that no check takes.
func digestOf(text string) []byte {
	if text == "" {
		return nil
	}
	digest, err := hex.DecodeString(text)
	if err != nil {
		return []byte(text)
	}
	return digest
}
