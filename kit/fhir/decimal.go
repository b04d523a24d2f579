package fhir

import "strconv"

// Decimal is a JSON number exactly as written: "1.50" keeps its last zero,
// which in a measurement is meaning. Empty means absent.
type Decimal string

// Float64 is the nearest float, for computing only, never for keeping.
func (d Decimal) Float64() (float64, error) { return strconv.ParseFloat(string(d), 64) }

// Int64 is the number as an integer.
func (d Decimal) Int64() (int64, error) { return strconv.ParseInt(string(d), 10, 64) }
