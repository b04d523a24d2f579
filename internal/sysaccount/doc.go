// Package sysaccount keeps who has an account in which foreign system, with which role,
// and what of it should not be.
//
// It owns sysaccount_mapping, sysaccount_snapshot, sysaccount_account, sysaccount_role and
// sysaccount_issue. Its acts are sysaccount.map, sysaccount.try, sysaccount.take,
// sysaccount.list, sysaccount.of-person, sysaccount.dispose, sysaccount.assign and, done
// by the house itself, sysaccount.clock.
//
// Promises:
//
//   - An account of somebody who has left or changed his department is red from that
//     moment on, until the next list of its system shows it closed. Nobody can talk it
//     away: only the system itself closes it.
//   - A right given over there that ours do not have is a difference. The designated
//     department confirms it, with an end that is enforced, or has it taken back.
//   - A list that has lost most of its accounts is no proof that they were closed, and is
//     refused until somebody says that it is right.
//   - Nobody confirms his own rights, or takes an account for himself.
//
// Decision: docs/adr/0053-an-account-is-closed-when-its-system-says-so.md.
//
// Demands, E-222.
package sysaccount
