package sharing

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
)

// FixMasking records the legal review of a case: which sections are disclosed beyond the
// minimum and which are masked, each with its reason. Until the case is approved
// it can be done again, and the last review counts.
func (room *Room) FixMasking(ctx context.Context, caseID string, items []Item) (Case, error) {
	if err := room.desk.Begin(ctx, "sharing.fix-masking"); err != nil {
		return Case{}, err
	}
	if err := checkItems(items); err != nil {
		return Case{}, err
	}
	subject, round, err := room.nextRound(ctx, caseID)
	if err != nil {
		return Case{}, room.desk.Missing(ctx, "sharing.fix-masking", err)
	}
	prepared := make([]Ruling, len(items))
	m := Masking{Case: caseID, Round: round}
	for i, one := range items {
		prepared[i] = Ruling{Org: act.From(ctx).Org, Case: caseID, Round: round, Document: one.Document, Section: one.Section, Disclosed: one.Disclosed, Ground: one.Ground}
		if prepared[i].Why, err = seal(subject, prepared[i], one.Reasons); err != nil {
			return Case{}, err
		}
		if one.Disclosed {
			m.Disclosed++
		} else {
			m.Masked++
		}
	}
	return room.step(ctx, "sharing.fix-masking", caseID, "fix-masking", nil, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Scoped {
			return errOrder.With("state", c.State)
		}
		if err := room.mustStandInScope(ctx, w, *c, items); err != nil {
			return err
		}
		review := m
		review.Org, review.At, review.By = c.Org, w.Now(), w.Actor().ID
		var err error
		if review.Scope, err = c.Scope.digest(); err != nil {
			return err
		}
		w.Note("disclosed", strconv.Itoa(m.Disclosed))
		w.Note("masked", strconv.Itoa(m.Masked))
		for i := range prepared {
			one := prepared[i]
			if err := rulings.Insert(ctx, w, &one); err != nil {
				return err
			}
		}
		return maskings.Insert(ctx, w, &review)
	})
}

func reasonsPlace(r Ruling) vault.Place {
	return vault.Place{Kind: "Ruling", Object: r.Case, Version: strconv.Itoa(r.Round), Field: r.Document + "/" + r.Section}
}

func seal(subject *vault.Subject, r Ruling, why Reasons) ([]byte, error) {
	text, err := json.Marshal(why)
	if err != nil {
		return nil, err
	}
	return subject.Seal(reasonsPlace(r), text)
}

// nextRound finds the key of a case's patient and the number of its next review.
func (room *Room) nextRound(ctx context.Context, caseID string) (subject *vault.Subject, round int, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		c, err := cases.Get(ctx, r, act.From(ctx).Org, caseID)
		if err != nil {
			return absent(err)
		}
		last, err := lastMasking(ctx, r, c)
		if err != nil {
			return err
		}
		round = last.Round + 1
		subject, err = room.patients.FindSubject(ctx, r, c.Org, c.Patient)
		return err
	})
	return subject, round, err
}

// lastMasking is the newest review of a case; round 0: there is none.
func lastMasking(ctx context.Context, r db.Reader, c Case) (Masking, error) {
	found, err := maskings.Select(ctx, r, "WHERE org = $1 AND case_id = $2 ORDER BY round DESC LIMIT 1", c.Org, c.ID)
	if err != nil || len(found) == 0 {
		return Masking{}, err
	}
	return found[0], nil
}

// mustStandInScope refuses rulings about what the scope does not hold.
func (room *Room) mustStandInScope(ctx context.Context, w *act.Work, c Case, items []Item) error {
	if len(items) == 0 {
		return nil
	}
	outlined, _, err := room.records.OutlinesIn(ctx, w, c.Org, c.Patient, c.Scope.holds)
	if err != nil {
		return err
	}
	stands := map[[2]string]bool{}
	for _, d := range outlined {
		for _, s := range d.Headings {
			stands[[2]string{d.ID, s.Key}] = true
		}
	}
	for i, one := range items {
		if !stands[[2]string{one.Document, one.Section}] {
			return errInput.With().At("items["+strconv.Itoa(i)+"].section", fault.Text{ZH: "该项目不在核定范围内", EN: "the scope does not hold this item"})
		}
	}
	return nil
}

