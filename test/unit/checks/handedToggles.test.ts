// An SDK's object of flags, handed on to components and functions.
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'as a property, and from there to the next component',
    `
//- /A.tsx
import { useFlags } from 'launchdarkly-react-client-sdk';
import { B } from './B';
export function A() { const flags = useFlags(); return <B flags={flags} size={1} />; }
//- /B.tsx
export function B({ flags, size }) { return flags.newNav && size.width ? <i/> : <C ldFlags={flags} />; }
export const C = props => props.ldFlags.darkMode && props.other.thing;
`,
    ['B.tsx:1 newNav property likely', 'B.tsx:2 darkMode property likely'],
  ],
  [
    'as an argument, and through a context',
    `
//- /context.tsx
import { createContext } from 'react';
import { useFlags } from 'launchdarkly-react-client-sdk';
export const FlagContext = createContext(null);
export const Provider = ({ children }) => {
  const flags = useFlags();
  return <FlagContext.Provider value={flags}>{children}</FlagContext.Provider>;
};
//- /A.tsx
import { useContext } from 'react';
import { useFlags } from 'launchdarkly-react-client-sdk';
import { FlagContext } from './context';
function pick(flags, size) { return flags.newNav && size.width; }
export function A() { const flags = useFlags(); return pick(flags, 1); }
export const B = () => useContext(FlagContext).fromContext;
`,
    ['A.tsx:4 newNav property likely', 'A.tsx:6 fromContext property'],
  ],
  [
    'what a test hands on tells nothing, nor does what is no object of flags',
    `
//- /A.tsx
import { useFlags } from 'launchdarkly-react-client-sdk';
export const B = ({ flags }) => flags.newNav;
export const A = () => <B flags={{ newNav: useFlags().real }} />;
//- /A.test.tsx
import { useFlags } from 'launchdarkly-react-client-sdk';
import { B } from './A';
it('shows', () => render(<B flags={useFlags()} />));
`,
    ['A.tsx:3 real property'],
  ],
];

describeRows('flags that are handed on', ROWS);
