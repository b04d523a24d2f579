package dicom

import "fmt"

// Rule names what a file broke. The names are stable.
type Rule string

const (
	RulePart10    Rule = "dicom.part10"
	RuleTruncated Rule = "dicom.truncated"
	RuleBytes     Rule = "dicom.bytes"
	RuleDepth     Rule = "dicom.depth"
	RuleElements  Rule = "dicom.elements"
	RuleLength    Rule = "dicom.length"
	RuleVR        Rule = "dicom.vr"
	RuleItem      Rule = "dicom.item"
	RuleDeflate   Rule = "dicom.deflate"
	RuleRead      Rule = "dicom.read"

	RuleCharset   Rule = "dicom.charset"
	RuleText      Rule = "dicom.charset.mismatch"
	RuleUID       Rule = "dicom.uid"
	RuleLongValue Rule = "dicom.value.long"
	RuleMissing   Rule = "dicom.missing"
)

// Text is a sentence for people, in Chinese and English.
type Text struct {
	Zh, En string
}

// Finding is one fault of a file. It must never quote what the file says.
type Finding struct {
	Rule   Rule
	Path   string // (0008,1140)[2]/(0008,1150)
	Offset int64  // byte in the file, after inflation
	Text   Text
	Remedy Text
}

func (f Finding) String() string {
	return fmt.Sprintf("%s at %s, byte %d: %s; %s", f.Rule, f.Path, f.Offset, f.Text.En, f.Remedy.En)
}

// Refusal is the error of a file that cannot be read.
type Refusal struct {
	Finding Finding
	cause   error
}

func (r *Refusal) Error() string { return "dicom: " + r.Finding.String() }

// Unwrap gives what the reader of the file failed with, if it did.
func (r *Refusal) Unwrap() error { return r.cause }

var wordsOf = map[Rule]struct{ text, remedy Text }{
	RulePart10:    {Text{"不是 DICOM Part 10 文件", "not a DICOM Part 10 file"}, Text{"提交带 DICM 文件头的文件", "send a file with its DICM preamble"}},
	RuleTruncated: {Text{"文件不完整", "the file ends too early"}, Text{"重新传输", "send it again"}},
	RuleBytes:     {Text{"像素之前的内容超过上限", "there is more before the pixels than allowed"}, Text{"检查文件是否损坏", "see whether the file is damaged"}},
	RuleDepth:     {Text{"序列嵌套过深", "sequences are nested too deeply"}, Text{"检查文件是否损坏", "see whether the file is damaged"}},
	RuleElements:  {Text{"数据元素过多", "too many elements"}, Text{"检查文件是否损坏", "see whether the file is damaged"}},
	RuleLength:    {Text{"元素长度超出所在序列", "an element is longer than the sequence it stands in, or of no length"}, Text{"检查文件是否损坏", "see whether the file is damaged"}},
	RuleVR:        {Text{"值表示法不合规", "not a value representation"}, Text{"检查传输语法是否声明正确", "see whether the transfer syntax is the stated one"}},
	RuleItem:      {Text{"序列中缺少条目标记", "a sequence holds something that is no item"}, Text{"检查文件是否损坏", "see whether the file is damaged"}},
	RuleDeflate:   {Text{"压缩数据损坏", "the deflated part is damaged"}, Text{"重新传输", "send it again"}},
	RuleRead:      {Text{"读取失败", "reading failed"}, Text{"重试", "try again"}},
	RuleCharset:   {Text{"不支持声明的字符集，文本按字节保留", "the character set is not supported; text is kept as bytes"}, Text{"使用 GB18030、GBK 或 UTF-8（ISO_IR 192）", "use GB18030, GBK or UTF-8 (ISO_IR 192)"}},
	RuleText:      {Text{"文本与声明的字符集不符", "text is not in the declared character set"}, Text{"核对设备的字符集设置", "correct the character set at the device"}},
	RuleUID:       {Text{"不是 UID", "not a UID"}, Text{"核对设备设置", "see the settings of the device"}},
	RuleLongValue: {Text{"元素的值过长，未保留", "a value is too long and was not kept"}, Text{"在原始文件中查看", "look into the file itself"}},
	RuleMissing:   {Text{"缺少必备元素", "a required element is missing or empty"}, Text{"核对设备设置", "see the settings of the device"}},
}

func (r Rule) finding(path string, offset int64) Finding {
	w := wordsOf[r]
	return Finding{r, path, offset, w.text, w.remedy}
}
