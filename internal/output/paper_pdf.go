package output

import (
	"errors"
	"fmt"
	"strings"

	"github.com/signintech/gopdf"
)

// Measures of a page, in points.
const (
	textSize  = 11.0
	smallSize = 8.0
	titleSize = 16.0
	leading   = 1.65
	left      = 51.0
	top       = 72.0
	bottom    = 72.0
	squareAt  = 42.0
	stampAt   = 119.0
)

// typeset is one line of a page.
type typeset struct {
	text    string
	size    float64
	centred bool
	breaks  bool // it begins a new page
}

// setPDF sets a copy in type. missing are characters that no font has; they are left
// open on the page.
func setPDF(p paper, data [][]byte) (file []byte, missing string, err error) {
	s, err := newSetter(data)
	if err != nil {
		return nil, "", errNoFont.Because(err)
	}
	missing = s.missing(p.everything())
	width := gopdf.PageSizeA4.W - 2*left
	lines, err := p.lines(s, width)
	if err != nil {
		return nil, "", err
	}
	pages := paginate(lines, gopdf.PageSizeA4.H-top-bottom)
	for n, lines := range pages {
		s.doc.AddPage()
		if err := p.frame(s, width, n+1, len(pages)); err != nil {
			return nil, "", err
		}
		y := top
		for _, line := range lines {
			x := left
			if line.centred {
				wide, err := s.width(line.text, line.size)
				if err != nil {
					return nil, "", err
				}
				x += max(0, (width-wide)/2)
			}
			if err := s.write(line.text, line.size, x, y); err != nil {
				return nil, "", err
			}
			y += line.size * leading
		}
	}
	if err := p.stampPlace(s); err != nil {
		return nil, "", err
	}
	file, err = s.doc.GetBytesPdfReturnErr()
	return file, missing, err
}

// stampPlace draws on the last page where the seal of the house goes.
func (p paper) stampPlace(s *setter) error {
	if !p.Stamp {
		return nil
	}
	x, y := gopdf.PageSizeA4.W-left-stampAt, gopdf.PageSizeA4.H-bottom-stampAt-10
	s.doc.SetLineType("dashed")
	s.doc.RectFromUpperLeft(x, y, stampAt, stampAt)
	return s.write("（盖章处）", smallSize, x+stampAt/2-20, y+stampAt/2)
}

// everything is all text of a copy.
func (p paper) everything() string {
	var b strings.Builder
	b.WriteString(p.House + p.Patient + p.footing() + p.Address)
	for _, d := range p.Documents {
		b.WriteString(d.Title + d.About + d.Signed)
		for _, s := range d.Sections {
			b.WriteString(s.Title + s.Text)
		}
	}
	return strings.ReplaceAll(b.String(), "\r", "")
}

func (p paper) lines(s *setter, width float64) ([]typeset, error) {
	var all []typeset
	add := func(text string, like typeset) error {
		for paragraph := range strings.SplitSeq(strings.ReplaceAll(text, "\r", ""), "\n") {
			broken, err := s.wrap(paragraph, like.size, width)
			if err != nil {
				return fmt.Errorf("setting a paragraph: %w", err)
			}
			for _, line := range broken {
				like.text = line
				all = append(all, like)
				like.breaks = false
			}
		}
		return nil
	}
	for i, d := range p.Documents {
		err := errors.Join(
			add(d.Title, typeset{size: titleSize, centred: true, breaks: i > 0}),
			add(d.About, typeset{size: smallSize, centred: true}),
		)
		for _, s := range d.Sections {
			err = errors.Join(err, add("【"+s.Title+"】", typeset{size: textSize}), add(s.Text, typeset{size: textSize}))
		}
		if err = errors.Join(err, add("", typeset{size: textSize}), add(d.Signed, typeset{size: smallSize})); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// paginate fills pages of a height.
func paginate(lines []typeset, height float64) [][]typeset {
	var pages [][]typeset
	var used float64
	for i, line := range lines {
		needed := line.size * leading
		if i == 0 || line.breaks || used+needed > height {
			pages, used = append(pages, nil), 0
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], line)
		used += needed
	}
	return pages
}

// frame draws what stands on every page: the house, of whom it speaks, the serial and
// the code, the number of the page, and the code for cameras.
func (p paper) frame(s *setter, width float64, n, of int) error {
	foot := gopdf.PageSizeA4.H - bottom + 14
	s.doc.SetLineType("solid")
	s.doc.SetLineWidth(0.5)
	s.doc.Line(left, top-14, left+width, top-14)
	s.doc.Line(left, foot-6, left+width, foot-6)
	drawn, err := square(p.Address)
	if err != nil {
		return err
	}
	if err := s.doc.ImageFrom(drawn, left, foot-4, &gopdf.Rect{W: squareAt, H: squareAt}); err != nil {
		return err
	}
	if err := s.write(strings.Join(filled(p.House, p.Patient), "　　"), smallSize, left, top-28); err != nil {
		return err
	}
	for i, text := range []string{p.footing(), p.Address, fmt.Sprintf("第 %d 页 / 共 %d 页", n, of)} {
		if err := s.write(text, smallSize, left+squareAt+6, foot+float64(i)*smallSize*1.45); err != nil {
			return err
		}
	}
	return nil
}
