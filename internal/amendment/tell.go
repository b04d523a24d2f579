package amendment

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/vault"
)

// mostNotices bounds how many are told of at once; the others follow with the next look.
const mostNotices = 100

// tellAll makes a notice for everybody who has a document as it was and has none yet, and
// returns how many there are in all.
func (room *Room) tellAll(ctx context.Context, w *act.Work, c Case) (int, error) {
	found, err := room.affected(ctx, w, c)
	if err != nil {
		return 0, err
	}
	before, err := noticesOf(ctx, w, c)
	if err != nil {
		return 0, err
	}
	n := len(before)
	for _, a := range found {
		known := slices.ContainsFunc(before, func(x Notice) bool { return x.Kind == a.Kind && x.Recipient == a.Recipient && x.Person == a.Person })
		if known || a.At.After(c.Ended) || n-len(before) == mostNotices {
			continue
		}
		if err := room.tellOf(ctx, w, c, a); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (room *Room) tellOf(ctx context.Context, w *act.Work, c Case, a Affected) error {
	n := Notice{
		Org: c.Org, ID: id.New(w.Now()), Amendment: c.ID, Patient: c.Patient, Document: c.Document, Kind: a.Kind, Ref: a.Ref, Recipient: a.Recipient, Name: a.Name, Person: a.Person,
		Had: a.Version, Left: a.At, State: Due, Made: w.Now(),
	}
	task := duty.Opening{Kind: Tell, Subject: n.ID, Patient: c.Patient}
	switch {
	case a.Gone:
		n.State, task.To = Unreachable, duty.To{Role: "medical-affairs"}
	case a.Person != "":
		n.State, n.Told, n.ToldBy, n.How = Told, w.Now(), w.Actor().ID, "in-house"
		task.Kind, task.To = Mine, duty.To{Person: a.Person}
	case a.owner != "":
		task.To = duty.To{Person: a.owner}
	case a.Kind == ByClaim:
		task.To = duty.To{Role: "insurance-office"}
	case a.Kind == ByProgram:
		task.To = duty.To{Role: "it-head"}
	default:
		task.To = duty.To{Role: "records-clerk"}
	}
	opened, err := room.o.Duty.OpenIn(ctx, w, task)
	if err != nil {
		return err
	}
	n.Due = opened.Deadline
	return notices.Insert(ctx, w, &n)
}

// Telling is what is written down of a notice.
type Telling struct {
	State string // [Told], [Acknowledged] or [Unreachable]
	How   string // of a telling, one of the ways
	Words string // by whom, on what paper
}

func (in Telling) check() error {
	e := errInput.With()
	if !slices.Contains([]string{Told, Acknowledged, Unreachable}, in.State) {
		e.At("state", fault.Text{ZH: "应为 told、acknowledged 或 unreachable", EN: "one of told, acknowledged and unreachable"})
	}
	if in.State == Told && !slices.Contains(ways, in.How) {
		e.At("how", fault.Text{ZH: "请选择告知方式", EN: "choose how they were told"})
	}
	if in.State == Unreachable {
		e.MustSay("words", in.Words, maxWords)
	} else {
		e.MaySay("words", in.Words, maxWords)
	}
	return e.OrNil()
}

// Acknowledge writes down that a recipient was told, has acknowledged, or cannot be reached.
func (room *Room) Acknowledge(ctx context.Context, notice string, in Telling) (Notice, error) {
	if err := room.desk.Begin(ctx, "amendment.acknowledge"); err != nil {
		return Notice{}, err
	}
	if err := in.check(); err != nil {
		return Notice{}, err
	}
	subject, err := room.subjectOfNotice(ctx, notice)
	if err != nil {
		return Notice{}, room.desk.Missing(ctx, "amendment.acknowledge", err)
	}
	sealed, err := subject.Seal(noticePlace(notice), []byte(strings.TrimSpace(in.Words)))
	if err != nil {
		return Notice{}, err
	}
	var n Notice
	err = room.desk.Do(ctx, "amendment.acknowledge", func(ctx context.Context, w *act.Work) (err error) {
		if n, err = notices.Get(ctx, w, w.Actor().Org, notice); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, n.object()); err != nil {
			return err
		}
		if n.State == Acknowledged {
			return errSettled.With()
		}
		if err := room.mustBeThere(ctx, w, n, in.State); err != nil {
			return err
		}
		n.Words = sealed
		w.Note("notice", n.ID)
		w.Note("state", in.State)
		return room.stand(ctx, w, &n, in.State, in.How)
	})
	return n, err
}

// mustBeThere keeps what can no longer acknowledge from being written down as if it had.
func (room *Room) mustBeThere(ctx context.Context, r db.Reader, n Notice, state string) error {
	if state == Unreachable {
		return nil
	}
	gone := false
	switch {
	case n.Person != "":
		roles, err := rolesOf(ctx, r, n.Org, n.Person, room.desk.Now())
		if err != nil {
			return err
		}
		gone = len(roles) == 0
	case n.Kind == BySending:
		x, err := room.o.Recipients.Find(ctx, r, n.Org, n.Recipient)
		if err != nil && !errors.Is(err, act.ErrAbsent) {
			return err
		}
		gone = err != nil || !x.Live(room.desk.Now())
	}
	if gone {
		return errGone.With()
	}
	return nil
}

// stand brings a notice to a state, and the tasks about it with it.
func (room *Room) stand(ctx context.Context, w *act.Work, n *Notice, state, how string) error {
	n.State = state
	by := w.Actor().ID
	if n.Told.IsZero() && state != Unreachable {
		n.Told, n.ToldBy, n.How = w.Now(), by, how
	}
	for _, k := range []*duty.Kind{Tell, Mine, Chase} {
		if k == Chase && state == Told {
			continue
		}
		if err := room.o.Duty.DoneIn(ctx, w, k, n.ID); err != nil {
			return err
		}
	}
	switch state {
	case Acknowledged:
		n.Acknowledged, n.AcknowledgedBy = w.Now(), by
	case Told:
		if err := room.chase(ctx, w, *n); err != nil {
			return err
		}
	}
	return notices.Update(ctx, w, n)
}

// chase asks whoever told a recipient for his acknowledgement.
func (room *Room) chase(ctx context.Context, w *act.Work, n Notice) error {
	waiting, err := duty.OpenAbout(ctx, w, n.Org, Chase, n.ID)
	if err != nil || len(waiting) > 0 {
		return err
	}
	to := duty.To{Person: w.Actor().ID}
	if w.Actor().Kind != act.Person {
		to = duty.To{Role: "records-clerk"}
	}
	_, err = room.o.Duty.OpenIn(ctx, w, duty.Opening{Kind: Chase, To: to, Subject: n.ID, Patient: n.Patient})
	return err
}

func (room *Room) subjectOfNotice(ctx context.Context, notice string) (subject *vault.Subject, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		n, err := notices.Get(ctx, r, act.From(ctx).Org, notice)
		if err != nil {
			return absent(err)
		}
		subject, err = room.o.Patients.FindSubject(ctx, r, n.Org, n.Patient)
		return err
	})
	return subject, err
}

