package identity

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

func (r *Room) wayRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/session/ways", ID: "listOfferedWays", Tag: tag,
		Open: "whoever signs in must know how", Summary: "List how one can sign in here"}, r.getOfferedWays)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/provider/begin", ID: "beginProvider", Tag: tag,
		Open: "whoever signs in is not signed in yet; names nobody", MaxBody: 8 << 10, Summary: "Begin to sign in at a provider"}, r.postProviderBegin)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/provider", ID: "signInByProvider", Tag: tag,
		Open: "whoever signs in is not signed in yet", Status: http.StatusCreated, MaxBody: 16 << 10, Summary: "Sign in with what a provider sent back"}, r.postProviderSession)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/session/provider/{id}/leave", ID: "leaveProvider", Tag: tag,
		Open: "says where one signs out at a provider; names nobody", Summary: "Where to sign out at a provider"}, r.getProviderLeave)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/certificate", ID: "signInByCertificate", Tag: tag,
		Open: "whoever signs in is not signed in yet", Status: http.StatusCreated, MaxBody: 8 << 10, Summary: "Sign in with the certificate of the connection"}, r.postCertificateSession)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/sm2/begin", ID: "beginSM2", Tag: tag,
		Open: "whoever signs in is not signed in yet; names nobody", Summary: "Ask for a text to sign with an SM2 certificate"}, r.postSM2Begin)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/sm2", ID: "signInBySM2", Tag: tag,
		Open: "whoever signs in is not signed in yet", Status: http.StatusCreated, MaxBody: 64 << 10, Summary: "Sign in with an SM2 certificate"}, r.postSM2Session)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/code", ID: "sendCode", Tag: tag,
		Open: "whoever signs in is not signed in yet; the password is asked for", Status: http.StatusNoContent, MaxBody: 8 << 10, Summary: "Have a code sent to one's telephone"}, r.postSendCode)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/ways", ID: "listWays", Verb: "identity.list-ways", Tag: tag,
		Summary: "List the ways of signing in with their settings"}, r.getWays)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/ways", ID: "addWay", Verb: "identity.set-way", Tag: tag,
		Status: http.StatusCreated, Summary: "Add a way of signing in"}, r.postWay)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/identity/ways/{id}", ID: "setWay", Verb: "identity.set-way", Tag: tag,
		Summary: "Change, open or shut a way of signing in"}, r.putWay)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/ways/try", ID: "tryWay", Verb: "identity.try-way", Tag: tag,
		Status: http.StatusNoContent, Summary: "Ask a directory or provider as it is about to be set"}, r.postWayTry)
}

type offeredWayBody struct {
	ID   string     `json:"id"`
	Kind string     `json:"kind" enum:"directory,provider,certificate,sm2,sms,scan,face"`
	Name fault.Text `json:"name"`
}

type offeredWaysOut struct {
	Body struct {
		Items    []offeredWayBody `json:"items"`
		Passkeys bool             `json:"passkeys" doc:"passkeys are in use"`
	}
}

func (r *Room) getOfferedWays(ctx context.Context, _ *struct{}) (*offeredWaysOut, error) {
	open, err := r.OfferedWays(ctx)
	if err != nil {
		return nil, err
	}
	origin, err := r.origin(ctx)
	out := &offeredWaysOut{}
	out.Body.Items, out.Body.Passkeys = []offeredWayBody{}, origin != ""
	for _, w := range open {
		if w.Kind != Tunnel {
			out.Body.Items = append(out.Body.Items, offeredWayBody{ID: w.ID, Kind: string(w.Kind), Name: fault.Text{ZH: w.NameZH, EN: w.NameEN}})
		}
	}
	return out, err
}

// wayCookie is by what a browser is known when it comes back from a provider.
const wayCookie = "__Host-medward-way"

func wayCookieOf(browser string) http.Cookie {
	kept := cookie(browser) //nolint:gosec // it has every attribute; the check does not see through the call
	kept.Name, kept.MaxAge = wayCookie, int(ceremonyLife/time.Second)
	return kept
}

