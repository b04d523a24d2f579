package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestNetworksComeFromTheLineAndFromAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "inside")
	if err := os.WriteFile(file, []byte("# wards\n192.168.7.0/24 # second floor\n\nfd00::/8\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := networks([]string{"10.1.2.3/8", " 172.16.0.9", "@" + file})
	if err != nil || fmt.Sprint(found) != "[10.0.0.0/8 172.16.0.9/32 192.168.7.0/24 fd00::/8]" {
		t.Errorf("%v %v", found, err)
	}
	for _, wrong := range []string{"", "10.0.0.0/33", "ward", "@" + file + "x"} {
		if found, err := networks([]string{wrong}); err == nil {
			t.Errorf("%q is taken for %v", wrong, found)
		}
	}
}
