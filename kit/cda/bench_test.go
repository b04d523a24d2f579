package cda_test

import (
	"strings"
	"testing"

	"github.com/medward/medward/kit/cda"
)

// large is a document of about 1 MB: 2,000 observations in 100 sections.
func large() []byte {
	entry := `<entry><observation classCode="OBS" moodCode="EVN"><code code="DE04.10.186.00" codeSystem="2.16.156.10011.2.2.1" codeSystemName="卫生信息数据元目录" displayName="体温"/>
<effectiveTime value="20261120083000"/><value xsi:type="PQ" value="36.8" unit="℃"/><entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN">
<code code="DE04.01.119.00" codeSystem="2.16.156.10011.2.2.1" displayName="主诉"/><value xsi:type="ST">胸痛三天，伴气促</value></observation></entryRelationship></observation></entry>
`
	return []byte(document(smallHeader, strings.Repeat(section("<text><paragraph>胸痛三天</paragraph></text>"+strings.Repeat(entry, 20)), 100)))
}

func BenchmarkParse(b *testing.B) {
	raw := large()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cda.Parse(raw, cda.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	d := parse(b, string(large()))
	b.ReportAllocs()
	for b.Loop() {
		d.Check()
	}
}

func BenchmarkView(b *testing.B) {
	d := parse(b, string(large()))
	b.ReportAllocs()
	for b.Loop() {
		d.View()
	}
}

func BenchmarkBytes(b *testing.B) {
	d := parse(b, string(large()))
	for b.Loop() {
		if _, err := d.Bytes(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		if _, err := cda.Build(admission()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSample reads, checks and shows the samples of WS/T 500 one after another.
func BenchmarkSample(b *testing.B) {
	files := sampleFiles(b, "wst500")
	raws := make([][]byte, len(files))
	for i, f := range files {
		raws[i] = readFile(b, f)
	}
	i := 0
	for b.Loop() {
		d, err := cda.Parse(raws[i%len(raws)], cda.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		d.Check()
		d.View()
		i++
	}
}
