// Package duty knows what people must do by when, and sees to it that somebody is
// told when they do not. Every room that sets a limit opens a task here; none keeps
// a clock of its own.
//
// It owns duty_task, duty_step, duty_pause, duty_rule, duty_period, duty_roster,
// duty_calendar, duty_channel, duty_message and duty_flow. Its acts are duty.list,
// duty.view, duty.request, duty.take, duty.done, duty.return, duty.delegate,
// duty.ask-extension, duty.grant-extension, duty.pause, duty.resume, duty.cancel,
// duty.set-rule, duty.set-flow, duty.set-roster, duty.set-calendar,
// duty.set-channel, and, done by the house itself, duty.clock and duty.deliver.
//
// Its promises:
//
//   - A task has a deadline, and somebody who has it or a pool that it waits in. It
//     is late by the clock of the server, whether anybody looked or not.
//   - Each thing that happens to a task is a step that never changes. Reminders,
//     lateness and escalation are acts of the system actor job.
//   - Nobody stops his own clock or grants himself more time.
//   - A period that was missed stays missed, also when its task is done later.
//   - What stands in a list or leaves the house is made of the words of a kind, of
//     counts and of deadlines. What people wrote is sealed, under the patient's key
//     where there is a patient, and is shown only in the detail of a task.
//   - A message is a row of the act that caused it, is sent after that act is
//     durable, and its fate can be seen.
//
// Other rooms call [Room.OpenIn], [Room.DoneIn], [Room.CancelIn], [Room.PauseIn]
// and [Room.ResumeIn] within their own acts, which have been permitted: those ask
// nothing more.
//
// Demands: A-181, D-010, D-024, E-080, E-084, E-085, E-086, E-087.
package duty
