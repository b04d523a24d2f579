package identity

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// address is where a request comes from: the other end of the connection, or
// what a trusted proxy or a VPN gateway there says.
func (r *Room) address(req *http.Request, passedOn bool) string {
	peer, err := netip.ParseAddrPort(req.RemoteAddr)
	if err != nil {
		return ""
	}
	at := peer.Addr().Unmap()
	believed := passedOn || contains(r.proxies, at)
	hops := strings.Split(strings.Join(req.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !believed {
			break
		}
		said, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		at = said.Unmap()
		believed = contains(r.proxies, at)
	}
	return at.String()
}

// outsideZone is where whoever comes from elsewhere is.
const outsideZone = "remote"

// zone tells whether an address is inside the organisation.
func (r *Room) zone(ip string) string {
	at, err := netip.ParseAddr(ip)
	switch {
	case len(r.inside) == 0:
		return ""
	case err == nil && (at.IsLoopback() || contains(r.inside, at.Unmap())):
		return "inside"
	}
	return outsideZone
}

func contains(networks []netip.Prefix, at netip.Addr) bool {
	return slices.ContainsFunc(networks, func(p netip.Prefix) bool { return p.Contains(at) })
}
