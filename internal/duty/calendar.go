package duty

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/calendar"
)

// SetYear is a year of the calendar as an administrator has put it in the place of
// the one before. The newest of a year counts.
type SetYear struct {
	Org  string    `db:"org,key"`
	ID   string    `db:"id,key"`
	Year int       `db:"year"`
	Body string    `db:"body"` // as calendar.Parse reads it
	Made time.Time `db:"made"`
	By   string    `db:"made_by"`
}

var setYears = db.Define[SetYear]("duty_calendar", db.AsFinal)

// reckoner is a calendar and which years it was made of.
type reckoner struct {
	org     string
	version string // id of the newest year that was set; empty: as delivered
	*calendar.Calendar
}

// reckoning returns the calendar of an organisation as it is now.
func (room *Room) reckoning(ctx context.Context, r db.Reader, org string) (reckoner, error) {
	newest, err := setYears.Select(ctx, r, "WHERE org = $1 ORDER BY id DESC LIMIT 1", org)
	if err != nil {
		return reckoner{}, err
	}
	version := ""
	if len(newest) > 0 {
		version = newest[0].ID
	}
	room.mu.Lock()
	held := room.calendar
	room.mu.Unlock()
	if held.Calendar != nil && held.org == org && held.version == version {
		return held, nil
	}
	fresh := reckoner{org, version, calendar.Delivered()}
	set, err := setYears.Select(ctx, r, "WHERE org = $1 ORDER BY made, id", org)
	if err != nil {
		return reckoner{}, err
	}
	for _, s := range set {
		years, err := calendar.Parse(s.Body)
		if err != nil {
			return reckoner{}, err
		}
		fresh.Calendar = fresh.With(years...)
	}
	room.mu.Lock()
	room.calendar = fresh
	room.mu.Unlock()
	return fresh, nil
}

// Calendar returns the calendar of the organisation as it is now, for rooms that
// reckon within their own acts.
func (room *Room) Calendar(ctx context.Context, r db.Reader, org string) (*calendar.Calendar, error) {
	now, err := room.reckoning(ctx, r, org)
	return now.Calendar, err
}

// SetCalendar puts years in the place of those known so far. The deadlines of open
// tasks are reckoned again by the clock.
func (room *Room) SetCalendar(ctx context.Context, text string) ([]int, error) {
	if err := room.desk.Begin(ctx, "duty.set-calendar"); err != nil {
		return nil, err
	}
	years, err := calendar.Parse(text)
	if err != nil {
		return nil, lineFaults(err)
	}
	var set []int
	err = room.desk.Do(ctx, "duty.set-calendar", func(ctx context.Context, w *act.Work) error {
		set = set[:0]
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		for _, y := range years {
			row := SetYear{Org: w.Actor().Org, ID: id.New(w.Now()), Year: y.Year, Body: y.String(), Made: w.Now(), By: w.Actor().ID}
			if err := setYears.Insert(ctx, w, &row); err != nil {
				return err
			}
			set = append(set, y.Year)
			w.Note("year-"+strconv.Itoa(y.Year), row.ID)
		}
		return nil
	})
	return set, err
}

// lineFaults names each line at fault and its remedy.
func lineFaults(err error) error {
	e := errInput.With()
	problems := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		problems = joined.Unwrap()
	}
	for _, one := range problems {
		if p, ok := errors.AsType[calendar.Problem](one); ok {
			e.At("body.text line "+strconv.Itoa(p.Line), fault.Text{ZH: "第 " + strconv.Itoa(p.Line) + " 行：" + p.ZH, EN: "line " + strconv.Itoa(p.Line) + ": " + p.EN})
		}
	}
	return e.Because(err)
}

// Years discloses what every known year says.
func (room *Room) Years(ctx context.Context) ([]calendar.Year, error) {
	var years []calendar.Year
	err := room.desk.Disclose(ctx, "duty.list", func(ctx context.Context, r *act.Reading) error {
		if err := permitList(ctx, r); err != nil {
			return err
		}
		now, err := room.reckoning(ctx, r, r.Actor().Org)
		years = now.Years()
		return err
	})
	return years, err
}

func calendarDays(d time.Duration) string { return strconv.Itoa(int(d / day)) }
