package template

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// Body is a version on the wire.
type Body struct {
	ID          string     `json:"id"`
	Key         string     `json:"key"`
	Number      int        `json:"number"`
	Kind        string     `json:"kind" enum:"document,register,application"`
	TitleZH     string     `json:"titleZh"`
	TitleEN     string     `json:"titleEn"`
	State       string     `json:"state" enum:"draft,submitted,released,retired"`
	Used        bool       `json:"used" doc:"it may be begun with now"`
	Why         string     `json:"why,omitempty" doc:"why it was returned or retired"`
	Authors     []string   `json:"authors" nullable:"false"`
	Made        time.Time  `json:"made"`
	Written     time.Time  `json:"written"`
	Submitted   *time.Time `json:"submitted,omitempty"`
	SubmittedBy string     `json:"submittedBy,omitempty"`
	Digest      string     `json:"digest,omitempty" doc:"SM3 of the content as it was submitted, hexadecimal"`
	ApprovedBy  string     `json:"approvedBy,omitempty"`
	Approved    *time.Time `json:"approved,omitempty"`
	Since       *time.Time `json:"since,omitempty" doc:"from when on it is used"`
	Retired     *time.Time `json:"retired,omitempty"`
	RetiredBy   string     `json:"retiredBy,omitempty"`
	Rev         int        `json:"rev"`
}

func wireVersion(v Version, now time.Time) Body {
	return Body{
		ID: v.ID, Key: v.Key, Number: v.Number, Kind: v.Kind, TitleZH: v.TitleZH, TitleEN: v.TitleEN, State: v.State, Used: v.At(now), Why: v.Why,
		Authors: append([]string{}, v.Authors...), Made: v.Made, Written: v.Written, Submitted: web.Moment(v.Submitted), SubmittedBy: v.SubmittedBy,
		Digest: hex.EncodeToString(v.Digest), ApprovedBy: v.ApprovedBy, Approved: web.Moment(v.Approved), Since: web.Moment(v.Since),
		Retired: web.Moment(v.Retired), RetiredBy: v.RetiredBy, Rev: v.Rev,
	}
}

// WritingBody is a content that is written or tried.
type WritingBody struct {
	Content Content `json:"content"`
}

// ReasonBody says why a step is taken on the version that its reader has before him.
type ReasonBody struct {
	Rev   int    `json:"rev"`
	Words string `json:"words" maxLength:"4000" doc:"why"`
}

// ListBody is a page of versions.
type ListBody struct {
	web.Page[Body]
	Names map[string]staff.NameBody `json:"names"`
}

// ReportBody is what keeps a content from being submitted.
type ReportBody struct {
	Defects  []Defect  `json:"defects" nullable:"false"`
	Outcomes []Outcome `json:"outcomes" nullable:"false" doc:"of each sample, in order; none while the definition cannot be read"`
}

// SeenBody is a version with all that it holds.
type SeenBody struct {
	Body
	Content Content                   `json:"content"`
	Report  ReportBody                `json:"report"`
	Base    int                       `json:"base,omitempty" doc:"number of the version released before it"`
	Changes []Change                  `json:"changes" nullable:"false" doc:"in what it differs from that"`
	Names   map[string]staff.NameBody `json:"names"`
}

func wireSeen(s Seen, now time.Time) SeenBody {
	return SeenBody{
		Body: wireVersion(s.Version, now), Content: s.Content, Report: ReportBody(s.Report), Base: s.Base, Changes: append([]Change{}, s.Changes...), Names: staff.WireNames(s.Names),
	}
}
