package cda

import (
	"cmp"
	"strings"
)

// II is an instance identifier: the number under the OID of who gives it.
type II struct {
	Root      string
	Extension string
	Authority string // assigningAuthorityName
}

// Code is a CD, CE, CV or CS.
type Code struct {
	Code       string
	System     string // OID
	SystemName string
	Version    string // codeSystemVersion
	Name       string // displayName
	Original   string // originalText
	Null       string // nullFlavor

	Qualifiers   []Qualifier
	Translations []Code
}

// Qualifier says more about a code: of which kind a diagnosis name is, for example.
type Qualifier struct {
	Name, Value Code
}

// IsZero reports that nothing was said.
func (c Code) IsZero() bool {
	return c.Code == "" && c.System == "" && c.String() == "" && len(c.Qualifiers) == 0 && len(c.Translations) == 0
}

// String is the name of what is coded, or the code.
func (c Code) String() string { return cmp.Or(c.Name, c.Original, c.Code, c.Null) }

// told is the name of what is coded and, where they differ, the words it came from
// and what qualifies it.
func (c Code) told() string {
	said := c.String()
	if c.Original != "" && c.Original != said {
		said += " (" + c.Original + ")"
	}
	for _, q := range c.Qualifiers {
		if more := strings.Trim(q.Name.String()+": "+q.Value.String(), ": "); more != "" {
			said += " · " + more
		}
	}
	return said
}

// Quantity is a PQ, REAL, INT or MO: the number as written, and its unit or currency.
type Quantity struct {
	Number string
	Unit   string
	Null   string
}

func (q Quantity) String() string { return strings.TrimSpace(cmp.Or(q.Number, q.Null) + " " + q.Unit) }

// Address is an AD: its parts in their order.
type Address struct {
	Use   string
	Parts []AddressPart
}

// AddressPart is a part of an address, such as state, city, county, township,
// streetName or postalCode; text without a part has none.
type AddressPart struct {
	Part, Text string
}

func (a Address) String() string {
	all := make([]string, 0, len(a.Parts))
	for _, p := range a.Parts {
		all = append(all, p.Text)
	}
	return strings.Join(all, " ")
}

// Interval is an IVL_TS, or a time that stands for itself.
type Interval struct {
	Value, Low, High Time
}

// Value is what an entry says, by its data type.
type Value struct {
	Type string // ST, CD, PQ, TS, BL, INT, REAL, MO, ED, IVL_TS, …; "" when not stated

	Text     string   // ST, SC, and the text of any other type
	Code     Code     // CD, CE, CV, CO, CS
	Quantity Quantity // PQ, INT, REAL, MO
	Time     Time     // TS
	Interval Interval // IVL_TS
	Low      Quantity // IVL_PQ, IVL_INT, RTO (numerator)
	High     Quantity // IVL_PQ, IVL_INT, RTO (denominator)
	Bool     string   // BL as written: true or false
	ID       II       // II
	Null     string   // nullFlavor

	Element *Element // where it was read; nil in a value that was made
}

// String is the value as a person reads it, without its unit. BL is as written.
func (v Value) String() string {
	switch family(v.Type) {
	case "CD":
		return strings.TrimSpace(v.Code.told() + " " + v.Text)
	case "PQ":
		return cmp.Or(v.Quantity.Number, v.Text, v.Null)
	case "TS":
		return cmp.Or(v.Time.String(), v.Null)
	case "IVL_TS":
		return v.Interval.String()
	case "IVL_PQ":
		return span(v.Low.String(), v.High.String(), v.Quantity.String())
	case "RTO":
		return strings.Trim(v.Low.String()+" / "+v.High.String(), " /")
	case "BL":
		return cmp.Or(v.Bool, v.Null)
	case "II":
		return cmp.Or(v.ID.Extension, v.ID.Root)
	}
	return cmp.Or(v.Text, v.Code.String(), v.Quantity.Number, v.Null)
}

// String is the interval as a person reads it.
func (i Interval) String() string {
	return span(i.Low.String(), i.High.String(), i.Value.String())
}

func span(low, high, single string) string {
	switch {
	case low == "" && high == "":
		return single
	case high == "":
		return strings.TrimSpace(single + " " + low + " –")
	}
	return strings.TrimSpace(strings.TrimSpace(single+" "+low) + " – " + high)
}

// family is the type that stands for those read alike.
func family(dataType string) string {
	switch dataType {
	case "CD", "CE", "CV", "CO", "CS", "SXCM_CD":
		return "CD"
	case "PQ", "INT", "REAL", "MO", "CO_INT":
		return "PQ"
	case "IVL_PQ", "IVL_INT", "IVL_REAL", "IVL_MO":
		return "IVL_PQ"
	case "RTO", "RTO_PQ_PQ", "RTO_QTY_QTY", "RTO_MO_PQ":
		return "RTO"
	case "IVL_TS", "SXCM_TS":
		return "IVL_TS"
	}
	return dataType
}
