package access

import (
	"context"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// adjusted is the SQL of the adjustments upon some triggers.
func adjusted(which []Trigger) string {
	parts := make([]string, len(which))
	for i, t := range which {
		parts[i] = "SELECT '" + t.ID + "' AS cause, org, id, person, at, noticed, ends FROM (" + t.rows + ") t" + itoa(i)
	}
	return "(" + strings.Join(parts, " UNION ALL ") + ") found"
}

// adjustmentsPage reads what adjusted itself in a time, the newest first.
func adjustmentsPage(ctx context.Context, r db.Reader, org string, which []Trigger, from, to time.Time, after listPlace, n int) ([]Adjustment, error) {
	rows, err := r.Query(ctx, "SELECT cause, id, person, at, noticed, ends FROM "+adjusted(which)+
		" WHERE org = $1 AND at >= $2 AND at < $3 AND (at, id) < ($4, $5) ORDER BY at DESC, id DESC LIMIT $6",
		org, from.UnixMicro(), to.UnixMicro(), after.Since, after.ID, int64(n))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Adjustment
	for rows.Next() {
		var a Adjustment
		var at, noticed, ends int64
		if err := rows.Scan(&a.Trigger, &a.ID, &a.Person, &at, &noticed, &ends); err != nil {
			return nil, err
		}
		a.At, a.Noticed, a.Ends = momentOf(at), momentOf(noticed), momentOf(ends)
		all = append(all, a)
	}
	return all, rows.Err()
}

func momentOf(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// adjustmentsCounted counts what adjusted itself in a time, by trigger.
func adjustmentsCounted(ctx context.Context, r db.Reader, org string, from, to time.Time) (map[string]int, error) {
	rows, err := r.Query(ctx, "SELECT cause, COUNT(*) FROM "+adjusted(triggers)+" WHERE org = $1 AND at >= $2 AND at < $3 GROUP BY cause",
		org, from.UnixMicro(), to.UnixMicro())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var trigger string
		var n int64
		if err := rows.Scan(&trigger, &n); err != nil {
			return nil, err
		}
		counts[trigger] = int(n)
	}
	return counts, rows.Err()
}
