package identity

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
)

// A passkey is a key in a token, a telephone or a computer that its holder opens
// by finger, face or PIN there. It shows possession and knowledge at once and
// cannot be shown to a false page, so it stands for both factors (D-044, A-064).

const (
	ceremonyLife = 5 * time.Minute
	// mostCeremonies bounds what nobody in particular can make the house keep.
	mostCeremonies = 2000
)

// relyingParty is this house as authenticators know it, by the origin that the
// rules name.
func relyingParty(origin string) (*webauthn.WebAuthn, error) {
	at, err := url.Parse(origin)
	if err != nil || at.Hostname() == "" {
		return nil, errNoPasskeys.With()
	}
	return webauthn.New(&webauthn.Config{RPID: at.Hostname(), RPDisplayName: issuer, RPOrigins: []string{origin}})
}

func (r *Room) relyingParty(ctx context.Context) (rp *webauthn.WebAuthn, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		rules, err := r.rulesOf(ctx, v, r.org)
		if err == nil {
			rp, err = relyingParty(rules.Rules.Factor.Origin)
		}
		return err
	})
	return rp, r.doubted(ctx, err)
}

// holder is the owner of passkeys as the protocol asks for him.
type holder struct {
	account Account
	keys    []webauthn.Credential
	factors []Factor
}

func (h *holder) WebAuthnID() []byte                         { return []byte(h.account.ID) }
func (h *holder) WebAuthnName() string                       { return h.account.Name }
func (h *holder) WebAuthnDisplayName() string                { return h.account.Name }
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// holderOf finds an account with its passkeys.
func (r *Room) holderOf(ctx context.Context, account string) (*holder, error) {
	h := &holder{}
	var has []Factor
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		if h.account, err = findAccount(ctx, v, r.org, account); err != nil {
			return err
		}
		has, err = liveFactors(ctx, v, h.account.Org, h.account.ID)
		return err
	})
	if err != nil {
		return nil, r.doubted(ctx, err)
	}
	for _, f := range has {
		if f.Kind != Passkey {
			continue
		}
		text, err := r.secretOf(ctx, f)
		if err != nil {
			return nil, err
		}
		var key webauthn.Credential
		if err := json.Unmarshal([]byte(text), &key); err != nil {
			return nil, err
		}
		key.Authenticator.SignCount = uint32(f.LastStep) //nolint:gosec // it was put there from one
		h.keys, h.factors = append(h.keys, key), append(h.factors, f)
	}
	return h, nil
}

// keepCeremony keeps what the second half of a ceremony needs.
func keepCeremony(ctx context.Context, w db.Writer, c ceremony, data any, now time.Time) error {
	if err := c.write(data); err != nil {
		return err
	}
	c.Until = now.Add(ceremonyLife)
	return ceremonies.Insert(ctx, w, &c)
}

// takeCeremony returns a ceremony and forgets it: none is finished twice. What was
// kept of it is put into data.
func (r *Room) takeCeremony(ctx context.Context, id, account string, data any) (c ceremony, err error) {
	now := r.desk.Now()
	err = r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		if c, err = ceremonies.Get(ctx, w, r.org, id); err != nil {
			return err
		}
		return ceremonies.Delete(ctx, w, &c)
	})
	switch {
	case errors.Is(err, db.ErrNone) || err == nil && (c.Account != account || !c.Until.After(now)):
		return c, errCeremony.With()
	case err != nil:
		return c, r.doubted(ctx, err)
	}
	return c, c.read(data)
}

// PasskeyBegun is the first half of a ceremony. Options go to the browser as they
// are.
type PasskeyBegun struct {
	Ceremony string
	Options  any
}

// EnrolPasskey begins to give the caller a passkey.
func (r *Room) EnrolPasskey(ctx context.Context, label string) (PasskeyBegun, error) {
	if err := r.mustBeKnown(ctx, "identity.enrol-factor"); err != nil {
		return PasskeyBegun{}, err
	}
	if err := checkLabel(label); err != nil {
		return PasskeyBegun{}, err
	}
	who, err := r.callerOf(ctx)
	if err != nil {
		return PasskeyBegun{}, err
	}
	rp, err := relyingParty(who.rules.Rules.Factor.Origin)
	if err != nil {
		return PasskeyBegun{}, err
	}
	h, err := r.holderOf(ctx, who.account.ID)
	if err != nil {
		return PasskeyBegun{}, err
	}
	options, data, err := rp.BeginRegistration(h,
		webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementRequired),
		webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		}),
	)
	if err != nil {
		return PasskeyBegun{}, err
	}
	now := r.desk.Now()
	f := Factor{
		Org: who.account.Org, ID: id.New(now), Account: who.account.ID, Person: who.account.Person,
		Kind: Passkey, State: Pending, Label: label, Made: now,
	}
	c := ceremony{Org: f.Org, ID: id.New(now), Account: f.Account, Factor: f.ID}
	err = r.desk.Do(ctx, "identity.enrol-factor", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(who.account)); err != nil {
			return err
		}
		w.Note("factor", f.ID)
		if err := factors.Insert(ctx, w, &f); err != nil {
			return err
		}
		return keepCeremony(ctx, w, c, data, w.Now())
	})
	return PasskeyBegun{Ceremony: c.ID, Options: options}, err
}

