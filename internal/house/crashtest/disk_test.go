package crashtest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestWhatNoSyncCoversIsKnown reads a trace as strace writes it, with calls that
// were interrupted by those of another thread.
func TestWhatNoSyncCoversIsKnown(t *testing.T) {
	const wal = "/s/medward.db-wal"
	for name, c := range map[string]struct {
		trace string
		lost  []span
	}{
		"all synced": {`[pid 7] pwrite64(9</s/medward.db-wal>, ""..., 24, 32) = 24
[pid 7] fdatasync(9</s/medward.db-wal>) = 0
`, nil},
		"another file's sync": {`[pid 7] pwrite64(9</s/medward.db-wal>, ""..., 24, 32) = 24
[pid 7] fdatasync(8</s/medward.db>) = 0
`, []span{{32, 24}}},
		"failed": {`[pid 7] pwrite64(9</s/medward.db-wal>, ""..., 24, 32) = 24
[pid 7] fsync(9</s/medward.db-wal>) = -1 EIO (Input/output error) (INJECTED)
`, []span{{32, 24}}},
		"a later one too": {`[pid 7] pwrite64(9</s/medward.db-wal>, ""..., 24, 32) = 24
[pid 7] fsync(9</s/medward.db-wal>) = 0
[pid 8] pwrite64(9</s/medward.db-wal>, ""..., 4096, 56 <unfinished ...>
[pid 8] <... pwrite64 resumed>) = 4096
`, []span{{56, 4096}}},
		"ended after an interruption": {`[pid 7] pwrite64(9</s/medward.db-wal>, ""..., 24, 32) = 24
[pid 7] fdatasync(9</s/medward.db-wal> <unfinished ...>
[pid 8] fdatasync(8</s/medward.db>) = 0
[pid 7] <... fdatasync resumed>)        = 0
`, nil},
		"never ended": {`[pid 7] pwrite64(9</s/medward.db-wal>, ""..., 24, 32) = 24
[pid 7] fdatasync(9</s/medward.db-wal> <unfinished ...>
[pid 8] fdatasync(8</s/medward.db> <unfinished ...>
[pid 8] <... fdatasync resumed>)        = 0
`, []span{{32, 24}}},
	} {
		t.Run(name, func(t *testing.T) {
			log := filepath.Join(t.TempDir(), "trace")
			if err := os.WriteFile(log, []byte(c.trace), 0o600); err != nil {
				t.Fatal(err)
			}
			lost, err := unsynced(log, wal)
			if err != nil || !slices.Equal(lost, c.lost) {
				t.Errorf("lost %v, want %v (%v)", lost, c.lost, err)
			}
		})
	}
}
