package spool

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"

	"github.com/medward/medward/kit/sm"
)

const (
	// MaxContent is in bytes, of one record.
	MaxContent = 16 << 20

	magic       = "MWSPOOL1"
	idSize      = 16
	prefaceSize = len(magic) + idSize

	marker     = "MWR1"
	headerSize = 28
	boundSize  = 20
)

var checksum = crc32.MakeTable(crc32.Castagnoli)

// segmentID is random: it tells a segment from another that had its number before.
type segmentID [idSize]byte

func preface() (segmentID, []byte) {
	var id segmentID
	rand.Read(id[:]) // never fails: it ends the process instead
	return id, append([]byte(magic), id[:]...)
}

// header stands before each record: the marker, the size of what is sealed, the time in
// microseconds since 1970, the lane and three zero bytes, and the CRC-32C of what is sealed
// and of these 24 bytes.
type header struct {
	size uint32
	at   time.Time
	lane byte
	body uint32
}

func (h header) bytes() []byte {
	out := make([]byte, 0, headerSize)
	out = append(out, marker...)
	out = binary.BigEndian.AppendUint32(out, h.size)
	out = binary.BigEndian.AppendUint64(out, uint64(h.at.UnixMicro()))
	out = append(out, h.lane, 0, 0, 0)
	out = binary.BigEndian.AppendUint32(out, h.body)
	return binary.BigEndian.AppendUint32(out, crc32.Checksum(out, checksum))
}

// parseHeader reads a header, and tells whether it is one.
func parseHeader(in []byte) (header, bool) {
	if len(in) < headerSize || string(in[:len(marker)]) != marker {
		return header{}, false
	}
	if crc32.Checksum(in[:headerSize-4], checksum) != binary.BigEndian.Uint32(in[headerSize-4:]) {
		return header{}, false
	}
	h := header{
		size: binary.BigEndian.Uint32(in[4:]),
		at:   time.UnixMicro(int64(binary.BigEndian.Uint64(in[8:]))).UTC(), //nolint:gosec // as it was written
		lane: in[16], body: binary.BigEndian.Uint32(in[boundSize:]),
	}
	return h, h.size <= MaxContent+sm.Overhead
}

// seal makes a record for a place in a segment.
func seal(key *sm.Key, id segmentID, offset int64, lane byte, at time.Time, content []byte) []byte {
	h := header{size: uint32(len(content) + sm.Overhead), at: at, lane: lane} //nolint:gosec // MaxContent is far below
	sealed := key.Seal(content, bound(id, offset, h))
	h.body = crc32.Checksum(sealed, checksum)
	return append(h.bytes(), sealed...)
}

// open returns the content of a whole record that stands at a place of a segment.
func open(key *sm.Key, id segmentID, offset int64, record []byte) ([]byte, error) {
	h, ok := parseHeader(record)
	if !ok || len(record) != headerSize+int(h.size) {
		return nil, fmt.Errorf("%w: its head", sm.ErrBroken)
	}
	return key.Open(record[headerSize:], bound(id, offset, h))
}

func bound(id segmentID, offset int64, h header) []byte {
	out := binary.BigEndian.AppendUint64(append([]byte(nil), id[:]...), uint64(offset)) //nolint:gosec // not negative
	return append(out, h.bytes()[:boundSize]...)
}

// place is where a record stands in its segment.
type place struct {
	offset int64
	header
}

// end is the offset behind the record.
func (p place) end() int64 { return p.offset + headerSize + int64(p.size) }

// survey is what a segment holds.
type survey struct {
	id      segmentID
	whole   []place
	damaged []stretch
	// torn is where bytes begin that were being written when the machine stopped; the
	// size of the file, if there are none.
	torn int64
}

// stretch is a part of a file, its end not included.
type stretch struct{ from, to int64 }

// errNoSegment is a file that does not begin as a segment does.
var errNoSegment = errors.New("spool: no segment of a spool")

// read surveys a segment of a size, and opens nothing. summed compares the checksum of
// what is sealed as well, for which everything is read.
func read(in io.ReaderAt, size int64, summed bool) (survey, error) {
	found := survey{torn: size}
	head := make([]byte, prefaceSize)
	if n, err := in.ReadAt(head, 0); n < prefaceSize {
		if errors.Is(err, io.EOF) && string(head[:min(n, len(magic))]) == magic[:min(n, len(magic))] {
			found.torn = 0
			return found, nil
		}
		return found, errors.Join(errNoSegment, err)
	}
	if string(head[:len(magic)]) != magic {
		return found, errNoSegment
	}
	copy(found.id[:], head[len(magic):])
	for at := int64(prefaceSize); at < size; {
		p, fault, err := recordAt(in, at, size, summed)
		if err != nil {
			return found, err
		}
		switch fault {
		case none:
			found.whole = append(found.whole, p)
			at = p.end()
		case body:
			found.damaged = append(found.damaged, stretch{at, p.end()})
			at = p.end()
		case lost:
			next, blank, err := resume(in, at+1, size)
			if err != nil {
				return found, err
			}
			if next == size && (blank || size-at < headerSize || p.size > 0) {
				found.torn = at
				return found, nil
			}
			found.damaged = append(found.damaged, stretch{at, next})
			at = next
		}
	}
	return found, nil
}

// defect is what is wrong with a record.
type defect int

const (
	none defect = iota
	body        // its head is right and tells where the next begins
	lost        // its head is not right, or it reaches beyond the file
)

func recordAt(in io.ReaderAt, at, size int64, summed bool) (place, defect, error) {
	head := make([]byte, headerSize)
	if n, err := in.ReadAt(head, at); err != nil && !errors.Is(err, io.EOF) {
		return place{}, none, err
	} else if n < headerSize {
		return place{}, lost, nil
	}
	h, ok := parseHeader(head)
	if !ok {
		return place{}, lost, nil
	}
	p := place{offset: at, header: h}
	if p.end() > size {
		return p, lost, nil
	}
	if !summed {
		return p, none, nil
	}
	sum := crc32.New(checksum)
	if _, err := io.Copy(sum, io.NewSectionReader(in, at+headerSize, int64(h.size))); err != nil {
		return p, none, err
	}
	if sum.Sum32() != h.body {
		return p, body, nil
	}
	return p, none, nil
}

// resume finds the next head of a record from at on, or the size of the file, and tells
// whether all in between was zero, as file systems leave it that had no time to write.
func resume(in io.ReaderAt, at, size int64) (next int64, blank bool, err error) {
	const step = 64 << 10
	buf := make([]byte, step+headerSize)
	blank = true
	for ; at < size; at += step {
		n, err := in.ReadAt(buf[:min(int64(len(buf)), size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, false, err
		}
		for i := 0; i < min(n, step); {
			k := bytes.Index(buf[i:n], []byte(marker))
			if k < 0 {
				break
			}
			if _, ok := parseHeader(buf[i+k : n]); ok && i+k < step {
				return at + int64(i+k), false, nil
			}
			i += k + 1
		}
		blank = blank && len(bytes.Trim(buf[:n], "\x00")) == 0
	}
	return size, blank, nil
}
