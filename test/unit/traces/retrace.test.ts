import assert from 'node:assert/strict';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { parseR8Mapping } from '../../../server/src/core/traces/r8Mapping.ts';
import { isObfuscated, mappingFit, retraceTraces } from '../../../server/src/core/traces/retrace.ts';
import { dedent, outline } from './outline.ts';

const MAPPING = dedent(`
  # compiler: R8
  # pg_map_id: 1f2e3d4
  # common_typos_disable
  com.shop.Cart -> a.b:
  # {"id":"sourceFile","fileName":"Cart.kt"}
      int count -> a
      1:5:int total(java.util.List):12:16 -> a
      6:6:void com.shop.Prices.check(int,java.lang.String):33:33 -> a
      6:6:int subtotal(java.util.List):40 -> a
      6:6:int total(java.util.List):17 -> a
      void clear() -> b
      void reset() -> b
      1:1:void <init>():8:8 -> <init>
  com.shop.NoPriceException -> a.c:
  com.shop.MainKt -> a.d:
      1:9:void main():3:11 -> c
  com.shop.Prices -> a.e:
`);

describe('traces: obfuscated by R8 or ProGuard', () => {
  const mapping = parseR8Mapping(MAPPING)!;
  const retrace = (text: string) => outline(retraceTraces(parseTraces(dedent(text)), mapping).traces);

  it('restores names, lines, inlined frames, source files and the errors own names', () => {
    assert.equal(
      retrace(`
        a.c: no price
        \tat a.b.a(SourceFile:6)
        \tat a.b.a(SourceFile:3)
        \tat a.b.<init>(SourceFile:1)
        \tat a.d.c(Unknown Source:4)
        \tat android.os.Handler.post(Handler.java:12)
      `),
      dedent(`
        kotlin 1-6
          root: com.shop.NoPriceException | no price
            com.shop.Prices.check Prices.java:33 @2
            com.shop.Cart.subtotal Cart.kt:40 @2
            com.shop.Cart.total Cart.kt:17 @2
            com.shop.Cart.total Cart.kt:14 @3
            com.shop.Cart.<init> Cart.kt:8 @4
            com.shop.MainKt.main Main.kt:6 @5
            android.os.Handler.post Handler.java:12 @6
      `),
    );
  });

  it('tells all methods that a name without a line may stand for, and keeps what it does not know', () => {
    assert.equal(
      retrace(`
        java.lang.Error: x
        \tat a.b.b(SourceFile)
        \tat a.b.zz(SourceFile:3)
        \tat x.y.z(SourceFile:3)
      `),
      dedent(`
        kotlin 1-4
          root: java.lang.Error | x
            com.shop.Cart.clear|reset Cart.kt @2
            com.shop.Cart.zz Cart.kt:3 @3
            x.y.z SourceFile:3 @4
      `),
    );
  });

  it('keeps what was printed', () => {
    const { traces } = retraceTraces(parseTraces('java.lang.Error: x\n\tat a.b.a(SourceFile:2)'), mapping);
    const printed = traces[0]!.threads[0]!.errors[0]!.frames[0]!.printed;
    assert.deepEqual(printed, { function: 'a.b.a', file: 'SourceFile', line: 2 });
  });

  it('tells obfuscated traces from others, and the mapping that fits', () => {
    const obfuscated = parseTraces('java.lang.Error: x\n\tat a.b.a(SourceFile:2)\n\tat a.d.c(SourceFile:2)');
    const plain = parseTraces('java.lang.Error: x\n\tat com.shop.Cart.total(Cart.kt:2)');
    assert.deepEqual([isObfuscated(obfuscated.traces[0]!), isObfuscated(plain.traces[0]!)], [true, false]);
    assert.deepEqual([mappingFit(obfuscated, mapping), mappingFit(plain, mapping)], [2, 0]);
    const named = parseTraces('java.lang.Error: x\n\tat q.a(r8-map-id-1f2e3d4:2)');
    assert.equal(mappingFit(named, mapping), Number.POSITIVE_INFINITY);
  });

  it('answers nothing for a text that is no mapping, in linear time', () => {
    assert.equal(parseR8Mapping('hello\n    world -> x\n'), null);
    const started = process.cpuUsage();
    parseR8Mapping(`a.b -> c:\n${'    1:2:void '.repeat(50_000)}\n${'x -> '.repeat(100_000)}\n`);
    assert.ok(process.cpuUsage(started).user < 1_000_000);
  });
});
