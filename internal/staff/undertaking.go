package staff

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Undertaking is one version of a promise that people must sign and renew. Who
// breaks off loses reach, so its row is keyed.
type Undertaking struct {
	Org        string     `db:"org,key"`
	ID         string     `db:"id,key"`
	Code       string     `db:"code"` // the same for all versions
	Version    int        `db:"version"`
	TitleZH    string     `db:"title_zh"`
	TitleEN    string     `db:"title_en"`
	TextZH     string     `db:"text_zh"`
	TextEN     string     `db:"text_en"`
	Roles      []string   `db:"roles,json"`      // who must sign; with Categories empty too, everybody
	Categories []Category `db:"categories,json"` // who must sign
	Period     int        `db:"period_days"`     // how long a signature counts
	Grace      int        `db:"grace_days"`      // how long nothing is taken after it, or after a new version
	Since      time.Time  `db:"since"`
	Withdrawn  time.Time  `db:"withdrawn"`
	Made       time.Time  `db:"made"`
	MadeBy     string     `db:"made_by"`
	MAC        []byte     `db:"mac"`
}

// inForce reports whether the version asks for signatures at a moment.
func (u Undertaking) inForce(at time.Time) bool {
	return !u.Since.After(at) && (u.Withdrawn.IsZero() || u.Withdrawn.After(at))
}

func (u Undertaking) grace() time.Duration { return time.Duration(u.Grace) * days }

// Binds reports whether somebody of a category who holds some roles must sign.
func (u Undertaking) Binds(category Category, roles []string) bool {
	if len(u.Roles) == 0 && len(u.Categories) == 0 {
		return true
	}
	return slices.Contains(u.Categories, category) || slices.ContainsFunc(u.Roles, func(r string) bool { return slices.Contains(roles, r) })
}

// Signature is a person's word on one version of an undertaking.
type Signature struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Person      string    `db:"person"`
	Undertaking string    `db:"undertaking"`
	Signed      time.Time `db:"signed"`
	Until       time.Time `db:"until"`
	Key         string    `db:"signing_key"` // id of the signing key; empty where none was at hand
	Bytes       []byte    `db:"signature"`   // SM2, over [Signature.message]
	Reminded    time.Time `db:"reminded"`
	MAC         []byte    `db:"mac"`
}

// message is what a signature is over.
func (s Signature) message(u Undertaking) []byte {
	var text strings.Builder
	text.WriteString("medward undertaking v1")
	for _, part := range []string{
		s.Org, s.Person, u.Code, strconv.Itoa(u.Version), u.TitleZH, u.TextZH, u.TitleEN, u.TextEN,
		strconv.FormatInt(s.Signed.UnixMicro(), 10), strconv.FormatInt(s.Until.UnixMicro(), 10),
	} {
		text.WriteString("\n" + strconv.Itoa(len(part)) + ":" + part)
	}
	return []byte(text.String())
}

// Promise is what an undertaking means for one person.
type Promise struct {
	Undertaking Undertaking
	Signature   Signature // the newest on this version; zero when there is none
	State       PromiseState
	Until       time.Time // when the state ends by itself; zero when it does not
}

// PromiseState says whether somebody keeps a promise.
type PromiseState string

// The states of a promise.
const (
	Kept   PromiseState = "kept"
	Due    PromiseState = "due" // in grace: nothing is taken yet
	Lapsed PromiseState = "lapsed"
)

// promises are what somebody must have signed at a moment: of each undertaking the
// newest version in force.
func promises(all []Undertaking, signed []Signature, p Person, roles []string, at time.Time) []Promise {
	newest := map[string]Undertaking{}
	for _, u := range all {
		if u.inForce(at) && u.Version > newest[u.Code].Version {
			newest[u.Code] = u
		}
	}
	var asked []Promise
	for _, u := range newest {
		if u.Binds(p.Category, roles) {
			asked = append(asked, promiseOf(u, signed, p, at))
		}
	}
	slices.SortFunc(asked, func(a, b Promise) int { return a.Undertaking.Since.Compare(b.Undertaking.Since) })
	return asked
}

// promiseOf: whoever was here when the version came into force has its grace to
// sign it; whoever comes later signs before he begins (E-062).
func promiseOf(u Undertaking, signed []Signature, p Person, at time.Time) Promise {
	found := Promise{Undertaking: u, State: Lapsed}
	for _, s := range signed {
		if s.Undertaking == u.ID && !s.Signed.After(at) && s.Until.After(found.Signature.Until) {
			found.Signature = s
		}
	}
	switch s := found.Signature; {
	case s.Until.After(at):
		found.State, found.Until = Kept, s.Until
	case !s.Until.IsZero() && s.Until.Add(u.grace()).After(at):
		found.State, found.Until = Due, s.Until.Add(u.grace())
	case s.Until.IsZero() && !p.Made.After(u.Since) && u.Since.Add(u.grace()).After(at):
		found.State, found.Until = Due, u.Since.Add(u.grace())
	}
	return found
}

// NewUndertaking is what is asked for when an undertaking is published. A zero
// Since is now.
type NewUndertaking struct {
	Code       string
	TitleZH    string
	TitleEN    string
	TextZH     string
	TextEN     string
	Roles      []string
	Categories []Category
	Period     int // days
	Grace      int // days
	Since      time.Time
}

const (
	maxPromise = 20000
	maxPeriod  = 3 * 366 // days
	maxGrace   = 60      // days
)

func (n NewUndertaking) check(now time.Time) error {
	e := errInput.With()
	e.MustName("code", n.Code, maxCode)
	e.MustName("titleZh", n.TitleZH, maxName)
	e.MustName("titleEn", n.TitleEN, 2*maxName)
	for path, text := range map[string]string{"textZh": n.TextZH, "textEn": n.TextEN} {
		if text == "" || utf8.RuneCountInString(text) > maxPromise || !utf8.ValidString(text) {
			e.At(path, fault.Text{ZH: "必填，最多 20000 字", EN: "is required and has at most 20,000 characters"})
		}
	}
	for _, role := range n.Roles {
		if !slices.ContainsFunc(policy.Roles(), func(r policy.Role) bool { return r.Person && r.ID == role }) {
			e.At("roles", fault.Text{ZH: "含有不在角色目录中的角色", EN: "name a role that is not in the catalogue"})
		}
	}
	for _, c := range n.Categories {
		if !slices.Contains(categories, c) {
			e.At("categories", fault.Text{ZH: "含有未知的人员类别", EN: "name an unknown category"})
		}
	}
	if n.Period < 1 || n.Period > maxPeriod {
		e.At("periodDays", fault.Text{ZH: "应为 1–1098 天", EN: "must be 1 to 1098 days"})
	}
	if n.Grace < 0 || n.Grace > maxGrace {
		e.At("graceDays", fault.Text{ZH: "应为 0–60 天", EN: "must be 0 to 60 days"})
	}
	if n.Since.Before(now) {
		e.At("since", fault.Text{ZH: "不能早于现在", EN: "must not be earlier than now"})
	}
	return e.OrNil()
}
