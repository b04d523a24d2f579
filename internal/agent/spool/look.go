package spool

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

// State is what a folder holds.
type State struct {
	Waiting int `json:"waiting"`
	// Bytes are of the records that wait, sealed.
	Bytes int64 `json:"bytes"`
	// Oldest is the time of the oldest that waits; zero when none does.
	Oldest time.Time `json:"oldest,omitzero"`
	// SetAside are the damaged records that are kept aside.
	SetAside int `json:"setAside"`
}

// Look tells what a folder holds without holding it or its key, while an agent may be at
// work in it.
func Look(folder string) (State, error) {
	var state State
	segments, _, err := numbers(folder)
	if err != nil {
		return state, err
	}
	for _, n := range segments {
		seg, found, err := openSegment(folder, n, os.O_RDONLY)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNoSegment) {
			continue
		}
		if err != nil {
			return state, err
		}
		for _, p := range found.whole {
			state.Waiting++
			state.Bytes += p.end() - p.offset
			if state.Oldest.IsZero() || p.at.Before(state.Oldest) {
				state.Oldest = p.at
			}
		}
		if err := seg.close(); err != nil {
			return state, err
		}
	}
	state.SetAside, err = asideIn(folder)
	return state, err
}
