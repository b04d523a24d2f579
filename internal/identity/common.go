package identity

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// commonWords are what passwords that are guessed first are made of: words for
// password and welcome, names of products and posts, pet words, and their
// pinyin. The list is written by hand from what everybody knows; it is no copy of
// a list of stolen passwords. See [Breached] for those.
//
//go:embed common.txt
var commonText string

var commonWords = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(commonText) {
		words[word] = true
	}
	return words
}()

// common reports whether a password is made of common words and nothing else but
// digits, signs and the usual letters written as signs (p@ssw0rd), or of initials
// and a number. It finds any year behind a word, which a list cannot; it does not
// find a rare word, however short.
func common(password string) bool {
	lower := strings.ToLower(password)
	return madeOfCommon(lettersOf(lower)) || madeOfCommon(lettersOf(strings.TrimFunc(disguise.Replace(strings.TrimRightFunc(lower, notLetter)), notLetter)))
}

// disguise writes signs as the letters for which they stand.
var disguise = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t")

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, text)
}

// longestCommon bounds the words that are looked up, in bytes.
const longestCommon = 16

// fewLetters are initials, before a date of birth or a telephone number.
const fewLetters = 3

// madeOfCommon reports whether letters are initials, one common word or several.
func madeOfCommon(letters string) bool {
	if utf8.RuneCountInString(letters) <= fewLetters {
		return true
	}
	reached := make([]bool, len(letters)+1)
	reached[0] = true
	for end := 1; end <= len(letters); end++ {
		for begin := max(0, end-longestCommon); begin < end && !reached[end]; begin++ {
			reached[end] = reached[begin] && commonWords[letters[begin:end]]
		}
	}
	return reached[len(letters)]
}

// rows are the orders in which keys lie beside one another or follow by habit.
var rows = []string{
	"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "!@#$%^&*()",
	"1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "147", "258", "369", "789", "456",
}

// neighbours holds every pair of which the second follows the first in a row, in
// either direction.
var neighbours = func() map[[2]rune]bool {
	pairs := map[[2]rune]bool{}
	for _, row := range rows {
		keys := []rune(row)
		for i := 1; i < len(keys); i++ {
			pairs[[2]rune{keys[i-1], keys[i]}], pairs[[2]rune{keys[i], keys[i-1]}] = true, true
		}
	}
	return pairs
}()

const (
	shortestRun = 3 // keys in a row that count as a run
	longRun     = 6 // a run of so many spoils any password
)

// mostlyRuns reports whether more than half of a password lies in runs of
// neighbouring keys, or one run in it is long.
func mostlyRuns(password string) bool {
	keys := []rune(strings.ToLower(password))
	inRuns := 0
	for begin := 0; begin < len(keys); {
		end := begin + 1
		for end < len(keys) && neighbours[[2]rune{keys[end-1], keys[end]}] {
			end++
		}
		if run := end - begin; run >= longRun {
			return true
		} else if run >= shortestRun {
			inRuns += run
		}
		begin = end
	}
	return 2*inRuns > len(keys)
}
