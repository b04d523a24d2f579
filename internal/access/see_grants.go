package access

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// RequestSeen is a request with its words, for those who may see it.
type RequestSeen struct {
	Request
	Said, Answered string
	Mine           bool      // the decision waits for whoever looks
	Statement      Statement // that must be signed for it; version 0: none
	Signed         time.Time // by whoever would have it
	Names          map[string]staff.Name
}

// Requests discloses the requests that concern whoever asks or wait for him, and all
// of them to the offices; the newest first.
func (room *Room) Requests(ctx context.Context, waiting bool, cursor string, limit int) (web.Page[RequestSeen], error) {
	return walked(ctx, room, cursor, limit, func(ctx context.Context, r *act.Reading, after listPlace) ([]Request, error) {
		return requestsPage(ctx, r, r.Actor().Org, room.ofWhom(r), after, atOnce)
	}, func(ctx context.Context, r *act.Reading, q Request) (RequestSeen, bool, error) {
		if waiting && q.State != Waiting {
			return RequestSeen{}, false, nil
		}
		return room.seeRequest(ctx, r, q)
	}, func(q Request) listPlace { return listPlace{q.Opened.UnixMicro(), q.ID} })
}

func (room *Room) seeRequest(ctx context.Context, r *act.Reading, q Request) (RequestSeen, bool, error) {
	seen := RequestSeen{Request: q}
	var extra []policy.Tie
	if q.State == Waiting {
		holders, delegates, err := room.approvers(ctx, r, q, q.Steps[q.Step], r.Now())
		if err != nil {
			return seen, false, err
		}
		if seen.Mine = slices.Contains(append(holders, delegates...), r.Actor().ID); seen.Mine {
			extra = append(extra, charge(q.ID, r.Now()))
		}
	}
	if !seen.Mine {
		said, err := votesOn(ctx, r, q.Org, q.ID)
		if err != nil {
			return seen, false, err
		}
		if slices.ContainsFunc(said, func(v Vote) bool { return v.Person == r.Actor().ID }) {
			extra = append(extra, charge(q.ID, r.Now()))
		}
	}
	if !room.maySee(r, q.object(), extra) {
		return seen, false, nil
	}
	var err error
	if seen.Said, err = room.openNote(ctx, r, q.Org, q.Patient, wordsPlace("Grant", q.ID, "words"), q.Words); err != nil {
		return seen, false, err
	}
	if seen.Answered, err = room.openNote(ctx, r, q.Org, q.Patient, wordsPlace("Grant", q.ID, "answer"), q.Answer); err != nil {
		return seen, false, err
	}
	if seen.Statement, err = statementAt(ctx, r, q.Org, q.Opened); err != nil {
		return seen, false, err
	}
	pledge, _, err := signedFor(ctx, r, q)
	if err != nil {
		return seen, false, err
	}
	seen.Signed = pledge.Signed
	r.Concerns(policy.Object{Kind: "Grant", ID: q.ID, Patient: q.Patient})
	seen.Names, err = staff.Names(ctx, r, q.Org, []string{q.Requester, q.Person, q.ClosedBy}, r.Now())
	return seen, true, err
}

// GrantSeen is a grant with the people it names and who approved it: its chain of
// authority (B-104).
type GrantSeen struct {
	Grant
	Idle  Idle // the notice that it ends for want of use; zero: none runs
	Names map[string]staff.Name
}

// Grants discloses the grants that concern whoever asks or that he approved, and all
// of them to the offices; the newest first.
func (room *Room) Grants(ctx context.Context, liveOnly bool, cursor string, limit int) (web.Page[GrantSeen], error) {
	return walked(ctx, room, cursor, limit, func(ctx context.Context, r *act.Reading, after listPlace) ([]Grant, error) {
		return grantsPage(ctx, r, r.Actor().Org, room.ofWhom(r), after, atOnce)
	}, func(ctx context.Context, r *act.Reading, g Grant) (GrantSeen, bool, error) {
		var extra []policy.Tie
		if slices.Contains(g.Approvers, r.Actor().ID) {
			extra = append(extra, charge(g.ID, r.Now()))
		}
		if liveOnly && !g.live(r.Now()) || !room.maySee(r, g.object(), extra) {
			return GrantSeen{}, false, nil
		}
		r.Concerns(policy.Object{Kind: "Grant", ID: g.ID, Patient: g.Patient})
		idle, err := noticeOf(ctx, r, g.Org, g.ID)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return GrantSeen{}, false, err
		}
		names, err := staff.Names(ctx, r, g.Org, append([]string{g.Person, g.Requester, g.EndedBy}, g.Approvers...), r.Now())
		return GrantSeen{g, idle, names}, true, err
	}, func(g Grant) listPlace { return listPlace{g.Since.UnixMicro(), g.ID} })
}

