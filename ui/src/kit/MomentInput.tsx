import { Input } from 'antd';
import dayjs from 'dayjs';
import type { Instant } from '@/language/time';

interface MomentInputProps {
  id: string;
  value?: Instant | undefined;
  min?: Instant;
  max?: Instant;
  onChange?: (at: Instant | undefined) => void;
}

const written = 'YYYY-MM-DDTHH:mm';
const shown = (at: Instant | undefined) => (at ? dayjs(at).format(written) : undefined);

/** A day and time of day, by the browser's own means: small, and good with the keyboard. */
export function MomentInput({ id, value, min, max, onChange }: MomentInputProps) {
  return (
    <Input
      id={id}
      type="datetime-local"
      value={shown(value) ?? ''}
      min={shown(min)}
      max={shown(max)}
      onChange={(event) => {
        const at = dayjs(event.target.value);
        onChange?.(event.target.value && at.isValid() ? at.toISOString() : undefined);
      }}
    />
  );
}
