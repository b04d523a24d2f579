package record

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
)

// How a document came to be marked as sensitive, or ceased to be.
const (
	MarkedByRule = "rule"   // by what its content states
	MarkedByHand = "hand"   // by its writer or a colleague
	MarkLifted   = "lifted" // judged not to be
)

// sensitiveMark is a mark of sensitive history on a document. It never changes: the newest says
// what holds. Of which kind is sealed, because the kind is the diagnosis.
type sensitiveMark struct {
	Org      string    `db:"org,key"`
	Document string    `db:"document,key"`
	Number   int       `db:"number,key"` // from 1, in the order of the acts
	ID       string    `db:"id"`         // to which the sealed words are bound
	How      string    `db:"how"`
	Person   string    `db:"person"` // who marked or lifted; for a rule who wrote, or the feed
	Before   int       `db:"before_level"`
	Level    int       `db:"level"` // of the document from then on
	At       time.Time `db:"at"`
	Sealed   []byte    `db:"sealed"` // markWords
}

type markWords struct {
	Kinds []SensitiveKind `json:"kinds"`
	Words string          `json:"words,omitempty"` // why it was lifted
}

// Sensitive is what a document is marked as.
type Sensitive struct {
	Kinds []SensitiveKind
	How   string // MarkedByRule or MarkedByHand
	By    string // person, or the feed that brought it
	At    time.Time
}

var sensitives = db.Define[sensitiveMark]("record_sensitive", db.AsFinal)

func marksOf(ctx context.Context, r db.Reader, org, document string) ([]sensitiveMark, error) {
	return sensitives.Select(ctx, r, "WHERE org = $1 AND document = $2 ORDER BY number", org, document)
}

func sensitivePlace(t sensitiveMark) vault.Place {
	return vault.Place{Kind: "Document", Object: t.Document, Version: t.ID, Field: "sensitive"}
}

// prepareMark seals a mark before its act begins. Its levels are set within the act.
func (room *Room) prepareMark(ctx context.Context, subject *vault.Subject, org, document, how string, said markWords) (*sensitiveMark, error) {
	now := room.desk.Now()
	t := &sensitiveMark{Org: org, ID: id.New(now), Document: document, How: how, Person: act.From(ctx).ID, At: now}
	plain, err := json.Marshal(said)
	if err != nil {
		return nil, err
	}
	t.Sealed, err = subject.Seal(sensitivePlace(*t), plain)
	return t, err
}

// raise guards a document as its mark wants it.
func (t *sensitiveMark) raise(d *Document) {
	t.Before, t.Level = d.Sensitivity, max(d.Sensitivity, SensitiveLevel)
	d.Sensitivity = t.Level
}

func openMark(subject *vault.Subject, t sensitiveMark) (said markWords, err error) {
	plain, err := subject.Open(sensitivePlace(t), t.Sealed)
	if err != nil {
		return said, errUnreadable.Because(err)
	}
	if err := json.Unmarshal(plain, &said); err != nil {
		return said, errUnreadable.Because(err)
	}
	return said, nil
}

// sensitiveBy tells what a document is marked as; nothing when it is not, or not any
// more.
func sensitiveBy(subject *vault.Subject, all []sensitiveMark) (*Sensitive, error) {
	if len(all) == 0 || all[len(all)-1].How == MarkLifted {
		return nil, nil
	}
	newest := all[len(all)-1]
	said, err := openMark(subject, newest)
	if err != nil {
		return nil, err
	}
	return &Sensitive{Kinds: said.Kinds, How: newest.How, By: newest.Person, At: newest.At}, nil
}

// MarkSensitive marks a document by hand as telling of some kinds of sensitive history.
// It keeps the kinds that it was marked as before.
func (room *Room) MarkSensitive(ctx context.Context, document string, kinds []SensitiveKind) error {
	const verb = "record.mark-sensitive"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return err
	}
	e := errInvalid.With()
	if len(kinds) == 0 {
		e.At("kinds", text("请选择敏感类别", "choose the kind of sensitive history"))
	}
	checkKinds(e, "kinds", kinds)
	if err := e.OrNil(); err != nil {
		return err
	}
	t, err := room.nextMark(ctx, document, MarkedByHand, kinds, "")
	if err != nil {
		return room.unprepared(ctx, verb, document, err)
	}
	return room.saveMark(ctx, verb, t, t.raise)
}

