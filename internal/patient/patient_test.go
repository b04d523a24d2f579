package patient

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/fault"
)

func TestAge(t *testing.T) {
	at := func(s string) time.Time {
		moment, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, c := range []struct {
		born, at string
		age      int
	}{
		{"1960-03-02", "2026-03-01T12:00:00Z", 65},
		{"1960-03-02", "2026-03-02T12:00:00Z", 66},
		{"1960-03-01", "2026-03-01T12:00:00Z", 66}, // day 61 of a leap year, day 60 of this
		{"1961-12-31", "2024-12-30T12:00:00Z", 62}, // day 365 on both sides
		{"1961-12-31", "2024-12-31T12:00:00Z", 63},
		{"2004-02-29", "2026-02-28T12:00:00Z", 21},
		{"2004-02-29", "2026-03-01T12:00:00Z", 22},
		{"2004-02-29", "2028-02-28T12:00:00Z", 23},
		{"2004-02-29", "2028-02-29T12:00:00Z", 24},
		{"1960-03-02", "2026-03-01T15:59:59Z", 65}, // a second before midnight in China
		{"1960-03-02", "2026-03-01T16:00:00Z", 66},
		{"2026-03-02", "2026-03-02T01:00:00Z", 0},
		{"2026-03-03", "2026-03-02T01:00:00Z", 0}, // not born yet
		{"1960-03", "2026-03-01T12:00:00Z", 66},
		{"1960", "2026-03-01T12:00:00Z", 66},
	} {
		if age, known := (Demographics{BirthDate: c.born}).Age(at(c.at)); !known || age != c.age {
			t.Errorf("born %s, on %s: %d, want %d", c.born, c.at, age, c.age)
		}
	}
	for _, unknown := range []string{"", "1960-13", "1960-02-30", "02.03.1960", "1849-01-01", "１９６０"} {
		if age, known := (Demographics{BirthDate: unknown}).Age(at("2026-03-02T12:00:00Z")); known {
			t.Errorf("%q gave an age of %d", unknown, age)
		}
	}
}

func TestAgeGrowsByOneOnEveryBirthdayAndNowhereElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := time.Date(1900, 1, 1, 12, 0, 0, 0, china).AddDate(0, 0, rapid.IntRange(0, 45000).Draw(t, "days"))
		d := Demographics{BirthDate: born.Format(time.DateOnly)}
		at := born.AddDate(0, 0, rapid.IntRange(1, 40000).Draw(t, "later"))
		today, _ := d.Age(at)
		yesterday, _ := d.Age(at.AddDate(0, 0, -1))
		birthday := at.Month() == born.Month() && at.Day() == born.Day() ||
			born.Month() == time.February && born.Day() == 29 && at.Month() == time.March && at.Day() == 1 && at.AddDate(0, 0, -1).Day() == 28
		if grown := today - yesterday; birthday && grown != 1 || !birthday && grown != 0 {
			t.Errorf("born %s, on %s: %d, the day before %d", d.BirthDate, at.Format(time.DateOnly), today, yesterday)
		}
	})
}

func TestACardTellsNoMoreThanASurnameAndAYear(t *testing.T) {
	for name, want := range map[string]string{"": "*", "李": "*", "李四": "李*", "欧阳娜娜": "欧***", "Jo": "J*", "𠮷野": "𠮷*"} {
		if got := maskName(name); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := Demographics{
			Name: rapid.String().Draw(t, "name"), BirthDate: rapid.SampledFrom([]string{"", "1960", "1960-03", "1960-03-02"}).Draw(t, "born"),
			IDNumber: "11010119600302001X", Phone: "13800138000", RecordNumber: "A0001", Address: "明州市",
		}
		c := d.card()
		runes := []rune(c.Name)
		if len(runes) > 1 && strings.Trim(string(runes[1:]), "*") != "" || len(c.Born) > 4 || c.ID+c.Department != "" || !utf8.ValidString(c.Name) {
			t.Errorf("%+v", c)
		}
	})
}

func TestDemographicsThatMustBeChangedNameTheField(t *testing.T) {
	now := time.Date(2026, 3, 2, 17, 0, 0, 0, time.UTC) // 3 March in China
	good := Demographics{Name: "李四", Sex: "male", BirthDate: "1960-03-02"}
	if err := good.check(now, false); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*Demographics){
		"name":                 func(d *Demographics) { d.Name = " \u3000 " },
		"name ":                func(d *Demographics) { d.Name = strings.Repeat("长", 101) },
		"name  ":               func(d *Demographics) { d.Name = "李\u0007四" },
		"name   ":              func(d *Demographics) { d.Name = "李\xff" },
		"sex":                  func(d *Demographics) { d.Sex = "M" },
		"birthDate":            func(d *Demographics) { d.BirthDate = "" },
		"birthDate ":           func(d *Demographics) { d.BirthDate = "1960-02-30" },
		"birthDate  ":          func(d *Demographics) { d.BirthDate = "2026-03-04" },
		"idNumber":             func(d *Demographics) { d.IDNumber = strings.Repeat("1", 301) },
		"phone":                func(d *Demographics) { d.Phone = "138\x00" },
		"bloodType":            func(d *Demographics) { d.BloodType = "A\xfe" },
		"allergies":            func(d *Demographics) { d.Allergies = make([]string, 51) },
		"allergies[1]":         func(d *Demographics) { d.Allergies = []string{"青霉素", strings.Repeat("敏", 301)} },
		"contacts":             func(d *Demographics) { d.Contacts = make([]Contact, 51) },
		"contacts[0].relation": func(d *Demographics) { d.Contacts = []Contact{{Name: "王五", Relation: strings.Repeat("妻", 301)}} },
	} {
		d := good
		change(&d)
		err := d.check(now, false)
		if err == nil {
			t.Errorf("%s was accepted", want)
			continue
		}
		f := fault.From(err).Fields
		if len(f) != 1 || f[0].Path != strings.TrimSpace(want) || f[0].Problem.ZH == "" || f[0].Problem.EN == "" {
			t.Errorf("%s: %+v", want, f)
		}
	}
	born := good
	born.BirthDate = "2026-03-03"
	if err := born.check(now, false); err != nil {
		t.Errorf("born today in China: %v", err)
	}
	nameless := good
	nameless.BirthDate = ""
	if err := nameless.check(now, true); err != nil {
		t.Errorf("a feed need not know a birth date: %v", err)
	}
}

