package fhir

import "strings"

// target is what a fullUrl, or a Type/id where there is none, leads to.
type target struct {
	first  *Entry
	others bool
}

// index makes entries findable by fullUrl, or by Type/id where they have none,
// with and without their version.
func (in *Input) index() {
	in.targets = make(map[string]target, len(in.Entries))
	for _, e := range in.Entries {
		switch {
		case e.Raw == nil:
		case e.FullURL != "":
			in.indexAs(e, e.FullURL)
		case e.Type != "" && e.ID != "":
			in.indexAs(e, e.Type+"/"+e.ID)
		}
	}
}

func (in *Input) indexAs(e *Entry, key string) {
	keys := []string{key}
	if e.Version != "" {
		keys = append(keys, versioned(key, e.Version))
	}
	for _, k := range keys {
		t, found := in.targets[k]
		if !found {
			t.first = e
		}
		t.others = found
		in.targets[k] = t
	}
}

func versioned(key, version string) string { return key + "\x00" + version }

// Resolve finds the entry a reference in from points to, by the rules R4 gives
// for resolving references in Bundles:
//
//   - #id is a resource contained in from (or in its parent), # the container;
//   - an absolute reference must equal a fullUrl;
//   - a relative one is appended to the base of the fullUrl of from when that is
//     a RESTful URL; when from has no fullUrl at all (NDJSON, a single resource)
//     it is matched by Type/id against entries without one;
//   - a version in the reference must equal the target's meta.versionId.
//
// A relative reference from an entry known by urn:uuid points to the server the
// bundle is sent to and is not resolved here; nor are conditional and logical
// ones, which need a search. Two different candidates resolve to none, but in a
// history the first, which is the newest, is taken.
func (in *Input) Resolve(from *Entry, reference string) (*Entry, bool) {
	link := ParseReference(reference)
	container := from
	if from.parent != nil {
		container = from.parent
	}
	switch link.Kind {
	case RefFragment:
		return resolveContained(container, link.ID)
	case RefUUID, RefOID:
		return in.pick(reference, "")
	case RefAbsolute:
		return in.pick(withoutVersion(reference, link.Version), link.Version)
	case RefRelative:
		local := link.Type + "/" + link.ID
		if container.FullURL == "" {
			return in.pick(local, link.Version)
		}
		base, ok := restfulBase(container.FullURL)
		if !ok {
			return nil, false
		}
		return in.pick(base+local, link.Version)
	}
	return nil, false
}

func resolveContained(container *Entry, id string) (*Entry, bool) {
	if id == "" {
		return container, true
	}
	c, ok := container.containedByID[id]
	return c, ok
}

func (in *Input) pick(key, version string) (*Entry, bool) {
	if version != "" {
		key = versioned(key, version)
	}
	t, found := in.targets[key]
	history := in.Bundle != nil && in.Bundle.Type == BundleHistory
	if !found || t.others && !history {
		return nil, false
	}
	return t.first, true
}

func withoutVersion(reference, version string) string {
	if version == "" {
		return reference
	}
	return strings.TrimSuffix(reference, "/_history/"+version)
}

// restfulBase is what stands before Type/id in a RESTful URL, its slash included.
func restfulBase(fullURL string) (string, bool) {
	link := ParseReference(fullURL)
	if link.Kind != RefAbsolute || link.Type == "" {
		return "", false
	}
	return strings.TrimSuffix(withoutVersion(fullURL, link.Version), link.Type+"/"+link.ID), true
}
