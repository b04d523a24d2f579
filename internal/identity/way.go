package identity

import (
	"crypto/x509"
	"encoding/pem"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/emmansun/gmsm/smx509"
	"github.com/go-ldap/ldap/v3"

	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/vault"
)

// WayKind tells with what a hospital lets its people show who they are.
type WayKind string

// The kinds of ways of signing in, beside those that the house has itself.
const (
	Directory   WayKind = "directory"   // LDAP or Active Directory
	Provider    WayKind = "provider"    // OpenID Connect
	Certificate WayKind = "certificate" // of the browser, in TLS
	SM2         WayKind = "sm2"         // SM2 certificate, by a challenge
	SMS         WayKind = "sms"         // code to a telephone
	Scan        WayKind = "scan"        // certificate in a telephone that scans our screen
	FaceWay     WayKind = "face"        // face, or another part of the body, seen by an adapter
	Tunnel      WayKind = "vpn"         // shows nobody: vouches for how somebody from outside comes
)

var wayKinds = []WayKind{Directory, Provider, Certificate, SM2, SMS, Scan, FaceWay, Tunnel}

// Way is one way of signing in that a hospital owns. It grants power, so its row
// is keyed.
type Way struct {
	Org       string      `db:"org,key"`
	ID        string      `db:"id,key"`
	Kind      WayKind     `db:"kind"`
	State     WayState    `db:"state"`
	NameZH    string      `db:"name_zh"`
	NameEN    string      `db:"name_en"`
	Settings  WaySettings `db:"settings,json"`
	Secret    []byte      `db:"secret"` // sealed under the way's own key: bind password, client secret, gateway token
	Rev       int64       `db:"rev"`
	Changed   time.Time   `db:"changed"`
	ChangedBy string      `db:"changed_by"`
	MAC       []byte      `db:"mac"`
}

// WayState tells whether a way is open.
type WayState string

// The states of a way.
const (
	Open WayState = "open"
	Shut WayState = "shut"
)

func (w Way) place() vault.Place {
	return vault.Place{Kind: "identity-way", Object: w.ID, Field: "secret"}
}

// WaySettings are what one kind of way needs; those of the other kinds are empty.
type WaySettings struct {
	Directory *DirectorySettings `json:"directory,omitempty"`
	Provider  *ProviderSettings  `json:"provider,omitempty"`
	Authority *AuthoritySettings `json:"authority,omitempty" doc:"of certificates, SM2 and those in telephones too"`
	Gateway   *GatewaySettings   `json:"gateway,omitempty" doc:"of messages"`
	Scan      *ScanSettings      `json:"scan,omitempty" doc:"of the adapter of a certification authority's telephone application; authority says whose certificates"`
	Face      *FaceSettings      `json:"face,omitempty" doc:"of an adapter that knows faces"`
	Tunnel    *TunnelSettings    `json:"tunnel,omitempty" doc:"of a VPN gateway"`
}

// DirectorySettings say how a directory is asked.
type DirectorySettings struct {
	Address string `json:"address" maxLength:"300" doc:"ldaps://host, or ldap://host, which is then spoken to by StartTLS; without TLS only on this machine"`
	Roots   string `json:"roots,omitempty" maxLength:"60000" doc:"PEM of the authorities that vouch for the directory; those of the machine when empty"`
	Bind    string `json:"bind" maxLength:"500" doc:"distinguished name of the account that searches"`
	Base    string `json:"base" maxLength:"500" doc:"where people are searched"`
	Filter  string `json:"filter" maxLength:"1000" doc:"such as (&(objectClass=user)(sAMAccountName={name}))"`
	Number  string `json:"number" maxLength:"80" doc:"attribute that equals the staff number"`
	// Strict and Emergency say what holds while the directory does not answer.
	Strict    bool     `json:"strict,omitempty" doc:"while the directory does not answer, passwords of this house are taken of nobody but whoever set this way, and of emergency accounts"`
	Emergency []string `json:"emergency,omitempty" maxItems:"5" doc:"sign-in names whose password of this house is taken whatever the directory says"`
}

