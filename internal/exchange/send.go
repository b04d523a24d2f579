package exchange

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/staff"
)

// Sending is what somebody wants to send to a partner.
type Sending struct {
	Partner   string
	Patient   string
	Documents []string
}

func (in Sending) check() error {
	e := errInput.With()
	e.MustName("partner", in.Partner, 40)
	e.MustName("patient", in.Patient, 40)
	if len(in.Documents) == 0 || len(in.Documents) > maxDocuments {
		e.At("documents", fault.Text{ZH: "一次 1 至 200 份文书", EN: "1 to 200 documents at a time"})
	}
	return e.OrNil()
}

// outgoing is a package while it is made.
type outgoing struct {
	Package
	partner   Partner
	recipient recipient.Recipient
	keys      Keys
	items     []recipient.Item
	files     []file
	blob      *bytes.Buffer
	sent      recipient.Prepared
}

type file struct {
	parcel.Item
	raw []byte
}

// attempts is how often a package is numbered anew when another took its number.
const attempts = 4

// Send makes a package of documents of one patient and has it carried to a partner. Each
// document is a disclosure to the sender first. Documents that do not keep the standard
// of shared documents keep all of it back (B-079, B-082, D-067).
func (room *Room) Send(ctx context.Context, in Sending) (Package, error) {
	if err := room.desk.Begin(ctx, "exchange.send"); err != nil {
		return Package{}, err
	}
	if err := in.check(); err != nil {
		return Package{}, err
	}
	o, err := room.maySend(ctx, in)
	if err != nil {
		return Package{}, err
	}
	if err := room.gather(ctx, in, o); err != nil {
		return Package{}, err
	}
	for range attempts {
		err = room.pack(ctx, o)
		if err == nil {
			err = room.keep(ctx, o)
		}
		if !errors.Is(err, errBusy) {
			return o.Package, err
		}
	}
	return Package{}, err
}

// maySend turns away whoever may not send to the partner before any content is read.
// The act that follows asks again.
func (room *Room) maySend(ctx context.Context, in Sending) (*outgoing, error) {
	o := &outgoing{}
	err := room.desk.Disclose(ctx, "exchange.send", func(ctx context.Context, r *act.Reading) (err error) {
		if o.partner, err = partners.Get(ctx, r, r.Actor().Org, in.Partner); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, o.partner.object()); err != nil {
			return err
		}
		r.Note("partner", o.partner.ID)
		o.recipient, err = room.mayLeave(ctx, r, o.partner, in.Patient)
		if err != nil {
			return err
		}
		o.keys, err = room.keysNow(ctx, r, r.Actor().Org)
		return err
	})
	return o, err
}

// mayLeave says whether packages about a patient may go to a partner at this moment: it
// is asked before they are made, and again in the act by which they leave.
func (room *Room) mayLeave(ctx context.Context, r *act.Reading, p Partner, about string) (recipient.Recipient, error) {
	if !p.Live(r.Now()) || p.Recipient == "" {
		return recipient.Recipient{}, errNotLive.With("name", p.Card.Name)
	}
	x, err := room.recipients.Find(ctx, r, p.Org, p.Recipient)
	if err != nil || x.Kind != ofInstitution {
		return x, err
	}
	_, agreed, err := staff.AgreedWith(ctx, r, p.Org, x.Said.NameZH, r.Now())
	if err == nil && !agreed {
		err = errNoAgreement.With("name", x.Said.NameZH)
	}
	if err != nil {
		return x, err
	}
	proofs, err := consent.Covers(ctx, r, p.Org, []string{about}, consent.Use{Purpose: consent.Institution, Recipient: x.Said.NameZH}, r.Now())
	if _, covered := proofs[about]; err == nil && !covered {
		err = errNoConsent.With("name", x.Said.NameZH)
	}
	return x, err
}

// ofInstitution is the kind of recipient that needs the patient's consent and an
// agreement; to all others data goes by the basis in law of the register.
const ofInstitution = "partner"

// gather reads the documents, writes them as shared documents and holds them to the
// standard.
func (room *Room) gather(ctx context.Context, in Sending, o *outgoing) error {
	var who patient.Facts
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		who, err = room.patients.FactsOf(ctx, r, act.From(ctx).Org, in.Patient)
		return err
	})
	if err != nil {
		return room.desk.Missing(ctx, "exchange.send", err)
	}
	var found []Finding
	origins := []string{}
	for _, document := range in.Documents {
		v, err := room.records.View(ctx, document, 0)
		if err != nil {
			return err
		}
		if v.Patient != in.Patient {
			return errInput.With().At("documents", fault.Text{ZH: "一次只能发送一位患者的文书", EN: "holds a document of another patient"})
		}
		origin, err := room.mayGoOn(ctx, v.Source, o.partner)
		if err != nil {
			return err
		}
		if origin != "" && !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
		raw, wrong := sheet{v, who.Demographics, o.keys.card()}.compose()
		found = append(found, wrong...)
		item := parcel.Item{Name: "documents/" + v.ID + ".xml", Form: "application/xml", Kind: "Document", ID: v.ID, Version: v.Shown.Number}
		o.files = append(o.files, file{item, raw})
		o.items = append(o.items, recipient.Item{Kind: "Document", ID: v.ID, Patient: in.Patient, Version: v.Shown.Number, Digest: hexOf(v.Shown.Digest)})
	}
	o.Package = Package{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Partner: o.partner.ID, Patient: in.Patient, Count: len(o.files), Origins: origins, State: Waiting, Purpose: act.From(ctx).Purpose}
	return conforming(found)
}

