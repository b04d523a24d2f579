package hl7v2

const (
	// MaxMessageBytes bounds one message, framing included.
	MaxMessageBytes = 10 << 20
	// MaxSegments bounds the segments of one message.
	MaxSegments = 100_000
	// MaxMessages bounds the messages Split takes from one file.
	MaxMessages = 1_000_000
	// MaxIndex bounds every field, repetition, component and subcomponent number
	// in a path, and therefore how far Set can extend a segment.
	MaxIndex = 9_999
	// MaxProblems bounds what Check and Split report; the last one then says that
	// there are more.
	MaxProblems = 1_000
	// MaxAckErrors bounds the errors that Ack reports back.
	MaxAckErrors = 100
	// maxLayout bounds the count in the formatting escapes .sp, .sk, .in and .ti, so
	// that a few bytes cannot ask for a large text.
	maxLayout = 99
)
