package screen_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/intake/screen"
)

func deflated(text string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.String()
}

func TestWhatCouldActIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		want screen.Danger
	}{
		"script":            {"<html><SCRIPT>x()</SCRIPT></html>", screen.Script},
		"script in a space": {"<?xml version='1.0'?><a xmlns:h='x'><h:script src='y'/></a>", screen.Script},
		"handler":           {"<svg xmlns='s'><g  ONLOAD = 'x()'/></svg>", screen.Script},
		"address":           {"<a href=' javascript:x()'>看</a>", screen.Script},
		"pdf script":        {"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(x)>>>>", screen.Action},
		"pdf escaped":       {"%PDF-1.7\n1 0 obj<</S/J#61vaScript /JS(x)>>", screen.Action},
		"pdf launch":        {"%PDF-1.4\n<</S /Launch /F (cmd.exe)>>", screen.Action},
		"pdf in a stream":   {"%PDF-1.7\n5 0 obj<</Type/ObjStm>>stream\r\n" + deflated("1 0 <</S/JavaScript/JS 2 0 R>>") + "\nendstream", screen.Action},
		"macro in a zip":    {"PK\x03\x04....word/vbaProject.bin", screen.Macro},
		"macro in ole":      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....V\x00B\x00A\x00", screen.Macro},
		"object in rtf":     {`{\rtf1{\object\objdata 0105}}`, screen.Macro},
		"program":           {"MZ\x90\x00", screen.Program},
		"shell":             {"#!/bin/sh\nrm", screen.Program},
	} {
		if got := screen.Active([]byte(c.raw)); !slices.Contains(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWhatCannotActIsLeftAlone(t *testing.T) {
	for name, raw := range map[string]string{
		"document":   "<ClinicalDocument xmlns='urn:hl7-org:v3'><text>患者口述 javascript: 编程为业；onset = 3 天，&lt;script&gt;</text></ClinicalDocument>",
		"stylesheet": "<?xml-stylesheet type='text/xsl' href='CDA.xsl'?><ClinicalDocument onsetDate='1'/>",
		"pdf":        "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction[3 0 R/Fit]/Names<</Dests 4 0 R>>>>stream\n" + deflated("BT (JavaScript) Tj ET") + "\nendstream",
		"rtf":        `{\rtf1 病历 \b 主诉\b0}`,
		"message":    "MSH|^~\\&|LIS|LAB|<script>|",
		"empty":      "",
	} {
		if got := screen.Active([]byte(raw)); len(got) > 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// scanner is a clamd in this process that answers as it is told.
func scanner(t *testing.T, answer func(got []byte) string) screen.Clamd {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			if got, err := instream(conn); err == nil {
				_, _ = io.WriteString(conn, answer(got))
			}
			_ = conn.Close()
		}
	}()
	c, err := screen.ParseClamd(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func instream(conn io.Reader) (got []byte, err error) {
	command := make([]byte, len("zINSTREAM\x00"))
	if _, err := io.ReadFull(conn, command); err != nil {
		return nil, err
	}
	for {
		var size uint32
		if err := binary.Read(conn, binary.BigEndian, &size); err != nil || size == 0 {
			return got, err
		}
		piece := make([]byte, size)
		if _, err := io.ReadFull(conn, piece); err != nil {
			return nil, err
		}
		got = append(got, piece...)
	}
}

func TestTheScannerIsAskedWithAllBytesAndItsVerdictHolds(t *testing.T) {
	c := scanner(t, func(got []byte) string {
		if bytes.Contains(got, []byte("EVIL")) {
			return "stream: Test.Signature FOUND\x00"
		}
		return "stream: OK\x00"
	})
	large := strings.Repeat("病", 100_000)
	if infected, err := c.Scan(t.Context(), []byte(large)); err != nil || infected {
		t.Errorf("%v %v", infected, err)
	}
	if infected, err := c.Scan(t.Context(), []byte(large+"EVIL")); err != nil || !infected {
		t.Errorf("%v %v", infected, err)
	}
}

func TestAScannerThatGivesNoVerdictIsAnError(t *testing.T) {
	for _, answer := range []string{"INSTREAM size limit exceeded. ERROR\x00", "", "hello"} {
		if _, err := scanner(t, func([]byte) string { return answer }).Scan(t.Context(), []byte("x")); !errors.Is(err, screen.ErrScanner) {
			t.Errorf("%q: %v", answer, err)
		}
	}
	if _, err := (screen.Clamd{Network: "tcp", Address: "127.0.0.1:1"}).Scan(t.Context(), nil); err == nil {
		t.Error("nobody listens, and it was taken for scanned")
	}
	for _, text := range []string{"", "unix:", "clamd"} {
		if _, err := screen.ParseClamd(text); err == nil {
			t.Errorf("%q is taken for an address", text)
		}
	}
}

func FuzzActive(f *testing.F) {
	f.Add([]byte("%PDF-1.7 stream\r\n" + deflated("x")))
	f.Add([]byte("<a onload='x'>"))
	f.Fuzz(func(_ *testing.T, raw []byte) { screen.Active(raw) })
}

func BenchmarkActiveDocument(b *testing.B) {
	raw := []byte("<ClinicalDocument>" + strings.Repeat("<section><text>现病史：患者3天前出现胸痛</text></section>", 800) + "</ClinicalDocument>")
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		screen.Active(raw)
	}
}
