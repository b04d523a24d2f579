package house_test

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/house/crashtest"
)

func TestMain(m *testing.M) { os.Exit(crashtest.Main(m)) }

const (
	// crashesVariable says how often each way to strike is tried.
	crashesVariable = "MEDWARD_CRASH"
	defaultCrashes  = 2
	// lifeOfStore is how many strikes one store lives through: enough that it
	// bears the marks of many, few enough that verifying it stays short.
	lifeOfStore = 10
)

func crashes(t *testing.T) int {
	t.Helper()
	if testing.Short() {
		t.Skip("a crash takes seconds")
	}
	given := os.Getenv(crashesVariable)
	if given == "" {
		return defaultCrashes
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q is not a number of crashes", crashesVariable, given)
	}
	return n
}

// strike tries one way to strike as often as is asked for.
func strike(t *testing.T, bear func(*testing.T) *crashtest.Store, round crashtest.Round) {
	t.Helper()
	for done, all := 0, crashes(t); done < all; {
		t.Run(fmt.Sprintf("store%d", done/lifeOfStore+1), func(t *testing.T) {
			s := bear(t)
			for life := 0; life < lifeOfStore && done < all && !t.Failed(); life++ {
				done++
				t.Run(strconv.Itoa(done), func(t *testing.T) { round(t, s) })
			}
		})
		if t.Failed() {
			return
		}
	}
}

func TestCrashSQLite(t *testing.T) {
	t.Run("kill", func(t *testing.T) { strike(t, crashtest.NewSQLite, crashtest.Kill) })
	t.Run("powercut", func(t *testing.T) {
		crashtest.Traceable(t)
		strike(t, crashtest.NewSQLite, crashtest.PowerCut)
	})
	t.Run("sync", func(t *testing.T) {
		crashtest.Traceable(t)
		strike(t, crashtest.NewSQLite, crashtest.FailToSync)
	})
}

func TestCrashPostgres(t *testing.T) {
	crashes(t)
	cluster, err := dbtest.StartCluster(t.Context(), true)
	if errors.Is(err, dbtest.ErrNoPostgres) && os.Getenv("CI") == "" {
		t.Skip("SKIPPED, HALF UNTESTED: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	bear := func(t *testing.T) *crashtest.Store { return crashtest.NewPostgres(t, cluster) }
	t.Run("kill", func(t *testing.T) { strike(t, bear, crashtest.Kill) })
	t.Run("killcluster", func(t *testing.T) { strike(t, bear, crashtest.KillCluster) })
	t.Run("sync", func(t *testing.T) {
		crashtest.Traceable(t)
		strike(t, bear, crashtest.FailToSyncCluster)
	})
}
