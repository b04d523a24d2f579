package staff

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// Line is one thing to be taken back from somebody who leaves or changes his post
// . Whoever owns it signs for it; until every line is signed the person is
// not cleared.
type Line struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Person     string    `db:"person"`
	Occasion   string    `db:"occasion"` // the departure or stay
	Kind       LineKind  `db:"kind"`
	What       string    `db:"what"` // in words, where the kind says too little
	Role       string    `db:"role"` // whose line it is
	Department string    `db:"department"`
	Due        time.Time `db:"due"`
	Signed     time.Time `db:"signed"` // zero while it is open
	SignedBy   string    `db:"signed_by"`
	Made       time.Time `db:"made"`
	MadeBy     string    `db:"made_by"`
	MAC        []byte    `db:"mac"`
}

// LineKind is what is to be taken back.
type LineKind string

// The kinds of line.
const (
	Devices   LineKind = "device"    // 设备
	Systems   LineKind = "system"    // 系统账号
	DataCopy  LineKind = "data"      // 数据副本
	Keys      LineKind = "key"       // 钥匙、印章
	DoorCards LineKind = "door-card" // 门禁卡
)

// LineNames are what the kinds are called.
var LineNames = map[LineKind]fault.Text{
	Devices:   {ZH: "设备与移动介质", EN: "devices and media"},
	Systems:   {ZH: "其他系统账号与远程接入", EN: "accounts of other systems and remote access"},
	DataCopy:  {ZH: "数据副本与导出文件", EN: "copies and exports of data"},
	Keys:      {ZH: "钥匙、印章与纸质病历", EN: "keys, seals and paper records"},
	DoorCards: {ZH: "门禁卡与工牌", EN: "door card and badge"},
}

// lineOwners say who takes back what by default; what a department gave it takes
// back itself.
var lineOwners = []struct {
	kind LineKind
	role string
	home bool // in the department of the person
}{
	{kind: Devices, role: "system-administrator"},
	{kind: Systems, role: "security-administrator"},
	{kind: DataCopy, role: "it-head"},
	{kind: Keys, home: true},
	{kind: DoorCards, role: "personnel"},
}

// linesDue is how long taking back may last.
const linesDue = 3 * days

// ownedBy reports whether the line is the actor's to sign.
func (l Line) ownedBy(a act.Actor) bool {
	if a.Kind != act.Person || a.ID == l.Person || !slices.Contains(a.Roles, l.Role) {
		return false
	}
	return l.Department == "" || slices.Contains(a.Departments, l.Department)
}

// NewLine is what is asked for when something particular is to be taken back.
type NewLine struct {
	Person     string
	Kind       LineKind
	What       string
	Role       string
	Department string
}

func (n NewLine) check() error {
	e := errInput.With()
	if _, known := LineNames[n.Kind]; !known {
		e.At("kind", fault.Text{ZH: "应为 device、system、data、key 或 door-card", EN: "must be device, system, data, key or door-card"})
	}
	e.MustName("what", n.What, maxName)
	e.MustName("role", n.Role, maxCode)
	e.MayName("department", n.Department, maxCode)
	return e.OrNil()
}
