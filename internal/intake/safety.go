package intake

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"

	"github.com/medward/medward/internal/intake/screen"
	"github.com/medward/medward/kit/cda"
)

var (
	ruleActive = rule{"intake.active-content",
		"含有可执行的内容（脚本、宏、PDF 动作或程序），已隔离", "it holds content that could act (a script, a macro, an action of a PDF or a program) and was kept apart",
		"请来源系统去除可执行内容后重新发送；不要打开该文件。", "Have the sending system send it without; do not open it."}
	ruleInfected = rule{"intake.infected",
		"病毒扫描报告已感染，已隔离", "the malware scanner says that it is infected; it was kept apart",
		"请通知来源系统检查病毒；不要打开该文件。", "Tell the sending system to look for malware; do not open it."}
	ruleUnscanned = rule{"intake.unscanned",
		"病毒扫描服务未能检查，未接收", "the malware scanner could not look at it, so it was not taken",
		"请恢复扫描服务后在隔离区重试。", "Bring the scanner back, then retry it from the quarantine."}
)

// dangers tells what in some bytes could act or is infected. What the scanner of the
// house could not look at is a danger too (D-070).
func (room *Room) dangers(ctx context.Context, raw []byte, element string) []Finding {
	var found []Finding
	if len(screen.Active(raw)) > 0 {
		found = append(found, ruleActive.error(element))
	}
	if room.scanner == nil {
		return found
	}
	switch infected, err := room.scanner.Scan(ctx, raw); {
	case err != nil:
		room.log.ErrorContext(ctx, "the malware scanner could not look at what arrived, which is kept apart", "cause", err)
		found = append(found, ruleUnscanned.error(element))
	case infected:
		found = append(found, ruleInfected.error(element))
	}
	return found
}

// dangersIn looks at a clinical document and at all that it carries.
func (room *Room) dangersIn(ctx context.Context, raw []byte, d *cda.Document) []Finding {
	found := room.dangers(ctx, raw, "/ClinicalDocument")
	carried, _ := d.Attachments(cda.AttachmentLimits{})
	for _, a := range carried {
		if a.Content != nil {
			found = append(found, room.dangers(ctx, a.Content, clip(a.Path, longestElement))...)
		}
	}
	return found
}

// screenEntries looks at what the entries of a bundle carry, before any of them is
// taken.
func (b *bundle) screenEntries(ctx context.Context) {
	for _, x := range b.entries {
		if !bytes.Contains(x.Raw, []byte(`"data"`)) {
			continue
		}
		var whole any
		if err := json.Unmarshal(x.Raw, &whole); err != nil {
			continue // it is refused for that by its reader
		}
		eachData(whole, func(content []byte) {
			for _, f := range b.room.dangers(ctx, content, x.Type) {
				x.found(f)
			}
		})
	}
}

// eachData finds what a resource holds in Base64, at whatever depth.
func eachData(value any, do func(content []byte)) {
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			eachData(one, do)
		}
	case map[string]any:
		for name, one := range v {
			text, isText := one.(string)
			if name != "data" || !isText {
				eachData(one, do)
				continue
			}
			if content, err := base64.StdEncoding.DecodeString(text); err == nil {
				do(content)
			}
		}
	}
}
