package bench

import (
	"context"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/record"
)

// actCallers is how many change the store at the same time.
const actCallers = 16

// note is what a caller files, the length of a daily progress note.
var note = record.Content{Sections: []record.Section{{
	Key: "progress", Title: "病程记录", Text: strings.Repeat("患者今日体温正常，一般情况可，继续目前治疗方案，注意观察。", 8),
}}}

// measureAct measures filing a document: found, permitted by the delivered
// rules, sealed, written and accounted for.
func measureAct(ctx context.Context, b *bench) error {
	doctors, err := b.doctors(ctx)
	if err != nil {
		return err
	}
	filed := make([]int, actCallers)
	return b.house.Tending(ctx, func() error {
		s, err := crowd(ctx, actCallers, b.Lasting, func(ctx context.Context, caller int) error {
			filed[caller]++
			who := doctors[(caller+filed[caller]*actCallers)%len(doctors)]
			_, err := b.house.Records.File(act.With(ctx, who.actor), record.Filing{
				Patient: who.patients[filed[caller]%len(who.patients)], Kind: "C0038", Title: "日常病程记录", Content: note,
			})
			return err
		})
		if err != nil {
			return err
		}
		b.add("act_per_second", s.perSecond(), "归入一份文书（16 个调用者：判权、密封、写入、记账、落盘）", "documents filed, 16 callers: policy, sealing, account, durable")
		b.add("act_p50_ms", s.quantile(0.5), "归入一份文书：中位时间", "filing a document: median")
		b.add("act_p99_ms", s.quantile(0.99), "归入一份文书：99% 在此时间内", "filing a document: 99% within")
		return nil
	})
}
