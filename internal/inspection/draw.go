package inspection

import (
	"bytes"
	"encoding/hex"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"github.com/medward/medward/internal/policy"
)

// Kinds of what can be drawn.
const (
	Patient = "patient"
	Person  = "person"
	Leaver  = "leaver" // somebody who left within some days
	Sealed  = "seal"   // a sealed case, live or lifted
	Glass   = "glass"  // a break-glass
	Granted = "grant"  // a grant, live or ended
)

// Draw is one case for an inspection: drawn by lot, or named. Its row is keyed.
type Draw struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Kind       string    `db:"kind"`
	Named      bool      `db:"named"`      // the subject was named and not drawn
	Days       int       `db:"days"`       // how far back the frame goes; 0: all
	Prepared   time.Time `db:"prepared"`   // when the frame was laid down
	By         string    `db:"by_person"`  //
	Size       int       `db:"size"`       // of the frame
	Digest     []byte    `db:"digest"`     // SM3 of the frame's text
	Checkpoint string    `db:"checkpoint"` // the newest signed note at that moment
	Number     int64     `db:"number"`     // that the inspector said; -1 before
	Chosen     int       `db:"chosen"`     // place in the frame, from 0; -1 before
	Subject    string    `db:"subject"`    // id of what came of it
	Drawn      time.Time `db:"drawn"`
	DrawnBy    string    `db:"drawn_by"`
	MAC        []byte    `db:"mac"`
}

// undrawn stands where no number was said yet.
const undrawn = -1

// MaxNumber bounds the number that an inspector says.
const MaxNumber = 1_000_000_000

// Ready reports whether there is a subject to answer about.
func (d Draw) Ready() bool { return d.Subject != "" }

// Seed is what the draw is reckoned from: SM3 over the checkpoint, the frame's digest
// and the number, as docs/format/inspection.md says.
func (d Draw) Seed() []byte {
	sum := sm3.Sum([]byte(strings.Join([]string{
		"medward draw 1", d.Kind, hex.EncodeToString(d.Digest), strconv.Itoa(d.Size), strconv.FormatInt(d.Number, 10), d.Checkpoint,
	}, "\n")))
	return sum[:]
}

// Index is the place in the frame to which the seed leads. The frame must not be empty.
func (d Draw) Index() int {
	seed := new(big.Int).SetBytes(d.Seed())
	return int(seed.Mod(seed, big.NewInt(int64(d.Size))).Int64())
}

// Comes reports whether the draw comes out of a frame: the frame has its digest, and
// the seed leads to the subject.
func (d Draw) Comes(ids []string) bool {
	return d.Size == len(ids) && d.Size > 0 && bytes.Equal(d.Digest, digestOf(ids)) && d.Chosen == d.Index() && d.Subject == ids[d.Chosen]
}

func (d Draw) object() policy.Object {
	return policy.Object{Kind: "Inspection", ID: d.ID, Org: d.Org}
}

// text is a frame as it is digested: one id on a line, in order.
func text(ids []string) string { return strings.Join(ids, "\n") }

func digestOf(ids []string) []byte {
	sum := sm3.Sum([]byte(text(ids)))
	return sum[:]
}
