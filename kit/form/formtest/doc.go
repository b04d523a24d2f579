// Package formtest makes forms and answers at random, for tests that two implementations
// of a form judge alike.
package formtest
