package recipient

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// WritingBody is what is said of a recipient when it is registered or changed.
type WritingBody struct {
	Code     string   `json:"code" maxLength:"160" example:"province-platform"`
	Kind     string   `json:"kind" maxLength:"20" doc:"see GET /api/recipients/choices"`
	NameZH   string   `json:"nameZh" maxLength:"320"`
	NameEN   string   `json:"nameEn,omitempty" maxLength:"320"`
	Owner    string   `json:"owner" maxLength:"160" doc:"the person who answers for what goes there"`
	Address  string   `json:"address,omitempty" maxLength:"1000" doc:"https://host/path, or host:port of a mail server; empty where nothing goes by itself"`
	Internal bool     `json:"internal,omitempty" doc:"it may lie inside the organisation's own network"`
	Seen     []string `json:"seen,omitempty" maxItems:"60" doc:"further hosts, addresses and networks by which a firewall sees it"`
	Verified string   `json:"verified" maxLength:"4000" doc:"how its identity was verified"`
	PEM      string   `json:"pem,omitempty" maxLength:"20000" doc:"its certificate, which is then the only one believed"`
	Shapes   []string `json:"shapes" maxItems:"20" doc:"what may be sent"`
	Fields   []string `json:"fields,omitempty" maxItems:"60"`
	Purpose  string   `json:"purpose" maxLength:"4000"`
	Basis    string   `json:"basis" maxLength:"4000" doc:"in law"`
	Account  string   `json:"account,omitempty" maxLength:"320"`
	Hours    int      `json:"hours,omitempty" doc:"within which a receipt must come; 0: none is awaited"`
	Volume
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
}

func (b WritingBody) writing() Writing { return Writing(b) }

// Body is a recipient on the wire. What is in force stands at its head.
type Body struct {
	WritingBody
	ID          string       `json:"id"`
	State       string       `json:"state" enum:"draft,live,suspended,ended"`
	Active      bool         `json:"active" doc:"something may go there now"`
	Why         string       `json:"why,omitempty" doc:"it was suspended or returned; time-over: by the house"`
	Wanted      *WritingBody `json:"wanted,omitempty" doc:"what waits for approval"`
	WantedBy    string       `json:"wantedBy"`
	Department  string       `json:"department"`
	Fingerprint string       `json:"fingerprint,omitempty" doc:"SM3 of the certificate"`
	Secret      bool         `json:"secret" doc:"it has a secret with which messages to it are signed"`
	Rev         int          `json:"rev"`
	MadeBy      string       `json:"madeBy"`
	Made        time.Time    `json:"made"`
	ApprovedBy  string       `json:"approvedBy,omitempty"`
	Approved    *time.Time   `json:"approved,omitempty"`
	Times       int64        `json:"times" doc:"how often something was sent"`
	Items       int64        `json:"items" doc:"how much, in all"`
	Bytes       int64        `json:"bytes"`
	Last        *time.Time   `json:"last,omitempty" doc:"when something was sent last"`
	Missing     int          `json:"missing" doc:"receipts that did not come, or came altered"`
	Untold      int          `json:"untold" doc:"notices that could not be told"`
}

func wireRecipient(x Recipient, now time.Time) Body {
	b := Body{
		WritingBody: WritingBody(x.Said), ID: x.ID, State: x.State, Active: x.Live(now), Why: x.Why, WantedBy: x.WantedBy, Department: x.Department, Fingerprint: x.Fingerprint,
		Secret: len(x.Secret) > 0, Rev: x.Rev, MadeBy: x.MadeBy, Made: x.Made, ApprovedBy: x.ApprovedBy, Approved: web.Moment(x.Approved),
	}
	if len(x.Wanted) > 0 {
		wanted := WritingBody(x.Wanted[0])
		b.Wanted = &wanted
	}
	return b
}

func wireTold(t Told, now time.Time) Body {
	b := wireRecipient(t.Recipient, now)
	b.Times, b.Items, b.Bytes, b.Last, b.Missing, b.Untold = t.times, t.items, t.bytes, web.Moment(t.last), t.Missing, t.Untold
	return b
}

// ListBody is a page of the register.
type ListBody struct {
	web.Page[Body]
	Names map[string]staff.NameBody `json:"names"`
}

// ReceiptBody is a receipt on the wire.
type ReceiptBody struct {
	Number   int       `json:"number"`
	Outcome  string    `json:"outcome" enum:"matched,late,altered,duplicate,absent"`
	Digest   string    `json:"digest,omitempty" doc:"SM3 of what arrived"`
	Evidence string    `json:"evidence,omitempty" doc:"SM3 of the paper or message that says so"`
	At       time.Time `json:"at"`
	By       string    `json:"by"`
}

func wireReceipt(r Receipt) ReceiptBody {
	return ReceiptBody{Number: r.Number, Outcome: r.Outcome, Digest: hex.EncodeToString(r.Digest), Evidence: hex.EncodeToString(r.Evidence), At: r.At, By: r.By}
}

