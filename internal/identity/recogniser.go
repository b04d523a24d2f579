package identity

import (
	"context"
	"fmt"
	"slices"
)

// FaceState is how far a look at somebody has come.
type FaceState string

// The states of a look.
const (
	FaceWaiting  FaceState = "waiting"
	FaceSeen     FaceState = "seen"
	FaceDeclined FaceState = "declined" // whoever stood there said no
	FaceOver     FaceState = "over"     // nobody came in time
)

var faceStates = []FaceState{FaceWaiting, FaceSeen, FaceDeclined, FaceOver}

// Recogniser looks at somebody by a camera or a reader of its own, makes a template of
// him or compares him with one. It keeps neither: pictures never come to this house, and
// templates stay here.
type Recogniser interface {
	// Look begins. The answer is an id of the adapter's and what the QR code says.
	Look(ctx context.Context, to ScanSettings, secret string, q FaceQuestion) (look, qr string, err error)
	// Seen asks how far a look has come.
	Seen(ctx context.Context, to ScanSettings, secret, look string) (FaceAnswer, error)
}

// FaceQuestion is what a look is for.
type FaceQuestion struct {
	Compare  bool   `json:"compare"`            // with the template; without one nobody matches
	Template []byte `json:"template,omitempty"` // of one person, never of several
	Digits   string `json:"digits"`             // shown beside the code, and by the camera
}

// FaceAnswer is what an adapter says of a look.
type FaceAnswer struct {
	State    FaceState `json:"state"`
	Live     int64     `json:"live"` // how surely it was somebody living, of 1000
	Matches  bool      `json:"matches"`
	Template []byte    `json:"template"` // made, where nothing was compared
}

const (
	longestTemplate = 64 << 10
	longestLookID   = 200
	longestCode     = 1000
)

// recogniser is an adapter that takes JSON over HTTPS with a bearer token.
type recogniser struct{}

func (recogniser) Look(ctx context.Context, to ScanSettings, secret string, q FaceQuestion) (look, qr string, err error) {
	var shown struct {
		Look string `json:"look"`
		QR   string `json:"qr"`
	}
	if err := ask(ctx, to, "/look", secret, q, &shown); err != nil {
		return "", "", err
	}
	if shown.Look == "" || len(shown.Look) > longestLookID || shown.QR == "" || len(shown.QR) > longestCode {
		return "", "", fmt.Errorf("identity: the adapter names a look in %d characters and shows %d", len(shown.Look), len(shown.QR))
	}
	return shown.Look, shown.QR, nil
}

func (recogniser) Seen(ctx context.Context, to ScanSettings, secret, look string) (answer FaceAnswer, err error) {
	if err := ask(ctx, to, "/seen", secret, map[string]string{"look": look}, &answer); err != nil {
		return answer, err
	}
	if !slices.Contains(faceStates, answer.State) || len(answer.Template) > longestTemplate {
		return answer, fmt.Errorf("identity: the adapter knows a state %.20q of looks, with a template of %d bytes", answer.State, len(answer.Template))
	}
	return answer, nil
}
