package record

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/fault"
)

func TestContentThatCannotBeFiledNamesTheField(t *testing.T) {
	one := func(text string) Content { return Content{Sections: []Section{{Key: "a", Title: "甲", Text: text}}} }
	long := strings.Repeat("x", maxContent-len("a甲"))
	for want, c := range map[string]Content{
		"":                       one("内容"),
		" ":                      one(long),
		"sections":               {},
		"sections ":              one(" \n　"),
		"sections  ":             one(long + "x"),
		"sections   ":            {Sections: make([]Section, maxSections+1)},
		"sections[0].text":       one("a\x00b"),
		"sections[0].text ":      one("a\xffb"),
		"sections[1].title":      {Sections: []Section{{Text: "x"}, {Title: "\xc3"}}},
		"sections[1].key":        {Sections: []Section{{Text: "x"}, {Key: "\x00"}}},
		"sections[0].key+text":   {Sections: []Section{{Key: "\xff", Text: "\xff"}}},
		"sections[0].title+text": {Sections: []Section{{Title: strings.Repeat("长", maxContent), Text: "\xff"}}},
	} {
		err := c.check()
		var got []string
		if err != nil {
			for _, f := range fault.From(err).Fields {
				got = append(got, f.Path)
			}
		}
		switch want = strings.TrimSpace(want); want {
		case "":
			if err != nil {
				t.Error(err)
			}
		case "sections[0].key+text":
			if !slices.Equal(got, []string{"sections[0].key", "sections[0].text"}) {
				t.Errorf("%v", got)
			}
		case "sections[0].title+text":
			if !slices.Equal(got, []string{"sections[0].text", "sections"}) {
				t.Errorf("%v", got)
			}
		default:
			if !slices.Contains(got, want) {
				t.Errorf("%s: %v", want, got)
			}
		}
	}
}

func TestWhatIsSignedNamesEveryPartOfTheVersion(t *testing.T) {
	d := Document{Org: "o", ID: "d", Patient: "p"}
	v := Version{Number: 1, Author: "a", At: time.UnixMicro(1), Digest: []byte{1}}
	signed := Signable(d, v)
	for name, change := range map[string]func(*Document, *Version){
		"organisation": func(d *Document, _ *Version) { d.Org = "x" },
		"document":     func(d *Document, _ *Version) { d.ID = "x" },
		"patient":      func(d *Document, _ *Version) { d.Patient = "x" },
		"number":       func(_ *Document, v *Version) { v.Number = 2 },
		"author":       func(_ *Document, v *Version) { v.Author = "x" },
		"time":         func(_ *Document, v *Version) { v.At = time.UnixMicro(2) },
		"digest":       func(_ *Document, v *Version) { v.Digest = []byte{2} },
	} {
		other, version := d, v
		change(&other, &version)
		if bytes.Equal(Signable(other, version), signed) {
			t.Errorf("%s is not signed", name)
		}
	}
}

func TestDifferentContentHasDifferentDigests(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) Content {
			return Content{Sections: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Section {
				return Section{rapid.StringN(0, 4, -1).Draw(t, "key"), rapid.StringN(0, 4, -1).Draw(t, "title"), rapid.StringN(0, 8, -1).Draw(t, "text")}
			}), 1, 3).Draw(t, name)}
		}
		a, b := draw("a"), draw("b")
		left, err := a.Digest()
		if err != nil {
			t.Fatal(err)
		}
		right, err := b.Digest()
		if err != nil {
			t.Fatal(err)
		}
		if same := slices.Equal(a.Sections, b.Sections); same != bytes.Equal(left, right) {
			t.Errorf("%v and %v", a, b)
		}
	})
}

// FuzzContent: what passes the check is read back with the digest with which it
// was filed.
func FuzzContent(f *testing.F) {
	f.Add("progress", "病程记录", "体温正常 <b>&\u2028", "a\xff")
	f.Add("", "\xed\xa0\x80", "x", "\x00")
	f.Add("\ufffd", "\U0010ffff", "\"\\\n", "y")
	f.Fuzz(func(t *testing.T, key, title, first, second string) {
		c := Content{Sections: []Section{{key, title, first}, {title, key, second}}}
		if c.check() != nil {
			return
		}
		before, err := c.Digest()
		if err != nil {
			t.Fatal(err)
		}
		plain, err := c.canonical()
		if err != nil {
			t.Fatal(err)
		}
		var again Content
		if err := json.Unmarshal(plain, &again); err != nil {
			t.Fatal(err)
		}
		after, err := again.Digest()
		if err != nil || !bytes.Equal(before, after) || !slices.Equal(c.Sections, again.Sections) {
			t.Errorf("%q does not come back: %v", plain, err)
		}
	})
}