func TestANumberIsTheSameHoweverItIsTyped(t *testing.T) {
	for _, c := range []struct {
		column string
		typed  []string
		plain  string
	}{
		{byID, []string{"11010119600302001X", " 110101 19600302 001x ", "１１０１０１１９６００３０２００１ｘ", "110101-19600302-001X"}, "11010119600302001X"},
		{byPhone, []string{"13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "８６１３８００１３８０００"}, "13800138000"},
		{byPhone, []string{"0571-87654321", "（0571）87654321"}, "057187654321"},
		{byRecord, []string{"zy-0012", "ＺＹ－００１２", " ZY -0012"}, "ZY-0012"},
		{byID, []string{"", "无", "不详", "none", "－"}, ""},
		{byRecord, []string{"", "无", "-"}, ""},
	} {
		for _, typed := range c.typed {
			if got := plainNumber(c.column, typed); got != c.plain {
				t.Errorf("%s %q became %q, want %q", c.column, typed, got, c.plain)
			}
		}
	}
}

func TestNamesAreFoundAsPeopleTypeThem(t *testing.T) {
	n := newIndexes().of("org")
	for id, name := range map[string]string{"1": "单雄信", "2": "欧阳娜娜", "3": "吕不韦", "4": "阿迪力·买买提", "5": "Éva Szabó", "6": "任盈盈"} {
		n.enter(id, 1, Demographics{Name: name, BirthDate: "1960-03-02", Sex: "female"})
	}
	for typed, want := range map[string]string{
		"单": "1", "雄信": "1", "shan": "1", "sxx": "1", "SHANXIONG": "1", "ouyang": "2", "oynn": "2", "娜娜": "2", "lvbu": "3", "阿迪力": "4", "adl": "4",
		"éva": "5", "Ｅ́": "", "szabó": "5", "évasz": "5", "ren ying": "6", "ｒｙｙ": "6", "ｓｈａｎ": "1", "zz": "",
	} {
		found := n.match(typed)
		if want == "" && len(found) > 0 || want != "" && (len(found) != 1 || !found[want]) {
			t.Errorf("%q found %v, want %q", typed, found, want)
		}
	}
	n.enter("1", 2, Demographics{Name: "单于", BirthDate: "1960-03-02", Sex: "male"})
	if n.match("雄信")["1"] || !n.match("单于")["1"] {
		t.Error("a changed name is still found under the old one")
	}
	if len(n.alike) != 6 {
		t.Errorf("%d keys for six people", len(n.alike))
	}
}

// FuzzDemographics: what passes the check is kept as it is, in a form that
// either engine takes, and can be shown.
func FuzzDemographics(f *testing.F) {
	for _, seed := range []string{
		`{"name":"李四","sex":"male","birthDate":"1960-03-02","idNumber":"11010119600302001X"}`,
		`{"name":"\u0000","sex":"male","birthDate":"1960"}`,
		`{"name":"A","sex":"unknown","birthDate":"2000-02-29","contacts":[{"name":"B","relation":"妻"}],"allergies":["青霉素"]}`,
	} {
		f.Add([]byte(seed))
	}
	now := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text []byte) {
		var d Demographics
		if json.Unmarshal(text, &d) != nil {
			return
		}
		d = d.trimmed()
		if d.check(now, false) != nil {
			return
		}
		plain, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var again Demographics
		if err := json.Unmarshal(plain, &again); err != nil || again.check(now, false) != nil {
			t.Fatalf("what was kept is not accepted again: %s", plain)
		}
		if age, known := again.Age(now); !known || age < 0 || age > 180 {
			t.Errorf("age %d of %q", age, again.BirthDate)
		}
		if c := again.card(); !utf8.ValidString(c.Name) || len([]rune(c.Name)) > maxName {
			t.Errorf("%+v", c)
		}
		spell(again.Name)
		for _, column := range []string{byID, byRecord, byPhone} {
			if plain := plainNumber(column, again.IDNumber); plainNumber(column, plain) != plain {
				t.Errorf("%q is not plain", plain)
			}
		}
	})
}
