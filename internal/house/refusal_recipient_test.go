package house_test

import (
	"maps"
	"strings"
)

func init() {
	writing := map[string]any{
		"code": "province", "kind": "platform", "nameZh": "省平台", "owner": "{person}", "verified": "公函核实", "shapes": []string{"documents"}, "purpose": "区域共享", "basis": "管理办法",
		"since": "2026-03-02T00:00:00Z", "until": "2027-03-01T00:00:00Z",
	}
	changed := maps.Clone(writing)
	changed["rev"] = 0
	digest := strings.Repeat("07", 32)
	maps.Copy(bodies, map[string]any{
		"registerRecipient":   writing,
		"changeRecipient":     changed,
		"returnRecipient":     map[string]any{"words": "范围过大"},
		"suspendRecipient":    map[string]any{"words": "停用"},
		"endRecipient":        map[string]any{"words": "不再使用"},
		"settleEgressFinding": map[string]any{"words": "已知"},
		"compareEgress":       map[string]any{"mapping": map[string]any{"time": "t", "destination": "d"}, "text": "t,d\n2026-03-02T00:00:00Z,pan.example\n"},
		"recordTransmission":  map[string]any{"recipient": "x", "channel": "专线", "shape": "documents", "items": []any{map[string]any{"kind": "Document", "id": "x"}}, "digest": digest},
		"recordReceipt":       map[string]any{"digest": digest},
	})
}
