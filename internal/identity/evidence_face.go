package identity

import (
	"context"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

func (r *Room) faceCheck() evidence.Check {
	return evidence.Check{
		ID: "identity.faces-agreed", Demands: []string{"A-150"},
		Title: fault.Text{ZH: "人脸等生物特征登录：逐人签署告知同意、活体检测留存、停用即删除、另有登录方式", EN: "Signing in by one's face: each agreed by a signed statement, was seen to live, is erased when it ends, and has another way"},
		Run:   r.facesAgreed,
	}
}

// facesAgreed goes through every enrolment and every deletion.
func (r *Room) facesAgreed(ctx context.Context) (evidence.Finding, error) {
	enrolled, erased, wrong := 0, 0, 0
	err := r.desk.Look(ctx, func(v db.Reader) error {
		enrolled, erased, wrong = 0, 0, 0
		signed, err := staff.Pledgers(ctx, v, r.org, faceConsent)
		if err != nil {
			return err
		}
		return eachFace(ctx, v, r.org, func(f Face) error {
			sound := f.Pledge != "" && slices.Contains(signed[f.ID], f.Person) && f.Live >= leastLive
			if !f.Ended.IsZero() {
				erased++
				sound = sound && len(f.Template) == 0
			} else {
				enrolled++
				of, err := findAccount(ctx, v, f.Org, f.Account)
				if err != nil {
					return err
				}
				sound = sound && of.State == Active && r.hasAnotherWay(ctx, v, of) == nil
			}
			if !sound {
				wrong++
			}
			return nil
		})
	})
	verdict := evidence.Met
	if wrong > 0 {
		verdict = evidence.NotMet
	}
	return evidence.Finding{Verdict: verdict, Figure: fmt.Sprintf("%d / %d", wrong, enrolled+erased), Detail: fault.Text{
		ZH: fmt.Sprintf("在用 %d 人，已删除模板 %d 份；其中不合规 %d 份", enrolled, erased, wrong),
		EN: fmt.Sprintf("%d enrolled, %d templates erased; %d of them not as they should be", enrolled, erased, wrong),
	}}, err
}
