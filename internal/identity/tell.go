package identity

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// Notice is something of which the owner of an account is told.
type Notice struct {
	ID   string // room.what
	Name fault.Text
}

// What owners are told.
var (
	ToldLocked    = Notice{"identity.told-locked", fault.Text{ZH: "您的账号已被锁定", EN: "Your account was locked"}}
	ToldReset     = Notice{"identity.told-reset", fault.Text{ZH: "您的密码已被重置", EN: "Your password was reset"}}
	ToldLeak      = Notice{"identity.told-leak", fault.Text{ZH: "您报告了密码泄露，密码已作废", EN: "You reported your password as known; it is void"}}
	ToldEnrolled  = Notice{"identity.told-enrolled", fault.Text{ZH: "您的账号登记了新的第二因素", EN: "A second factor was enrolled for your account"}}
	ToldAsked     = Notice{"identity.told-recovery-asked", fault.Text{ZH: "有人为您申请解除第二因素；若非本人请求，请立即联系安全管理员", EN: "Somebody asked to remove your second factors; if it was not for you, tell the security administrator at once"}}
	ToldRecovered = Notice{"identity.told-recovered", fault.Text{ZH: "您的第二因素已解除，签名密钥已更换", EN: "Your second factors were removed and your signing key was replaced"}}
	ToldWindow    = Notice{"identity.told-window", fault.Text{ZH: "您在规定时段外登录的申请已有结果", EN: "Your request to sign in outside your hours was decided"}}
	ToldLinked    = Notice{"identity.told-linked", fault.Text{ZH: "您的账号绑定了新的登录身份", EN: "Something was bound to your account by which one signs in"}}
)

// Notices are all of them, for the room that brings them.
func Notices() []Notice {
	return []Notice{ToldLocked, ToldReset, ToldLeak, ToldEnrolled, ToldAsked, ToldRecovered, ToldLinked, ToldWindow}
}

// tell brings the owner of an account a notice with the act that caused it.
func (r *Room) tell(ctx context.Context, w *act.Work, person string, n Notice, subject string) error {
	if r.bring == nil {
		return nil
	}
	return r.bring(ctx, w, person, n, subject)
}

// OnNotice ties the way by which notices reach people. It is called while the
// house is put together; until then nobody is told.
func (r *Room) OnNotice(bring func(ctx context.Context, w *act.Work, person string, n Notice, subject string) error) {
	r.bring = bring
}
