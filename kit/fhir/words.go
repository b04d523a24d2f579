package fhir

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Code names a rule. Codes are stable: callers may store and compare them.
type Code string

// Codes of inputs that cannot be opened.
const (
	CodeXML            Code = "fhir.xml"
	CodeGzip           Code = "fhir.gzip"
	CodeEncoding       Code = "fhir.encoding"
	CodeEmpty          Code = "fhir.empty"
	CodeSyntax         Code = "fhir.json.syntax"
	CodeTruncated      Code = "fhir.json.truncated"
	CodeNotObject      Code = "fhir.json.object"
	CodeNoResourceType Code = "fhir.resource-type"
	CodeLimitBytes     Code = "fhir.limit.bytes"
	CodeLimitDepth     Code = "fhir.limit.depth"
	CodeLimitEntries   Code = "fhir.limit.entries"
	CodeLimitValues    Code = "fhir.limit.values"
	CodeLimitString    Code = "fhir.limit.string"
	CodeLimitNumber    Code = "fhir.limit.number"
	CodeLimitProblems  Code = "fhir.limit.problems"
)

// Codes of faults in JSON and in the frame of a Bundle.
const (
	CodeDuplicate       Code = "fhir.json.duplicate"
	CodeUTF8            Code = "fhir.utf8"
	CodeControl         Code = "fhir.control"
	CodeBundleType      Code = "fhir.bundle.type"
	CodeBundleTotal     Code = "fhir.bundle.total"
	CodeBundleLead      Code = "fhir.bundle.lead"
	CodeBundleRequest   Code = "fhir.bundle.request"
	CodeFullURL         Code = "fhir.bundle.fullurl"
	CodeFullURLTwice    Code = "fhir.bundle.fullurl-twice"
	CodeFullURLMismatch Code = "fhir.bundle.fullurl-mismatch"
	CodeEntryNoType     Code = "fhir.bundle.resource-type"
)

// Codes of faults in a resource.
const (
	CodeKindUnknown         Code = "fhir.kind.unknown"
	CodeOtherKind           Code = "fhir.kind.other"
	CodeRequired            Code = "fhir.required"
	CodeMustBeArray         Code = "fhir.array"
	CodeMustBeSingle        Code = "fhir.single"
	CodeEmptyElement        Code = "fhir.element.empty"
	CodeUnknownElement      Code = "fhir.element.unknown"
	CodeExtends             Code = "fhir.element.extends"
	CodeNull                Code = "fhir.null"
	CodeType                Code = "fhir.type"
	CodeFormat              Code = "fhir.format"
	CodeLength              Code = "fhir.length"
	CodeCode                Code = "fhir.code"
	CodeConcept             Code = "fhir.concept"
	CodeChoiceTwice         Code = "fhir.choice.twice"
	CodeChoiceType          Code = "fhir.choice.type"
	CodeModifier            Code = "fhir.modifier"
	CodeImplicitRules       Code = "fhir.implicit-rules"
	CodeContainedNested     Code = "fhir.contained.nested"
	CodeContainedID         Code = "fhir.contained.id"
	CodeReferenceFormat     Code = "fhir.reference.format"
	CodeReferenceTarget     Code = "fhir.reference.target"
	CodeReferenceContained  Code = "fhir.reference.contained"
	CodeReferenceUnresolved Code = "fhir.reference.unresolved"
)

// Codes of R4 constraints, under the keys R4 gives them.
const (
	CodePer1 Code = "fhir.rule.per-1"
	CodeQty3 Code = "fhir.rule.qty-3"
	CodeRat1 Code = "fhir.rule.rat-1"
	CodeAtt1 Code = "fhir.rule.att-1"
	CodeCpt2 Code = "fhir.rule.cpt-2"
	CodeExt1 Code = "fhir.rule.ext-1"
	CodeTim1 Code = "fhir.rule.tim-1"
	CodeTim2 Code = "fhir.rule.tim-2"
	CodePat1 Code = "fhir.rule.pat-1"
	CodeOrg1 Code = "fhir.rule.org-1"
	CodeObs6 Code = "fhir.rule.obs-6"
	CodeCon4 Code = "fhir.rule.con-4"
	CodeCon5 Code = "fhir.rule.con-5"
	CodeAit1 Code = "fhir.rule.ait-1"
	CodeAit2 Code = "fhir.rule.ait-2"
	CodeCmp1 Code = "fhir.rule.cmp-1"
	CodeCmp2 Code = "fhir.rule.cmp-2"
	CodeCpl3 Code = "fhir.rule.cpl-3"
	CodePrr1 Code = "fhir.rule.prr-1"
)

