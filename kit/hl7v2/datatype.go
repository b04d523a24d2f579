package hl7v2

import (
	"strings"
	"unicode"
)

// The types below name the parts of common data types. Each but HD keeps its Value,
// where parts without a name here can still be read and null told from absent.

// HD names an assigning authority, application or facility.
type HD struct {
	Namespace, ID, Type string
}

// HD reads a hierarchic designator, from a field or from a component.
func (v Value) HD() HD {
	return HD{Namespace: v.Part(1).Text(), ID: v.Part(2).Text(), Type: v.Part(3).Text()}
}

// IsZero reports whether nothing is named.
func (h HD) IsZero() bool { return h == HD{} }

// CX is an identifier with its check digit, authority and type.
type CX struct {
	Value                       Value
	ID, CheckDigit, CheckScheme string
	Authority                   HD
	Type                        string
	Facility                    HD
	EffectiveDate, ExpiryDate   string
}

// CX reads an identifier, such as one repetition of PID-3.
func (v Value) CX() CX {
	return CX{
		Value: v, ID: v.Part(1).Text(), CheckDigit: v.Part(2).Text(), CheckScheme: v.Part(3).Text(),
		Authority: v.Part(4).HD(), Type: v.Part(5).Text(), Facility: v.Part(6).HD(),
		EffectiveDate: v.Part(7).Text(), ExpiryDate: v.Part(8).Text(),
	}
}

// XPN is a person's name.
type XPN struct {
	Value                                         Value
	Family, Given, Middle, Suffix, Prefix, Degree string
	Type, Representation                          string
}

// XPN reads a person's name, such as one repetition of PID-5.
func (v Value) XPN() XPN {
	return XPN{
		Value: v, Family: v.Part(1).Subcomponent(1).Text(), Given: v.Part(2).Text(), Middle: v.Part(3).Text(),
		Suffix: v.Part(4).Text(), Prefix: v.Part(5).Text(), Degree: v.Part(6).Text(),
		Type: v.Part(7).Text(), Representation: v.Part(8).Text(),
	}
}

// Display writes the name as it is said: family name first and unspaced in Chinese,
// given name first otherwise.
func (n XPN) Display() string { return displayName(n.Family, n.Given, n.Middle) }

func displayName(family, given, middle string) string {
	if strings.ContainsFunc(family+given, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return family + given + middle
	}
	return strings.Join(strings.Fields(given+" "+middle+" "+family), " ")
}

// XCN is a person with an identifier, such as a doctor.
type XCN struct {
	Value                                         Value
	ID                                            string
	Family, Given, Middle, Suffix, Prefix, Degree string
	SourceTable                                   string
	Authority                                     HD
	NameType, CheckDigit, CheckScheme, IDType     string
	Facility                                      HD
}

// XCN reads a person with an identifier, such as one repetition of PV1-7.
func (v Value) XCN() XCN {
	return XCN{
		Value: v, ID: v.Part(1).Text(), Family: v.Part(2).Subcomponent(1).Text(), Given: v.Part(3).Text(),
		Middle: v.Part(4).Text(), Suffix: v.Part(5).Text(), Prefix: v.Part(6).Text(), Degree: v.Part(7).Text(),
		SourceTable: v.Part(8).Text(), Authority: v.Part(9).HD(), NameType: v.Part(10).Text(),
		CheckDigit: v.Part(11).Text(), CheckScheme: v.Part(12).Text(), IDType: v.Part(13).Text(),
		Facility: v.Part(14).HD(),
	}
}

// Display writes the name as it is said; see [XPN.Display].
func (n XCN) Display() string { return displayName(n.Family, n.Given, n.Middle) }

// XAD is an address.
type XAD struct {
	Value                                                                             Value
	Street, Other, City, Province, PostalCode, Country, Type, OtherGeographic, County string
}

// XAD reads an address, such as one repetition of PID-11.
func (v Value) XAD() XAD {
	return XAD{
		Value: v, Street: v.Part(1).Subcomponent(1).Text(), Other: v.Part(2).Text(), City: v.Part(3).Text(),
		Province: v.Part(4).Text(), PostalCode: v.Part(5).Text(), Country: v.Part(6).Text(),
		Type: v.Part(7).Text(), OtherGeographic: v.Part(8).Text(), County: v.Part(9).Text(),
	}
}

// CWE is a coded value with an alternate coding and the text it was coded from. CE,
// CNE and IS are read as its beginning.
type CWE struct {
	Value                                         Value
	Code, Text, System                            string
	AlternateCode, AlternateText, AlternateSystem string
	SystemVersion, AlternateVersion, OriginalText string
}

// CWE reads a coded value, such as OBX-3.
func (v Value) CWE() CWE {
	return CWE{
		Value: v, Code: v.Part(1).Text(), Text: v.Part(2).Text(), System: v.Part(3).Text(),
		AlternateCode: v.Part(4).Text(), AlternateText: v.Part(5).Text(), AlternateSystem: v.Part(6).Text(),
		SystemVersion: v.Part(7).Text(), AlternateVersion: v.Part(8).Text(), OriginalText: v.Part(9).Text(),
	}
}

// PL is a place in a hospital.
type PL struct {
	Value                                      Value
	PointOfCare, Room, Bed                     string
	Facility                                   HD
	Status, Type, Building, Floor, Description string
}

// PL reads a place, such as PV1-3.
func (v Value) PL() PL {
	return PL{
		Value: v, PointOfCare: v.Part(1).Text(), Room: v.Part(2).Text(), Bed: v.Part(3).Text(),
		Facility: v.Part(4).HD(), Status: v.Part(5).Text(), Type: v.Part(6).Text(),
		Building: v.Part(7).Text(), Floor: v.Part(8).Text(), Description: v.Part(9).Text(),
	}
}
