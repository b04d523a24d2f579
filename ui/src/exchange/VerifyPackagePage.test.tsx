import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import { digestOf } from './digest';
import { VerifyPackagePage, type VerifyPackagePageProps } from './VerifyPackagePage';

function show(over: Partial<VerifyPackagePageProps>) {
  const props: VerifyPackagePageProps = { digest: '', reading: false, busy: false, vouched: undefined, error: undefined, onFile: vi.fn(), ...over };
  renderAt('/verify/package', <VerifyPackagePage {...props} />);
  return props;
}

const digest = 'ab'.repeat(32);

it('says that a package is an original, and what it is, without a name', () => {
  show({ digest, vouched: { known: true, sequence: 7, count: 3, received: true, sent: '2026-03-02T00:00:00Z' } });
  expect(screen.getByRole('heading', { name: '由本院出具，未被改动' })).toBeVisible();
  expect(screen.getByText('已有签名回执')).toBeVisible();
});

it('says plainly that a file is none', () => {
  show({ digest, vouched: { known: false, received: false } });
  expect(screen.getByRole('heading', { name: '不是本院出具的原件' })).toBeVisible();
});

it('takes a file, and none that is larger than a package can be', async () => {
  const { onFile } = show({});
  const chooser = document.querySelector('input[type=file]');
  const small = new File(['a'], 'a.mwp');
  await userEvent.upload(chooser as HTMLInputElement, small);
  expect(onFile).toHaveBeenCalledExactlyOnceWith(small);
  const large = new File(['a'], 'b.mwp');
  Object.defineProperty(large, 'size', { value: 34 * 1024 * 1024 });
  await userEvent.upload(chooser as HTMLInputElement, large);
  expect(onFile).toHaveBeenCalledOnce();
  expect(screen.getByRole('alert')).toHaveTextContent('33');
});

it('computes the digest that the server knows', async () => {
  const file = { arrayBuffer: () => Promise.resolve(new TextEncoder().encode('abc').buffer) };
  expect(await digestOf(file)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
