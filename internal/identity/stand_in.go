package identity

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// StandInCamera is where the adapter of a demonstration pretends to be. It films nobody:
// a moment after it was asked, somebody living has stood there who is whoever was named.
// Only a demonstration has it; there people come in by choice anyway.
const StandInCamera = "https://camera.demo.invalid"

// standInDelay is how long nobody stands before the stand-in, so that it is seen what
// people are asked to compare.
const standInDelay = 4 * time.Second

// standInLive is how surely the stand-in says that it was somebody living.
const standInLive = 960

const standInLook = "stand-in"

// standInTemplate is of nobody.
var standInTemplate = []byte("template of a demonstration, made of nothing")

// standIn answers for [StandInCamera], and leaves every other adapter to whom it is.
type standIn struct {
	Recogniser
	now func() time.Time
}

func (s standIn) Look(ctx context.Context, to ScanSettings, secret string, q FaceQuestion) (look, qr string, err error) {
	if to.Address != StandInCamera {
		return s.Recogniser.Look(ctx, to, secret, q)
	}
	matches := q.Compare && bytes.Equal(q.Template, standInTemplate)
	return fmt.Sprintf("%s %d %t %t", standInLook, s.now().UnixMilli(), q.Compare, matches), "medward demonstration: nobody is filmed " + q.Digits, nil
}

func (s standIn) Seen(ctx context.Context, to ScanSettings, secret, look string) (FaceAnswer, error) {
	if to.Address != StandInCamera {
		return s.Recogniser.Seen(ctx, to, secret, look)
	}
	var asked int64
	var compare, matches bool
	if _, err := fmt.Fscanf(strings.NewReader(look), standInLook+" %d %t %t", &asked, &compare, &matches); err != nil {
		return FaceAnswer{}, fmt.Errorf("identity: the stand-in knows no look %.40q: %w", look, err)
	}
	if s.now().Before(time.UnixMilli(asked).Add(standInDelay)) {
		return FaceAnswer{State: FaceWaiting}, nil
	}
	answer := FaceAnswer{State: FaceSeen, Live: standInLive, Matches: matches}
	if !compare {
		answer.Template = standInTemplate
	}
	return answer, nil
}

// StandInWay is the way by which a demonstration knows faces. Everything that people read
// of it says that it is a stand-in.
func StandInWay() NewWay {
	return NewWay{Kind: FaceWay, State: Open, NameZH: "人脸登录（演示替身，不拍摄）", NameEN: "Face (stand-in, films nobody)", Settings: WaySettings{Face: &FaceSettings{
		Adapter: ScanSettings{Address: StandInCamera, Internal: true}, Least: 900,
		Statement: fault.Text{
			ZH: "这是演示用替身：不开启摄像头，不采集任何人脸。\n目的：仅用于本人登录本系统，不作考勤、门禁或其他用途。\n保存：只保存不能还原为照片的模板，用本人密钥加密存放在本院，不提供给任何人；停用、离职或撤回同意时立即删除。\n替代方式：不同意人脸登录的，用密码、动态码或通行密钥登录，权限完全相同。\n撤回：随时可在“账号安全”中自行删除，无须说明理由。",
			EN: "This is a stand-in for a demonstration: no camera is opened and no face is taken.\nWhat for: your own sign-in to this system and nothing else, neither attendance nor doors.\nWhat is kept: a template that cannot be turned back into a picture, encrypted under your own key in this hospital and given to nobody; it is erased at once when it is not used any more, when you leave, or when you take your consent back.\nOther ways: whoever does not agree signs in by password, code or passkey, with the same rights.\nTaking it back: at any time under Account security, without giving a reason.",
		},
	}}}
}
