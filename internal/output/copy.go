package output

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/sm"
)

// maxExcerpt bounds what is copied at a time, in characters.
const maxExcerpt = 5000

// Copy counts that somebody takes text of a document into the clipboard, and returns
// the line that goes with it.
func (room *Room) Copy(ctx context.Context, document string, version, characters int) (Made, error) {
	if err := room.desk.Begin(ctx, "output.copy"); err != nil {
		return Made{}, err
	}
	if characters < 1 || characters > maxExcerpt {
		return Made{}, errInput.With().At("characters", fault.Text{ZH: "一次最多复制 5000 字", EN: "at most 5000 characters at a time"})
	}
	profile, err := room.profileFor(ctx, "care", func(Profile) bool { return true })
	if err != nil {
		return Made{}, err
	}
	views, err := room.read(ctx, []Wanted{{document, version}})
	if err != nil {
		return Made{}, err
	}
	m, err := room.excerpt(ctx, profile, views[0], characters)
	if err != nil {
		return Made{}, err
	}
	err = room.desk.Do(ctx, "output.copy", func(ctx context.Context, w *act.Work) error {
		known, err := room.patients.Find(ctx, w, m.Org, m.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, documentObject(views[0].Document, known)); err != nil {
			return err
		}
		if err := room.countIn(ctx, w, profile, []string{m.Patient}); err != nil {
			return err
		}
		w.Note("issue", m.ID)
		w.Note("characters", strconv.Itoa(characters))
		return issues.Insert(ctx, w, &m.Issue)
	})
	return m, err
}

func (room *Room) excerpt(ctx context.Context, p Profile, v *record.View, characters int) (Made, error) {
	actor, now := act.From(ctx), room.desk.Now()
	m := Made{Issue: Issue{
		Org: actor.Org, ID: id.New(now), Kind: Copied, Profile: p.ID, Patient: v.Patient, Documents: sheetsOf([]*record.View{v}), Copies: 1, Lines: characters, Patients: 1,
		Purpose: actor.Purpose, Person: actor.ID, Session: actor.Session, Terminal: actor.Terminal, At: now,
	}}
	m.Serial, m.Digest = serialOf(m.ID, now), contentDigest(m.Documents)
	code, err := room.marked(&m.Issue)
	if err != nil {
		return m, err
	}
	m.Code = code.String()
	m.Bytes = []byte("[医守 " + m.Serial + " " + m.Code + "]")
	digest := sm.Sum(m.Bytes)
	m.File = digest[:]
	return m, nil
}
