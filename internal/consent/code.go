package consent

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/sm"
)

// Code is a one-time code by which a patient authorises, from his telephone, that his
// history of other institutions is read during one encounter. Its row is keyed.
type Code struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Patient   string    `db:"patient"`
	Encounter string    `db:"encounter"`
	Template  string    `db:"template"`
	Digest    string    `db:"digest"` // blind index of the digits
	Sent      time.Time `db:"sent"`
	SentBy    string    `db:"sent_by"`
	Until     time.Time `db:"until"`
	Tries     int       `db:"tries"` // wrong ones
	Used      time.Time `db:"used"`
	MAC       []byte    `db:"mac"`
}

var codes = db.Define[Code]("consent_code")

// Bounds of codes.
const (
	codeLasts   = 10 * time.Minute
	codeTries   = 3
	codesPerDay = 5 // to one patient
	// authorised is how long what a code authorised may last at most; it ends with its
	// encounter before that.
	authorised = 30 * day
)

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

// Texts sends a text to a telephone.
type Texts func(ctx context.Context, phone, text string) error

// SendCode sends a patient a code that he tells whoever treats him when he agrees. It
// returns the id under which the digits are then given back.
func (room *Room) SendCode(ctx context.Context, patientID, encounter, template string) (Code, error) {
	const verb = "consent.send-code"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Code{}, err
	}
	phone, err := room.phoneOf(ctx, patientID)
	if err != nil {
		return Code{}, room.desk.Missing(ctx, verb, err)
	}
	digits, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return Code{}, err
	}
	said := fmt.Sprintf("%06d", digits.Int64())
	made := Code{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Patient: patientID, Encounter: encounter, Template: template, SentBy: act.From(ctx).ID}
	made.Digest = room.blind(made, said)
	var c Code
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		c = made
		return room.keepCode(ctx, w, &c, phone)
	})
	if err != nil {
		return Code{}, err
	}
	text := "验证码 " + said + "，10 分钟内有效。告知医护人员即表示您同意本次就诊期间调阅您在其他医疗机构的病历；不同意请勿告知。"
	if err := room.texts(ctx, phone, text); err != nil {
		return Code{}, errNotSent.Because(err)
	}
	return c, nil
}

func (room *Room) blind(c Code, digits string) string {
	return room.vault.Blind(c.Org, "consent-code", c.ID+" "+digits)
}

func (room *Room) phoneOf(ctx context.Context, patientID string) (phone string, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		phone, err = room.patients.Phone(ctx, r, act.From(ctx).Org, patientID)
		return err
	})
	return phone, err
}

func (room *Room) keepCode(ctx context.Context, w *act.Work, c *Code, phone string) error {
	known, err := room.patients.Find(ctx, w, c.Org, c.Patient)
	if err != nil {
		return err
	}
	if err := w.Permit(ctx, known.Object); err != nil {
		return err
	}
	if room.texts == nil {
		return errNoMessages.With()
	}
	if phone == "" {
		return errNoPhone.With()
	}
	if !lasts(known, c.Encounter) {
		return errInput.With().At("encounter", fault.Text{ZH: "请选择进行中的就诊", EN: "choose an encounter that lasts"})
	}
	if _, err := room.historyForm(ctx, w, c.Org, c.Template); err != nil {
		return err
	}
	before, err := codes.Select(ctx, w, "WHERE org = $1 AND patient = $2 AND sent > $3", c.Org, c.Patient, w.Now().Add(-day).UnixMicro())
	if err != nil {
		return err
	}
	if len(before) >= codesPerDay {
		return errTooMany.With()
	}
	c.Sent, c.Until = w.Now(), w.Now().Add(codeLasts)
	w.Note("code", c.ID)
	w.Note("encounter", c.Encounter)
	return codes.Insert(ctx, w, c)
}