// ofWhom is whose lines a list is read for: everybody's where the rules show a line
// that concerns nobody, and else whoever's asks.
func (room *Room) ofWhom(r *act.Reading) string {
	if room.maySee(r, policy.Object{Kind: "Grant", Org: r.Actor().Org}, nil) {
		return ""
	}
	return r.Actor().ID
}

// maySee asks for one line of a list.
func (room *Room) maySee(r *act.Reading, o policy.Object, extra []policy.Tie) bool {
	actor := r.Actor()
	return room.rules.Decide(policy.Request{Actor: actor.Actor, Verb: "access.see-grants", Object: o, Ties: extra, Purpose: actor.Purpose, At: r.Now()}).Allowed
}

// walked walks back in time until a page is full of what may be seen.
func walked[T, S any](ctx context.Context, room *Room, cursor string, limit int, read func(context.Context, *act.Reading, listPlace) ([]T, error), see func(context.Context, *act.Reading, T) (S, bool, error), placed func(T) listPlace) (web.Page[S], error) {
	var page web.Page[S]
	from := fromNewest
	if _, err := web.DecodeCursor(cursor, &from); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err := room.desk.Disclose(ctx, "access.see-grants", func(ctx context.Context, r *act.Reading) error {
		page = web.Page[S]{Items: []S{}}
		after, last := from, from
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		for {
			batch, err := read(ctx, r, after)
			if err != nil {
				return err
			}
			for _, one := range batch {
				seen, may, err := see(ctx, r, one)
				if err != nil {
					return err
				}
				if may && len(page.Items) == limit {
					page.Next, err = web.EncodeCursor(last)
					return err
				}
				if may {
					page.Items, last = append(page.Items, seen), placed(one)
				}
				after = placed(one)
			}
			if len(batch) < atOnce {
				return nil
			}
		}
	})
	return page, err
}

// LineSeen is a line of a review with the people it names, and for a grant when its
// holder last used it (D-034).
type LineSeen struct {
	Line
	Patient string    // of a grant
	Since   time.Time // of a grant
	Used    time.Time // zero: never, or it is a post
	Unused  bool      // for so long that it is proposed to end it
	Signed  time.Time // when its holder signed for it; zero: he did not
	Names   map[string]staff.Name
}

// linePlace is where a page of lines ended.
type linePlace struct {
	Campaign string `json:"campaign"`
	Person   string `json:"person"`
	ID       string `json:"id"`
}

// MyLines discloses the lines that wait for whoever asks, by campaign and person.
func (room *Room) MyLines(ctx context.Context, cursor string, limit int) (page web.Page[LineSeen], err error) {
	var after linePlace
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "access.see-grants", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := lines.Select(ctx, r, `WHERE org = $1 AND reviewer = $2 AND verdict = $3 AND (campaign, person, id) > ($4, $5, $6)
			ORDER BY campaign, person, id LIMIT $7`, org, r.Actor().ID, "", after.Campaign, after.Person, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		waiting, err := web.PageOf(found, limit, func(l Line) linePlace { return linePlace{l.Campaign, l.Person, l.ID} })
		if err != nil {
			return err
		}
		people := make([]string, len(waiting.Items))
		for i, l := range waiting.Items {
			people[i] = l.Person
		}
		names, err := staff.Names(ctx, r, org, people, r.Now())
		if err != nil {
			return err
		}
		page = web.Page[LineSeen]{Items: make([]LineSeen, len(waiting.Items)), Next: waiting.Next}
		for i, l := range waiting.Items {
			if page.Items[i], err = room.lineSeen(ctx, r, l); err != nil {
				return err
			}
			page.Items[i].Names = names
		}
		return nil
	})
	return page, err
}

