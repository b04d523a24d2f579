package spool

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/durable"
	"github.com/medward/medward/kit/sm"
)

// Lanes are how many lanes a spool has.
const Lanes = 256

var (
	// ErrFull is returned where a record would pass the bound, or the disk is full.
	ErrFull = errors.New("spool: full")
	// ErrHeld is returned where another process holds the folder.
	ErrHeld = errors.New("spool: another process holds the folder")
	// ErrOtherKey is returned where the folder was begun under another key.
	ErrOtherKey = errors.New("spool: the folder was begun under another key")
	// ErrClosed is returned after [Spool.Close].
	ErrClosed = errors.New("spool: closed")
	// ErrTooLarge is returned for content over [MaxContent].
	ErrTooLarge = errors.New("spool: the content is over 16 MiB")
)

// Options are how a spool is held.
type Options struct {
	// Most is in bytes, of all its files.
	Most  int64
	Clock clock.Clock
	Log   *slog.Logger
}

// Spool is a folder that is held. It may be used by many goroutines at once; each lane is
// taken from by one.
type Spool struct {
	folder string
	key    *sm.Key
	clock  clock.Clock
	log    *slog.Logger
	most   int64
	// whole is the size at which a segment is followed by another.
	whole int64
	sync  func(*os.File) error
	lock  *os.File

	entries  chan *entry
	closing  chan struct{}
	finished chan struct{}
	shut     sync.Once

	mu     sync.Mutex
	next   uint64
	active *segment
	size   int64
	lanes  [Lanes]lane
	aside  int
}

// lane is what waits, in its order.
type lane struct {
	waiting []ref
	arrived chan struct{} // holds one
}

// ref is a record that waits.
type ref struct {
	segment      *segment
	offset, size uint32
}

// Open holds a folder, which is made if there is none, and finds what waits in it.
func Open(folder string, key *sm.Key, o Options) (s *Spool, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	lock, err := hold(folder)
	if err != nil {
		return nil, err
	}
	if err := proveKey(folder, key); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	s = &Spool{
		folder: folder, key: key, clock: o.Clock, log: o.Log, most: o.Most, whole: min(max(o.Most/128, 64<<10), 1<<30),
		sync: (*os.File).Sync, lock: lock,
		entries: make(chan *entry, together), closing: make(chan struct{}), finished: make(chan struct{}),
	}
	for i := range s.lanes {
		s.lanes[i].arrived = make(chan struct{}, 1)
	}
	if err := s.recover(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	go s.write()
	return s, nil
}

func hold(folder string) (*os.File, error) {
	lock, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // named by the operator
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fmt.Errorf("%w: %s", ErrHeld, folder)
	}
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return lock, nil
}

// proveKey tells another key from the one under which the folder was begun, so that one
// given by mistake does not make every record look tampered with.
func proveKey(folder string, key *sm.Key) error {
	path := filepath.Join(folder, "key.proof")
	proof, err := os.ReadFile(path) //nolint:gosec // within the folder of the spool
	if errors.Is(err, fs.ErrNotExist) {
		return durable.WriteNew(path, key.Seal(nil, []byte(magic)))
	}
	if err != nil {
		return err
	}
	if _, err := key.Open(proof, []byte(magic)); err != nil {
		return errors.Join(ErrOtherKey, err)
	}
	return nil
}

// recover finds what waits, cuts off what a crash left half written, and sets aside what
// is damaged.
func (s *Spool) recover() error {
	segments, highest, err := numbers(s.folder)
	if err != nil {
		return err
	}
	s.next = highest + 1
	for _, n := range segments {
		if err := s.recoverSegment(n); err != nil {
			return fmt.Errorf("opening segment %d of the spool: %w", n, err)
		}
	}
	s.aside, err = asideIn(s.folder)
	return err
}

func (s *Spool) recoverSegment(number uint64) error {
	seg, found, err := openSegment(s.folder, number, os.O_RDWR)
	if errors.Is(err, errNoSegment) {
		s.log.Error("a file of the spool is none of its segments and was set aside whole", "segment", number)
		return setAsideFile(s.folder, number)
	}
	if err != nil {
		return err
	}
	for _, d := range found.damaged {
		if err := s.setAside(seg, d); err != nil {
			return errors.Join(err, seg.close())
		}
	}
	if found.torn < seg.size {
		s.log.Warn("a record that was never acknowledged was half written and is cut off", "segment", number, "offset", found.torn, "bytes", seg.size-found.torn)
		if err := errors.Join(seg.file.Truncate(found.torn), seg.file.Sync()); err != nil {
			return errors.Join(err, seg.close())
		}
		seg.size = found.torn
	}
	if len(found.whole) == 0 {
		return seg.remove()
	}
	for _, p := range found.whole {
		s.lanes[p.lane].waiting = append(s.lanes[p.lane].waiting, ref{seg, uint32(p.offset), uint32(p.end() - p.offset)}) //nolint:gosec // a segment ends long before 4 GiB
		s.lanes[p.lane].signal()
	}
	s.size += seg.size + seg.answersSize
	return nil
}

func (l *lane) signal() {
	select {
	case l.arrived <- struct{}{}:
	default:
	}
}

// Waiting is how many records of a lane wait.
func (s *Spool) Waiting(lane byte) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.lanes[lane].waiting)
}

// SetAside is how many damaged records the folder keeps aside.
func (s *Spool) SetAside() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.aside
}

// Close ends the spool; what is being appended is finished first.
func (s *Spool) Close() error {
	var err error
	s.shut.Do(func() {
		close(s.closing)
		<-s.finished
		s.mu.Lock()
		defer s.mu.Unlock()
		files := map[*segment]bool{}
		if s.active != nil {
			files[s.active] = true
		}
		for i := range s.lanes {
			for _, r := range s.lanes[i].waiting {
				files[r.segment] = true
			}
			s.lanes[i].waiting = nil
		}
		for seg := range files {
			err = errors.Join(err, seg.close())
		}
		err = errors.Join(err, s.lock.Close())
	})
	return err
}

// Record is one that waits.
type Record struct {
	At      time.Time
	Content []byte
}
