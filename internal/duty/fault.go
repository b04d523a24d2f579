package duty

import (
	"github.com/medward/medward/internal/base/fault"
)

// Limits of text, in characters.
const (
	maxName  = 80
	maxWords = 2000
	maxProof = 120
)

var (
	errInput = fault.Define("duty.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errClosed = fault.Define("duty.closed", fault.Conflict,
		"该任务已经结束，请刷新待办。", "This task is closed already; refresh the list.", "a closed task is never changed")
	errPaused = fault.Define("duty.paused", fault.Conflict,
		"该任务的计时已暂停。", "The clock of this task is stopped already.", "resume it first")
	errRunning = fault.Define("duty.running", fault.Conflict,
		"该任务的计时没有暂停。", "The clock of this task is running.", "there is nothing to resume")
	errUnsigned = fault.Define("duty.unsigned", fault.Conflict,
		"联合任务须各科室都办结后自动结束，尚缺 {count} 个科室。", "A joint task closes when every department has finished its part; {count} are missing.",
		"the parts are tasks of their own, in the pools of the departments")
	errJointPart = fault.Define("duty.joint-part", fault.Conflict,
		"联合任务中本科室的部分不能退回；如分派有误，请发起人撤销后重发。",
		"A department's part of a joint task cannot be returned; if it was asked wrongly, let whoever asked cancel it.",
		"a joint task never closes without every department that it names")
	errNotAsked = fault.Define("duty.not-asked", fault.Conflict,
		"没有待批准的延期申请。", "Nobody has asked for more time.", "the task has no extension that waits for an answer")
	errDecideThere = fault.Define("duty.decide-there", fault.Conflict,
		"请打开原任务，批准或不批准延期；此项会随之结束。", "Open the task itself and grant or deny more time; this one closes with it.",
		"a request for more time is answered by duty.grant-extension on its parent")
	errNoOne = fault.Define("duty.no-one", fault.Invalid,
		"没有可以承办的人：请选择人员、科室或角色。", "There is nobody who could do it: choose a person, a department or a role.",
		"a task needs a holder or a pool that has members")
	errConflict = fault.Define("duty.conflicting-cover", fault.Conflict,
		"两人的岗位互斥，不能代班，临时也不行；请另选一人。",
		"The posts of the two exclude one another, so that one must not stand in for the other, not even for a while; choose somebody else.",
		"independence of system, network, security administration, audit and database (A-180)")
	errUnknownKind = fault.Define("duty.unknown-kind", fault.Invalid,
		"没有这种任务，请从列表中选择。", "There is no such kind of task; choose one from the list.", "kinds are program text; see GET /api/duty/kinds")
	errNoGateway = fault.Define("duty.no-gateway", fault.Conflict,
		"尚未登记短信通道，请改用其他方式。", "No gateway for messages to telephones is registered; go another way.", "register a channel of the kind sms")
	errUnknownKey = fault.Define("duty.overtaken", fault.Conflict,
		"同时有人在建立密钥，请重试。", "Somebody made the key at the same time; try again.", "the house key is made once, at first use")
)
