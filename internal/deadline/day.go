package deadline

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
	"github.com/medward/medward/kit/sm"
)

// Day is what the records office found on a day, and signed (E-053). It never changes.
type Day struct {
	Org        string    `db:"org,key"`
	Day        int       `db:"day,key"` // as calendar.Date
	Signed     time.Time `db:"signed"`
	By         string    `db:"signed_by"`
	Discharged int       `db:"discharged"` // stays that ended since the day that was signed before
	Incomplete int       `db:"incomplete"` // stays of those who went home that lack something
	Missing    int       `db:"missing"`    // documents
	Unsigned   int       `db:"unsigned"`
	Dues       []string  `db:"dues,json"` // what the list held: the id of each, and what is wrong with it
	Digest     []byte    `db:"digest"`
	Words      string    `db:"words"` // about the list as a whole
}

var days = db.Define[Day]("deadline_day", db.AsFinal)

// firstLook is how far back stays are counted where no day was signed before.
const firstLook = 7 * 24 * time.Hour

// mostIncomplete bounds the list of a day.
const mostIncomplete = 2000

// incomplete are the documents that are missing or unsigned in the records of those who
// went home.
func incomplete(ctx context.Context, r db.Reader, org string) ([]Due, error) {
	return dues.Select(ctx, r, `WHERE org = $1 AND ended IS NOT NULL AND mandatory = $2 AND (state = $3 OR state = $4 AND signed = $5)
		ORDER BY ended, id LIMIT $6`, org, 1, Open, Met, 0, int64(mostIncomplete))
}

// dayOf makes up the day from what is missing now.
func dayOf(ctx context.Context, r db.Reader, org string, now time.Time) (Day, []Due, error) {
	d := Day{Org: org, Day: int(calendar.DateOf(now)), Dues: []string{}}
	list, err := incomplete(ctx, r, org)
	if err != nil {
		return d, nil, err
	}
	stays := map[string]bool{}
	for _, one := range list {
		stays[one.Encounter] = true
		if one.State == Open {
			d.Missing++
			d.Dues = append(d.Dues, one.ID+" missing")
		} else {
			d.Unsigned++
			d.Dues = append(d.Dues, one.ID+" unsigned")
		}
	}
	d.Incomplete = len(stays)
	slices.Sort(d.Dues)
	sum := sm.Sum([]byte(strings.Join(d.Dues, "\n")))
	d.Digest = sum[:]
	last, err := days.Select(ctx, r, "WHERE org = $1 AND day < $2 ORDER BY day DESC LIMIT 1", org, int64(d.Day))
	if err != nil {
		return d, nil, err
	}
	from := now.Add(-firstLook)
	if len(last) > 0 {
		from = last[0].Signed
	}
	d.Discharged, err = count(ctx, r, "SELECT COUNT(DISTINCT encounter) FROM deadline_due WHERE org = $1 AND ended >= $2 AND ended <= $3 AND state <> $4", org, from.UnixMicro(), now.UnixMicro(), Void)
	return d, list, err
}

func count(ctx context.Context, r db.Reader, sql string, args ...any) (int, error) {
	rows, err := r.Query(ctx, sql, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}

// Today is the list of this day, and whether it was signed.
type Today struct {
	Day
	Done bool
	List Listed
}

// Today discloses what is missing in the records of those who went home, as it stands.
func (room *Room) Today(ctx context.Context) (Today, error) {
	var today Today
	err := room.desk.Disclose(ctx, "deadline.list", func(ctx context.Context, r *act.Reading) error {
		if err := permitList(ctx, r, ""); err != nil {
			return err
		}
		d, list, err := dayOf(ctx, r, r.Actor().Org, r.Now())
		if err != nil {
			return err
		}
		today = Today{Day: d}
		signed, err := days.Get(ctx, r, d.Org, d.Day)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		if err == nil {
			today.Done, today.Signed, today.By = true, signed.Signed, signed.By
		}
		today.List, err = room.filled(ctx, r, web.Page[Due]{Items: list})
		return err
	})
	return today, err
}

// SignDay signs the list of this day, as its signer saw it: digest tells which.
func (room *Room) SignDay(ctx context.Context, digest []byte, words string) (Day, error) {
	if err := room.desk.Begin(ctx, "deadline.sign-day"); err != nil {
		return Day{}, err
	}
	words = strings.TrimSpace(words)
	e := errInput.With()
	e.MaySay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return Day{}, err
	}
	var d Day
	err := room.desk.Do(ctx, "deadline.sign-day", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		var err error
		if d, _, err = dayOf(ctx, w, org, w.Now()); err != nil {
			return err
		}
		if _, err := days.Get(ctx, w, org, d.Day); !errors.Is(err, db.ErrNone) {
			if err == nil {
				err = errSigned.With()
			}
			return err
		}
		if !bytes.Equal(d.Digest, digest) {
			return errMoved.With()
		}
		d.Signed, d.By, d.Words = w.Now(), w.Actor().ID, words
		w.Note("day", calendar.Date(d.Day).String())
		if err := days.Insert(ctx, w, &d); err != nil {
			return err
		}
		return room.duty.DonePeriodsIn(ctx, w, DayCheck, calendar.Date(d.Day))
	})
	return d, err
}

// dayPlace is where a page of days ended.
type dayPlace struct {
	Day int `json:"day"`
}

// SignedDays is a page of days.
type SignedDays struct {
	web.Page[Day]
	Names map[string]staff.Name
}

// Days discloses the days that were signed, the newest first. Which were missed room duty
// tells.
func (room *Room) Days(ctx context.Context, p web.Paging) (SignedDays, error) {
	var l SignedDays
	after := dayPlace{Day: 1 << 30}
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, "deadline.list", func(ctx context.Context, r *act.Reading) error {
		if err := permitList(ctx, r, ""); err != nil {
			return err
		}
		found, err := days.Select(ctx, r, "WHERE org = $1 AND day < $2 ORDER BY day DESC LIMIT $3", r.Actor().Org, int64(after.Day), int64(limit)+1)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(found, limit, func(d Day) dayPlace { return dayPlace{d.Day} }); err != nil {
			return err
		}
		var people []string
		for _, d := range l.Items {
			people = append(people, d.By)
		}
		l.Names, err = staff.Names(ctx, r, r.Actor().Org, people, r.Now())
		return err
	})
	return l, err
}
