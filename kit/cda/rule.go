package cda

// Rule names what a document broke. The names are stable.
type Rule string

// Rules of the file, which [Parse] keeps.
const (
	RuleBytes       Rule = "cda.bytes"
	RuleDepth       Rule = "cda.depth"
	RuleNodes       Rule = "cda.nodes"
	RuleAttributes  Rule = "cda.attributes"
	RuleText        Rule = "cda.text"
	RuleName        Rule = "cda.name"
	RuleCharset     Rule = "cda.charset"
	RuleCharsetLie  Rule = "cda.charset.mismatch"
	RuleDoctype     Rule = "cda.doctype"
	RuleMalformed   Rule = "cda.malformed"
	RuleNamespace   Rule = "cda.namespace"
	RuleNotClinical Rule = "cda.root"
)

// Rules of what the document says, which [Document.Check] keeps.
const (
	RuleFindings        Rule = "cda.findings"
	RuleNoBody          Rule = "cda.body"
	RuleNoPatient       Rule = "cda.patient"
	RuleNoCode          Rule = "cda.code"
	RuleMissing         Rule = "cda.header.missing"
	RuleOrder           Rule = "cda.header.order"
	RuleType            Rule = "cda.type"
	RuleTime            Rule = "cda.value.time"
	RuleNumber          Rule = "cda.value.number"
	RuleBoolean         Rule = "cda.value.boolean"
	RuleUntyped         Rule = "cda.value.untyped"
	RuleUnknownKind     Rule = "wst500.kind"
	RuleTemplateMissing Rule = "wst500.template.missing"
	RuleTemplate        Rule = "wst500.template"
	RuleHeaderOID       Rule = "wst500.header.oid"
	RuleSectionMissing  Rule = "wst500.section.missing"
	RuleSectionForeign  Rule = "wst500.section.foreign"
	RuleElementUnknown  Rule = "wst500.element.unknown"
	RuleElementForeign  Rule = "wst500.element.foreign"
	RuleDatatype        Rule = "wst500.datatype"
	RuleCodeSystem      Rule = "wst500.codesystem"
	RuleValueSet        Rule = "wst500.valueset"
	RuleIDNumber        Rule = "wst500.idnumber"
	RuleActive          Rule = "cda.narrative.active"
	RuleExternal        Rule = "cda.external"
	RuleAttachment      Rule = "cda.attachment.broken"
	RuleAttachmentLarge Rule = "cda.attachment.large"
	RuleAttachmentKind  Rule = "cda.attachment.kind"
	RuleIntegrity       Rule = "cda.attachment.integrity"
	RuleRows            Rule = "cda.view.rows"
)

type words struct{ text, remedy Text }

