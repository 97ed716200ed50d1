/**
 * What linking keeps so that one edited file can be linked again by itself: what the steps found out about the whole repository, and
 * what each file had to do with it. Plain data; how it comes about is `checks.ts`, how it is used again `relink.ts`.
 */
import type { FileFacts, FunctionFact } from '../../languages/facts.ts';
import type { Check, Flag } from '../../model.ts';
import type { Questions } from '../guessed/homegrown.ts';
import type { FlagChangers } from '../guessed/homegrownStubs.ts';
import type { FlagLists } from '../guessed/typedToggles.ts';
import type { Accessors } from '../questions/accessors.ts';
import type { ElementForms } from '../questions/elements.ts';
import type { usedFields } from '../questions/flagFields.ts';
import type { FlagObjectForms, FlagObjectWords } from '../questions/flagObjects.ts';
import type { Wrapper } from '../questions/linkState.ts';
import type { NamedForm } from '../questions/namedQuestions.ts';
import type { CheckPattern } from '../questions/patterns.ts';
import type { PrefixedForm } from '../questions/prefixedTexts.ts';
import type { Registered } from '../questions/registeredFlags.ts';
import type { SdkForms } from '../questions/sdkChecks.ts';
import type { UsedToggles } from '../questions/toggles.ts';
import type { AskedInVain } from '../resolve/askers.ts';
import type { ModuleResolver } from '../resolve/modules.ts';
import type { Reads } from '../resolve/reads.ts';
import type { FlagSdk, SdkSurface } from '../sdk.ts';
import type { IndexFile } from './fileIndex.ts';

export interface LinkInput {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly modules: ModuleResolver;
  readonly sdks: readonly FlagSdk[];
  readonly patterns: readonly CheckPattern[];
  /** Keys that flag systems define: property reads in camel case are matched back to them. */
  readonly knownKeys: ReadonlySet<string>;
  /** Made for the same SDKs; kept by whoever links more than once. */
  readonly indexFile: IndexFile;
  /** Files in which no call is a check. */
  readonly isExcluded: (path: string) => boolean;
  /** Flags that are values (`hasFlagValues`) are taken to be declared, here or elsewhere. */
  readonly hasFlagValues?: true;
}

export interface LinkResult {
  /** Checks by path, in order of position. */
  readonly checks: ReadonlyMap<string, readonly Check[]>;
  /** Repository files whose facts would resolve more. */
  readonly missing: ReadonlySet<string>;
  /** Those that would if they declare a name, with that (`soughtText`). */
  readonly sought: ReadonlySet<string>;
  /** Names of functions whose calls are checks (or accessors of one), as `WishedWord`s: files that hold these should be parsed too. */
  readonly callersOf: ReadonlySet<string>;
  /** C#: names of types that no path leads to: files that declare them would resolve more. */
  readonly undeclared: ReadonlySet<string>;
  /** Flags that only lists in code name, by path. */
  readonly listed: ReadonlyMap<string, readonly Flag[]>;
}

/** A result, and what is kept to get the next one. */
export interface Linked {
  readonly result: LinkResult;
  readonly memory: LinkMemory;
}

export interface LinkMemory {
  readonly input: LinkInput;
  readonly survey: Survey;
  readonly shares: ReadonlyMap<string, FileShare>;
  /** Files that others' checks stand on by more than what can be seen of them. */
  readonly givers: ReadonlySet<string>;
  /** Files that made a wrapper of another file's function, or hand a question on, and those other files. */
  readonly entangled: ReadonlySet<string>;
  /** Functions whose results other files than their own looked at. */
  readonly touched: Set<FunctionFact>;
}

/** What is known of the SDKs in this repository before any file is looked at. */
export interface Frame {
  readonly forms: SdkForms;
  readonly elements: ElementForms;
  readonly flagObjects: FlagObjectForms;
  readonly used: ReadonlySet<SdkSurface>;
  readonly fields: ReturnType<typeof usedFields>;
  readonly named: readonly NamedForm[];
  readonly prefixed: readonly PrefixedForm[];
  readonly toggles: UsedToggles;
  /** The keys that flag systems define, as code may spell them. */
  readonly camelCased: ReadonlyMap<string, string>;
}

/** What the steps found out of the whole repository, in their order. */
export interface Survey {
  readonly frame: Frame;
  /** Null where no file imports a package with flag objects. */
  readonly objectWords: FlagObjectWords | null;
  readonly holders: ReadonlySet<string>;
  readonly registered: Registered;
  /** Names under which modules export what has another name where it is made, by that. */
  readonly renamed: ReadonlyMap<string, ReadonlySet<string>>;
  /** See `LinkState`. */
  readonly hasFlagValues: boolean;
  /** The wrappers that each round looked for, here those of SDKs; below, those of the repository's own libraries and of lists. */
  readonly rounds: Rounds;
  readonly questions: Questions;
  readonly homegrownRounds: Rounds;
  readonly changers: FlagChangers;
  readonly lists: FlagLists;
  readonly listRounds: Rounds;
  /** Of libraries that stand elsewhere, and of flags that are asked themselves. */
  readonly foreignRounds: Rounds;
  readonly accessors: Accessors;
  /** By path, the words by which a client that it holds is asked. */
  readonly clientWords: ReadonlyMap<string, readonly string[]>;
  /** Names that whoever asks by is wished for, but for those of accessors and those that single files tell. */
  readonly names: ReadonlySet<string>;
  /** What was asked in vain on behalf of no file, and what was looked up. */
  readonly wishes: AskedInVain;
  readonly reads: Reads;
}

export type Rounds = readonly (readonly Wrapper[])[];

/** What one file had to do with a link. */
export interface FileShare {
  /** The checks that the steps found in it, by position; declarations that other files' checks make are not among them. */
  readonly checks: readonly Check[];
  /** Names that hold flag objects. */
  readonly holders: ReadonlySet<string>;
  /** Questions of the repository's own libraries that it asks. */
  readonly asked: ReadonlySet<FunctionFact>;
  /** What its checks tell of lists of flags; empty where there are none. */
  readonly told: string;
  /** Names by which it asks libraries that stand elsewhere. */
  readonly names: ReadonlySet<string>;
  readonly wishes: AskedInVain;
  /** What it looked up in other files. */
  readonly reads: Reads;
}
