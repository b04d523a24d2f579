package access

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) frameCheck() evidence.Check {
	return evidence.Check{
		ID: "access.grants-in-frame", Demands: []string{"A-139"},
		Title: fault.Text{ZH: "现行授权都在科室权限范围内，或有带截止日期的例外", EN: "Every live grant lies within the frame of a department, or has an exception with an end"}, Run: room.grantsInFrame,
	}
}

// grantsInFrame counts the departments that have staff and no frame, and the live grants
// that pass one without an exception.
func (room *Room) grantsInFrame(ctx context.Context) (evidence.Finding, error) {
	var outside, all, framed, departments, active int
	err := room.desk.Look(ctx, func(r db.Reader) error {
		now := room.desk.Now()
		beyond, err := room.outsideFrames(ctx, r, now)
		if err != nil {
			return err
		}
		outside = len(beyond)
		if all, err = counted(ctx, r, "SELECT COUNT(*) FROM access_grant WHERE org = $1 AND state = $2 AND until > $3", room.org, Live, now.UnixMicro()); err != nil {
			return err
		}
		if active, err = counted(ctx, r, `SELECT COUNT(*) FROM access_exception WHERE org = $1 AND state = $2 AND until > $3
			AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.org = access_exception.org AND g.id = access_exception.result AND g.state <> $4)`, room.org, Approved, now.UnixMicro(), Live); err != nil {
			return err
		}
		framed, departments = 0, 0
		live, err := staff.LiveBases(ctx, r, room.org, now)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, b := range live {
			if seen[b.Department] {
				continue
			}
			seen[b.Department] = true
			departments++
			_, there, err := frameOf(ctx, r, room.org, b.Department, now)
			if err != nil {
				return err
			}
			if there {
				framed++
			}
		}
		return nil
	})
	f := found(outside, all, fault.Text{ZH: "现行授权", EN: "live grants"})
	f.Detail.ZH += fmt.Sprintf("；%d 个科室中 %d 个有权限范围，生效中的例外 %d 项", departments, framed, active)
	f.Detail.EN += fmt.Sprintf("; %d of %d departments have a frame, %d exceptions are active", framed, departments, active)
	if framed < departments {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

func (room *Room) framesByTwoCheck() evidence.Check {
	return evidence.Check{
		ID: "access.frames-by-two", Demands: []string{"A-139"},
		Title: fault.Text{ZH: "科室权限范围的变更都由两人完成", EN: "Every frame was changed by two persons"},
		Run: evidence.None(room.desk.Look,
			evidence.Query{SQL: "SELECT COUNT(*) FROM access_frame WHERE state = 'agreed' AND (settled_by = '' OR settled_by = proposed_by)"},
			evidence.Query{SQL: "SELECT COUNT(*) FROM access_frame WHERE state = 'agreed'"}, fault.Text{ZH: "科室权限范围", EN: "frames"}),
	}
}
