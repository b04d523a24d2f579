package identity_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"

	"github.com/medward/medward/internal/identity"
)

// adapter stands in for that of a certification authority, and for the telephones of
// those who scan.
type adapter struct {
	*httptest.Server
	t     testing.TB
	mu    sync.Mutex
	texts map[string]string // scan to what is signed
	said  map[string]identity.ScanAnswer
	down  bool
}

func openAdapter(t testing.TB) *adapter {
	t.Helper()
	a := &adapter{t: t, texts: map[string]string{}, said: map[string]identity.ScanAnswer{}}
	a.Server = httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(a.Close)
	return a
}

func (a *adapter) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var asked struct{ Text, Digits, Scan string }
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || a.down || r.Header.Get("Authorization") != "Bearer adapter-token" {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	var answer any
	switch r.URL.Path {
	case "/show":
		if !strings.Contains(asked.Text, "\n"+asked.Digits+"\n") {
			a.t.Errorf("the telephone shows %s and signs %q", asked.Digits, asked.Text)
		}
		scan := strconv.Itoa(len(a.texts) + 1)
		a.texts[scan] = asked.Text
		answer = map[string]string{"scan": scan, "qr": "ca://scan/" + scan}
	case "/answer":
		said, known := a.said[asked.Scan]
		if !known {
			said.State = identity.ScanWaiting
		}
		answer = said
	}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		a.t.Error(err)
	}
}

func (a *adapter) settings(roots string) identity.WaySettings {
	return identity.WaySettings{
		Scan:      &identity.ScanSettings{Address: a.URL, Internal: true, Plain: true},
		Authority: &identity.AuthoritySettings{Roots: roots, Number: "serialNumber"},
	}
}

// scans is somebody whose telephone reads a code and signs what it stands for.
func (a *adapter) scans(qr string, h sm2Holder) {
	a.t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	scan := strings.TrimPrefix(qr, "ca://scan/")
	signature, err := h.key.Sign(rand.Reader, []byte(a.texts[scan]), sm2.DefaultSM2SignerOpts)
	if err != nil {
		a.t.Fatal(err)
	}
	a.said[scan] = identity.ScanAnswer{State: identity.ScanSigned, Chain: [][]byte{h.cert.Raw}, Signature: signature}
}

func (a *adapter) says(qr string, said identity.ScanAnswer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.said[strings.TrimPrefix(qr, "ca://scan/")] = said
}

const (
	scanIn   = "/api/session/scan"
	scanBind = "/api/identity/links/scan"
)

// shows begins a scan in a browser, and returns the ceremony and what the code says.
func (c *client) shows(path string) (ceremony, qr string) {
	c.g.T.Helper()
	a := c.must(200, "POST", path+"/begin", `{}`)
	c.keep(a)
	return `{"ceremony":"` + a.body["ceremony"].(string) + `"}`, a.body["qr"].(string)
}

func TestATelephoneScansAndSigns(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		ca := openAdapter(t)
		roots, issue := newSM2Authority(t, g.Clock.Now())
		_, forge := newSM2Authority(t, g.Clock.Now())
		mine, hers, forged := issue("chenyaqin"), issue("liqiang"), forge("chenyaqin")
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		way := admin.setWay(identity.Scan, ca.settings(roots), "adapter-token")
		c := g.at(wardPC)
		asked, qr := c.shows(scanIn)
		if a := c.must(200, "POST", scanIn+"/look", asked); a.body["state"] != "waiting" {
			t.Errorf("before it is scanned: %v", a.body)
		}
		if a := c.ask("POST", scanIn, asked); a.body["code"] != "identity.not-scanned" {
			t.Errorf("before it is signed: %d %v", a.status, a.body)
		}
		ca.scans(qr, mine)
		if a := c.must(200, "POST", scanIn+"/look", asked); a.body["state"] != "signed" {
			t.Errorf("once it is signed: %v", a.body)
		}
		if a := c.ask("POST", scanIn, asked); a.body["code"] != "identity.not-linked" {
			t.Errorf("before it is bound: %d %v", a.status, a.body)
		}

		c.signIn(e.name, e.password)
		bind := func(h sm2Holder) answer {
			asked, qr := c.shows(scanBind)
			ca.scans(qr, h)
			return c.ask("POST", scanBind, asked)
		}
		if a := bind(hers); a.body["code"] != "identity.not-yours" {
			t.Errorf("another's: %d %v", a.status, a.body)
		}
		if a := bind(forged); a.body["code"] != "identity.certificate" {
			t.Errorf("of another authority: %d %v", a.status, a.body)
		}
		if a := bind(mine); a.status != 201 || a.body["kind"] != "scan" {
			t.Fatalf("mine: %d %v", a.status, a.body)
		}

		ward := g.at(wardPC)
		asked, qr = ward.shows(scanIn)
		ca.scans(qr, mine)
		thief := g.at(homePC)
		thief.shows(scanIn)
		for _, path := range []string{scanIn + "/look", scanIn} {
			if a := thief.ask("POST", path, asked); a.body["code"] != "identity.ceremony" {
				t.Errorf("%s by whoever has only seen the code: %d %v", path, a.status, a.body)
			}
		}
		ward.keep(ward.must(201, "POST", scanIn, asked))
		if who := ward.who(); who["means"] != "certificate" || who["person"] != e.person || who["strong"] != false {
			t.Errorf("who: %v", who)
		}
		if a := ward.ask("POST", scanIn, asked); a.body["code"] != "identity.ceremony" {
			t.Errorf("the same once more: %d %v", a.status, a.body)
		}
		phone, _ := ward.enrol()
		asked, qr = ward.shows(scanIn)
		ca.scans(qr, mine)
		ward.keep(ward.must(201, "POST", scanIn, strings.TrimSuffix(asked, "}")+`,"code":"`+phone.code()+`"}`))
		if who := ward.who(); who["means"] != "certificate+code" || who["strong"] != true {
			t.Errorf("with a code: %v", who)
		}
		if strings.Contains(g.Log.String(), "adapter-token") || g.Count("identity_way WHERE settings LIKE '%adapter-token%'") != 0 {
			t.Error("the adapter's token is written down")
		}
		admin.signIn("liuyang", "Correct horse 9 battery")
		shut(admin, way)
		if a := ward.ask("POST", scanIn+"/begin", `{}`); a.status != 404 {
			t.Errorf("once it is shut: %d %v", a.status, a.body)
		}
	})
}

