package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// TunnelHeader is how a VPN gateway vouches that a request came through it:
//
//	v1;WAY;SECONDS;NONCE;SIGNATURE
//
// WAY is the id of the way here, SECONDS the time since 1970, NONCE 16 to 64
// characters of base64url that were never used before, and SIGNATURE, in base64url
// without padding, is over [TunnelText].
const TunnelHeader = "Medward-Tunnel"

// tunnelSkew is how far the clock of a gateway may be from ours, either way, and so
// how long an assertion must be remembered.
const tunnelSkew = time.Minute

// TunnelSettings say by which key a VPN gateway signs.
type TunnelSettings struct {
	Key string `json:"key" maxLength:"2000" doc:"PEM of the gateway's public key: SM2, ECDSA over P-256, or Ed25519"`
}

// assertion is one that was taken, so that none is taken twice.
type assertion struct {
	Org   string    `db:"org,key"`
	Way   string    `db:"way,key"`
	Nonce string    `db:"nonce,key"`
	Until time.Time `db:"until"`
}

func (s TunnelSettings) check(e *fault.Error) {
	if s.public() == nil {
		e.At("body.settings.tunnel.key", fault.Text{
			ZH: "应为 PEM 格式的公钥：SM2、ECDSA P-256 或 Ed25519", EN: "must be a public key in PEM: SM2, ECDSA over P-256, or Ed25519",
		})
	}
}

// public is the gateway's key, or nil when the text holds none that is known.
func (s TunnelSettings) public() any {
	found := blocks(s.Key)
	if len(found) != 1 {
		return nil
	}
	key, err := smx509.ParsePKIXPublicKey(found[0])
	if err != nil {
		return nil
	}
	switch k := key.(type) {
	case ed25519.PublicKey:
		return k
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P256() || k.Curve == sm2.P256() {
			return k
		}
	}
	return nil
}

// signed reports whether the gateway has signed a text: with SM2 over SM3 for the
// usual signer, or with ECDSA over SHA-256, both as ASN.1, or with Ed25519.
func (s TunnelSettings) signed(text, signature []byte) bool {
	switch key := s.public().(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(key, text, signature)
	case *ecdsa.PublicKey:
		if key.Curve == sm2.P256() {
			return sm2.VerifyASN1WithSM2(key, nil, text, signature)
		}
		digest := sha256.Sum256(text)
		return ecdsa.VerifyASN1(key, digest[:], signature)
	}
	return false
}

// asserted is what a header says.
type asserted struct {
	way, at, nonce string
	signature      []byte
}

// TunnelText is what a gateway signs: the header's first parts, the organisation,
// and the request that it lets through. target is path and query as they are sent.
func TunnelText(org, way, seconds, nonce, method, target string) []byte {
	return []byte(strings.Join([]string{"medward-tunnel", org, way, seconds, nonce, method, target}, "\n"))
}

func parseAsserted(header string) (asserted, bool) {
	parts := strings.Split(header, ";")
	if len(parts) != 5 || parts[0] != "v1" || len(parts[3]) < 16 || len(parts[3]) > 64 {
		return asserted{}, false
	}
	if _, err := base64.RawURLEncoding.Strict().DecodeString(parts[3]); err != nil {
		return asserted{}, false
	}
	signature, err := base64.RawURLEncoding.Strict().DecodeString(parts[4])
	return asserted{way: parts[1], at: parts[2], nonce: parts[3], signature: signature}, err == nil
}

// fresh reports whether an assertion was made about now.
func (a asserted) fresh(now time.Time) bool {
	seconds, err := strconv.ParseInt(a.at, 10, 64)
	return err == nil && strconv.FormatInt(seconds, 10) == a.at && now.Sub(time.Unix(seconds, 0)).Abs() <= tunnelSkew
}

type tunnelKey struct{}

// passage is how a request from outside has come.
type passage struct{ way string }

