package accesslog

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// splitCells takes a line of CSV apart (RFC 4180, one line to a record).
func splitCells(line string, delimiter byte, cells []string) ([]string, error) {
	for {
		if len(cells) == maxColumns {
			return nil, ruleFields.in("")
		}
		var cell string
		var more bool
		if strings.HasPrefix(line, `"`) {
			var err error
			if cell, line, more, err = quotedCell(line[1:], delimiter); err != nil {
				return nil, err
			}
		} else {
			cell, line, more = strings.Cut(line, string(delimiter))
		}
		cells = append(cells, cell)
		if !more {
			return cells, nil
		}
	}
}

// quotedCell reads a cell behind its opening quote.
func quotedCell(line string, delimiter byte) (cell, rest string, more bool, err error) {
	var b strings.Builder
	for {
		end := strings.IndexByte(line, '"')
		if end < 0 {
			return "", "", false, ruleShape.in("")
		}
		b.WriteString(line[:end])
		line = line[end+1:]
		switch {
		case line == "":
			return b.String(), "", false, nil
		case line[0] == '"':
			b.WriteByte('"')
			line = line[1:]
		case line[0] == delimiter:
			return b.String(), line[1:], true, nil
		default:
			return "", "", false, ruleShape.in("")
		}
	}
}

// jsonObject opens an object; a path names members by dots and items by numbers.
func jsonObject(text string) (lookup, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil || object == nil {
		return nil, ruleShape.in("")
	}
	if rest := bytes.TrimSpace(rest(decoder, text)); len(rest) > 0 {
		return nil, ruleShape.in("")
	}
	return func(path string) string { return memberOf(object, path) }, nil
}

func rest(d *json.Decoder, text string) []byte { return []byte(text[d.InputOffset():]) }

func memberOf(object map[string]any, path string) string {
	if direct, known := object[path]; known {
		return scalar(direct)
	}
	var at any = object
	for path != "" {
		var step string
		step, path, _ = strings.Cut(path, ".")
		switch here := at.(type) {
		case map[string]any:
			at = here[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(here) {
				return ""
			}
			at = here[i]
		default:
			return ""
		}
	}
	return scalar(at)
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// pairs opens key=value pairs; a value in quotes may hold anything. What separates
// them is a space, a comma, a semicolon or a bar.
func pairs(text string) (lookup, error) {
	found := map[string]string{}
	for text = strings.TrimLeft(text, separators); text != ""; text = strings.TrimLeft(text, separators) {
		key, after, isPair := strings.Cut(text, "=")
		if word := strings.LastIndexAny(key, separators); !isPair || word >= 0 {
			if !isPair {
				break
			}
			key = key[word+1:]
		}
		if len(found) == maxColumns {
			return nil, ruleFields.in("")
		}
		var value string
		if strings.HasPrefix(after, `"`) {
			end := closingQuote(after[1:])
			if end < 0 {
				return nil, ruleShape.in(key)
			}
			value, text = unescaped.Replace(after[1:1+end]), after[end+2:]
		} else {
			end := strings.IndexAny(after, separators)
			if end < 0 {
				end = len(after)
			}
			value, text = after[:end], after[end:]
		}
		if _, twice := found[key]; !twice {
			found[key] = value
		}
	}
	if len(found) == 0 {
		return nil, ruleShape.in("")
	}
	return func(path string) string { return found[path] }, nil
}

const separators = " \t,;|"

var unescaped = strings.NewReplacer(`\"`, `"`, `\\`, `\`)

func closingQuote(text string) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}