// ProviderSettings say which OpenID provider is asked, and what it may vouch for.
type ProviderSettings struct {
	Issuer    string   `json:"issuer" maxLength:"300" doc:"https address of the provider"`
	Roots     string   `json:"roots,omitempty" maxLength:"60000" doc:"PEM of the authorities that vouch for it; those of the machine when empty"`
	Client    string   `json:"client" maxLength:"300" doc:"client id of this house there"`
	Internal  bool     `json:"internal" doc:"it stands in the organisation's own network"`
	Silent    bool     `json:"silent" doc:"whoever is signed in there need not show again who he is; not where people share terminals"`
	StrongAMR []string `json:"strongAmr" maxItems:"10" doc:"methods in amr that stand for two factors, such as mfa; none: its word is one factor"`
	StrongACR []string `json:"strongAcr" maxItems:"10" doc:"values of acr that stand for two factors"`
}

// AuthoritySettings say whose certificates are taken.
type AuthoritySettings struct {
	Roots   string `json:"roots" maxLength:"60000" doc:"PEM of the authorities"`
	Revoked string `json:"revoked,omitempty" maxLength:"400000" doc:"PEM of their lists of revoked certificates"`
	Number  string `json:"number,omitempty" enum:"serialNumber,commonName,none" doc:"part of the subject that equals the staff number; none: whoever holds it binds it to his account"`
}

// GatewaySettings say where messages are handed over.
type GatewaySettings struct {
	Address  string `json:"address" maxLength:"300"`
	Internal bool   `json:"internal" doc:"it stands in the organisation's own network"`
	Plain    bool   `json:"plain" doc:"without TLS; only inside"`
}

func (s GatewaySettings) destination() dial.Destination {
	return dial.Destination{Address: s.Address, Internal: s.Internal, Plain: s.Plain}
}

func (w Way) check() error {
	e := errInput.With()
	e.MustName("body.nameZh", w.NameZH, 40)
	e.MayName("body.nameEn", w.NameEN, 80)
	if w.State != Open && w.State != Shut {
		e.At("body.state", fault.Text{ZH: "应为 open 或 shut", EN: "must be open or shut"})
	}
	s := w.Settings
	switch {
	case w.Kind == Directory && s.Directory != nil:
		s.Directory.check(e)
	case w.Kind == Provider && s.Provider != nil:
		s.Provider.check(e)
	case (w.Kind == Certificate || w.Kind == SM2) && s.Authority != nil:
		s.Authority.check(e)
	case w.Kind == SMS && s.Gateway != nil:
		if s.Gateway.destination().CheckWeb() != nil {
			e.At("body.settings.gateway.address", fault.Text{ZH: "应为 https 地址", EN: "must be an https address"})
		}
	case w.Kind == Scan && s.Scan != nil && s.Authority != nil:
		s.Scan.check(e)
		s.Authority.check(e)
	case w.Kind == FaceWay && s.Face != nil:
		s.Face.check(e)
	case w.Kind == Tunnel && s.Tunnel != nil:
		s.Tunnel.check(e)
	case slices.Contains(wayKinds, w.Kind):
		e.At("body.settings", fault.Text{ZH: "缺少该登录方式的设置", EN: "must hold what this kind of way needs"})
	default:
		e.At("body.kind", fault.Text{ZH: "没有这种登录方式", EN: "is no kind of way"})
	}
	return e.OrNil()
}

const namePlace = "{name}"

func (s DirectorySettings) check(e *fault.Error) {
	const field = "body.settings.directory."
	if _, _, err := s.target(); err != nil {
		e.At(field+"address", fault.Text{ZH: "应为 ldaps://主机 或 ldap://主机", EN: "must be ldaps://host or ldap://host"})
	}
	checkRoots(e, field+"roots", s.Roots, true)
	e.MustName(field+"bind", s.Bind, 500)
	e.MustName(field+"base", s.Base, 500)
	if _, err := ldap.CompileFilter(s.filterFor("name")); err != nil || !strings.Contains(s.Filter, namePlace) {
		e.At(field+"filter", fault.Text{ZH: "应为含 {name} 的 LDAP 过滤式", EN: "must be a filter of LDAP with {name} in it"})
	}
	e.MustName(field+"number", s.Number, 80)
}