func TestAnAdapterCarriesAndCannotVouch(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		ca := openAdapter(t)
		roots, issue := newSM2Authority(t, g.Clock.Now())
		mine, hers := issue("chenyaqin"), issue("chenyaqin")
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		admin.setWay(identity.Scan, ca.settings(roots), "adapter-token")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		asked, qr := c.shows(scanBind)
		ca.scans(qr, mine)
		c.must(201, "POST", scanBind, asked)

		_, earlier := c.shows(scanIn)
		ca.scans(earlier, mine)
		old := ca.said[strings.TrimPrefix(earlier, "ca://scan/")]
		stolen := hers
		stolen.cert = mine.cert
		for what, said := range map[string]func(qr string){
			"an answer to an earlier text":    func(qr string) { ca.says(qr, old) },
			"the certificate without its key": func(qr string) { ca.scans(qr, stolen) },
			"no signature": func(qr string) {
				ca.says(qr, identity.ScanAnswer{State: identity.ScanSigned, Chain: [][]byte{mine.cert.Raw}})
			},
			"no certificate": func(qr string) {
				ca.says(qr, identity.ScanAnswer{State: identity.ScanSigned, Signature: old.Signature})
			},
			"what was signed for binding": func(qr string) {
				asked, other := c.shows(scanBind)
				ca.scans(other, mine)
				_ = asked
				ca.says(qr, ca.said[strings.TrimPrefix(other, "ca://scan/")])
			},
		} {
			fresh := g.at(wardPC)
			asked, qr := fresh.shows(scanIn)
			said(qr)
			if a := fresh.ask("POST", scanIn, asked); a.status != 401 || fresh.live() {
				t.Errorf("%s: %d %v", what, a.status, a.body)
			}
		}
		for _, state := range []identity.ScanState{identity.ScanDeclined, identity.ScanOver} {
			asked, qr := c.shows(scanIn)
			ca.says(qr, identity.ScanAnswer{State: state})
			if a := c.must(200, "POST", scanIn+"/look", asked); a.body["state"] != string(state) {
				t.Errorf("%s: %v", state, a.body)
			}
		}
		asked, qr = c.shows(scanIn)
		ca.says(qr, identity.ScanAnswer{State: "perhaps"})
		if a := c.ask("POST", scanIn+"/look", asked); a.status != 503 || a.body["code"] != "identity.scanner" {
			t.Errorf("an answer that nobody knows: %d %v", a.status, a.body)
		}
		ca.scans(qr, mine)
		g.Clock.Advance(5 * time.Minute)
		if a := c.ask("POST", scanIn, asked); a.body["code"] != "identity.ceremony" {
			t.Errorf("after five minutes: %d %v", a.status, a.body)
		}
		ca.down = true
		if a := c.ask("POST", scanIn+"/begin", `{}`); a.status != 503 || a.body["code"] != "identity.scanner" {
			t.Errorf("an adapter that is down: %d %v", a.status, a.body)
		}
	})
}
