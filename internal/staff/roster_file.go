package staff

import "github.com/medward/medward/kit/sheet"

// readGrid reads the table of a roster's file.
func readGrid(file []byte) (sheet.Grid, error) {
	if len(file) > MaxRosterFile {
		return sheet.Grid{}, errRosterLarge.With()
	}
	g, err := sheet.Read(file, MaxRosterRows+1, ',')
	if err != nil {
		return sheet.Grid{}, errRosterUnread.Because(err)
	}
	return g, nil
}