// throughTunnel finds out whether a request from outside came through a VPN gateway,
// where one is set. Of requests from inside it asks nothing, and so nothing that is
// wrong with a gateway reaches them (E-145).
func (r *Room) throughTunnel(ctx context.Context, req *http.Request, from act.Actor, passedOn bool) (context.Context, error) {
	if passedOn {
		return context.WithValue(ctx, tunnelKey{}, passage{byConnection}), nil
	}
	if from.Zone != outsideZone || r.isProxy(from.IP) {
		return ctx, nil
	}
	gateways, err := r.tunnels(ctx)
	if err != nil || len(gateways) == 0 && r.gateways == nil {
		return ctx, err
	}
	shown, ok := parseAsserted(req.Header.Get(TunnelHeader))
	for _, w := range gateways {
		text := TunnelText(r.org, w.ID, shown.at, shown.nonce, req.Method, req.URL.RequestURI())
		if !ok || shown.way != w.ID || !shown.fresh(r.desk.Now()) || !w.Settings.Tunnel.signed(text, shown.signature) {
			continue
		}
		if fresh, err := r.takeAssertion(ctx, w, shown); err != nil || fresh {
			return context.WithValue(ctx, tunnelKey{}, passage{w.ID}), err
		}
	}
	return context.WithValue(ctx, tunnelKey{}, passage{}), nil
}

func (r *Room) isProxy(ip string) bool {
	at, err := netip.ParseAddr(ip)
	return err == nil && contains(r.proxies, at)
}

// tunnels are the VPN gateways that are set.
func (r *Room) tunnels(ctx context.Context) (found []Way, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		found, err = ways.Select(ctx, v, "WHERE org = $1 AND state = $2 AND kind = $3 ORDER BY id", r.org, string(Open), string(Tunnel))
		return err
	})
	return found, r.doubted(ctx, err)
}

// takeAssertion remembers an assertion, in the store, so that no process of the
// house takes it again. One that comes twice was copied, and somebody is told.
func (r *Room) takeAssertion(ctx context.Context, w Way, shown asserted) (fresh bool, err error) {
	err = r.desk.Upkeep(ctx, func(ctx context.Context, u db.Writer) error {
		return assertions.Insert(ctx, u, &assertion{Org: w.Org, Way: w.ID, Nonce: shown.nonce, Until: r.desk.Now().Add(3 * tunnelSkew)})
	})
	if errors.Is(err, db.ErrExists) {
		r.alarm(ctx, "an assertion of a VPN gateway came a second time", err)
		return false, nil
	}
	return err == nil, err
}

// isOutsideTunnel reports whether a request comes from outside and not through the
// VPN that is asked for.
func isOutsideTunnel(ctx context.Context) bool {
	came, asked := ctx.Value(tunnelKey{}).(passage)
	return asked && came.way == ""
}

// tunnelOf is the way of the gateway through which a request came; "" for none.
func tunnelOf(ctx context.Context) string {
	came, _ := ctx.Value(tunnelKey{}).(passage)
	return came.way
}

// mustComeThroughTunnel turns away whoever comes from outside and not through the
// VPN, before anything is said of a name or a password.
func (r *Room) mustComeThroughTunnel(ctx context.Context, verb string) error {
	if !isOutsideTunnel(ctx) {
		return nil
	}
	r.countNobody(ctx, verb)
	err := r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		return countDenial(ctx, w, r.org, whyTunnel, r.desk.Now())
	})
	if err != nil {
		return err
	}
	return errTunnel.With()
}

// mayOpenTunnel keeps a gateway from being asked for by somebody who would be shut
// out by it, and where nobody has said what is outside.
func (r *Room) mayOpenTunnel(ctx context.Context, set Way) error {
	if set.Kind != Tunnel || set.State != Open {
		return nil
	}
	switch {
	case len(r.inside) == 0:
		return errInput.With().At("body.state", fault.Text{
			ZH: "请先在启动服务时设置院内网段（--inside），否则没有院外之分",
			EN: "cannot be open: name the networks of the house where it is started (--inside), or nobody is outside",
		})
	case act.From(ctx).Zone == outsideZone && tunnelOf(ctx) == "":
		return errInput.With().At("body.state", fault.Text{
			ZH: "请在院内启用：您现在从院外访问，启用后将无法继续", EN: "must be opened from inside: you come from outside and would be shut out",
		})
	}
	return nil
}
