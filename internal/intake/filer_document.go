package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
)

// correctedBySource is the reason of a version that a feed brings.
const correctedBySource = "来源系统更正"

// filed is what a document of the source is here.
type filed struct {
	document string // empty where it was not filed
	content  string // keyed digest of what it says
}

// file files a document under the number that the source gives it: a new one, or
// a new version of one that is not signed.
func (m *filer) file(ctx context.Context, scope, key string, stay patient.Encounter, f record.Filing, attached []attachment) (filed, error) {
	all := len(filledSections(f.Content.Sections))
	f.Content.Sections = shown(f.Content.Sections)
	if len(f.Content.Sections) == 0 {
		m.found(ruleNoText.warning(m.body))
		return filed{}, nil
	}
	if len(f.Content.Sections) < all {
		m.found(ruleTooMuchText.warning(m.body))
	}
	f.Patient, f.Encounter, f.Source = m.who.id, stay.ID, m.source.ID
	f.Department = cmp.Or(stay.Department, f.Department)
	f.Title = clip(f.Title, longestTitle)
	if now := m.room.desk.Now(); f.At.After(now) {
		f.At = now
	}
	content, err := m.contentOfDocument(f.Content, attached)
	if err != nil {
		return filed{}, err
	}
	e, known, err := m.recall(ctx, scope, key)
	if err != nil || known && e.Content == content {
		return filed{e.Object, content}, err
	}
	if known {
		return filed{e.Object, content}, m.amend(ctx, e, key, content, f.Content, attached)
	}
	p, err := m.room.records.PrepareFiling(ctx, m.who.subject, f)
	if err != nil {
		return filed{}, err
	}
	m.remember(e, false, scope, key, "Document", p.ID(), content)
	registered := m.who.prepared
	m.unit.finally(documentRows, func(ctx context.Context, w *act.Work) error {
		if registered != nil && f.Encounter == "" {
			return m.room.records.FileStaged(ctx, w, p, registered.Known(), patient.Encounter{})
		}
		return m.room.records.FileIn(ctx, w, p)
	})
	m.learn(func(d *dossier) { d.versions[p.ID()] = 1 })
	return filed{p.ID(), content}, m.attach(ctx, p.ID(), 1, attached)
}

func filledSections(all []record.Section) []record.Section {
	return slices.DeleteFunc(slices.Clone(all), func(s record.Section) bool { return strings.TrimSpace(s.Text) == "" })
}

// amend brings the next version of a document. One that this run filed may not
// be written yet: it is prepared within the act.
func (m *filer) amend(ctx context.Context, e entryRow, key, content string, c record.Content, attached []attachment) error {
	base, ours := m.who.versions[e.Object]
	prepare := func(ctx context.Context, r db.Reader) (*record.PreparedAmendment, error) {
		return m.room.records.PrepareAmendmentFrom(ctx, r, record.Amendment{Document: e.Object, Base: base, Content: c, Reason: correctedBySource})
	}
	var before *record.PreparedAmendment
	if !ours {
		err := m.room.look(ctx, func(r db.Reader) (err error) {
			if base, err = m.room.records.VersionOf(ctx, r, m.org, e.Object); err != nil {
				return err
			}
			before, err = prepare(ctx, r)
			return err
		})
		if err != nil {
			return err
		}
	}
	m.remember(e, true, e.Scope, key, "Document", e.Object, content)
	m.unit.finally(documentRows, func(ctx context.Context, w *act.Work) (err error) {
		p := before
		if p == nil {
			if p, err = prepare(ctx, w); err != nil {
				return err
			}
		}
		return m.room.records.AmendIn(ctx, w, p)
	})
	m.learn(func(d *dossier) { d.versions[e.Object] = base + 1 })
	return m.attach(ctx, e.Object, base+1, attached)
}