// ConfirmPasskey takes the browser's answer to [Room.EnrolPasskey]. The calling
// session becomes strong, and fresh recovery codes are returned.
func (r *Room) ConfirmPasskey(ctx context.Context, ceremony string, answer []byte) ([]string, error) {
	if err := r.mustBeKnown(ctx, "identity.confirm-factor"); err != nil {
		return nil, err
	}
	who, err := r.callerOf(ctx)
	if err != nil {
		return nil, err
	}
	rp, err := relyingParty(who.rules.Rules.Factor.Origin)
	if err != nil {
		return nil, err
	}
	var data webauthn.SessionData
	begun, err := r.takeCeremony(ctx, ceremony, who.account.ID, &data)
	if err != nil {
		return nil, err
	}
	f, err := r.pendingFactor(ctx, who.account, begun.Factor)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, errPasskey.Because(err)
	}
	h, err := r.holderOf(ctx, who.account.ID)
	if err != nil {
		return nil, err
	}
	key, err := rp.CreateCredential(h, data, parsed)
	if err != nil {
		return nil, errPasskey.Because(err)
	}
	text, err := json.Marshal(key)
	if err != nil {
		return nil, err
	}
	subject, err := r.subjectOf(ctx, f.Org, f.Person)
	if err != nil {
		return nil, err
	}
	if f.Secret, err = subject.Seal(f.place(), text); err != nil {
		return nil, err
	}
	return r.confirm(ctx, who.account, f, second{means: ByPasskey, factor: f.ID, step: int64(key.Authenticator.SignCount)})
}

// BeginPasskey begins a sign-in by passkey. It names nobody.
func (r *Room) BeginPasskey(ctx context.Context) (PasskeyBegun, error) {
	rp, err := r.relyingParty(ctx)
	if err != nil {
		return PasskeyBegun{}, err
	}
	options, data, err := rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return PasskeyBegun{}, err
	}
	ceremony, err := r.beginCeremony(ctx, data)
	return PasskeyBegun{Ceremony: ceremony, Options: options}, err
}

// beginCeremony keeps what nobody in particular has begun.
func (r *Room) beginCeremony(ctx context.Context, data any) (string, error) {
	now := r.desk.Now()
	c := ceremony{Org: r.org, ID: id.New(now)}
	err := r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		open, err := count(ctx, w, "SELECT COUNT(*) FROM identity_ceremony WHERE until > $1", now.UnixMicro())
		if err == nil && open >= mostCeremonies {
			return waitFor(ceremonyLife)
		}
		if err != nil {
			return err
		}
		return keepCeremony(ctx, w, c, data, now)
	})
	return c.ID, err
}

// SignInByPasskey lets in the holder of a passkey.
func (r *Room) SignInByPasskey(ctx context.Context, ceremony string, answer, browserKey []byte) (Admission, error) {
	if err := checkBrowserKey(browserKey); err != nil {
		return Admission{}, err
	}
	h, shown, err := r.passkeyShown(ctx, "identity.sign-in", ceremony, answer)
	if err != nil {
		return Admission{}, err
	}
	return r.admit(ctx, r.newTry(ctx, "identity.sign-in", h.account.Name), h.account, proof{means: ByPasskey, second: shown, browserKey: browserKey})
}

// passkeyShown finds whose passkey has answered. A wrong answer for an account is
// on record as a failed attempt.
func (r *Room) passkeyShown(ctx context.Context, verb, ceremony string, answer []byte) (*holder, second, error) {
	rp, err := r.relyingParty(ctx)
	if err != nil {
		return nil, second{}, err
	}
	var data webauthn.SessionData
	if _, err := r.takeCeremony(ctx, ceremony, "", &data); err != nil {
		return nil, second{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return nil, second{}, errPasskey.Because(err)
	}
	h := &holder{}
	_, key, err := rp.ValidatePasskeyLogin(func(_, user []byte) (webauthn.User, error) {
		found, err := r.holderOf(ctx, string(user))
		if err == nil {
			h = found
		}
		return found, err
	}, data, parsed)
	if err != nil || key.Authenticator.CloneWarning {
		return nil, second{}, r.fail(ctx, r.newTry(ctx, verb, h.account.Name), h.account, whyPasskey, errPasskey.Because(err))
	}
	for i, known := range h.keys {
		if string(known.ID) == string(key.ID) {
			return h, second{means: ByPasskey, factor: h.factors[i].ID, step: int64(key.Authenticator.SignCount)}, nil
		}
	}
	return nil, second{}, errPasskey.With()
}
