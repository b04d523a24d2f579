import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { batches, progress, quarantined, raw, report } from '@/gallery/fixtures/intake';
import { renderAt } from '@/testing/render';
import { ImportPage, type ImportPageProps } from './ImportPage';
import { QuarantinePage, type QuarantinePageProps } from './QuarantinePage';
import { worst } from './report';

describe('import', () => {
  const show = (props: Partial<ImportPageProps> = {}) => {
    const given = { onFiles: vi.fn(), onOpen: vi.fn(), onSource: vi.fn() };
    renderAt('/imports', <ImportPage batches={{ rows: batches }} source="集成平台" limit={1024} {...given} {...props} />);
    return given;
  };

  it('takes what fits and names what is too large', () => {
    const { onFiles } = show();
    const small = new File(['{}'], 'small.json');
    const large = new File(['x'.repeat(2000)], 'large.json');
    fireEvent.change(screen.getByLabelText('选择文件'), { target: { files: [small, large] } });
    expect(onFiles).toHaveBeenCalledExactlyOnceWith([small]);
    expect(screen.getByText('large.json')).toBeVisible();
  });

  it('shows how far it has come and can be stopped', async () => {
    const onCancel = vi.fn();
    show({ progress, onCancel });
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
    expect(screen.getByText(/bundle-0007/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '停止' }));
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('tells file by file what was found, with element, rule and remedy', () => {
    show({ report });
    const file = within(screen.getByText('adt-a01.hl7').closest('li')!);
    expect(file.getByText(/PID-3\[1\]\.1/)).toBeInTheDocument();
    expect(file.getByText('hl7.required')).toBeInTheDocument();
    expect(file.getByText(/补上 PID-3/)).toBeInTheDocument();
  });
});

describe('quarantine', () => {
  const item = quarantined[1]!;
  const show = (props: Partial<QuarantinePageProps> = {}) => {
    const given = { onOpen: vi.fn(), onClose: vi.fn(), onShowContent: vi.fn(), onRetry: vi.fn() };
    renderAt('/imports/quarantine', <QuarantinePage page={{ rows: quarantined.slice(0, 3) }} {...given} {...props} />);
    return given;
  };

  it('names element and problem of each, the gravest first', () => {
    show();
    expect(screen.getAllByRole('row')[1]).toHaveTextContent('Observation.status');
    expect(worst(quarantined[0]!.findings)?.severity).toBe('error');
  });

  it('shows the input only when asked, and retries', async () => {
    const { onShowContent, onRetry } = show({ open: { item } });
    expect(screen.queryByText(/MSH/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: '查看原文' }));
    expect(onShowContent).toHaveBeenCalledExactlyOnceWith(item);
    await userEvent.click(screen.getByRole('button', { name: /重试/ }));
    expect(onRetry).toHaveBeenCalledExactlyOnceWith(item);
  });

  it('shows the input as text, never as markup', () => {
    show({ open: { item, content: { ...raw, text: '<img src=x onerror=alert(1)>' } } });
    expect(screen.getByText('<img src=x onerror=alert(1)>').tagName).toBe('PRE');
  });
});
