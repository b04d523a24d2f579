import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface FileFieldProps {
  /** Given by the form's item. */
  value?: File;
  onChange?: (file: File | undefined) => void;
  accept: string;
  label: string;
}

/** One file in a form. */
export function FileField({ value, onChange, accept, label }: FileFieldProps) {
  const { t } = useTranslation('staff');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>
        {value ? value.name : t('vendors.choose')}
      </Button>
      <input ref={input} type="file" hidden aria-label={label} accept={accept} onChange={(event) => onChange?.(event.target.files?.[0])} />
    </div>
  );
}
