package identity

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/policy"
)

var cheapest = HashCost{MemoryKiB: 8, Passes: 1, Lanes: 1, AtOnce: 1}

func TestPasswordRule(t *testing.T) {
	for password, good := range map[string]bool{
		"Quiet-river-2026":            true,
		"Tr0ub4dor&3":                 true,
		"quiet river by the sea":      true,
		"静水流深-Water-9":                true,
		"Quiet-9":                     false, // too short
		"quietriver1":                 false, // two kinds
		"aaaaaaaaaaaaaaaaaaaa":        false, // one character
		"ababababababABAB1":           false,
		"Chenyaqin-2026":              false, // one's own name
		"My-no-is-10023!":             false, // one's own number
		strings.Repeat("Ab3-xyz", 19): false, // too long
		"Quiet\xff-river-2026":        false,
		"P@ssw0rd-2026":               false, // what is guessed first
		"Yiyuan@20240101":             false,
		"WelcomeHospital_1":           false,
		"Wy-1990-01-01!":              false, // initials and a birthday
		"1qaz2wsx3EDC":                false, // down the keyboard
		"Qwerty-98-xk":                false,
		"Abc123-xyz789":               false,
		"Horse-9Horse-9":              false, // the same again
	} {
		err := DefaultRules().Password.checkPassword("body.chosen", password, "chenyaqin", "10023", "陈雅琴", "Yaqin")
		if (err == nil) != good {
			t.Errorf("%q: %v", password, err)
		}
	}
}

func TestARandomPasswordMeetsTheRuleAndIsNeverTheSame(t *testing.T) {
	seen := map[string]bool{}
	for range 20_000 {
		p := randomPassword()
		if err := DefaultRules().Password.checkPassword("", p); err != nil || seen[p] || len(p) != 23 || strings.ContainsAny(p, "0O1lIi") {
			t.Fatalf("%q: %v", p, err)
		}
		seen[p] = true
	}
}

func TestAHashAnswersToItsPasswordOnly(t *testing.T) {
	h := newHasher(cheapest)
	rapid.Check(t, func(t *rapid.T) {
		password, other := rapid.String().Draw(t, "password"), rapid.String().Draw(t, "other")
		stored, err := h.Hash(t.Context(), password)
		if err != nil {
			t.Fatal(err)
		}
		if ok, err := h.Matches(t.Context(), stored, password); err != nil || !ok {
			t.Fatalf("its own: %t, %v", ok, err)
		}
		if ok, err := h.Matches(t.Context(), stored, other); err != nil || ok != (other == password) {
			t.Fatalf("another: %t, %v", ok, err)
		}
		if ok, err := h.Matches(t.Context(), "", password); err != nil || ok {
			t.Fatalf("without a hash: %t, %v", ok, err)
		}
	})
}

func TestAHashKeepsItsOwnCost(t *testing.T) {
	old := newHasher(HashCost{MemoryKiB: 16, Passes: 2, Lanes: 1, AtOnce: 1})
	stored, err := old.Hash(t.Context(), "Quiet-river-2026")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=16,t=2,p=1$") {
		t.Errorf("stored as %s", stored)
	}
	if ok, err := newHasher(cheapest).Matches(t.Context(), stored, "Quiet-river-2026"); err != nil || !ok {
		t.Errorf("after the cost was changed: %t, %v", ok, err)
	}
}

func FuzzParseHash(f *testing.F) {
	f.Add(newHasher(cheapest).decoy)
	f.Add("$argon2id$v=19$m=4294967295,t=4294967295,p=255$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parseHash(text)
		if err != nil {
			return
		}
		if h.MemoryKiB > mostMemoryKiB || h.Passes > mostPasses || h.Lanes > mostLanes || h.Passes < 1 || h.Lanes < 1 || len(h.salt) != saltSize || len(h.sum) != hashSize {
			t.Errorf("%q asks for %+v", text, h)
		}
	})
}

func TestATokenIsReadOnlyAsItWasWritten(t *testing.T) {
	token := newToken()
	digest, ok := tokenDigest(token)
	if !ok || token == newToken() {
		t.Fatal("a fresh token must be readable and fresh")
	}
	rapid.Check(t, func(t *rapid.T) {
		changed := []byte(token)
		i := rapid.IntRange(0, len(changed)-1).Draw(t, "place")
		changed[i] = rapid.Byte().Draw(t, "byte")
		if got, ok := tokenDigest(string(changed)); string(changed) != token && ok && got == digest {
			t.Fatalf("%q is taken for %q", changed, token)
		}
	})
}

func TestNoDelayGrowsBeyondAMinuteAndNoneShrinks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := limits[rapid.SampledFrom(scopes).Draw(t, "scope")]
		n := rapid.Int64Range(0, 1<<40).Draw(t, "failures")
		less, more := l.delay(n), l.delay(n+1)
		if less < 0 || more < less || more > time.Minute || (n < l.free && less != 0) || (n >= l.free && less < l.first) {
			t.Fatalf("%d failures: %s, one more: %s", n, less, more)
		}
	})
}