// resent finds for each open notice to a recipient of the outward register whether the
// corrected version has gone to him since, and whether he says that it came.
func (room *Room) resent(ctx context.Context) error {
	var waiting []Notice
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		waiting, err = notices.Select(ctx, r, "WHERE org = $1 AND state IN ($2, $3) AND kind IN ($4, $5) ORDER BY made, id LIMIT $6", room.o.Org, Due, Told, BySending, ByHand, int64(mostNotices))
		return err
	})
	for _, n := range waiting {
		err = errors.Join(err, room.followSending(ctx, n))
	}
	return err
}

func (room *Room) followSending(ctx context.Context, n Notice) error {
	var state, sending string
	err := room.desk.Look(ctx, func(r db.Reader) error {
		all, err := room.o.Recipients.AboutPatient(ctx, r, n.Org, n.Patient)
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.Recipient != n.Recipient || !s.Sent.After(n.Made) {
				continue
			}
			items, _, err := room.o.Recipients.ItemsOf(ctx, r, s.Sending)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(items, func(i recipient.Item) bool { return i.ID == n.Document && i.Version > n.Had }) {
				continue
			}
			state, sending = Told, s.ID
			if slices.ContainsFunc(s.Receipts, func(x recipient.Receipt) bool { return x.Outcome == recipient.Matched || x.Outcome == recipient.Late }) {
				state = Acknowledged
				return nil
			}
		}
		return nil
	})
	if err != nil || state == "" || state == n.State {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		now, err := notices.Get(ctx, w, n.Org, n.ID)
		if err != nil || now.settled() {
			return err
		}
		now.Sending = sending
		w.Note("notice", now.ID)
		return room.stand(ctx, w, &now, state, "resent")
	})
}
