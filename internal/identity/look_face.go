package identity

import (
	"context"

	"github.com/medward/medward/kit/sm"
)

// faced is a look at somebody under way.
type faced struct {
	Way        string            `json:"way"`
	Use        string            `json:"use"`
	Face       string            `json:"face"` // compared with, or to be enrolled; empty where a name has none
	Look       string            `json:"look"`
	Browser    []byte            `json:"browser"` // digest of what his browser keeps in a cookie
	BrowserKey []byte            `json:"browserKey,omitempty"`
	Counts     map[string]string `json:"counts,omitempty"` // under which its failure counts; the name itself is not kept
}

// showFace has the adapter look at somebody, and returns what the screen shows.
func (r *Room) showFace(ctx context.Context, way Way, kept faced, q FaceQuestion) (ScanBegun, faced, error) {
	secret, err := r.secretOfWay(ctx, way)
	if err != nil {
		return ScanBegun{}, kept, err
	}
	q.Digits = randomDigits(scanDigits)
	begun := ScanBegun{Digits: q.Digits, Browser: newToken(), Until: r.desk.Now().Add(ceremonyLife)}
	digest := sm.Sum([]byte(begun.Browser))
	kept.Way, kept.Browser = way.ID, digest[:]
	kept.Look, begun.QR, err = r.recogniser.Look(ctx, way.Settings.Face.Adapter, secret, q)
	if err != nil {
		return ScanBegun{}, kept, errRecogniser.Because(err)
	}
	return begun, kept, nil
}

// LookFace tells the browser that shows a code how far the look has come.
func (r *Room) LookFace(ctx context.Context, ceremony, browser string) (FaceState, error) {
	_, answer, err := r.faceAnswered(ctx, ceremony, browser)
	return answer.State, err
}

func (r *Room) faceAnswered(ctx context.Context, id, browser string) (Way, FaceAnswer, error) {
	var kept faced
	if err := r.begunBy(ctx, id, browser, &kept, func() []byte { return kept.Browser }); err != nil {
		return Way{}, FaceAnswer{}, err
	}
	way, err := r.openWay(ctx, kept.Way, FaceWay)
	if err != nil {
		return way, FaceAnswer{}, err
	}
	secret, err := r.secretOfWay(ctx, way)
	if err != nil {
		return way, FaceAnswer{}, err
	}
	answer, err := r.recogniser.Seen(ctx, way.Settings.Face.Adapter, secret, kept.Look)
	if err != nil {
		return way, answer, errRecogniser.Because(err)
	}
	return way, answer, nil
}

// faceTaken finds what was seen, once. account is whose enrolment it is, or empty.
func (r *Room) faceTaken(ctx context.Context, id, browser, account, use string) (Way, faced, FaceAnswer, error) {
	way, answer, err := r.faceAnswered(ctx, id, browser)
	if err != nil {
		return way, faced{}, answer, err
	}
	if answer.State != FaceSeen {
		return way, faced{}, answer, errNotSeen.With()
	}
	var kept faced
	if _, err := r.takeCeremony(ctx, id, account, &kept); err != nil {
		return way, kept, answer, err
	}
	if kept.Use != use {
		return way, kept, answer, errCeremony.With()
	}
	return way, kept, answer, nil
}
