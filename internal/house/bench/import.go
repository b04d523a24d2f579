package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/intake"
)

// How much is imported: inputs for a few seconds on a small machine.
const (
	bundles        = 200
	observations   = 60 // of a bundle, which has a patient and an encounter too
	messageFiles   = 10
	messagesOfFile = 500
	regulars       = 50 // patients about whom each round of results is
	resultsOfEach  = 39 // after his admission
)

// measureImport measures taking in FHIR bundles and HL7 v2 messages: parsed,
// checked, sealed, durable and accounted for.
func measureImport(ctx context.Context, b *bench) error {
	at := b.house.Clock.Now().Add(-24 * time.Hour).UTC()
	fhir, err := b.files("fhir", bundles, func(n int) ([]byte, error) { return json.Marshal(bundle(n, at)) })
	if err != nil {
		return err
	}
	hl7, err := b.files("hl7", messageFiles, func(n int) ([]byte, error) { return messages(n, at), nil })
	if err != nil {
		return err
	}
	resources, err := b.takeIn(ctx, fhir, bundles*(observations+2))
	if err != nil {
		return err
	}
	b.add("import_fhir_resources_per_second", resources, "导入 FHIR 资源", "FHIR resources imported")
	received, err := b.takeIn(ctx, hl7, messageFiles*messagesOfFile)
	if err != nil {
		return err
	}
	b.add("import_hl7_messages_per_second", received, "导入 HL7 v2 消息", "HL7 v2 messages imported")
	rounds, err := b.files("rounds", 1, func(int) ([]byte, error) { return morning(at), nil })
	if err != nil {
		return err
	}
	repeated, err := b.takeIn(ctx, rounds, regulars*(1+resultsOfEach))
	if err != nil {
		return err
	}
	b.add("import_hl7_same_patient_messages_per_second", repeated, "导入 HL7 v2 消息（每名患者的消息相连）", "HL7 v2 messages imported, each patient's one after another")
	return nil
}

// takeIn imports a folder and returns how much of it was taken in each second.
func (b *bench) takeIn(ctx context.Context, folder string, want int) (perSecond float64, err error) {
	err = b.house.Tending(ctx, func() error {
		took := start()
		report, err := b.house.Intake.Import(act.With(ctx, b.house.Operator()), intake.Input{Source: "bench", Paths: []string{folder}}, nil)
		if err == nil && report.Total.Read-report.Total.Quarantined != want {
			err = fmt.Errorf("bench: %d of %d were read, %d quarantined", report.Total.Read, want, report.Total.Quarantined)
		}
		perSecond = float64(want) / took.elapsed().Seconds()
		return err
	})
	return perSecond, err
}

func (b *bench) files(name string, many int, text func(n int) ([]byte, error)) (string, error) {
	folder := filepath.Join(b.folder, name)
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", err
	}
	for n := range many {
		content, err := text(n)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%04d", n)), content, 0o600); err != nil {
			return "", err
		}
	}
	return folder, nil
}

type object map[string]any

func urn(n int) string { return fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", n) }

func coding(system, code, display string) object {
	return object{"coding": []object{{"system": system, "code": code, "display": display}}, "text": display}
}

// bundle is a transaction about one patient.
func bundle(n int, at time.Time) object {
	subject, stay := object{"reference": urn(1)}, object{"reference": urn(2)}
	resources := []object{
		{
			"resourceType": "Patient", "name": []object{{"use": "official", "text": fmt.Sprintf("测试%d", n)}}, "gender": "female", "birthDate": fmt.Sprintf("19%02d-01-15", n%90),
			"identifier": []object{{"type": coding("http://terminology.hl7.org/CodeSystem/v2-0203", "MR", "病案号"), "value": fmt.Sprintf("BF%06d", n)}},
		},
		{
			"resourceType": "Encounter", "status": "in-progress", "class": object{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
			"subject": subject, "period": object{"start": at.Format(time.RFC3339)},
		},
	}
	for i := range observations {
		resources = append(resources, object{
			"resourceType": "Observation", "status": "final", "code": coding("http://loinc.org", "718-7", "血红蛋白"), "subject": subject, "encounter": stay,
			"effectiveDateTime": at.Add(time.Duration(i) * time.Minute).Format(time.RFC3339), "valueQuantity": object{"value": 100 + i%40, "unit": "g/L"},
		})
	}
	entries := make([]object, len(resources))
	for i, r := range resources {
		entries[i] = object{"fullUrl": urn(i + 1), "resource": r, "request": object{"method": "POST", "url": r["resourceType"]}}
	}
	return object{"resourceType": "Bundle", "type": "transaction", "entry": entries}
}

// messages are what wards and laboratories send: patients are admitted, and then
// a result comes for each.
func messages(file int, at time.Time) []byte {
	var admissions, results strings.Builder
	stamp := at.Format("20060102150405") + "+0000"
	for i := range messagesOfFile / 2 {
		n := file*messagesOfFile + i
		who := fmt.Sprintf("PID|1||BM%06d^^^BENCH^MR||测试^%d||19%02d0115|F", n, n, n%90)
		visit := fmt.Sprintf("PV1|1|I|0301^12^3||||||||||||||||BV%06d|||||||||||||||||||||||||%s", n, stamp)
		write(&admissions, header("ADT^A01", n, "A", stamp), "EVN|A01|"+stamp, who, visit)
		write(&results, header("ORU^R01", n, "R", stamp), who, visit, fmt.Sprintf("OBR|1||BR%06d|58410-2^血常规^LN|||%s", n, stamp),
			"OBX|1|NM|718-7^血红蛋白^LN||98|g/L|115-150|L|||F", "OBX|2|NM|6690-2^白细胞^LN||6.1|10*9/L|3.5-9.5||||F")
	}
	return []byte(admissions.String() + results.String())
}

// morning is what a laboratory sends after its night: patient by patient, many
// results of each.
func morning(at time.Time) []byte {
	var all strings.Builder
	stamp := at.Format("20060102150405") + "+0000"
	for n := range regulars {
		who := fmt.Sprintf("PID|1||BR%06d^^^BENCH^MR||晨检^%d||19%02d0212|M", n, n, n%90)
		visit := fmt.Sprintf("PV1|1|I|0301^12^3||||||||||||||||BW%06d|||||||||||||||||||||||||%s", n, stamp)
		write(&all, header("ADT^A01", n, "M", stamp), "EVN|A01|"+stamp, who, visit)
		for k := range resultsOfEach {
			write(&all, header("ORU^R01", n*resultsOfEach+k, "N", stamp), who, visit, fmt.Sprintf("OBR|1||BN%06d-%d|58410-2^血常规^LN|||%s", n, k, stamp),
				"OBX|1|NM|718-7^血红蛋白^LN||98|g/L|115-150|L|||F", "OBX|2|NM|6690-2^白细胞^LN||6.1|10*9/L|3.5-9.5||||F")
		}
	}
	return []byte(all.String())
}

func write(to *strings.Builder, segments ...string) {
	to.WriteString(strings.Join(segments, "\r") + "\r")
}

func header(kind string, n int, mark, stamp string) string {
	return fmt.Sprintf("MSH|^~\\&|HIS|BENCH|MEDWARD|BENCH|%s||%s|%s%06d|P|2.5.1||||||UNICODE UTF-8", stamp, kind, mark, n)
}
