package identity

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/id"
)

// Gateway hands a code over to a telephone.
type Gateway interface {
	Send(ctx context.Context, to GatewaySettings, secret, phone, code string) error
}

// gateway is one that takes JSON over HTTPS with a bearer token.
type gateway struct{ dial *dial.Dialer }

func (g gateway) Send(ctx context.Context, to GatewaySettings, secret, phone, code string) error {
	body, err := json.Marshal(map[string]string{
		"to": phone, "code": code, "text": "医守登录验证码 " + code + "，5 分钟内有效，请勿告知他人。",
	})
	if err != nil {
		return err
	}
	header := http.Header{"Content-Type": {"application/json"}}
	if secret != "" {
		header.Set("Authorization", "Bearer "+secret)
	}
	_, err = g.dial.Post(ctx, to.destination(), header, body)
	return err
}

// sent is a code that was sent.
type sent struct {
	Digest string `json:"digest"` // blind index of account, ceremony and code
}

// sentFactor marks the ceremonies that are codes that were sent.
const sentFactor = "message"

// SendCode sends a code to the telephone of whoever knows a password and has no
// factor of his own. What a message shows is never enough for a role that needs a
// second factor: telephone numbers change hands.
func (r *Room) SendCode(ctx context.Context, c Credentials) error {
	const verb = "identity.send-code"
	if err := r.mustComeThroughTunnel(ctx, verb); err != nil {
		return err
	}
	way, err := r.openWayOf(ctx, SMS)
	if err != nil {
		return err
	}
	name := canonicalName(c.Name)
	t := r.newTry(ctx, "identity.sign-in", name)
	account, wait, err := r.beforeHash(ctx, t, name)
	switch {
	case err != nil:
		return err
	case wait > 0:
		r.countNobody(ctx, t.verb)
		return waitFor(wait)
	}
	by, err := r.vouch(ctx, name, account, c.Password)
	switch {
	case err != nil:
		return err
	case !by.right:
		return r.fail(ctx, t, by.account, whyPassword, ErrWrong.With())
	}
	if err := by.account.open(); err != nil {
		return r.fail(ctx, t, by.account, whyAccount, err)
	}
	phone, secret, err := r.reachable(ctx, way, by.account)
	if err != nil {
		return err
	}
	standing, _, err := r.standing(ctx, by.account.Person, r.desk.Now())
	if err != nil {
		return err
	}
	actor := standing.Actor()
	actor.Purpose, actor.IP, actor.Terminal, actor.Zone = purposeFor(actor.Roles), t.who.IP, t.who.Terminal, t.who.Zone
	code := randomDigits(codeDigits)
	kept := ceremony{Org: r.org, ID: id.New(r.desk.Now()), Account: by.account.ID, Factor: sentFactor}
	err = r.desk.Do(act.With(ctx, actor), verb, func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(by.account)); err != nil {
			return err
		}
		if err := r.mayBeSent(ctx, w, by.account); err != nil {
			return err
		}
		return keepCeremony(ctx, w, kept, sent{r.sentDigest(kept, code)}, w.Now())
	})
	if err != nil {
		return r.doubted(ctx, err)
	}
	if err := r.gateway.Send(ctx, *way.Settings.Gateway, secret, phone, code); err != nil {
		return errGateway.Because(err)
	}
	return nil
}

// reachable returns the telephone of an account that has no factor of its own.
func (r *Room) reachable(ctx context.Context, way Way, a Account) (phone, secret string, err error) {
	var has []Factor
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		if has, err = liveFactors(ctx, v, a.Org, a.ID); err != nil {
			return err
		}
		_, phone, err = r.staff.Contact(ctx, v, a.Org, a.Person)
		return err
	})
	switch {
	case err != nil:
		return "", "", r.doubted(ctx, err)
	case len(has) > 0:
		return "", "", errCodeNeeded.With()
	case phone == "":
		return "", "", errNoPhone.With()
	}
	secret, err = r.secretOfWay(ctx, way)
	return phone, secret, err
}

// mayBeSent spaces the codes that one account is sent.
func (r *Room) mayBeSent(ctx context.Context, w *act.Work, a Account) error {
	counted, err := attemptsOf(ctx, w, a.Org, scopeMessage, a.ID)
	if err != nil {
		return err
	}
	if wait := counted.wait(w.Now()); wait > 0 {
		return waitFor(wait)
	}
	counted.failed(w.Now())
	return attempts.Put(ctx, w, &counted)
}

func (r *Room) sentDigest(c ceremony, code string) string {
	return r.vault.Blind(c.Org, "identity_ceremony", strings.Join([]string{c.Account, c.ID, code}, "\n"))
}

// mustHaveBeenSent finds which code that was sent somebody shows, who has no factor
// of his own. Where none was sent there is nothing to show.
func (r *Room) mustHaveBeenSent(ctx context.Context, t try, a Account, code string) (second, error) {
	var open []ceremony
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		open, err = ceremonies.Select(ctx, v, "WHERE org = $1 AND account = $2 AND factor = $3 AND until > $4 ORDER BY id",
			a.Org, a.ID, sentFactor, r.desk.Now().UnixMicro())
		return err
	})
	if err != nil || len(open) == 0 {
		return second{}, r.doubted(ctx, err)
	}
	for _, c := range open {
		var was sent
		if err := c.read(&was); err != nil {
			return second{}, err
		}
		if was.Digest == r.sentDigest(c, canonicalCode(code)) {
			return second{means: ByMessage, message: c.ID}, nil
		}
	}
	return second{}, r.fail(ctx, t, a, whyMessage, errCodeWrong.With())
}

// spendMessage takes a code that was sent, once.
func spendMessage(ctx context.Context, w *act.Work, org, message string) error {
	c, err := ceremonies.Get(ctx, w, org, message)
	if errors.Is(err, db.ErrNone) {
		return errCodeUsed.Because(err)
	}
	if err != nil {
		return err
	}
	return ceremonies.Delete(ctx, w, &c)
}