// Codes of faults in narrative.
const (
	CodeNarrativeActive    Code = "fhir.narrative.active"
	CodeNarrativeExternal  Code = "fhir.narrative.external"
	CodeNarrativeElement   Code = "fhir.narrative.element"
	CodeNarrativeDoctype   Code = "fhir.narrative.doctype"
	CodeNarrativeMalformed Code = "fhir.narrative.malformed"
	CodeNarrativeRoot      Code = "fhir.narrative.root"
	CodeNarrativeEmpty     Code = "fhir.narrative.empty"
	CodeNarrativeLimit     Code = "fhir.narrative.limit"
)

func (c Code) isLimit() bool { return strings.HasPrefix(string(c), "fhir.limit.") }

// Codes lists every code this package can report, in order.
func Codes() []Code { return slices.Sorted(maps.Keys(wordings)) }

type wording struct {
	rule, remedy Text
}

func (c Code) words(args ...any) (rule, remedy Text) {
	w := wordings[c]
	return w.rule.with(args), w.remedy.with(args)
}

func (t Text) with(args []any) Text {
	return Text{Zh: fill(t.Zh, args), En: fill(t.En, args)}
}

func fill(template string, args []any) string {
	if !strings.Contains(template, "%") {
		return template
	}
	return fmt.Sprintf(template, args...)
}