// filterFor puts a name into the filter, so that it can only ever be a value.
func (s DirectorySettings) filterFor(name string) string {
	return strings.ReplaceAll(s.Filter, namePlace, ldap.EscapeFilter(name))
}

// target is host:port of the directory, and whether it is spoken to by TLS from
// the beginning.
func (s DirectorySettings) target() (address string, tls bool, err error) {
	at, err := url.Parse(s.Address)
	if err != nil {
		return "", false, err
	}
	ports := map[string]string{"ldaps": "636", "ldap": "389"}
	port, known := ports[at.Scheme]
	if at.Port() != "" {
		port = at.Port()
	}
	if !known || at.Hostname() == "" || at.User != nil || strings.Trim(at.Path, "/") != "" || at.RawQuery != "" || at.Fragment != "" {
		return "", false, errInput.With()
	}
	return net.JoinHostPort(at.Hostname(), port), at.Scheme == "ldaps", nil
}

func (s ProviderSettings) check(e *fault.Error) {
	const field = "body.settings.provider."
	to := dial.Destination{Address: s.Issuer, Internal: s.Internal}
	if at, err := url.Parse(s.Issuer); err != nil || at.RawQuery != "" || to.CheckWeb() != nil {
		e.At(field+"issuer", fault.Text{ZH: "应为 https 地址，不带参数", EN: "must be an https address without a query"})
	}
	checkRoots(e, field+"roots", s.Roots, true)
	e.MustName(field+"client", s.Client, 300)
}

func (s AuthoritySettings) check(e *fault.Error) {
	const field = "body.settings.authority."
	checkRoots(e, field+"roots", s.Roots, false)
	for _, block := range blocks(s.Revoked) {
		if _, err := smx509.ParseRevocationList(block); err != nil {
			e.At(field+"revoked", fault.Text{ZH: "应为 PEM 格式的吊销列表", EN: "must be lists of revoked certificates in PEM"})
		}
	}
	if s.Revoked != "" && len(blocks(s.Revoked)) == 0 {
		e.At(field+"revoked", fault.Text{ZH: "应为 PEM 格式的吊销列表", EN: "must be lists of revoked certificates in PEM"})
	}
	if s.Number != "" && !slices.Contains([]string{"serialNumber", "commonName", "none"}, s.Number) {
		e.At(field+"number", fault.Text{ZH: "应为 serialNumber、commonName 或 none", EN: "must be serialNumber, commonName or none"})
	}
}

func checkRoots(e *fault.Error, field, text string, mayBeEmpty bool) {
	found := blocks(text)
	for _, block := range found {
		if _, err := smx509.ParseCertificate(block); err != nil {
			found = nil
			break
		}
	}
	if len(found) == 0 && (text != "" || !mayBeEmpty) {
		e.At(field, fault.Text{ZH: "应为 PEM 格式的证书", EN: "must be certificates in PEM"})
	}
}

// blocks are what stands between the lines of a PEM text.
func blocks(text string) [][]byte {
	var found [][]byte
	rest := []byte(text)
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return found
		}
		found = append(found, block.Bytes)
	}
}

// rootsOf is a pool of authorities; nil, which stands for the machine's, when the
// text is empty.
func rootsOf(text string) *x509.CertPool {
	if text == "" {
		return nil
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(text))
	return pool
}

// onThisMachine reports whether host:port names the machine itself.
func onThisMachine(address string) bool {
	host, _, err := net.SplitHostPort(address)
	at, errIP := netip.ParseAddr(host)
	return err == nil && (host == "localhost" || errIP == nil && at.IsLoopback())
}
