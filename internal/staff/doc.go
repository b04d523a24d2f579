// Package staff knows who works where, as what, and until when; on what footing
// somebody is here for a time or away; what he must have signed, learned and been
// licensed for; and what must be taken back from him when he goes.
//
// It owns staff_department, staff_person, staff_appointment, staff_stay,
// staff_training, staff_departure, staff_line, staff_roster, staff_qualification,
// staff_requirement, staff_undertaking, staff_signature, staff_vendor,
// staff_agreement, staff_scan, staff_report, staff_authority and staff_basis. Its acts are staff.list, staff.view,
// staff.add-department, staff.add-person, staff.appoint, staff.end-appointment;
// staff.begin-stay, staff.move-stay, staff.end-stay, staff.list-stays,
// staff.record-training, staff.leave; staff.add-line, staff.sign-line,
// staff.view-lines; staff.preview-roster, staff.apply-roster, staff.reconcile;
// staff.add-qualification, staff.end-qualification, staff.list-qualifications,
// staff.require-licence; staff.publish-undertaking, staff.withdraw-undertaking,
// staff.sign-undertaking, staff.list-undertakings; staff.add-vendor,
// staff.file-agreement, staff.end-agreement, staff.list-vendors; and, done by the
// house itself, staff.remind; staff.propose-authority, staff.settle-authority and
// staff.list-authorities. Each leaves one ledger entry under its own name.
//
// Its promises:
//
//   - An appointment or a stay without an end cannot exist: the rule, the schema
//     and a live check say so. Only appointments that are live at the moment of the
//     decision give a role, a department or a clearance.
//   - What ends with a stay ends in its rows, at the microsecond, not by a job that
//     might not run. What rests during a stay is taken up again by a row that
//     stands there from the beginning.
//   - Whoever has left, is here for a short time untrained, or belongs to a vendor
//     without an agreement, has nothing, whatever his appointments say.
//   - An undertaking or a licence that lapsed never takes the care of the patients
//     whom one treats. It is a fact for the rulebook, which takes reach and output,
//     or writing.
//   - Rows that give or take power are keyed. One that the house did not write must
//     lead to a refusal and an alarm, and never to access.
//   - Where it is recorded which department carries a role out, nobody else appoints to it;
//     what is recorded was changed by two unrelated persons.
//   - Nobody decides about himself. Roles that watch one another are never held
//     together, not for an hour.
//   - Nobody who is barred is taken on, appointed or dealt with ([Barring]); what passes the
//     frame of a department is not given by hand ([FrameOf]).
//   - A roster is previewed before it is taken in; nothing in it is evaluated.
//   - Names of staff are shown wherever somebody acts and are clear; a person's
//     telephone number is sealed under the person's own key. A page may show the
//     names of two seconds ago; no decision is made by them.
//
// Demands,
// B-002, B-017, B-095, B-103, C-010, D-023, D-043, D-046, D-056, D-057,
// D-058, D-059, D-060, E-003, E-062, E-088, E-222.
package staff
