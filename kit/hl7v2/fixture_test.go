package hl7v2

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// admission is an ADT^A01 of about 1 KB as a Chinese hospital system would send it.
var admission = strings.Join([]string{
	`MSH|^~\&|HIS^2.16.156.1.1^ISO|总院|MEDWARD|总院|20260314083012+0800||ADT^A01^ADT_A01|HIS-000481|P|2.5.1|||AL|NE|CHN|UNICODE UTF-8`,
	`EVN|A01|20260314083000+0800||01|1024^何^建国^^^^^^HIS`,
	`PID|1||0001837^^^HIS&2.16.156.1.1&ISO^MR~110105198806120017^^^公安部^NI||欧阳^思远^^^^^L^I||19880612|M|||建设路18号&建设路&18^2栋^石家庄^河北^050000^CHN^H||^PRN^PH^^^^13000000000|||M|||||||||||中国`,
	`NK1|1|欧阳^立|FTH^父亲^HL70063|||13000000001`,
	`PV1|1|I|呼吸内科^0305^02^总院^^N^3^5|R|||1024^何^建国^^^^主任医师^^HIS|2048^林^晓|||RES||||1|||1024^何^建国|I|V20260314001^^^HIS^VN||||||||||||||||||||||||20260314082500+0800`,
	`PV2||1^普通|反复咳嗽\.br\伴发热3天`,
	`DG1|1||J18.9^肺炎，未特指^ICD-10||20260314|A`,
	`AL1|1|DA|PEN^青霉素^L|MO|皮疹~""`,
	`IN1|1|CITY^城镇职工|HB01|河北医保`,
	``,
}, "\r")

// laboratory is an ORU^R01 of about 5 KB: twenty results with ranges and a note.
var laboratory = func() string {
	var b strings.Builder
	b.WriteString("MSH|^~\\&|LIS|总院|MEDWARD|总院|20260314101500+0800||ORU^R01^ORU_R01|LIS-77120|P|2.5.1||||||UNICODE UTF-8\r" +
		"PID|1||0001837^^^HIS^MR||欧阳^思远||19880612|M\r" +
		"PV1|1|I|呼吸内科^0305^02\r" +
		"ORC|RE|O-9912|L-5521||CM\r" +
		"OBR|1|O-9912|L-5521|CBC^血常规^L|||20260314090500+0800|||||||20260314091500+0800|BLD^静脉血\r")
	for i := range 40 {
		n := string(rune('A' + i%26))
		b.WriteString("OBX|" + number(i+1) + "|NM|WBC" + n + "^白细胞计数 " + n + "^L^6690-2^Leukocytes^LN||6." + number(i+1) +
			"|10*9/L^^UCUM|3.5-9.5|N|||F|||20260314100200+0800||3051^周^敏\r")
	}
	b.WriteString("NTE|1|L|标本轻度溶血\\.br\\结果 \\T\\ 参考范围仅供临床参考\r")
	return b.String()
}()

func mustParse(t testing.TB, text string) *Message {
	t.Helper()
	m, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return m
}

func gb18030(t testing.TB, text string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	return out
}

func rulesOf(problems []Problem) map[Rule]Path {
	found := make(map[Rule]Path)
	for _, p := range problems {
		if _, ok := found[p.Rule]; !ok {
			found[p.Rule] = p.At
		}
	}
	return found
}
