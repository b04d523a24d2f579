import { StyleProvider } from '@ant-design/cssinjs';
import { App, ConfigProvider } from 'antd';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useLanguage } from '@/language/language';
import { antdTheme, type Scheme } from './antd';
import { pageNonce } from './nonce';
import { applyScheme, rememberedScheme, SchemeContext, watchScheme } from './scheme';

const nonce = pageNonce();
const csp = nonce ? { nonce } : undefined;
const button = { autoInsertSpace: false };

/** Gives everything below it the colours, the type and the locale of the product. */
export function Look({ children }: { children: ReactNode }) {
  const { antdLocale } = useLanguage();
  const [scheme, setScheme] = useState<Scheme>(rememberedScheme);
  const choose = useCallback((next: Scheme) => {
    applyScheme(next);
    setScheme(next);
  }, []);
  useEffect(() => watchScheme(choose), [choose]);
  const choice = useMemo(() => ({ scheme, choose }), [scheme, choose]);
  return (
    <SchemeContext value={choice}>
      <StyleProvider layer>
        <ConfigProvider theme={antdTheme(scheme)} locale={antdLocale} csp={csp} button={button}>
          <App component={false}>{children}</App>
        </ConfigProvider>
      </StyleProvider>
    </SchemeContext>
  );
}
