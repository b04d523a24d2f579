package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// usual are folders in which systems keep fonts.
var usual = []string{"/usr/share/fonts", "/usr/share/fonts-droid-fallback", "/usr/local/share/fonts", "/Library/Fonts", `C:\Windows\Fonts`}

// What a font must have to set a record, and to set numbers and Latin letters beside
// it: some fonts for Chinese have none.
const (
	chinese = "医患嗜酸，。"
	latin   = "0Aa-:/"
)

// fonts are those by which Chinese can be set: the first configured or usual one that
// has it, and one beside it where that has no Latin letters. Only TrueType outlines in
// files of their own can be embedded.
func fonts(configured []string) ([][]byte, error) {
	main := find(configured, likelyChinese, chinese)
	if main == nil {
		return nil, errNoFont.With()
	}
	if sets(main, latin) {
		return [][]byte{main}, nil
	}
	beside := find(configured, likelyLatin, latin)
	if beside == nil {
		return nil, errNoFont.With()
	}
	return [][]byte{main, beside}, nil
}

func find(configured []string, likely func(name string) bool, probe string) []byte {
	for _, path := range configured {
		if data, err := os.ReadFile(path); err == nil && sets(data, probe) { //nolint:gosec // paths of the configuration
			return data
		}
	}
	for _, folder := range usual {
		var found []byte
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			name := strings.ToLower(filepath.Base(path))
			if err != nil || entry.IsDir() || filepath.Ext(name) != ".ttf" || !likely(name) {
				return nil //nolint:nilerr // a folder that cannot be read holds no font for us
			}
			data, err := os.ReadFile(path) //nolint:gosec // a font of the system
			if err == nil && sets(data, probe) {
				found = data
				return fs.SkipAll
			}
			return nil
		})
		if err == nil && found != nil {
			return found
		}
	}
	return nil
}

// likelyChinese and likelyLatin keep from reading every font of a machine.
func likelyChinese(name string) bool {
	for _, part := range []string{"cjk", "fallback", "song", "hei", "kai", "ming", "wqy", "sourcehan", "notosanssc", "notoserifsc"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

func likelyLatin(name string) bool {
	for _, part := range []string{"dejavusans.", "liberationsans-regular", "notosans-regular", "arial.", "freesans."} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

func sets(data []byte, text string) bool {
	setter, err := newSetter([][]byte{data})
	return err == nil && setter.missing(text) == ""
}
