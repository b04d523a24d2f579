package schema

// Upkeep names the tables whose rows keep the machinery going and are not
// accounted for in the audit ledger. ARCHITECTURE.md lists the same; a test of
// package house holds the two and the table descriptions together.
var Upkeep = []string{
	"access_followed",
	"access_process",
	"db_lease",
	"deadline_place",
	"house_store",
	"identity_assertion",
	"identity_attempt",
	"identity_ceremony",
	"identity_session",
	"identity_denial",
	"identity_use",
	"job_task",
	"ledger_block",
	"ledger_checkpoint",
	"ledger_line",
	"ledger_mark",
	"ledger_pending",
	"ledger_place",
	"ledger_subject",
	"ledger_tile",
	"recipient_place",
	"record_draft",
	"schema_version",
	"source_nonce",
	"source_pulse",
	"source_token",
	"source_use",
}