// LiftSensitive says that a document is not sensitive, and why. It falls back to the
// level that it had before it was marked.
func (room *Room) LiftSensitive(ctx context.Context, document, words string) error {
	const verb = "record.lift-sensitive"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return err
	}
	e := errInvalid.With()
	e.MustSay("words", words, maxReason)
	if err := e.OrNil(); err != nil {
		return err
	}
	t, err := room.nextMark(ctx, document, MarkLifted, nil, strings.TrimSpace(words))
	if err != nil {
		return room.unprepared(ctx, verb, document, err)
	}
	return room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		return room.markIn(ctx, w, t, func(d *Document, all []sensitiveMark) error {
			if len(all) == 0 || all[len(all)-1].How == MarkLifted {
				return wrongState(text("未标注敏感", "not marked as sensitive"))
			}
			t.Before, t.Level = d.Sensitivity, beforeMarks(all)
			d.Sensitivity = t.Level
			return nil
		})
	})
}

// beforeMarks is the level that a document had before the marks that hold now.
func beforeMarks(all []sensitiveMark) int {
	level := all[len(all)-1].Before
	for _, t := range slices.Backward(all) {
		if t.How == MarkLifted {
			break
		}
		level = t.Before
	}
	return level
}

// nextMark prepares a mark of a document that there is.
func (room *Room) nextMark(ctx context.Context, document, how string, kinds []SensitiveKind, words string) (*sensitiveMark, error) {
	org := act.From(ctx).Org
	var t *sensitiveMark
	err := room.desk.Look(ctx, func(r db.Reader) error {
		d, err := getDocument(ctx, r, org, document)
		if err != nil {
			return err
		}
		subject, err := room.patients.FindSubject(ctx, r, org, d.Patient)
		if err != nil {
			return err
		}
		all, err := marksOf(ctx, r, org, document)
		if err != nil {
			return err
		}
		held, err := sensitiveBy(subject, all)
		if err != nil {
			return err
		}
		if held != nil {
			kinds = append(slices.Clone(kinds), held.Kinds...)
		}
		t, err = room.prepareMark(ctx, subject, org, document, how, markWords{Kinds: among(kinds...), Words: words})
		return err
	})
	return t, err
}

func (room *Room) saveMark(ctx context.Context, verb string, t *sensitiveMark, set func(*Document)) error {
	return room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		return room.markIn(ctx, w, t, func(d *Document, _ []sensitiveMark) error {
			set(d)
			return nil
		})
	})
}

// markIn is the spine of the acts that mark.
func (room *Room) markIn(ctx context.Context, w *act.Work, t *sensitiveMark, decide func(*Document, []sensitiveMark) error) error {
	f, err := room.find(ctx, w, t.Org, t.Document)
	if err != nil {
		return err
	}
	if err := w.Permit(ctx, f.object(f.discharged())); err != nil {
		return err
	}
	all, err := marksOf(ctx, w, t.Org, t.Document)
	if err != nil {
		return err
	}
	d := f.Document
	if err := decide(&d, all); err != nil {
		return err
	}
	d.UpdatedAt = w.Now()
	if err := documents.Update(ctx, w, &d); err != nil {
		return err
	}
	return t.save(ctx, w, all)
}

// save writes a mark behind those that there are.
func (t sensitiveMark) save(ctx context.Context, w *act.Work, before []sensitiveMark) error {
	t.Number = len(before) + 1
	return sensitives.Insert(ctx, w, &t)
}

// statedAnew adds to the kinds that a document is marked as those that a content states
// and about which nobody has judged yet; nothing when there are none.
func statedAnew(subject *vault.Subject, all []sensitiveMark, stated []SensitiveKind) ([]SensitiveKind, error) {
	var judged []SensitiveKind
	for _, t := range all {
		said, err := openMark(subject, t)
		if err != nil {
			return nil, err
		}
		judged = append(judged, said.Kinds...)
	}
	if !slices.ContainsFunc(stated, func(k SensitiveKind) bool { return !slices.Contains(judged, k) }) {
		return nil, nil
	}
	held, err := sensitiveBy(subject, all)
	if held != nil {
		stated = append(stated, held.Kinds...)
	}
	return among(stated...), err
}
