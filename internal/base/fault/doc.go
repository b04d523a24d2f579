// Package fault is the one way in which anything in the house says that it
// could not do what was asked.
//
// A [Code] is declared once, beside the rule that it reports, with a stable
// name, a kind, one sentence for the person in Chinese and in English, and a
// hint for the operator. An [Error] is one occurrence: it carries the values
// for the sentence, the fields at fault, and the cause. The cause goes to the
// log and never to the person.
//
// A failure of the machinery must never be reported with a code that means
// "no": whoever cannot find out must answer [Internal] or [Unavailable].
package fault
