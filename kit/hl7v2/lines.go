package hl7v2

import "bytes"

// lines walks over text ended by CR, LF or CRLF. Blank lines belong to the terminator
// of the line before them. It remembers the next CR and the next LF apart, so that a
// file using only one of them is not searched again and again for the other.
type lines struct {
	b                 []byte
	start, end, after int
	cr, lf            int
}

func newLines(b []byte) *lines { return &lines{b: b, cr: -1, lf: -1} }

func (l *lines) next() bool {
	if l.after >= len(l.b) {
		return false
	}
	l.start = l.after
	l.cr = l.seek(l.cr, '\r')
	l.lf = l.seek(l.lf, '\n')
	l.end = min(l.cr, l.lf)
	for l.after = l.end; l.after < len(l.b) && isLineBreak(l.b[l.after]); {
		l.after++
	}
	return true
}

func (l *lines) text() []byte { return l.b[l.start:l.end] }

// blank reports whether an empty line follows.
func (l *lines) blank() bool {
	terminator := l.b[l.end:l.after]
	return len(terminator) > 2 || len(terminator) == 2 && string(terminator) != "\r\n"
}

func (l *lines) seek(known int, c byte) int {
	if known >= l.start {
		return known
	}
	if i := bytes.IndexByte(l.b[l.start:], c); i >= 0 {
		return l.start + i
	}
	return len(l.b)
}

func lineEnd(b []byte) int {
	if i := bytes.IndexAny(b, "\r\n"); i >= 0 {
		return i
	}
	return len(b)
}

func isLineBreak(c byte) bool { return c == '\r' || c == '\n' }
