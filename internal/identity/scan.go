package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm2"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/sm"
)

// Certification authorities keep keys in an application of the telephone. What it
// scans from our screen, it signs; an adapter of the hospital's stands between us and
// the authority's service. The adapter carries and cannot vouch: what counts is the
// signature over our text, by a certificate that was bound to an account.

// ScanState is how far a scan has come.
type ScanState string

// The states of a scan.
const (
	ScanWaiting  ScanState = "waiting"
	ScanSigned   ScanState = "signed"
	ScanDeclined ScanState = "declined" // its holder said no on the telephone
	ScanOver     ScanState = "over"     // nobody has scanned it in time
)

var scanStates = []ScanState{ScanWaiting, ScanSigned, ScanDeclined, ScanOver}

// Scanner brings a text to a telephone, to be signed there.
type Scanner interface {
	// Show hands over the text, and the digits that the telephone must show beside
	// it. The answer is an id of the adapter's and what the QR code says.
	Show(ctx context.Context, to ScanSettings, secret, text, digits string) (scan, qr string, err error)
	// Answer asks how far a scan has come. Chain and signature are there once it is
	// signed.
	Answer(ctx context.Context, to ScanSettings, secret, scan string) (ScanAnswer, error)
}

// ScanAnswer is what an adapter says of a scan.
type ScanAnswer struct {
	State     ScanState `json:"state"`
	Chain     [][]byte  `json:"chain"`     // DER, the holder's certificate first
	Signature []byte    `json:"signature"` // SM2 over SM3, as ASN.1, for the usual signer
}

// scanned is a scan under way.
type scanned struct {
	Way        string `json:"way"`
	Use        string `json:"use"`
	Nonce      []byte `json:"nonce"`
	Digits     string `json:"digits"`
	Scan       string `json:"scan"`
	Browser    []byte `json:"browser"` // digest of what his browser keeps in a cookie
	BrowserKey []byte `json:"browserKey,omitempty"`
}

// text is what is signed: nothing that could be taken for something else, and the
// digits by which its holder knows that it is his own screen that he has scanned.
func (s scanned) text(org string) string {
	return strings.Join([]string{"medward-scan-" + s.Use, org, s.Way, s.Digits, base64.RawURLEncoding.EncodeToString(s.Nonce)}, "\n")
}

// ScanBegun is what the screen shows. Browser is a cookie, by which alone the answer
// is fetched: who only sees the code cannot take its place.
type ScanBegun struct {
	Ceremony string
	QR       string
	Digits   string // shown beside the code, and on the telephone
	Browser  string
	Until    time.Time
}

const scanDigits = 4

// BeginScan begins a sign-in by a scan. It names nobody, and so is spaced by the
// address from which it comes: each asks the authority's service.
func (r *Room) BeginScan(ctx context.Context, browserKey []byte) (ScanBegun, error) {
	const verb = "identity.sign-in"
	if err := checkBrowserKey(browserKey); err != nil {
		return ScanBegun{}, err
	}
	if err := r.mustComeThroughTunnel(ctx, verb); err != nil {
		return ScanBegun{}, err
	}
	if err := r.mayStart(ctx, scopeScan, r.newTry(ctx, verb, "").counts[scopeScan]); err != nil {
		r.countNobody(ctx, verb)
		return ScanBegun{}, err
	}
	begun, kept, err := r.showScan(ctx, useSignIn, browserKey)
	if err != nil {
		return ScanBegun{}, err
	}
	begun.Ceremony, err = r.beginCeremony(ctx, kept)
	return begun, err
}

// BeginScanLink begins to bind the certificate in the caller's telephone to his
// account.
func (r *Room) BeginScanLink(ctx context.Context) (ScanBegun, error) {
	own, err := r.linker(ctx)
	if err != nil {
		return ScanBegun{}, err
	}
	if err := r.mayStart(ctx, scopeBinding, own.ID); err != nil {
		return ScanBegun{}, err
	}
	begun, kept, err := r.showScan(ctx, useBind, nil)
	if err != nil {
		return ScanBegun{}, err
	}
	begun.Ceremony, err = r.beginLink(ctx, own, kept.Way, kept)
	return begun, err
}

func (r *Room) showScan(ctx context.Context, use string, browserKey []byte) (ScanBegun, scanned, error) {
	way, secret, err := r.scanWay(ctx)
	if err != nil {
		return ScanBegun{}, scanned{}, err
	}
	browser := newToken()
	digest := sm.Sum([]byte(browser))
	kept := scanned{
		Way: way.ID, Use: use, Nonce: make([]byte, challengeSize), Digits: randomDigits(scanDigits), Browser: digest[:], BrowserKey: browserKey,
	}
	_, _ = rand.Read(kept.Nonce) // never fails: it ends the process instead
	begun := ScanBegun{Digits: kept.Digits, Browser: browser, Until: r.desk.Now().Add(ceremonyLife)}
	kept.Scan, begun.QR, err = r.scanner.Show(ctx, *way.Settings.Scan, secret, kept.text(r.org), kept.Digits)
	if err != nil {
		return ScanBegun{}, scanned{}, errScanner.Because(err)
	}
	return begun, kept, nil
}

