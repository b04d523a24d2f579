package view

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Both words are, in GB 18030, valid UTF-8 of something else.
func TestStoredTextIsNotGuessedAt(t *testing.T) {
	for _, word := range []string{"住院", "联通", "李四", "M1"} {
		stored, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(word))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []Connection{{Kind: Postgres, Encoding: GB18030}, {Kind: MySQL, Encoding: GB18030}} {
			if text, ok := c.decode(stored); !ok || text != word {
				t.Errorf("%s: %q is read as %q", c.Kind, word, text)
			}
		}
	}
	if text, ok := (Connection{Kind: MySQL, Encoding: GB18030}).decode([]byte("\xD7\xA1\xFF")); ok {
		t.Errorf("half a character is read as %q", text)
	}
	for _, name := range []string{"姓名", "no"} {
		if text, ok := (Connection{Kind: MySQL, Encoding: GB18030}).decodeName([]byte(name)); !ok || text != name {
			t.Errorf("the column %s is called %q", name, text)
		}
	}
}
