package hl7v2

import "bytes"

const (
	mllpStart = 0x0B
	mllpEnd   = 0x1C
)

var utf8BOM = []byte{0xEF, 0xBB, 0xBF}

// Parse reads one message of at most MaxMessageBytes. Segments may end in CR, LF or
// CRLF; a leading byte order mark, MLLP framing and blank lines are kept. It does not
// hold on to data. The error is a *[Problem].
//
// Parse accepts anything whose bytes it can cut into segments and read as text; what
// the standard demands beyond that is for [Check] to say.
func Parse(data []byte) (*Message, error) {
	if p := checkSize(data); p != nil {
		return nil, p
	}
	data = bytes.Clone(data)
	start, end := bodyBounds(data)
	body := data[start:end]
	if !bytes.HasPrefix(body, []byte(headerName)) {
		p := newProblem(RuleHeaderMissing, Path{Segment: headerName}, "")
		p.Offset = start
		return nil, p
	}
	delimiters, p := readDelimiters(body[:lineEnd(body)])
	if p != nil {
		p.Offset += start
		return nil, p
	}
	count, p := countSegments(body, delimiters.Field)
	if p != nil {
		p.Offset += start
		return nil, p
	}
	d, p := settleCharset(body, delimiters)
	if p != nil {
		p.Offset += start
		return nil, p
	}
	return &Message{
		d:        d,
		prefix:   data[:start:start],
		segments: cutSegments(body, d, count),
		suffix:   data[end:],
	}, nil
}

func checkSize(data []byte) *Problem {
	switch {
	case len(data) > MaxMessageBytes:
		return newProblem(RuleMessageTooLarge, Path{}, "")
	case len(data) == 0:
		return newProblem(RuleMessageEmpty, Path{}, "")
	case isUTF16(data):
		return newProblem(RuleEncodingUTF16, Path{}, "")
	}
	return nil
}

func isUTF16(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF})
}

// bodyBounds returns where the segments begin and end between mark and framing.
func bodyBounds(data []byte) (start, end int) {
	for start < len(data) {
		switch {
		case data[start] == mllpStart || isLineBreak(data[start]):
			start++
		case bytes.HasPrefix(data[start:], utf8BOM):
			start += len(utf8BOM)
		default:
			return start, bodyEnd(data, start)
		}
	}
	return start, start
}

func bodyEnd(data []byte, start int) int {
	end := len(data)
	for end > start && isLineBreak(data[end-1]) {
		end--
	}
	if end > start && data[end-1] == mllpEnd {
		return end - 1
	}
	return len(data)
}

func countSegments(body []byte, field byte) (int, *Problem) {
	count := 0
	for lines := newLines(body); lines.next(); {
		count++
		if count > MaxSegments {
			return 0, newProblem(RuleSegmentsTooMany, Path{}, "")
		}
		if count > 1 && isHeader(lines.text(), field) {
			p := newProblem(RuleSecondHeader, Path{Segment: headerName, Occurrence: 2}, "")
			p.Line, p.Offset = count, lines.start
			return 0, p
		}
	}
	return count, nil
}

func isHeader(line []byte, field byte) bool {
	return bytes.HasPrefix(line, []byte(headerName)) && (len(line) == 3 || line[3] == field)
}

func cutSegments(body []byte, d *dialect, count int) []*Segment {
	slab := make([]Segment, 0, count)
	segments := make([]*Segment, 0, count)
	for lines := newLines(body); lines.next(); {
		slab = append(slab, Segment{
			data: body[lines.start:lines.after:lines.after],
			end:  lines.end - lines.start,
			d:    d,
		})
		segments = append(segments, &slab[len(slab)-1])
	}
	return segments
}
