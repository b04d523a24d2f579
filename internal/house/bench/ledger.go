package bench

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/ledger"
)

// ledgerCallers is how many wait for their entries at the same time.
const ledgerCallers = 512

// measureLedger measures durable entries of about 300 bytes, with the ledger
// placing, signing and indexing them all the while.
func measureLedger(ctx context.Context, b *bench) error {
	return b.house.Tending(ctx, func() error {
		alone, err := crowd(ctx, 1, b.Lasting, b.account)
		if err != nil {
			return err
		}
		b.add("ledger_one_caller_p50_ms", alone.quantile(0.5), "记一笔账（单调用者）：中位时间", "one entry, one caller: median")
		took := start()
		many, err := crowd(ctx, ledgerCallers, b.Lasting, b.account)
		if err != nil {
			return err
		}
		b.add("ledger_entries_per_second", many.perSecond(), "记账（512 个调用者，已落盘）", "durable entries, 512 callers")
		b.add("ledger_entries_p99_ms", many.quantile(0.99), "记账（512 个调用者）：99% 在此时间内", "an entry, 512 callers: 99% within")
		b.Progress("ledger: settling")
		if err := b.house.Ledger.Settle(ctx); err != nil {
			return err
		}
		share := float64(warming+b.Lasting) / float64(b.Lasting)
		b.add("ledger_settled_per_second", float64(len(many.took))*share/took.elapsed().Seconds(), "记账至入列、签名并可检索", "entries until placed, signed and searchable")
		return nil
	})
}

// account makes one entry durable, as a disclosure does.
func (b *bench) account(ctx context.Context, caller int) error {
	now := b.house.Clock.Now()
	payload, err := ledger.Encode(ledger.Entry{
		ID: id.New(now), At: now.UnixMicro(), Org: b.house.Birth.Org, Verb: "record.view", Outcome: ledger.Done, Purpose: "care",
		Actor:   ledger.Actor{Kind: "person", ID: fmt.Sprintf("person-%04d", caller), Session: "session", Roles: []string{"resident"}, Department: "department"},
		Objects: []ledger.Object{{Kind: "Document", ID: fmt.Sprintf("document-%06d", now.UnixMicro()%1_000_000), Patient: fmt.Sprintf("patient-%05d", now.UnixMicro()%20_000)}},
	})
	if err != nil {
		return err
	}
	return b.house.Store.Write(ctx, db.Tx{Leaves: []any{payload}})
}
