package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Stream is an answer that goes on: server-sent events (HTML, section 9.2).
type Stream = huma.StreamResponse

// Events answers with server-sent events until tell returns or the client is gone.
// What tell sends is JSON under the name of its event; an empty name sends a line
// that only keeps the connection. send reports that the client is gone.
func Events(tell func(ctx context.Context, send func(event string, data any) error)) *Stream {
	return &Stream{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/event-stream")
		hc.SetHeader("X-Accel-Buffering", "no")
		out, isHTTP := hc.BodyWriter().(http.ResponseWriter)
		if !isHTTP {
			return
		}
		line := http.NewResponseController(out)
		tell(hc.Context(), func(event string, data any) error {
			text := []byte(":\n\n")
			if event != "" {
				body, err := json.Marshal(data)
				if err != nil {
					return err
				}
				text = []byte("event: " + event + "\ndata: " + string(body) + "\n\n")
			}
			_ = line.SetWriteDeadline(deadlineOfSending()) // not every writer has one
			if _, err := out.Write(text); err != nil {
				return err
			}
			return line.Flush()
		})
	}}
}

// Download answers with a file as it is read, and closes it. size is in bytes.
func Download(form, name string, size int64, content io.ReadCloser) *Stream {
	return &Stream{Body: func(hc huma.Context) {
		defer content.Close() //nolint:errcheck // it was only read
		hc.SetHeader("Content-Type", form)
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		hc.SetHeader("Content-Length", strconv.FormatInt(size, 10))
		hc.SetStatus(http.StatusOK)
		_, _ = io.Copy(hc.BodyWriter(), content) // a file that breaks off is shorter than was promised
	}}
}

// sendingTime bounds how long a client may take to receive one event.
const sendingTime = 10 * time.Second

func deadlineOfSending() time.Time {
	return time.Now().Add(sendingTime) //nolint:forbidigo // a deadline of the network runs by the machine's clock and reaches no store
}
