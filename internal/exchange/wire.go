package exchange

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// OwnCardBody is the card of a house with the fingerprint of its keys.
type OwnCardBody struct {
	Card
	Fingerprint string `json:"fingerprint" doc:"SM3 of the keys, hexadecimal; at least the first sixteen digits are compared by telephone"`
}

func wireCard(c Card) OwnCardBody { return OwnCardBody{c, c.Fingerprint()} }

// RegisteringBody is what is said of a partner.
type RegisteringBody struct {
	Recipient  string    `json:"recipient,omitempty" maxLength:"40" doc:"id in the register of recipients, to send"`
	Source     string    `json:"source,omitempty" maxLength:"40" doc:"id in the register of sources, to receive"`
	Card       Card      `json:"card" doc:"of the other house, as it gave it"`
	Credential string    `json:"credential,omitempty" maxLength:"1600" doc:"the key of a source that the other house issued for this one"`
	Onwards    bool      `json:"onwards,omitempty" doc:"it permits that what came from it is passed on"`
	Until      time.Time `json:"until"`
}

// PartnerBody is a partner on the wire.
type PartnerBody struct {
	ID         string     `json:"id"`
	Recipient  string     `json:"recipient,omitempty"`
	Source     string     `json:"source,omitempty"`
	Card       Card       `json:"card"`
	Onwards    bool       `json:"onwards"`
	State      string     `json:"state" enum:"draft,live,ended"`
	Active     bool       `json:"active" doc:"packages are exchanged with it now"`
	MadeBy     string     `json:"madeBy"`
	Made       time.Time  `json:"made"`
	ApprovedBy string     `json:"approvedBy,omitempty"`
	Approved   *time.Time `json:"approved,omitempty"`
	Until      time.Time  `json:"until"`
}

// wirePartner leaves the fingerprint out: whoever approves asks the other house for it.
func wirePartner(p Partner, now time.Time) PartnerBody {
	return PartnerBody{
		ID: p.ID, Recipient: p.Recipient, Source: p.Source, Card: p.Card, Onwards: p.Onwards, State: p.State, Active: p.Live(now), MadeBy: p.MadeBy, Made: p.Made,
		ApprovedBy: p.ApprovedBy, Approved: web.Moment(p.Approved), Until: p.Until,
	}
}

// PackageBody is a package that was sent.
type PackageBody struct {
	ID       string     `json:"id"`
	Partner  string     `json:"partner"`
	Sequence int        `json:"sequence"`
	Patient  string     `json:"patient"`
	Sending  string     `json:"sending" doc:"in the outward register"`
	Count    int        `json:"count" doc:"of documents"`
	Bytes    int64      `json:"bytes"`
	Digest   string     `json:"digest" doc:"SM3 of the whole package, hexadecimal"`
	SHA256   string     `json:"sha256"`
	State    string     `json:"state" enum:"waiting,received,declined,failed"`
	Tries    int        `json:"tries"`
	Sender   string     `json:"sender"`
	Sent     time.Time  `json:"sent"`
	Settled  *time.Time `json:"settled,omitempty"`
}

func wirePackage(p Package) PackageBody {
	return PackageBody{
		ID: p.ID, Partner: p.Partner, Sequence: p.Sequence, Patient: p.Patient, Sending: p.Sending, Count: p.Count, Bytes: p.Bytes, Digest: hex.EncodeToString(p.Digest),
		SHA256: hex.EncodeToString(p.SHA256), State: p.State, Tries: p.Tries, Sender: p.Sender, Sent: p.Sent, Settled: web.Moment(p.Settled),
	}
}

// TryBody is one try to carry a package.
type TryBody struct {
	Number  int       `json:"number"`
	At      time.Time `json:"at"`
	Outcome string    `json:"outcome" doc:"of the receipt, or the code of what failed"`
	Signed  bool      `json:"signed" doc:"a receipt came, and its signature is the partner's"`
	Digest  string    `json:"digest,omitempty" doc:"SM3 of what arrived, as the receipt says"`
}

// CarriedBody is a package with each try to carry it.
type CarriedBody struct {
	PackageBody
	Answers []TryBody                 `json:"answers"`
	Names   map[string]staff.NameBody `json:"names"`
}

func wireCarried(c Carried) CarriedBody {
	b := CarriedBody{PackageBody: wirePackage(c.Package), Answers: []TryBody{}, Names: staff.WireNames(c.Names)}
	for _, t := range c.Tries {
		b.Answers = append(b.Answers, TryBody{Number: t.Number, At: t.At, Outcome: t.Outcome, Signed: len(t.Receipt) > 0, Digest: hex.EncodeToString(t.Digest)})
	}
	return b
}

// ArrivalBody is something that arrived.
type ArrivalBody struct {
	ID       string    `json:"id"`
	Partner  string    `json:"partner"`
	Package  string    `json:"package,omitempty"`
	Sequence int       `json:"sequence,omitempty"`
	Outcome  string    `json:"outcome" enum:"received,duplicate,replayed,out-of-order,altered,partial,foreign,unreadable,incomplete,unsafe"`
	Findings []Finding `json:"findings" nullable:"false"`
	Digest   string    `json:"digest"`
	Bytes    int64     `json:"bytes"`
	Items    int       `json:"items"`
	Batch    string    `json:"batch,omitempty" doc:"the import by which it was taken"`
	Taken    int       `json:"taken"`
	Aside    int       `json:"aside" doc:"documents that the import quarantined"`
	Apart    bool      `json:"apart" doc:"it was kept apart whole, and nothing of it taken"`
	At       time.Time `json:"at"`
}

func wireArrival(a Arrival) ArrivalBody {
	return ArrivalBody{
		ID: a.ID, Partner: a.Partner, Package: a.Package, Sequence: a.Sequence, Outcome: a.Outcome, Findings: append([]Finding{}, a.Findings...), Digest: hex.EncodeToString(a.Digest),
		Bytes: a.Bytes, Items: a.Items, Batch: a.Batch, Taken: a.Taken, Aside: a.Aside, Apart: a.apart(), At: a.At,
	}
}

// VouchedBody is what anybody may know of a package.
type VouchedBody struct {
	Known    bool       `json:"known" doc:"this house made exactly this file"`
	Sequence int        `json:"sequence,omitempty"`
	Sent     *time.Time `json:"sent,omitempty"`
	Count    int        `json:"count,omitempty"`
	Received bool       `json:"received" doc:"its recipient has confirmed it by a signed receipt"`
}

// PartnersBody is a page of partners.
type PartnersBody struct {
	web.Page[PartnerBody]
	Names map[string]staff.NameBody `json:"names"`
}

// PackagesBody is a page of packages that were sent.
type PackagesBody struct {
	web.Page[PackageBody]
	Names map[string]staff.NameBody `json:"names"`
}
