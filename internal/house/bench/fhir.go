package bench

import (
	"context"
	"errors"
	"fmt"
)

// measureFHIR measures apps that read over HTTPS: a patient, and a search for what was
// measured of him. Each is an act with a durable account.
func measureFHIR(ctx context.Context, b *bench) error {
	reads, searches, err := b.appRequests(ctx)
	if err != nil {
		return err
	}
	return b.served(ctx, func(ctx context.Context, address string) error {
		s, each, err := b.pressed(ctx, address, reads)
		if err != nil {
			return err
		}
		b.add("fhir_read_per_second", s.perSecond(), "FHIR 读取患者（32 个调用者，HTTPS：会话、判权、记账落盘、解封）", "FHIR reads of a patient over HTTPS, 32 callers: session, policy, durable account, unsealing")
		b.add("fhir_read_p99_ms", s.quantile(0.99), "FHIR 读取患者：99% 在此时间内", "a FHIR read: 99% within")
		b.add("fhir_read_processor_ms", each, "FHIR 读取：每次占用处理器（含提问方）", "processor time of one FHIR read, that of who asks included")
		if s, each, err = b.pressed(ctx, address, searches); err != nil {
			return err
		}
		b.add("fhir_search_per_second", s.perSecond(), "FHIR 检索某患者的检验结果（每页 10 条）", "FHIR searches for a patient's observations, 10 on a page")
		b.add("fhir_search_p99_ms", s.quantile(0.99), "FHIR 检索：99% 在此时间内", "a FHIR search: 99% within")
		b.add("fhir_search_processor_ms", each, "FHIR 检索：每次占用处理器（含提问方）", "processor time of one FHIR search, that of who asks included")
		return nil
	})
}

// appRequests are what apps ask for doctors about their own patients, as it goes over
// the wire.
func (b *bench) appRequests(ctx context.Context) (reads, searches [][]byte, err error) {
	doctors, err := b.doctors(ctx)
	if err != nil {
		return nil, nil, err
	}
	err = b.house.Tending(ctx, func() error {
		for _, d := range doctors {
			in, err := b.house.Identity.SignInAs(ctx, d.person)
			if err != nil {
				return err
			}
			for _, p := range d.patients {
				const frame = "GET /fhir/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nAccept: application/fhir+json\r\n\r\n"
				reads = append(reads, fmt.Appendf(nil, frame, "Patient/"+p, in.Token))
				searches = append(searches, fmt.Appendf(nil, frame, "Observation?_count=10&patient="+p, in.Token))
			}
		}
		return nil
	})
	if err == nil && len(reads) == 0 {
		err = errors.New("bench: the invented hospital has no patient whom anybody may open")
	}
	return reads, searches, err
}
