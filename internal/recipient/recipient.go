package recipient

import (
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// Recipient is somebody outside, or a system, that receives data. What is in force is
// what was approved; what is wanted waits. Its row is keyed.
type Recipient struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Code        string    `db:"code"`
	Kind        string    `db:"kind"`
	Said        Writing   `db:"said,json"`
	Wanted      []Writing `db:"wanted,json"` // none, or the one that waits for approval
	WantedBy    string    `db:"wanted_by"`   // whoever wrote what waits
	Department  string    `db:"department"`  // of the owner
	Fingerprint string    `db:"fingerprint"` // SM3 of the certificate, hexadecimal
	Secret      []byte    `db:"secret"`      // with which it is told, sealed
	SecretKey   string    `db:"secret_key"`  // under which the secret is sealed
	State       string    `db:"state"`
	Why         string    `db:"why"` // of a suspension or a return
	Since       time.Time `db:"since"`
	Until       time.Time `db:"until"`
	Rev         int       `db:"rev"`
	MadeBy      string    `db:"made_by"`
	Made        time.Time `db:"made"`
	ApprovedBy  string    `db:"approved_by"`
	Approved    time.Time `db:"approved"`
	MAC         []byte    `db:"mac"`
}

// States of a recipient.
const (
	Draft     = "draft"
	Live      = "live"
	Suspended = "suspended"
	Ended     = "ended"
)

// TimeOver is the reason of a suspension that the house itself gives.
const TimeOver = "time-over"

// Kinds of recipient.
const (
	KindWebhook = "webhook" // a system that is told of seals and ended rights
	KindService = "service" // keeps the house going; never gets what is about patients
)

// Named is an id with what it is called.
type Named struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
}

var kinds = []Named{
	{"partner", fault.Text{ZH: "协作机构", EN: "partner institution"}},
	{"association", fault.Text{ZH: "团体、学会", EN: "association"}},
	{"affiliate", fault.Text{ZH: "行政附属单位", EN: "affiliated administrative unit"}},
	{"report", fault.Text{ZH: "上报", EN: "report to an authority"}},
	{"platform", fault.Text{ZH: "区域平台", EN: "regional platform"}},
	{"model", fault.Text{ZH: "人工智能模型", EN: "AI model"}},
	{"vendor", fault.Text{ZH: "厂商", EN: "vendor"}},
	{"feed", fault.Text{ZH: "院内系统", EN: "system of the house"}},
	{KindWebhook, fault.Text{ZH: "封存与撤权通知", EN: "told of seals and ended rights"}},
	{KindService, fault.Text{ZH: "运行服务", EN: "service that keeps the house going"}},
}

// Shapes of data that can be sent.
const (
	ShapeDocuments = "documents"
	ShapeNotices   = "notices" // words and counts about tasks, nothing about a patient
	ShapeEvents    = "events"  // of seals and ended rights, by ids
)

var shapes = []Named{
	{ShapeDocuments, fault.Text{ZH: "病历文书", EN: "documents"}},
	{"results", fault.Text{ZH: "检查检验结果", EN: "results"}},
	{"orders", fault.Text{ZH: "医嘱", EN: "orders"}},
	{"patients", fault.Text{ZH: "患者信息", EN: "patients"}},
	{"claims", fault.Text{ZH: "医保结算", EN: "claims"}},
	{"statistics", fault.Text{ZH: "统计数据", EN: "statistics"}},
	{"audit", fault.Text{ZH: "日志", EN: "logs"}},
	{ShapeEvents, fault.Text{ZH: "封存与撤权事件", EN: "events of seals and ended rights"}},
	{ShapeNotices, fault.Text{ZH: "待办提醒（无患者内容）", EN: "reminders, nothing about a patient"}},
}

// withoutPatients are the shapes that hold nothing about a patient.
var withoutPatients = []string{ShapeNotices, "statistics"}

// Kinds are the kinds of recipient.
func Kinds() []Named { return slices.Clone(kinds) }