func (r *Room) scanWay(ctx context.Context) (way Way, secret string, err error) {
	if way, err = r.openWayOf(ctx, Scan); err != nil {
		return way, "", err
	}
	secret, err = r.secretOfWay(ctx, way)
	return way, secret, err
}

// LookScan tells the browser that shows a code how far the scan has come.
func (r *Room) LookScan(ctx context.Context, ceremony, browser string) (ScanState, error) {
	answer, err := r.scanAnswered(ctx, ceremony, browser)
	return answer.State, err
}

// scanAnswered asks how far a scan has come that a browser has begun.
func (r *Room) scanAnswered(ctx context.Context, id, browser string) (ScanAnswer, error) {
	var kept scanned
	if err := r.begunBy(ctx, id, browser, &kept, func() []byte { return kept.Browser }); err != nil {
		return ScanAnswer{}, err
	}
	way, secret, err := r.scanWay(ctx)
	if err == nil && way.ID != kept.Way {
		err = errNoWay.With()
	}
	if err != nil {
		return ScanAnswer{}, err
	}
	answer, err := r.scanner.Answer(ctx, *way.Settings.Scan, secret, kept.Scan)
	if err != nil {
		return answer, errScanner.Because(err)
	}
	return answer, nil
}

// begunBy reads what was kept of a ceremony that is still open, if this browser began it:
// by says of which browser what was read keeps the digest.
func (r *Room) begunBy(ctx context.Context, id, browser string, kept any, by func() []byte) error {
	err := r.desk.Look(ctx, func(v db.Reader) error {
		c, err := ceremonies.Get(ctx, v, r.org, id)
		if errors.Is(err, db.ErrNone) || err == nil && !c.Until.After(r.desk.Now()) {
			return errCeremony.With()
		}
		if err != nil {
			return err
		}
		return c.read(kept)
	})
	if err != nil {
		return r.doubted(ctx, err)
	}
	if digest := sm.Sum([]byte(browser)); !sm.Equal(digest[:], by()) {
		return errCeremony.With()
	}
	return nil
}

// scanTaken finds whose certificate has signed what was scanned, once. account is
// whose binding it is, or empty.
func (r *Room) scanTaken(ctx context.Context, id, browser, account, use string) (scanned, Way, certified, error) {
	answer, err := r.scanAnswered(ctx, id, browser)
	if err != nil {
		return scanned{}, Way{}, certified{}, err
	}
	if answer.State != ScanSigned || len(answer.Chain) == 0 {
		return scanned{}, Way{}, certified{}, errNotScanned.With()
	}
	var kept scanned
	if _, err := r.takeCeremony(ctx, id, account, &kept); err != nil {
		return kept, Way{}, certified{}, err
	}
	way, err := r.openWay(ctx, kept.Way, Scan)
	if err != nil {
		return kept, way, certified{}, err
	}
	shown, err := r.vouchedFor(way, answer.Chain)
	if err != nil {
		return kept, way, certified{}, err
	}
	key, ok := shown.leaf.PublicKey.(*ecdsa.PublicKey)
	if kept.Use != use || !ok || key.Curve != sm2.P256() || !sm2.VerifyASN1WithSM2(key, nil, []byte(kept.text(r.org)), answer.Signature) {
		return kept, way, certified{}, errCertificate.With()
	}
	return kept, way, shown, nil
}

// SignInByScan lets in whose telephone has signed what this browser showed, if its
// certificate was bound to an account.
func (r *Room) SignInByScan(ctx context.Context, ceremony, browser, code string) (Admission, error) {
	kept, way, shown, err := r.scanTaken(ctx, ceremony, browser, "", useSignIn)
	if err != nil {
		return Admission{}, err
	}
	return r.admitLinked(ctx, way, shown.mark, proof{means: ByCertificate, browserKey: kept.BrowserKey}, code)
}

// LinkScan binds the certificate in the caller's telephone to his account.
func (r *Room) LinkScan(ctx context.Context, ceremony, browser string) (Link, error) {
	own, err := r.linker(ctx)
	if err != nil {
		return Link{}, err
	}
	_, way, shown, err := r.scanTaken(ctx, ceremony, browser, own.ID, useBind)
	if err != nil {
		return Link{}, err
	}
	return r.linkCertified(ctx, own, way, shown)
}
