package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/medward/medward/internal/intake"
)

// BenchmarkImportHL7OfFewPatients imports one file of 2,000 messages about 50
// patients, every patient's messages one after another: what a laboratory sends
// in the morning.
func BenchmarkImportHL7OfFewPatients(b *testing.B) {
	const patients, messages = 50, 2000
	engines(b, func(b *testing.B, h *house) {
		h.hospital()
		h.run(b)
		read := 0
		for b.Loop() {
			b.StopTimer()
			var file strings.Builder
			for n := range patients {
				who := pid(fmt.Sprintf("F%d-%d", read, n), fmt.Sprintf("患者^%d", n), fmt.Sprintf("19%02d0312", n%90))
				visit := pv1(fmt.Sprintf("W%d-%d", read, n), doctor)
				file.WriteString(message(msh("ADT^A01", fmt.Sprintf("A%d-%d", read, n)), "EVN|A01|20260228090000", who, visit))
				for k := range messages/patients - 1 {
					file.WriteString(message(msh("ORU^R01", fmt.Sprintf("R%d-%d-%d", read, n, k)), who, visit, fmt.Sprintf("OBR|1||G%d-%d|58410-2^血常规^LN|||20260228073000", n, k),
						"OBX|1|NM|718-7^血红蛋白^LN||98|g/L|115-150|L|||F", "OBX|2|NM|6690-2^白细胞^LN||6.1|10*9/L|3.5-9.5||||F"))
				}
			}
			b.StartTimer()
			report, err := h.intake.Import(h.operator(), intake.Input{Source: "lis", Name: "morning.hl7", Reader: strings.NewReader(file.String())}, nil)
			if err != nil || report.Total.Created != messages {
				b.Fatalf("%+v, %v\n%s", report.Total, err, told(report))
			}
			read += messages
		}
		b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "messages/s")
	})
}
