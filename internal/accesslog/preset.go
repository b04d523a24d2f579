package accesslog

import "github.com/medward/medward/internal/base/fault"

// Preset is a ready mapping to begin with.
type Preset struct {
	ID      string     `json:"id"`
	Name    fault.Text `json:"name"`
	Mapping Mapping    `json:"mapping"`
}

// Presets are ready mappings for what hospitals have most often.
func Presets() []Preset {
	chinese := map[string]string{
		"查看": View, "浏览": View, "调阅": View, "打印": Print, "导出": Export, "查询": Search, "检索": Search,
		"登录": SignIn, "退出": SignOut, "书写": Other, "修改": Other, "保存": Other,
	}
	english := map[string]string{
		"view": View, "read": View, "open": View, "print": Print, "export": Export, "download": Export, "search": Search, "query": Search,
		"login": SignIn, "logout": SignOut, "write": Other, "update": Other, "create": Other,
	}
	return []Preset{
		{"his-csv", fault.Text{ZH: "HIS 日志表（中文表头 CSV）", EN: "HIS log table (CSV, Chinese header)"}, Mapping{
			Format: CSV, Encoding: "auto", Header: true, Columns: []string{}, Time: "yyyy-MM-dd HH:mm:ss", Zone: "+08:00", Actions: chinese, Failures: []string{"失败"}, Purposes: []string{"care"},
			Fields: map[string]string{
				"time": "操作时间", "account": "账号", "staff": "工号", "patient": "病历号", "document": "文书号", "action": "操作", "terminal": "终端", "ip": "IP", "outcome": "结果", "event": "流水号",
			},
		}},
		{"emr-json", fault.Text{ZH: "EMR 日志（每行一个 JSON）", EN: "EMR log (one JSON object to a line)"}, Mapping{
			Format: JSON, Encoding: "auto", Columns: []string{}, Time: "rfc3339", Zone: "+08:00", Actions: english, Failures: []string{"failed", "denied"}, Purposes: []string{"care"},
			Fields: map[string]string{
				"time": "time", "account": "user.account", "staff": "user.number", "patient": "patient.mrn", "document": "document.id", "action": "action",
				"terminal": "client.host", "ip": "client.ip", "outcome": "outcome", "event": "id",
			},
		}},
		{"lis-syslog", fault.Text{ZH: "LIS 系统日志（key=value）", EN: "LIS syslog (key=value)"}, Mapping{
			Format: Syslog, Payload: Pairs, Encoding: "auto", Columns: []string{}, Time: "rfc3339", Zone: "+08:00", Actions: english, Failures: []string{"fail", "denied"}, Purposes: []string{"care"},
			Fields: map[string]string{
				"time": "syslog.time", "account": "user", "staff": "empno", "patient": "mrn", "document": "doc", "action": "action",
				"terminal": "syslog.host", "ip": "ip", "outcome": "result", "event": "id",
			},
		}},
		{"pacs-atna", fault.Text{ZH: "PACS 审计消息（DICOM/IHE ATNA）", EN: "PACS audit messages (DICOM, IHE ATNA)"}, Mapping{
			Format: Syslog, Payload: Audit, Encoding: "utf-8", Columns: []string{}, Time: "rfc3339", Zone: "+08:00", Failures: []string{"4", "8", "12"}, Purposes: []string{"care"},
			// DICOM PS3.16 CID 400.
			Actions: map[string]string{
				"110103": View, "110106": Export, "110107": Other, "110112": Search, "110114": SignIn, "110110": View, "110104": Other, "110105": Other, "110109": Other, "110108": Other, "110100": Other, "110113": Other,
			},
			Fields: map[string]string{
				"time": "event.time", "account": "user.id", "staff": "user.other", "patient": "patient.id", "document": "object.id", "action": "event.id",
				"terminal": "syslog.host", "ip": "user.ip", "outcome": "event.outcome",
			},
		}},
	}
}
