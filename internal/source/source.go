package source

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Source is a foreign system. As an actor it is a feed with the id of its row, which
// is keyed.
type Source struct {
	Org         string   `db:"org,key"`
	ID          string   `db:"id,key"`
	Code        string   `db:"code"` // by which it is named everywhere: his, lis
	NameZH      string   `db:"name_zh"`
	NameEN      string   `db:"name_en"`
	Kinds       []string `db:"kinds,json"` // how it is connected
	Owner       string   `db:"owner"`      // the person who answers for it
	Department  string   `db:"department"` // of the owner
	Vendor      string   `db:"vendor"`
	Purpose     string   `db:"purpose"` // in words
	Standard    string   `db:"standard"`
	Shapes      []string `db:"shapes,json"`      // what it may hand in or ask
	Departments []string `db:"departments,json"` // none: any
	Senders     []Sender `db:"senders,json"`
	Networks    []string `db:"networks,json"` // from which its machines call
	PerMinute   int      `db:"per_minute"`    // calls
	// SilentMinutes is how long it may say nothing before that is a fault; 0: as long
	// as it likes.
	SilentMinutes int       `db:"silent_minutes"`
	State         string    `db:"state"`
	Why           string    `db:"why"`       // of a suspension
	Agreement     string    `db:"agreement"` // in force
	Begun         time.Time `db:"begun"`     // when it went live last
	Since         time.Time `db:"since"`     // of the agreement
	Until         time.Time `db:"until"`
	Rev           int       `db:"rev"`
	MadeBy        string    `db:"made_by"`
	Made          time.Time `db:"made"`
	ChangedBy     string    `db:"changed_by"` // whoever wrote the present scope
	MAC           []byte    `db:"mac"`
}

// Sender is how an HL7 v2 message names the system that sends it. Facility may be
// empty: any.
type Sender struct {
	Application string `json:"application" maxLength:"180" doc:"MSH-3.1"`
	Facility    string `json:"facility,omitempty" maxLength:"180" doc:"MSH-4.1; any when empty"`
}

// States of a source.
const (
	Draft     = "draft"
	Approved  = "approved"
	Live      = "live"
	Suspended = "suspended"
	Ended     = "ended"
)

// Reasons of a suspension that the house itself gives.
const (
	AgreementOver = "agreement-over"
)

// ByHand is the kind of a source under whose name people hand files in.
const ByHand = "by-hand"

// Kinds are the ways in which a system can be connected.
func Kinds() []Named { return slices.Clone(kinds) }

// Named is an id with what it is called.
type Named struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
}

var kinds = []Named{
	{"hl7-mllp", fault.Text{ZH: "HL7 v2（MLLP）", EN: "HL7 v2 over MLLP"}},
	{"fhir", fault.Text{ZH: "FHIR 接口", EN: "FHIR"}},
	{"cda-folder", fault.Text{ZH: "共享文档（CDA）", EN: "CDA documents"}},
	{"sql-view", fault.Text{ZH: "数据库视图", EN: "database view"}},
	{"rest", fault.Text{ZH: "REST 接口", EN: "REST"}},
	{"soap", fault.Text{ZH: "SOAP 接口", EN: "SOAP"}},
	{"drop-folder", fault.Text{ZH: "交换目录", EN: "drop folder"}},
	{"syslog", fault.Text{ZH: "系统日志", EN: "syslog"}},
	{"dicom", fault.Text{ZH: "DICOM", EN: "DICOM"}},
	{"api-caller", fault.Text{ZH: "调用本系统接口", EN: "caller of our API"}},
	{ByHand, fault.Text{ZH: "人工导入", EN: "handed in by people"}},
}

// Standards are what a source can be bound to. Empty binds it to nothing.
var Standards = []string{
	"HL7 v2.3", "HL7 v2.3.1", "HL7 v2.4", "HL7 v2.5", "HL7 v2.5.1", "HL7 v2.6", "HL7 v2.7", "HL7 v2.8", "FHIR R4", "WS/T 500-2016", "DICOM", "RFC 5424",
}

// HL7Version is the version of HL7 v2 that messages of the source must say, or empty.
func (s Source) HL7Version() string {
	version, bound := strings.CutPrefix(s.Standard, "HL7 v")
	if !bound {
		return ""
	}
	return version
}

// Live reports whether the source may act at a moment. By hand it acts for nobody but
// the people who name it.
func (s Source) Live(at time.Time) bool {
	return s.State == Live && !s.Since.After(at) && s.Until.After(at)
}

// byHand reports whether nobody has registered the source.
func (s Source) byHand() bool { return slices.Contains(s.Kinds, ByHand) }

// Actor is the source as one who acts at a moment: one that is not live may do nothing.
func (s Source) Actor(at time.Time) policy.Actor {
	a := policy.Actor{Kind: "feed", ID: s.ID, Org: s.Org, Agreed: &policy.Agreed{}}
	if !s.Live(at) {
		return a
	}
	a.Agreed = agreedOn(s.Shapes, s.Departments)
	return a
}

// Object is the source as policy sees it. Its author is who wrote what is to be
// approved.
func (s Source) Object() policy.Object {
	return policy.Object{Kind: "Source", ID: s.ID, Org: s.Org, Author: s.ChangedBy, Concerns: s.Owner, CreatedBy: s.ID}
}

// Sends reports whether a message that names its sender so may be of the source. One
// that has named no senders may name any.
func (s Source) Sends(application, facility string) bool {
	return len(s.Senders) == 0 || slices.ContainsFunc(s.Senders, func(n Sender) bool {
		return n.Application == application && (n.Facility == "" || n.Facility == facility)
	})
}