// mayGoOn keeps what came from another house from a third one, unless it permitted that,
// and names the partner from which it came (D-072).
func (room *Room) mayGoOn(ctx context.Context, source string, to Partner) (origin string, err error) {
	if source == "" || source == to.Source {
		return "", nil
	}
	err = room.desk.Look(ctx, func(r db.Reader) error {
		origins, err := ofSource(ctx, r, to.Org, source)
		switch {
		case err != nil || len(origins) == 0:
			return err
		case !origins[0].Onwards:
			return errOnwards.With("source", origins[0].Card.Name)
		}
		origin = origins[0].ID
		return nil
	})
	return origin, err
}

// pack writes the package under the next number, outside any act.
func (room *Room) pack(ctx context.Context, o *outgoing) error {
	err := room.desk.Look(ctx, func(r db.Reader) error {
		last, err := lastSent(ctx, r, o.Org, o.Partner)
		o.Sequence = last + 1
		return err
	})
	if err != nil {
		return err
	}
	o.blob = &bytes.Buffer{}
	w, err := parcel.NewWriter(o.blob, parcel.Header{
		ID: o.ID, From: o.keys.card().sender(), To: o.partner.Card.receiver(), Sequence: o.Sequence, Sent: room.desk.Now(), Shape: recipient.ShapeDocuments,
		Purpose: o.Purpose, Basis: o.recipient.Said.Basis,
	})
	if err != nil {
		return err
	}
	for _, f := range o.files {
		if err := w.Add(f.Item, f.raw); err != nil {
			w.Break()
			return err
		}
	}
	sums, err := w.Close(func(message []byte) ([]byte, error) { return room.sign(ctx, o.keys, message) })
	if err != nil {
		return err
	}
	if sums.Bytes > MaxPackage {
		return errInput.With().At("documents", fault.Text{ZH: "交换包超过 32 MiB，请分次发送", EN: "make a package of more than 32 MiB; send them in parts"})
	}
	o.Bytes, o.Digest, o.SHA256 = sums.Bytes, sums.SM3, sums.SHA256
	o.sent, err = room.recipients.Prepare(ctx, recipient.Leaving{
		Recipient: o.recipient.ID, Party: recipient.Registered, Channel: "exchange", Shape: recipient.ShapeDocuments, Items: o.items, Bytes: o.Bytes, Digest: o.Digest,
	})
	return err
}

// keep writes the package down with its sending, and orders it to be carried.
func (room *Room) keep(ctx context.Context, o *outgoing) error {
	err := room.desk.Look(ctx, func(r db.Reader) error {
		subject, err := room.patients.FindSubject(ctx, r, o.Org, o.Patient)
		if err != nil {
			return err
		}
		blob, err := subject.PutBlob(ctx, room.blobs, blobPlace(o.ID), bytes.NewReader(o.blob.Bytes()))
		o.Blob = blob.ID
		return err
	})
	if err != nil {
		return err
	}
	return room.desk.Do(ctx, "exchange.send", func(ctx context.Context, w *act.Work) error {
		p, err := partners.Get(ctx, w, o.Org, o.Partner)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, p.object()); err != nil {
			return err
		}
		if _, err := room.mayLeave(ctx, &w.Reading, p, o.Patient); err != nil {
			return err
		}
		last, err := lastSent(ctx, w, o.Org, o.Partner)
		if err != nil {
			return err
		}
		if last+1 != o.Sequence {
			return errBusy.With()
		}
		s, err := room.recipients.KeepIn(ctx, w, &o.sent)
		if err != nil {
			return err
		}
		o.Sending, o.Sender, o.Sent = s.ID, w.Actor().ID, w.Now()
		w.Note("package", o.ID)
		w.Note("sequence", strconv.Itoa(o.Sequence))
		w.Note("documents", strconv.Itoa(o.Count))
		if err := packages.Insert(ctx, w, &o.Package); err != nil {
			return err
		}
		return orderDelivery(ctx, w, o.Package)
	})
}

type deliverArgs struct {
	Org     string `json:"org"`
	Package string `json:"package"`
}

const (
	deliverJob   = "exchange.deliver"
	deliverTries = 12
)

func orderDelivery(ctx context.Context, w *act.Work, p Package) error {
	_, err := job.Enqueue(ctx, w, job.Order{
		Org: p.Org, Kind: deliverJob, Args: deliverArgs{p.Org, p.ID}, By: w.ID(), Now: w.Now(), Dedupe: p.ID, MaxTries: deliverTries,
	})
	return err
}