var wordings = map[Code]wording{
	CodeXML: {
		Text{"内容是 XML，本系统只读取 FHIR JSON", "the content is XML; only FHIR JSON is read"},
		Text{"请让来源系统改用 application/fhir+json 发送", "have the source send application/fhir+json"},
	},
	CodeGzip: {
		Text{"内容是 gzip 压缩文件", "the content is compressed with gzip"},
		Text{"请先解压再发送", "decompress it before sending"},
	},
	CodeEncoding: {
		Text{"内容是 UTF-16 编码，FHIR JSON 必须是 UTF-8", "the content is UTF-16; FHIR JSON must be UTF-8"},
		Text{"请转换为 UTF-8 再发送", "convert it to UTF-8"},
	},
	CodeEmpty: {
		Text{"内容为空", "the input is empty"},
		Text{"请检查来源系统的导出是否成功", "check that the export of the source succeeded"},
	},
	CodeSyntax: {
		Text{"第 %[1]d 行第 %[2]d 列不是合法的 JSON", "line %[1]d column %[2]d is not valid JSON"},
		Text{"请修正该处的 JSON 语法后重发", "correct the JSON there and send it again"},
	},
	CodeTruncated: {
		Text{"JSON 在第 %[1]d 行中断，内容不完整", "the JSON breaks off in line %[1]d"},
		Text{"请重新完整发送", "send it again in full"},
	},
	CodeNotObject: {
		Text{"FHIR 资源必须是 JSON 对象", "a FHIR resource must be a JSON object"},
		Text{"请发送单个资源、Bundle 或每行一个资源的 NDJSON", "send one resource, a Bundle, or NDJSON with one resource per line"},
	},
	CodeNoResourceType: {
		Text{"JSON 对象没有 resourceType，不是 FHIR 资源", "the JSON object has no resourceType, so it is no FHIR resource"},
		Text{"请确认发送的是 FHIR R4 内容", "make sure the content is FHIR R4"},
	},
	CodeLimitBytes: {
		Text{"内容超过 %[1]d 字节的上限", "the input is larger than the limit of %[1]d bytes"},
		Text{"请拆分为较小的 Bundle 或 NDJSON", "split it into smaller Bundles or NDJSON files"},
	},
	CodeLimitDepth: {
		Text{"JSON 嵌套超过 %[1]d 层的上限", "the JSON is nested deeper than the limit of %[1]d levels"},
		Text{"正常的 FHIR 内容不会如此嵌套，请检查来源", "no ordinary FHIR content is; check the source"},
	},
	CodeLimitEntries: {
		Text{"条目数超过 %[1]d 的上限", "there are more entries than the limit of %[1]d"},
		Text{"请拆分为较小的 Bundle 或 NDJSON", "split it into smaller Bundles or NDJSON files"},
	},
	CodeLimitValues: {
		Text{"JSON 值的数量超过 %[1]d 的上限", "there are more JSON values than the limit of %[1]d"},
		Text{"请拆分为较小的内容", "split it into smaller inputs"},
	},
	CodeLimitString: {
		Text{"有字符串超过 %[1]d 字节的上限", "a string is longer than the limit of %[1]d bytes"},
		Text{"请将大附件单独传送", "send large attachments separately"},
	},
	CodeLimitNumber: {
		Text{"有数字超过 %[1]d 个字符的上限", "a number is longer than the limit of %[1]d characters"},
		Text{"请修正该数字", "correct the number"},
	},
	CodeLimitProblems: {
		Text{"问题超过 %[1]d 个，其余未列出", "there are more than %[1]d problems; the rest are not listed"},
		Text{"请先改正已列出的问题", "correct the listed ones first"},
	},
	CodeDuplicate: {
		Text{"同一对象中成员名重复，含义不确定", "a member name occurs twice in one object, so its meaning is uncertain"},
		Text{"请只保留其中一个", "keep only one of them"},
	},
	CodeUTF8: {
		Text{"字符串含无效的 UTF-8 或 Unicode", "the string holds invalid UTF-8 or Unicode"},
		Text{"请检查来源是否用了 GBK/GB18030，转换为 UTF-8 后重发", "check whether the source writes GBK/GB18030, convert to UTF-8 and send it again"},
	},
	CodeControl: {
		Text{"字符串含不允许的控制字符", "the string holds a control character that is not allowed"},
		Text{"请去除制表、换行、回车以外的控制字符", "remove control characters other than tab, line feed and carriage return"},
	},
	CodeBundleType: {
		Text{"Bundle.type 必须是 R4 规定的类型", "Bundle.type must be a type of R4"},
		Text{"请填写 transaction、batch、collection、document、message、history 或 searchset 等", "state transaction, batch, collection, document, message, history, searchset or a response type"},
	},
	CodeBundleTotal: {
		Text{"total 只能用于 searchset 或 history", "total is only for a searchset or history (bdl-1)"},
		Text{"请去除 total 或改正 type", "remove total or correct the type"},
	},
	CodeBundleLead: {
		Text{"此类 Bundle 的第一个资源必须是 %[1]s", "the first resource of such a Bundle must be a %[1]s (bdl-11, bdl-12)"},
		Text{"请把 %[1]s 放在首位", "put the %[1]s first"},
	},
	CodeBundleRequest: {
		Text{"request 只能用于 transaction、batch 或 history", "request is only for a transaction, batch or history (bdl-3)"},
		Text{"请去除 request 或改正 Bundle.type", "remove request or correct Bundle.type"},
	},
	CodeFullURL: {
		Text{"fullUrl 必须是不带版本的绝对地址、urn:uuid 或 urn:oid", "fullUrl must be an absolute URL without version, a urn:uuid or a urn:oid (bdl-8)"},
		Text{"请改正 fullUrl", "correct fullUrl"},
	},
	CodeFullURLTwice: {
		Text{"同一 Bundle 中 fullUrl 重复", "the fullUrl occurs twice in the Bundle (bdl-7)"},
		Text{"请保证每个条目的 fullUrl 唯一，或用 meta.versionId 区分", "make every fullUrl unique or tell versions apart by meta.versionId"},
	},
	CodeFullURLMismatch: {
		Text{"fullUrl 末尾的类型和 id 与资源不一致", "fullUrl ends in another type or id than the resource has"},
		Text{"请使 fullUrl 与资源的 resourceType 和 id 一致", "make fullUrl agree with resourceType and id"},
	},
	CodeEntryNoType: {
		Text{"资源没有 resourceType", "the resource has no resourceType"},
		Text{"请填写 resourceType", "state resourceType"},
	},
	CodeKindUnknown: {
		Text{"resourceType 不是 R4 的资源类型", "resourceType is no resource kind of R4"},
		Text{"请确认来源使用 FHIR R4 (4.0.1)", "make sure the source uses FHIR R4 (4.0.1)"},
	},
	CodeOtherKind: {
		Text{"该条目不是 %[1]s", "the entry is not of kind %[1]s"},
		Text{"请按条目的 resourceType 选择读取方式", "read it by its resourceType"},
	},
	CodeRequired: {
		Text{"缺少必填元素 %[1]s", "the required element %[1]s is missing"},
		Text{"请补充 %[1]s", "supply %[1]s"},
	},
	CodeMustBeArray: {
		Text{"%[1]s 可重复，必须写成数组", "%[1]s may repeat and must be an array"},
		Text{"请写成 [ … ]，只有一个值时也一样", "write [ … ], also for a single value"},
	},
	CodeMustBeSingle: {
		Text{"%[1]s 最多一个，不能写成数组", "%[1]s occurs at most once and must not be an array"},
		Text{"请只保留一个值并去掉方括号", "keep one value without brackets"},
	},
	CodeEmptyElement: {
		Text{"元素不能为空", "an element must not be empty"},
		Text{"请填写内容或去除该元素", "give it content or leave it out"},
	},
	CodeUnknownElement: {
		Text{"R4 没有定义该元素；原文已保留，含义未被理解", "R4 does not define this element; it is kept as sent but not understood"},
		Text{"如有意义，请改用 extension", "use an extension if it has a meaning"},
	},
	CodeExtends: {
		Text{"带下划线的成员只能扩展基本类型的元素", "a member with an underscore can only extend a primitive element"},
		Text{"请把 extension 写在元素内部", "write the extension inside the element"},
	},
	CodeNull: {
		Text{"FHIR JSON 不允许 null", "FHIR JSON does not allow null here"},
		Text{"请去除该成员", "leave the member out"},
	},
	CodeType: {
		Text{"JSON 类型不对，应为 %[1]s", "the JSON type is wrong: %[1]s is expected"},
		Text{"请按 R4 写成 %[1]s", "write it as %[1]s"},
	},
	CodeFormat: {
		Text{"不符合 R4 的 %[1]s 格式", "it does not have the R4 format of %[1]s"},
		Text{"请按 R4 的 %[1]s 格式填写，不要有多余空格", "write it in the R4 format of %[1]s, without stray spaces"},
	},
	CodeLength: {
		Text{"字符串超过 R4 的 %[1]d 字节上限", "the string is longer than the %[1]d bytes R4 allows"},
		Text{"请改用附件传送长内容", "send long content as an attachment"},
	},
	CodeCode: {
		Text{"%[1]s 不在规定的代码之内", "%[1]s is not one of the codes R4 requires"},
		Text{"请使用其中之一：%[2]s", "use one of: %[2]s"},
	},
	CodeConcept: {
		Text{"没有出自规定代码集的编码", "no coding is from the code set R4 requires"},
		Text{"请给出 %[1]s 中的一个：%[2]s", "give one of %[1]s: %[2]s"},
	},
	CodeChoiceTwice: {
		Text{"%[1]s 只能有一个值", "%[1]s can have only one value"},
		Text{"请只保留一种类型的值", "keep the value of one type"},
	},
	CodeChoiceType: {
		Text{"%[1]s 不能是该类型", "%[1]s cannot be of this type"},
		Text{"请使用其中之一：%[2]s", "use one of: %[2]s"},
	},
	CodeModifier: {
		Text{"含 modifierExtension，可能改变其余内容的含义", "a modifierExtension may change the meaning of the rest"},
		Text{"请由人工核对，或让来源不用该扩展", "have a person review it, or have the source do without"},
	},
	CodeImplicitRules: {
		Text{"含 implicitRules，须按未知规则理解", "implicitRules asks to be understood by rules not known here"},
		Text{"请由人工核对，或让来源去除 implicitRules", "have a person review it, or have the source leave it out"},
	},
	CodeContainedNested: {
		Text{"被包含的资源不能再包含资源", "a contained resource must not contain resources (dom-2)"},
		Text{"请把所有被包含的资源放在同一层", "put all contained resources on one level"},
	},
	CodeContainedID: {
		Text{"被包含的资源必须有在其中唯一的 id", "a contained resource needs an id that is unique among them"},
		Text{"请补充或改正 id", "supply or correct the id"},
	},
	CodeReferenceFormat: {
		Text{"引用的写法不符合 R4", "the reference has no form R4 knows"},
		Text{"请写成 类型/id、绝对地址、urn:uuid:…、#id 或 类型?条件", "write Type/id, an absolute URL, urn:uuid:…, #id or Type?criteria"},
	},
	CodeReferenceTarget: {
		Text{"此处不能引用 %[1]s", "this element cannot refer to %[1]s"},
		Text{"请引用其中之一：%[2]s", "refer to one of: %[2]s"},
	},
	CodeReferenceContained: {
		Text{"引用的被包含资源不存在", "the contained resource referred to is absent"},
		Text{"请补充该资源或改正 #id", "supply it or correct the #id"},
	},
	CodeReferenceUnresolved: {
		Text{"引用的条目不在本次内容中", "the entry referred to is not in this input"},
		Text{"请一并发送该资源，或改用标识符引用", "send it along, or refer by identifier"},
	},
	CodePer1: {
		Text{"开始不能晚于结束", "the start must not be after the end (per-1)"},
		Text{"请改正 start 或 end", "correct start or end"},
	},
	CodeQty3: {
		Text{"有单位代码就必须有 system", "a unit code needs its system (qty-3)"},
		Text{"请补充 system，例如 http://unitsofmeasure.org", "supply system, for example http://unitsofmeasure.org"},
	},
	CodeRat1: {
		Text{"分子和分母必须同时给出", "numerator and denominator must both be given (rat-1)"},
		Text{"请补充缺少的一个", "supply the missing one"},
	},
	CodeAtt1: {
		Text{"附件有 data 就必须有 contentType", "an attachment with data needs a contentType (att-1)"},
		Text{"请补充 contentType，例如 application/pdf", "supply contentType, for example application/pdf"},
	},
	CodeCpt2: {
		Text{"联系方式有 value 就必须有 system", "a contact point with a value needs a system (cpt-2)"},
		Text{"请补充 system，例如 phone", "supply system, for example phone"},
	},
	CodeExt1: {
		Text{"extension 必须有值或有下级 extension，且只能有其一", "an extension must have a value or extensions, not both (ext-1)"},
		Text{"请补充 value[x] 或去除其一", "supply value[x] or remove one of them"},
	},
	CodeTim1: {
		Text{"有 duration 就必须有 durationUnit", "duration needs durationUnit (tim-1)"},
		Text{"请补充 durationUnit", "supply durationUnit"},
	},
	CodeTim2: {
		Text{"有 period 就必须有 periodUnit", "period needs periodUnit (tim-2)"},
		Text{"请补充 periodUnit", "supply periodUnit"},
	},
	CodePat1: {
		Text{"联系人必须有姓名、电话、地址或机构之一", "a contact needs a name, telecom, address or organization (pat-1)"},
		Text{"请至少补充其一", "supply at least one"},
	},
	CodeOrg1: {
		Text{"机构必须有名称或标识符", "an organization needs a name or an identifier (org-1)"},
		Text{"请补充 name 或 identifier", "supply name or identifier"},
	},
	CodeObs6: {
		Text{"有值时不能同时说明缺值原因", "dataAbsentReason must not stand beside a value (obs-6)"},
		Text{"请去除 dataAbsentReason 或 value[x]", "remove dataAbsentReason or value[x]"},
	},
	CodeCon4: {
		Text{"已终止的病情，临床状态必须是 inactive、remission 或 resolved", "an abated condition must be inactive, in remission or resolved (con-4)"},
		Text{"请改正 clinicalStatus 或去除 abatement[x]", "correct clinicalStatus or remove abatement[x]"},
	},
	CodeCon5: {
		Text{"录入错误的病情不能有临床状态", "a condition entered in error must have no clinicalStatus (con-5)"},
		Text{"请去除 clinicalStatus", "remove clinicalStatus"},
	},
	CodeAit1: {
		Text{"过敏记录必须有临床状态，录入错误的除外", "an allergy needs a clinicalStatus unless entered in error (ait-1)"},
		Text{"请补充 clinicalStatus", "supply clinicalStatus"},
	},
	CodeAit2: {
		Text{"录入错误的过敏记录不能有临床状态", "an allergy entered in error must have no clinicalStatus (ait-2)"},
		Text{"请去除 clinicalStatus", "remove clinicalStatus"},
	},
	CodeCmp1: {
		Text{"文书章节必须有文本、条目或下级章节", "a section needs text, entries or sections (cmp-1)"},
		Text{"请补充其一", "supply one of them"},
	},
	CodeCmp2: {
		Text{"有条目的章节不能说明为空的原因", "a section with entries must have no emptyReason (cmp-2)"},
		Text{"请去除 emptyReason 或 entry", "remove emptyReason or entry"},
	},
	CodeCpl3: {
		Text{"计划的活动只能用引用或明细之一", "an activity has either a reference or a detail (cpl-3)"},
		Text{"请去除其一", "remove one of them"},
	},
	CodePrr1: {
		Text{"有 orderDetail 就必须有 code", "orderDetail needs code (prr-1)"},
		Text{"请补充 code", "supply code"},
	},
	CodeNarrativeActive: {
		Text{"叙述文本含可执行内容，已去除", "the narrative holds active content, which was dropped"},
		Text{"请让来源去除脚本、事件属性、嵌入对象和可执行链接", "have the source remove scripts, event attributes, embedded objects and active links"},
	},
	CodeNarrativeExternal: {
		Text{"叙述文本引用外部内容，未获取", "the narrative refers to content elsewhere, which was not fetched"},
		Text{"如需保留，请作为附件一并发送", "send it along as an attachment if it matters"},
	},
	CodeNarrativeElement: {
		Text{"叙述文本含 R4 不允许的元素，只保留其中文字", "the narrative holds an element R4 does not allow; only its text was kept"},
		Text{"请只用基本的 XHTML 排版元素", "use basic XHTML formatting only"},
	},
	CodeNarrativeDoctype: {
		Text{"叙述文本含文档类型、实体定义或处理指令，已忽略", "the narrative holds a document type, entities or processing instructions, which were ignored"},
		Text{"请去除这些声明", "remove these declarations"},
	},
	CodeNarrativeMalformed: {
		Text{"叙述文本不是格式正确的 XHTML，文字可能不完整", "the narrative is not well-formed XHTML; its text may be incomplete"},
		Text{"请修正标签和实体", "correct tags and entities"},
	},
	CodeNarrativeRoot: {
		Text{"叙述文本必须是一个 XHTML 命名空间的 div", "the narrative must be one div in the XHTML namespace (txt-1)"},
		Text{"请以 <div xmlns=\"http://www.w3.org/1999/xhtml\"> 包裹", "wrap it in <div xmlns=\"http://www.w3.org/1999/xhtml\">"},
	},
	CodeNarrativeEmpty: {
		Text{"叙述文本没有任何内容", "the narrative has no content (txt-2)"},
		Text{"请填写内容或去除 text", "give it content or leave text out"},
	},
	CodeNarrativeLimit: {
		Text{"叙述文本超过 %[1]d 字节或 %[2]d 层的上限，未读完", "the narrative is larger than %[1]d bytes or nested deeper than %[2]d and was not read in full"},
		Text{"请改用附件传送", "send it as an attachment"},
	},
}
