package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
)

func (r *Room) screenRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/sessions", ID: "listMySessions", Verb: "identity.list-sessions", Tag: tag,
		Summary: "List one's own open sessions"}, r.getMySessions)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/accounts/{id}/sessions", ID: "listAccountSessions", Verb: "identity.list-sessions", Tag: tag,
		Summary: "List the open sessions of an account"}, r.getAccountSessions)
	web.Handle(s, web.Op{Method: http.MethodDelete, Path: "/api/identity/sessions/{id}", ID: "endSession", Verb: "identity.end-session", Tag: tag,
		Status: http.StatusNoContent, Summary: "End one session, of one's own or of another's account"}, r.deleteOneSession)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/lock", ID: "lockScreen", Verb: "identity.lock-session", Tag: tag,
		Status: http.StatusNoContent, Summary: "Lock the screen; what is open stays"}, r.postLock)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/unlock", ID: "unlockScreen", Tag: tag,
		Open: "whoever holds a locked session is nobody until he has shown who he is", MaxBody: 8 << 10, Summary: "Unlock the screen as the same person"}, r.postUnlock)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/challenge", ID: "challengeBrowser", Tag: tag,
		Open: "gives the holder of a session something to sign, and nobody anything", Summary: "Ask for a challenge for the key that the browser keeps"}, r.postChallenge)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/proof", ID: "proveBrowser", Tag: tag,
		Open: "shows that a session is in the browser that began it", Status: http.StatusNoContent, MaxBody: 8 << 10, Summary: "Answer a challenge with the key that the browser keeps"}, r.postProof)
}

type sessionBody struct {
	ID       string    `json:"id"`
	Since    time.Time `json:"since"`
	Seen     time.Time `json:"seen" doc:"last use, to the minute"`
	Until    time.Time `json:"until"`
	IP       string    `json:"ip"`
	Terminal string    `json:"terminal"`
	Zone     string    `json:"zone,omitempty" enum:"inside,remote" doc:"where it was begun; absent while no network is named as inside"`
	Tunnel   bool      `json:"tunnel" doc:"begun through the VPN"`
	Means    string    `json:"means"`
	Fallback string    `json:"fallback,omitempty" enum:"unanswered,overruled" doc:"why a password of this house was taken in place of the directory's"`
	Strong   bool      `json:"strong"`
	Locked   bool      `json:"locked"`
	Bound    bool      `json:"bound" doc:"to a key that the browser keeps"`
	This     bool      `json:"this" doc:"the one that asks"`
}

type sessionsOut struct {
	Body struct {
		Items []sessionBody `json:"items"`
	}
}

func (r *Room) sessionsOf(ctx context.Context, account string) (*sessionsOut, error) {
	open, err := r.OpenSessions(ctx, account)
	out := &sessionsOut{}
	out.Body.Items = make([]sessionBody, len(open))
	for i, s := range open {
		out.Body.Items[i] = sessionBody{
			ID: s.ID, Since: s.Since, Seen: s.Seen, Until: s.end(), IP: s.IP, Terminal: s.Terminal, Means: string(s.Means),
			Zone: s.Zone, Tunnel: s.Tunnel != "", Fallback: string(s.Fallback),
			Strong: s.Strong, Locked: !s.Locked.IsZero(), Bound: s.BrowserKey != nil, This: s.ID == act.From(ctx).Session,
		}
	}
	return out, err
}

func (r *Room) getMySessions(ctx context.Context, _ *struct{}) (*sessionsOut, error) {
	return r.sessionsOf(ctx, "")
}

func (r *Room) getAccountSessions(ctx context.Context, in *web.OfID) (*sessionsOut, error) {
	return r.sessionsOf(ctx, in.ID)
}

func (r *Room) deleteOneSession(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.EndSession(ctx, in.ID)
}

func (r *Room) postLock(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, r.LockScreen(ctx)
}

type unlockedOut struct {
	Body struct {
		Until time.Time `json:"until" doc:"when the session ends if it is not used"`
	}
}

func (r *Room) postUnlock(ctx context.Context, in *showIn) (*unlockedOut, error) {
	until, err := r.UnlockScreen(ctx, in.Body.shown())
	retryAfter(in.answer, err)
	out := &unlockedOut{}
	out.Body.Until = until
	return out, err
}

type challengeOut struct {
	Body struct {
		Session   string `json:"session"`
		Challenge []byte `json:"challenge" doc:"sign: medward-proof, a line feed, the session, a line feed, and this in base64url without padding"`
	}
}

func (r *Room) postChallenge(ctx context.Context, _ *struct{}) (*challengeOut, error) {
	session, challenge, err := r.Challenge(ctx)
	out := &challengeOut{}
	out.Body.Session, out.Body.Challenge = session, challenge
	return out, err
}

type proofBody struct {
	Signature []byte `json:"signature" maxLength:"100" doc:"ECDSA over P-256 with SHA-256: r and s, 32 bytes each"`
}

func (r *Room) postProof(ctx context.Context, in *struct{ Body proofBody }) (*struct{}, error) {
	return nil, r.Prove(ctx, in.Body.Signature)
}