// SendingBody is a sending on the wire, without what it held.
type SendingBody struct {
	ID        string        `json:"id"`
	Recipient string        `json:"recipient"`
	To        string        `json:"to,omitempty" doc:"what the recipient is called; absent for that of a case"`
	Party     string        `json:"party" enum:"register,case"`
	Sequence  int           `json:"sequence"`
	Sender    string        `json:"sender"`
	Channel   string        `json:"channel"`
	Shape     string        `json:"shape"`
	Purpose   string        `json:"purpose"`
	Basis     string        `json:"basis"`
	Count     int           `json:"count"`
	Bytes     int64         `json:"bytes"`
	Digest    string        `json:"digest" doc:"SM3 of what was sent"`
	Sent      time.Time     `json:"sent"`
	ReceiptBy *time.Time    `json:"receiptBy,omitempty"`
	Receipts  []ReceiptBody `json:"receipts" nullable:"false"`
	Patients  []string      `json:"patients" nullable:"false"`
}

func wireSent(s Sent) SendingBody {
	b := SendingBody{
		ID: s.ID, Recipient: s.Recipient, To: s.To, Party: s.Party, Sequence: s.Sequence, Sender: s.Sender, Channel: s.Channel, Shape: s.Shape, Purpose: s.Purpose, Basis: s.Basis,
		Count: s.Count, Bytes: s.Bytes, Digest: hex.EncodeToString(s.Digest), Sent: s.Sent, ReceiptBy: web.Moment(s.ReceiptBy), Receipts: make([]ReceiptBody, len(s.Receipts)),
		Patients: append([]string{}, s.Patients...),
	}
	for i, r := range s.Receipts {
		b.Receipts[i] = wireReceipt(r)
	}
	return b
}

// SeenBody is everything about a recipient.
type SeenBody struct {
	Body
	Sendings []SendingBody             `json:"sendings" nullable:"false" doc:"the newest 100"`
	Names    map[string]staff.NameBody `json:"names"`
}

// OpenedBody is a sending with what it held.
type OpenedBody struct {
	SendingBody
	Held   []Item                    `json:"held" nullable:"false"`
	Erased bool                      `json:"erased" doc:"what it held was erased with its patient"`
	Names  map[string]staff.NameBody `json:"names"`
}

// TracedBody is a page of sendings.
type TracedBody struct {
	web.Page[SendingBody]
	Names map[string]staff.NameBody `json:"names"`
}

// NoticeBody is one system being told of one thing.
type NoticeBody struct {
	ID        string     `json:"id"`
	Recipient string     `json:"recipient"`
	NameZH    string     `json:"nameZh"`
	NameEN    string     `json:"nameEn"`
	State     string     `json:"state" enum:"waiting,confirmed,failed,unsupported"`
	Told      string     `json:"told,omitempty" doc:"what was so when it was told last: sealed, lifted or ended"`
	Tries     int        `json:"tries"`
	Failure   string     `json:"failure,omitempty"`
	Made      time.Time  `json:"made"`
	Settled   *time.Time `json:"settled,omitempty"`
}

func wireNotice(n Notice, x Recipient) NoticeBody {
	return NoticeBody{
		ID: n.ID, Recipient: n.Recipient, NameZH: x.Said.NameZH, NameEN: x.Said.NameEN, State: n.State, Told: n.Told, Tries: n.Tries, Failure: n.Failure, Made: n.Made, Settled: web.Moment(n.Settled),
	}
}

// FindingBody is a finding on the wire.
type FindingBody struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind" enum:"refused,egress"`
	Destination string     `json:"destination" doc:"host, or id of a recipient"`
	Why         string     `json:"why"`
	First       time.Time  `json:"first"`
	Last        time.Time  `json:"last"`
	Times       int64      `json:"times"`
	Bytes       int64      `json:"bytes"`
	State       string     `json:"state" enum:"open,settled"`
	Settled     *time.Time `json:"settled,omitempty"`
	SettledBy   string     `json:"settledBy,omitempty"`
	Words       string     `json:"words,omitempty"`
}

func wireFinding(f Finding) FindingBody {
	return FindingBody{
		ID: f.ID, Kind: f.Kind, Destination: f.Destination, Why: f.Why, First: f.First, Last: f.Last, Times: f.Times, Bytes: f.Bytes, State: f.State, Settled: web.Moment(f.Settled),
		SettledBy: f.SettledBy, Words: f.Words,
	}
}

// ComparedBody is what a log came to.
type ComparedBody struct {
	Lines    int64         `json:"lines"`
	Inside   int64         `json:"inside" doc:"of the lines, to addresses inside"`
	Hosts    int           `json:"hosts" doc:"outside"`
	Known    int           `json:"known" doc:"of the hosts, of a recipient at that time"`
	Findings []FindingBody `json:"findings" nullable:"false"`
}

// ChoicesBody is what can be chosen when a recipient is registered.
type ChoicesBody struct {
	Kinds  []Named `json:"kinds" nullable:"false"`
	Shapes []Named `json:"shapes" nullable:"false"`
}
