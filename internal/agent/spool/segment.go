package spool

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/durable"
)

const (
	segmentSuffix  = ".seg"
	answeredSuffix = ".done"
	answerSize     = 8
)

// segment is a file of records and the file beside it that says which are answered.
type segment struct {
	folder string
	number uint64
	id     segmentID
	file   *os.File
	size   int64
	// answers is opened when the first record is answered.
	answers     *os.File
	answersSize int64
	// held are the records that wait or are being written.
	held int
}

func segmentPath(folder string, number uint64, suffix string) string {
	return filepath.Join(folder, fmt.Sprintf("%012d%s", number, suffix))
}

// newSegment makes a segment whose name is durable.
func newSegment(folder string, number uint64) (*segment, error) {
	id, head := preface()
	path := segmentPath(folder, number, segmentSuffix)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // within the folder of the spool
	if err != nil {
		return nil, err
	}
	s := &segment{folder: folder, number: number, id: id, file: file, size: int64(len(head))}
	if _, err := file.Write(head); err != nil {
		return nil, errors.Join(err, s.remove())
	}
	if err := durable.SyncFolder(folder); err != nil {
		return nil, errors.Join(err, s.remove())
	}
	return s, nil
}

// numbers are the segments of a folder in their order, and the highest number in use.
func numbers(folder string) (segments []uint64, highest uint64, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, 0, err
	}
	for _, e := range entries {
		suffix := filepath.Ext(e.Name())
		if suffix != segmentSuffix && suffix != answeredSuffix {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSuffix(e.Name(), suffix), 10, 64)
		if err != nil {
			continue
		}
		highest = max(highest, n)
		if suffix == segmentSuffix {
			segments = append(segments, n)
		}
	}
	slices.Sort(segments)
	return segments, highest, nil
}

// openSegment surveys a segment and returns the places that wait. Nothing is changed, and
// a segment that is not to be written to is surveyed by its heads alone.
func openSegment(folder string, number uint64, flag int) (*segment, survey, error) {
	file, err := os.OpenFile(segmentPath(folder, number, segmentSuffix), flag, 0)
	if err != nil {
		return nil, survey{}, err
	}
	s := &segment{folder: folder, number: number, file: file}
	info, err := file.Stat()
	if err != nil {
		return nil, survey{}, errors.Join(err, file.Close())
	}
	s.size = info.Size()
	found, err := read(file, s.size, flag != os.O_RDONLY)
	if err != nil {
		return nil, found, errors.Join(err, file.Close())
	}
	s.id = found.id
	answered, err := readAnswers(segmentPath(folder, number, answeredSuffix), s.id)
	if err != nil {
		return nil, found, errors.Join(err, file.Close())
	}
	s.answersSize = int64(len(answered)) * answerSize
	found.whole = slices.DeleteFunc(found.whole, func(p place) bool { return answered[p.offset] })
	s.held = len(found.whole)
	return s, found, nil
}

// readAnswers reads which offsets of a segment are answered. What does not belong to it,
// or was half written, is nothing: its record is handed out again.
func readAnswers(path string, id segmentID) (map[int64]bool, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // within the folder of the spool
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	answered := make(map[int64]bool, len(raw)/answerSize)
	for one := range slices.Chunk(raw, answerSize) {
		if len(one) == answerSize && binary.BigEndian.Uint32(one[4:]) == answerSum(id, one[:4]) {
			answered[int64(binary.BigEndian.Uint32(one))] = true
		}
	}
	return answered, nil
}

func answerSum(id segmentID, offset []byte) uint32 {
	return crc32.Update(crc32.Checksum(id[:], checksum), checksum, offset)
}

// answer remembers that a record is answered, as soon as the disk gets to it.
func (s *segment) answer(offset int64) error {
	if s.answers == nil {
		file, err := os.OpenFile(segmentPath(s.folder, s.number, answeredSuffix), os.O_WRONLY|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		s.answers = file
	}
	entry := binary.BigEndian.AppendUint32(nil, uint32(offset)) //nolint:gosec // a segment ends long before 4 GiB
	entry = binary.BigEndian.AppendUint32(entry, answerSum(s.id, entry))
	if _, err := s.answers.WriteAt(entry, s.answersSize); err != nil {
		return err
	}
	s.answersSize += answerSize
	return nil
}

// record reads the bytes of a record.
func (s *segment) record(r ref) ([]byte, error) {
	out := make([]byte, r.size)
	if _, err := s.file.ReadAt(out, int64(r.offset)); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("spool: reading segment %d at %d: %w", s.number, r.offset, err)
	}
	return out, nil
}

func (s *segment) close() error {
	if s.answers == nil {
		return s.file.Close()
	}
	return errors.Join(s.answers.Close(), s.file.Close())
}

// remove closes and deletes the segment; the answers last, because without them it would
// be handed out again.
func (s *segment) remove() error {
	err := errors.Join(s.close(), os.Remove(segmentPath(s.folder, s.number, segmentSuffix)))
	if gone := os.Remove(segmentPath(s.folder, s.number, answeredSuffix)); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
