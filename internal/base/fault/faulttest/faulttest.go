// Package faulttest reads errors the way a caller of the API would.
package faulttest

import (
	"strings"

	"github.com/medward/medward/internal/base/fault"
)

// Code is the code of an error, and empty without one.
func Code(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}

// Fields are the paths of the fields that an error names, with spaces between them.
func Fields(err error) string {
	if err == nil {
		return ""
	}
	var paths []string
	for _, f := range fault.From(err).Fields {
		paths = append(paths, f.Path)
	}
	return strings.Join(paths, " ")
}
