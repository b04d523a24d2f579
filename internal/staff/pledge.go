package staff

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Pledge is somebody's signed word about one thing, for which he answers: the delivery
// of a list with personal data. It never changes, and its row is keyed.
type Pledge struct {
	Org     string     `db:"org,key"`
	ID      string     `db:"id,key"`
	Person  string     `db:"person"`
	Kind    string     `db:"kind"`
	Subject string     `db:"subject"`
	Said    fault.Text `db:"said,json"` // as it was shown to him
	Signed  time.Time  `db:"signed"`
	Key     string     `db:"signing_key"` // id of the signing key; empty where none was at hand
	Bytes   []byte     `db:"signature"`   // SM2, over [Pledge.message]
	MAC     []byte     `db:"mac"`
}

var pledges = db.Define[Pledge]("staff_pledge", db.AsFinal)

// message is what the signature is over.
func (p Pledge) message() []byte {
	var text strings.Builder
	text.WriteString("medward pledge v1")
	for _, part := range []string{p.Org, p.Person, p.Kind, p.Subject, p.Said.ZH, p.Said.EN, strconv.FormatInt(p.Signed.UnixMicro(), 10)} {
		text.WriteString("\n" + strconv.Itoa(len(part)) + ":" + part)
	}
	return []byte(text.String())
}

// PreparePledge signs, for whoever ctx acts for, what is said about a thing. It is kept
// by [PledgeIn] in the act of the room to which the thing belongs.
func (r *Room) PreparePledge(ctx context.Context, kind, subject string, said fault.Text) (Pledge, error) {
	actor, now := act.From(ctx), r.desk.Now()
	made := Pledge{Org: actor.Org, ID: id.New(now), Person: actor.ID, Kind: kind, Subject: subject, Said: said, Signed: now}
	var err error
	if r.signer != nil {
		made.Key, made.Bytes, err = r.signer.Sign(ctx, actor, made.message())
	}
	return made, err
}

// PledgeIn keeps a pledge. Who has given his word on a thing need not give it again.
func PledgeIn(ctx context.Context, w *act.Work, p Pledge) error {
	_, given, err := PledgeOf(ctx, w, p.Org, p.Kind, p.Subject, p.Person)
	if err != nil || given {
		return err
	}
	w.Note("pledge", p.ID)
	return pledges.Insert(ctx, w, &p)
}

// PledgeOf finds somebody's word on a thing. A row that was made behind the house is an
// error, and so no word.
func PledgeOf(ctx context.Context, r db.Reader, org, kind, subject, person string) (Pledge, bool, error) {
	found, err := pledges.Select(ctx, r, "WHERE org = $1 AND kind = $2 AND subject = $3 AND person = $4", org, kind, subject, person)
	if err != nil || len(found) == 0 {
		return Pledge{}, false, err
	}
	return found[0], true, nil
}

// Pledgers returns who gave his word on which thing of a kind: people by subject.
func Pledgers(ctx context.Context, r db.Reader, org, kind string) (map[string][]string, error) {
	found, err := pledges.Select(ctx, r, "WHERE org = $1 AND kind = $2", org, kind)
	people := make(map[string][]string, len(found))
	for _, p := range found {
		people[p.Subject] = append(people[p.Subject], p.Person)
	}
	return people, err
}
