package recipient_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/recipient"
)

// TestTheFormatSaysWhatIsSent checks the vector by which others write their side.
func TestTheFormatSaysWhatIsSent(t *testing.T) {
	text, err := os.ReadFile("../../docs/format/webhook.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "```json vector\n")
	block, _, _ := strings.Cut(after, "```")
	var v struct {
		Secret, Notice, Nonce, Body, Signature string
		Sequence                               int
		Time                                   int64
	}
	if err := json.Unmarshal([]byte(block), &v); err != nil {
		t.Fatal(err)
	}
	signed := recipient.SignedText(v.Notice, v.Sequence, time.Unix(v.Time, 0), v.Nonce, []byte(v.Body))
	if got := recipient.Signature(v.Secret, signed); got != v.Signature {
		t.Errorf("the format says %s, what is sent says %s", v.Signature, got)
	}
}