// mustBeReviewed keeps an agency's case from approval until somebody ruled upon the scope
// as it stands.
func mustBeReviewed(ctx context.Context, w *act.Work, c *Case) error {
	if kind, _ := kindOf(c.Kind); !kind.narrowed() {
		return nil
	}
	last, err := lastMasking(ctx, w, *c)
	if err != nil {
		return err
	}
	scope, err := c.Scope.digest()
	if err == nil && (last.Round == 0 || !bytes.Equal(last.Scope, scope)) {
		err = errNotReviewed.With()
	}
	return err
}

// ruledUpon are the rulings of the last review of a case, open.
func (room *Room) ruledUpon(ctx context.Context, r db.Reader, c Case) ([]ruled, error) {
	last, err := lastMasking(ctx, r, c)
	if err != nil || last.Round == 0 {
		return nil, err
	}
	found, err := rulings.Select(ctx, r, "WHERE org = $1 AND case_id = $2 AND round = $3 ORDER BY document, section", c.Org, c.ID, int64(last.Round))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	subject, err := room.patients.Subject(ctx, r, c.Org, c.Patient)
	if err != nil {
		return nil, err
	}
	all := make([]ruled, len(found))
	for i, one := range found {
		all[i].Ruling = one
		text, err := subject.Open(reasonsPlace(one), one.Why)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &all[i].Reasons); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Heading is a section of a document in the scope, and what becomes of it.
type Heading struct {
	Section string `json:"section"`
	Title   string `json:"title"`
	Minimal bool   `json:"minimal" doc:"it belongs to the minimum for the kind of requester"`
	Ruling  *Item  `json:"ruling,omitempty" doc:"of the last review"`
}

// Outlined is a document in the scope of a case with its headings.
type Outlined struct {
	Document string    `json:"document"`
	Kind     string    `json:"kind"`
	Title    string    `json:"title"`
	Headings []Heading `json:"headings"`
}

// Reviewable is what a legal review rules upon.
type Reviewable struct {
	Documents []Outlined
	More      bool // the scope holds more documents than can be ruled upon
}

// Items discloses the headings of what lies in the scope of a case, without its text.
func (room *Room) Items(ctx context.Context, caseID string) (out Reviewable, err error) {
	err = room.desk.Disclose(ctx, "sharing.list-items", func(ctx context.Context, r *act.Reading) error {
		c, err := cases.Get(ctx, r, r.Actor().Org, caseID)
		if err != nil {
			return absent(err)
		}
		ties, err := room.standingIn(ctx, r, c)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, c.object(), ties...); err != nil {
			return err
		}
		if c.ScopedBy == "" {
			return errOrder.With("state", c.State)
		}
		r.Note("case", c.ID)
		r.Concerns(policy.Object{Kind: "Patient", ID: c.Patient, Patient: c.Patient})
		found, more, err := room.records.OutlinesIn(ctx, r, c.Org, c.Patient, c.Scope.holds)
		if err != nil {
			return err
		}
		said, err := room.ruledUpon(ctx, r, c)
		if err != nil {
			return err
		}
		out = Reviewable{Documents: outline(c, found, said), More: more}
		return nil
	})
	return out, err
}

func outline(c Case, found []record.Outline, said []ruled) []Outlined {
	kind, _ := kindOf(c.Kind)
	all := []Outlined{}
	for _, d := range found {
		one := Outlined{Document: d.ID, Kind: d.Kind, Title: d.Title, Headings: []Heading{}}
		for _, s := range d.Headings {
			h := Heading{Section: s.Key, Title: s.Title, Minimal: kind.minimal(s.Key)}
			for _, r := range said {
				if r.Document == d.ID && r.Section == s.Key {
					h.Ruling = &Item{Document: d.ID, Section: s.Key, Disclosed: r.Disclosed, Ground: r.Ground, Reasons: r.Reasons}
				}
			}
			one.Headings = append(one.Headings, h)
		}
		all = append(all, one)
	}
	return all
}
