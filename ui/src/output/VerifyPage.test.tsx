import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { genuine } from '@/gallery/fixtures/outputs';
import { render } from '@/testing/render';
import { VerifyPage, type VerifyPageProps } from './VerifyPage';

const show = (props: Partial<VerifyPageProps> = {}) => {
  const given = { onVerify: vi.fn(), onCompare: vi.fn(), ...props };
  render(<VerifyPage code="HHFG-W2MN-QPFE-XPAN-G8" busy={false} comparing={false} {...given} />);
  return given;
};

it('asks for the code that was typed', async () => {
  const { onVerify } = show();
  const field = screen.getByRole('textbox', { name: '校验码' });
  await userEvent.clear(field);
  await userEvent.type(field, ' hhfg w2mn {Enter}');
  expect(onVerify).toHaveBeenCalledExactlyOnceWith('hhfg w2mn');
});

it('says that a copy is genuine, and what it covers', () => {
  show({ found: genuine });
  expect(screen.getByRole('heading', { name: /^真实/ })).toBeVisible();
  expect(screen.getByText('20260302-7Q3MKZ1')).toBeVisible();
  expect(screen.getByRole('table', { name: '包含的文书' })).toHaveTextContent('入院记录');
});

it('warns of a copy that never left the queue, and compares no file with it', () => {
  show({ found: { ...genuine, left: false } });
  expect(screen.getByRole('heading', { name: /^存疑/ })).toBeVisible();
  expect(screen.queryByRole('button', { name: '选择文件' })).toBeNull();
});

it('warns of a copy that came back, and compares no file with it', () => {
  show({ found: { ...genuine, recalled: true } });
  expect(screen.getByRole('heading', { name: /收回或销毁/ })).toBeVisible();
  expect(screen.queryByRole('heading', { name: /^真实/ })).toBeNull();
  expect(screen.queryByRole('button', { name: '选择文件' })).toBeNull();
});

it('says that a code nobody issued is none of ours', () => {
  show({ found: 'unknown' });
  expect(screen.getByRole('heading', { name: '不是本院出具' })).toBeVisible();
});

it('compares a file, and refuses one that is too large to send', async () => {
  const { onCompare } = show({ found: genuine });
  const field = screen.getByLabelText('选择文件', { selector: 'input' });
  const file = new File(['copy'], 'copy.html');
  await userEvent.upload(field, file);
  expect(onCompare).toHaveBeenCalledExactlyOnceWith(file);
  const large = new File(['x'], 'large.pdf');
  Object.defineProperty(large, 'size', { value: 17 * 1024 * 1024 });
  await userEvent.upload(field, large);
  expect(screen.getByText('文件超过 16 MB，不能核对。')).toBeVisible();
  expect(onCompare).toHaveBeenCalledOnce();
});
