// Package dbtest holds both engines to one meaning and gives every other test
// a fresh store on each of them.
//
// PostgreSQL runs from the machine's own binaries as an unprivileged user:
// either the one cluster that `make test` starts for all packages (its address
// is in MEDWARD_TEST_POSTGRES), or one that the test process starts for itself.
// Where no binaries are found the PostgreSQL half of a test is skipped with a
// loud line; with CI set it fails instead.
package dbtest
