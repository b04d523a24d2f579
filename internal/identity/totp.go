package identity

import (
	"crypto/subtle"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// What a code is made of (RFC 6238): six digits every half minute, one step to
// either side for clocks that differ.
const (
	codeStep   = 30 * time.Second
	codeDigits = 6
	codeDrift  = 1
	issuer     = "Medward"
)

// newCodeSecret returns a fresh secret, and the address by which an
// authenticator takes it.
func newCodeSecret(name string) (secret, uri string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: name, Period: uint(codeStep / time.Second), Digits: codeDigits})
	if err != nil {
		return "", "", err
	}
	return key.Secret(), key.URL(), nil
}

// codeAt returns the code of a step.
func codeAt(secret string, step int64) (string, error) {
	return hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: codeDigits, Algorithm: otp.AlgorithmSHA1}) //nolint:gosec // a step counts from 1970
}

// stepOf is the step in which a moment lies.
func stepOf(at time.Time) int64 { return at.Unix() / int64(codeStep/time.Second) }

// stepShown returns the step of which somebody has shown the code at a moment,
// or 0. Every step within the drift is computed, whichever it is.
func stepShown(secret, code string, at time.Time) (int64, error) {
	var shown int64
	now := stepOf(at)
	for step := now - codeDrift; step <= now+codeDrift; step++ {
		want, err := codeAt(secret, step)
		if err != nil {
			return 0, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			shown = step
		}
	}
	return shown, nil
}
