package identity

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// AskFace begins a sign-in by the face of whoever has a name here. One is compared with
// one: nobody is searched for among all. A name that has no face, or is of nobody, is
// looked at like the others and matches nobody. What fails here slows no password.
func (r *Room) AskFace(ctx context.Context, name string, browserKey []byte) (ScanBegun, error) {
	const verb = "identity.sign-in"
	if err := checkBrowserKey(browserKey); err != nil {
		return ScanBegun{}, err
	}
	if err := r.mustComeThroughTunnel(ctx, verb); err != nil {
		return ScanBegun{}, err
	}
	way, err := r.openWayOf(ctx, FaceWay)
	if err != nil {
		return ScanBegun{}, err
	}
	name = canonicalName(name)
	t := r.newTry(ctx, verb, "face\n"+name)
	if err := r.mayStart(ctx, scopeScan, t.counts[scopeScan]); err != nil {
		r.countNobody(ctx, verb)
		return ScanBegun{}, err
	}
	account, wait, err := r.beforeHash(ctx, t, name)
	if err != nil {
		return ScanBegun{}, err
	}
	if wait > 0 {
		r.countNobody(ctx, verb)
		return ScanBegun{}, waitFor(wait)
	}
	face, template, err := r.templateOf(ctx, account)
	if err != nil {
		return ScanBegun{}, err
	}
	begun, kept, err := r.showFace(ctx, way, faced{Use: useSignIn, Face: face, BrowserKey: browserKey, Counts: t.counts}, FaceQuestion{Compare: true, Template: template})
	if err != nil {
		return ScanBegun{}, err
	}
	begun.Ceremony, err = r.beginCeremony(ctx, kept)
	return begun, err
}

// templateOf opens the template of an account; nothing where it has none.
func (r *Room) templateOf(ctx context.Context, a Account) (face string, template []byte, err error) {
	var has []Face
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		has, err = facesOf(ctx, v, r.org, a.ID)
		return err
	})
	if err != nil {
		return "", nil, r.doubted(ctx, err)
	}
	for _, f := range has {
		if !f.Ended.IsZero() {
			continue
		}
		key, err := r.subjectOf(ctx, f.Org, f.Person)
		if err != nil {
			return "", nil, err
		}
		template, err = key.Open(f.place(), f.Template)
		return f.ID, template, err
	}
	return "", nil, nil
}

// SignInByFace lets in who was seen to be whom he named, living. It is one factor: where
// he has a second and shows no code for it, the screen of his session begins locked.
func (r *Room) SignInByFace(ctx context.Context, ceremony, browser, code string) (Admission, error) {
	const verb = "identity.sign-in"
	way, kept, answer, err := r.faceTaken(ctx, ceremony, browser, "", useSignIn)
	if err != nil {
		return Admission{}, err
	}
	var f Face
	var of Account
	var wants []Factor
	err = r.desk.Look(ctx, func(v db.Reader) (err error) {
		if f, err = faces.Get(ctx, v, r.org, kept.Face); err != nil {
			return err
		}
		if of, err = findAccount(ctx, v, r.org, f.Account); err != nil {
			return err
		}
		wants, err = liveFactors(ctx, v, r.org, of.ID)
		return err
	})
	t := try{verb: verb, who: act.From(ctx), counts: kept.Counts}
	switch {
	case errors.Is(err, db.ErrNone):
		return Admission{}, r.fail(ctx, t, Account{}, whyFace, errFace.With())
	case err != nil:
		return Admission{}, r.doubted(ctx, err)
	case !way.Settings.Face.saw(answer):
		return Admission{}, r.fail(ctx, t, of, whyNotLive, errFace.With())
	case !answer.Matches || !f.Ended.IsZero():
		return Admission{}, r.fail(ctx, t, of, whyFace, errFace.With())
	}
	shown := proof{means: ByFace, browserKey: kept.BrowserKey, wanting: code == "" && len(wants) > 0}
	if code != "" {
		if shown.second, err = r.mustShow(ctx, t, of, code); err != nil {
			return Admission{}, err
		}
	}
	shown.second.face, shown.second.live = f.ID, answer.Live
	return r.admit(ctx, t, of, shown)
}

// useFace keeps that a face was used, and how surely it was alive.
func useFace(ctx context.Context, w *act.Work, org string, shown second) error {
	f, err := faces.Get(ctx, w, org, shown.face)
	if err != nil {
		return err
	}
	if !f.Ended.IsZero() {
		return errFace.With()
	}
	w.Note("face", f.ID)
	f.Used, f.UsedLive = w.Now(), shown.live
	return faces.Update(ctx, w, &f)
}
