// Command cases writes random forms, answers and their verdicts, one JSON object a line,
// for another implementation to be held against.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/medward/medward/kit/form/formtest"
)

func main() {
	n := flag.Uint64("n", 10_000, "how many")
	seed := flag.Uint64("seed", 1, "the same seed makes the same cases")
	flag.Parse()
	if err := write(*n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(n, seed uint64) error {
	out := bufio.NewWriter(os.Stdout)
	lines := json.NewEncoder(out)
	for i := range n {
		c, err := formtest.Make(seed, i)
		if err != nil {
			return fmt.Errorf("case %d: %w", i, err)
		}
		if err := lines.Encode(c); err != nil {
			return err
		}
	}
	return out.Flush()
}
