package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Problem is what is wrong on one line of a calendar, with its remedy, in Chinese
// and in English.
type Problem struct {
	Line   int // from 1
	ZH, EN string
}

func (p Problem) Error() string { return fmt.Sprintf("calendar: line %d: %s", p.Line, p.EN) }

// Limits of what [Parse] reads.
const (
	maxText     = 64 << 10
	maxProblems = 20
	maxSpan     = 31
	firstYear   = 2000
	lastYear    = 2199
)

// Parse reads years written one thing to a line:
//
//	# a remark
//	year 2026 the notice
//	off 2026-10-01..2026-10-07 国庆节
//	work 2026-10-10 国庆节
//
// Lines after a year belong to it. A day is in its year or in the December before
// it, is named once, and works only where it would be a weekend. All problems are
// returned, joined, each a [Problem]; then there are no years.
func Parse(text string) ([]Year, error) {
	p := parser{}
	switch {
	case len(text) > maxText:
		return nil, Problem{1, "内容超过 64 KB；一年通常不到 1 KB，请核对文件", "the text is larger than 64 KB; a year is about 1 KB, check the file"}
	case !utf8.ValidString(text):
		return nil, Problem{1, "文件不是 UTF-8 编码；请另存为 UTF-8 后重试", "the text is not UTF-8; save it as UTF-8"}
	}
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		p.line++
		if p.read(strings.TrimSpace(line)); len(p.problems) >= maxProblems {
			break
		}
	}
	if len(p.years) == 0 && len(p.problems) == 0 {
		p.say("没有任何年份；请以“year 2027 通知名称”开头", "there is no year; begin with: year 2027 the notice")
	}
	if len(p.problems) > 0 {
		return nil, errors.Join(p.problems...)
	}
	return p.years, nil
}

type parser struct {
	line     int
	years    []Year
	named    map[Date]int // of the last year: the line that names a day
	problems []error
}

func (p *parser) say(zh, en string) {
	p.problems = append(p.problems, Problem{max(p.line, 1), zh, en})
}

func (p *parser) read(line string) {
	if line == "" || strings.HasPrefix(line, "#") {
		return
	}
	word, rest, _ := strings.Cut(line, " ")
	subject, remark, _ := strings.Cut(strings.TrimSpace(rest), " ")
	remark = strings.TrimSpace(remark)
	switch word {
	case "year":
		p.year(subject, remark)
	case "off", "work":
		p.span(word == "work", subject, remark)
	default:
		p.say(fmt.Sprintf("不认识 %q；每行应以 year、off、work 或 # 开头", word), fmt.Sprintf("%q is not known; a line begins with year, off, work or #", word))
	}
}

func (p *parser) year(subject, source string) {
	year, err := strconv.Atoi(subject)
	switch {
	case err != nil || year < firstYear || year > lastYear:
		p.say(fmt.Sprintf("%q 不是年份；应为 %d 至 %d", subject, firstYear, lastYear), fmt.Sprintf("%q is not a year from %d to %d", subject, firstYear, lastYear))
		return
	case source == "":
		p.say("请写明依据的通知，如“year 2027 国办发明电……”", "say which notice it is, as in: year 2027 the notice")
	}
	for _, y := range p.years {
		if y.Year == year {
			p.say(fmt.Sprintf("%d 年写了两次；请合并为一段", year), fmt.Sprintf("%d stands here twice; make it one block", year))
		}
	}
	p.years, p.named = append(p.years, Year{Year: year, Source: source}), map[Date]int{}
}

func (p *parser) span(work bool, subject, name string) {
	if len(p.years) == 0 {
		p.say("此行之前没有年份；请先写“year 2027 通知名称”", "no year stands before this line; write first: year 2027 the notice")
		return
	}
	y := &p.years[len(p.years)-1]
	from, to, isRange := strings.Cut(subject, "..")
	if !isRange {
		to = from
	}
	first, err := ParseDate(from)
	last, lastErr := ParseDate(to)
	switch {
	case err != nil || lastErr != nil:
		p.say(fmt.Sprintf("%q 不是日期；应如 2026-10-01 或 2026-10-01..2026-10-07", subject), fmt.Sprintf("%q is neither 2026-10-01 nor 2026-10-01..2026-10-07", subject))
	case last < first || last-first >= maxSpan:
		p.say(fmt.Sprintf("%s 的首尾不对；应由早到晚，且不超过 %d 天", subject, maxSpan), fmt.Sprintf("%s must run from the earlier day to the later, over at most %d days", subject, maxSpan))
	case first < On(y.Year-1, time.December, 1) || last > On(y.Year, time.December, 31):
		p.say(fmt.Sprintf("%s 不属于 %d 年；应在该年内或上一年 12 月", subject, y.Year), fmt.Sprintf("%s is not of %d; a day lies in its year or in the December before", subject, y.Year))
	case name == "":
		p.say("请写明节日名称，如“off 2026-10-01 国庆节”", "name the holiday, as in: off 2026-10-01 国庆节")
	default:
		p.take(y, Span{First: first, Last: last, Work: work, Name: name})
	}
}

func (p *parser) take(y *Year, s Span) {
	for d := s.First; d <= s.Last; d++ {
		if line, twice := p.named[d]; twice {
			p.say(fmt.Sprintf("%s 在第 %d 行已写过；请删去一处", d, line), fmt.Sprintf("%s stands on line %d already; remove one of the two", d, line))
			return
		}
		if s.Work && weekday(d) {
			p.say(fmt.Sprintf("%s 本来就是工作日；请删去或改正日期", d), fmt.Sprintf("%s is a working day anyway; remove it or correct the date", d))
			return
		}
		p.named[d] = p.line
	}
	y.Spans = append(y.Spans, s)
}
