package synth

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// SyntheticProvince is the province code all generated identity numbers begin
// with. No edition of GB/T 2260 assigns it.
const SyntheticProvince = "39"

// assignedProvinces are the province codes under which identity numbers are
// issued: GB/T 2260, and 83 for residence permits of Taiwan residents.
const assignedProvinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"

// IDPart names the part of an identity number that is wrong.
type IDPart string

const (
	IDLength     IDPart = "length"
	IDCharset    IDPart = "charset"
	IDRegion     IDPart = "region"
	IDDate       IDPart = "date"
	IDCheckDigit IDPart = "check-digit"
)

// IDError says which part of an identity number is wrong, in both languages.
// It never repeats the number itself, so it may be logged.
type IDError struct {
	Part IDPart
	Zh   string
	En   string
}

func (e *IDError) Error() string { return e.En + " / " + e.Zh }

// CheckDigit returns the eighteenth character, '0' to '9' or 'X', for the first
// seventeen digits of an identity number (GB 11643, ISO 7064 MOD 11-2). The
// error is an [*IDError] of part [IDLength] or [IDCharset].
func CheckDigit(first17 string) (byte, error) {
	if len(first17) != 17 {
		return 0, &IDError{IDLength,
			fmt.Sprintf("本体码应为17位数字，现为%d位", len(first17)),
			fmt.Sprintf("the body of an ID number has 17 digits, got %d", len(first17))}
	}
	remainder := 0
	for i := range 17 {
		digit := first17[i]
		if digit < '0' || digit > '9' {
			return 0, notADigit(i)
		}
		remainder = (remainder + int(digit-'0')) * 2 % 11
	}
	return "0123456789X"[(12-remainder)%11], nil
}

// ValidID returns nil for a well-formed 18-character identity number, or an
// [*IDError] naming the first part that is wrong: length, charset, region,
// birth date, check digit. Regions are judged by province only, since numbers
// outlive county codes; [SyntheticProvince] and the permanent residence cards
// of foreigners (9 and a province code) are accepted. A birth date in the
// future is not noticed: there is no clock here.
func ValidID(id string) error {
	if n := utf8.RuneCountInString(id); n != 18 {
		return &IDError{IDLength,
			fmt.Sprintf("身份证号应为18位，现为%d位", n),
			fmt.Sprintf("an ID number has 18 characters, got %d", n)}
	}
	if at := strings.IndexFunc(id, func(r rune) bool { return r > '~' }); at >= 0 {
		return notADigit(at)
	}
	want, err := CheckDigit(id[:17])
	if err != nil {
		return err
	}
	if last := id[17]; last != 'X' && (last < '0' || last > '9') {
		return &IDError{IDCharset,
			"身份证号末位应为数字或大写X",
			"the last character of an ID number is a digit or a capital X"}
	}
	if !knownRegion(id) {
		return &IDError{IDRegion,
			"身份证号前两位不是有效的省级代码",
			"the ID number does not begin with an assigned province code"}
	}
	if birth, err := time.Parse("20060102", id[6:14]); err != nil || birth.Year() < 1850 {
		return &IDError{IDDate,
			"身份证号第7至14位不是有效的出生日期",
			"characters 7 to 14 of the ID number are not a birth date"}
	}
	if id[17] != want {
		return &IDError{IDCheckDigit,
			"身份证号校验码不符，请核对是否录错",
			"the check digit does not fit the ID number; look for a typing error"}
	}
	return nil
}

// IsSyntheticID reports whether a number was made here: well-formed, and on the
// unassigned province. A well-formed number that is not synthetic may belong to
// somebody.
func IsSyntheticID(id string) bool {
	return ValidID(id) == nil && strings.HasPrefix(id, SyntheticProvince)
}

func knownRegion(id string) bool {
	province := id[:2]
	if id[0] == '9' {
		province = id[1:3]
	}
	return province == SyntheticProvince && id[0] != '9' || isProvince(province)
}

func isProvince(code string) bool {
	for assigned := range strings.FieldsSeq(assignedProvinces) {
		if code == assigned {
			return true
		}
	}
	return false
}

func notADigit(at int) error {
	return &IDError{IDCharset,
		fmt.Sprintf("身份证号第%d位应为数字", at+1),
		fmt.Sprintf("character %d of an ID number is a digit", at+1)}
}
