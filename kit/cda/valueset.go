package cda

import (
	"fmt"
	"strings"
)

// valueSets are the codes of value sets that are known whole, by OID. Those whose
// numbers the implementations of WS/T 500 dispute (2.3.1.251, .252) are left out.
var valueSets = map[string]map[string]bool{
	"2.16.156.10011.2.3.3.4":   setOf("0", "1", "2", "9"),                             // GB/T 2261.1 gender
	"2.16.156.10011.2.3.3.5":   setOf("10", "20", "21", "22", "23", "30", "40", "90"), // GB/T 2261.2 marital status
	"2.16.156.10011.2.3.3.3":   setOf(numbered(1, 56, 97, 98)...),                     // GB/T 3304 ethnic group
	"2.16.156.10011.2.3.1.253": setOf("1", "2", "3", "4"),                             // condition on admission
	"2.16.156.10011.2.3.1.265": setOf("1", "2", "3", "4", "5", "9"),                   // way of leaving
	"2.16.156.10011.2.3.1.270": setOf("1", "2", "3", "9"),                             // way of admission
}

// numbered are two-digit codes from first to last, and more.
func numbered(first, last int, more ...int) []string {
	var all []string
	add := func(n int) { all = append(all, fmt.Sprintf("%02d", n)) }
	for n := first; n <= last; n++ {
		add(n)
	}
	for _, n := range more {
		add(n)
	}
	return all
}

// inValueSet reports that a code belongs to its system, or that nothing is known.
func inValueSet(c Code) bool {
	set, known := valueSets[c.System]
	return !known || c.Code == "" || set[c.Code]
}

// idWeights are those of GB 11643 for the first seventeen digits.
var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// ValidIDNumber reports an ID number of GB 11643: eighteen places, of which the last
// is the check digit. Numbers of other lengths are of other cards and not judged.
func ValidIDNumber(number string) bool {
	if len(number) != 18 {
		return true
	}
	sum := 0
	for i, weight := range idWeights {
		if number[i] < '0' || number[i] > '9' {
			return false
		}
		sum += int(number[i]-'0') * weight
	}
	return strings.ToUpper(number[17:]) == string("10X98765432"[sum%11])
}
