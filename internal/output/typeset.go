package output

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	"github.com/signintech/gopdf"
)

// setter sets text in the first of its fonts that has each character.
type setter struct {
	doc    *gopdf.GoPdf
	fonts  int
	lacks  bool // the last character measured is not in the font
	glyphs map[rune]glyph
}

// glyph is a character in a font, at a size of one point.
type glyph struct {
	font  int // -1: in none
	width float64
}

func newSetter(data [][]byte) (s *setter, err error) {
	defer func() {
		if recover() != nil { // what is no font makes the reader panic
			err = errors.New("output: the font cannot be read")
		}
	}()
	s = &setter{doc: &gopdf.GoPdf{}, fonts: len(data), glyphs: map[rune]glyph{}}
	s.doc.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	for i, one := range data {
		option := gopdf.TtfOption{OnGlyphNotFound: func(rune) { s.lacks = true }, OnGlyphNotFoundSubstitute: func(rune) rune { return ' ' }}
		if err := s.doc.AddTTFFontDataWithOption(strconv.Itoa(i), one, option); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// glyph finds a character in the fonts.
func (s *setter) glyph(r rune) (glyph, error) {
	if known, ok := s.glyphs[r]; ok {
		return known, nil
	}
	const fine = 1000.0
	found := glyph{font: -1, width: 1}
	for i := range s.fonts {
		if err := s.doc.SetFont(strconv.Itoa(i), "", fine); err != nil {
			return found, err
		}
		s.lacks = false
		width, err := s.doc.MeasureTextWidth(string(r))
		if err != nil {
			return found, err
		}
		if !s.lacks {
			found = glyph{i, width / fine}
			break
		}
	}
	s.glyphs[r] = found
	return found, nil
}

// missing are the characters of a text that no font has, each once.
func (s *setter) missing(text string) string {
	var lacking strings.Builder
	for _, r := range text {
		if r == '\n' || r == '\t' || strings.ContainsRune(lacking.String(), r) {
			continue
		}
		if g, err := s.glyph(r); err != nil || g.font < 0 {
			lacking.WriteRune(r)
		}
	}
	return lacking.String()
}

func (s *setter) width(text string, size float64) (float64, error) {
	var wide float64
	for _, r := range text {
		g, err := s.glyph(r)
		if err != nil {
			return 0, err
		}
		wide += g.width * size
	}
	return wide, nil
}

// closing are characters that do not begin a line; they may stand out of it.
const closing = "，。、；：！？）》」』】”’%,.;:!?)"

// wrap breaks a paragraph into lines: between any two characters, but not within a
// word or a number that fits into a line, nor before a closing character.
func (s *setter) wrap(paragraph string, size, width float64) ([]string, error) {
	var lines []string
	var line []rune
	var used float64
	for _, r := range strings.ReplaceAll(paragraph, "\t", "　") {
		g, err := s.glyph(r)
		if err != nil {
			return nil, err
		}
		wide := g.width * size
		if used+wide > width && len(line) > 0 && !strings.ContainsRune(closing, r) {
			kept := wordStart(line, r)
			lines = append(lines, strings.TrimRight(string(line[:kept]), " "))
			line = append([]rune{}, line[kept:]...)
			if used, err = s.width(string(line), size); err != nil {
				return nil, err
			}
		}
		line, used = append(line, r), used+wide
	}
	return append(lines, string(line)), nil
}

// wordStart is where a line is broken before r: at the beginning of the word that r
// goes on, unless that is the whole line.
func wordStart(line []rune, r rune) int {
	at := len(line)
	for wordly(r) && at > 0 && wordly(line[at-1]) {
		at--
	}
	if at == 0 {
		return len(line)
	}
	return at
}

func wordly(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.') }

// write sets one line with its left end and its top at a place.
func (s *setter) write(text string, size, x, y float64) error {
	var run strings.Builder
	font := -1
	flush := func() error {
		if run.Len() == 0 {
			return nil
		}
		wide, err := s.width(run.String(), size)
		if err != nil {
			return err
		}
		if err := s.doc.SetFont(strconv.Itoa(max(font, 0)), "", size); err != nil {
			return err
		}
		s.doc.SetXY(x, y)
		err = s.doc.Cell(nil, run.String())
		x += wide
		run.Reset()
		return err
	}
	for _, r := range text {
		g, err := s.glyph(r)
		if err != nil {
			return err
		}
		if g.font < 0 {
			r = '　'
			g.font = 0
		}
		if g.font != font {
			if err := flush(); err != nil {
				return err
			}
			font = g.font
		}
		run.WriteRune(r)
	}
	return flush()
}
