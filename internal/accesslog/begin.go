package accesslog

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/hex"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

const (
	// MaxPart is how many bytes one part may have.
	MaxPart = 4 << 20
	// maxLines is how many lines a run may have.
	maxLines = 2_000_000
	// blockLines and blockBytes bound what is sealed together.
	blockLines = 2000
	blockBytes = 1 << 20
)

// Begin begins a run. written is when the file was made by its system; zero when nobody
// says.
func (room *Room) Begin(ctx context.Context, source string, written time.Time) (Run, error) {
	if err := room.desk.Begin(ctx, "accesslog.begin"); err != nil {
		return Run{}, err
	}
	now := room.desk.Now()
	if written.After(now.AddDate(1, 0, 0)) {
		return Run{}, errInput.With().At("written", fault.Text{ZH: "不能晚于一年以后", EN: "cannot be later than in a year"})
	}
	actor := act.From(ctx)
	run := Run{Org: actor.Org, ID: id.New(now), Source: source, State: Receiving, By: actor.ID, Written: written.UTC(), Begun: now, Hours: map[string]int{}}
	key, err := room.vault.NewSubject(run.Org, run.ID)
	if err != nil {
		return Run{}, err
	}
	err = room.house(ctx, "accesslog.begin", func(ctx context.Context, w *act.Work) error {
		if err := room.mustHandIn(ctx, w, w.Actor(), source); err != nil {
			return err
		}
		m, known, err := mappingOf(ctx, w, run.Org, source)
		if err == nil && !known {
			err = errUnmapped.With("source", source)
		}
		if err != nil {
			return err
		}
		run.Rev = m.Rev
		w.Note("source", source)
		w.Note("run", run.ID)
		if err := key.Save(ctx, w); err != nil {
			return err
		}
		return runs.Insert(ctx, w, &run)
	})
	return run, err
}

// Receive takes the next part of a log: whole lines, in their order.
func (room *Room) Receive(ctx context.Context, runID string, part int, content []byte) (Run, error) {
	if err := room.desk.Begin(ctx, "accesslog.receive"); err != nil {
		return Run{}, err
	}
	if len(bytes.TrimSpace(content)) == 0 || len(content) > MaxPart {
		return Run{}, errPart.With()
	}
	run, key, err := room.runAndKey(ctx, runID)
	if err != nil {
		return Run{}, room.house(ctx, "accesslog.receive", func(context.Context, *act.Work) error { return err })
	}
	packed, err := room.pack(run, key, part, content)
	if err != nil {
		return Run{}, err
	}
	planned := run
	err = room.house(ctx, "accesslog.receive", func(ctx context.Context, w *act.Work) error {
		if run, err = runToFeed(ctx, w, runID); err != nil {
			return err
		}
		switch {
		case run.State != Receiving:
			return errOver.With()
		case run.Parts != part || run.Blocks != planned.Blocks:
			return errPlace.With("place", strconv.Itoa(run.Parts))
		}
		w.Note("run", run.ID)
		w.Note("part", strconv.Itoa(part))
		run.Parts, run.Bytes = run.Parts+1, run.Bytes+int64(len(content))
		for i := range packed {
			packed[i].Received = w.Now()
			run.Blocks, run.Lines = run.Blocks+1, run.Lines+int64(packed[i].Lines)
			if err := blocks.Insert(ctx, w, &packed[i]); err != nil {
				return err
			}
		}
		if run.Lines > maxLines {
			return errTooMuch.With("lines", strconv.Itoa(maxLines))
		}
		return runs.Update(ctx, w, &run)
	})
	return run, err
}

// runToFeed is a run into which whoever acts may put lines: a machine into its own.
func runToFeed(ctx context.Context, w *act.Work, id string) (Run, error) {
	run, err := runs.Get(ctx, w, w.Actor().Org, id)
	if err != nil {
		return Run{}, absent(err)
	}
	if a := w.Actor(); a.Kind == act.Feed && run.By != a.ID {
		return Run{}, act.ErrAbsent.With()
	}
	return run, nil
}

func (room *Room) runAndKey(ctx context.Context, runID string) (run Run, key *vault.Subject, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		org := act.From(ctx).Org
		if run, err = runs.Get(ctx, r, org, runID); err != nil {
			return absent(err)
		}
		key, err = room.vault.Subject(ctx, r, org, runID)
		return err
	})
	return run, key, err
}

// pack seals the lines of a part in blocks.
func (room *Room) pack(run Run, key *vault.Subject, part int, content []byte) ([]blockRow, error) {
	var packed []blockRow
	line, number := run.Lines+1, run.Blocks
	for len(content) > 0 {
		some, lines := cutBlock(content)
		content = content[len(some):]
		thin, err := compress(some)
		if err != nil {
			return nil, err
		}
		sealed, err := key.Seal(blockPlace(run.ID, number), thin)
		if err != nil {
			return nil, err
		}
		sum := sm.Sum(some)
		packed = append(packed, blockRow{
			Org: run.Org, Run: run.ID, Number: number, Part: part, Line: line, Lines: lines, Sealed: sealed,
			Digest: room.vault.Blind(run.Org, "accesslog.block", hex.EncodeToString(sum[:])),
		})
		line, number = line+int64(lines), number+1
	}
	return packed, nil
}

// cutBlock is as many whole lines from the beginning as one block holds.
func cutBlock(content []byte) (block []byte, lines int) {
	at := 0
	for at < len(content) && lines < blockLines && at < blockBytes {
		end := bytes.IndexByte(content[at:], '\n')
		lines++
		if end < 0 {
			return content, lines
		}
		at += end + 1
	}
	return content[:at], lines
}

func blockPlace(run string, number int) vault.Place {
	return vault.Place{Kind: "AccessLogBlock", Object: run, Version: strconv.Itoa(number), Field: "lines"}
}

func compress(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// open returns the lines of a block as they came.
func (b blockRow) open(key *vault.Subject) ([]byte, error) {
	thin, err := key.Open(blockPlace(b.Run, b.Number), b.Sealed)
	if err != nil {
		return nil, errUnreadable.Because(err)
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(thin)), MaxPart+1))
	if err != nil {
		return nil, errUnreadable.Because(err)
	}
	return text, nil
}

// Finish says that a log is whole, and orders that it is matched.
func (room *Room) Finish(ctx context.Context, runID string) (Run, error) {
	var run Run
	err := room.house(ctx, "accesslog.receive", func(ctx context.Context, w *act.Work) (err error) {
		if run, err = runToFeed(ctx, w, runID); err != nil {
			return err
		}
		if run.State != Receiving || run.Blocks == 0 {
			return errOver.With()
		}
		w.Note("run", run.ID)
		return conclusive(ctx, w, &run)
	})
	return run, err
}

// linesOf are some lines of a block whose first has a number.
func linesOf(text []byte, first int64, wanted []int64) []SetAside {
	var shown []SetAside
	number := first - 1
	for line := range bytes.Lines(text) {
		number++
		if !slices.Contains(wanted, number) {
			continue
		}
		if len(shown) == maxShown {
			break
		}
		line = bytes.TrimRight(line[:min(len(line), maxShownLine)], "\r\n")
		shown = append(shown, SetAside{Line: number, Content: strings.ToValidUTF8(string(line), "�")})
	}
	return shown
}

const (
	maxShown     = 20
	maxShownLine = 4000
)