// lineSeen looks up when the grant of a line was last used.
func (room *Room) lineSeen(ctx context.Context, r *act.Reading, l Line) (LineSeen, error) {
	if l.Kind != LineGrant {
		return LineSeen{Line: l}, nil
	}
	g, err := grants.Get(ctx, r, l.Org, l.Subject)
	if err != nil {
		return LineSeen{}, err
	}
	r.Concerns(policy.Object{Kind: "Grant", ID: g.ID, Patient: g.Patient})
	used, err := room.lastUse(ctx, r, g, g.Since)
	if err != nil {
		return LineSeen{}, err
	}
	pledge, _, err := staff.PledgeOf(ctx, r, g.Org, responsibility, g.Request, g.Person)
	longAgo := r.Now().Add(-unusedAfter)
	return LineSeen{Line: l, Patient: g.Patient, Since: g.Since, Used: used, Unused: g.Since.Before(longAgo) && used.Before(longAgo), Signed: pledge.Signed}, err
}

// Standing is how far a campaign has come.
type Standing struct {
	Campaign
	Lines, Waiting, Cut, Unanswered int
}

// Campaigns discloses the reviews and how far they have come, the newest first.
func (room *Room) Campaigns(ctx context.Context, cursor string, limit int) (page web.Page[Standing], err error) {
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "access.see-grants", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := campaigns.Select(ctx, r, "WHERE org = $1 AND (opened, id) < ($2, $3) ORDER BY opened DESC, id DESC LIMIT $4", org, after.Since, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		opened, err := web.PageOf(found, limit, func(c Campaign) listPlace { return listPlace{c.Opened.UnixMicro(), c.ID} })
		if err != nil {
			return err
		}
		page = web.Page[Standing]{Items: make([]Standing, len(opened.Items)), Next: opened.Next}
		for i, c := range opened.Items {
			if page.Items[i], err = standingOf(ctx, r, c); err != nil {
				return err
			}
		}
		return nil
	})
	return page, err
}

func standingOf(ctx context.Context, r db.Reader, c Campaign) (Standing, error) {
	s := Standing{Campaign: c}
	rows, err := r.Query(ctx, "SELECT verdict, COUNT(*) FROM access_line WHERE org = $1 AND campaign = $2 GROUP BY verdict", c.Org, c.ID)
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for rows.Next() {
		var verdict string
		var n int64
		if err := rows.Scan(&verdict, &n); err != nil {
			return s, err
		}
		s.Lines += int(n)
		switch verdict {
		case "":
			s.Waiting = int(n)
		case CutLine:
			s.Cut = int(n)
		case Unanswered:
			s.Unanswered = int(n)
		}
	}
	return s, rows.Err()
}

// SetChain writes the next version of the chain for a purpose. Requests under way
// keep the one they were asked by.
func (room *Room) SetChain(ctx context.Context, purpose string, steps []Step) (Chain, error) {
	if err := room.desk.Begin(ctx, "access.set-chain"); err != nil {
		return Chain{}, err
	}
	if err := checkChain(purpose, steps); err != nil {
		return Chain{}, err
	}
	var c Chain
	err := room.desk.Do(ctx, "access.set-chain", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		before, err := counted(ctx, w, "SELECT COUNT(*) FROM access_chain WHERE org = $1 AND purpose = $2", org, purpose)
		if err != nil {
			return err
		}
		c = Chain{Org: org, ID: id.New(w.Now()), Purpose: purpose, Version: before + 1, Steps: steps, Made: w.Now(), By: w.Actor().ID}
		w.Note("chain", c.ID)
		w.Note("version", itoa(c.Version))
		return chains.Insert(ctx, w, &c)
	})
	return c, err
}

// Chains discloses the newest chain for every purpose; version 0 is the usual one.
func (room *Room) Chains(ctx context.Context) ([]Chain, error) {
	var all []Chain
	err := room.desk.Disclose(ctx, "access.see-grants", func(ctx context.Context, r *act.Reading) error {
		all = nil
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		for _, p := range policy.Purposes() {
			found, err := chains.Select(ctx, r, "WHERE org = $1 AND purpose = $2 ORDER BY version DESC LIMIT 1", org, p.ID)
			if err != nil {
				return err
			}
			if len(found) == 0 {
				found = []Chain{{Org: org, Purpose: p.ID, Steps: usualChain(p.ID)}}
			}
			all = append(all, found[0])
		}
		return nil
	})
	return all, err
}
