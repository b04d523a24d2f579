package identity

import (
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

const tag = "identity"

// Routes adds the operations of the room.
func (r *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session", ID: "signIn", Tag: tag,
		Open: "whoever signs in is not signed in yet", Status: http.StatusCreated, MaxBody: 8 << 10, Summary: "Sign in"}, r.postSession)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/session", ID: "whoAmI", Tag: tag,
		Open: "tells a caller about himself and answers 401 to nobody", Summary: "Who is signed in, and what may be used"}, r.getSession)
	web.Handle(s, web.Op{Method: http.MethodDelete, Path: "/api/session", ID: "signOut", Verb: "identity.sign-out", Tag: tag,
		Status: http.StatusNoContent, Summary: "End this session"}, r.deleteSession)
	web.Handle(s, web.Op{Method: http.MethodDelete, Path: "/api/sessions", ID: "signOutEverywhere", Verb: "identity.sign-out-everywhere", Tag: tag,
		Summary: "End every session of one's own account"}, r.deleteSessions)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/password", ID: "changePassword", Verb: "identity.change-password", Tag: tag,
		Status: http.StatusNoContent, MaxBody: 8 << 10, Summary: "Change one's own password"}, r.postPassword)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/purpose", ID: "choosePurpose", Tag: tag,
		Open: "states what the caller's own session is for; each act names it", Status: http.StatusNoContent, Summary: "Choose what this session is for"}, r.postPurpose)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/session/demo-people", ID: "listDemoPeople", Tag: tag,
		Open: "invented people of a demonstration; 404 in a real store", Summary: "List whom a visitor of a demonstration can be"}, r.getDemoPeople)
	r.accountRoutes(s)
	r.ruleRoutes(s)
	r.factorRoutes(s)
	r.screenRoutes(s)
	r.recoveryRoutes(s)
	r.passkeyRoutes(s)
	r.findingRoutes(s)
	r.wayRoutes(s)
	r.linkRoutes(s)
	r.scanRoutes(s)
	r.faceRoutes(s)
	r.windowRoutes(s)
}

func (r *Room) accountRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/accounts", ID: "listAccounts", Verb: "identity.list-accounts", Tag: tag,
		Summary: "List accounts by sign-in name"}, r.getAccounts)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/accounts", ID: "createAccount", Verb: "identity.create-account", Tag: tag,
		Status: http.StatusCreated, Summary: "Give a person an account"}, r.postAccount)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/accounts/{id}/reset", ID: "resetPassword", Verb: "identity.reset-password", Tag: tag,
		Summary: "Give an account a new initial password and end its sessions"}, r.postReset)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/accounts/{id}/disable", ID: "disableAccount", Verb: "identity.disable-account", Tag: tag,
		Status: http.StatusNoContent, Summary: "Stop an account and end its sessions"}, r.postDisable)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/accounts/{id}/lock", ID: "lockAccount", Verb: "identity.lock-account", Tag: tag,
		Status: http.StatusNoContent, Summary: "Lock an account by decision and end its sessions"}, r.postLockAccount)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/accounts/{id}/unlock", ID: "unlockAccount", Verb: "identity.unlock-account", Tag: tag,
		Summary: "Open a locked account with a new initial password"}, r.postUnlockAccount)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/leak", ID: "reportLeak", Verb: "identity.report-leak", Tag: tag,
		MaxBody: 8 << 10, Summary: "Report that one's own password may be known: it is void at once"}, r.postLeak)
	web.Handle(s, web.Op{Method: http.MethodDelete, Path: "/api/accounts/{id}/sessions", ID: "signOutAccount", Verb: "identity.sign-out-everywhere", Tag: tag,
		Summary: "End every session of an account"}, r.deleteAccountSessions)
}
