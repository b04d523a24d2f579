package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
)

// scannerPatience bounds one question to an adapter.
const scannerPatience = 5 * time.Second

// ScanSettings say where the adapter of a certification authority's telephone
// application is.
type ScanSettings struct {
	Address  string `json:"address" maxLength:"300" doc:"takes POST of JSON at /show and /answer"`
	Roots    string `json:"roots,omitempty" maxLength:"60000" doc:"PEM of the authorities that vouch for the adapter; those of the machine when empty"`
	Internal bool   `json:"internal" doc:"it stands in the organisation's own network"`
	Plain    bool   `json:"plain" doc:"without TLS; only inside"`
}

func (s ScanSettings) at(path string) dial.Destination {
	return dial.Destination{Address: strings.TrimSuffix(s.Address, "/") + path, Internal: s.Internal, Plain: s.Plain}
}

func (s ScanSettings) check(e *fault.Error) {
	const field = "body.settings.scan."
	if s.at("/show").CheckWeb() != nil || strings.ContainsAny(s.Address, "?#") {
		e.At(field+"address", fault.Text{ZH: "应为 https 地址，不带参数", EN: "must be an https address without a query"})
	}
	checkRoots(e, field+"roots", s.Roots, true)
}

// scanner is an adapter that takes JSON over HTTPS with a bearer token.
type scanner struct{}

func (scanner) Show(ctx context.Context, to ScanSettings, secret, text, digits string) (scan, qr string, err error) {
	var shown struct {
		Scan string `json:"scan"`
		QR   string `json:"qr"`
	}
	if err := ask(ctx, to, "/show", secret, map[string]string{"text": text, "digits": digits}, &shown); err != nil {
		return "", "", err
	}
	if shown.Scan == "" || len(shown.Scan) > 200 || shown.QR == "" || len(shown.QR) > 1000 {
		return "", "", fmt.Errorf("identity: the adapter names a scan in %d characters and shows %d", len(shown.Scan), len(shown.QR))
	}
	return shown.Scan, shown.QR, nil
}

func (scanner) Answer(ctx context.Context, to ScanSettings, secret, scan string) (answer ScanAnswer, err error) {
	if err := ask(ctx, to, "/answer", secret, map[string]string{"scan": scan}, &answer); err != nil {
		return answer, err
	}
	if !slices.Contains(scanStates, answer.State) {
		return answer, fmt.Errorf("identity: the adapter knows a state %.20q of scans", answer.State)
	}
	return answer, nil
}

func ask(ctx context.Context, to ScanSettings, path, secret string, question, answer any) error {
	body, err := json.Marshal(question)
	if err != nil {
		return err
	}
	header := http.Header{"Content-Type": {"application/json"}}
	if secret != "" {
		header.Set("Authorization", "Bearer "+secret)
	}
	ctx, cancel := context.WithTimeout(ctx, scannerPatience)
	defer cancel()
	text, err := dial.New(rootsOf(to.Roots)).Post(ctx, to.at(path), header, body)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, answer)
}