// Shapes are what can be sent.
func Shapes() []Named { return slices.Clone(shapes) }

// Live reports whether something may go to the recipient at a moment.
func (x Recipient) Live(at time.Time) bool {
	return x.State == Live && !x.Since.After(at) && x.Until.After(at)
}

// Takes reports whether data of a shape was approved for it.
func (x Recipient) Takes(shape string) bool { return slices.Contains(x.Said.Shapes, shape) }

// Object is the recipient as policy sees it. Its author is who wrote what waits.
func (x Recipient) Object() policy.Object {
	return policy.Object{Kind: "Recipient", ID: x.ID, Org: x.Org, Author: x.WantedBy, Concerns: x.Said.Owner}
}

// Writing is what is said of a recipient when it is registered or changed.
type Writing struct {
	Code     string    `json:"code"`
	Kind     string    `json:"kind"`
	NameZH   string    `json:"nameZh"`
	NameEN   string    `json:"nameEn"`
	Owner    string    `json:"owner"`    // the person who answers for what goes there
	Address  string    `json:"address"`  // https://host/path, or host:port of a mail server; empty where nothing goes by itself
	Internal bool      `json:"internal"` // may lie inside the organisation's own network
	Seen     []string  `json:"seen"`     // further names, addresses and networks by which a firewall sees it
	Verified string    `json:"verified"` // how its identity was verified
	PEM      string    `json:"pem"`      // its certificate, which is then the only one believed
	Shapes   []string  `json:"shapes"`
	Fields   []string  `json:"fields"`
	Purpose  string    `json:"purpose"`
	Basis    string    `json:"basis"` // in law
	Account  string    `json:"account"`
	Hours    int       `json:"hours"` // within which a receipt must come; 0: none is awaited
	Volume             // that was approved
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
}

var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)

const (
	maxName   = 80
	maxWords  = 1000
	maxList   = 60
	maxHours  = 24 * 90
	maxPEM    = 20_000
	longest   = 3 * 366 * 24 * time.Hour
	maxOfHost = 253
)

func (in Writing) check(now time.Time) error {
	e := errInput.With()
	if !codePattern.MatchString(in.Code) {
		e.At("code", fault.Text{ZH: "代码为 2 至 40 位小写字母、数字或短横线，如 province-platform", EN: "a code is 2 to 40 small letters, digits or hyphens, such as province-platform"})
	}
	e.MustName("nameZh", in.NameZH, maxName)
	e.MayName("nameEn", in.NameEN, maxName)
	e.MustName("owner", in.Owner, maxName)
	e.MustSay("purpose", in.Purpose, maxWords)
	e.MustSay("basis", in.Basis, maxWords)
	e.MustSay("verified", in.Verified, maxWords)
	e.MayName("account", in.Account, maxName)
	if !known(kinds, in.Kind) {
		e.At("kind", fault.Text{ZH: "请从列表中选择接收方种类", EN: "choose the kind of recipient from the list"})
	}
	in.checkShapes(e)
	in.checkPlace(e)
	in.Volume.check(e)
	if in.Hours < 0 || in.Hours > maxHours {
		e.At("hours", fault.Text{ZH: "回执时限为 0（不需回执）至 2160 小时", EN: "a receipt is awaited within 0 (not at all) to 2160 hours"})
	}
	if !in.Until.After(in.Since) || !in.Until.After(now) || in.Until.Sub(in.Since) > longest {
		e.At("until", fault.Text{ZH: "截止时间应晚于开始和现在，最长三年", EN: "it ends after it begins and after now, within three years"})
	}
	return e.OrNil()
}

