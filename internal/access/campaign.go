package access

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Campaign is a periodic review of grants and posts (A-054, A-132, D-055).
type Campaign struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Name     string    `db:"name"`
	Opened   time.Time `db:"opened"`
	By       string    `db:"opened_by"`
	Deadline time.Time `db:"deadline"`
	State    string    `db:"state"`
	Mark     string    `db:"mark"` // up to which grant, then post, the lines were made
	Closed   time.Time `db:"closed"`
}

// States of a campaign.
const (
	Gathering = "gathering" // the lines are being made
	Open      = "open"
	Closed    = "closed"
)

// Line is one right in a campaign, and what its reviewer says. Its row is keyed.
type Line struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Campaign   string    `db:"campaign"`
	Reviewer   string    `db:"reviewer"`
	Kind       string    `db:"kind"`
	Subject    string    `db:"subject"` // id of the grant or the appointment
	Person     string    `db:"person"`
	Role       string    `db:"role"` // of a post
	Department string    `db:"department"`
	Until      time.Time `db:"until"`
	Verdict    string    `db:"verdict"`
	Decided    time.Time `db:"decided"`
	DecidedBy  string    `db:"decided_by"`
	MAC        []byte    `db:"mac"`
}

// Kinds of line. Unanswered, a grant is cut and a post stays. Care relations are in
// no campaign: a review never takes care away.
const (
	LineGrant = "grant"
	LinePost  = "post"
)

// Verdicts on a line.
const (
	Keep       = "keep"
	CutLine    = "cut"
	Unanswered = "unanswered"
)

const (
	linesAtOnce = 60 // each line may cost a task, with its step
	maxVerdicts = 100
)

var (
	campaigns = db.Define[Campaign]("access_campaign")
	lines     = db.Define[Line]("access_line")
)

func (l Line) object() policy.Object {
	return policy.Object{Kind: "Grant", ID: l.ID, Org: l.Org, Department: l.Department, Concerns: l.Person}
}

// OpenCampaign begins a review of every grant and every post that lives now. The
// lines are made by the clock, some at a time.
func (room *Room) OpenCampaign(ctx context.Context, name string) (Campaign, error) {
	if err := room.desk.Begin(ctx, "access.open-campaign"); err != nil {
		return Campaign{}, err
	}
	if !nameable(name) {
		return Campaign{}, errGrantInput.With().At("name", fault.Text{ZH: "请填写名称，最多 80 个字，如“2026 年第一季度”", EN: "give a name of at most 80 characters, such as 2026 Q1"})
	}
	var c Campaign
	err := room.desk.Do(ctx, "access.open-campaign", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		cal, err := room.duty.Calendar(ctx, w, w.Actor().Org)
		if err != nil {
			return err
		}
		c = Campaign{
			Org: w.Actor().Org, ID: id.New(w.Now()), Name: name, Opened: w.Now(), By: w.Actor().ID,
			Deadline: cal.Deadline(w.Now(), GrantReview.Limit), State: Gathering, Mark: LineGrant + ":",
		}
		w.Note("campaign", c.ID)
		return campaigns.Insert(ctx, w, &c)
	})
	return c, err
}

// Verdict is what a reviewer says of one line.
type Verdict struct {
	Line string
	Keep bool
}

// DecideLines keeps and cuts lines in one sitting. A grant that is cut ends at once;
// for a post its keeper is asked to end it.
func (room *Room) DecideLines(ctx context.Context, verdicts []Verdict) error {
	if len(verdicts) == 0 || len(verdicts) > maxVerdicts {
		return errGrantInput.With().At("verdicts", fault.Text{ZH: "一次提交 1 至 100 条", EN: "1 to 100 lines at a time"})
	}
	return room.desk.Do(ctx, "access.decide-line", func(ctx context.Context, w *act.Work) error {
		for _, v := range verdicts {
			if err := room.decideLine(ctx, w, v); err != nil {
				return err
			}
		}
		return nil
	})
}

func (room *Room) decideLine(ctx context.Context, w *act.Work, v Verdict) error {
	l, err := lines.Get(ctx, w, w.Actor().Org, v.Line)
	if err != nil {
		return absent(err)
	}
	var extra []policy.Tie
	if l.Reviewer == w.Actor().ID {
		extra = append(extra, charge(l.ID, w.Now()))
	}
	if err := w.Permit(ctx, l.object(), extra...); err != nil {
		return err
	}
	c, err := campaigns.Get(ctx, w, l.Org, l.Campaign)
	switch {
	case err != nil:
		return err
	case c.State == Closed || l.Verdict != "":
		return errCampaignClosed.With()
	}
	l.Verdict, l.Decided, l.DecidedBy = CutLine, w.Now(), w.Actor().ID
	if v.Keep {
		l.Verdict = Keep
	}
	if err := lines.Update(ctx, w, &l); err != nil {
		return err
	}
	if !v.Keep {
		if err := room.cut(ctx, w, l); err != nil {
			return err
		}
	}
	waiting, err := counted(ctx, w, "SELECT COUNT(*) FROM access_line WHERE org = $1 AND campaign = $2 AND reviewer = $3 AND verdict = $4", l.Org, l.Campaign, l.Reviewer, "")
	if err != nil || waiting > 0 {
		return err
	}
	return room.duty.DoneIn(ctx, w, GrantReview, l.Campaign+":"+l.Reviewer)
}

