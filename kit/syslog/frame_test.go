package syslog_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/medward/medward/kit/syslog"
)

const most = 64

func all(text string) (messages []string, err error) {
	from := bufio.NewReaderSize(strings.NewReader(text), most+16)
	for {
		message, err := syslog.Next(from, most)
		if message != nil {
			messages = append(messages, string(message))
		}
		if err != nil {
			return messages, err
		}
	}
}

func TestMessagesAreReadHoweverTheyAreFramed(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
		err  error
	}{
		"line ends":              {"<1>a\n<1>b\r\n\n", []string{"<1>a", "<1>b", ""}, io.EOF},
		"counted":                {"4 <1>a6 <1>b\nc", []string{"<1>a", "<1>b\nc"}, io.EOF},
		"both":                   {"5 <1>a\n<1>b\n", []string{"<1>a", "<1>b"}, io.EOF},
		"cut within a line":      {"<1>a\n<1>b", []string{"<1>a", "<1>b"}, io.ErrUnexpectedEOF},
		"cut within a message":   {"9 <1>a", nil, io.ErrUnexpectedEOF},
		"a count without an end": {strings.Repeat("9", 2*most), nil, syslog.ErrFrame},
		"a count that is none":   {"4x <1>a", nil, syslog.ErrFrame},
		"a count beyond bounds":  {fmt.Sprintf("%d %s", most+1, strings.Repeat("x", most+1)), nil, syslog.ErrFrame},
		"a line beyond bounds":   {"<" + strings.Repeat("x", 2*most) + "\n", nil, syslog.ErrFrame},
		"nothing":                {"", nil, io.EOF},
		"a line of all it takes": {strings.Repeat("x", most) + "\n", []string{strings.Repeat("x", most)}, io.EOF},
	} {
		got, err := all(c.text)
		if !errors.Is(err, c.err) || fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %q %v, want %q %v", name, got, err, c.want, c.err)
		}
	}
}

func FuzzNext(f *testing.F) {
	for _, text := range []string{"<1>a\n", "5 <1>a\n", "9999 x", "1 ", "\x00\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		messages, err := all(text)
		if err == nil {
			t.Fatal("the stream has no end")
		}
		total := 0
		for _, m := range messages {
			if len(m) > most+2 {
				t.Fatalf("a message of %d bytes", len(m))
			}
			total += len(m)
		}
		if total > len(text) {
			t.Fatalf("%d bytes out of %d", total, len(text))
		}
	})
}