var wordsOf = map[Rule]words{
	RuleBytes:           {Text{"文档超过大小上限", "the document is larger than allowed"}, Text{"拆分文档或将附件单独提交", "split the document or send attachments apart"}},
	RuleDepth:           {Text{"元素嵌套过深", "elements are nested too deeply"}, Text{"检查生成程序", "check the program that wrote it"}},
	RuleNodes:           {Text{"元素、属性或文本段过多", "too many elements, attributes or runs of text"}, Text{"拆分文档", "split the document"}},
	RuleAttributes:      {Text{"一个元素的属性过多", "an element has too many attributes"}, Text{"检查生成程序", "check the program that wrote it"}},
	RuleText:            {Text{"一段文本超过上限", "a run of text is longer than allowed"}, Text{"将附件单独提交", "send attachments apart"}},
	RuleName:            {Text{"元素或属性名称过长或不合规", "a name is too long or not a name"}, Text{"检查生成程序", "check the program that wrote it"}},
	RuleCharset:         {Text{"不支持声明的字符集", "the declared character set is not supported"}, Text{"使用 UTF-8、UTF-16 或 GB18030", "use UTF-8, UTF-16 or GB18030"}},
	RuleCharsetLie:      {Text{"内容与声明的字符集不符", "the bytes are not in the declared character set"}, Text{"按实际编码声明", "declare the encoding in which it is written"}},
	RuleDoctype:         {Text{"不允许 DTD 或实体声明", "a DTD or entity declaration is not allowed"}, Text{"去掉 DOCTYPE", "remove the DOCTYPE"}},
	RuleMalformed:       {Text{"不是格式良好的 XML", "not well-formed XML"}, Text{"检查该位置的标签、属性与转义", "check tags, attributes and escapes at this place"}},
	RuleNamespace:       {Text{"命名空间前缀未声明", "a namespace prefix is not declared"}, Text{"声明该前缀", "declare the prefix"}},
	RuleNotClinical:     {Text{"根元素不是 urn:hl7-org:v3 的 ClinicalDocument", "the root is not ClinicalDocument in urn:hl7-org:v3"}, Text{"提交 CDA R2 文档", "send a CDA R2 document"}},
	RuleFindings:        {Text{"问题过多，其余未列出", "more findings than are listed"}, Text{"先改正已列出的问题", "correct those listed first"}},
	RuleNoBody:          {Text{"缺少文档体", "there is no body"}, Text{"提供 structuredBody 或 nonXMLBody", "give a structuredBody or nonXMLBody"}},
	RuleNoPatient:       {Text{"缺少患者", "there is no patient"}, Text{"提供 recordTarget/patientRole", "give recordTarget/patientRole"}},
	RuleNoCode:          {Text{"缺少文档类型代码", "the kind of document is not coded"}, Text{"提供 code", "give code"}},
	RuleMissing:         {Text{"缺少文档头必备部分", "a required part of the header is missing or empty"}, Text{"补充该部分", "give this part"}},
	RuleOrder:           {Text{"文档头部分的次序不对", "parts of the header are not in their order"}, Text{"按规定次序排列", "put them in the order of the schema"}},
	RuleType:            {Text{"typeId 不是 CDA R2", "typeId is not that of CDA R2"}, Text{"使用 2.16.840.1.113883.1.3", "use 2.16.840.1.113883.1.3"}},
	RuleTime:            {Text{"不是日期时间", "not a date or time"}, Text{"使用 yyyyMMdd[HHmmss][+ZZZZ]", "write yyyyMMdd[HHmmss][+ZZZZ]"}},
	RuleNumber:          {Text{"不是数值", "not a number"}, Text{"在 value 中填写数值，单位写在 unit", "put the number in value and its unit in unit"}},
	RuleBoolean:         {Text{"不是 true 或 false", "neither true nor false"}, Text{"填写 true 或 false", "write true or false"}},
	RuleUntyped:         {Text{"value 没有 xsi:type", "a value has no xsi:type"}, Text{"注明数据类型", "state the data type"}},
	RuleUnknownKind:     {Text{"不是 WS/T 500 的文档代码", "not one of the codes of WS/T 500"}, Text{"使用 C0001 至 C0053", "use C0001 to C0053"}},
	RuleTemplateMissing: {Text{"缺少文档模板标识", "the template of the kind is missing"}, Text{"填写与代码对应的 templateId", "give the templateId that belongs to the code"}},
	RuleTemplate:        {Text{"文档模板标识与文档代码不符", "templateId and code name different kinds"}, Text{"使二者一致", "make them agree"}},
	RuleHeaderOID:       {Text{"缺少该类文档的标识号", "an identifier of this kind of document is missing"}, Text{"按标识体系填写 id", "give the id under its root"}},
	RuleSectionMissing:  {Text{"缺少该类文档的章节", "a section of this kind of document is missing"}, Text{"补充章节", "give the section"}},
	RuleSectionForeign:  {Text{"不是该类文档的章节", "not a section of this kind of document"}, Text{"核对章节代码", "check the code of the section"}},
	RuleElementUnknown:  {Text{"数据元标识符不在目录中", "not a data element of the catalogue"}, Text{"核对 DE 标识符", "check the DE identifier"}},
	RuleElementForeign:  {Text{"数据元不属于该类文档", "not a data element of this kind of document"}, Text{"核对数据元与文档类型", "check the element and the kind"}},
	RuleDatatype:        {Text{"数据类型与数据元不符", "the data type is not that of the data element"}, Text{"使用数据元规定的类型", "use the type of the element"}},
	RuleCodeSystem:      {Text{"代码体系与数据元不符", "the code system is not that of the data element"}, Text{"核对 codeSystem", "check codeSystem"}},
	RuleValueSet:        {Text{"代码不在值域中", "the code is not in the value set"}, Text{"使用值域中的代码", "use a code of the value set"}},
	RuleIDNumber:        {Text{"身份证号校验位不符", "the check digit of the ID number is wrong"}, Text{"核对证件", "check it against the card"}},
	RuleActive:          {Text{"叙述文本含脚本或嵌入对象，已去除", "the narrative holds active content, which is not shown"}, Text{"只使用 CDA 叙述标记", "use the markup of CDA narrative only"}},
	RuleExternal:        {Text{"引用外部资源，不予获取", "refers to something outside, which is never fetched"}, Text{"将内容嵌入文档", "embed the content"}},
	RuleAttachment:      {Text{"附件无法解码", "an attachment cannot be decoded"}, Text{"使用 Base64", "use Base64"}},
	RuleAttachmentLarge: {Text{"附件超过大小上限", "an attachment is larger than allowed"}, Text{"单独提交该附件", "send it apart"}},
	RuleAttachmentKind:  {Text{"附件类型不被接受或与声明不符", "the kind of an attachment is not accepted or not what it says"}, Text{"使用 PDF、图像或文本", "use PDF, images or text"}},
	RuleRows:            {Text{"内容过多，未全部显示", "there is more than is shown"}, Text{"查看原始文档", "look at the document as it came"}},
	RuleIntegrity:       {Text{"附件与其完整性校验值不符", "an attachment does not match its integrity check"}, Text{"重新提交", "send it again"}},
}

func (r Rule) finding(s Severity, path string) Finding {
	w := wordsOf[r]
	return Finding{Severity: s, Rule: r, Path: path, Offset: -1, Text: w.text, Remedy: w.remedy}
}
