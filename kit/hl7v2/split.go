package hl7v2

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
)

// Raw is one message as it stands in a file, not yet parsed.
type Raw struct {
	// Bytes runs from MSH to the end of the last segment with its terminator, and
	// shares memory with the file. Framing, byte order mark and batch segments are
	// left out.
	Bytes []byte
	// Offset is where Bytes begins in the file; Line is its line, counting from 1.
	Offset, Line int
	// Framed tells that the message stood in an MLLP frame.
	Framed bool
	// Batch is what the message stood in, or nil; messages of one batch share it.
	Batch *Batch
}

// Batch holds the FHS and BHS lines that enclose a message, each nil where not given.
type Batch struct {
	FileHeader, BatchHeader []byte
}

// Split cuts a file into messages: messages one after another, with blank lines or
// comments (//, /* */) between them, in FHS and BHS batches, or in MLLP frames. What
// belongs to no message is a problem naming its line, never silently dropped; a broken
// line inside a message stays with it, for [Check] to find.
func Split(file []byte) ([]Raw, []Problem) {
	s := &splitter{file: file, open: -1, line: 1}
	if isUTF16(file) {
		s.problem(RuleEncodingUTF16, Path{}, 0, "")
		return nil, s.report.problems
	}
	blank := true
	for lines := newLines(file); lines.next(); {
		s.takeLine(lines.start, lines.end, firstTerminator(lines), blank)
		s.line += lineCount(file[lines.end:lines.after])
		blank = lines.blank()
	}
	s.close(false)
	if len(s.found) == 0 {
		s.problem(RuleNoMessage, Path{}, 0, "")
	}
	return s.found, s.report.problems
}

type splitter struct {
	file   []byte
	found  []Raw
	report report
	line   int

	open, openLine, openEnd int
	framed                  bool
	comment, outside, full  bool

	batch                        *Batch
	messagesInBatch, batchesSeen int
}

// takeLine handles one line. MLLP ends need no line break, so a line may hold the end
// of one message and the beginning of the next.
func (s *splitter) takeLine(start, end, terminator int, afterBlank bool) {
	for {
		stop := bytes.IndexByte(s.file[start:end], mllpEnd)
		if stop < 0 {
			break
		}
		s.takeText(start, start+stop, start+stop, afterBlank)
		s.close(true)
		start += stop + 1
	}
	s.takeText(start, end, terminator, afterBlank)
}

func (s *splitter) takeText(start, end, terminator int, afterBlank bool) {
	begin := start
	framed := false
	for {
		rest := s.file[begin:end]
		if len(rest) > 0 && rest[0] == mllpStart {
			framed = true
			begin++
		} else if bytes.HasPrefix(rest, utf8BOM) {
			begin += len(utf8BOM)
		} else {
			break
		}
	}
	text := s.file[begin:end]
	switch {
	case len(text) == 0:
	case beginsMessage(text):
		s.close(false)
		s.open, s.openLine, s.openEnd = begin, s.line, terminator
		s.framed, s.comment, s.outside = framed, false, false
	case isBatchSegment(text):
		s.close(false)
		s.takeBatch(text, begin)
	case s.comment || (afterBlank || s.open < 0) && beginsComment(text):
		s.close(false)
		s.takeComment(text, begin)
	case s.open >= 0:
		s.openEnd = terminator
	default:
		s.takeOutside(begin)
	}
}

func beginsMessage(text []byte) bool {
	return len(text) > 4 && string(text[:3]) == headerName && usableDelimiter(text[3]) && usableDelimiter(text[4])
}

func isBatchSegment(text []byte) bool {
	if len(text) < 3 || len(text) > 3 && !usableDelimiter(text[3]) {
		return false
	}
	switch string(text[:3]) {
	case "FHS", "BHS", "BTS", "FTS":
		return true
	}
	return false
}

func beginsComment(text []byte) bool {
	return bytes.HasPrefix(text, []byte("//")) || bytes.HasPrefix(text, []byte("/*"))
}

func (s *splitter) takeComment(text []byte, at int) {
	if s.comment || bytes.HasPrefix(text, []byte("/*")) {
		s.comment = !bytes.Contains(text, []byte("*/"))
	}
	s.takeOutside(at)
}

// takeOutside reports a run of lines outside any message once.
func (s *splitter) takeOutside(at int) {
	if !s.outside {
		s.problem(RuleOutsideMessage, Path{}, at, "")
	}
	s.outside = true
}

// close ends the open message, if there is one. ended tells that its frame ended too.
func (s *splitter) close(ended bool) {
	if s.open < 0 {
		return
	}
	if len(s.found) == MaxMessages {
		if !s.full {
			s.problem(RuleMessagesTooMany, Path{}, s.open, "")
		}
		s.full, s.open = true, -1
		return
	}
	if s.framed && !ended {
		s.problem(RuleFrameOpen, Path{}, s.open, "")
	}
	s.found = append(s.found, Raw{
		Bytes:  s.file[s.open:s.openEnd:s.openEnd],
		Offset: s.open, Line: s.openLine, Framed: s.framed, Batch: s.batch,
	})
	s.messagesInBatch++
	s.open = -1
}

func (s *splitter) takeBatch(text []byte, at int) {
	text = slices.Clip(text)
	var file []byte
	if s.batch != nil {
		file = s.batch.FileHeader
	}
	switch string(text[:3]) {
	case "FHS":
		s.batch, s.batchesSeen = &Batch{FileHeader: text}, 0
	case "BHS":
		s.batch, s.messagesInBatch = &Batch{FileHeader: file, BatchHeader: text}, 0
	case "BTS":
		s.checkCount(text, at, "BTS", s.messagesInBatch)
		s.batch, s.messagesInBatch = nil, 0
		if file != nil {
			s.batch = &Batch{FileHeader: file}
		}
		s.batchesSeen++
	case "FTS":
		if s.batchesSeen > 0 {
			s.checkCount(text, at, "FTS", s.batchesSeen)
		}
		s.batch = nil
	}
}

// checkCount compares the first field of a trailer, where it holds a number.
func (s *splitter) checkCount(trailer []byte, at int, name string, found int) {
	if len(trailer) < 5 {
		return
	}
	field, _, _ := bytes.Cut(trailer[4:], trailer[3:4])
	declared, err := strconv.Atoi(string(bytes.TrimSpace(field)))
	if err == nil && declared != found {
		s.problem(RuleBatchCount, Path{Segment: name, Field: 1}, at, fmt.Sprintf("%d ≠ %d", declared, found))
	}
}

func (s *splitter) problem(rule Rule, at Path, offset int, detail string) {
	p := newProblem(rule, at, detail)
	p.Line, p.Offset = s.line, offset
	s.report.add(p)
}

// firstTerminator returns where the line's own terminator ends, before blank lines.
func firstTerminator(l *lines) int {
	terminator := l.b[l.end:l.after]
	switch {
	case bytes.HasPrefix(terminator, []byte("\r\n")):
		return l.end + 2
	case len(terminator) > 0:
		return l.end + 1
	}
	return l.end
}

// lineCount counts the line ends in a run of them.
func lineCount(terminator []byte) int {
	return bytes.Count(terminator, []byte{'\r'}) + bytes.Count(terminator, []byte{'\n'}) -
		bytes.Count(terminator, []byte("\r\n"))
}
