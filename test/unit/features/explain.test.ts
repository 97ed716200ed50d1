// What is said of a line: here, of a line that lists a flag in code which nobody asks for.
import assert from 'node:assert/strict';
import { explain } from '../../../server/src/core/features/explain.ts';
import { worldOf } from '../../support/world.ts';

const LIST = `//- /flags.cs
public static class FeatureFlagKeys {
  public const string Pay = "new-pay";
  public const string Refund = "new-refund";
}
//- /shop.cs
class Shop {
  bool IsOn(IFeatureService features) => features.IsEnabled(FeatureFlagKeys.Pay);
}
`;

describe('explaining a line', () => {
  for (const [line, keys] of [
    [1, []],
    [2, ['new-pay']],
    [3, ['new-refund']],
  ] as const)
    it(`tells of the flags that line ${line} of a list in code declares`, async () => {
      const { snapshot } = await worldOf(LIST);
      const { keys: told, blocks } = explain(snapshot, { path: 'flags.cs', line, column: null }, []);
      assert.deepEqual([told, blocks.length], [keys, keys.length]);
    });
});
