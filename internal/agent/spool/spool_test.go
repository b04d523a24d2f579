package spool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/kit/sm"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func testKey(t testing.TB) *sm.Key {
	t.Helper()
	key, err := sm.NewKey(bytes.Repeat([]byte{7}, sm.SecretSize), "agent spool", sm.SM4GCM)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func opened(t testing.TB, folder string, most int64) *Spool {
	t.Helper()
	s, err := Open(folder, testKey(t), Options{Most: most, Clock: clock.NewManual(noon), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func (s *Spool) mustAppend(t testing.TB, lane byte, content string) {
	t.Helper()
	if err := s.Append(lane, []byte(content)); err != nil {
		t.Fatal(err)
	}
}

// all takes what waits in a lane.
func (s *Spool) all(t testing.TB, lane byte) (out []string) {
	t.Helper()
	for s.Waiting(lane) > 0 {
		records, err := s.first(lane, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			out = append(out, string(r.Content))
		}
		if err := s.Answered(lane, len(records)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// copied is the folder as a crash at this moment would leave it.
func copied(t testing.TB, folder string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	return to
}

func segments(t testing.TB, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*"+segmentSuffix))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhatIsTakenComesOutInItsOrderAfterACrashAtAnyMoment(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := opened(t, t.TempDir(), 1<<20)
		unsynced := func(*os.File) error { return nil }
		s.sync = unsynced
		want := map[byte][]string{}
		for i := range rapid.IntRange(1, 40).Draw(r, "steps") {
			lane := byte(rapid.IntRange(0, 2).Draw(r, "lane"))
			switch rapid.IntRange(0, 4).Draw(r, "step") {
			case 0:
				if n := rapid.IntRange(0, len(want[lane])).Draw(r, "answered"); n > 0 {
					if err := s.Answered(lane, n); err != nil {
						r.Fatal(err)
					}
					want[lane] = want[lane][n:]
				}
			case 1:
				s = opened(t, copied(t, s.folder), 1<<20)
				s.sync = unsynced
			default:
				content := fmt.Sprintf("%d %s", i, strings.Repeat("测", rapid.IntRange(0, 20000).Draw(r, "size")))
				if err := s.Append(lane, []byte(content)); err != nil {
					r.Fatal(err)
				}
				want[lane] = append(want[lane], content)
			}
		}
		for lane, w := range want {
			if got := s.all(t, lane); strings.Join(got, "\n") != strings.Join(w, "\n") {
				r.Fatalf("lane %d: %d records, want %d", lane, len(got), len(w))
			}
		}
		if left := segments(t, s.folder); len(left) != 0 || s.size != 0 {
			r.Fatalf("all is answered, and there are still %v with %d bytes", left, s.size)
		}
	})
}

func TestARecordThatIsHalfWrittenIsCutOffAndTheOthersStay(t *testing.T) {
	folder := t.TempDir()
	s := opened(t, folder, 1<<20)
	s.mustAppend(t, 0, "first")
	s.mustAppend(t, 0, "second")
	path := segments(t, folder)[0]
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	s.mustAppend(t, 0, "third, which is being written")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for size := before.Size(); size <= int64(len(whole)); size++ {
		for name, tail := range map[string][]byte{"cut": nil, "blank": make([]byte, int64(len(whole))-size)} {
			crashed := t.TempDir()
			if err := os.WriteFile(filepath.Join(crashed, filepath.Base(path)), append(whole[:size:size], tail...), 0o600); err != nil {
				t.Fatal(err)
			}
			want := "first|second"
			if size == int64(len(whole)) {
				want += "|third, which is being written"
			}
			again := opened(t, crashed, 1<<20)
			again.mustAppend(t, 0, "after")
			if got := strings.Join(again.all(t, 0), "|"); got != want+"|after" {
				t.Errorf("%s at %d of %d bytes: %s", name, size, len(whole), got)
			}
			if name == "cut" && again.SetAside() != 0 {
				t.Errorf("cut at %d: a crash alarms", size)
			}
		}
	}
}

func TestATamperedRecordIsSetAsideNamedAndPassedOver(t *testing.T) {
	for name, tamper := range map[string]func(raw []byte, at int) []byte{
		"a bit of the content":      func(raw []byte, at int) []byte { raw[at+headerSize+30] ^= 1; return raw },
		"a bit of the head":         func(raw []byte, at int) []byte { raw[at+9] ^= 1; return raw },
		"the mark of its algorithm": func(raw []byte, at int) []byte { raw[at+headerSize+1] ^= 3; return raw },
		"its lane, with the checksum mended": func(raw []byte, at int) []byte {
			h, _ := parseHeader(raw[at:])
			h.lane = 1
			copy(raw[at:], h.bytes())
			return raw
		},
		"another of its size in its place": func(raw []byte, at int) []byte {
			size := (len(raw) - prefaceSize) / 3
			copy(raw[at:at+size], raw[prefaceSize:prefaceSize+size])
			return raw
		},
		"a byte added": func(raw []byte, at int) []byte {
			return append(raw[:at+headerSize+5:at+headerSize+5], append([]byte{9}, raw[at+headerSize+5:]...)...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			s := opened(t, folder, 1<<20)
			for _, c := range []string{"one of three", "two of three", "3rd of three"} {
				s.mustAppend(t, 0, c)
			}
			path := segments(t, folder)[0]
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			hurt := t.TempDir()
			if err := os.WriteFile(filepath.Join(hurt, filepath.Base(path)), tamper(raw, prefaceSize+(len(raw)-prefaceSize)/3), 0o600); err != nil {
				t.Fatal(err)
			}
			var told bytes.Buffer
			again, err := Open(hurt, testKey(t), Options{Most: 1 << 20, Clock: clock.NewManual(noon), Log: slog.New(slog.NewTextHandler(&told, nil))})
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			got := strings.Join(append(again.all(t, 0), again.all(t, 1)...), "|")
			// A byte too many moves the third from its place, so it is found as well.
			if got != "one of three|3rd of three" && (name != "a byte added" || got != "one of three") {
				t.Errorf("delivered: %s", got)
			}
			if again.SetAside() == 0 || !strings.Contains(told.String(), "level=ERROR") || !strings.Contains(told.String(), "000000000001-") {
				t.Errorf("%d set aside, told: %s", again.SetAside(), told.String())
			}
			if state, err := Look(hurt); err != nil || state.Waiting != 0 || state.SetAside != again.SetAside() {
				t.Errorf("%+v %v", state, err)
			}
		})
	}
}

func TestAFullSpoolTakesNothingAndGoesOnWhenThereIsRoom(t *testing.T) {
	s := opened(t, t.TempDir(), 200<<10)
	content := strings.Repeat("x", 30<<10)
	var taken int
	for err := error(nil); !errors.Is(err, ErrFull); taken++ {
		if err = s.Append(0, []byte(content)); err != nil && !errors.Is(err, ErrFull) {
			t.Fatal(err)
		}
	}
	if taken-1 != 6 || s.Waiting(0) != 6 {
		t.Errorf("%d records of 30 KiB went into 200 KiB, %d wait", taken-1, s.Waiting(0))
	}
	if err := s.Answered(0, 3); err != nil {
		t.Fatal(err)
	}
	s.mustAppend(t, 0, content)
	if err := s.Append(0, make([]byte, MaxContent+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("over the limit: %v", err)
	}
}

func TestNothingIsTakenThatTheDiskDidNotConfirm(t *testing.T) {
	s := opened(t, t.TempDir(), 1<<20)
	s.mustAppend(t, 0, "before")
	worn := errors.New("the disk is worn")
	s.sync = func(*os.File) error { return worn }
	if err := s.Append(0, []byte("lost")); !errors.Is(err, worn) || s.Waiting(0) != 1 {
		t.Errorf("%v, %d wait", err, s.Waiting(0))
	}
	synced := make(chan struct{})
	s.sync = func(f *os.File) error { <-synced; return f.Sync() }
	done := make(chan error, 1)
	go func() { done <- s.Append(0, []byte("after")) }()
	select {
	case err := <-done:
		t.Fatalf("taken before the disk confirmed it: %v", err)
	case synced <- struct{}{}:
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(opened(t, copied(t, s.folder), 1<<20).all(t, 0), "|"); got != "before|after" {
		t.Errorf("after a crash: %s", got)
	}
}

func TestAFolderIsHeldByOne(t *testing.T) {
	folder := t.TempDir()
	s := opened(t, folder, 1<<20)
	if _, err := Open(folder, testKey(t), Options{Most: 1 << 20, Clock: s.clock, Log: s.log}); !errors.Is(err, ErrHeld) {
		t.Errorf("a second: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(0, []byte("x")); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
	opened(t, folder, 1<<20)
}

func TestManyAppendAtOnceAndEachLaneKeepsItsOrder(t *testing.T) {
	s := opened(t, t.TempDir(), 64<<20)
	var writing sync.WaitGroup
	for lane := range byte(8) {
		writing.Go(func() {
			for i := range 200 {
				s.mustAppend(t, lane, fmt.Sprint(i))
			}
		})
	}
	var reading sync.WaitGroup
	for lane := range byte(8) {
		reading.Go(func() {
			for i := 0; i < 200; {
				records, err := s.Next(t.Context(), lane, 5)
				if err != nil {
					t.Error(err)
					return
				}
				for _, r := range records {
					if string(r.Content) != fmt.Sprint(i) || !r.At.Equal(noon) {
						t.Errorf("lane %d: %s at %v, want %d", lane, r.Content, r.At, i)
					}
					i++
				}
				if err := s.Answered(lane, len(records)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	reading.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Next(ctx, 0, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("of an empty lane: %v", err)
	}
}

func TestAnAnswerOfAnotherSegmentIsNone(t *testing.T) {
	folder := t.TempDir()
	s := opened(t, folder, 1<<20)
	for range 3 {
		s.mustAppend(t, 0, "x")
	}
	if err := s.Answered(0, 1); err != nil {
		t.Fatal(err)
	}
	other := opened(t, t.TempDir(), 1<<20)
	for range 3 {
		other.mustAppend(t, 0, "y")
	}
	answers, err := os.ReadFile(segmentPath(folder, 1, answeredSuffix))
	if err != nil {
		t.Fatal(err)
	}
	mixed := copied(t, other.folder)
	if err := os.WriteFile(segmentPath(mixed, 1, answeredSuffix), answers, 0o600); err != nil {
		t.Fatal(err)
	}
	if state, err := Look(mixed); err != nil || state.Waiting != 3 || !state.Oldest.Equal(noon) || state.Bytes == 0 {
		t.Errorf("%+v %v", state, err)
	}
}

func FuzzRead(f *testing.F) {
	id := segmentID{1, 2, 3}
	key := testKey(f)
	head := append([]byte(magic), id[:]...)
	one := append(head, seal(key, id, int64(len(head)), 3, noon, []byte("MSH|^~\\&|HIS"))...)
	f.Add(one)
	f.Add(append(slices.Clip(one), "MWR1 broken"...))
	f.Fuzz(func(t *testing.T, raw []byte) {
		found, err := read(bytes.NewReader(raw), int64(len(raw)), true)
		if err != nil {
			return
		}
		var last int64
		for _, p := range found.whole {
			if p.offset < last || p.end() > found.torn {
				t.Fatalf("a record at %d to %d, behind %d, before %d", p.offset, p.end(), last, found.torn)
			}
			last = p.end()
			if _, ok := parseHeader(raw[p.offset:]); !ok {
				t.Fatalf("no head at %d", p.offset)
			}
			if content, err := open(key, found.id, p.offset, raw[p.offset:p.end()]); err == nil && (found.id != id || p.offset != int64(prefaceSize)) {
				t.Fatalf("%q opens in another place", content)
			}
		}
		for _, d := range found.damaged {
			if d.from >= d.to || d.to > int64(len(raw)) {
				t.Fatalf("damage from %d to %d of %d", d.from, d.to, len(raw))
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	for _, at := range []int{1, 16} {
		b.Run(fmt.Sprintf("senders=%d", at), func(b *testing.B) {
			s := opened(b, b.TempDir(), 8<<30)
			content := bytes.Repeat([]byte("x"), 1000)
			var sending sync.WaitGroup
			for i := range at {
				sending.Go(func() {
					for n := i; n < b.N; n += at {
						if err := s.Append(0, content); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			sending.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
		})
	}
}
