// Package spool keeps what an agent has promised to deliver until that is done: bytes in
// lanes, each lane in its order, in files of one folder.
//
// What [Spool.Append] has taken is on stable storage when it returns, sealed with SM4-GCM
// under a key that is not in the folder and bound to its place, so that a record can be
// neither read, nor altered, nor moved without that being found. A record leaves when
// [Spool.Answered] says so; that it did is remembered without waiting for the disk, so a
// crash may hand a record out a second time, and never loses one. Bytes that a crash left
// half written are cut off when the folder is opened; a record that is damaged is copied
// to the folder "aside", named, and passed over.
//
// One process holds a folder at a time. The layout is written down in docs/run/agent.md.
package spool
