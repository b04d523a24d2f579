package exchange

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// Partner is another house with which packages are exchanged: its keys, to which
// recipient of the register what is for it goes, and as which source it calls. Its row
// is keyed.
type Partner struct {
	Org           string    `db:"org,key"`
	ID            string    `db:"id,key"`
	Recipient     string    `db:"recipient"` // of the register; empty where nothing goes there
	Source        string    `db:"source"`    // as which it calls; empty where nothing comes from there
	Card          Card      `db:"card,json"`
	Credential    []byte    `db:"credential"`     // with which this house calls it, sealed
	CredentialKey string    `db:"credential_key"` // under which it is sealed
	Onwards       bool      `db:"onwards"`        // what came from it may be passed on
	State         string    `db:"state"`
	MadeBy        string    `db:"made_by"`
	Made          time.Time `db:"made"`
	ApprovedBy    string    `db:"approved_by"`
	Approved      time.Time `db:"approved"`
	Until         time.Time `db:"until"`
	Rev           int       `db:"rev"`
	MAC           []byte    `db:"mac"`
}

// States of a partner.
const (
	Draft = "draft"
	Live  = "live"
	Ended = "ended"
)

// Live reports whether packages are exchanged with the partner at a moment.
func (p Partner) Live(at time.Time) bool { return p.State == Live && p.Until.After(at) }

func (p Partner) object() policy.Object {
	return policy.Object{Kind: "Exchange", ID: p.ID, Org: p.Org, Author: p.MadeBy}
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// Registering is what is said of a partner when it is registered.
type Registering struct {
	Recipient  string
	Source     string
	Card       Card
	Credential string // that the other house issued for this one
	Onwards    bool
	Until      time.Time
}

const (
	maxName       = 80
	maxCredential = 400
	longest       = 3 * 366 * 24 * time.Hour
)

func (in Registering) check(now time.Time) error {
	e := errInput.With()
	if in.Recipient == "" && in.Source == "" {
		e.At("recipient", fault.Text{ZH: "请选择接收方（发送用）或数据来源（接收用），至少一项", EN: "choose a recipient, to send, or a source, to receive, or both"})
	}
	if in.Recipient != "" {
		e.MustName("credential", in.Credential, maxCredential)
	}
	e.MustName("card.org", in.Card.Org, maxName)
	e.MustName("card.name", in.Card.Name, maxName)
	for field, key := range map[string]string{"card.signer": in.Card.Signer, "card.opener": in.Card.Opener} {
		if _, err := (Card{Signer: key}).sender().PublicKey(); err != nil {
			e.At(field, fault.Text{ZH: "不是 SM2 公钥：请原样粘贴对方的交换名片", EN: "is no SM2 public key: paste the other house's card as it is"})
		}
	}
	if !in.Until.After(now) || in.Until.Sub(now) > longest {
		e.At("until", fault.Text{ZH: "截止时间应晚于现在，最长三年", EN: "it ends after now, within three years"})
	}
	return e.OrNil()
}

// shortest is how many digits of a fingerprint are compared at least.
const shortest = 16

// matches reports whether somebody read the fingerprint of the card to somebody else.
// Spaces do not count.
func (c Card) matches(said string) bool {
	said = compact(said)
	return len(said) >= shortest && len(said) <= 2*sm.DigestSize && c.Fingerprint()[:len(said)] == said
}
