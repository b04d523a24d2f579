package patient

// CatchUpAtOnce sets how many changes the names of an organisation take in one
// question.
func CatchUpAtOnce(room *Room, org string, n int) { room.names.of(org).batch = n }
