package identity

import (
	"crypto/rand"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
)

// Bounds of a password in characters. The upper one keeps the work of
// hashing bounded.
const (
	leastLength = 10
	longLength  = 16
	mostLength  = 128
	enoughKinds = 3
)

// checkPassword says what a new password lacks. own are the words that belong
// to the person: sign-in name, staff number, names.
func checkPassword(field, password string, own ...string) error {
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return weak(field, "含有无法识别的字符", "holds bytes that are no characters")
	case length > mostLength:
		return weak(field, "不得超过 128 个字符", "must not be longer than 128 characters")
	case length < leastLength:
		return weak(field, "至少 10 个字符，且含大写、小写、数字、符号中的三种；或 16 个字符以上",
			"needs 10 characters of at least three kinds (upper case, lower case, digit, sign), or 16 of any kind")
	case length < longLength && kindsIn(password) < enoughKinds:
		return weak(field, "须含大写、小写、数字、符号中的三种，或加长到 16 个字符以上",
			"needs three kinds of characters (upper case, lower case, digit, sign), or at least 16 characters")
	case distinctRunes(password) < enoughRunes:
		return weak(field, "重复字符太多", "repeats too few characters")
	}
	lower := strings.ToLower(password)
	for _, word := range own {
		if word = strings.ToLower(word); utf8.RuneCountInString(word) >= shortestWord && strings.Contains(lower, word) {
			return weak(field, "不得包含本人的登录名、工号或姓名", "must not contain your sign-in name, staff number or name")
		}
	}
	return nil
}

const (
	enoughRunes  = 6
	shortestWord = 3
)

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

// randomPassword returns 20 legible characters in groups of five, about 115 bits.
func randomPassword() string {
	var b strings.Builder
	for i := range 20 {
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(legible[randomBelow(len(legible))])
	}
	return b.String()
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
