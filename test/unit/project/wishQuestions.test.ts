/** Which files are read because of what others ask: those that could call a wrapper, and few of those that only hold a word like its name. */
import assert from 'node:assert/strict';
import { accessorWord, foreignWord, wrapperWord } from '../../../server/src/core/flags/linking/wishedWords.ts';
import { answersTo, createLookAgain } from '../../../server/src/sources/project/fileQuestions.ts';
import { namesOfWishes } from '../../../server/src/sources/project/wishQuestions.ts';

describe('files that are wished for', () => {
  const has = wrapperWord('has', { owner: 'FeatureChecker' });

  const isWished = (words: readonly string[], text: string): boolean => {
    const answers = answersTo({ kind: 'wishes', words, types: [] });
    const ofText = answers.ofText('src/a.php', text) !== null;
    assert.equal(answers.ofBytes('src/a.php', new TextEncoder().encode(text), () => text) !== null, ofText);
    return ofText;
  };

  it('hold the name as a whole', () => {
    const word = wrapperWord('isOn', { owner: null });
    assert.ok(isWished([word], 'if (isOn("k")) {}'));
    assert.ok(isWished([word], 'import { isOn as ask } from "x"'));
    assert.ok(!isWished([word], 'if (isOnline() || misOn) {}'));
  });

  it('hold a word for flags too, where the name says nothing and its owner does', () => {
    assert.ok(isWished([has], '$this->features->has("pay")'));
    assert.ok(isWished([has], 'use Shop\\FEATURE; FEATURE::has(PAY)'));
    assert.ok(!isWished([has], '$this->cart->has("pay")'));
    for (const plain of [
      wrapperWord('has', { owner: 'Checker' }),
      wrapperWord('has', { owner: null }),
      wrapperWord('hasFeature', { owner: 'FeatureChecker' }),
    ])
      assert.ok(!plain.includes(' '), plain);
  });

  it('hold a word for flags too, where an accessor is a method called as methods everywhere', () => {
    const create = accessorWord({ name: 'Create', owner: 'reconciler' });
    assert.ok(!isWished([create], 'client.Create(ctx, pod)'));
    assert.ok(isWished([create], 'if r.Create(event) { // with the feature on'));
    for (const [name, owner] of [
      ['Create', null],
      ['isNewPay', 'Pay'],
      ['newPay', 'Pay'],
    ] as const)
      assert.equal(accessorWord({ name, owner }), name);
  });

  it('ask what is called as a flag is, where they hold its name', () => {
    const feature = wrapperWord('feature', { owner: null });
    for (const text of [
      "feature('pay')",
      'feature<Pay>(PAY)',
      'feature :pay',
      'import { feature as on }',
      'this.feature("k")',
    ])
      assert.ok(isWished([feature], text), text);
    for (const text of [
      '// a new feature of this',
      "from 'core/feature'",
      'feature:PAY',
      "inject: ['feature']",
      'features("k")',
    ])
      assert.ok(!isWished([feature], text), text);
  });

  it('speak of flags, where they hold what any list is asked', () => {
    assert.ok(isWished([foreignWord('includes')], 'flags.includes("pay")'));
    assert.ok(!isWished([foreignWord('includes')], 'names.includes("pay")'));
    assert.ok(isWished([foreignWord('settings')], 'settings.FEATURE_PAY'));
    assert.ok(!isWished([foreignWord('settings')], 'settings.width'));
    assert.equal(foreignWord('isEnabled'), 'isEnabled');
  });

  it('declare a type, in the words of their language', () => {
    const declares = (path: string, text: string): boolean =>
      answersTo({ kind: 'wishes', words: [], types: ['Flags'] }).ofText(path, text) !== null;
    assert.ok(declares('src/a.cs', 'public partial class Flags {'));
    assert.ok(declares('src/a.kt', 'object Flags {'));
    assert.ok(!declares('src/a.cs', 'public object Flags() {'));
    assert.ok(!declares('src/a.cs', 'public static Flags Default;'));
  });

  it('define the name that a path of C++ ends with, and say what stands in front of it', () => {
    const isAsked = (text: string): boolean => {
      const bytes = new TextEncoder().encode(text);
      const answers = answersTo({ kind: 'wishes', words: [], types: ['Shop::Get', 'Flags'] });
      const yes = answers.ofBytes('src/a.cc', bytes, () => text);
      assert.equal(yes === null, answers.ofText('src/a.cc', text) === null);
      return yes !== null;
    };
    assert.ok(isAsked('namespace Shop {\nint Get() { return 1; }\n}'));
    assert.ok(isAsked('class Flags {};'));
    assert.ok(!isAsked('namespace Other {\nint Get() { return Shop::Find(); }\n}'));
    assert.ok(!isAsked('namespace Shop {\nint x = other.Get();\n}'));
  });

  it('are asked for both, where a wrapper and something else have one name', () => {
    assert.ok(isWished([has, 'has'], '$this->cart->has("pay")'));
    assert.equal(new Set(namesOfWishes({ words: [has, 'has'], types: [] })).size, 2);
  });

  it('are found again where only a sketch of the file is left', () => {
    const text = 'if (this.features.isGiven("pay")) {}';
    let reads = 0;
    const lookAgain = createLookAgain(() => {
      reads++;
      return { kind: 'bytes', bytes: new TextEncoder().encode(text) };
    }, 1 << 20);
    const ask = (word: string) => lookAgain('src/a.php', answersTo({ kind: 'wishes', words: [word], types: [] })).kind;
    assert.equal(ask('unheard'), 'left');
    assert.equal(ask('neverThere'), 'left');
    assert.equal(reads, 1, 'the sketch said so');
    assert.equal(ask(wrapperWord('isGiven', { owner: 'FeatureChecker' })), 'found');
  });
});
