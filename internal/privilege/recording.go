package privilege

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/sm"
)

// Recording is a session that another system has recorded, such as a bastion host:
// its file, or where that lies, with its digest and the commands. It never changes.
type Recording struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Source   string    `db:"source"`
	System   string    `db:"system"`
	Account  string    `db:"account"`
	Person   string    `db:"person"` // as the source names him
	Terminal string    `db:"terminal"`
	Since    time.Time `db:"since"`
	Until    time.Time `db:"until"`
	Digest   []byte    `db:"digest"` // SM3 of the file
	Address  string    `db:"address"`
	Commands []byte    `db:"commands"` // sealed, masked
	File     []byte    `db:"file"`     // sealed; nil where it stays with its source
	Received time.Time `db:"received"`
	ByActor  string    `db:"by_actor"`
}

// MaxFile bounds a file that is handed over with its recording.
const MaxFile = 4 << 20

// ReceivingRecording is what a bastion hands over (E-149).
type ReceivingRecording struct {
	Source   string    `json:"source" maxLength:"320" doc:"the bastion"`
	System   string    `json:"system" maxLength:"320" doc:"on what was worked, as envelopes name it"`
	Account  string    `json:"account" maxLength:"320" doc:"with which account"`
	Person   string    `json:"person" maxLength:"320" doc:"who worked, as the bastion names him"`
	Terminal string    `json:"terminal,omitempty" maxLength:"320" doc:"from where"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
	Digest   string    `json:"digest" maxLength:"64" doc:"SM3 of the file, hexadecimal"`
	Address  string    `json:"address,omitempty" maxLength:"2000" doc:"where the file lies, if it is not handed over"`
	File     []byte    `json:"file,omitempty" doc:"the file itself, base64, up to 4 MiB"`
	Commands []Command `json:"commands" maxItems:"5000"`
}

// Command is one command of a recording.
type Command struct {
	At   time.Time `json:"at"`
	Text string    `json:"text" maxLength:"8000"`
}

func (in ReceivingRecording) check() error {
	e := errInput.With()
	e.MustName("source", in.Source, maxName)
	e.MustName("system", in.System, maxName)
	e.MustName("account", in.Account, maxName)
	e.MustName("person", in.Person, maxName)
	e.MayName("terminal", in.Terminal, maxName)
	e.MayName("address", in.Address, 500)
	if !in.Until.After(in.Since) {
		e.At("until", fault.Text{ZH: "结束应晚于开始", EN: "it ends after it begins"})
	}
	digest, err := hex.DecodeString(in.Digest)
	if err != nil || len(digest) != sm.DigestSize {
		e.At("digest", fault.Text{ZH: "请提供文件的 SM3 摘要（64 位十六进制）", EN: "give the SM3 digest of the file: 64 hexadecimal digits"})
	}
	if len(in.File) == 0 && in.Address == "" {
		e.At("file", fault.Text{ZH: "请附文件，或写明文件所在位置", EN: "hand over the file, or say where it lies"})
	}
	if len(in.File) > MaxFile {
		e.At("file", fault.Text{ZH: "文件超过 4 MiB 时请只给位置和摘要", EN: "of a file beyond 4 MiB give the address and the digest only"})
	}
	for _, c := range in.Commands {
		e.MustSay("commands", c.Text, 2000)
	}
	if err := e.OrNil(); err != nil {
		return err
	}
	if sum := sm.Sum(in.File); len(in.File) > 0 && !bytes.Equal(sum[:], digest) {
		return errDigest.With()
	}
	return nil
}

// nameSource lets a bastion hand over under its own code and no other's. A person says
// whose recording he hands in.
func (room *Room) nameSource(ctx context.Context, in *ReceivingRecording) error {
	actor := act.From(ctx)
	if actor.Kind != act.Feed || room.codeOf == nil {
		return nil
	}
	return room.desk.Look(ctx, func(r db.Reader) (err error) {
		in.Source, err = room.codeOf(ctx, r, actor.Org, actor.ID)
		return err
	})
}

// Receive keeps the recording of another system, and reports the use of a credential
// without a checkout, or from two places at once (A-196, E-149).
func (room *Room) Receive(ctx context.Context, in ReceivingRecording) (Recording, error) {
	if err := room.desk.Begin(ctx, "privilege.receive-recording"); err != nil {
		return Recording{}, err
	}
	if err := room.nameSource(ctx, &in); err != nil {
		return Recording{}, err
	}
	if err := in.check(); err != nil {
		return Recording{}, err
	}
	digest, err := hex.DecodeString(in.Digest)
	if err != nil {
		return Recording{}, err
	}
	actor := act.From(ctx)
	rec := Recording{
		Org: actor.Org, ID: id.New(room.desk.Now()), Source: in.Source, System: in.System, Account: in.Account, Person: in.Person, Terminal: in.Terminal,
		Since: in.Since.UTC(), Until: in.Until.UTC(), Digest: digest, Address: in.Address, ByActor: actor.ID,
	}
	s, err := room.sealer(ctx)
	if err != nil {
		return rec, err
	}
	for i := range in.Commands {
		in.Commands[i].Text = Mask(in.Commands[i].Text)
	}
	commands, err := json.Marshal(in.Commands)
	if err != nil {
		return rec, err
	}
	if rec.Commands, err = s.seal(place("Recording", rec.ID, "commands"), string(commands)); err != nil {
		return rec, err
	}
	if rec.File, err = s.seal(place("Recording", rec.ID, "file"), string(in.File)); err != nil {
		return rec, err
	}
	err = room.desk.Do(ctx, "privilege.receive-recording", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(rec.Org)); err != nil {
			return err
		}
		rec.Received = w.Now()
		w.Note("recording", rec.ID)
		if err := s.keep(ctx, w); err != nil {
			return err
		}
		if err := room.judgeUse(ctx, w, rec); err != nil {
			return err
		}
		return recordings.Insert(ctx, w, &rec)
	})
	return rec, err
}

// judgeUse makes findings of a use that no checkout covers and of one that meets
// another of the same account from somewhere else.
func (room *Room) judgeUse(ctx context.Context, w *act.Work, rec Recording) error {
	kept, err := envelopeFor(ctx, w, rec.Org, rec.System, rec.Account)
	if err != nil {
		return err
	}
	if len(kept) > 0 {
		used, err := checkoutsUnder(ctx, w, rec.Org, kept[0].ID)
		if err != nil {
			return err
		}
		if !anyCovers(used, rec) {
			if err := room.keepFinding(ctx, w, room.useFinding(w, OutsideUse, rec)); err != nil {
				return err
			}
		}
	}
	others, err := recordedDuring(ctx, w, rec.Org, rec.System, rec.Account, rec.Since, rec.Until)
	for _, o := range others {
		if o.Person != rec.Person || o.Terminal != rec.Terminal {
			return room.keepFinding(ctx, w, room.useFinding(w, ConcurrentUse, rec))
		}
	}
	return err
}

func anyCovers(used []Checkout, rec Recording) bool {
	for _, c := range used {
		if c.covered(rec.Since, rec.Until) {
			return true
		}
	}
	return false
}

func (room *Room) useFinding(w *act.Work, kind string, rec Recording) Finding {
	return Finding{Org: rec.Org, ID: id.New(w.Now()), Kind: kind, Subject: rec.ID, Found: w.Now()}
}
