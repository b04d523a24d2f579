package debarment

import (
	"context"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	debarments = db.Define[Debarment]("debarment_debarment")
	hits       = db.Define[Hit]("debarment_hit")
	traces     = db.Define[Trace]("debarment_trace", db.AsFinal)
)

// holding are the debarments that count at a moment, opened.
func (room *Room) holding(ctx context.Context, r db.Reader, org string, at time.Time) ([]known, error) {
	rows, err := debarments.Select(ctx, r, "WHERE org = $1 AND state = $2 AND since <= $3 AND (until IS NULL OR until > $4) ORDER BY id", org, Held, at.UnixMicro(), at.UnixMicro())
	if err != nil {
		return nil, err
	}
	contents, err := room.contents(ctx, r, org, rows)
	if err != nil {
		return nil, err
	}
	all := make([]known, len(rows))
	for i, d := range rows {
		all[i] = knownAs(d, contents[d.ID])
	}
	return all, nil
}

// contents opens what is sealed of some debarments, by their ids.
func (room *Room) contents(ctx context.Context, r db.Reader, org string, rows []Debarment) (map[string]Content, error) {
	opened := make(map[string]Content, len(rows))
	if len(rows) == 0 {
		return opened, nil
	}
	ids := make([]string, len(rows))
	for i, d := range rows {
		ids[i] = d.ID
	}
	keys, err := room.vault.Subjects(ctx, r, org, ids...)
	if err != nil {
		return nil, err
	}
	for _, d := range rows {
		key := keys[d.ID]
		if key == nil {
			continue // destroyed: what it said is no more, and names nobody
		}
		text, err := key.Open(contentPlace(d.ID), d.Content)
		if err != nil {
			return nil, err
		}
		var c Content
		if err := json.Unmarshal(text, &c); err != nil {
			return nil, err
		}
		opened[d.ID] = c
	}
	return opened, nil
}

// numbered finds the debarments of a number that hold or wait.
func numbered(ctx context.Context, r db.Reader, org, index string, at time.Time) ([]Debarment, error) {
	if index == "" {
		return nil, nil
	}
	return debarments.Select(ctx, r, "WHERE org = $1 AND number_index = $2 AND (state = $3 OR state = $4 AND (until IS NULL OR until > $5))", org, index, Proposed, Held, at.UnixMicro())
}

// hitsOf are the hits of a debarment in one matter, the newest first.
func hitsOf(ctx context.Context, r db.Reader, org, debarment, about string) ([]Hit, error) {
	return hits.Select(ctx, r, "WHERE org = $1 AND debarment = $2 AND about = $3 ORDER BY id DESC", org, debarment, about)
}

// partiesOf opens who was named in some hits of one debarment, by the ids of the hits.
func (room *Room) partiesOf(ctx context.Context, r db.Reader, org, debarment string, all []Hit) (map[string]party, error) {
	opened := make(map[string]party, len(all))
	if len(all) == 0 {
		return opened, nil
	}
	key, err := room.vault.Subject(ctx, r, org, debarment)
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		text, err := key.Open(partyPlace(h.ID), h.Party)
		if err != nil {
			return nil, err
		}
		var p party
		if err := json.Unmarshal(text, &p); err != nil {
			return nil, err
		}
		opened[h.ID] = p
	}
	return opened, nil
}
