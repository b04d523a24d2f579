// Package calendar reckons time as a Chinese hospital does: working days with
// public holidays and swapped days (调休), deadlines, pauses, reminders and
// periods. It is pure: it knows no clock, no store and no network.
//
// # What a working day is
//
// Monday to Friday, changed by the yearly notices of the General Office of the
// State Council (国务院办公厅关于……部分节假日安排的通知): days off on which
// nobody works, and Saturdays and Sundays on which everybody does. The notices
// are data, years.txt, in a format that an administrator can write too ([Parse]);
// [Calendar.With] puts a year in the place of the delivered one.
//
// Delivered are 2024 (notice of 25 October 2023), 2025 (国办发明电〔2024〕12号,
// 12 November 2024) and 2026 (notice of 4 November 2025). The notice for 2027 was
// not to be had when this was written. A year without data is reckoned as plain
// weekends, and [Calendar.Knows] says that it was: a deadline there may move when
// the notice comes. A notice may name days of the December before its year.
//
// # How limits run
//
// After the Civil Code, articles 200 to 204: a limit in hours or minutes runs from
// its moment; a limit in days does not count the day on which it begins and ends
// with the last hour of its last day. A limit in calendar days is not moved by a
// day off at its end. All reckoning is in China time, UTC+8 without daylight saving.
//
// A pause stops the clock: the deadline moves by as much of the limit's own kind of
// time as was paused, and a limit in days still ends with a day.
package calendar
