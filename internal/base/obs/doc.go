// Package obs shows how the house is doing: structured logs with a trace number
// for every request, Prometheus metrics, and the two questions that an operator
// asks a server (does it live, is it ready).
//
// Nothing of a patient, no secret and no name goes into a log line or a metric.
package obs
