// Package staff knows who works where, as what, and until when.
//
// It owns staff_department, staff_person and staff_appointment. Its acts are
// staff.list, staff.view, staff.add-department, staff.add-person, staff.appoint
// and staff.end-appointment; each leaves one ledger entry under its own name.
//
// Its promises:
//
//   - An appointment without an end cannot exist: the rule, the schema and a
//     live check say so. Only appointments that are live at the moment of the
//     decision give a role, a department or a clearance.
//   - Appointments are keyed rows. One that the house did not write must lead to
//     a refusal and an alarm, and never to access.
//   - Nobody appoints himself, and nobody ends his own appointment.
//   - Names of staff are shown wherever somebody acts and are clear; a person's
//     telephone number is sealed under the person's own key. A page may show the
//     names of two seconds ago; no decision is made by them.
//
// Demands: A-075, B-103, D-023, D-043.
package staff
