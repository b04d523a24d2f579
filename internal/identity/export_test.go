package identity

// ForgetPresence makes the next request of every session read the store.
func (r *Room) ForgetPresence() { r.present.drop(func(*present) bool { return true }) }
