package template

import (
	"embed"
	"fmt"
	"path"
)

//go:embed starter/*.json
var starters embed.FS

// Starters are the definitions that come with the program: six kinds of document, by the
// name of their file.
func Starters() ([]Content, error) {
	files, err := starters.ReadDir("starter")
	if err != nil {
		return nil, err
	}
	all := make([]Content, len(files))
	for i, f := range files {
		raw, err := starters.ReadFile(path.Join("starter", f.Name()))
		if err != nil {
			return nil, err
		}
		if all[i], err = ParseContent(raw); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
	}
	return all, nil
}
