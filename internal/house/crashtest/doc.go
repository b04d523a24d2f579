// Package crashtest is what the fault suite of the house is made of: a process
// that serves a small demo hospital and can be killed, callers who keep what was
// acknowledged to them, a disk that fails at fsync and forgets what was never
// synced, and the check that nothing acknowledged is missing afterwards.
//
// A kill alone cannot lose what the kernel already has. Therefore writes and
// syncs are traced where the machine has strace, and what no successful fsync
// covers is wiped out of the write-ahead log before the store is opened again.
package crashtest
