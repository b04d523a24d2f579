package record

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Origin says from which other institution a document came (C-069). A document without
// one was written here. It closes content, so its row is keyed.
type Origin struct {
	Org         string    `db:"org,key"`
	Document    string    `db:"document,key"`
	Patient     string    `db:"patient"`
	Institution string    `db:"institution"` // as the document names it
	Code        string    `db:"code"`        // of the institution, where the document says it
	At          time.Time `db:"at"`
	MAC         []byte    `db:"mac"`
}

var origins = db.Define[Origin]("record_origin", db.AsFinal)

const maxInstitution = 200

// Institution is who answers for a document, as the document says.
type Institution struct{ Name, Code string }

// elsewhere reports whether an institution is named and is not this one.
func (i Institution) elsewhere(own []string) bool {
	return i.Name != "" && len(own) > 0 && !slices.ContainsFunc(own, func(name string) bool { return strings.EqualFold(strings.TrimSpace(i.Name), name) })
}

// standing is what decides beyond its row whether a document opens: from where it came,
// and by which authorisation it may be read.
type standing struct {
	origin        *Origin // nil: it was written here
	authorisation string
}

func (s standing) unauthorised() bool { return s.origin != nil && s.authorisation == "" }

// standingOf finds from where a document came. What nobody reported was written here, and
// costs no question.
func (room *Room) standingOf(ctx context.Context, r db.Reader, d Document, at time.Time) (standing, error) {
	if d.Source == "" || room.agreements.Opened == nil {
		return standing{}, nil
	}
	found, err := origins.Select(ctx, r, "WHERE org = $1 AND document = $2", d.Org, d.ID)
	if err != nil || len(found) == 0 {
		return standing{}, err
	}
	open, err := room.agreements.Opened(ctx, r, d.Org, []string{d.Patient}, at)
	return standing{&found[0], open[d.Patient]}, err
}

// standingsOf is the like for the documents of one patient, by their ids. Those that
// were written here are missing.
func (room *Room) standingsOf(ctx context.Context, r db.Reader, org, patient string, at time.Time) (map[string]standing, error) {
	if room.agreements.Opened == nil {
		return nil, nil
	}
	found, err := origins.Select(ctx, r, "WHERE org = $1 AND patient = $2", org, patient)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	open, err := room.agreements.Opened(ctx, r, org, []string{patient}, at)
	all := make(map[string]standing, len(found))
	for i, o := range found {
		all[o.Document] = standing{&found[i], open[patient]}
	}
	return all, err
}

// object is a document that was found as policy sees it.
func (f found) object(discharged bool) policy.Object {
	o := f.Document.object(discharged)
	o.Unauthorised = f.standing.unauthorised()
	return o
}

// note writes down that something of another institution was opened, and by what.
func (s standing) note(r *act.Reading) {
	if s.origin == nil {
		return
	}
	r.Note("institution", s.origin.Institution)
	if s.authorisation != "" {
		r.Note("authorisation", s.authorisation)
	}
}

// keepOrigin writes down that a document which a feed brings came from elsewhere.
func (room *Room) keepOrigin(ctx context.Context, w *act.Work, d Document, from Institution) error {
	if d.Source == "" || !from.elsewhere(room.agreements.Own) {
		return nil
	}
	return origins.Insert(ctx, w, &Origin{Org: d.Org, Document: d.ID, Patient: d.Patient, Institution: clip(from.Name), Code: clip(from.Code), At: w.Now()})
}

// clip is as much of a name as a row takes.
func clip(name string) string {
	letters := []rune(strings.TrimSpace(name))
	return string(letters[:min(len(letters), maxInstitution)])
}

func (o *Origin) name() string {
	if o == nil {
		return ""
	}
	return o.Institution
}

func (s standing) elsewhere() Elsewhere {
	return Elsewhere{s.origin.name(), s.unauthorised()}
}

// title is what a list may call a document: a title can say what the document tells.
func (s standing) title(d Document) string {
	if s.unauthorised() {
		return ""
	}
	return d.Title
}
