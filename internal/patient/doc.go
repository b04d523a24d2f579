// Package patient knows the patients of the hospital, their encounters, and who
// cares for them.
//
// It owns the tables patient_patient, patient_encounter, patient_relation,
// patient_word, patient_requisition, patient_performer and patient_worklist. Its
// acts are patient.register, patient.update, patient.find, patient.locate,
// patient.view, patient.admit, patient.confirm-admission, patient.transfer,
// patient.discharge, patient.relate, patient.end-relation, patient.ask,
// patient.take-on, patient.answer, patient.call-off, patient.plan-operations,
// patient.see-asked, patient.put-on-worklist, patient.reassign,
// patient.take-off-worklist and patient.see-worklist; each is one ledger entry of
// that name.
//
// Direct identifiers are sealed under the patient's own data key. ID number,
// phone and record number are found through blind indexes, names through an
// index in memory. A care relation says from where it is known and when it
// ends; one without an end cannot exist, and one whose row was written behind
// the house gives nothing and raises an alarm.
//
// A relation never benefits who gives it. Whoever admits and names himself is
// related only to a patient who is new: registered in this house and never
// treated in it. To anybody else he is related by somebody else, or states a
// reason. A relation that comes with an encounter ends a week after the
// discharge or the transfer to another department; a stay that takes long keeps
// its team for a year from the last news of it.
//
// Requisitions bring others to the patient for as long as what they were asked to
// do takes: those who are named, and whoever is on shift in the department that
// performs it. Items of a worklist give a record for one purpose. An admission by
// hand of somebody known before stands by one person's word, and gives the ward
// nothing, until somebody else or a source confirms it.
//
// Decision: docs/adr/0045-what-brings-somebody-to-a-patient.md.
//
// Promise: what a list shows is what opening would allow, and whoever may not
// open a patient can still find by an exact identifier that he is here, with a
// masked card, to state a reason or break the glass from there.
//
// Demands, B-014, B-035, B-054, B-055, D-007, D-025,
// D-033, D-037.
package patient
