// Package feed takes in what foreign systems hold in views of their databases and in
// lists that they leave in a folder, so that nobody enters it twice.
//
// It owns feed_mapping, feed_run, feed_row and feed_finding. Its acts are feed.map,
// feed.approve, feed.try, feed.begin, feed.list, feed.open, feed.take and, done by the
// house itself, feed.clock.
//
// A feed is one table of one source, read by a mapping that says which of its columns
// are which of our fields. A row that is new or says something else than before goes to
// the room that keeps such things, by the acts of that room: departments and people to
// staff, patients, visits, requests and operations to intake as the message that the system
// would have sent, files of documents to intake as they are.
//
// Promises:
//
//   - A feed acts as its source and as nobody else, within the agreement of the source.
//     It adds; of what it did not make it changes nothing. What it says of somebody who
//     is here already otherwise than we know him is a finding or a review, for a person.
//   - Nothing is taken by a mapping that nobody but its writer has seen: somebody
//     unrelated to him approves each version.
//   - A run takes all or says why not. A table that has lost a column, or most of its
//     rows, or most of whose rows cannot be read, or that is too large, stops the run,
//     and nothing is changed.
//   - A row that cannot be taken is set aside with its line, its field and the reason,
//     and is tried again by each run.
//   - What a row said is kept as keyed digests, by which a change is seen; never as text.
//   - A relation to a patient is never given to whoever wrote the mapping, approved it or
//     began the run.
//
// A dry run tells all of it and keeps nothing.
//
// Decisions: docs/adr/0057-a-feed-is-a-mapping-that-two-have-seen.md,
// docs/adr/0075-what-is-asked-for-comes-as-messages-and-documents-as-files.md.
//
// Demands, C-018, C-033, C-044.
package feed
