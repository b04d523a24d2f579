package identity

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
)

// faceConsent is the kind of pledge by which somebody agrees to be known by his face.
const faceConsent = "face"

// FaceTerms are what somebody reads before he agrees: the statement of the way that is
// open, and its revision.
func (r *Room) FaceTerms(ctx context.Context) (Way, error) { return r.openWayOf(ctx, FaceWay) }

// BeginFace begins to enrol the caller's face: he signs the statement that he has read,
// by its revision, before anything is looked at. Who has no other way of signing in is
// not enrolled: the face is always only one of several.
func (r *Room) BeginFace(ctx context.Context, agreed int64) (ScanBegun, error) {
	const verb = "identity.enrol-face"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return ScanBegun{}, err
	}
	who, err := r.callerOf(ctx)
	if err != nil {
		return ScanBegun{}, err
	}
	own := who.account
	way, err := r.FaceTerms(ctx)
	if err != nil {
		return ScanBegun{}, err
	}
	f := Face{Org: own.Org, ID: id.New(r.desk.Now()), Way: way.ID, Account: own.ID, Person: own.Person}
	word, err := r.staff.PreparePledge(ctx, faceConsent, f.ID, way.Settings.Face.Statement)
	if err != nil {
		return ScanBegun{}, err
	}
	err = r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(own)); err != nil {
			return err
		}
		if way.Rev != agreed {
			return errFaceTerms.With()
		}
		if err := r.hasAnotherWay(ctx, w, own); err != nil {
			return err
		}
		w.Note("state", "agreed")
		w.Note("face", f.ID)
		return staff.PledgeIn(ctx, w, word)
	})
	if err != nil {
		return ScanBegun{}, r.doubted(ctx, err)
	}
	if err := r.mayStart(ctx, scopeBinding, own.ID); err != nil {
		return ScanBegun{}, err
	}
	begun, kept, err := r.showFace(ctx, way, faced{Use: useBind, Face: f.ID}, FaceQuestion{})
	if err != nil {
		return ScanBegun{}, err
	}
	c := ceremony{Org: own.Org, ID: id.New(r.desk.Now()), Account: own.ID}
	begun.Ceremony = c.ID
	return begun, r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		return keepCeremony(ctx, w, c, kept, r.desk.Now())
	})
}

// hasAnotherWay refuses whoever could sign in by nothing but his face. Into a
// demonstration everybody comes by choice.
func (r *Room) hasAnotherWay(ctx context.Context, v db.Reader, a Account) error {
	if a.Password != "" || r.demo {
		return nil
	}
	open, err := openWays(ctx, v, a.Org)
	if err == nil && !slices.ContainsFunc(open, func(w Way) bool { return w.Kind == Directory || w.Kind == Provider }) {
		err = errOnlyFace.With()
	}
	return err
}

// EnrolFace keeps the template that was made, sealed under the caller's own key, in the
// place of the one before it.
func (r *Room) EnrolFace(ctx context.Context, ceremony, browser string) (Face, error) {
	const verb = "identity.enrol-face"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return Face{}, err
	}
	who, err := r.callerOf(ctx)
	if err != nil {
		return Face{}, err
	}
	own := who.account
	way, kept, answer, err := r.faceTaken(ctx, ceremony, browser, own.ID, useBind)
	if err != nil {
		return Face{}, err
	}
	if !way.Settings.Face.saw(answer) || len(answer.Template) == 0 {
		return Face{}, errNotLive.With()
	}
	f := Face{Org: own.Org, ID: kept.Face, Way: way.ID, Account: own.ID, Person: own.Person, Live: answer.Live, Made: r.desk.Now()}
	key, err := r.subjectOf(ctx, f.Org, f.Person)
	if err != nil {
		return Face{}, err
	}
	if f.Template, err = key.Seal(f.place(), answer.Template); err != nil {
		return Face{}, err
	}
	err = r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, objectOf(own)); err != nil {
			return err
		}
		word, given, err := staff.PledgeOf(ctx, w, f.Org, faceConsent, f.ID, f.Person)
		if err == nil && !given {
			err = errFaceTerms.With()
		}
		if err != nil {
			return err
		}
		f.Pledge = word.ID
		if err := eraseFaces(ctx, w, own, faceReplaced); err != nil {
			return err
		}
		w.Note("state", "enrolled")
		w.Note("face", f.ID)
		w.Note("live", strconv.FormatInt(f.Live, 10))
		if err := faces.Insert(ctx, w, &f); err != nil {
			return err
		}
		return r.tell(ctx, w, own.Person, ToldLinked, f.ID)
	})
	return f, r.doubted(ctx, err)
}

// EndFace erases a template at once: of the caller's own face, or somebody's for whom the
// security administrator does it.
func (r *Room) EndFace(ctx context.Context, face string) error {
	err := r.desk.Do(ctx, "identity.end-face", func(ctx context.Context, w *act.Work) error {
		f, err := faces.Get(ctx, w, w.Actor().Org, face)
		if errors.Is(err, db.ErrNone) {
			return errNoFace.Because(err)
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(Account{Org: f.Org, ID: f.Account, Person: f.Person})); err != nil {
			return err
		}
		if !f.Ended.IsZero() {
			return errNoFace.With()
		}
		why := faceRemoved
		if f.Person == w.Actor().ID {
			why = faceWithdrawn
		}
		return eraseFace(ctx, w, &f, why)
	})
	return r.doubted(ctx, err)
}

// eraseFaces erases the templates of an account.
func eraseFaces(ctx context.Context, w *act.Work, a Account, why string) error {
	has, err := facesOf(ctx, w, a.Org, a.ID)
	for i := range has {
		if err == nil && has[i].Ended.IsZero() {
			err = eraseFace(ctx, w, &has[i], why)
		}
	}
	return err
}

func eraseFace(ctx context.Context, w *act.Work, f *Face, why string) error {
	w.Note("erased", f.ID)
	w.Note("why", why)
	f.Template, f.Ended, f.EndedBy, f.Why = nil, w.Now(), w.Actor().ID, why
	return faces.Update(ctx, w, f)
}

// eraseClosed erases the templates of accounts that cannot be used any more.
func (r *Room) eraseClosed(ctx context.Context) error {
	var left []Face
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		left, err = facesOfClosed(ctx, v, r.org)
		return err
	})
	for _, f := range left {
		of := Account{Org: f.Org, ID: f.Account, Person: f.Person}
		err = errors.Join(err, r.desk.Do(ctx, "identity.reconcile", func(ctx context.Context, w *act.Work) error {
			if err := w.Permit(ctx, objectOf(of)); err != nil {
				return err
			}
			return eraseFaces(ctx, w, of, faceClosed)
		}))
	}
	return err
}
