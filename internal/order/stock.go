package order

import (
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// States of stock.
const (
	InStock = "in-stock"
	Low     = "low"
	Out     = "out"
)

// Stock is how much of an item a pharmacy has, as its system reported it last.
type Stock struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Source   string    `db:"source"`
	Place    string    `db:"place"` // the pharmacy, in the words of its system
	Code     string    `db:"code"`
	Item     string    `db:"item"` // keyed digest of the code, as orders keep it
	Name     string    `db:"name"`
	State    string    `db:"state"`
	Quantity string    `db:"quantity"` // as its system writes it
	Unit     string    `db:"unit"`
	Since    time.Time `db:"since"` // when the state began
	Said     time.Time `db:"said"`  // when its system says that this was so
	Heard    time.Time `db:"heard"`
	Rev      int       `db:"rev"`
}

// Stocked is what a system says of an item.
type Stocked struct {
	Code     string
	Name     string
	Place    string
	State    string
	Quantity string
	Unit     string
	At       time.Time
}

const (
	longestCode = 64
	longestName = 200
	// mostStocked bounds what one report says.
	mostStocked = 200
	// ahead is how far the clock of a system may be before ours.
	ahead = 10 * time.Minute
)

func checkStock(all []Stocked, now time.Time) error {
	e := errInput.With()
	if len(all) == 0 || len(all) > mostStocked {
		return e.At("items", fault.Text{ZH: fmt.Sprintf("每次报告 1 至 %d 项", mostStocked), EN: fmt.Sprintf("report 1 to %d items at once", mostStocked)})
	}
	for i, s := range all {
		path := fmt.Sprintf("items[%d].", i)
		e.MustName(path+"code", s.Code, longestCode)
		e.MustName(path+"name", s.Name, longestName)
		e.MustName(path+"place", s.Place, longestName)
		e.MayName(path+"quantity", s.Quantity, longestCode)
		e.MayName(path+"unit", s.Unit, longestCode)
		if s.State != InStock && s.State != Low && s.State != Out {
			e.At(path+"state", fault.Text{ZH: "状态应为 in-stock、low 或 out", EN: "the state is in-stock, low or out"})
		}
		if s.At.IsZero() || s.At.After(now.Add(ahead)) {
			e.At(path+"at", fault.Text{ZH: "请填写该状态的时间，且不得晚于现在", EN: "say when this was so; it cannot lie ahead"})
		}
	}
	return e.OrNil()
}
