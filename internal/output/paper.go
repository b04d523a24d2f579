package output

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strconv"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"

	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/calendar"
)

// Media of a copy.
const (
	HTML = "text/html; charset=utf-8"
	PDF  = "application/pdf"
)

// paper is what stands on the pages of a copy, before it is set in type.
type paper struct {
	House     string
	Patient   string
	Documents []paperDocument
	Stamp     bool
	Serial    string
	Code      string
	Who       string // for whom or by whom, as the profile says; empty: nobody is named
	At        string
	Copies    int
	Address   string // where the code is verified
}

type paperDocument struct {
	Title    string
	About    string // version, author and time
	Sections []record.Section
	Signed   string
}

// footing is the line at the foot of every page.
func (p paper) footing() string {
	return strings.Join(filled("编号 "+p.Serial, "校验码 "+p.Code, p.Who, p.At, "共 "+strconv.Itoa(p.Copies)+" 份"), "　")
}

func filled(parts ...string) []string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return kept
}

// clock is a time as it stands on paper: in China, to the minute.
func clock(t time.Time) string { return t.In(calendar.Zone).Format("2006-01-02 15:04") }

func documentOnPaper(v *record.View) paperDocument {
	d := paperDocument{Title: v.Title, Sections: v.Content.Sections}
	about := filled("第 "+strconv.Itoa(v.Shown.Number)+" 版", v.People[v.Shown.Author].ZH, clock(v.At))
	if v.Reason != "" {
		about = append(about, "更正原因："+v.Reason)
	}
	d.About = strings.Join(about, "　")
	var signed []string
	for _, s := range v.Signatures {
		state := "签名有效"
		if !s.Valid {
			state = "签名无效"
		}
		signed = append(signed, v.People[s.Person].ZH+" "+clock(s.At)+" "+state)
	}
	if d.Signed = strings.Join(signed, "；"); d.Signed == "" {
		d.Signed = "未签名"
	}
	return d
}

// square is the code of a text for cameras, with a quiet zone, one pixel a module.
func square(text string) (image.Image, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	const quiet = 4
	size := code.Bounds().Dx() + 2*quiet
	drawn := image.NewGray(image.Rect(0, 0, size, size))
	draw.Draw(drawn, drawn.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(drawn, code.Bounds().Add(image.Pt(quiet, quiet)), code, image.Point{}, draw.Src)
	return drawn, nil
}

// page is the copy as a document for the printer of a browser. Header and footer are
// repeated on every sheet by their fixed place.
var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{{.Serial}}</title>
<style>
@page { size: A4; margin: 26mm 18mm 24mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt serif } }
body { font: 11pt/1.7 "Songti SC", "Noto Serif CJK SC", SimSun, serif; margin: 0; color: #000 }
header, footer { position: fixed; left: 0; right: 0; font-size: 8pt; line-height: 1.4 }
header { top: -18mm; border-bottom: .3mm solid #000; display: flex; justify-content: space-between }
footer { bottom: -17mm; border-top: .3mm solid #000; padding-top: 1mm; display: flex; gap: 3mm; align-items: center }
footer img { width: 13mm; height: 13mm; image-rendering: pixelated }
article + article { break-before: page }
h1 { font-size: 16pt; text-align: center; margin: 0 0 2mm } h2 { font-size: 11pt; margin: 3mm 0 0 }
p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere } .about { text-align: center; font-size: 9pt; margin-bottom: 3mm }
.signed { margin-top: 6mm; text-align: right; font-size: 9pt }
.stamp { margin: 8mm 0 0 auto; width: 42mm; height: 42mm; border: .3mm dashed #666; font-size: 8pt; color: #666; display: grid; place-items: center }
</style></head><body>
<header><span>{{.House}}</span><span>{{.Patient}}</span></header>
<footer><img alt="" src="{{.Square}}"><span>{{.Footing}}<br>{{.Address}}</span></footer>
{{range .Documents}}<article><h1>{{.Title}}</h1><p class="about">{{.About}}</p>
{{range .Sections}}<h2>{{.Title}}</h2><p>{{.Text}}</p>{{end}}
<p class="signed">{{.Signed}}</p></article>{{end}}
{{if .Stamp}}<div class="stamp">（盖章处）</div>{{end}}
</body></html>
`))

// setHTML sets a copy for the printer of a browser.
func setHTML(p paper) ([]byte, error) {
	drawn, err := square(p.Address)
	if err != nil {
		return nil, err
	}
	var picture, whole bytes.Buffer
	if err := png.Encode(&picture, drawn); err != nil {
		return nil, err
	}
	err = page.Execute(&whole, struct {
		paper
		Footing string
		Square  template.URL
	}{p, p.footing(), template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(picture.Bytes()))}) //nolint:gosec // a picture that was just drawn
	return whole.Bytes(), err
}
