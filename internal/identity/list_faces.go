package identity

import (
	"context"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// facePlace is where a page of faces ended.
type facePlace struct {
	Made int64  `json:"made"`
	ID   string `json:"id"`
}

// ListedFaces is a page of faces with the people whose they are.
type ListedFaces struct {
	web.Page[Face]
	Names map[string]staff.Name
}

// Faces lists the caller's own: what was enrolled and what was erased.
func (r *Room) Faces(ctx context.Context) ([]Face, error) {
	var own []Face
	err := r.desk.Disclose(ctx, "identity.list-faces", func(ctx context.Context, v *act.Reading) error {
		of, err := ownOr(ctx, v, v.Actor(), "")
		if err != nil {
			return err
		}
		if err := v.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		own, err = facesOf(ctx, v, of.Org, of.ID)
		return err
	})
	return own, r.doubted(ctx, err)
}

// AllFaces lists every enrolment and every deletion, the newest enrolment first.
func (r *Room) AllFaces(ctx context.Context, cursor string, limit int) (l ListedFaces, err error) {
	after := facePlace{Made: math.MaxInt64}
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return l, err
	}
	limit = web.Bounded(limit)
	err = r.desk.Disclose(ctx, "identity.list-faces", func(ctx context.Context, v *act.Reading) error {
		org := v.Actor().Org
		if err := v.Permit(ctx, houseOf(org)); err != nil {
			return err
		}
		found, err := facesAfter(ctx, v, org, after, limit+1)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(found, limit, func(f Face) facePlace { return facePlace{f.Made.UnixMicro(), f.ID} }); err != nil {
			return err
		}
		people := make([]string, len(l.Items))
		for i, f := range l.Items {
			people[i] = f.Person
		}
		l.Names, err = staff.Names(ctx, v, org, people, v.Now())
		return err
	})
	return l, r.doubted(ctx, err)
}

func facesAfter(ctx context.Context, r db.Reader, org string, after facePlace, n int) ([]Face, error) {
	return faces.Select(ctx, r, "WHERE org = $1 AND (made, id) < ($2, $3) ORDER BY made DESC, id DESC LIMIT $4", org, after.Made, after.ID, int64(n))
}
