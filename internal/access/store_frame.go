package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

var (
	frames     = db.Define[Frame]("access_frame")
	exceptions = db.Define[Exception]("access_exception")
)

// framesUp is how far up a department is looked for whose frame holds.
const framesUp = 5

// frameOf returns the frame that holds for the people of a department at a moment, and
// whether there is one.
func frameOf(ctx context.Context, r db.Reader, org, department string, at time.Time) (Frame, bool, error) {
	for range framesUp {
		if department == "" {
			break
		}
		f, there, err := ownFrame(ctx, r, org, department, at)
		if err != nil || there {
			return f, there, err
		}
		above, known, err := staff.DepartmentOf(ctx, r, org, department)
		if err != nil {
			return Frame{}, false, err
		}
		if department = above.Parent; !known {
			department = ""
		}
	}
	return ownFrame(ctx, r, org, "", at)
}

func ownFrame(ctx context.Context, r db.Reader, org, department string, at time.Time) (Frame, bool, error) {
	found, err := frames.Select(ctx, r, "WHERE org = $1 AND department = $2 AND state = $3 AND since <= $4 ORDER BY since DESC, settled DESC, id DESC LIMIT 1",
		org, department, staff.Agreed, at.UnixMicro())
	if err != nil || len(found) == 0 {
		return Frame{}, false, err
	}
	return found[0], true, nil
}

// framesAgreed are the frames that were agreed to, as they follow one another.
func framesAgreed(ctx context.Context, r db.Reader, org string) ([]Frame, error) {
	return frames.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY department, since, settled, id", org, staff.Agreed)
}

func framesProposed(ctx context.Context, r db.Reader, org string) ([]Frame, error) {
	return frames.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY department, id", org, staff.Proposed)
}

func framesPage(ctx context.Context, r db.Reader, org, before string, n int) ([]Frame, error) {
	return frames.Select(ctx, r, "WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3", org, before, int64(n))
}

// frameChanged reports whether a frame began to hold after one moment and up to another.
func frameChanged(ctx context.Context, r db.Reader, org string, after, upTo time.Time) (bool, error) {
	n, err := counted(ctx, r, "SELECT COUNT(*) FROM access_frame WHERE org = $1 AND state = $2 AND since <= $3 AND (since > $4 OR settled > $5)",
		org, staff.Agreed, upTo.UnixMicro(), after.UnixMicro(), after.UnixMicro())
	return n > 0, err
}

func exceptionsPage(ctx context.Context, r db.Reader, org string, after listPlace, n int) ([]Exception, error) {
	return exceptions.Select(ctx, r, "WHERE org = $1 AND (opened, id) < ($2, $3) ORDER BY opened DESC, id DESC LIMIT $4", org, after.Since, after.ID, int64(n))
}

// exceptionsOf are the exceptions that a request or a grant has, in any state.
func exceptionsOf(ctx context.Context, r db.Reader, org, request, grant string) ([]Exception, error) {
	return exceptions.Select(ctx, r, "WHERE org = $1 AND (request = $2 OR (result = $3 AND result <> $4)) ORDER BY opened, id", org, request, grant, "")
}

func exceptionsDue(ctx context.Context, r db.Reader, org string, at time.Time, n int) ([]Exception, error) {
	return exceptions.Select(ctx, r, "WHERE org = $1 AND state = $2 AND due <= $3 ORDER BY due, id LIMIT $4", org, Waiting, at.UnixMicro(), int64(n))
}
