package store

// SetMost has digests keep fewer.
func (d *Digests[T]) SetMost(n int) { d.most = n }
