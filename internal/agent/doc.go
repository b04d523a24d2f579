// Package agent stands on a machine of the hospital between systems that speak old
// protocols in the clear and a server that speaks TLS 1.3 and knows machines by their
// certificate, so that data arrives by standard message over a link whose failures are seen
//
//
// It takes HL7 v2 over MLLP and lines over syslog from the networks it is told. A message
// goes straight to the server, and the server's own answer goes back. When the server does
// not answer in time, or something of the same sender waits already, the message is kept
// in a spool and answered AA when it is on stable storage; what cannot be kept is answered
// AR. What was kept is delivered in its order: AA and AE of the server end it, AR is tried
// again with growing pauses, for as long as it takes. Lines of logs are kept first and
// delivered from there, because syslog knows no answer.
//
// Nothing that was acknowledged is lost by a crash, a cut or a full disk. A message may
// reach the server twice, which takes the same bytes once. The order of messages is kept
// for each sender, which is an address with MSH-3 and MSH-4.
//
// The agent has no store, no accounts and no rules of access: whom to believe, and what may
// be sent, the server decides for every message.
package agent