func TestFailuresAreForgotten(t *testing.T) {
	at := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	a := Attempt{Scope: scopeHere}
	for range 9 {
		a.failed(at)
	}
	if wait := a.wait(at); wait != time.Minute {
		t.Errorf("after nine failures: %s", wait)
	}
	if wait := a.wait(at.Add(59 * time.Second)); wait != time.Second {
		t.Errorf("59 s later: %s", wait)
	}
	a.failed(at.Add(forgetAfter))
	if a.Failures != 1 {
		t.Errorf("after half an hour %d failures count", a.Failures)
	}
}

func TestAnAddressIsWhatAProxyOfOursSaysAndNobodyElse(t *testing.T) {
	ours := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		proxies   []netip.Prefix
		peer      string
		forwarded []string
		passedOn  bool // by a VPN gateway
		want      string
	}{
		{nil, "192.0.2.1:5", nil, false, "192.0.2.1"},
		{nil, "192.0.2.1:5", []string{"127.0.0.1"}, false, "192.0.2.1"},
		{ours, "192.0.2.1:5", []string{"127.0.0.1"}, false, "192.0.2.1"},
		{ours, "10.0.0.1:5", []string{"192.0.2.7"}, false, "192.0.2.7"},
		{ours, "10.0.0.1:5", []string{"127.0.0.1, 192.0.2.7"}, false, "192.0.2.7"},
		{ours, "10.0.0.1:5", []string{"127.0.0.1", "192.0.2.7, 10.0.0.2"}, false, "192.0.2.7"},
		{ours, "10.0.0.1:5", []string{"nonsense"}, false, "10.0.0.1"},
		{ours, "[::ffff:10.0.0.1]:5", []string{"2001:db8::1"}, false, "2001:db8::1"},
		{ours, "@", []string{"127.0.0.1"}, false, ""},
		{nil, "192.0.2.1:5", []string{"127.0.0.1, 203.0.113.7"}, true, "203.0.113.7"},
	} {
		req := httptest.NewRequest(http.MethodGet, "/", nil)
		req.RemoteAddr = c.peer
		for _, line := range c.forwarded {
			req.Header.Add("X-Forwarded-For", line)
		}
		r := &Room{proxies: c.proxies}
		if got := r.address(req, c.passedOn); got != c.want {
			t.Errorf("%s forwarding %q: %s, want %s", c.peer, c.forwarded, got, c.want)
		}
	}
}

func TestWhoeverComesFromElsewhereIsRemote(t *testing.T) {
	known := &Room{inside: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for ip, want := range map[string]string{"10.1.2.3": "inside", "127.0.0.1": "inside", "::1": "inside", "192.0.2.1": "remote", "": "remote"} {
		if got := known.zone(ip); got != want {
			t.Errorf("%q is %s, want %s", ip, got, want)
		}
	}
	if got := (&Room{}).zone("192.0.2.1"); got != "" {
		t.Errorf("without known networks: %q", got)
	}
}

func TestOneSenderOfIPv6IsOneSender(t *testing.T) {
	if network("2001:db8:1:2:3::4") != network("2001:db8:1:2:ffff::1") || network("2001:db8:1:2::") == network("2001:db8:1:3::") {
		t.Error("the first half of an IPv6 address must tell senders apart")
	}
	if network("192.0.2.1") == network("192.0.2.2") || network("::ffff:192.0.2.1") == network("::ffff:192.0.2.2") {
		t.Error("IPv4 addresses are told apart whole")
	}
}

func TestEveryRoleHasAPurposeThatIsPublished(t *testing.T) {
	for _, role := range policy.Roles() {
		if !role.Person || role.ID == "person" {
			continue
		}
		offered := purposesOf([]string{role.ID})
		if len(offered) == 0 || slices.ContainsFunc(offered, func(p string) bool { return !published(p) }) {
			t.Errorf("%s is offered %v", role.ID, offered)
		}
		if len(menuOf([]string{role.ID})) == 0 {
			t.Errorf("%s has an empty menu", role.ID)
		}
	}
	if purposeFor(nil) != "operation" || purposeFor([]string{"auditor", "nurse"}) != "care" {
		t.Error("the default purpose is not the one expected")
	}
}

// BenchmarkPasswordHash measures one hash at the cost the house is delivered with.
func BenchmarkPasswordHash(b *testing.B) {
	h := newHasher(DefaultHashCost)
	for b.Loop() {
		if _, err := h.Matches(b.Context(), h.decoy, "Quiet-river-2026"); err != nil {
			b.Fatal(err)
		}
	}
}