func (room *Room) cut(ctx context.Context, w *act.Work, l Line) error {
	if l.Kind == LinePost {
		_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: PostCut, To: duty.To{Role: "security-administrator"}, Subject: l.Subject})
		return err
	}
	g, err := grants.Get(ctx, w, l.Org, l.Subject)
	if err != nil || g.State != Live {
		return err
	}
	return room.endIn(ctx, w, &g, Cut)
}

// tendCampaigns makes lines, and closes what is past its deadline.
func (room *Room) tendCampaigns(ctx context.Context) error {
	var open []Campaign
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		open, err = campaigns.Select(ctx, r, "WHERE org = $1 AND state <> $2 ORDER BY opened, id", room.org, Closed)
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range open {
		for c.State == Gathering {
			if err := room.clock(ctx, func(ctx context.Context, w *act.Work) (err error) {
				c, err = room.gather(ctx, w, c.ID)
				return err
			}); err != nil {
				return err
			}
		}
		for more := !room.desk.Now().Before(c.Deadline); more; {
			if err := room.clock(ctx, func(ctx context.Context, w *act.Work) (err error) {
				more, err = room.closeSome(ctx, w, c.ID)
				return err
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// gather makes the next lines of a campaign: grants, then posts, by their ids.
func (room *Room) gather(ctx context.Context, w *act.Work, campaign string) (Campaign, error) {
	c, err := campaigns.Get(ctx, w, room.org, campaign)
	if err != nil || c.State != Gathering {
		return c, err
	}
	kind, after, _ := strings.Cut(c.Mark, ":")
	made, last, err := linesAfter(ctx, w, c, kind, after)
	if err != nil {
		return c, err
	}
	for _, l := range made {
		if err := room.addLine(ctx, w, c, l); err != nil {
			return c, err
		}
	}
	switch {
	case last != "":
		c.Mark = kind + ":" + last
	case kind == LineGrant:
		c.Mark = LinePost + ":"
	default:
		c.State = Open
	}
	return c, campaigns.Update(ctx, w, &c)
}

// linesAfter reads what the next lines are about, and where they end; nothing when
// there are no more.
func linesAfter(ctx context.Context, r db.Reader, c Campaign, kind, after string) ([]Line, string, error) {
	var made []Line
	if kind == LineGrant {
		live, err := grants.Select(ctx, r, "WHERE org = $1 AND state = $2 AND until > $3 AND id > $4 ORDER BY id LIMIT $5", c.Org, Live, c.Opened.UnixMicro(), after, int64(linesAtOnce))
		for _, g := range live {
			made = append(made, Line{Kind: LineGrant, Subject: g.ID, Person: g.Person, Until: g.Until})
		}
		return made, lastSubject(made), err
	}
	posts, err := postsAfter(ctx, r, c.Org, c.Opened, after, linesAtOnce)
	return posts, lastSubject(posts), err
}

func lastSubject(made []Line) string {
	if len(made) == 0 {
		return ""
	}
	return made[len(made)-1].Subject
}

// addLine gives a line to its reviewer: the head of the person's department, or
// whoever opened the campaign where that is nobody else.
func (room *Room) addLine(ctx context.Context, w *act.Work, c Campaign, l Line) error {
	if l.Department == "" {
		person, err := staff.ActorOf(ctx, w, c.Org, l.Person, w.Now())
		if err != nil {
			return err
		}
		l.Department = person.Department
	}
	heads, err := duty.HeadsOf(ctx, w, c.Org, l.Department, w.Now())
	if err != nil {
		return err
	}
	heads = slices.DeleteFunc(heads, func(p string) bool { return p == l.Person })
	l.Reviewer = c.By
	if len(heads) > 0 {
		l.Reviewer = heads[0]
	}
	l.Org, l.ID, l.Campaign = c.Org, id.New(w.Now()), c.ID
	if err := lines.Insert(ctx, w, &l); err != nil {
		return err
	}
	subject := c.ID + ":" + l.Reviewer
	asked, err := duty.OpenAbout(ctx, w, c.Org, GrantReview, subject)
	if err != nil || len(asked) > 0 {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: GrantReview, To: duty.To{Person: l.Reviewer}, Subject: subject, Deadline: c.Deadline})
	return err
}

// closeSome answers lines that nobody did: grants are cut, posts stay. It reports
// whether there is more to do.
func (room *Room) closeSome(ctx context.Context, w *act.Work, campaign string) (bool, error) {
	c, err := campaigns.Get(ctx, w, room.org, campaign)
	if err != nil || c.State != Open {
		return false, err
	}
	left, err := lines.Select(ctx, w, "WHERE org = $1 AND campaign = $2 AND verdict = $3 ORDER BY id LIMIT $4", c.Org, c.ID, "", int64(linesAtOnce))
	if err != nil {
		return false, err
	}
	for _, l := range left {
		l.Verdict, l.Decided = Unanswered, w.Now()
		if err := lines.Update(ctx, w, &l); err != nil {
			return false, err
		}
		if l.Kind != LineGrant {
			continue
		}
		if err := room.cut(ctx, w, l); err != nil {
			return false, err
		}
	}
	if len(left) == linesAtOnce {
		return true, nil
	}
	c.State, c.Closed = Closed, w.Now()
	return false, campaigns.Update(ctx, w, &c)
}
