package inspection

import (
	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/sharing"
)

// codes are what the codes of rows are called in an answer.
var codes = map[string]fault.Text{
	"inpatient": words("住院", "inpatient stay"), "outpatient": words("门诊", "outpatient visit"), "emergency": words("急诊", "emergency visit"),
	"observation": words("急诊留观", "emergency observation"),

	"patient.view": words("打开患者", "opened the patient"), "record.list": words("查看文书目录", "listed documents"), "record.view": words("查看文书", "read a document"),
	"record.attachment": words("查看文书附件", "opened an attachment"),
	"record.versions":   words("查看文书版本", "listed versions"), "record.observations": words("查看检验与体征", "read results"), "record.orders": words("查看医嘱", "read orders"),
	"record.print": words("打印文书", "printed a document"), "record.amend": words("修改文书", "corrected a document"), "record.sign": words("签名", "signed a document"),
	"patient.find": words("查找患者", "looked for a patient"), "patient.see-asked": words("查看申请单", "saw what was asked for"),
	"output.copy": words("复制", "copied text"), "output.extract": words("摘录", "took an extract"), "output.forward": words("转发", "forwarded"),
	"output.take-attachment": words("取走附件", "took an attachment"), "sharing.disclose": words("向外提供", "handed over"), "identity.sign-in": words("登录", "signed in"),

	"keep": words("保留", "kept"), "cut": words("终止", "cut"), "unanswered": words("无人答复", "nobody answered"), "waiting": words("待答复", "waiting for an answer"),

	"live": words("有效", "in force"), "ending": words("收回中", "ending"), "ended": words("已结束", "ended"), "failed": words("收回失败", "failed to end"),

	"given": words("同意", "agreed"), "refused": words("拒绝", "refused"),

	"received": words("已受理", "received"), "checked": words("已核验身份", "checked"), "scoped": words("已定范围", "scoped"), "approved": words("已批准", "approved"),
	"closed": words("已办结", "closed"),

	"placed": words("下达", "placed"), "renewed": words("续期", "renewed"), "listed": words("列入名单", "listed"), "unlisted": words("移出名单", "taken off the list"),
	"copied": words("封存复制件", "sealed copy"), "document": words("文书列入", "document added"), "agreed-hospital": words("院方同意启封", "the hospital agrees to unseal"),
	"agreed-patient": words("患方同意启封", "the patient's side agrees to unseal"), "lifted": words("解除", "lifted"),

	"resigned": words("辞职、调出", "resigned"), "retired": words("退休", "retired"), "expired": words("合同到期", "end of contract"),
	"dismissed": words("解除聘用", "dismissed"), "deceased": words("去世", "deceased"),

	"joining": words("新入职", "joining"), "training": words("规范化培训", "training"), "rotation": words("轮转", "rotation"), "rural": words("下乡", "rural service"),
	"support": words("支援", "support"), "study": words("外出进修", "further study"), "guest": words("来院进修", "visiting"), "internship": words("实习、见习", "internship"),
	"transfer": words("换岗", "transfer"), "leave": words("休假", "leave"), "vendor": words("厂商驻场与维护", "vendor"), "outsourced": words("外包、派遣", "outsourced"),
	"outside": words("院外人员", "from outside"), "reappointed": words("退休返聘", "reappointed"),
}

// called is what a code is called; a code that this version does not know stands for
// itself.
func called(code string) fault.Text {
	if name, known := codes[code]; known {
		return name
	}
	return words(code, code)
}

// causes are why grants ended.
var causes = map[string]fault.Text{
	access.Expired: words("到期", "it ran out"), access.Revoked: words("收回", "revoked"), access.GivenBack: words("本人交回", "given back"),
	access.Unconfirmed: words("紧急给予未获确认", "given in urgency and never confirmed"), access.Cut: words("复核终止", "cut by a review"),
	access.Unused: words("长期未使用", "unused for long"),
}

func causeName(id string) fault.Text {
	if name, known := causes[id]; known {
		return name
	}
	return words(id, id)
}

// verdictName is what the verdict on a break-glass is called; none is not reviewed.
func verdictName(id string) fault.Text {
	switch id {
	case "":
		return words("未复核", "not reviewed")
	case access.Proper:
		return words("正当", "proper")
	case access.Improper:
		return words("不当", "improper")
	case access.Unclear:
		return words("待查", "unclear")
	}
	return words(id, id)
}

func choiceName(id string) fault.Text {
	for _, c := range access.Choices() {
		if c.ID == id {
			return c.Name
		}
	}
	return words(id, id)
}

func requesterName(id string) fault.Text {
	for _, k := range sharing.Kinds() {
		if k.ID == id {
			return k.Name
		}
	}
	return words(id, id)
}

// joined sets texts beside one another.
func joined(parts ...fault.Text) fault.Text {
	var whole fault.Text
	for i, p := range parts {
		if i > 0 {
			whole.ZH, whole.EN = whole.ZH+" · ", whole.EN+" · "
		}
		whole.ZH, whole.EN = whole.ZH+p.ZH, whole.EN+p.EN
	}
	return whole
}

// until says when something ends.
func until(end string) fault.Text { return words("至 "+end, "until "+end) }
