package agent

import (
	"bufio"
	"bytes"
	"testing"
)

func FuzzLines(f *testing.F) {
	f.Add([]byte("<13>one\r\n8 <13>two\n<13>three"))
	f.Add([]byte("99999999999999999999 x"))
	f.Fuzz(func(t *testing.T, stream []byte) {
		in := bufio.NewReaderSize(bytes.NewReader(stream), MaxLine+16)
		var out []byte
		for {
			gathered, ended := gather(in)
			out = append(out, gathered...)
			if ended != nil {
				break
			}
		}
		again := bufio.NewReaderSize(bytes.NewReader(out), MaxLine+16)
		var read []byte
		for {
			line, err := nextLine(again)
			if err != nil {
				break
			}
			read = appendCounted(read, line)
		}
		if !bytes.Equal(read, out) {
			t.Fatalf("%q is delivered as %q, which reads as %q", stream, out, read)
		}
	})
}
