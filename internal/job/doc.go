// Package job keeps work that is to be done later.
//
// It owns the table job_task. A task is a row written in the same transaction
// as the act that asks for it, so that nothing is announced that did not happen
// and nothing that happened is forgotten. A [Runner] claims due tasks under a
// lease, runs the handler of their kind, and tries again with growing pauses
// until the task is done or its tries are used up; a failed task stays in sight
// and can be tried again by a person.
//
// Handlers must be able to run twice: a lease that ran out while the work was
// under way is claimed by another. Tasks carry ids, never names or content, and
// their rows are keyed, so that a task written behind the house is never run.
package job
