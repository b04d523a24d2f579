package db

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// digest returns the SM3 digest of a row as docs/format/ledger.md defines it:
// the table's name, then for every column that is not NULL, in the order of
// their names, the name, the type, the length and the value. names must be
// sorted. skip leaves one column out.
func digest(table string, names []string, values []any, skip string) []byte {
	buf := make([]byte, 0, digestSize(table, names, values))
	buf = append(buf, "medward row 1\n"...)
	buf = append(buf, table...)
	buf = append(buf, '\n')
	for i, name := range names {
		if name == skip || values[i] == nil {
			continue
		}
		buf = append(buf, name...)
		buf = append(buf, 0)
		switch v := values[i].(type) {
		case int64:
			text := strconv.FormatInt(v, 10)
			buf = appendValue(buf, 'i', text)
		case string:
			buf = appendValue(buf, 't', v)
		case []byte:
			buf = appendValue(buf, 'b', v)
		default:
			panic(fmt.Sprintf("db: column %s.%s has a value of type %T", table, name, v))
		}
	}
	sum := sm3.Sum(buf)
	return sum[:]
}

// digestSize bounds the bytes of a digest's text.
func digestSize(table string, names []string, values []any) int {
	size := len(table) + 16
	for i, name := range names {
		size += len(name) + 30
		switch v := values[i].(type) {
		case string:
			size += len(v)
		case []byte:
			size += len(v)
		}
	}
	return size
}

func appendValue[V string | []byte](buf []byte, kind byte, value V) []byte {
	buf = append(buf, kind)
	buf = binary.BigEndian.AppendUint64(buf, uint64(len(value)))
	return append(buf, value...)
}

// keyText joins the values of a row's key as the ledger writes them.
func keyText(values []any) string {
	parts := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case string:
			parts[i] = keyEscaper.Replace(v)
		case int64:
			parts[i] = strconv.FormatInt(v, 10)
		default:
			panic(fmt.Sprintf("db: a key column has a value of type %T", v))
		}
	}
	return strings.Join(parts, "/")
}

var keyEscaper = strings.NewReplacer("%", "%25", "/", "%2F")