func (in Writing) checkShapes(e *fault.Error) {
	if len(in.Shapes) == 0 || slices.ContainsFunc(in.Shapes, func(s string) bool { return !known(shapes, s) }) {
		e.At("shapes", fault.Text{ZH: "请选择发送的数据种类", EN: "choose what is sent"})
	}
	if in.Kind == KindService && slices.ContainsFunc(in.Shapes, func(s string) bool { return !slices.Contains(withoutPatients, s) }) {
		e.At("shapes", fault.Text{ZH: "运行服务不得接收患者内容，只能选待办提醒或统计数据", EN: "a service gets nothing about patients: choose reminders or statistics"})
	}
	if in.Kind == KindWebhook && !slices.Contains(in.Shapes, ShapeEvents) {
		e.At("shapes", fault.Text{ZH: "通知类接收方须包含“封存与撤权事件”", EN: "a system that is told of seals takes the events of seals and ended rights"})
	}
	if len(in.Fields) > maxList {
		e.At("fields", fault.Text{ZH: "最多 60 个字段", EN: "at most 60 fields"})
	}
	for i, f := range in.Fields {
		e.MustName("fields["+strconv.Itoa(i)+"]", f, maxName)
	}
}

func (in Writing) checkPlace(e *fault.Error) {
	if !in.placed() {
		e.At("address", fault.Text{ZH: "应为 https://主机/路径，或邮件服务器的 主机:端口", EN: "is https://host/path, or host:port of a mail server"})
	}
	if len(in.Seen) > maxList {
		e.At("seen", fault.Text{ZH: "最多 60 个地址", EN: "at most 60 addresses"})
	}
	for i, s := range in.Seen {
		e.MustName("seen["+strconv.Itoa(i)+"]", s, maxOfHost)
	}
	if in.PEM == "" {
		return
	}
	if _, err := in.fingerprint(); err != nil || len(in.PEM) > maxPEM {
		e.At("pem", fault.Text{ZH: "证书无法读取：请提供一份 PEM 格式的证书", EN: "the certificate cannot be read: give one in PEM"})
	}
}

// placed reports whether the address is one that something can be sent to. One may be
// left out where nothing goes by itself.
func (in Writing) placed() bool {
	to := dial.Destination{Address: in.Address, Internal: in.Internal}
	switch {
	case in.Address == "":
		return in.Kind != KindWebhook
	case strings.Contains(in.Address, "/"), in.Kind == KindWebhook:
		return to.CheckWeb() == nil
	}
	return to.CheckMail() == nil
}

// fingerprint is the SM3 of the certificate, or empty where there is none.
func (in Writing) fingerprint() (string, error) {
	if in.PEM == "" {
		return "", nil
	}
	block, _ := pem.Decode([]byte(in.PEM))
	if block == nil {
		return "", errInput.With()
	}
	leaf, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return "", err
	}
	sum := sm.Sum(leaf.Raw)
	return hex.EncodeToString(sum[:]), nil
}

func (in Writing) roots() *x509.CertPool {
	if in.PEM == "" {
		return nil
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(in.PEM))
	return roots
}

// answers reports whether a host, or host:port, is this recipient's.
func (in Writing) answers(destination string) bool {
	host := hostOf(destination)
	if host == "" {
		return false
	}
	if hostOf(in.Address) == host {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return slices.ContainsFunc(in.Seen, func(seen string) bool {
		if network, bad := netip.ParsePrefix(seen); bad == nil {
			return err == nil && network.Contains(ip.Unmap())
		}
		return hostOf(seen) == host
	})
}

// hostOf is the host of an address in any of the forms in which people and firewalls
// write one, in small letters.
func hostOf(address string) string {
	address = strings.ToLower(strings.TrimSpace(address))
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Hostname()
	}
	if at, err := netip.ParseAddrPort(address); err == nil {
		return at.Addr().Unmap().String()
	}
	if ip, err := netip.ParseAddr(address); err == nil {
		return ip.Unmap().String()
	}
	host, _, _ := strings.Cut(address, ":")
	return strings.TrimSuffix(host, ".")
}

func known(of []Named, id string) bool {
	return slices.ContainsFunc(of, func(n Named) bool { return n.ID == id })
}
