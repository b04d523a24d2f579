package identity

import (
	"crypto/rand"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
)

// mostLength bounds the work of hashing, in characters.
const mostLength = 128

// checkPassword says what a new password lacks under the rules. own are
// the words that belong to the person: sign-in name, staff number, names.
func (p PasswordRules) checkPassword(field, password string, own ...string) error {
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return weak(field, "含有无法识别的字符", "holds bytes that are no characters")
	case length > mostLength:
		return weak(field, "不得超过 128 个字符", "must not be longer than 128 characters")
	case length < p.Least || length < p.Long && kindsIn(password) < p.Kinds:
		return weak(field,
			fmt.Sprintf("至少 %d 个字符，且含大写、小写、数字、符号中的 %d 种；或 %d 个字符以上", p.Least, p.Kinds, p.Long),
			fmt.Sprintf("needs %d characters of at least %d kinds (upper case, lower case, digit, sign), or %d of any kind", p.Least, p.Kinds, p.Long))
	case distinctRunes(password) < enoughRunes || repeats(password):
		return weak(field, "重复字符太多", "repeats too few characters")
	case mostlyRuns(password):
		return weak(field, "不得用键盘上相邻的键或连续的字母、数字拼成", "must not be made of neighbouring keys or of letters and digits in a row")
	case common(password):
		return weak(field, "这是最常被猜到的密码之一，请换一个", "is one of those that are guessed first; choose another")
	}
	lower := strings.ToLower(password)
	for _, word := range own {
		if word = strings.ToLower(word); utf8.RuneCountInString(word) >= shortestWord && strings.Contains(lower, word) {
			return weak(field, "不得包含本人的登录名、工号或姓名", "must not contain your sign-in name, staff number or name")
		}
	}
	return nil
}

// meets reports whether a password is what the rules ask for.
func (p PasswordRules) meets(password string, own ...string) bool {
	return p.checkPassword("", password, own...) == nil
}

const (
	enoughRunes  = 6
	shortestWord = 3
)

// repeats reports whether a password is one part written again and again.
func repeats(password string) bool {
	text := []rune(strings.ToLower(password))
	for part := 1; part <= len(text)/2; part++ {
		same := true
		for i := part; i < len(text) && same; i++ {
			same = text[i] == text[i-part]
		}
		if same {
			return true
		}
	}
	return false
}

func weak(field, zh, en string) error {
	return errWeak.With().At(field, fault.Text{ZH: zh, EN: en})
}

func kindsIn(password string) int {
	var upper, lower, digit, sign int
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			sign = 1
		}
	}
	return upper + lower + digit + sign
}

func distinctRunes(password string) int {
	seen := map[rune]bool{}
	for _, r := range password {
		seen[r] = true
	}
	return len(seen)
}

// legible leaves out what is mistaken for something else on paper.
const legible = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// randomPassword returns 20 legible characters in groups of five, about 115 bits, that
// the delivered rules take: now and then chance puts neighbouring keys in a row.
func randomPassword() string {
	for {
		if drawn := legibleGroups(); DefaultRules().Password.checkPassword("", drawn) == nil {
			return drawn
		}
	}
}

func legibleGroups() string {
	var b strings.Builder
	for i := range 20 {
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(legible[randomBelow(len(legible))])
	}
	return b.String()
}

// randomDigits returns a number of so many digits.
func randomDigits(n int) string {
	var digits strings.Builder
	for range n {
		digits.WriteByte("0123456789"[randomBelow(10)])
	}
	return digits.String()
}

// randomBelow returns a number below n, each as likely as the others.
func randomBelow(n int) int {
	fair := 256 - 256%n
	var one [1]byte
	for {
		_, _ = rand.Read(one[:]) // never fails: it ends the process instead
		if int(one[0]) < fair {
			return int(one[0]) % n
		}
	}
}
