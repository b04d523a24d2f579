package house

import (
	"context"

	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/sysaccount"
)

// reports makes the rooms that keep what other systems say of themselves. The register of
// sources tells both which systems there are; the lists of accounts tell the logs whose
// the accounts are.
func (h *House) reports() {
	h.Accounts = sysaccount.New(sysaccount.Options{Door: h.Door, Duty: h.Duty, Vault: h.Vault, Org: h.Birth.Org,
		Systems: func(ctx context.Context, r db.Reader, org, code string) (sysaccount.System, bool, error) {
			s, known, err := h.Sources.Coded(ctx, r, org, code)
			return sysaccount.System{Code: s.Code, Name: titleOf(s), Owner: s.Owner, Live: s.Live(h.Clock.Now())}, known, err
		},
	})
	h.AccessLogs = accesslog.New(accesslog.Options{Door: h.Door, Rules: h.Rules, Duty: h.Duty, Patients: h.Patients, Vault: h.Vault, Jobs: h.Jobs, Org: h.Birth.Org, Accounts: h.Accounts.Holders,
		Sources: func(ctx context.Context, r db.Reader, org, code string) (accesslog.Source, bool, error) {
			s, known, err := h.Sources.Coded(ctx, r, org, code)
			return accesslog.Source{ID: s.ID, Code: s.Code, Name: titleOf(s), Owner: s.Owner, Live: s.Live(h.Clock.Now())}, known, err
		},
	})
}

func titleOf(s source.Source) fault.Text {
	if s.NameEN == "" {
		return fault.Text{ZH: s.NameZH, EN: s.NameZH}
	}
	return fault.Text{ZH: s.NameZH, EN: s.NameEN}
}
