package output

import (
	"context"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// delivery is the kind of pledge that is bound to one file.
const delivery = "delivery"

// personal reports whether a file tells of patients, so that whoever fetches it signs
// for it first.
func (x Export) personal() bool { return x.Patients > 0 }

// commitment is what is signed for one file.
func (x Export) commitment(list fault.Text, who string) fault.Text {
	return fault.Text{
		ZH: fmt.Sprintf("本人（%s）领取清单“%s”（交付号 %s，案由 %s，%d 行，涉及患者 %d 人）。本人承诺只用于所申请的用途，妥善保管，不复制、不转交、不公开，用毕销毁，并对其安全和保密承担责任。",
			who, list.ZH, x.ID, x.Case, x.Lines, x.Patients),
		EN: fmt.Sprintf("I (%s) receive the list “%s” (delivery %s, case %s, %d rows about %d patients). I use it only for the purpose I stated, keep it safe, neither copy nor pass on nor publish it, destroy it after use, and answer for its safety and secrecy.",
			who, list.EN, x.ID, x.Case, x.Lines, x.Patients),
	}
}

// Pledge is the word of whoever asked for a file with personal data, bound to that file.
// Without it the file does not leave.
func (room *Room) Pledge(ctx context.Context, export string) (Export, error) {
	if err := room.desk.Begin(ctx, "output.pledge"); err != nil {
		return Export{}, err
	}
	x, said, err := room.toSign(ctx, export)
	if err != nil {
		return Export{}, err
	}
	made, err := room.staff.PreparePledge(ctx, delivery, x.ID, said)
	if err != nil {
		return Export{}, err
	}
	err = room.desk.Do(ctx, "output.pledge", func(ctx context.Context, w *act.Work) error {
		if x, err = exports.Get(ctx, w, w.Actor().Org, export); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, x.object()); err != nil {
			return err
		}
		if x.State != Ready || !x.personal() {
			return errState.With("state", x.State)
		}
		w.Note("export", x.ID)
		return staff.PledgeIn(ctx, w, made)
	})
	return x, err
}

// toSign is a file with the words that are signed for it.
func (room *Room) toSign(ctx context.Context, export string) (x Export, said fault.Text, err error) {
	err = room.desk.Disclose(ctx, "output.pledge", func(ctx context.Context, r *act.Reading) (err error) {
		if x, err = exports.Get(ctx, r, r.Actor().Org, export); err != nil {
			return absent(err)
		}
		return r.Permit(ctx, x.object())
	})
	if err != nil {
		return x, said, err
	}
	who, err := room.nameOf(ctx, x.Org, x.Person)
	source, _ := room.source(x.List)
	return x, x.commitment(source.Name, who), err
}

// mustBePledged holds a file with personal data back until who asked for it has signed.
func mustBePledged(ctx context.Context, r db.Reader, x Export) error {
	if !x.personal() {
		return nil
	}
	_, given, err := staff.PledgeOf(ctx, r, x.Org, delivery, x.ID, x.Person)
	if err == nil && !given {
		err = errUnpledged.With()
	}
	return err
}

// pledgedDeliveries counts the lists and attachments with personal data that left, and
// those among them for which nobody had signed.
func (room *Room) pledgedDeliveries(ctx context.Context) (evidence.Finding, error) {
	var left, unsigned int
	err := room.desk.Look(ctx, func(r db.Reader) error {
		given, err := staff.Pledgers(ctx, r, room.o.Org, delivery)
		if err != nil {
			return err
		}
		found, err := exports.Select(ctx, r, "WHERE org = $1 AND downloads > 0 AND patients > 0", room.o.Org)
		for _, x := range found {
			if left++; !slices.Contains(given[x.ID], x.Person) {
				unsigned++
			}
		}
		if err != nil {
			return err
		}
		attached, err := issues.Select(ctx, r, "WHERE org = $1 AND kind = $2", room.o.Org, Attached)
		for _, i := range attached {
			if left++; !slices.Contains(given[i.ID], i.Person) {
				unsigned++
			}
		}
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", left-unsigned, left), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 次含个人信息的交付中 %d 次没有签署承诺", left, unsigned), EN: fmt.Sprintf("%d of %d deliveries of personal data were not signed for", unsigned, left),
	}}
	if unsigned > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}
