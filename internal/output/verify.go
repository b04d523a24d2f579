package output

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/mark"
	"github.com/medward/medward/kit/sm"
)

// What a file that was shown with a code came to.
const (
	FileSame    = "same"    // it is what was issued under this code
	FileDiffers = "differs" // it is something else, or was changed
)

// Verified is what anybody who holds a copy may know of it.
type Verified struct {
	Serial    string
	Kind      string
	At        time.Time
	Copies    int
	Lines     int
	Documents []Sheet
	Digest    []byte
	Left      bool   // false: it waits in the queue, or was destroyed there
	Recalled  bool   // it came back or was destroyed: it should not exist any more
	File      string // empty when no file was shown
}

// Verify says whether the house issued a copy with this code, and of what. file, when
// not nil, is held against what was issued. It names no patient, no recipient and no
// person, and each question is accounted for.
func (room *Room) Verify(ctx context.Context, text string, file []byte) (Verified, error) {
	from := act.From(ctx)
	if !room.throttle.Allows(from.IP, room.desk.Now()) {
		return Verified{}, errVerify.With()
	}
	code, err := mark.ParseCode(text)
	if err != nil {
		return Verified{}, errInput.Because(err).At("code", typed(err))
	}
	var v Verified
	// Nobody in particular has no acts: the house answers, and the account says from where
	// it was asked.
	asked := act.From(room.clockContext(ctx))
	asked.IP, asked.Terminal = from.IP, from.Terminal
	err = room.desk.Disclose(act.With(ctx, asked), "output.verify", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(room.o.Org)); err != nil {
			return err
		}
		found, err := issues.Select(ctx, r, "WHERE code = $1", codeDigest(code))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			r.Note("found", "no")
			return nil
		}
		r.Note("issue", found[0].ID)
		v, err = room.vouch(ctx, r, found[0], code, file)
		if v.File != "" {
			r.Note("file", v.File)
		}
		return err
	})
	if err == nil && v.Serial == "" {
		err = errUnknownCode.With()
	}
	return v, err
}

// vouch makes the code again of the row, so that a row that was changed vouches for
// nothing.
func (room *Room) vouch(ctx context.Context, r db.Reader, i Issue, code mark.Code, file []byte) (Verified, error) {
	key, err := room.key(i.Org)
	if err != nil {
		return Verified{}, err
	}
	if err := key.Verify(code, i.claim()); err != nil {
		return Verified{}, errUnknownCode.Because(err)
	}
	v := Verified{Serial: i.Serial, Kind: i.Kind, At: i.At, Copies: i.Copies, Lines: i.Lines, Documents: i.Documents, Digest: i.Digest, Left: true}
	if file != nil {
		digest := sm.Sum(file)
		if v.File = FileDiffers; sm.Equal(digest[:], i.File) {
			v.File = FileSame
		}
	}
	if room.recalled != nil {
		if v.Recalled, err = room.recalled(ctx, r, i.Org, i.ID); err != nil {
			return v, err
		}
	}
	held, err := holds.Get(ctx, r, i.Org, i.ID)
	if errors.Is(err, db.ErrNone) {
		return v, nil
	}
	v.Left = held.State == Released
	return v, err
}

func typed(err error) fault.Text {
	switch {
	case errors.Is(err, mark.ErrLength):
		return fault.Text{ZH: "校验码为 18 位字母和数字", EN: "a code has 18 letters and digits"}
	case errors.Is(err, mark.ErrLetter):
		return fault.Text{ZH: "含有校验码不会出现的字符", EN: "holds a character that no code has"}
	}
	return fault.Text{ZH: "有字符抄错，请与原件逐字核对", EN: "a character is wrong; compare it with the copy"}
}
