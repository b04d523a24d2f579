package privilege

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// listNewest lists the rows of a table, newest first.
func listNewest[T any](ctx context.Context, room *Room, t *db.Table[T], p web.Paging, idOf func(T) string, people func(T) []string) (staff.Paged[T], error) {
	var l staff.Paged[T]
	var before string
	if _, err := web.DecodeCursor(p.Cursor, &before); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "privilege.list", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		rows, err := newest(ctx, r, t, r.Actor().Org, before, limit)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(rows, limit, idOf); err != nil {
			return err
		}
		var named []string
		for _, row := range l.Items {
			named = append(named, people(row)...)
		}
		l.Names, err = namesOf(ctx, r, named)
		return err
	})
	return l, err
}

func namesOf(ctx context.Context, r *act.Reading, people []string) (map[string]staff.Name, error) {
	return staff.Names(ctx, r, r.Actor().Org, slices.DeleteFunc(people, func(p string) bool { return p == "" }), r.Now())
}

// ListChanges lists changes, newest first.
func (room *Room) ListChanges(ctx context.Context, p web.Paging) (staff.Paged[Change], error) {
	return listNewest(ctx, room, changes, p, func(c Change) string { return c.ID }, Change.people)
}

// ListEnvelopes lists envelopes, newest first.
func (room *Room) ListEnvelopes(ctx context.Context, p web.Paging) (staff.Paged[Envelope], error) {
	return listNewest(ctx, room, envelopes, p, func(e Envelope) string { return e.ID }, func(e Envelope) []string { return []string{e.FirstBy, e.SecondBy, e.MadeBy} })
}

// ListCheckouts lists uses of credentials, newest first.
func (room *Room) ListCheckouts(ctx context.Context, p web.Paging) (staff.Paged[Checkout], error) {
	return listNewest(ctx, room, checkouts, p, func(c Checkout) string { return c.ID }, func(c Checkout) []string { return []string{c.AskedBy, c.ApprovedBy} })
}

// ListSessions lists privileged sessions, newest first.
func (room *Room) ListSessions(ctx context.Context, p web.Paging) (staff.Paged[Session], error) {
	return listNewest(ctx, room, sessions, p, func(s Session) string { return s.ID }, Session.people)
}

// ListRecordings lists what other systems have recorded, newest first.
func (room *Room) ListRecordings(ctx context.Context, p web.Paging) (staff.Paged[Recording], error) {
	return listNewest(ctx, room, recordings, p, func(r Recording) string { return r.ID }, func(Recording) []string { return nil })
}

// ListFindings lists findings, newest first.
func (room *Room) ListFindings(ctx context.Context, p web.Paging) (staff.Paged[Finding], error) {
	return listNewest(ctx, room, findings, p, func(f Finding) string { return f.ID }, func(f Finding) []string { return []string{f.Person, f.DisposedBy} })
}

// Rounds discloses when rows were looked at last, and the tables that a change may
// name.
func (room *Room) Rounds(ctx context.Context) ([]Round, error) {
	var all []Round
	err := room.desk.Disclose(ctx, "privilege.list", func(ctx context.Context, r *act.Reading) (err error) {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		all, err = rounds.Select(ctx, r, "WHERE org = $1 ORDER BY kind", r.Actor().Org)
		return err
	})
	return all, err
}

func (c Change) people() []string {
	return []string{c.AskedBy, c.ReviewedBy, c.ApprovedBy, c.ClosedBy}
}

func (s Session) people() []string { return []string{s.AskedBy, s.ApprovedBy, s.ReviewedBy} }

// SeenChange is a change with what it says and what it touched.
type SeenChange struct {
	Change
	Why      string
	Text     string // the script
	Said     string // the result, or why it was refused
	Captures []Capture
	Findings []Finding
	Names    map[string]staff.Name
}

// ViewChange discloses a change with its script.
func (room *Room) ViewChange(ctx context.Context, change string) (SeenChange, error) {
	var s SeenChange
	err := room.desk.Disclose(ctx, "privilege.view", func(ctx context.Context, r *act.Reading) (err error) {
		s = SeenChange{}
		if s.Change, err = changes.Get(ctx, r, r.Actor().Org, change); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, s.object()); err != nil {
			return err
		}
		r.Note("change", s.ID)
		for _, part := range []struct {
			field  string
			sealed []byte
			into   *string
		}{{"reason", s.Reason, &s.Why}, {"script", s.Script, &s.Text}, {"result", s.Result, &s.Said}} {
			if *part.into, err = room.open(ctx, r, s.Org, place("Change", s.ID, part.field), part.sealed); err != nil {
				return err
			}
		}
		if s.Captures, err = capturesOf(ctx, r, s.Org, s.ID); err != nil {
			return err
		}
		if s.Findings, err = findingsUnder(ctx, r, s.Org, s.ID); err != nil {
			return err
		}
		s.Names, err = namesOf(ctx, r, s.people())
		return err
	})
	return s, err
}

// SeenSession is a session with its reason.
type SeenSession struct {
	Session
	Why   string
	Names map[string]staff.Name
}

// ViewSession discloses a session without what was recorded.
func (room *Room) ViewSession(ctx context.Context, session string) (SeenSession, error) {
	var s SeenSession
	err := room.desk.Disclose(ctx, "privilege.view", func(ctx context.Context, r *act.Reading) (err error) {
		if s.Session, err = sessions.Get(ctx, r, r.Actor().Org, session); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, s.object()); err != nil {
			return err
		}
		r.Note("session", s.ID)
		if s.Why, err = room.open(ctx, r, s.Org, place("Session", s.ID, "reason"), s.Reason); err != nil {
			return err
		}
		s.Names, err = namesOf(ctx, r, s.people())
		return err
	})
	return s, err
}

// SeenRecording is what another system has recorded, with its commands.
type SeenRecording struct {
	Recording
	Ran []Command
}

// ReplayRecording discloses the commands of a recording, to the auditor alone.
func (room *Room) ReplayRecording(ctx context.Context, recording string) (SeenRecording, error) {
	var s SeenRecording
	err := room.desk.Disclose(ctx, "privilege.replay", func(ctx context.Context, r *act.Reading) (err error) {
		if s.Recording, err = recordings.Get(ctx, r, r.Actor().Org, recording); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, object(s.Org, s.ID, "")); err != nil {
			return err
		}
		r.Note("recording", s.ID)
		text, err := room.open(ctx, r, s.Org, place("Recording", s.ID, "commands"), s.Commands)
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(text), &s.Ran)
	})
	return s, err
}

// SeenCheckout is a use of a credential with its reason.
type SeenCheckout struct {
	Checkout
	Why   string
	Names map[string]staff.Name
}

// ViewCheckout discloses a use of a credential, never the credential.
func (room *Room) ViewCheckout(ctx context.Context, checkout string) (SeenCheckout, error) {
	var s SeenCheckout
	err := room.desk.Disclose(ctx, "privilege.view", func(ctx context.Context, r *act.Reading) (err error) {
		if s.Checkout, err = checkouts.Get(ctx, r, r.Actor().Org, checkout); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, s.object()); err != nil {
			return err
		}
		r.Note("checkout", s.ID)
		if s.Why, err = room.open(ctx, r, s.Org, place("Checkout", s.ID, "reason"), s.Reason); err != nil {
			return err
		}
		s.Names, err = namesOf(ctx, r, []string{s.AskedBy, s.ApprovedBy})
		return err
	})
	return s, err
}
