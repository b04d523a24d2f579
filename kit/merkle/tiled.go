package merkle

// Row returns the hashes of one tile: all that the tree has of it, which are
// fewer than TileWidth at the right edge.
type Row func(id TileID) ([]Hash, error)

// FromTiles returns the nodes of a tree that is kept in tiles.
func FromTiles(row Row) Nodes {
	return func(height int, index int64) (Hash, error) {
		within := height % TileHeight
		first := index << within
		hashes, err := row(TileID{Level: height / TileHeight, Number: first / TileWidth})
		if err != nil {
			return Hash{}, err
		}
		begin := int(first % TileWidth)
		end := begin + 1<<within
		if end > len(hashes) {
			return Hash{}, ErrOutside
		}
		return perfect(hashes[begin:end]), nil
	}
}
