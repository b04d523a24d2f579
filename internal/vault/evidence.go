package vault

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/sm"
)

// Checks returns the live checks of the vault.
func (v *Vault) Checks(store db.Store) []evidence.Check {
	return []evidence.Check{
		{
			ID: "vault.self-test", Demands: []string{"A-057", "E-154"},
			Title: fault.Text{ZH: "国密算法自检", EN: "Self-test of the SM algorithms"},
			Run:   func(context.Context) (evidence.Finding, error) { return selfTested() },
		},
		{
			ID: "vault.epoch", Demands: []string{"A-057"},
			Title: fault.Text{ZH: "数据密钥均在当期主密钥之下", EN: "Every data key is under the current epoch's key"},
			Run:   func(ctx context.Context) (evidence.Finding, error) { return v.epochKept(ctx, store) },
		},
	}
}

func selfTested() (evidence.Finding, error) {
	if err := sm.SelfTest(); err != nil {
		return evidence.Finding{}, err
	}
	return evidence.Finding{
		Verdict: evidence.Met, Figure: "SM2, SM3, SM4-GCM",
		Detail: fault.Text{ZH: "各算法与标准给出的示例一致。", EN: "Every algorithm agrees with the examples of its standard."},
	}, nil
}

func (v *Vault) epochKept(ctx context.Context, store db.Store) (evidence.Finding, error) {
	var latest rotationRow
	var left []keyRow
	err := store.Read(ctx, func(r db.Reader) (err error) {
		if latest, err = latestRotation(ctx, r); err != nil {
			return err
		}
		left, err = keysBefore(ctx, r, latest.Epoch, 1)
		return err
	})
	if err != nil {
		return evidence.Finding{}, err
	}
	if latest.Epoch == 0 {
		return evidence.Finding{
			Verdict: evidence.Met, Figure: fmt.Sprintf("epoch %d", FirstEpoch),
			Detail: fault.Text{ZH: "主密钥启用后尚未轮换。", EN: "The keys have not been rotated since the store was made."},
		}, nil
	}
	since := latest.Begun.Format(time.DateOnly)
	f := evidence.Finding{
		Verdict: evidence.Met, Figure: fmt.Sprintf("epoch %d since %s", latest.Epoch, since),
		Detail: fault.Text{ZH: "全部数据密钥已在当期主密钥之下。", EN: "All data keys are under the key of the current epoch."},
	}
	if len(left) > 0 || latest.Finished.IsZero() {
		f.Verdict = evidence.NotMet
		f.Detail = fault.Text{ZH: "密钥轮换尚未完成，此前的销毁还未在备份中生效。", EN: "A rotation is unfinished, so destructions before it are not yet true in backups."}
	}
	return f, nil
}
