// Package template keeps form definitions (表单定义) as data: what a document, a register
// or an application asks for, why each field is asked, which entry standard it follows,
// and samples that it must judge as written down.
//
// It owns template_version, template_content and template_release. Its acts are
// template.write, template.submit, template.return, template.release, template.retire,
// template.list, template.view and template.try.
//
// Promises:
//
//   - A version is released by somebody unrelated to everybody who wrote it, and not
//     before every field has its purpose and its reason and every sample is judged as
//     it says.
//   - What is released never changes. A change is the next version; whoever began under
//     an earlier one finds it by its number.
//   - What is submitted does not change until it is returned or released, and what is
//     released is what the approver had before him.
//   - A retired version is begun by nobody.
//   - What is wrong with a definition is told at its place, all at once.
//
// Decision: docs/adr/0081-a-form-definition-is-released-with-its-standard.md.
//
// Demands: A-018, B-010.
package template
