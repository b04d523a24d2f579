package hl7v2

import (
	"strings"
	"testing"
)

func BenchmarkParseAndWrite(b *testing.B) {
	gb := func(text string) string {
		return gb18030(b, strings.Replace(text, "UNICODE UTF-8", "GB 18030-2000", 1))
	}
	for _, c := range []struct{ name, text string }{
		{"ADT", admission}, {"ADT-GB18030", gb(admission)}, {"ORU", laboratory}, {"ORU-GB18030", gb(laboratory)},
	} {
		b.Run(c.name, func(b *testing.B) {
			data := []byte(c.text)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				m, err := Parse(data)
				if err != nil || len(m.Bytes()) != len(data) {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkIntake is what taking in one message costs: parse, check, header, the
// fields of every result, write.
func BenchmarkIntake(b *testing.B) {
	data := []byte(laboratory)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		m, err := Parse(data)
		if err != nil || len(Check(m)) > 0 || m.Header().Type != "ORU" {
			b.Fatal(err)
		}
		for _, obx := range m.All("OBX") {
			if obx.Field(3).CWE().Code == "" || obx.Field(5).Text() == "" || obx.Field(7).Text() == "" {
				b.Fatal("a result was not read")
			}
		}
		m.Bytes()
	}
}

func BenchmarkSplit(b *testing.B) {
	file := []byte(strings.Repeat(admission+"\r", 1000))
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if raws, _ := Split(file); len(raws) != 1000 {
			b.Fatalf("%d messages", len(raws))
		}
	}
}

func BenchmarkGet(b *testing.B) {
	m := mustParse(b, admission)
	b.ReportAllocs()
	for b.Loop() {
		if m.Get("PID-3(2).4.1").Text() == "" {
			b.Fatal("not read")
		}
	}
}
