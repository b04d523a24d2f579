package staff

import (
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// StayKind tells on what footing somebody is here for a time, or away.
type StayKind string

// The kinds of stay.
const (
	Joining    StayKind = "joining"     // 新入职
	Training   StayKind = "training"    // 规范化培训
	Rotation   StayKind = "rotation"    // 轮转
	Rural      StayKind = "rural"       // 下乡
	Support    StayKind = "support"     // 支援
	Study      StayKind = "study"       // 外出进修
	Guest      StayKind = "guest"       // 来院进修
	Internship StayKind = "internship"  // 实习、见习
	Transfer   StayKind = "transfer"    // 换岗
	LongLeave  StayKind = "leave"       // 休假
	VendorStay StayKind = "vendor"      // 厂商驻场与维护
	Outsourced StayKind = "outsourced"  // 外包、派遣
	Outside    StayKind = "outside"     // 院外人员
	Retained   StayKind = "reappointed" // 退休返聘
)

// nature is what a kind of stay means.
type nature struct {
	name       fault.Text
	longest    time.Duration
	pack       []string // roles it brings by itself; the first one when none is asked for
	categories []Category
	sponsored  bool // somebody answers for it
	trained    bool // it gives nothing before a training was passed (D-056)
	learning   bool // the education office keeps it, and what its person writes is provisional
	away       bool // what the person holds at home rests meanwhile
	instead    bool // what the person holds at home ends for good
	within     bool // it lies within a training of the same person
}

// leavesThings reports whether at the end of such a stay something is to be taken
// back: a guest goes.
func (n nature) leavesThings() bool { return n.sponsored && !n.within }

const (
	days = 24 * time.Hour
	year = 366 * days
)

var natures = map[StayKind]nature{
	Joining:    {name: fault.Text{ZH: "新入职", EN: "joining"}, longest: year, categories: []Category{Employee}},
	Training:   {name: fault.Text{ZH: "规范化培训", EN: "standardised training"}, longest: 4 * year, pack: []string{"resident"}, categories: []Category{Trainee, Employee}, sponsored: true, trained: true, learning: true},
	Rotation:   {name: fault.Text{ZH: "轮转", EN: "rotation"}, longest: year, pack: []string{"resident", "nurse", "technician", "pharmacist"}, categories: []Category{Trainee, Employee}, sponsored: true, learning: true, within: true},
	Rural:      {name: fault.Text{ZH: "下乡", EN: "rural service"}, longest: 2 * year, categories: []Category{Employee}, away: true},
	Support:    {name: fault.Text{ZH: "支援", EN: "support elsewhere"}, longest: 2 * year, categories: []Category{Employee}, away: true},
	Study:      {name: fault.Text{ZH: "外出进修", EN: "study elsewhere"}, longest: 2 * year, categories: []Category{Employee}, away: true},
	Guest:      {name: fault.Text{ZH: "来院进修", EN: "visiting study"}, longest: 2 * year, pack: []string{"resident", "nurse", "technician", "pharmacist"}, categories: []Category{Visiting}, sponsored: true, trained: true, learning: true},
	Internship: {name: fault.Text{ZH: "实习、见习", EN: "internship"}, longest: 2 * year, pack: []string{"student"}, categories: []Category{Student}, sponsored: true, trained: true, learning: true},
	Transfer:   {name: fault.Text{ZH: "换岗", EN: "transfer"}, longest: LongestTerm, categories: []Category{Employee, Dispatched}, instead: true},
	LongLeave:  {name: fault.Text{ZH: "休假", EN: "leave of absence"}, longest: 2 * year, categories: []Category{Employee, Dispatched}, away: true},
	VendorStay: {name: fault.Text{ZH: "厂商驻场与维护", EN: "vendor's engineer"}, longest: year, pack: []string{"vendor-engineer"}, categories: []Category{Vendor}, sponsored: true, trained: true},
	Outsourced: {name: fault.Text{ZH: "外包、派遣", EN: "outsourced"}, longest: year, categories: []Category{Dispatched}, sponsored: true, trained: true},
	Outside:    {name: fault.Text{ZH: "院外人员", EN: "outsider"}, longest: year, pack: []string{"researcher"}, categories: []Category{Outsider, Visiting}, sponsored: true, trained: true},
	Retained:   {name: fault.Text{ZH: "退休返聘", EN: "reappointed after retirement"}, longest: 2 * year, categories: []Category{Employee}},
}

// Stay is a time that somebody spends here, or away, on a footing of its own.
// The appointments that it brought begin and end with it. It decides what counts,
// so its row is keyed.
type Stay struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Person     string    `db:"person"`
	Kind       StayKind  `db:"kind"`
	Department string    `db:"department"`
	Sponsor    string    `db:"sponsor"` // person who answers for it, or empty
	Vendor     string    `db:"vendor"`  // whose people they are, or empty
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`
	Programme  time.Time `db:"programme"` // beyond which it must not be extended
	Posts      []string  `db:"posts,json"`
	Homes      []Home    `db:"homes,json"`
	Ended      time.Time `db:"ended"` // zero unless ended before Until
	EndedBy    string    `db:"ended_by"`
	Made       time.Time `db:"made"`
	MadeBy     string    `db:"made_by"`
	MAC        []byte    `db:"mac"`
}

// Home is an appointment that rests during a stay, and the one by which it is
// taken up again afterwards.
type Home struct {
	Rests string    `json:"rests"`
	Again string    `json:"again,omitempty"` // none when it would have ended by then
	Until time.Time `json:"until"`           // when it would have ended
}

// End is when the stay is over.
func (s Stay) End() time.Time {
	if !s.Ended.IsZero() && s.Ended.Before(s.Until) {
		return s.Ended
	}
	return s.Until
}

// Live reports whether the stay counts at a moment.
func (s Stay) Live(at time.Time) bool { return !s.Since.After(at) && s.End().After(at) }

func (s Stay) nature() nature { return natures[s.Kind] }

// NewStay is what is asked for when somebody is to stay. A zero Since is now, a
// zero Programme is Until.
type NewStay struct {
	Person     string
	Kind       StayKind
	Department string
	Sponsor    string
	Vendor     string
	Since      time.Time
	Until      time.Time
	Programme  time.Time
	Posts      []NewPost
}

// NewPost is an appointment that comes with a stay. An empty role is the one that
// the kind brings by itself, an empty department that of the stay.
type NewPost struct {
	Role       string
	Department string
	TitleZH    string
	TitleEN    string
	Team       string
}

func (n *NewStay) complete(now time.Time) {
	if n.Since.IsZero() {
		n.Since = now
	}
	if n.Programme.IsZero() {
		n.Programme = n.Until
	}
	kind := natures[n.Kind]
	if len(n.Posts) == 0 && len(kind.pack) > 0 {
		n.Posts = []NewPost{{}}
	}
	n.Posts = slices.Clone(n.Posts)
	for i := range n.Posts {
		if n.Posts[i].Role == "" && len(kind.pack) > 0 {
			n.Posts[i].Role = kind.pack[0]
		}
		if n.Posts[i].Department == "" {
			n.Posts[i].Department = n.Department
		}
	}
}

// check wants a stay that is complete.
func (n NewStay) check(now time.Time) error {
	e := errInput.With()
	kind, known := natures[n.Kind]
	if !known {
		return e.At("kind", fault.Text{ZH: "请从人员变动的种类中选择", EN: "is not a kind of stay"})
	}
	e.MustName("department", n.Department, maxCode)
	switch {
	case n.Until.IsZero():
		e.At("until", fault.Text{ZH: "必须写明截止日期", EN: "a stay must have an end"})
	case !n.Until.After(n.Since) || !n.Until.After(now):
		e.At("until", fault.Text{ZH: "截止日期应晚于开始日期和现在", EN: "the end must be later than the beginning and than now"})
	case n.Programme.Sub(n.Since) > kind.longest:
		most := strconv.Itoa(int(kind.longest / days))
		e.At("until", fault.Text{ZH: kind.name.ZH + "最长 " + most + " 天", EN: "lasts at most " + most + " days"})
	case n.Until.After(n.Programme):
		e.At("until", fault.Text{ZH: "不得晚于培训进修的结束日期", EN: "must not be later than the end of the programme"})
	}
	if kind.sponsored && n.Sponsor == "" {
		e.At("sponsor", fault.Text{ZH: "必须指定带教或对口负责人", EN: "somebody must answer for the stay"})
	}
	if n.Sponsor != "" && n.Sponsor == n.Person {
		e.At("sponsor", fault.Text{ZH: "不能是本人", EN: "nobody answers for himself"})
	}
	if (n.Kind == VendorStay) != (n.Vendor != "") {
		e.At("vendor", fault.Text{ZH: "厂商人员必须且只有厂商人员需要选择所属服务公司", EN: "belongs to vendors' engineers, who must have one"})
	}
	if len(n.Posts) == 0 && !kind.away {
		e.At("posts", fault.Text{ZH: "请至少写明一个岗位", EN: "name at least one post"})
	}
	if len(n.Posts) > maxPosts {
		e.At("posts", fault.Text{ZH: "最多 10 个岗位", EN: "has at most 10 posts"})
	}
	n.checkPosts(e, kind, now)
	return e.OrNil()
}

const maxPosts = 10

// checkPosts holds the posts to the stay: whoever is here for a short time gets
// nothing outside of the department he came to (D-058).
func (n NewStay) checkPosts(e *fault.Error, kind nature, now time.Time) {
	for i, p := range n.Posts {
		at := "posts[" + strconv.Itoa(i) + "]."
		if kind.sponsored && p.Department != n.Department {
			e.At(at+"department", fault.Text{ZH: "短期人员的岗位只能在所在科室", EN: "must be the department of the stay"})
		}
		asked := n.appointment(p)
		if err := asked.Check(now); err != nil {
			for _, f := range fault.From(err).Fields {
				if f.Path != "until" {
					e.At(at+f.Path, f.Problem)
				}
			}
		}
	}
}

func (n NewStay) appointment(p NewPost) NewAppointment {
	return NewAppointment{
		Person: n.Person, Role: p.Role, Department: p.Department, TitleZH: p.TitleZH, TitleEN: p.TitleEN,
		Team: p.Team, Since: n.Since, Until: n.Until,
	}
}

// extraRoles are those that the kind does not bring by itself: giving them is
// appointing, and must be permitted as that.
func (n NewStay) extraRoles() bool {
	return slices.ContainsFunc(n.Posts, func(p NewPost) bool { return !slices.Contains(natures[n.Kind].pack, p.Role) })
}
