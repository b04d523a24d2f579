package recipient

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
)

// Compared is what a log came to beside the register.
type Compared struct {
	Lines    int64 // of the log
	Inside   int64 // of them, to addresses inside
	Hosts    int   // outside
	Known    int   // of them, of a recipient at that time
	Findings []Finding
}

// mostHosts bounds what one log may bring: an act writes so many rows at most.
const mostHosts = 400

// Compare holds a firewall's or gateway's log against the register (B-084). Every host
// outside that is no recipient's, or was not at that time, is a finding.
func (room *Room) Compare(ctx context.Context, m Mapping, text string) (Compared, error) {
	if err := room.desk.Begin(ctx, "recipient.compare"); err != nil {
		return Compared{}, err
	}
	e := errInput.With()
	m.check(e)
	if text == "" || len(text) > MaxLog {
		e.At("text", fault.Text{ZH: "请提交 1 字节至 8 MiB 的日志，更多请分批", EN: "hand in a log of 1 byte to 8 MiB; more in parts"})
	}
	if err := e.OrNil(); err != nil {
		return Compared{}, err
	}
	flows, lines, inside, err := flowsIn(m, text)
	if err != nil {
		return Compared{}, err
	}
	c := Compared{Lines: lines, Inside: inside, Hosts: len(flows)}
	err = room.desk.Do(ctx, "recipient.compare", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		var all []Recipient
		if err := everybody(ctx, w, w.Actor().Org, func(x Recipient) { all = append(all, x) }); err != nil {
			return err
		}
		c.Known, c.Findings = 0, []Finding{}
		w.Note("lines", strconv.FormatInt(lines, 10))
		w.Note("hosts", strconv.Itoa(len(flows)))
		return room.compareIn(ctx, w, all, flows, &c)
	})
	return c, err
}

func (room *Room) compareIn(ctx context.Context, w *act.Work, all []Recipient, flows []flow, c *Compared) error {
	for _, f := range flows {
		if covered(all, f) {
			c.Known++
			continue
		}
		if len(c.Findings) >= mostHosts {
			return errInput.With().At("text", fault.Text{ZH: "未登记的目的地超过 400 个，请分批提交", EN: "more than 400 destinations are not registered; hand the log in in parts"})
		}
		found, err := keepFinding(ctx, w, seen{Egress, f.host, errUnregistered.Name, f.first, f.last, f.lines, f.bytes})
		if err != nil {
			return err
		}
		c.Findings = append(c.Findings, found)
		if err := room.askToSettle(ctx, w, found); err != nil {
			return err
		}
	}
	w.Note("found", strconv.Itoa(len(c.Findings)))
	return nil
}

// everybody calls look with every recipient, those that ended among them: a log tells of
// the past.
func everybody(ctx context.Context, r db.Reader, org string, look func(Recipient)) error {
	for after, more := "", true; more; {
		page, err := recipientsAfter(ctx, r, org, after, atOnce)
		if err != nil {
			return err
		}
		for i, x := range page {
			if i == atOnce {
				break
			}
			after = x.Code
			look(x)
		}
		more = len(page) > atOnce
	}
	return nil
}

// covered reports whether a recipient answers for all the time of a flow.
func covered(all []Recipient, f flow) bool {
	for _, x := range all {
		if x.Said.answers(f.host) && !x.Approved.IsZero() && !x.Since.After(f.first) && x.Until.After(f.last) && x.State != Ended {
			return true
		}
	}
	return false
}

func (room *Room) askToSettle(ctx context.Context, w *act.Work, f Finding) error {
	open, err := duty.OpenAbout(ctx, w, f.Org, Unregistered, f.ID)
	if err != nil || len(open) > 0 || f.State != Open {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Unregistered, To: duty.To{Role: "security-administrator"}, Subject: f.ID})
	return err
}

// Settle closes a finding with a reason. Seen again later, it is open again.
func (room *Room) Settle(ctx context.Context, finding, words string) (Finding, error) {
	if err := room.desk.Begin(ctx, "recipient.settle"); err != nil {
		return Finding{}, err
	}
	if err := mustSay(words); err != nil {
		return Finding{}, err
	}
	var f Finding
	err := room.desk.Do(ctx, "recipient.settle", func(ctx context.Context, w *act.Work) (err error) {
		if f, err = findings.Get(ctx, w, w.Actor().Org, finding); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, houseObject(f.Org)); err != nil {
			return err
		}
		if f.State != Open {
			return errOrder.With("state", f.State)
		}
		f.State, f.Settled, f.SettledBy, f.Words = Settled, w.Now(), w.Actor().ID, words
		w.Note("finding", f.ID)
		if err := room.duty.DoneIn(ctx, w, Unregistered, f.ID); err != nil {
			return err
		}
		return findings.Update(ctx, w, &f)
	})
	return f, err
}

// Findings discloses what went, or would have gone, to where nobody is registered: open
// or settled, or both where state is empty; the newest first.
func (room *Room) Findings(ctx context.Context, state string, p web.Paging) (page web.Page[Finding], err error) {
	after := fromNewest
	after.ID = afterAll
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(p.Limit)
	err = room.desk.Disclose(ctx, "recipient.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		where, args := "WHERE org = $1 AND id < $2", []any{org, after.ID}
		if state != "" {
			where, args = where+" AND state = $3", append(args, state)
		}
		args = append(args, int64(limit)+1)
		rows, err := findings.Select(ctx, r, where+" ORDER BY id DESC LIMIT $"+strconv.Itoa(len(args)), args...)
		if err != nil {
			return err
		}
		page, err = web.PageOf(rows, limit, func(f Finding) listPlace { return listPlace{ID: f.ID} })
		return err
	})
	return page, err
}

// afterAll stands behind every id.
const afterAll = "~"
