import { Input } from 'antd';
import type { TextAreaProps } from 'antd/es/input';
import { useLayoutEffect, useRef } from 'react';

interface GrowingTextProps extends Omit<TextAreaProps, 'autoSize' | 'rows'> {
  value: string;
  /** In lines. */
  least: number;
  most: number;
}

const lineHeight = 27;
const padding = 12;

/**
 * A text area as high as its text. The library's own way writes a style
 * attribute, which the content security policy drops.
 */
export function GrowingText({ least, most, ...rest }: GrowingTextProps) {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const area = frame.current?.querySelector('textarea');
    if (!area) return;
    area.style.height = 'auto';
    const height = Math.max(least * lineHeight + padding, Math.min(area.scrollHeight + 2, most * lineHeight + padding));
    area.style.height = `${height}px`;
  }, [rest.value, least, most]);
  return (
    <div ref={frame}>
      <Input.TextArea {...rest} rows={least} />
    </div>
  );
}
