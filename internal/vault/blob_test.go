package vault_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/internal/vault/vaulttest"
	"github.com/medward/medward/kit/sm"
)

type blobs struct {
	*vault.BlobFolder
	root    string
	clock   *clock.Manual
	subject *vault.Subject
}

var scan = vault.Place{Kind: "attachment", Object: "d1", Version: "1"}

func newBlobs(t *testing.T) *blobs {
	t.Helper()
	c := newClock()
	b := &blobs{root: filepath.Join(t.TempDir(), "blobs[1]"), clock: c, subject: newSubject(t, vaulttest.New(t, c), "p1")}
	b.reopen(t)
	return b
}

func (b *blobs) reopen(t *testing.T) {
	t.Helper()
	var err error
	if b.BlobFolder, err = vault.OpenBlobFolder(b.root, b.clock); err != nil {
		t.Fatal(err)
	}
}

func (b *blobs) put(t *testing.T, content string) vault.Blob {
	t.Helper()
	blob, err := b.subject.PutBlob(t.Context(), b, scan, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return blob
}

func (b *blobs) get(t *testing.T, s *vault.Subject, at vault.Place, id string) (string, error) {
	t.Helper()
	r, err := s.OpenBlob(t.Context(), b, at, id)
	if err != nil {
		return "", err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	return string(content), err
}

// file returns the one file that holds a blob.
func (b *blobs) file(t *testing.T, id string) string {
	t.Helper()
	found := slices.DeleteFunc(b.files(t), func(path string) bool { return filepath.Base(path) != id })
	if len(found) != 1 {
		t.Fatalf("files of %s: %v", id, found)
	}
	return found[0]
}

func (b *blobs) files(t *testing.T) (all []string) {
	t.Helper()
	err := filepath.WalkDir(b.root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBlobComesBackInItsPlaceOnly(t *testing.T) {
	b := newBlobs(t)
	content := strings.Repeat("胸部CT平扫 ", 20_000)
	blob := b.put(t, content)
	if sum := sm.Sum([]byte(content)); blob.Size != int64(len(content)) || !bytes.Equal(blob.Digest, sum[:]) {
		t.Errorf("%+v", blob)
	}
	b.reopen(t)
	if got, err := b.get(t, b.subject, scan, blob.ID); err != nil || got != content {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	if bytes.Contains(read(t, b.file(t, blob.ID)), []byte("胸部")) {
		t.Error("the file is readable")
	}
	elsewhere := scan
	elsewhere.Version = "2"
	if _, err := b.get(t, b.subject, elsewhere, blob.ID); !errors.Is(err, vault.ContentTampered) {
		t.Errorf("in another place: %v", err)
	}
	if _, err := b.get(t, newSubject(t, vaulttest.New(t, b.clock), "p1"), scan, blob.ID); !errors.Is(err, vault.ContentTampered) {
		t.Errorf("under another key: %v", err)
	}
}

func TestAlteredBlobIsAnIncidentAndAMissingOneIsNot(t *testing.T) {
	b := newBlobs(t)
	one, other := b.put(t, "one"), b.put(t, "other")
	file := b.file(t, one.ID)
	whole := read(t, file)
	for name, bad := range map[string][]byte{
		"one bit":            append(bytes.Clone(whole[:len(whole)-1]), whole[len(whole)-1]^1),
		"cut short":          whole[:len(whole)-1],
		"empty":              nil,
		"another blob's":     read(t, b.file(t, other.ID)),
		"readable content":   []byte("one"),
		"something appended": append(bytes.Clone(whole), 0),
	} {
		write(t, file, bad)
		if got, err := b.get(t, b.subject, scan, one.ID); !errors.Is(err, vault.ContentTampered) || got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, err := b.get(t, b.subject, scan, one.ID); !errors.Is(err, vault.BlobMissing) {
		t.Errorf("missing: %v", err)
	}
}

func TestNobodyReachesOtherFilesByABlobID(t *testing.T) {
	b := newBlobs(t)
	outside := filepath.Join(filepath.Dir(b.root), "secret")
	write(t, outside, []byte("x"))
	for _, id := range []string{"", "..", "../secret", "../../../secret", strings.Repeat("A", 32), strings.Repeat("a", 31), strings.Repeat("/", 32)} {
		if _, err := b.get(t, b.subject, scan, id); err == nil {
			t.Errorf("%q was opened", id)
		}
		if err := b.Put(t.Context(), id, strings.NewReader("x")); err == nil {
			t.Errorf("%q was written", id)
		}
		if err := b.Remove(t.Context(), id); err == nil {
			t.Errorf("%q was removed", id)
		}
	}
}

func TestUnfinishedBlobLeavesNothing(t *testing.T) {
	b := newBlobs(t)
	unplugged := errors.New("cable pulled")
	torn := io.MultiReader(strings.NewReader(strings.Repeat("x", 200_000)), iotest.ErrReader(unplugged))
	if _, err := b.subject.PutBlob(t.Context(), b, scan, torn); !errors.Is(err, unplugged) {
		t.Errorf("%v", err)
	}
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	if _, err := b.subject.PutBlob(ctx, b, scan, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if left := b.files(t); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestWhatACrashLeftUnfinishedIsClearedAfterADay(t *testing.T) {
	b := newBlobs(t)
	half := filepath.Join(b.root, ".incoming-123")
	write(t, half, []byte("half"))
	now := b.clock.Now()
	if err := os.Chtimes(half, now, now); err != nil {
		t.Fatal(err)
	}
	b.reopen(t)
	if len(b.files(t)) != 1 {
		t.Error("a blob on its way in was removed")
	}
	b.clock.Advance(25 * time.Hour)
	b.reopen(t)
	if left := b.files(t); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func (b *blobs) collect(t *testing.T, window time.Duration, living ...string) vault.Collected {
	t.Helper()
	in := func(_ context.Context, ids []string) (map[string]bool, error) {
		found := map[string]bool{}
		for _, id := range ids {
			found[id] = slices.Contains(living, id)
		}
		return found, nil
	}
	done, err := vault.CollectOrphans(t.Context(), b, in, b.clock.Now(), window)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestOrphansGoAfterTheRecoveryWindowAndNotBefore(t *testing.T) {
	b := newBlobs(t)
	window := 72 * time.Hour
	used, orphan, back := b.put(t, "used").ID, b.put(t, "orphan").ID, b.put(t, "back").ID
	steps := []struct {
		after  time.Duration
		living []string
		want   vault.Collected
	}{
		{23 * time.Hour, nil, vault.Collected{Kept: 3}},
		{time.Hour, []string{used}, vault.Collected{Kept: 1, Suspected: 2}},
		{71 * time.Hour, []string{used}, vault.Collected{Kept: 1, Suspected: 2}},
		{time.Minute, []string{used, back}, vault.Collected{Kept: 2, Suspected: 1}},
		{time.Hour, []string{used}, vault.Collected{Kept: 1, Suspected: 1, Removed: 1}},
		{71 * time.Hour, []string{used}, vault.Collected{Kept: 1, Suspected: 1}},
		{time.Hour, []string{used}, vault.Collected{Kept: 1, Removed: 1}},
	}
	for i, step := range steps {
		b.clock.Advance(step.after)
		if got := b.collect(t, window, step.living...); got != step.want {
			t.Fatalf("step %d: %+v, want %+v", i, got, step.want)
		}
	}
	if _, err := b.get(t, b.subject, scan, orphan); !errors.Is(err, vault.BlobMissing) {
		t.Errorf("orphan: %v", err)
	}
	if got, err := b.get(t, b.subject, scan, used); err != nil || got != "used" {
		t.Errorf("used: %q, %v", got, err)
	}
	if left := b.files(t); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

func TestWithoutARecoveryWindowOrphansGoAfterADay(t *testing.T) {
	b := newBlobs(t)
	b.put(t, "orphan")
	b.clock.Advance(24 * time.Hour)
	if got := b.collect(t, 0); got != (vault.Collected{Removed: 1}) {
		t.Errorf("%+v", got)
	}
}

func TestNothingIsCollectedWhenNobodyCanTellWhatIsInUse(t *testing.T) {
	b := newBlobs(t)
	b.put(t, "orphan")
	b.clock.Advance(100 * time.Hour)
	unknown := errors.New("database gone")
	_, err := vault.CollectOrphans(t.Context(), b, func(context.Context, []string) (map[string]bool, error) { return nil, unknown }, b.clock.Now(), 0)
	if !errors.Is(err, unknown) || len(b.files(t)) != 1 {
		t.Errorf("%v, files %v", err, b.files(t))
	}
}
