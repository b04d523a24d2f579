package staff

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const head = "工号,姓名,拼音,类别,科室代码,手机,状态\n"

func linesOfFile(t *testing.T, file []byte) ([]RosterLine, []RosterFault) {
	t.Helper()
	s, err := readGrid(file)
	if err != nil {
		t.Fatal(err)
	}
	return readRoster(s)
}

func workbook(t *testing.T, fill func(book *excelize.File)) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range [][]any{
		{"工号", "姓名", "类别", "状态"}, {"10001", "陈雅琴", "本院职工", "在职"}, {10002, "李强", "规培", "离职"},
	} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	fill(book)
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheSameRosterIsReadFromEveryKindOfFile(t *testing.T) {
	text := "工号,姓名,类别,状态\n10001,陈雅琴,本院职工,在职\n10002,李强,规培,离职\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []RosterLine{{Row: 2, Number: "10001", NameZH: "陈雅琴", Category: Employee}, {Row: 3, Number: "10002", NameZH: "李强", Category: Trainee, Left: Resigned}}
	for name, file := range map[string][]byte{
		"UTF-8": []byte(text), "UTF-8 with a mark": []byte("\ufeff" + text), "GB18030": []byte(gb), "XLSX": workbook(t, func(*excelize.File) {}),
	} {
		if lines, faults := linesOfFile(t, file); len(faults) > 0 || !slices.Equal(lines, want) {
			t.Errorf("%s: %+v, %+v", name, lines, faults)
		}
	}
}

func TestFaultsOfARosterAreNamedByRowAndColumn(t *testing.T) {
	file := head + "10001,陈雅琴,Chen Yaqin,本院职工,0301,13900001234,在职\n" +
		"\n" +
		",无名,,本院职工,,,在职\n" +
		"10002,李强,,朋友,,,在职\n" +
		"10001,王芳,,本院职工,,,在职\n" +
		"10003,赵敏,,本院职工,,打我电话,在职\n" +
		"10004,=A1&B1,,本院职工,,,在职\n" +
		"10005,孙立,,本院职工,,,可能在\n"
	lines, faults := linesOfFile(t, []byte(file))
	var got []string
	for _, f := range faults {
		got = append(got, fmt.Sprintf("%d %s", f.Row, f.Column))
		if f.Problem.ZH == "" || f.Problem.EN == "" {
			t.Errorf("%+v does not say what is wrong", f)
		}
	}
	want := []string{"4 number", "5 category", "6 number", "7 phone", "8 nameZh", "9 status"}
	if !slices.Equal(got, want) || len(lines) != 7 {
		t.Errorf("%d lines, faults %v", len(lines), got)
	}
	if _, faults := linesOfFile(t, []byte("工号,姓名\n1,某人\n")); len(faults) != 2 {
		t.Errorf("missing columns: %+v", faults)
	}
}

func TestNoFormulaOfAWorkbookIsEvaluatedOrTaken(t *testing.T) {
	file := workbook(t, func(book *excelize.File) {
		if err := book.SetCellFormula("Sheet1", "B2", `="陈"&"雅琴"`); err != nil {
			t.Fatal(err)
		}
	})
	_, faults := linesOfFile(t, file)
	if len(faults) != 1 || faults[0].Row != 2 || faults[0].Column != "nameZh" {
		t.Errorf("%+v", faults)
	}
}

func TestARosterIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range MaxRosterRows {
		fmt.Fprintf(&b, "%06d,某人,,本院职工,,,在职\n", i)
	}
	if lines, faults := linesOfFile(t, []byte(b.String())); len(lines) != MaxRosterRows || len(faults) > 0 {
		t.Errorf("%d lines, %v", len(lines), faults)
	}
	b.WriteString("x,某人,,本院职工,,,在职\n")
	if lines, faults := linesOfFile(t, []byte(b.String())); len(lines) != 0 || len(faults) != 1 {
		t.Errorf("one more: %d lines, %v", len(lines), faults)
	}
	if _, err := readGrid(make([]byte, MaxRosterFile+1)); err == nil {
		t.Error("a file too large was read")
	}
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err == nil {
		_, err = w.Write(make([]byte, 64<<20+1))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	if _, err := readGrid(bomb.Bytes()); err == nil {
		t.Error("a workbook that unfolds to too much was read")
	}
}

func FuzzReadSheet(f *testing.F) {
	f.Add([]byte(head + "10001,陈雅琴,Chen Yaqin,本院职工,0301,13900001234,在职\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xb9\xa4\xba\xc5,\xd0\xd5\xc3\xfb\n"))
	f.Add([]byte("number,name,category,status\n1,=1+1,employee,active\n\n\"a\nb\",x"))
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := readGrid(file)
		if err != nil {
			return
		}
		lines, faults := readRoster(s)
		for _, l := range lines {
			broken := slices.ContainsFunc(faults, func(f RosterFault) bool { return f.Row == l.Row })
			if !broken && (l.Number == "" || l.NameZH == "" || l.person().check() != nil || strings.HasPrefix(l.NameZH, "=")) {
				t.Fatalf("row %d was taken: %+v", l.Row, l)
			}
		}
	})
}
