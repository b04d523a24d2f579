package synth

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// Encode writes h as one line of JSON in UTF-8 with fields in declaration
// order, times in RFC 3339 at +08:00 and no HTML escaping. Equal hospitals give
// equal bytes.
func Encode(w io.Writer, h *Hospital) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(h); err != nil {
		return fmt.Errorf("encode synthetic hospital: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("encode synthetic hospital: %w", err)
	}
	return nil
}
