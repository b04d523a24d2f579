package privilege

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
)

// Event is one event of a recording in the form asciicast v2: seconds since the
// beginning, what kind (o output, i input, r resize, m marker), and the text.
type Event struct {
	At   float64
	Kind string
	Text string
}

// MaxPart bounds the events of one part, in bytes.
const MaxPart = 256 << 10

// MarshalJSON writes an event as asciicast does.
func (e Event) MarshalJSON() ([]byte, error) {
	var text bytes.Buffer
	encode := json.NewEncoder(&text)
	encode.SetEscapeHTML(false)
	if err := encode.Encode([]any{e.At, e.Kind, e.Text}); err != nil {
		return nil, err
	}
	return bytes.TrimRight(text.Bytes(), "\n"), nil
}

// UnmarshalJSON reads an event as asciicast writes it.
func (e *Event) UnmarshalJSON(text []byte) error {
	var fields []json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	if len(fields) != 3 {
		return fmt.Errorf("an event has 3 parts, not %d", len(fields))
	}
	for i, into := range []any{&e.At, &e.Kind, &e.Text} {
		if err := json.Unmarshal(fields[i], into); err != nil {
			return err
		}
	}
	if e.At < 0 || len(e.Kind) != 1 || !strings.Contains("oirm", e.Kind) {
		return fmt.Errorf("no event of kind %q at %g", e.Kind, e.At)
	}
	return nil
}

// ReadEvents reads the events of one part, one JSON array on each line.
func ReadEvents(text string) ([]Event, error) {
	bad := func(line int, err error) error {
		return errInput.Because(err).At("events", fault.Text{
			ZH: fmt.Sprintf("第 %d 行不是 asciicast v2 事件，例如 [1.5,\"o\",\"文字\"]", line), EN: fmt.Sprintf("line %d is not an event of asciicast v2, such as [1.5,\"o\",\"text\"]", line),
		})
	}
	if len(text) > MaxPart || !utf8.ValidString(text) {
		return nil, bad(1, fmt.Errorf("%d bytes", len(text)))
	}
	var all []Event
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, MaxPart+1)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var e Event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, bad(n, err)
		}
		all = append(all, e)
	}
	return all, lines.Err()
}

// WriteEvents is the reverse of [ReadEvents].
func WriteEvents(all []Event) (string, error) {
	var text strings.Builder
	for _, e := range all {
		line, err := json.Marshal(e)
		if err != nil {
			return "", err
		}
		text.Write(line)
		text.WriteByte('\n')
	}
	return text.String(), nil
}
