package template

import (
	"time"

	"github.com/medward/medward/internal/policy"
)

// Version is one version of a form definition. Its row is keyed.
type Version struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Key         string    `db:"form_key"`
	Number      int       `db:"number"` // from 1, without a gap for each key
	Kind        string    `db:"kind"`
	TitleZH     string    `db:"title_zh"`
	TitleEN     string    `db:"title_en"`
	State       string    `db:"state"`
	Why         string    `db:"why"`          // of a return or of retiring
	Authors     []string  `db:"authors,json"` // everybody who wrote it, the last one last
	Made        time.Time `db:"made"`
	Written     time.Time `db:"written"`
	Submitted   time.Time `db:"submitted"`
	SubmittedBy string    `db:"submitted_by"`
	Digest      []byte    `db:"digest"` // SM3 of the content as it was submitted
	ApprovedBy  string    `db:"approved_by"`
	Approved    time.Time `db:"approved"`
	Since       time.Time `db:"since"` // from when on it is used
	Retired     time.Time `db:"retired"`
	RetiredBy   string    `db:"retired_by"`
	Rev         int       `db:"rev"`
	MAC         []byte    `db:"mac"`
}

// States of a version.
const (
	Draft     = "draft"
	Submitted = "submitted"
	Released  = "released"
	Retired   = "retired"
)

// At reports whether the version may be begun with at a moment. Of several that may, the
// one with the highest number is.
func (v Version) At(at time.Time) bool {
	return (v.State == Released || v.State == Retired) && !v.Since.After(at) && (v.Retired.IsZero() || v.Retired.After(at))
}

// object is the version as policy sees it. Its author is who wrote last.
func (v Version) object() policy.Object {
	return policy.Object{Kind: "Template", ID: v.ID, Org: v.Org, Author: v.Authors[len(v.Authors)-1]}
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// stored is the content of a version while it is written.
type stored struct {
	Org     string  `db:"org,key"`
	ID      string  `db:"id,key"`
	Content Content `db:"content,json"`
}

// Release is what was released, which never changes.
type Release struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"` // of the version
	Key        string    `db:"form_key"`
	Number     int       `db:"number"`
	Content    Content   `db:"content,json"`
	Digest     []byte    `db:"digest"` // SM3 of the content
	Authors    []string  `db:"authors,json"`
	ApprovedBy string    `db:"approved_by"`
	Approved   time.Time `db:"approved"`
	Since      time.Time `db:"since"`
}
