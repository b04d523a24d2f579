package dial

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"

	"github.com/medward/medward/internal/base/fault"
)

// Destination is where something may be sent, as somebody registered it.
type Destination struct {
	// Address is https://host/path for the web, host:port for mail.
	Address  string
	Internal bool // may lie inside the organisation's own network
	Plain    bool // may go without TLS; only where Internal is set
}

var (
	errAddress = fault.Define("dial.address", fault.Invalid,
		"目标地址无效：应为 https://主机/路径，或邮件服务器的 主机:端口。",
		"The destination is not valid: it is https://host/path, or host:port of a mail server.",
		"the address of a registered destination; http and mail without TLS need both internal and plain")
	errInside = fault.Define("dial.inside", fault.Refused,
		"目标 {address} 在内部网络，未登记为内部目标，已拒绝。",
		"The destination {address} lies inside the network and is not registered as internal.",
		"register the destination as internal if it really is one of the organisation's own servers")
	errAnswer = fault.Define("dial.answer", fault.Unavailable,
		"对方服务器未接受消息（{status}）。", "The other server did not accept the message ({status}).",
		"the status or error code of the destination; redirects are never followed")
	errUnreached = fault.Define("dial.unreached", fault.Unavailable,
		"无法连接目标服务器，稍后会自动重试。", "The destination could not be reached; it will be tried again.",
		"name resolution, connection, certificate or time-out; see the cause in the log")
)

// CheckWeb reports what keeps a destination from being a web address.
func (d Destination) CheckWeb() error {
	u, err := url.Parse(d.Address)
	switch {
	case err != nil:
		return errAddress.Because(err)
	case u.Host == "" || u.User != nil || u.Fragment != "", u.Scheme != "https" && (u.Scheme != "http" || !d.Plain), d.Plain && !d.Internal:
		return errAddress.With()
	}
	return nil
}

// CheckMail reports what keeps a destination from being a mail server.
func (d Destination) CheckMail() error {
	host, port, err := net.SplitHostPort(d.Address)
	switch {
	case err != nil:
		return errAddress.Because(err)
	case host == "" || port == "" || strings.ContainsAny(host, "/@ ") || d.Plain && !d.Internal:
		return errAddress.With()
	}
	return nil
}

// admit is asked with the address that a name was resolved to, before a
// connection is made.
func (d Destination) admit(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial: %s: %w", address, err)
	}
	ip := at.Addr().Unmap().WithZone("")
	if never(ip) || inside(ip) && !d.Internal {
		return errInside.With("address", ip.String())
	}
	return nil
}

func never(ip netip.Addr) bool {
	return ip.IsLinkLocalUnicast() || ip.IsLinkLocalMulticast() || ip.IsInterfaceLocalMulticast() || ip.IsMulticast() || ip.IsUnspecified()
}

func inside(ip netip.Addr) bool {
	if ip.IsLoopback() || ip.IsPrivate() || !ip.IsGlobalUnicast() {
		return true
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// reserved are the special-purpose ranges (IANA) that the standard library does not
// tell apart: shared address space, protocol assignments, benchmarks, class E, and
// the forms of IPv6 in which an IPv4 address hides.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"),
}
