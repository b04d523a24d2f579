package intake

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/intake/screen"
)

// checksOfSafety show that what arrives is looked at before it is stored (D-070).
func (room *Room) checksOfSafety() []evidence.Check {
	return []evidence.Check{
		{
			ID: "intake.active-content", Demands: []string{"D-070"},
			Title: fault.Text{ZH: "外来内容中的脚本、宏、PDF 动作和程序会被拦截（现场试验）", EN: "scripts, macros, actions of PDFs and programs in what arrives are blocked (tried at this moment)"},
			Run:   room.tryActive,
		},
		{
			ID: "intake.scanner", Demands: []string{"D-070"},
			Title: fault.Text{ZH: "病毒扫描服务已接入并能识别测试样本（现场试验）", EN: "a malware scanner is connected and knows the test file (tried at this moment)"},
			Run:   room.tryScanner,
		},
	}
}

// harmful are the smallest things that act, of each kind that is known.
var harmful = []string{
	"<svg onload='x()'/>", "<html><script>x()</script></html>", "<a href='javascript:x()'/>", "%PDF-1.7\n<</S/JavaScript/JS(x)>>", "%PDF-1.7\n<</S/Launch/F(x)>>",
	"PK\x03\x04 word/vbaProject.bin", `{\rtf1{\object{\objdata 01}}}`, "MZ", "\x7fELF", "#!/bin/sh",
}

func (room *Room) tryActive(ctx context.Context) (evidence.Finding, error) {
	missed := 0
	for _, one := range harmful {
		if len(screen.Active([]byte(one))) == 0 {
			missed++
		}
	}
	var looked, blocked int64
	err := room.look(ctx, func(r db.Reader) error {
		rows, err := r.Query(ctx, "SELECT (SELECT COUNT(*) FROM intake_file), (SELECT COUNT(*) FROM intake_quarantine WHERE rule IN ($1, $2, $3))", ruleActive.code, ruleInfected.code, ruleUnscanned.code)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&looked, &blocked); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", len(harmful)-missed, len(harmful)), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 种样例漏检 %d 种；已检查 %d 份外来文件，隔离 %d 份", len(harmful), missed, looked, blocked),
		EN: fmt.Sprintf("%d of %d samples were missed; %d inputs were looked at, %d pieces kept apart", missed, len(harmful), looked, blocked),
	}}
	if missed > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// testFile is what every scanner calls infected and harms nobody (EICAR). It is kept in
// two halves, so that no scanner takes this program for it.
const testFile = `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"

func (room *Room) tryScanner(ctx context.Context) (evidence.Finding, error) {
	if room.scanner == nil {
		return evidence.Finding{Verdict: evidence.NotMet, Figure: "0 / 1", Detail: fault.Text{
			ZH: "没有接入病毒扫描服务：启动时用 --scanner 指定 clamd 地址", EN: "no malware scanner is connected: name the address of a clamd with --scanner",
		}}, nil
	}
	infected, err := room.scanner.Scan(ctx, []byte(testFile))
	if err != nil {
		return evidence.Finding{}, err
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: "1 / 1", Detail: fault.Text{ZH: "测试样本被识别", EN: "the test file was found"}}
	if !infected {
		f.Verdict, f.Figure, f.Detail = evidence.NotMet, "0 / 1", fault.Text{ZH: "测试样本未被识别", EN: "the test file was not found"}
	}
	return f, nil
}