func (room *Room) historyForm(ctx context.Context, r db.Reader, org, template string) (Template, error) {
	t, err := templateOf(ctx, r, org, template, 0)
	if err == nil && (t.Kind != Agreement || !t.Scope.forHistory()) {
		return t, errInput.With().At("template", fault.Text{ZH: "请选择外院病历调阅授权书", EN: "choose a form by which the history of other institutions is opened"})
	}
	return t, err
}

// errWrongCode ends a look at a code whose wrong try must still be counted.
var errWrongCode = errors.New("consent: wrong code")

// ConfirmCode records the consent of a patient who told the code that he was sent. A
// wrong one is counted, and after three the code is worth nothing.
func (room *Room) ConfirmCode(ctx context.Context, code, digits string) (Record, error) {
	const verb = "consent.confirm-code"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Record{}, err
	}
	if !sixDigits.MatchString(digits) {
		return Record{}, errInput.With().At("digits", fault.Text{ZH: "请输入 6 位数字", EN: "give the six digits"})
	}
	made, err := room.prepareByCode(ctx, code, digits)
	if err != nil {
		return Record{}, room.desk.Missing(ctx, verb, err)
	}
	var rec Record
	wrong := false
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		rec = made
		err := room.confirmIn(ctx, w, &rec, code, digits)
		wrong = errors.Is(err, errWrongCode)
		if wrong {
			return nil
		}
		return err
	})
	if err == nil && wrong {
		return Record{}, errCode.With()
	}
	return rec, err
}

// prepareByCode seals who authorised by a code before the act that records it.
func (room *Room) prepareByCode(ctx context.Context, code, digits string) (Record, error) {
	org := act.From(ctx).Org
	rec := Record{Org: org, ID: id.New(room.desk.Now()), Decision: Given, Relation: ByPatient, Form: Electronic, RecordedBy: act.From(ctx).ID}
	var patientID string
	err := room.desk.Look(ctx, func(r db.Reader) error {
		c, err := codes.Get(ctx, r, org, code)
		patientID = c.Patient
		return absent(err)
	})
	if err != nil {
		return rec, err
	}
	subject, err := room.sealer(ctx, patientID)
	if err != nil {
		return rec, err
	}
	rec.Patient = patientID
	proof := sm.Sum([]byte(code + " " + digits))
	rec.Evidence = proof[:]
	rec.Giver, err = sealGiver(subject, place("Consent", rec.ID, "giver"), Giver{Name: "患者本人（短信验证码） · the patient, by message", Document: "phone"})
	return rec, err
}

func (room *Room) confirmIn(ctx context.Context, w *act.Work, rec *Record, code, digits string) error {
	c, err := codes.Get(ctx, w, rec.Org, code)
	if err != nil {
		return absent(err)
	}
	known, err := room.patients.Find(ctx, w, c.Org, c.Patient)
	if err != nil {
		return err
	}
	if err := w.Permit(ctx, known.Object); err != nil {
		return err
	}
	w.Note("code", c.ID)
	if !c.Used.IsZero() || !c.Until.After(w.Now()) || c.Tries >= codeTries {
		return errCodeOver.With()
	}
	if c.Digest != room.blind(c, digits) {
		c.Tries++
		w.Note("wrong", "yes")
		if err := codes.Update(ctx, w, &c); err != nil {
			return err
		}
		return errWrongCode
	}
	c.Used = w.Now()
	if err := codes.Update(ctx, w, &c); err != nil {
		return err
	}
	t, err := room.historyForm(ctx, w, c.Org, c.Template)
	if err != nil {
		return err
	}
	if _, err := powerOf(ctx, w, *rec); err != nil {
		return err
	}
	rec.Template, rec.Version, rec.Scope, rec.Since = t.ID, t.Version, t.Scope, w.Now()
	rec.setTime(Giving{Until: w.Now().Add(authorised)}, time.Time{})
	w.Note("consent", rec.ID)
	if err := records.Insert(ctx, w, rec); err != nil {
		return err
	}
	return room.bind(ctx, w, *rec, c.Encounter, ByCode)
}
