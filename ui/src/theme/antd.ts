import { theme, type ThemeConfig } from 'antd';
import { dark, font, lengths, light, monospace, type Palette } from './tokens';

export type Scheme = 'light' | 'dark';

/** Asked of the library and not of the style sheet: a popup whose motion is cut short is never put in its place. */
const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');

const themes: Record<Scheme, ThemeConfig> = { light: build('light', light), dark: build('dark', dark) };

export function antdTheme(scheme: Scheme): ThemeConfig {
  return themes[scheme];
}

/** The algorithms shift colours; these are shown as they were chosen. */
function exact(p: Palette) {
  return {
    colorPrimary: p.primary,
    colorPrimaryText: p.primary,
    colorSuccess: p.success,
    colorWarning: p.warning,
    colorError: p.error,
    colorErrorText: p.error,
    colorInfo: p.primary,
    colorLink: p.primary,
  };
}

function build(scheme: Scheme, p: Palette): ThemeConfig {
  const derived = scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm;
  return {
    hashed: false,
    cssVar: { key: `mw-${scheme}` },
    algorithm: (seed, map) => ({ ...derived(seed, map), ...exact(p) }),
    token: {
      motion: !stillness.matches,
      colorPrimary: p.primary,
      colorSuccess: p.success,
      colorWarning: p.warning,
      colorError: p.error,
      colorInfo: p.primary,
      colorLink: p.primary,
      colorText: p.text,
      colorTextSecondary: p.textSecondary,
      colorTextTertiary: p.textTertiary,
      colorTextDescription: p.textTertiary,
      colorTextPlaceholder: p.textTertiary,
      colorBgLayout: p.layout,
      colorBgContainer: p.surface,
      colorBgElevated: p.raised,
      colorBorder: p.border,
      colorBorderSecondary: p.borderSoft,
      colorSplit: p.borderSoft,
      controlItemBgActive: p.primarySoft,
      controlItemBgHover: p.hover,
      fontFamily: font,
      fontFamilyCode: monospace,
      fontSize: 14,
      fontSizeHeading1: 20,
      fontSizeHeading2: 16,
      fontSizeHeading3: 14,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      controlHeight: lengths.controlHeight,
      controlHeightSM: 26,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
      boxShadow: '0 1px 2px rgba(16, 24, 40, 0.06)',
      boxShadowTertiary: 'none',
      wireframe: false,
    },
    components: {
      Button: {
        colorPrimary: p.primarySolid,
        colorPrimaryHover: scheme === 'dark' ? '#285DB3' : p.primaryDeep,
        defaultHoverColor: p.primary,
        defaultHoverBorderColor: p.primary,
        defaultActiveColor: p.primary,
        colorError: p.error,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
      },
      Tabs: { horizontalMargin: '0', titleFontSize: 14 },
      Modal: { titleFontSize: 16 },
      Tooltip: { colorBgSpotlight: scheme === 'dark' ? '#2F3A4A' : '#263142' },
      Checkbox: { colorPrimary: p.primarySolid, colorBorder: p.textTertiary },
      Radio: { colorPrimary: p.primarySolid, colorBorder: p.textTertiary },
      Segmented: { trackBg: p.borderSoft, itemSelectedBg: p.raised },
      Switch: { colorPrimary: p.primarySolid },
    },
  };
}