type providerBeginIn struct {
	Body struct {
		Way        string `json:"way" maxLength:"40"`
		BrowserKey []byte `json:"browserKey,omitempty" maxLength:"100"`
	}
}

type providerBegunOut struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      struct {
		Address string `json:"address" doc:"where the browser goes"`
	}
}

func wireProviderBegun(begun ProviderBegun) *providerBegunOut {
	out := &providerBegunOut{SetCookie: []http.Cookie{wayCookieOf(begun.Browser)}}
	out.Body.Address = begun.Address
	return out
}

func (r *Room) postProviderBegin(ctx context.Context, in *providerBeginIn) (*providerBegunOut, error) {
	begun, err := r.BeginProvider(ctx, in.Body.Way, in.Body.BrowserKey)
	return wireProviderBegun(begun), err
}

type returnedBody struct {
	State  string `json:"state" maxLength:"40"`
	Code   string `json:"code" maxLength:"4000"`
	Issuer string `json:"iss,omitempty" maxLength:"300"`
}

type returnedIn struct {
	Browser string `cookie:"__Host-medward-way"`
	Body    returnedBody
}

func (in returnedIn) back() Returned {
	return Returned{State: in.Body.State, Code: in.Body.Code, Issuer: in.Body.Issuer, Browser: in.Browser}
}

func (r *Room) postProviderSession(ctx context.Context, in *returnedIn) (*signInOut, error) {
	admitted, err := r.SignInByProvider(ctx, in.back())
	if err != nil {
		return nil, err
	}
	return answerAdmission(admitted, false), nil
}

type leaveOut struct {
	Body struct {
		Address string `json:"address,omitempty" doc:"absent where the provider names none"`
	}
}

func (r *Room) getProviderLeave(ctx context.Context, in *web.OfID) (*leaveOut, error) {
	address, err := r.LeaveProvider(ctx, in.ID)
	out := &leaveOut{}
	out.Body.Address = address
	return out, err
}

type codeShownBody struct {
	Code       string `json:"code,omitempty" maxLength:"40" doc:"of the second factor, or a recovery code"`
	BrowserKey []byte `json:"browserKey,omitempty" maxLength:"100"`
}

type certificateIn struct {
	Body codeShownBody
	Slowed
}

func (r *Room) postCertificateSession(ctx context.Context, in *certificateIn) (*signInOut, error) {
	admitted, err := r.SignInByCertificate(ctx, in.Body.Code, in.Body.BrowserKey)
	if err != nil {
		retryAfter(in.answer, err)
		return nil, err
	}
	return answerAdmission(admitted, false), nil
}

type challengedOut struct {
	Body struct {
		Ceremony string `json:"ceremony"`
		Text     string `json:"text" doc:"to be signed with SM2 over SM3, as ASN.1, for the usual signer id"`
	}
}

func wireChallenged(c Challenged) *challengedOut {
	out := &challengedOut{}
	out.Body.Ceremony, out.Body.Text = c.Ceremony, c.Text
	return out
}

func (r *Room) postSM2Begin(ctx context.Context, _ *struct{}) (*challengedOut, error) {
	asked, err := r.BeginSM2(ctx)
	return wireChallenged(asked), err
}

type answeredBody struct {
	Ceremony   string   `json:"ceremony" maxLength:"40"`
	Chain      [][]byte `json:"chain" minItems:"1" maxItems:"6" doc:"DER, the holder's certificate first"`
	Signature  []byte   `json:"signature" maxLength:"200"`
	Code       string   `json:"code,omitempty" maxLength:"40" doc:"of the second factor, or a recovery code"`
	BrowserKey []byte   `json:"browserKey,omitempty" maxLength:"100"`
}

func (b answeredBody) answered() Answered {
	return Answered{Ceremony: b.Ceremony, Chain: b.Chain, Signature: b.Signature}
}

type answeredIn struct {
	Body answeredBody
	Slowed
}

func (r *Room) postSM2Session(ctx context.Context, in *answeredIn) (*signInOut, error) {
	admitted, err := r.SignInBySM2(ctx, in.Body.answered(), in.Body.Code, in.Body.BrowserKey)
	if err != nil {
		retryAfter(in.answer, err)
		return nil, err
	}
	return answerAdmission(admitted, false), nil
}

