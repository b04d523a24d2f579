package recipient

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Sent is a sending with what is known of its arrival.
type Sent struct {
	Sending
	Receipts []Receipt
	Patients []string
	To       string // what its recipient is called; empty for that of a case
}

func sentOf(ctx context.Context, r db.Reader, all []Sending) ([]Sent, error) {
	told := make([]Sent, len(all))
	names := map[string]string{}
	for i, s := range all {
		told[i].Sending = s
		var err error
		if told[i].Receipts, err = receiptsOf(ctx, r, s.Org, s.ID); err != nil {
			return nil, err
		}
		if told[i].Patients, err = patientsOf(ctx, r, s.Org, s.ID); err != nil {
			return nil, err
		}
		if _, met := names[s.Recipient]; !met && s.Party == Registered {
			x, err := recipients.Get(ctx, r, s.Org, s.Recipient)
			if err != nil {
				return nil, err
			}
			names[s.Recipient] = x.Said.NameZH
		}
		told[i].To = names[s.Recipient]
	}
	return told, nil
}

// Query narrows a list of sendings. What is empty does not count.
type Query struct {
	Recipient string
	Patient   string
	Outcome   string    // one of a receipt, or waiting
	From      time.Time // not before
	To        time.Time // before
}

// AwaitsReceipt is the outcome of a sending whose receipt has not come and is not late.
const AwaitsReceipt = "waiting"

// Traced is a page of sendings with the people whom it names.
type Traced struct {
	web.Page[Sent]
	Names map[string]staff.Name
}

// Trace discloses what was sent, the newest first, by patient, recipient and period
// (B-088).
func (room *Room) Trace(ctx context.Context, q Query, p web.Paging) (Traced, error) {
	var page Traced
	after := fromNewest
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "recipient.trace", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		where, args := q.where(org, after)
		args = append(args, int64(limit)+1)
		rows, err := sendings.Select(ctx, r, where+" ORDER BY sent DESC, id DESC LIMIT $"+strconv.Itoa(len(args)), args...)
		if err != nil {
			return err
		}
		all, err := sentOf(ctx, r, rows)
		if err != nil {
			return err
		}
		if page.Page, err = web.PageOf(all, limit, func(s Sent) listPlace { return listPlace{s.Sent.UnixMicro(), s.ID} }); err != nil {
			return err
		}
		var people []string
		for _, s := range page.Items {
			people = append(people, s.Sender)
			for _, patient := range s.Patients {
				r.Concerns(policy.Object{Kind: "Patient", ID: patient, Org: org, Patient: patient})
			}
		}
		page.Names, err = namesOf(ctx, r, people)
		return err
	})
	return page, err
}

// where writes the conditions of a query, with its arguments in their order.
func (q Query) where(org string, after listPlace) (string, []any) {
	args := []any{org, after.At, after.ID}
	place := func(value any) string {
		args = append(args, value)
		return "$" + strconv.Itoa(len(args))
	}
	text := "WHERE org = $1 AND (sent, id) < ($2, $3)"
	if q.Recipient != "" {
		text += " AND recipient = " + place(q.Recipient)
	}
	if q.Patient != "" {
		text += " AND EXISTS (SELECT 1 FROM recipient_about a WHERE a.org = recipient_sending.org AND a.sending = recipient_sending.id AND a.patient = " + place(q.Patient) + ")"
	}
	if !q.From.IsZero() {
		text += " AND sent >= " + place(q.From.UnixMicro())
	}
	if !q.To.IsZero() {
		text += " AND sent < " + place(q.To.UnixMicro())
	}
	const came = "EXISTS (SELECT 1 FROM recipient_receipt c WHERE c.org = recipient_sending.org AND c.sending = recipient_sending.id"
	switch q.Outcome {
	case "":
	case AwaitsReceipt:
		text += " AND receipt_by IS NOT NULL AND NOT " + came + ")"
	default:
		text += " AND " + came + " AND c.outcome = " + place(q.Outcome) + ")"
	}
	return text, args
}

// Opened is a sending with the list of what it held.
type Opened struct {
	Sent
	Items  []Item
	Erased bool // the patient was erased, and with him what the sending held
	Names  map[string]staff.Name
}

// ViewSending discloses a sending with what it held.
func (room *Room) ViewSending(ctx context.Context, sending string) (Opened, error) {
	var o Opened
	err := room.desk.Disclose(ctx, "recipient.trace", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		s, err := sendings.Get(ctx, r, org, sending)
		if err != nil {
			return absent(err)
		}
		all, err := sentOf(ctx, r, []Sending{s})
		if err != nil {
			return err
		}
		o.Sent = all[0]
		for _, patient := range o.Patients {
			r.Concerns(policy.Object{Kind: "Patient", ID: patient, Org: org, Patient: patient})
		}
		if o.Items, o.Erased, err = room.ItemsOf(ctx, r, s); err != nil {
			return err
		}
		people := []string{s.Sender}
		for _, rec := range o.Receipts {
			people = append(people, rec.By)
		}
		o.Names, err = namesOf(ctx, r, people)
		return err
	})
	return o, err
}

// ItemsOf opens what a sending held, in an act that was permitted. erased says that the
// key is gone with its patient.
func (room *Room) ItemsOf(ctx context.Context, r db.Reader, s Sending) (items []Item, erased bool, err error) {
	subject, err := room.vault.Subject(ctx, r, s.Org, s.SealedFor)
	if errors.Is(err, vault.KeyDestroyed) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	text, err := subject.Open(itemsPlace(s.ID), s.Items)
	if err != nil {
		return nil, false, err
	}
	return items, false, json.Unmarshal(text, &items)
}

// AboutPatient are the sendings about a patient, oldest first, for whoever reads them in
// an act that was permitted.
func (room *Room) AboutPatient(ctx context.Context, r db.Reader, org, patient string) ([]Sent, error) {
	rows, err := sendings.Select(ctx, r, "WHERE org = $1 AND EXISTS (SELECT 1 FROM recipient_about a WHERE a.org = recipient_sending.org AND a.sending = recipient_sending.id AND a.patient = $2) ORDER BY sent, id", org, patient)
	if err != nil {
		return nil, err
	}
	return sentOf(ctx, r, rows)
}
