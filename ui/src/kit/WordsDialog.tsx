import { Form, Input } from 'antd';
import { FormDialog } from './FormDialog';

interface WordsDialogProps {
  title: string;
  lead: string;
  /** Names the field. */
  label: string;
  /** Said when nothing was written. */
  required: string;
  danger: boolean;
  busy: boolean;
  error: React.ComponentProps<typeof FormDialog>['error'];
  onSubmit: (body: { words: string }) => void;
  onClose: () => void;
}

/** Asks in words why a step is taken. The step's name is title and button. */
export function WordsDialog({ title, lead, label, required, danger, busy, error, onSubmit, onClose }: WordsDialogProps) {
  return (
    <FormDialog<{ words: string }> title={title} lead={lead} submit={title} danger={danger} busy={busy} error={error} onSubmit={onSubmit} onClose={onClose}>
      <Form.Item name="words" label={label} rules={[{ required: true, message: required }]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