type sendCodeIn struct {
	Body struct {
		Name     string `json:"name" maxLength:"80"`
		Password string `json:"password" maxLength:"512"`
	}
	Slowed
}

func (r *Room) postSendCode(ctx context.Context, in *sendCodeIn) (*struct{}, error) {
	err := r.SendCode(ctx, Credentials{Name: in.Body.Name, Password: in.Body.Password})
	retryAfter(in.answer, err)
	return nil, err
}

type wayBody struct {
	ID       string      `json:"id"`
	Kind     string      `json:"kind" enum:"directory,provider,certificate,sm2,sms,scan,face,vpn"`
	State    string      `json:"state" enum:"open,shut"`
	NameZH   string      `json:"nameZh"`
	NameEN   string      `json:"nameEn,omitempty"`
	Settings WaySettings `json:"settings"`
	Secret   bool        `json:"secret" doc:"a secret is kept; it is never shown again"`
	Rev      int64       `json:"rev"`
	Changed  time.Time   `json:"changed"`
}

func wireWay(w Way) wayBody {
	return wayBody{
		ID: w.ID, Kind: string(w.Kind), State: string(w.State), NameZH: w.NameZH, NameEN: w.NameEN, Settings: w.Settings,
		Secret: len(w.Secret) > 0, Rev: w.Rev, Changed: w.Changed,
	}
}

type waysOut struct {
	Body struct {
		Items  []wayBody      `json:"items"`
		Inside []netip.Prefix `json:"inside" doc:"networks of the house; set where it is started. Whoever comes from elsewhere is remote; without any, nobody is"`
	}
}

func (r *Room) getWays(ctx context.Context, _ *struct{}) (*waysOut, error) {
	found, err := r.ListWays(ctx)
	out := &waysOut{}
	out.Body.Items, out.Body.Inside = make([]wayBody, len(found)), append([]netip.Prefix{}, r.inside...)
	for i, w := range found {
		out.Body.Items[i] = wireWay(w)
	}
	return out, err
}

type newWayBody struct {
	Kind     string      `json:"kind" enum:"directory,provider,certificate,sm2,sms,scan,face,vpn"`
	State    string      `json:"state" enum:"open,shut"`
	NameZH   string      `json:"nameZh" maxLength:"40"`
	NameEN   string      `json:"nameEn,omitempty" maxLength:"80"`
	Settings WaySettings `json:"settings"`
	Secret   string      `json:"secret,omitempty" maxLength:"2000" doc:"password of the bind account, client secret, or token of the gateway; when absent the one that is kept stays"`
	Rev      int64       `json:"rev,omitempty" doc:"revision that is changed"`
	Untried  bool        `json:"untried,omitempty" doc:"save it although it was not seen to answer"`
}

func (b newWayBody) way(id string) NewWay {
	return NewWay{
		ID: id, Base: b.Rev, Kind: WayKind(b.Kind), State: WayState(b.State), NameZH: b.NameZH, NameEN: b.NameEN, Settings: b.Settings, Secret: b.Secret,
		Untried: b.Untried,
	}
}

type wayOut struct{ Body wayBody }

func (r *Room) postWay(ctx context.Context, in *struct{ Body newWayBody }) (*wayOut, error) {
	set, err := r.SetWay(ctx, in.Body.way(""))
	return &wayOut{wireWay(set)}, err
}

type tryWayIn struct {
	Body struct {
		ID  string     `json:"id,omitempty" maxLength:"40" doc:"of the way that is changed, whose secret is taken where none is given"`
		Way newWayBody `json:"way"`
	}
}

func (r *Room) postWayTry(ctx context.Context, in *tryWayIn) (*struct{}, error) {
	return nil, r.TryWay(ctx, in.Body.Way.way(in.Body.ID))
}

type setWayIn struct {
	web.OfID
	Body newWayBody
}

func (r *Room) putWay(ctx context.Context, in *setWayIn) (*wayOut, error) {
	set, err := r.SetWay(ctx, in.Body.way(in.ID))
	return &wayOut{wireWay(set)}, err
}
