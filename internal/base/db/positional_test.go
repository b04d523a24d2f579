package db

import "testing"

func TestPlaceholdersInOrderBecomePositional(t *testing.T) {
	for text, want := range map[string]string{
		"SELECT a FROM t WHERE b = $1 AND c = $2":   "SELECT a FROM t WHERE b = ? AND c = ?",
		"SELECT a FROM t WHERE b = $1 OR c = $1":    "SELECT a FROM t WHERE b = $1 OR c = $1",
		"SELECT a FROM t WHERE b = $2 AND c = $1":   "SELECT a FROM t WHERE b = $2 AND c = $1",
		"SELECT a FROM t WHERE b = '$1' AND c = $1": "SELECT a FROM t WHERE b = '$1' AND c = ?",
		"VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)":   "VALUES (?,?,?,?,?,?,?,?,?,?)",
		"VALUES ($10, $1)":                          "VALUES ($10, $1)",
	} {
		if got := positional(text); got != want {
			t.Errorf("%s became %s", text, got)
		}
	}
}
