package db

import "context"

// Together has nothing to save here: a question costs no round trip.
func (r sqliteReader) Together(_ context.Context, parts ...func() error) error {
	r.conn.together++
	defer func() { r.conn.together-- }()
	for _, part := range parts {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}
