package source

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/sm"
)

// SignedScheme names the authorization of a request that is signed:
//
//	Authorization: Medward-Request key=ID,time=UNIX,nonce=TEXT,digest=HEX,signature=BASE64
//
// digest is the SM3 of the body. What is signed is [SignedText].
const SignedScheme = "Medward-Request"

// skew is how far the time of a request may be off.
const skew = 5 * time.Minute

// longestNonce is in characters.
const longestNonce = 64

// signing is what a signed request says of itself.
type signing struct {
	key, nonce string
	at         time.Time
	digest     []byte
	signature  []byte
	text       []byte
}

// SignedText is what is signed of a request. address is its path with its query.
func SignedText(method, address string, at time.Time, nonce string, bodyDigest []byte) []byte {
	return []byte(strings.Join([]string{
		"medward-request-1", method, address, strconv.FormatInt(at.Unix(), 10), nonce, hex.EncodeToString(bodyDigest),
	}, "\n"))
}

// parseSigning reads the authorization of a signed request.
func parseSigning(r *http.Request) (signing, bool) {
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), SignedScheme+" ")
	if !ok {
		return signing{}, false
	}
	parts := map[string]string{}
	for pair := range strings.SplitSeq(given, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if _, twice := parts[name]; twice {
			return signing{}, false
		}
		parts[name] = value
	}
	seconds, err := strconv.ParseInt(parts["time"], 10, 64)
	digest, digestErr := hex.DecodeString(parts["digest"])
	signature, signatureErr := base64.StdEncoding.Strict().DecodeString(parts["signature"])
	nonce := parts["nonce"]
	if err != nil || digestErr != nil || signatureErr != nil || len(digest) != sm.DigestSize || !id.Valid(parts["key"]) || len(nonce) < 16 || len(nonce) > longestNonce {
		return signing{}, false
	}
	at := time.Unix(seconds, 0).UTC()
	return signing{
		key: parts["key"], nonce: nonce, at: at, digest: digest, signature: signature, text: SignedText(r.Method, r.URL.RequestURI(), at, nonce, digest),
	}, true
}

// timely reports whether the time of the request is near enough.
func (s signing) timely(now time.Time) bool {
	off := now.Sub(s.at)
	return off <= skew && off >= -skew
}
