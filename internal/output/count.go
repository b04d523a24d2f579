package output

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/calendar"
)

// counting is one patient whom one person took along on one day for one use.
type counting struct {
	Org     string    `db:"org,key"`
	Person  string    `db:"person,key"`
	Day     string    `db:"day,key"`
	Patient string    `db:"patient,key"`
	Profile string    `db:"profile,key"`
	At      time.Time `db:"at"`
}

// Used is how much of a quota is used, and how much there is; 0 most is no bound.
type Used struct {
	Day       int `json:"day"`
	DayMost   int `json:"dayMost"`
	Month     int `json:"month"`
	MonthMost int `json:"monthMost"`
}

func (u Used) within() error {
	if u.DayMost > 0 && u.Day > u.DayMost || u.MonthMost > 0 && u.Month > u.MonthMost {
		return errQuota.With("day", strconv.Itoa(u.Day), "dayMost", strconv.Itoa(u.DayMost), "month", strconv.Itoa(u.Month), "monthMost", strconv.Itoa(u.MonthMost)).Carrying(u)
	}
	return nil
}

// Count counts patients whom ctx reads in one query against the quota of whoever asks
// (D-047). Rooms call it before an answer with many patients leaves. It fails with the
// code output.quota when the quota is passed; nothing is counted then.
func (room *Room) Count(ctx context.Context, patients []string) error {
	for some := range slices.Chunk(patients, act.MaxRows/2) {
		err := room.desk.Do(ctx, "output.bulk", func(ctx context.Context, w *act.Work) error {
			actor := w.Actor()
			if err := w.Permit(ctx, houseObject(actor.Org)); err != nil {
				return err
			}
			p, err := profileOf(ctx, w, actor.Org, Bulk)
			if err != nil {
				return err
			}
			return room.countIn(ctx, w, p, some)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// countIn counts patients for whoever acts.
func (room *Room) countIn(ctx context.Context, w *act.Work, p Profile, patients []string) error {
	return countFor(ctx, w, p, w.Actor().ID, w.Actor().Roles, patients)
}

func countFor(ctx context.Context, w *act.Work, p Profile, person string, roles, patients []string) error {
	day := w.Now().In(calendar.Zone).Format(time.DateOnly)
	org := w.Actor().Org
	known, err := countedOn(ctx, w, org, person, day, p.ID, patients)
	if err != nil {
		return err
	}
	for _, patient := range slices.Compact(slices.Sorted(slices.Values(patients))) {
		if known[patient] {
			continue
		}
		if err := counted.Insert(ctx, w, &counting{Org: org, Person: person, Day: day, Patient: patient, Profile: p.ID, At: w.Now()}); err != nil {
			return err
		}
	}
	used, err := usedBy(ctx, w, org, person, p, roles, w.Now())
	if err != nil {
		return err
	}
	w.Note("patients-today", strconv.Itoa(used.Day))
	return used.within()
}

func countedOn(ctx context.Context, r db.Reader, org, person, day, profile string, patients []string) (map[string]bool, error) {
	known := map[string]bool{}
	for some := range slices.Chunk(patients, 200) {
		args := []any{org, person, day, profile}
		places := make([]string, len(some))
		for i, p := range some {
			args = append(args, p)
			places[i] = fmt.Sprintf("$%d", len(args))
		}
		found, err := counted.Select(ctx, r, "WHERE org = $1 AND person = $2 AND day = $3 AND profile = $4 AND patient IN ("+strings.Join(places, ", ")+")", args...)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			known[c.Patient] = true
		}
	}
	return known, nil
}

// usedBy counts the different patients of today and of this month.
func usedBy(ctx context.Context, r db.Reader, org, person string, p Profile, roles []string, at time.Time) (Used, error) {
	const distinct = "SELECT COUNT(DISTINCT patient) FROM output_count WHERE org = $1 AND person = $2 AND profile = $3 AND day >= $4 AND day <= $5"
	local := at.In(calendar.Zone)
	day, month := local.Format(time.DateOnly), local.Format("2006-01")
	quota := p.quotaOf(roles)
	used := Used{DayMost: quota.Day, MonthMost: quota.Month}
	var err error
	if used.Day, err = countRows(ctx, r, distinct, org, person, p.ID, day, day); err != nil {
		return used, err
	}
	used.Month, err = countRows(ctx, r, distinct, org, person, p.ID, month+"-01", month+"-31")
	return used, err
}

// Rules by which an output is suspicious.
const (
	Burst = "burst" // too many patients within an hour
	Night = "night" // too many patients at night
)

// suspicionOf names the rule that a person has just broken, if any.
func suspicionOf(ctx context.Context, r db.Reader, org, person string, p Profile, at time.Time) (string, error) {
	const since = "SELECT COUNT(DISTINCT patient) FROM output_count WHERE org = $1 AND person = $2 AND profile = $3 AND at > $4"
	n, err := countRows(ctx, r, since, org, person, p.ID, at.Add(-time.Hour).UnixMicro())
	if err != nil || n > p.Burst {
		return Burst, err
	}
	hour := at.In(calendar.Zone).Hour()
	if hour >= 6 && hour < 22 {
		return "", nil
	}
	n, err = countRows(ctx, r, since, org, person, p.ID, at.Add(-8*time.Hour).UnixMicro())
	if err != nil || n > p.Night {
		return Night, err
	}
	return "", nil
}
