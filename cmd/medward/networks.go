package main

import (
	"fmt"
	"net/netip"
	"os"
	"strings"
)

// listed are the parts of a variable of the environment, between commas.
func listed(name string) []string {
	if text := os.Getenv(name); text != "" {
		return strings.Split(text, ",")
	}
	return nil
}

// networks reads networks: 10.0.0.0/8, one address, or @FILE, which holds one in each
// line and remarks behind #.
func networks(said []string) ([]netip.Prefix, error) {
	var found []netip.Prefix
	for _, text := range said {
		name, inFile := strings.CutPrefix(strings.TrimSpace(text), "@")
		if !inFile {
			one, err := network(text)
			if err != nil {
				return nil, err
			}
			found = append(found, one)
			continue
		}
		lines, err := os.ReadFile(name) //nolint:gosec // whoever starts the server names the file
		if err != nil {
			return nil, fmt.Errorf("reading networks: %w", err)
		}
		for line := range strings.Lines(string(lines)) {
			line, _, _ = strings.Cut(line, "#")
			if strings.TrimSpace(line) == "" {
				continue
			}
			one, err := network(line)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			found = append(found, one)
		}
	}
	return found, nil
}

func network(text string) (netip.Prefix, error) {
	text = strings.TrimSpace(text)
	if at, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(at.Unmap(), at.Unmap().BitLen()), nil
	}
	found, err := netip.ParsePrefix(text)
	if err != nil {
		return found, fmt.Errorf("%q is not a network such as 10.0.0.0/8 (应为网段，如 10.0.0.0/8)", text)
	}
	return found.Masked(), nil
}
