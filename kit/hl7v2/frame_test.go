package hl7v2_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/hl7v2"
)

func TestFramesComeOutAsTheyWentIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var stream []byte
		var sent []string
		for range rapid.IntRange(0, 5).Draw(t, "messages") {
			text := rapid.StringOfN(rapid.RuneFrom([]rune("AB|^中\r\n")), 0, 200, -1).Draw(t, "text")
			sent, stream = append(sent, text), append(stream, hl7v2.Frame([]byte(text))...)
			if rapid.Bool().Draw(t, "without the last CR") {
				stream = stream[:len(stream)-1]
			}
		}
		frames := hl7v2.NewFrames(iotest.OneByteReader(bytes.NewReader(stream)), 1000)
		for _, want := range sent {
			if got, err := frames.Next(); err != nil || string(got) != want {
				t.Fatalf("%q %v, want %q", got, err, want)
			}
		}
		if _, err := frames.Next(); !errors.Is(err, io.EOF) {
			t.Fatalf("at the end: %v", err)
		}
	})
}

func TestWhatIsNoFrameIsSaidToBeNone(t *testing.T) {
	large := "\x0b" + strings.Repeat("x", 5000) + "\x1c\r"
	for name, c := range map[string]struct {
		stream string
		want   error
	}{
		"cut off":         {"\x0bMSH|", io.ErrUnexpectedEOF},
		"no frame":        {"MSH|^~\\&|", hl7v2.ErrNotFramed},
		"too large":       {large, hl7v2.ErrFrameTooLarge},
		"blank and end":   {"\r\n", io.EOF},
		"rest of a frame": {"\x1c\r", hl7v2.ErrNotFramed},
	} {
		if _, err := hl7v2.NewFrames(strings.NewReader(c.stream), 4999).Next(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := hl7v2.NewFrames(strings.NewReader(large), 5000).Next(); err != nil || len(got) != 5000 {
		t.Errorf("at the limit: %d %v", len(got), err)
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte("\x0bMSH|^~\\&|\x1c\r\x0b\x1c"))
	f.Fuzz(func(t *testing.T, stream []byte) {
		frames := hl7v2.NewFrames(bytes.NewReader(stream), 1<<10)
		var out []byte
		for {
			message, err := frames.Next()
			if err != nil {
				break
			}
			if len(message) > 1<<10 || bytes.IndexByte(message, 0x1c) >= 0 {
				t.Fatalf("%d bytes: %q", len(message), message)
			}
			out = append(out, message...)
		}
		if len(out) > len(stream) {
			t.Fatal("more came out than went in")
		}
	})
}
