package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/base64"

	"github.com/emmansun/gmsm/sm2"
)

// TLS of this house knows no SM2. The holder of an SM2 certificate signs a text of
// the server's instead, by what reads his token (E-143, A-148).

// challenge is what the house has asked somebody to sign.
type challenge struct {
	Way   string `json:"way"`
	Nonce []byte `json:"nonce"`
}

// Challenged is a challenge under way. Text is signed with SM2 over SM3, as ASN.1,
// for the usual signer "1234567812345678".
type Challenged struct {
	Ceremony string
	Text     string
}

// Answered is the answer to a challenge.
type Answered struct {
	Ceremony  string
	Chain     [][]byte // DER, the holder's first
	Signature []byte
}

func newChallenge(way string) challenge {
	asked := challenge{Way: way, Nonce: make([]byte, challengeSize)}
	_, _ = rand.Read(asked.Nonce) // never fails: it ends the process instead
	return asked
}

// text is what is signed: nothing that could be taken for something else.
func (c challenge) text(org, ceremony, use string) string {
	return "medward-" + use + "\n" + org + "\n" + ceremony + "\n" + base64.RawURLEncoding.EncodeToString(c.Nonce)
}

const (
	useSignIn = "sign-in"
	useBind   = "link"
)

// BeginSM2 begins a sign-in with an SM2 certificate. It names nobody.
func (r *Room) BeginSM2(ctx context.Context) (Challenged, error) {
	way, err := r.openWayOf(ctx, SM2)
	if err != nil {
		return Challenged{}, err
	}
	asked := newChallenge(way.ID)
	ceremony, err := r.beginCeremony(ctx, asked)
	return Challenged{Ceremony: ceremony, Text: asked.text(r.org, ceremony, useSignIn)}, err
}

// SignInBySM2 lets in the holder of an SM2 certificate that was bound to an account.
func (r *Room) SignInBySM2(ctx context.Context, a Answered, code string, browserKey []byte) (Admission, error) {
	if err := checkBrowserKey(browserKey); err != nil {
		return Admission{}, err
	}
	way, shown, err := r.answered(ctx, a, "", useSignIn)
	if err != nil {
		return Admission{}, err
	}
	return r.admitLinked(ctx, way, shown.mark, proof{means: ByCertificate, browserKey: browserKey}, code)
}

// BeginSM2Link begins to bind an SM2 certificate to the caller's account.
func (r *Room) BeginSM2Link(ctx context.Context) (Challenged, error) {
	own, err := r.linker(ctx)
	if err != nil {
		return Challenged{}, err
	}
	way, err := r.openWayOf(ctx, SM2)
	if err != nil {
		return Challenged{}, err
	}
	asked := newChallenge(way.ID)
	ceremony, err := r.beginLink(ctx, own, way.ID, asked)
	return Challenged{Ceremony: ceremony, Text: asked.text(own.Org, ceremony, useBind)}, err
}

// LinkSM2 binds an SM2 certificate to the caller's account.
func (r *Room) LinkSM2(ctx context.Context, a Answered) (Link, error) {
	own, err := r.linker(ctx)
	if err != nil {
		return Link{}, err
	}
	way, shown, err := r.answered(ctx, a, own.ID, useBind)
	if err != nil {
		return Link{}, err
	}
	return r.linkCertified(ctx, own, way, shown)
}

// answered finds whose certificate has answered a challenge, once.
func (r *Room) answered(ctx context.Context, a Answered, account, use string) (Way, certified, error) {
	var asked challenge
	if _, err := r.takeCeremony(ctx, a.Ceremony, account, &asked); err != nil {
		return Way{}, certified{}, err
	}
	way, err := r.openWay(ctx, asked.Way, SM2)
	if err != nil {
		return way, certified{}, err
	}
	if len(a.Chain) == 0 {
		return way, certified{}, errNoCertificate.With()
	}
	shown, err := r.vouchedFor(way, a.Chain)
	if err != nil {
		return way, certified{}, err
	}
	key, ok := shown.leaf.PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != sm2.P256() || !sm2.VerifyASN1WithSM2(key, nil, []byte(asked.text(r.org, a.Ceremony, use)), a.Signature) {
		return way, certified{}, errCertificate.With()
	}
	return way, shown, nil
}
