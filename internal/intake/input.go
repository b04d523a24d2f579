package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/medward/medward/kit/cda"
)

// Input names what is to be taken in: files and folders, one stream, or several inputs.
type Input struct {
	Source string // the name of the foreign system; DefaultSource when empty
	Paths  []string
	Reader io.Reader
	Name   string // of what Reader gives
	// Each gives inputs one after another, in place of Paths and Reader.
	Each iter.Seq2[Handed, error]
}

// Handed is one of several inputs.
type Handed struct {
	Name string
	Raw  []byte
}

func (h Handed) received() received {
	if len(h.Raw) > MaxFile {
		return received{name: h.Name, over: true}
	}
	return received{name: h.Name, raw: h.Raw}
}

// DefaultSource is the source of what is handed in without one.
const DefaultSource = "upload"

// received is one input as it was read. Above [MaxFile] it has no bytes.
type received struct {
	name string
	raw  []byte
	over bool
	// arrived is when it came, for what waited before the run began.
	arrived time.Time
	unless  string // If-None-Exist of a single resource
}

// all yields every input in the order of its name.
func (in Input) all() (iter.Seq2[received, error], int, error) {
	if in.Each != nil {
		return func(yield func(received, error) bool) {
			for h, err := range in.Each {
				if !yield(h.received(), err) {
					return
				}
			}
		}, 0, nil
	}
	if in.Reader != nil {
		return func(yield func(received, error) bool) { yield(readAll(in.Name, in.Reader)) }, 1, nil
	}
	paths, err := Files(in.Paths)
	if err != nil {
		return nil, 0, err
	}
	return func(yield func(received, error) bool) {
		for _, p := range paths {
			if !yield(readFile(p)) {
				return
			}
		}
	}, len(paths), nil
}

// Files returns the regular files at and below the paths. Hidden files are
// left out, and no link is followed below a path that was named.
func Files(paths []string) ([]string, error) {
	var all []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, errNoInput.With("path", path).Because(err)
		}
		if !info.IsDir() {
			all = append(all, path)
			continue
		}
		err = filepath.WalkDir(path, func(at string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			hidden := entry.Name()[0] == '.' && at != path
			switch {
			case hidden && entry.IsDir():
				return fs.SkipDir
			case !hidden && entry.Type().IsRegular():
				all = append(all, at)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("reading the folder %s: %w", path, err)
		}
	}
	if len(all) == 0 {
		return nil, errNoInput.With("path", fmt.Sprint(paths))
	}
	return all, nil
}

func readFile(path string) (in received, err error) {
	f, err := os.Open(path) //nolint:gosec // the caller names what is to be imported
	if err != nil {
		return received{}, errNoInput.With("path", path).Because(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if info, err := f.Stat(); err == nil && info.Size() > MaxFile {
		return received{name: filepath.Base(path), over: true}, nil
	}
	return readAll(filepath.Base(path), f)
}

func readAll(name string, r io.Reader) (received, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return received{}, fmt.Errorf("reading the input: %w", err)
	}
	if len(raw) > MaxFile {
		return received{name: name, over: true}, nil
	}
	return received{name: name, raw: raw}, nil
}

// Kinds of input.
const (
	KindFHIR    = "fhir"
	KindHL7     = "hl7v2"
	KindCDA     = "cda"
	KindUnknown = "unknown"
)

// kindOf tells by its first bytes what an input is. Names are not asked.
func kindOf(raw []byte) string {
	text := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF")), " \t\r\n\x0B")
	head := text[:min(len(text), 64<<10)]
	switch {
	case isMarkup(head) && cda.Looks(head):
		return KindCDA
	case len(head) == 0, head[0] == '{', isArray(head), head[0] == '<', bytes.HasPrefix(head, []byte("\x1F\x8B")):
		return KindFHIR
	case bytes.HasPrefix(head, []byte("MSH")), bytes.HasPrefix(head, []byte("FHS")), bytes.HasPrefix(head, []byte("BHS")):
		return KindHL7
	case bytes.HasPrefix(head, []byte("\xFF\xFEM\x00S\x00")), bytes.HasPrefix(head, []byte("\xFE\xFF\x00M\x00S")):
		return KindHL7
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return KindFHIR
	case bytes.Contains(head, []byte("MSH|")):
		return KindHL7
	}
	return KindUnknown
}

// isMarkup reports a text that begins as XML does, in one byte a character or in two.
func isMarkup(head []byte) bool {
	head = bytes.TrimPrefix(bytes.TrimPrefix(head, []byte("\xFF\xFE")), []byte("\xFE\xFF"))
	return bytes.HasPrefix(bytes.TrimLeft(head, "\x00 \t\r\n"), []byte("<"))
}

// isArray tells a JSON array from a line that begins with a bracket.
func isArray(head []byte) bool {
	inside := bytes.TrimLeft(head[1:], " \t\r\n")
	return head[0] == '[' && (len(inside) == 0 || strings.IndexByte(`{["]-0123456789`, inside[0]) >= 0)
}
