/** Breaks the parsers' runtime, in a process of its own: prints what it says before, in the middle and afterwards. */
import { loadGrammars } from '../../support/facts.ts';

loadGrammars('typescript').then(grammars => {
  const before = grammars.parse('typescript', 'a', null) !== null && grammars.failure() === null;
  // Past the test of `extract.ts`, which would not let such a text through.
  const trapped = grammars.parse('typescript', '{a:'.repeat(30_000), null) === null && grammars.failure() !== null;
  const after = grammars.parse('typescript', 'a', null) === null;
  console.log(before, trapped, after);
});
