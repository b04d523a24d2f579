// Package figures answers those who manage with numbers (管理统计): how many encounters
// began and ended in each department in each month of a year. Who the patients behind a
// number are is another question, which needs a grant with a purpose and an end.
//
// It owns no tables. Its acts are figures.view and figures.open.
//
// Promises:
//
//   - a number that stands for fewer than [SmallCell] patients is hidden, and so are as
//     many others of its row and column as it takes that nobody reckons it from the sums;
//   - the same encounter counts in one cell of one table only, and tables are whole years:
//     there are no two questions whose difference is a small group;
//   - patients behind a number are named to whoever holds a grant that opens them, one by
//     one as the rules decide, by their masked names; each page is on the account and
//     counts against the quota of queries.
//
// It reads encounters of room patient to count them: see count.go.
//
// Decision: docs/adr/0083-a-number-that-stands-for-few-is-hidden.md.
//
// Demands: A-095.
package figures
