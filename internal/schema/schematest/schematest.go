// Package schematest gives tests a fresh store with every migration applied,
// on each engine.
package schematest

import (
	"context"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/schema"
)

// Prepared is a place with the whole schema.
var Prepared = &dbtest.Prepared{Name: "schema", Do: func(ctx context.Context, at dbtest.Place) error {
	if at.Engine == db.SQLite {
		return schema.MigrateSQLite(ctx, at.Path)
	}
	return schema.MigratePostgres(ctx, at.URL, "")
}}
