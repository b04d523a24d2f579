package intake

import (
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/kit/cda"
)

var (
	ruleUnsignedThere = rule{"intake.incomplete.signature",
		"没有法定签名人", "nobody has signed it (legalAuthenticator)", "请来源机构签名后重新发送。", "Have the institution that wrote it sign it and send it again."}
	ruleLacksHeader = rule{"intake.incomplete.header",
		"缺少文档编号、时间、作者或保管机构", "it lacks its number, time, author or custodian", "请来源机构补全文档头后重新发送。", "Have the institution that wrote it complete its header and send it again."}
	ruleLacksSection = rule{"intake.incomplete.section",
		"缺少该种文书必有的段落", "it lacks a section without which this kind says nothing", "请来源机构补全后重新发送。", "Have the institution that wrote it complete it and send it again."}
	ruleLacksAttachment = rule{"intake.incomplete.attachment",
		"所列附件没有随文书到达，或已损坏", "an attachment that it names did not come with it, or is damaged", "请来源机构连同附件重新发送。", "Have it sent again with its attachments."}
	ruleNoDocument = rule{"intake.incomplete.document",
		"不是可读取的共享文档（CDA）", "it is no clinical document that can be read", "请来源机构按 WS/T 500 重新生成。", "Have it made anew as WS/T 500."}
)

// Screened is what a document from another institution lacks, and what in it could do
// harm.
type Screened struct {
	Missing []Finding
	Dangers []Finding
}

// Screen looks at a clinical document before anything of it is stored (D-069, D-070). It
// changes nothing and discloses nothing.
func (room *Room) Screen(ctx context.Context, raw []byte) (Screened, error) {
	d, err := cda.Parse(raw, cda.Limits{})
	if refusal, refused := errors.AsType[*cda.Refusal](err); refused {
		return Screened{Missing: []Finding{ruleNoDocument.error(""), fromCDA(refusal.Finding)}, Dangers: room.dangers(ctx, raw, "")}, nil
	}
	if err != nil {
		return Screened{}, err
	}
	return Screened{Missing: lacking(d), Dangers: room.dangersIn(ctx, raw, d)}, nil
}

// essential are the sections without which a kind of document tells its reader nothing.
// WS/T 500 asks for more; what is missing beyond is told and does not keep a document
// out.
var essential = map[string][]string{
	"C0002": {"10154-3"},
	"C0003": {"10154-3"},
	"C0009": {"8724-7"},
	"C0034": {"10154-3", "10164-2"},
	"C0045": {"会诊意见"},
	"C0049": {"8648-8"},
}

func lacking(d *cda.Document) []Finding {
	var missing []Finding
	all := d.Read()
	h := all.Header
	if h.ID.Extension == "" && h.ID.Root == "" || h.Time.IsZero() || len(h.Authors) == 0 || h.Custodian.Name == "" && len(h.Custodian.IDs) == 0 {
		missing = append(missing, ruleLacksHeader.error("/ClinicalDocument"))
	}
	if h.Legal == nil || h.Legal.Name == "" && len(h.Legal.IDs) == 0 {
		missing = append(missing, ruleUnsignedThere.error("/ClinicalDocument/legalAuthenticator"))
	}
	for _, want := range essential[h.Code.Code] {
		if !slices.ContainsFunc(all.Sections, func(s cda.Section) bool { return s.Code.Code == want || s.Code.Name == want }) {
			missing = append(missing, ruleLacksSection.error("section["+want+"]"))
		}
	}
	carried, found := d.Attachments(cda.AttachmentLimits{})
	for _, a := range carried {
		if a.Content == nil {
			missing = append(missing, ruleLacksAttachment.error(clip(a.Path, longestElement)))
		}
	}
	for _, f := range found {
		if f.Rule == cda.RuleIntegrity {
			missing = append(missing, ruleLacksAttachment.error(clip(f.Path, longestElement)))
		}
	}
	return missing
}
