package source

import (
	"context"
	"crypto/tls"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/hl7v2"
	"github.com/medward/medward/kit/sm"
)

func certificateDigest(state tls.ConnectionState) []byte {
	digest := sm.Sum(state.PeerCertificates[0].Raw)
	return digest[:]
}

// stamp is a control id for an answer.
func (room *Room) stamp(now time.Time) string { return id.New(now)[6:] }

// senderOf finds the source of a message: that of the certificate that the connection
// showed, or, without one, the one live source that has registered the sender and the
// address. The message must name a sender of that source in any case.
func (room *Room) senderOf(ctx context.Context, header hl7v2.Header, from string, certificate []byte, found *finding) (Source, error) {
	now := room.desk.Now()
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Anonymous}, IP: from, Terminal: "mllp"})
	if !room.knocks.Allows(from, now) {
		return Source{}, errRate.With()
	}
	s, err := found.find(header, now, func() (s Source, err error) {
		if certificate == nil {
			return room.senderAt(ctx, header, from, now)
		}
		_, s, _, err = room.keyShown(ctx, shown{certificate: certificate}, now)
		return s, err
	})
	switch {
	case errors.Is(err, db.ErrNone):
		_ = room.desk.Begin(ctx, "source.call") // counts the refusal of nobody in particular
		return s, errSender.With()
	case errors.Is(err, db.ErrForged):
		room.alarm(ctx, "a row that grants power is forged", err)
		return s, act.ErrUndecided.Because(err)
	case err != nil:
		return s, act.ErrUndecided.Because(err)
	}
	var why error
	switch {
	case !s.Live(now):
		why = errNotLive.With()
	case !s.within(from):
		why = errNetwork.With()
	case len(s.Senders) == 0, !s.Sends(header.SendingApplication.Namespace, header.SendingFacility.Namespace):
		why = errSender.With()
	case !room.rates.allows(s, now):
		why = errRate.With()
	default:
		return s, nil
	}
	return s, room.refuse(ctx, s, why)
}

// finding is whose the last message of a connection was.
type finding struct {
	sender [2]string
	source Source
	since  time.Time
}

// foundFor is how long that holds: a suspension or the end of a key takes effect
// within it.
const foundFor = time.Second

func (f *finding) find(header hl7v2.Header, now time.Time, look func() (Source, error)) (Source, error) {
	sender := [2]string{header.SendingApplication.Namespace, header.SendingFacility.Namespace}
	if f.source.ID != "" && f.sender == sender && now.Sub(f.since) < foundFor && !now.Before(f.since) {
		return f.source, nil
	}
	s, err := look()
	*f = finding{sender, s, now}
	if err != nil {
		*f = finding{}
	}
	return s, err
}

// senderAt finds the one live source that has registered a sender and its address.
func (room *Room) senderAt(ctx context.Context, header hl7v2.Header, from string, now time.Time) (Source, error) {
	return room.onlyLive(ctx, now, func(s Source) bool {
		return s.within(from) && len(s.Senders) > 0 && s.Sends(header.SendingApplication.Namespace, header.SendingFacility.Namespace)
	})
}

// onlyLive finds the one live source that matches, or [db.ErrNone] when none does or
// several do.
func (room *Room) onlyLive(ctx context.Context, now time.Time, match func(Source) bool) (found Source, err error) {
	var n int
	err = room.desk.Look(ctx, func(r db.Reader) error {
		found, n = Source{}, 0
		for after, more := "", true; more; {
			page, err := running(ctx, r, room.org, after)
			if err != nil {
				return err
			}
			for _, s := range page {
				after = s.ID
				if s.Live(now) && match(s) {
					found, n = s, n+1
				}
			}
			more = len(page) == atOnce
		}
		return nil
	})
	if err == nil && n != 1 {
		return Source{}, db.ErrNone
	}
	return found, err
}
