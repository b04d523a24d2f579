package policy

import "github.com/medward/medward/internal/base/fault"

var (
	roleMet        = fault.Text{ZH: "您的角色可以办理这类事项。", EN: "Your role may do this kind of thing."}
	roleUnmet      = fault.Text{ZH: "您的角色不办理这类事项。", EN: "Your role does not do this kind of thing."}
	roleRemedyNone = fault.Text{ZH: "这项操作不由人员办理；如有需要请联系信息科。", EN: "No member of staff does this; ask the IT department if you need it."}

	purposeMet   = fault.Text{ZH: "所述使用目的适用。", EN: "The stated purpose fits."}
	purposeUnmet = fault.Text{ZH: "所述使用目的不适用于这项操作。", EN: "The stated purpose does not fit this act."}

	relationRemedy = fault.Text{ZH: "请由经治人员或作者本人办理，或咨询医务科。", EN: "Leave it to those who treat the patient or to the author, or ask medical affairs."}

	stateMet    = fault.Text{ZH: "目前的状态允许。", EN: "The present state allows it."}
	stateUnmet  = fault.Text{ZH: "目前的状态不适用（例如是否已出院、签名或归档）。", EN: "The present state does not fit (discharged or not, signed or not, archived or not)."}
	stateRemedy = fault.Text{ZH: "请在该环节完成后再试，或请经治科室办理。", EN: "Try again once that step is done, or ask the treating department."}

	levelMet   = fault.Text{ZH: "保密级别允许。", EN: "The level of confidentiality allows it."}
	levelUnmet = fault.Text{ZH: "该内容的保密级别未确定，或高于您目前的关系所能查看的级别。", EN: "The level of this content is unknown, or higher than your present relation reaches."}

	levelRemedy = fault.Text{ZH: "请由经治科室或主管医师办理。", EN: "Leave it to the treating department or the attending physician."}

	departmentMet    = fault.Text{ZH: "您在该科室任职。", EN: "You work in its department."}
	departmentUnmet  = fault.Text{ZH: "您不在其所属科室。", EN: "You do not work in its department."}
	departmentRemedy = fault.Text{ZH: "请联系该科室的上级医师或护士长。", EN: "Ask a senior physician or the head nurse of that department."}

	relationMet   = fault.Text{ZH: "您的关系或授权符合。", EN: "Your relation or grant fits."}
	relationUnmet = fault.Text{ZH: "您目前没有与此相关的诊疗关系、任务、作者身份或授权。", EN: "You have no care relation, task, authorship or grant that reaches this."}

	timeUnmet = fault.Text{ZH: "您曾有的关系或授权已到期，或尚未开始。", EN: "A relation or grant of yours has run out, or has not begun."}

	unmaskRemedy = fault.Text{ZH: "需要时请填写理由后显示，一小时内有效并记录。", EN: "State why you need it and it is shown, for an hour and on the account."}
	maskedRemedy = fault.Text{ZH: "当前角色和目的不需要此项；请由经治人员或病案室办理。", EN: "Your role and purpose do not need it; leave it to those who treat the patient or the records office."}

	failureUnmet  = fault.Text{ZH: "系统未能判断是否允许，因此没有放行。", EN: "The system could not tell whether this is allowed, so it did not go ahead."}
	failureRemedy = fault.Text{ZH: "请稍后再试；若再次出现请联系信息科。病情紧急时请走线下应急流程。", EN: "Try again; if it happens again tell the IT department. In an emergency use the paper procedure."}
)

// remedy is the rung that remains, or what else can be done.
func remedy(way Rung, otherwise fault.Text) fault.Text {
	switch way {
	case WayReason:
		return fault.Text{ZH: "请填写自述理由（如夜班代管、口头会诊、复诊），24 小时内有效。", EN: "State a reason (night cover, oral consultation, return visit); it holds for 24 hours."}
	case WayGlass:
		return fault.Text{ZH: "病情紧急时可紧急调阅，将限时并在次日复核；否则请主管医师把您加入诊疗组。", EN: "In an emergency break the glass: short, and reviewed the next day; otherwise ask the attending physician to add you to the team."}
	case WayAsk:
		return fault.Text{ZH: "请提交授权申请，写明范围和期限。", EN: "Apply for a grant, naming its scope and its end."}
	}
	return otherwise
}