// within reports whether the source may call from an address.
func (s Source) within(address string) bool {
	at, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	at = at.Unmap()
	return slices.ContainsFunc(s.Networks, func(text string) bool {
		network, err := netip.ParsePrefix(text)
		return err == nil && network.Contains(at)
	})
}

var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)

// Limits of what is written about a source.
const (
	maxName      = 80
	maxWords     = 1000
	maxSenders   = 50
	maxNetworks  = 50
	maxPerMinute = 100_000
	maxSilent    = 30 * 24 * 60
)

// Writing is what is said of a source when it is registered or changed.
type Writing struct {
	Code          string
	NameZH        string
	NameEN        string
	Kinds         []string
	Owner         string
	Vendor        string
	Purpose       string
	Standard      string
	Shapes        []string
	Departments   []string
	Senders       []Sender
	Networks      []string
	PerMinute     int
	SilentMinutes int
}

func (in Writing) check() error {
	e := errInput.With()
	if !codePattern.MatchString(in.Code) {
		e.At("code", fault.Text{ZH: "代码为 2 至 40 位小写字母、数字或短横线，如 his、lis-2", EN: "a code is 2 to 40 small letters, digits or hyphens, such as his or lis-2"})
	}
	e.MustName("nameZh", in.NameZH, maxName)
	e.MayName("nameEn", in.NameEN, maxName)
	e.MustName("owner", in.Owner, maxName)
	e.MayName("vendor", in.Vendor, maxName)
	e.MustSay("purpose", in.Purpose, maxWords)
	if len(in.Kinds) == 0 || slices.Contains(in.Kinds, ByHand) || !allOf(in.Kinds, idsOf(kinds)) {
		e.At("kinds", fault.Text{ZH: "请至少选择一种连接方式", EN: "choose how it is connected"})
	}
	if in.Standard != "" && !slices.Contains(Standards, in.Standard) {
		e.At("standard", fault.Text{ZH: "请从列表中选择标准版本", EN: "choose a standard from the list: " + strings.Join(Standards, ", ")})
	}
	if len(in.Shapes) == 0 || !allOf(in.Shapes, shapeNames()) {
		e.At("shapes", fault.Text{ZH: "请选择它可以提交的数据", EN: "choose what it may hand in"})
	}
	in.checkSenders(e)
	in.checkNetworks(e)
	if in.PerMinute < 1 || in.PerMinute > maxPerMinute {
		e.At("perMinute", fault.Text{ZH: "每分钟调用次数为 1 至 " + strconv.Itoa(maxPerMinute), EN: "calls in a minute are 1 to " + strconv.Itoa(maxPerMinute)})
	}
	if in.SilentMinutes < 0 || in.SilentMinutes > maxSilent {
		e.At("silentMinutes", fault.Text{ZH: "静默时限为 0（不检查）至 30 天", EN: "silence is 0 (never a fault) to 30 days, in minutes"})
	}
	return e.OrNil()
}

func (in Writing) checkSenders(e *fault.Error) {
	if len(in.Senders) > maxSenders {
		e.At("senders", fault.Text{ZH: "最多 50 个发送方", EN: "at most 50 senders"})
	}
	for i, s := range in.Senders {
		e.MustName("senders["+strconv.Itoa(i)+"].application", s.Application, maxName)
		e.MayName("senders["+strconv.Itoa(i)+"].facility", s.Facility, maxName)
	}
	if slices.Contains(in.Kinds, "hl7-mllp") && len(in.Senders) == 0 {
		e.At("senders", fault.Text{ZH: "HL7 来源须登记 MSH-3 发送应用", EN: "a source of HL7 names its sending application, MSH-3"})
	}
}

func (in Writing) checkNetworks(e *fault.Error) {
	if len(in.Networks) == 0 || len(in.Networks) > maxNetworks {
		e.At("networks", fault.Text{ZH: "请登记 1 至 50 个允许的网段，如 10.1.2.0/24", EN: "name 1 to 50 networks, such as 10.1.2.0/24"})
	}
	for i, text := range in.Networks {
		if network, err := netip.ParsePrefix(text); err != nil || network.Masked() != network {
			e.At("networks["+strconv.Itoa(i)+"]", fault.Text{ZH: "网段应如 10.1.2.0/24 或 10.1.2.3/32", EN: "a network is such as 10.1.2.0/24 or 10.1.2.3/32"})
		}
	}
}

// put writes what was said into a row.
func (in Writing) put(s *Source) {
	s.Code, s.NameZH, s.NameEN, s.Kinds, s.Owner, s.Vendor, s.Purpose = in.Code, in.NameZH, in.NameEN, sorted(in.Kinds), in.Owner, in.Vendor, in.Purpose
	s.Standard, s.Shapes, s.Departments, s.Senders, s.Networks = in.Standard, sorted(in.Shapes), sorted(in.Departments), in.Senders, sorted(in.Networks)
	s.PerMinute, s.SilentMinutes = in.PerMinute, in.SilentMinutes
}

func sorted(all []string) []string { return slices.Compact(slices.Sorted(slices.Values(all))) }

func allOf(some, known []string) bool {
	return !slices.ContainsFunc(some, func(one string) bool { return !slices.Contains(known, one) })
}

func idsOf(all []Named) []string {
	ids := make([]string, len(all))
	for i, n := range all {
		ids[i] = n.ID
	}
	return ids
}
