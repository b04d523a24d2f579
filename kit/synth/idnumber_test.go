package synth

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCheckDigit(t *testing.T) {
	for body, want := range map[string]byte{
		"11010519491231002": 'X', // the example printed in GB 11643
		"39010220000101001": '9',
	} {
		got, err := CheckDigit(body)
		if err != nil || got != want {
			t.Errorf("CheckDigit(%s) = %c, %v; want %c", body, got, err, want)
		}
	}
}

// weighted sums the digits as the standard's table of weights does, apart from
// the recursion in CheckDigit.
func weightedSum(id string) int {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1}
	sum := 0
	for i, w := range weights {
		digit := 10
		if id[i] != 'X' {
			digit = int(id[i] - '0')
		}
		sum += w * digit
	}
	return sum
}

func TestCheckDigitAgreesWithTheWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[0-9]{17}`).Draw(t, "body")
		check, err := CheckDigit(body)
		if err != nil {
			t.Fatal(err)
		}
		if rest := weightedSum(body+string(check)) % 11; rest != 1 {
			t.Fatalf("%s%c leaves %d, not 1, modulo 11", body, check, rest)
		}
	})
}

func TestValidIDNamesWhatIsWrong(t *testing.T) {
	for _, test := range []struct {
		id   string
		part IDPart
	}{
		{"", IDLength},
		{"390102200001010", IDLength},
		{"3901022000010100190", IDLength},
		{"39010220000101001x", IDCharset},
		{"3901022000010I0019", IDCharset},
		{"３90102200001010019", IDCharset},
		{"000102200001010019", IDRegion},
		{"390102200002300019", IDDate},
		{"390102170001010019", IDDate},
		{"390102200001010017", IDCheckDigit},
	} {
		err := ValidID(test.id)
		var wrong *IDError
		if !errors.As(err, &wrong) || wrong.Part != test.part {
			t.Errorf("ValidID(%q) = %v, want %s", test.id, err, test.part)
			continue
		}
		if wrong.Zh == "" || wrong.En == "" {
			t.Errorf("ValidID(%q) says nothing in one of the languages", test.id)
		}
		if test.id != "" && strings.Contains(err.Error(), test.id) {
			t.Errorf("ValidID(%q) repeats the number", test.id)
		}
	}
	if err := ValidID("11010519491231002X"); err != nil {
		t.Errorf("the example of the standard is refused: %v", err)
	}
}

func TestOneWrongDigitIsNoticed(t *testing.T) {
	people := New(1, Options{Patients: 40}).Patients
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(people).Draw(t, "patient").IDNumber
		at := rapid.IntRange(0, 16).Draw(t, "at")
		digit := rapid.ByteRange('0', '9').Draw(t, "digit")
		typo := id[:at] + string(digit) + id[at+1:]
		if typo != id && ValidID(typo) == nil {
			t.Fatalf("%s passes with character %d changed", typo, at+1)
		}
	})
}

func TestOnlyOurNumbersAreSynthetic(t *testing.T) {
	if IsSyntheticID("11010519491231002X") {
		t.Error("a number on an assigned province is called synthetic")
	}
	if id := New(1, Options{Patients: 1}).Patients[0].IDNumber; !IsSyntheticID(id) {
		t.Errorf("%s is not called synthetic", id)
	}
}

func FuzzValidID(f *testing.F) {
	f.Add("11010519491231002X")
	f.Add("３90102200001010019")
	f.Fuzz(func(t *testing.T, id string) {
		if ValidID(id) != nil {
			return
		}
		if len(id) != 18 || weightedSum(id)%11 != 1 {
			t.Errorf("%q is accepted", id)
		}
	})
}
